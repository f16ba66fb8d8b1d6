"""The builders ``typst`` (the source) and ``typstpdf`` (the PDF).

Every project has them; what sets a book is loaded when one is set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.entry import spans
from sphinx_apparatus.model.reference import Passage, PrintReference
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.book import Attachment, Book, source
from sphinx_apparatus.outputs.print.literal import array, literal
from sphinx_apparatus.outputs.print.volumes import Volume, omitted, volumes
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.warnings import stop, warn
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.pages import write_places

if TYPE_CHECKING:
    from sphinx_apparatus.outputs.print.compiling import Compiled
    from sphinx_apparatus.outputs.print.settling import Work

logger = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"

#: The families of the book in order; the first is in the wheel of Typst.
TEXT_FACE = "Libertinus Serif"


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
        self.missing: frozenset[str] = frozenset()

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
        self.volumes = volumes(self)
        self.printed = frozenset(page for volume in self.volumes for page in volume.pages)
        self.works = [self.write_volume(volume) for volume in self.volumes]

    def write_volume(self, volume: Volume) -> Work:
        """Write the source of a volume, and all it needs beside it."""
        from sphinx_apparatus.outputs.print.settling import Work
        from sphinx_apparatus.outputs.webannotation import collection

        folder = Path(self.outdir) / (volume.name if volume.number else "")
        self.volume = volume
        book = self.assemble(volume)
        self.images = {}
        self.post_process_images(book)
        for image, name in self.images.items():
            write(folder / "images" / name, (Path(self.srcdir) / image).read_bytes())
        for asset in ASSETS.glob("*.typ"):
            write(folder / asset.name, asset.read_bytes())
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
        book.walkabout(visitor)
        main = folder / "main.typ"
        write(main, source(self.front(), visitor.astext(), self.index(visitor.written), self.places()))
        return Work(volume, main, frozenset(visitor.abroad))

    def assemble(self, volume: Volume) -> nodes.document:
        """The pages of a volume in one document, references resolved within it."""
        root = self.config.root_doc
        if volume.number:
            book = new_document(root)
            book += nodes.section("", addnodes.toctree("", entries=[], includefiles=list(volume.roots)))
        else:
            book = self.env.get_doctree(root)
        book = inline_all_toctrees(self, set(), root, book, lambda text: text, [root])
        book["docname"] = root
        self._omit(book)
        self.env.resolve_references(book, root, self)
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
        version = f"Version {config.release}" if config.release else ""
        imprint = [config.apparatus_title or config.project, "" if version in config.copyright else version]
        imprint += [f"© {config.copyright}" if config.copyright else "", *config.apparatus_pdf_imprint]
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
            volume=f"Volume {self.volume.number}: {self.volume.title}" if self.volume.number else "",
            author=config.author,
            language=(config.language or "en").split("-")[0].split("_")[0],
            release=config.release,
            imprint=[line for line in imprint if line],
            fonts=[TEXT_FACE, *config.apparatus_pdf_families],
            texts=texts,
            attachments=attachments,
        )

    def index(self, written: set[str]) -> str:
        """The index, if anything is in it."""
        groups = []
        for letter, entries in self._index:
            rows = []
            for name, (links, subentries, _key) in entries:
                below = [row for sub, sublinks in subentries if (row := _row(sub, sublinks, 1, written))]
                row = _row(name, links, 0, written)
                if row or below:
                    rows += [row or _row(name, (), 0, written), *below]
            if rows:
                groups.append(f"(letter: {literal(letter, self.missing)}, rows: {array(rows)})")
        return f"\n#index-page({literal(_('Index'))}, {array(groups)})\n" if groups else ""

    @cached_property
    def _index(self) -> list[Any]:
        return list(IndexEntries(self.env).create_index(self))

    def places(self) -> str:
        """What is to be located: annotations and the parts of their entries, paragraphs, texts."""
        edition = edition_of(self.env)
        names: list[tuple[str, str]] = []
        for text in self.texts():
            for annotation in edition.of_text(text.siglum):
                parts = len(spans(annotation, text.string))
                names += [
                    (text.siglum, annotation.id),
                    *((text.siglum, f"{annotation.id}.{n + 1}") for n in range(parts)),
                ]
            names += [(text.siglum, Passage(text.siglum, paragraph.number).anchor) for paragraph in text.paragraphs]
            names.append((text.siglum, text.siglum))
        told = array(array(map(literal, pair)) for pair in names)
        return f"\n#export-places({told}, {array(literal(text.siglum) for text in self.texts())})\n"

    def finish(self) -> None:
        """Set the volumes until their references are right; characters no font has are told and stood in for."""
        with progress_message(_("setting the book")):
            compiled = self._settle()
        for work in self.works:
            for warning in compiled[work.volume.name].warnings:
                warn(Code.PDF, f"Typst: {warning.strip()}")
        self.keep(compiled)

    def keep(self, compiled: Mapping[str, Compiled]) -> None:
        """Of the source alone, there is nothing more to write."""

    def _settle(self) -> dict[str, Compiled]:
        from sphinx_apparatus.outputs.print.compiling import CompileError, NoGlyph, compile_source
        from sphinx_apparatus.outputs.print.settling import Restless, settle

        fonts = [Path(self.confdir, folder) for folder in self.config.apparatus_pdf_fonts]
        while True:
            try:
                return settle(self.works, lambda main: compile_source(main, fonts))
            except NoGlyph as error:
                if error.characters <= self.missing:
                    stop(Code.PDF, f"no font has {error}")
                warn(
                    Code.PDF,
                    f"no font has {error}; code points are printed instead. Remedy: a font that has them, in "
                    "apparatus_pdf_fonts and apparatus_pdf_families",
                )
                self.missing |= error.characters
                self.works = [self.write_volume(volume) for volume in self.volumes]
            except CompileError as error:
                stop(Code.PDF, f"Typst: {error}")
            except Restless as error:
                stop(Code.PDF, f"the pages and lines that {error} refers to do not settle")


class TypstPdfBuilder(TypstBuilder):
    """Writes the book as PDF, and ``places.json`` beside it."""

    name = "typstpdf"
    epilog = _("The PDF is in %(outdir)s.")

    def keep(self, compiled: Mapping[str, Compiled]) -> None:
        """Write the PDF of each volume, and the places in all of them."""
        outdir = Path(self.outdir)
        places: dict[str, PrintReference] = {}
        lines: dict[str, list[int]] = {}
        for work in self.works:
            name = f"{work.volume.name}.pdf"
            done = compiled[work.volume.name]
            write(outdir / name, done.pdf)
            for key, at in done.found["places"]:
                if "." not in key:  # the parts of an entry have no place of their own
                    at = {field: value for field, value in at.items() if field != "nth"}
                    places[key] = PrintReference(**at, volume=work.volume.label, file=name)
            lines.update(done.found["lines"])
        write(outdir / "places.json", write_places(places, lines))


def _row(name: str, links: Iterable[tuple[Any, Any]], level: int, written: set[str]) -> str:
    """A row of the index; empty if what it leads to is not printed."""
    uris = [uri for _main, uri in links if uri]
    keys = [uri[1:] for uri in uris if uri.startswith("%") and uri[1:] in written]
    return f"({literal(name)}, {level}, {array(map(literal, keys))})" if keys or not uris else ""


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent
