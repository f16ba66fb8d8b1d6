"""The builders ``typst`` (the source) and ``typstpdf`` (the PDF).

Every project has them; what sets a book is loaded when one is set.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.builders import Builder
from sphinx.util.display import progress_message

from sphinx_apparatus.bibliography.listing import listed_at
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.outputs.garbage import collect_seldom
from sphinx_apparatus.outputs.print.drawings import EDGE, Area, Piece
from sphinx_apparatus.outputs.print.index import leading_to
from sphinx_apparatus.outputs.print.offprints import offprints
from sphinx_apparatus.outputs.print.pages import Layout, destinations, places
from sphinx_apparatus.outputs.print.paper import PAPERS, PaperError, paper, settings
from sphinx_apparatus.outputs.print.standards import check_lists, several, standards
from sphinx_apparatus.outputs.print.volumes import Volume, volumes
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.warnings import place, stop, warn
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.pages import write_places
from sphinx_apparatus.stores.upkeep import read_record, remove, write_record

if TYPE_CHECKING:
    from sphinx_apparatus.outputs.print.compiling import Compiled

#: The families of the book in order; the first is in the wheel of Typst.
TEXT_FACE = "Libertinus Serif"


_NO_FAMILY = re.compile(r"warning: unknown font family: (.+)")
#: Where Typst finds something amiss; and what was written for Typst, by its number, and its end (``visit_raw``).
_AT = re.compile(r"┌─ (.*?):(\d+):(\d+)")
_RAW = re.compile(r"/\*raw ?(\d*)\*/")
#: The files of a source.
SOURCES = (
    *("main.typ", "measures.typ", "book.typ", "apparatus.typ"),
    *("titles.json", "entries.json", "settings.json", "known.json", "settled.json", "words.json", "annotations.jsonld"),
)
#: What is told with the picture.
_FOREIGN = "image contains foreign object"
_ABSENT = (
    "{option} names {name!r}, a family of fonts that no folder of apparatus_pdf_fonts has; put its files there, or "
    "take the name out"
)


class _Translator:
    """The translator's class, of the builder and of its class alike, loaded when it is asked for."""

    def __get__(self, instance: object, owner: type) -> Any:
        """Load it."""
        from sphinx_apparatus.outputs.print.translator import TypstTranslator

        return TypstTranslator


class TypstBuilder(Builder):
    """Writes the book as Typst source, with all it needs beside it."""

    name = "typst"
    format = "typst"
    epilog = _("The Typst source is in %(outdir)s.")
    default_translator_class: ClassVar[Any] = _Translator()
    supported_image_types: ClassVar[list[str]] = ["image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp"]
    allow_parallel = True

    def init(self) -> None:
        """Begin with the belief that the fonts have every character."""
        collect_seldom(self.events)
        self.strings: set[str] = set()
        #: the volume that is written
        self.volume = Volume("", 0, "", (), ())
        self.drawings: dict[str, list[Piece]] = {}
        #: the pictures and texts that are written beside the sources
        self.put_there: set[Path] = set()
        #: page and line of each piece that was written for Typst
        self.raws: list[tuple[str, int | None]] = []
        check_lists(self.config, Path(self.confdir, "conf.py"))
        self.fonts = self._fonts()

    def get_outdated_docs(self) -> str:
        """A book is always written as a whole."""
        return "all documents"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """The name of a page's target; ``%`` marks what is within the book."""
        return f"%{docname}"

    def get_relative_uri(self, from_: str, to: str, typ: str | None = None) -> str:
        """The same: there is only one file."""
        return self.get_target_uri(to, typ)

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Nothing to prepare."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Pages are not written one by one."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the source of the book."""
        from sphinx_apparatus.outputs.print.characters import Characters
        from sphinx_apparatus.outputs.print.writing import Writer

        self.measures = self._measures()
        sizes = self.measures
        high = sizes["height"] - sizes["top"] - sizes["bottom"]
        self.area = Area(sizes["measure"], high, max(0.0, min(sizes["inside"], sizes["outside"]) - EDGE))
        writer, self.characters = Writer(self), Characters(self)
        self.standards = standards(self.config.apparatus_pdf_standard, Path(self.confdir, "conf.py"))
        self.volumes = volumes(self)
        self.printed = frozenset(page for volume in self.volumes for page in volume.pages)
        self.works = [writer.write(volume) for volume in self.volumes]
        self.readings: dict[str, Path] = {}
        if self.config.apparatus_pdf_offprints:
            edition = edition_of(self.env)
            printed = [page for page in listed_at(self.env) if page in self.printed]
            made = offprints(edition.texts, edition.titles, self.volumes, printed)
            self.works += [writer.write(volume) for volume in made]
        if self.config.apparatus_pdf_reading:
            self.readings = {f"{volume.name}-reading": writer.reading(volume) for volume in self.volumes}
        self.characters.survey()

    def _fonts(self) -> list[Path]:
        """The folders with fonts; one that is not there is told."""
        names = several(self.config.apparatus_pdf_fonts)
        for name in names:
            if not Path(self.confdir, name).is_dir():
                conf = place(Path(self.confdir, "conf.py"), "apparatus_pdf_fonts")
                warn(Code.CONFIG, f"apparatus_pdf_fonts: there is no folder {name} beside conf.py", conf)
        return [Path(self.confdir, name) for name in names]

    def _measures(self) -> dict[str, Any]:
        config = self.config
        try:
            found = paper(config.apparatus_pdf_paper, config.apparatus_pdf_margins, config.apparatus_pdf_size)
        except PaperError as error:
            warn(Code.CONFIG, str(error), place(Path(self.confdir, "conf.py"), str(error).split()[0]))
            found = PAPERS["royal"]
        sizes = settings(found, crop=config.apparatus_pdf_crop)
        # Each row of the foot may end with a line that is not full.
        own = sum(layer.says for layer in edition_of(self.env).taxonomy.layers)
        sizes["foot-spare"] += sizes["foot-skip"] * own
        return sizes

    def families(self) -> list[str]:
        """The families in their order: the face of the book, what it has not, and what the wheel of Typst has."""
        config = self.config
        named = (*several(config.apparatus_pdf_face), *several(config.apparatus_pdf_families), TEXT_FACE)
        return list(dict.fromkeys(filter(None, named)))

    def finish(self) -> None:
        """Set the volumes until their references are right."""
        with progress_message(_("setting the book")):
            compiled = self.characters.settle()
        config = self.config
        named = {name.lower(): ("apparatus_pdf_families", name) for name in several(config.apparatus_pdf_families)}
        for face in several(config.apparatus_pdf_face):
            named.setdefault(face.lower(), ("apparatus_pdf_face", face))
        absent: dict[tuple[str, str], None] = {}
        for warning in (one.strip() for work in self.works for one in compiled[work.volume.name].warnings):
            family = _NO_FAMILY.match(warning)
            if family and family[1] in named:
                absent[named[family[1]]] = None
            elif _FOREIGN not in warning:
                warn(Code.PDF, f"Typst: {warning}", self.origin(warning))
        for option, name in absent:
            warn(Code.PDF, _ABSENT.format(option=option, name=name), place(Path(self.confdir, "conf.py"), option))
        self.keep(compiled)
        self._tidy()

    def put(self, path: Path, content: str | bytes) -> None:
        """Write a picture or a text beside a source."""
        write(path, content)
        self.put_there.add(path)

    def _tidy(self) -> None:
        """Remove what the last build wrote, and a clean one would not: of a volume or an offprint, say."""
        out = Path(self.outdir)
        mains = (*(work.main for work in self.works), *self.readings.values())
        sources = {main.with_name(name) for main in mains for name in SOURCES}
        now = {path.relative_to(out).as_posix() for path in self.put_there | sources} | self.pdfs()
        remove(out, read_record(out, self.name).keys() - now)
        write_record(out, self.name, dict.fromkeys(now, ""))

    def pdfs(self) -> set[str]:
        """The PDFs that are written."""
        return set()

    def origin(self, told: str) -> tuple[str, int | None] | None:
        """Page and line of what Typst speaks of, if that was written for Typst."""
        for name, line, column in _AT.findall(told):
            if Path(name).is_file():
                lines = Path(name).read_text("utf-8").splitlines(keepends=True)[: int(line)]
                before = "".join((*lines[:-1], lines[-1][: int(column)])) if lines else ""
                marks = _RAW.findall(before)
                if marks and marks[-1]:
                    return self.raws[int(marks[-1]) - 1]
        return None

    def keep(self, compiled: Mapping[str, Compiled]) -> None:
        """Of the source alone, there is nothing more to write."""


class TypstPdfBuilder(TypstBuilder):
    """Writes the book as PDF, and ``places.json`` beside it."""

    name = "typstpdf"
    epilog = _("The PDF is in %(outdir)s.")

    def pdfs(self) -> set[str]:
        """Those of volumes and offprints, and of reading texts."""
        return {f"{name}.pdf" for name in (*(work.volume.name for work in self.works), *self.readings)}

    def keep(self, compiled: Mapping[str, Compiled]) -> None:
        """Write the PDF of each volume, and the places in all of them."""
        from sphinx_apparatus.outputs.print.finishing import DeadLink, finish

        rights = f"© {self.config.copyright}" if self.config.copyright else ""
        found: dict[str, PrintReference] = {}
        lines: dict[str, list[int]] = {}
        for name, main in self.readings.items():
            write(
                Path(self.outdir, f"{name}.pdf"),
                finish(self.characters.reading(main), {}, self.measures["crop"], rights),
            )
        for work in self.works:
            name = f"{work.volume.name}.pdf"
            done = compiled[work.volume.name]
            layout = Layout.found(done.found)
            try:
                targets = destinations(work.matter, layout) | leading_to(work.names, layout)
                pdf = finish(done.pdf, targets, self.measures["crop"], rights)
            except DeadLink as error:
                stop(Code.PDF, f"{name} has links to what is not in it: {error}")
            write(Path(self.outdir, name), pdf)
            if work.volume.of:
                continue
            for key, at in places(work.matter, layout).items():
                at = {part: value for part, value in at.items() if part not in ("note", "key")}
                if key.startswith("wd-"):
                    continue
                found[key] = PrintReference(**at, volume=work.volume.label, file=name)
            lines.update({siglum: list(own.starts) for siglum, own in work.matter.lines.items()})
        write(Path(self.outdir) / "places.json", write_places(found, lines))
