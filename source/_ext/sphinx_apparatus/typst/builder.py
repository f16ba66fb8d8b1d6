"""The builders ``typst`` (the source) and ``typstpdf`` (the PDF)."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from sphinx import addnodes
from sphinx.builders import Builder
from sphinx.environment.adapters.indexentries import IndexEntries
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.display import progress_message
from sphinx.util.nodes import inline_all_toctrees

from sphinx_apparatus.annotations import Passage
from sphinx_apparatus.diagnostics import Diagnostic
from sphinx_apparatus.files import write
from sphinx_apparatus.places import Place, write_places
from sphinx_apparatus.texts import Text
from sphinx_apparatus.typst.book import Attachment, Book, slug, source
from sphinx_apparatus.typst.compiling import Compiled, CompileError, NoGlyph, compile_pdf
from sphinx_apparatus.typst.literal import array, literal
from sphinx_apparatus.typst.translator import TypstTranslator
from sphinx_apparatus.webannotation import collection

logger = logging.getLogger(__name__)

ASSETS = Path(__file__).parent / "assets"

#: The families of the book in order; the first is in the wheel of Typst.
TEXT_FACE = "Libertinus Serif"


class TypstBuilder(Builder):
    """Writes the book as Typst source, with all it needs beside it."""

    name = "typst"
    format = "typst"
    epilog = _("The Typst source is in %(outdir)s.")
    default_translator_class = TypstTranslator
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
        self.book = self.assemble()
        self.post_process_images(self.book)
        outdir = Path(self.outdir)
        for image, name in self.images.items():
            write(outdir / "images" / name, (Path(self.srcdir) / image).read_bytes())
        for asset in ASSETS.glob("*.typ"):
            write(outdir / asset.name, asset.read_bytes())
        for text in self.texts():
            shutil.copyfile(
                Path(self.confdir, self.config.apparatus_text_dir, text.filename),
                _made(outdir / "texts" / text.filename),
            )
        domain: Any = self.env.domains["ed"]
        write(
            outdir / "annotations.jsonld",
            collection(
                domain.sorted_annotations(),
                {t.siglum: t for t in self.texts()},
                self.config.project,
                self.config.release,
            ),
        )
        self.write_source()

    def assemble(self) -> nodes.document:
        """All pages in one document, references resolved within it."""
        root = self.config.root_doc
        book = inline_all_toctrees(self, set(), root, self.env.get_doctree(root), lambda text: text, [root])
        book["docname"] = root
        self._omit(book)
        self.env.resolve_references(book, root, self)
        return book

    def _omit(self, book: nodes.document) -> None:
        """Leave out the pages that are not for print."""
        omitted = self.config.apparatus_pdf_omit
        for page in list(book.findall(addnodes.start_of_file)):
            if any(fnmatchcase(page["docname"], pattern) for pattern in omitted) and page.parent is not None:
                page.parent.remove(page)
        if any(fnmatchcase(self.config.root_doc, pattern) for pattern in omitted):
            pages = [
                page
                for page in book.findall(addnodes.start_of_file)
                if not any(isinstance(above, addnodes.start_of_file) for above in _above(page))
            ]
            book.children = []
            book += nodes.section("", *pages)

    def write_source(self) -> None:
        """Translate, and write ``main.typ``."""
        visitor: Any = self.create_translator(self.book, self)
        self.book.walkabout(visitor)
        content = source(self.front(), visitor.astext(), self.index(visitor.written), self.places())
        write(Path(self.outdir) / "main.typ", content)

    def texts(self) -> list[Text]:
        """The texts in the order of the book."""
        domain: Any = self.env.domains["ed"]
        return [domain.texts[siglum].text for siglum in domain.sigla()]

    def front(self) -> Book:
        """Title page and imprint from the configuration."""
        config = self.config
        imprint = [config.project, f"Version {config.release}" if config.release else ""]
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
            title=config.project,
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
        for letter, entries in IndexEntries(self.env).create_index(self):
            rows = []
            for name, (links, subentries, _key) in entries:
                rows.append(_row(name, links, 0, written))
                rows += [_row(sub, sublinks, 1, written) for sub, sublinks in subentries]
            groups.append(f"(letter: {literal(letter, self.missing)}, rows: {array(rows)})")
        return f"\n#index-page({literal(_('Index'))}, {array(groups)})\n" if groups else ""

    def places(self) -> str:
        """What is to be located for ``places.json``: annotations, paragraphs, texts."""
        domain: Any = self.env.domains["ed"]
        names: list[tuple[str, str]] = []
        for text in self.texts():
            names += [(text.siglum, annotation.id) for annotation in domain.annotations_of(text.siglum)]
            names += [(text.siglum, Passage(text.siglum, paragraph.number).anchor) for paragraph in text.paragraphs]
            names.append((text.siglum, text.siglum))
        told = array(array(map(literal, pair)) for pair in names)
        return f"\n#export-places({told}, {array(literal(text.siglum) for text in self.texts())})\n"


class TypstPdfBuilder(TypstBuilder):
    """Writes the book as PDF, and ``places.json`` beside it."""

    name = "typstpdf"
    epilog = _("The PDF is in %(outdir)s.")

    def finish(self) -> None:
        """Compile the source; characters no font has are told and stood in for."""
        with progress_message(_("setting the book")):
            compiled = self._compile()
        for warning in compiled.warnings:
            Diagnostic.PDF.warn(f"Typst: {warning.strip()}")
        outdir = Path(self.outdir)
        name = self.config.apparatus_pdf_name or f"{slug(self.config.project)}.pdf"
        write(outdir / name, compiled.pdf)
        places = {key: Place(**place) for key, place in compiled.places["places"] if place is not None}
        write(outdir / "places.json", write_places(places, dict(compiled.places["lines"])))

    def _compile(self) -> Compiled:
        main = Path(self.outdir) / "main.typ"
        fonts = [Path(self.confdir, folder) for folder in self.config.apparatus_pdf_fonts]
        while True:
            try:
                return compile_pdf(main, fonts)
            except NoGlyph as error:
                if error.characters <= self.missing:
                    Diagnostic.PDF.stop(f"no font has {error}")
                Diagnostic.PDF.warn(
                    f"no font has {error}; code points are printed instead. Remedy: a font that has them, in "
                    "apparatus_pdf_fonts and apparatus_pdf_families"
                )
                self.missing |= error.characters
                self.write_source()
            except CompileError as error:
                Diagnostic.PDF.stop(f"Typst: {error}")


def _row(name: str, links: Iterable[tuple[Any, Any]], level: int, written: set[str]) -> str:
    keys = [uri[1:] for _main, uri in links if uri and uri.startswith("%") and uri[1:] in written]
    return f"({literal(name)}, {level}, {array(map(literal, keys))})"


def _above(node: nodes.Node) -> Iterator[nodes.Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _made(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
