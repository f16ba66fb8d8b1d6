"""The builders ``typst`` (the source) and ``typstpdf`` (the PDF).

Every project has them; what sets a book is loaded when one is set.
"""

from __future__ import annotations

import gc
import json
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from sphinx_apparatus.bibliography.listing import list_anew, listed_at
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.book import Attachment, Book, Pieces, measures, parted, source
from sphinx_apparatus.outputs.print.drawings import EDGE, Area, Piece, drawn
from sphinx_apparatus.outputs.print.emended import reading_text
from sphinx_apparatus.outputs.print.feet import Room
from sphinx_apparatus.outputs.print.feet import titles as titles_of_rows
from sphinx_apparatus.outputs.print.flow import Frame
from sphinx_apparatus.outputs.print.glyphs import advice, survey, together
from sphinx_apparatus.outputs.print.glyphs import source as glyph_source
from sphinx_apparatus.outputs.print.index import COLUMNS, collected, composed, leading_to, named
from sphinx_apparatus.outputs.print.inlines import part_name
from sphinx_apparatus.outputs.print.literal import array, literal, plain
from sphinx_apparatus.outputs.print.mentions import in_prose, in_texts
from sphinx_apparatus.outputs.print.offprints import cited_only, offprints
from sphinx_apparatus.outputs.print.pages import Layout, Matter, destinations, leading, places
from sphinx_apparatus.outputs.print.paper import AREA, PAPERS, PaperError, paper, settings
from sphinx_apparatus.outputs.print.signs import figure_list, ids_table, signs_page, word_division
from sphinx_apparatus.outputs.print.standards import KNOWN_STANDARDS, STANDARDS
from sphinx_apparatus.outputs.print.verses import keys, labels, marks, verses
from sphinx_apparatus.outputs.print.volumes import Volume, omitted, volumes
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import TYPST, _, language_of
from sphinx_apparatus.sphinx_ext.warnings import place, stop, warn
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.pages import write_places

if TYPE_CHECKING:
    from sphinx_apparatus.outputs.print.compiling import Compiled
    from sphinx_apparatus.outputs.print.settling import Work

logger = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"

#: The families of the book in order; the first is in the wheel of Typst.
TEXT_FACE = "Libertinus Serif"


#: How many objects are made before garbage is looked for, and how often of these times older ones are looked through.
SELDOM = (100_000, 50, 100)


class _Translator:
    """The translator's class, of the builder and of its class alike, loaded when it is asked for."""

    def __get__(self, instance: object, owner: type) -> Any:
        """Load it."""
        from sphinx_apparatus.outputs.print.translator import TypstTranslator

        return TypstTranslator


_NO_FONT = (
    "code points are printed instead. Remedy: a font that has them, in apparatus_pdf_fonts and apparatus_pdf_families; "
    "free ones: {}"
)
_ABSENT = (
    "apparatus_pdf_families names {family!r}, a family of fonts that no folder of apparatus_pdf_fonts has; put its "
    "files there, or take the name out"
)
_PRIVATE = (
    "an accessible archive (PDF/A, level A) has no character for private use; code points are printed instead. Remedy: "
    'another standard, as apparatus_pdf_standard = ["a-3u", "ua-1"]'
)


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
        # The trees of a book are large, and few of them are ever garbage: to look through them often takes a fifth
        # of the time.
        threshold = gc.get_threshold()
        gc.set_threshold(*SELDOM)
        self.events.connect("build-finished", lambda _app, _error: gc.set_threshold(*threshold), 500)
        self.missing: frozenset[str] = frozenset()
        self.strings: set[str] = set()
        self.drawings: dict[str, list[Piece]] = {}
        self.fonts = [Path(self.confdir, folder) for folder in self.config.apparatus_pdf_fonts]

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
        self.measures = self._measures()
        sizes = self.measures
        high = sizes["height"] - sizes["top"] - sizes["bottom"]
        self.area = Area(sizes["measure"], high, max(0.0, min(sizes["inside"], sizes["outside"]) - EDGE))
        self.standards = standards(self.config.apparatus_pdf_standard, Path(self.confdir, "conf.py"))
        self.volumes = volumes(self)
        self.printed = frozenset(page for volume in self.volumes for page in volume.pages)
        self.works = [self.write_volume(volume) for volume in self.volumes]
        self.readings: dict[str, Path] = {}
        if self.config.apparatus_pdf_offprints:
            edition = edition_of(self.env)
            printed = [page for page in listed_at(self.env) if page in self.printed]
            made = offprints(edition.texts, edition.titles, self.volumes, printed)
            self.works += [self.write_volume(volume) for volume in made]
        if self.config.apparatus_pdf_reading:
            self.readings = {f"{volume.name}-reading": self.write_reading(volume) for volume in self.volumes}
        self._survey()

    def _measures(self) -> dict[str, Any]:
        config = self.config
        try:
            found = paper(config.apparatus_pdf_paper, config.apparatus_pdf_margins, config.apparatus_pdf_size)
        except PaperError as error:
            warn(Code.CONFIG, str(error), place(Path(self.confdir, "conf.py"), "apparatus_pdf_"))
            found = PAPERS["royal"]
        sizes = settings(found, crop=config.apparatus_pdf_crop)
        # Each row of the foot may end with a line that is not full.
        own = sum(layer.says for layer in edition_of(self.env).taxonomy.layers)
        sizes["foot-spare"] += sizes["foot-skip"] * own
        return sizes

    def _families(self) -> list[str]:
        """The families in their order: the face of the book, what it has not, and what the wheel of Typst has."""
        config = self.config
        return list(dict.fromkeys((config.apparatus_pdf_face, *config.apparatus_pdf_families, TEXT_FACE)))

    def _survey(self) -> None:
        """Ask which characters no font has: they are told once, and something stands in for them."""
        from sphinx_apparatus.outputs.print.compiling import CompileError

        try:
            found = survey(self.strings, self._families(), self._lacks)
        except CompileError as error:
            stop(Code.PDF, f"Typst: {error}")
        # An accessible file says what each character means; one for private use does not (ISO 19005-3, 6.2.11.7).
        private = frozenset(c for string in self.strings for c in string if unicodedata.category(c) == "Co")
        if not any(name.startswith("a-") and name.endswith("a") for name in self.standards):
            private = frozenset()
        absent, private = found.missing - private, private - self.missing
        if absent:
            warn(Code.PDF, f"no font has {_points(absent)}; {_NO_FONT.format(advice(absent))}")
        if private:
            warn(Code.PDF, f"{_points(private)}: {_PRIVATE}")
        self.measures["joined"] = found.joined
        self._stand_in(absent | private)

    def _stand_in(self, missing: frozenset[str]) -> None:
        """Write what stands in for characters into the sources, whose names and addresses are in ASCII."""
        self.missing |= missing
        for main in (*(work.main for work in self.works), *self.readings.values()):
            for name in ("main.typ", "measures.typ", "entries.json", "titles.json") if missing else ():
                path = main.with_name(name)
                if path.exists():
                    write(path, plain(path.read_text("utf-8"), missing))
            write(main.with_name("settings.json"), json.dumps(self.measures))

    def _lacks(self, families: Sequence[str], characters: Collection[str]) -> dict[str, frozenset[str]]:
        from sphinx_apparatus.outputs.print.compiling import lacking

        if not characters or not families:
            return {}
        main = Path(self.outdir, "glyphs.typ")
        write(main, glyph_source(families, characters))
        found = lacking(main, self.fonts)
        main.unlink()
        return found

    def write_reading(self, volume: Volume) -> Path:
        """Write the source of the texts of a volume as emended, without notes."""
        self.volume = volume
        folder = Path(self.outdir, f"{volume.name}-reading")
        self._design(folder)
        source, strings = reading_text(self.front(), edition_of(self.env), [text.siglum for text in self.texts()])
        self.strings |= strings
        for name in ("known.json", "entries.json", "titles.json"):
            write(folder / name, "{}")
        write(folder / "main.typ", source)
        return folder / "main.typ"

    def _design(self, folder: Path) -> None:
        """Write the design of the book, and its words, beside a source."""
        write(folder / "words.json", json.dumps({word: _(word) for word in TYPST}, ensure_ascii=False))
        for asset in ASSETS.glob("*.typ"):
            write(folder / asset.name, asset.read_bytes())

    def write_volume(self, volume: Volume) -> Work:
        """Write the source of a volume, and all it needs beside it."""
        from sphinx_apparatus.outputs.print.settling import Work
        from sphinx_apparatus.outputs.webannotation import collection

        folder = Path(self.outdir) / (volume.name if volume.number or volume.of else "")
        self.volume = volume
        book = self.assemble(volume)
        self.images = {}
        self.post_process_images(book)
        self.drawings = {}
        for image, name in self.images.items():
            content = (Path(self.srcdir) / image).read_bytes()
            pieces = drawn(content.decode("utf-8", "replace"), self.area) if name.endswith(".svg") else []
            for number, piece in enumerate(pieces, 1):
                write(folder / "images" / part_name(name, number), piece.source)
            if pieces:
                self.drawings[name] = pieces
            else:
                write(folder / "images" / name, content)
        self._design(folder)
        texts = self.texts()
        for text in texts:
            seed = Path(self.confdir, self.config.apparatus_text_dir, text.filename)
            write(folder / "texts" / text.filename, seed.read_bytes())
        edition = edition_of(self.env)
        annotations = [annotation for text in texts for annotation in edition.of_text(text.siglum)]
        write(
            folder / "annotations.jsonld",
            collection(edition, annotations, {text.siglum: text for text in texts}, edition.imprint.title),
        )
        visitor: Any = self.create_translator(book, self)
        names = [] if volume.of else self._names
        mentions = in_prose(names, book, self._sigla()) if names else None
        if mentions:
            visitor.marks = mentions.marks
        book.walkabout(visitor)
        main, front = folder / "main.typ", self.front()
        found = in_texts(names, [(text, visitor.lines[text.siglum]) for text in texts])
        for number, own in mentions.places.items() if mentions else ():
            found.setdefault(number, []).extend(own)
        index = composed([*named(names, found), *collected([] if volume.of else self._entries, visitor.written)])
        self.strings.update(index.strings)
        self.strings.update((front.title, front.volume, front.author, *front.imprint, *(t.filename for t in texts)))
        signs = signs_page(visitor, edition.titles)
        before, body, count = parted(visitor.body, *(visitor.first or (0, 0)))
        titles = [
            *visitor.titles[:count],
            *([_("Sigla, signs and abbreviations")] if signs and before else []),
            *visitor.titles[count:],
            *([_("Table of ids")] if visitor.feet else []),
            *([_("Index")] if index.entries else []),
        ]
        behind = ids_table(visitor) + word_division(visitor, texts)
        whole = Pieces(figure_list(visitor.figures), signs, before, body, behind + index.source())
        write(main, source(front, whole))
        rows = titles_of_rows(visitor.feet.values())
        write(
            main.with_name("measures.typ"),
            measures(
                front,
                array(visitor.rows),
                array(map(literal, (leading(["0", "0"]), leading(["0", "1"]), *rows))),
                "".join((*visitor.starts, index.source())),
            ),
        )
        write(main.with_name("titles.json"), json.dumps([plain(title) for title in titles], ensure_ascii=False))
        self.strings.update(rows)
        told = {foot.id: foot.told() for foot in visitor.feet.values()}
        write(main.with_name("entries.json"), json.dumps(told, ensure_ascii=False))
        self.strings.update(
            word for foot in visitor.feet.values() for part in foot.parts for word in (*part.lemma, *part.reading)
        )
        columns = frozenset((*visitor.columns, COLUMNS))
        known = {siglum: found for siglum, found in marks(edition, visitor.lines).items() if found}
        said = verses(edition), labels(edition), keys(edition)
        matter = Matter(visitor.feet, visitor.lines, visitor.spots, *said, known, columns)
        sizes = self.measures
        room = Room(sizes["measure"], sizes["foot-skip"], sizes["foot-spare"])
        top, size, skip = sizes["top"] + sizes["crop"], sizes["text-size"], sizes["text-skip"]
        bottom = sizes["height"] + sizes["crop"] - sizes["bottom"]
        frame = Frame(top, bottom, size, skip, sizes["foot-spare"] + 0.6 * sizes["size"])
        white = {
            siglum: {number: skip * more for number, more in whites.items()}
            for siglum, whites in visitor.whites.items()
        }
        scale = room.width * (bottom - top) / (sizes["size"] / PAPERS["royal"].size) ** 2 / AREA
        return Work(volume, main, matter, frozenset(visitor.abroad), room, frame, index, scale, white)

    def assemble(self, volume: Volume) -> nodes.document:
        """The pages of a volume in one document, references resolved within it."""
        root = self.config.root_doc
        if volume.number or volume.of:
            book = new_document(root)
            book += nodes.section("", addnodes.toctree("", entries=[], includefiles=list(volume.roots)))
        else:
            book = self.env.get_doctree(root)
        book = inline_all_toctrees(self, set(), root, book, lambda text: text, [root])
        book["docname"] = root
        self._omit(book)
        list_anew(self.env)
        self.env.resolve_references(book, root, self)
        if volume.of:
            cited_only(book)
        return book

    def _omit(self, book: nodes.document) -> None:
        """Leave out the pages that are not for print."""
        patterns = self.config.apparatus_pdf_omit
        for page in list(book.findall(addnodes.start_of_file)):
            if omitted(page["docname"], patterns) and page.parent is not None:
                page.parent.remove(page)
        if not self.volume.number and omitted(self.config.root_doc, patterns):
            pages = [
                page
                for page in book.findall(addnodes.start_of_file)
                if not any(isinstance(above, addnodes.start_of_file) for above in _above(page))
            ]
            book.children = []
            book += nodes.section("", *pages)

    def texts(self) -> list[Text]:
        """The texts of the volume, in order."""
        records = edition_of(self.env).texts.values()
        return [record.text for record in records if record.docname in self.volume.pages]

    def front(self) -> Book:
        """Title page and imprint from the configuration."""
        config = self.config
        version = _("Version {version}").format(version=config.release) if config.release else ""
        imprint = [config.apparatus_title or config.project, "" if version in config.copyright else version]
        imprint += [f"© {config.copyright}" if config.copyright else "", *config.apparatus_pdf_imprint]
        imprint += edition_of(self.env).imprint.addresses
        texts = self.texts()
        # Two texts may be of one file; a file is attached once.
        sigla: dict[str, list[str]] = {}
        for text in texts:
            sigla.setdefault(text.filename, []).append(text.siglum)
        attachments = [
            Attachment(f"texts/{name}", "source", "text/plain", f"Text {', '.join(found)}")
            for name, found in sigla.items()
        ]
        if texts:
            told = "The annotations (W3C Web Annotation Data Model)"
            attachments.append(Attachment("annotations.jsonld", "data", "application/ld+json", told))
        return Book(
            title=config.apparatus_title or config.project,
            volume=_("Volume {number}: {title}").format(number=self.volume.number, title=self.volume.title)
            if self.volume.number
            else self.volume.title,
            author=config.author,
            language=language_of(config).split("-")[0],
            release=config.release,
            imprint=[line for line in imprint if line],
            fonts=self._families(),
            texts=texts,
            attachments=attachments if self._attaches() else [],
        )

    def _attaches(self) -> bool:
        """Whether the standard lets a file carry others: PDF/A-1, PDF/A-2 and PDF/A-4 do not (ISO 19005-2, 6.8)."""
        return not any(name.startswith(("a-1", "a-2")) or name == "a-4" for name in self.standards)

    @cached_property
    def _entries(self) -> list[Any]:
        return list(IndexEntries(self.env).create_index(self))

    @cached_property
    def _names(self) -> list[Any]:
        """The names of all indices of the edition, also of those on pages that are not printed."""
        shown = (docname for docname, page in domain_of(self.env).pages.items() if "names" in page.lists)
        lists = (node for docname in shown for node in self.env.get_doctree(docname).findall(ed_list))
        names = (name for node in lists if node["list"] == "names" for name in node["data"])
        return list(dict.fromkeys(names))

    def _sigla(self) -> dict[str, list[str]]:
        """The sigla of the texts on each page of the project."""
        found: dict[str, list[str]] = {}
        for siglum, record in edition_of(self.env).texts.items():
            found.setdefault(record.docname, []).append(siglum)
        return found

    def finish(self) -> None:
        """Set the volumes until their references are right."""
        with progress_message(_("setting the book")):
            compiled = self._settle()
        said = [one.strip() for work in self.works for one in compiled[work.volume.name].warnings]
        named = {f"warning: unknown font family: {one.lower()}": one for one in self.config.apparatus_pdf_families}
        conf = Path(self.confdir, "conf.py")
        for family in dict.fromkeys(named[first] for one in said if (first := one.partition("\n")[0]) in named):
            message = _ABSENT.format(family=family)
            warn(Code.PDF, message, location=place(conf, "apparatus_pdf_families"))
        for warning in said:
            if warning.partition("\n")[0] not in named:
                warn(Code.PDF, f"Typst: {warning}")
        self.keep(compiled)

    def keep(self, compiled: Mapping[str, Compiled]) -> None:
        """Of the source alone, there is nothing more to write."""

    def _settle(self) -> dict[str, Compiled]:
        from sphinx_apparatus.outputs.print.compiling import CompileError, NoGlyph, compile_source
        from sphinx_apparatus.outputs.print.settling import Restless, settle

        while True:
            try:
                return settle(self.works, lambda main, stage: compile_source(main, self.fonts, stage, self.standards))
            except NoGlyph as error:
                if error.characters <= self.missing:
                    stop(Code.PDF, f"no font has {error}")
                # The bold or the italic cut may lack what the upright one has.
                words = together(self.strings, error.characters) - set(self.measures["upright"])
                if words:
                    self.measures["upright"] = sorted({*self.measures["upright"], *words})
                    self._stand_in(frozenset())
                    continue
                warn(Code.PDF, f"no font has {error}; {_NO_FONT.format(advice(error.characters))}")
                self._stand_in(error.characters)
            except CompileError as error:
                stop(Code.PDF, f"Typst: {error}")
            except Restless as error:
                stop(Code.PDF, f"the pages and lines that {error} refers to do not settle")

    def _set_reading(self, main: Path) -> bytes:
        from sphinx_apparatus.outputs.print.compiling import CompileError, NoGlyph, Stage, compile_source

        try:
            return compile_source(main, self.fonts, Stage("final", {}, pdf=True), self.standards).pdf
        except (CompileError, NoGlyph) as error:
            stop(Code.PDF, f"Typst: {error}")


class TypstPdfBuilder(TypstBuilder):
    """Writes the book as PDF, and ``places.json`` beside it."""

    name = "typstpdf"
    epilog = _("The PDF is in %(outdir)s.")

    def keep(self, compiled: Mapping[str, Compiled]) -> None:
        """Write the PDF of each volume, and the places in all of them."""
        from sphinx_apparatus.outputs.print.finishing import DeadLink, finish

        found: dict[str, PrintReference] = {}
        lines: dict[str, list[int]] = {}
        for name, main in self.readings.items():
            write(Path(self.outdir, f"{name}.pdf"), finish(self._set_reading(main), {}, {}, self.measures["crop"]))
        for work in self.works:
            name = f"{work.volume.name}.pdf"
            done = compiled[work.volume.name]
            layout = Layout.found(done.found)
            try:
                targets = destinations(work.matter, layout) | leading_to(work.names, layout)
                pdf = finish(done.pdf, targets, {}, self.measures["crop"])
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


def standards(value: Any, conf: Path) -> list[str]:
    """The standards of the PDF that the configuration names; those of an archive where it names none that there are."""
    names = [value] if isinstance(value, str) else list(value)
    names = [name for name in names if name]
    unknown = [str(name) for name in names if name not in KNOWN_STANDARDS]
    if unknown:
        known = ", ".join(KNOWN_STANDARDS)
        warn(
            Code.CONFIG,
            f"apparatus_pdf_standard has {', '.join(unknown)}; the standards are {known}",
            place(conf, "apparatus_pdf_standard"),
        )
        return list(STANDARDS)
    return names


def _points(characters: Iterable[str]) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in sorted(characters))


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent
