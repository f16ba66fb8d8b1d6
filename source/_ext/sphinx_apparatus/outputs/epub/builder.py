"""The builder ``epub``: Sphinx's own, and for an edition what it leaves out of a good e-book.

Metadata of accessibility (EPUB Accessibility 1.1, 2.2), a cover, landmarks (EPUB 3.3, 7.4.2),
fonts with their media type, and the edition's own style sheet instead of that of the web pages.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from html import escape
from pathlib import Path
from typing import Any

from sphinx.builders._epub_base import MEDIA_TYPES
from sphinx.builders.epub3 import HTML_TAG, Epub3Builder

from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.outputs import rights
from sphinx_apparatus.outputs.tei.xml import NOT_XML
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _, language_of
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.upkeep import FOLDER, Upkeep

_ROOT = Path(__file__).parent


class Sheet:
    """The style sheet of the e-book."""

    NAME = "apparatus.css"
    FOLDER = _ROOT / "static"


COVER = "_static/cover.png"

#: What is true of every edition (schema.org, Accessibility Properties for Discoverability).
_ACCESS = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "alternativeText"),
    ("accessibilityHazard", "none"),
)


class EditionEpubBuilder(Epub3Builder):
    """Sphinx's builder; a project without texts gets what Sphinx makes."""

    @property
    def is_edition(self) -> bool:
        """Whether the project has a text."""
        return bool(domain_of(self.env).texts)

    def init(self) -> None:
        """Begin without a cover of our own."""
        super().init()
        self.covered = False

    def get_outdated_docs(self) -> Iterator[str]:
        """All pages: a book is packed whole, and the pictures of a page are known when it is written."""
        yield from self.env.found_docs

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Say on each page in which language it is, by which it is read aloud; name what Sphinx has no name for."""
        super().prepare_writing(docnames)
        if self.is_edition:
            self.media_types = {**MEDIA_TYPES, ".woff2": "font/woff2", ".txt": "text/plain"}
            # Sphinx has these in English only.
            self.guide_titles = {"toc": _("Contents"), "cover": _("Cover")}
            language = escape(edition_of(self.env).imprint.language)
            tag = f'{HTML_TAG.removesuffix(">")} lang="{language}" xml:lang="{language}"{self._turned()}>'
            self.globalcontext["html_tag"] = tag

    def _turned(self) -> str:
        """The attribute of a book whose own language is written from right to left; else nothing."""
        return ' dir="rtl"' if direction(edition_of(self.env).imprint.language) == "rtl" else ""

    def copy_html_static_files(self, context: dict[str, Any]) -> None:
        """Copy the project's static files, and the e-book's own."""
        config, kept = self.config, self.config.html_static_path
        config.html_static_path = [*kept, *([str(Sheet.FOLDER)] if self.is_edition else [])]
        try:
            super().copy_html_static_files(context)
        finally:
            config.html_static_path = kept

    def content_metadata(self) -> dict[str, Any]:
        """What the package says of itself: of an edition, what its imprint says."""
        found = super().content_metadata()
        if self.is_edition:
            imprint = edition_of(self.env).imprint
            said = {
                "title": imprint.title,
                "author": imprint.editors,
                "id": self._identifier(),
                "description": rights.described(imprint.title),
                "publisher": imprint.editors,
                "copyright": " · ".join(filter(None, (rights.of_annotations(imprint), rights.of_texts()))),
                "contributor": "",
            }
            unset = {"unknown", "", escape(self.config.html_title), escape(self.config.author)}
            found |= {name: escape(words) for name, words in said.items() if found[name] in unset}
            found["date"] = f"{imprint.released.isoformat()}T00:00:00Z"
            found["lang"] = self._language()
        return found

    def navigation_doc_metadata(self, navlist: list[Any]) -> dict[str, Any]:
        """What the list of contents says: the language as the package."""
        found = super().navigation_doc_metadata(navlist)
        return {**found, "lang": self._language()} if self.is_edition else found

    def _language(self) -> str:
        """The language of the book as a tag (BCP 47), also where Sphinx names it as a catalogue: ``pt_BR``."""
        own = self.config.epub_language or ""  # which Sphinx tells
        return escape(language_of(self.config) if own in ("", self.config.language) else own.replace("_", "-"))

    def toc_metadata(self, level: int, navpoints: list[Any]) -> dict[str, Any]:
        """What ``toc.ncx`` says: the same identifier as the package."""
        found = super().toc_metadata(level, navpoints)
        if self.is_edition:
            found["uid"] = escape(self._identifier())
        return found

    def _identifier(self) -> str:
        """The project's own identifier; else the edition's DOI or address; else a name from title and version."""
        imprint = edition_of(self.env).imprint
        if self.config.epub_identifier not in ("unknown", ""):
            return str(self.config.epub_identifier)
        return (
            imprint.doi_address
            or imprint.address("")
            or uuid.uuid5(uuid.NAMESPACE_URL, f"{imprint.title} {imprint.version}").urn
        )

    def build_content(self) -> None:
        """Write the package document: with a cover, and what it says of accessibility."""
        if not self.is_edition:
            super().build_content()
            return
        self._clear_away()
        # What keeps account of the outputs is no part of the book, nor is another book in the folder.
        # ``sphinx-build`` without ``-d`` has its working files there, too.
        outdir = Path(self.outdir)
        records = [str(path.relative_to(outdir)) for path in (outdir / FOLDER).rglob("*")]
        records += [path.name for path in outdir.glob("*.epub")]
        if Path(self.doctreedir).is_relative_to(outdir):
            records += [str(path.relative_to(outdir)) for path in Path(self.doctreedir).rglob("*")]
        kept = self.config.epub_exclude_files
        self.config.epub_exclude_files = [*kept, *records]
        self._cover()
        try:
            super().build_content()
        finally:
            self.config.epub_exclude_files = kept
        if self.covered:
            path = Path(self.outdir, self.coverpage_name)
            alt = f'alt="{escape(_("Cover"))}"'
            path.write_text(path.read_text("utf-8").replace('alt="Cover image"', alt), "utf-8")
        package = Path(self.outdir, "content.opf")
        said = _completed(package.read_text("utf-8"))
        if self._turned():
            said = said.replace('page-progression-direction="ltr"', 'page-progression-direction="rtl"')
        package.write_text(said, "utf-8")

    def _clear_away(self) -> None:
        """Remove what is left of earlier builds: Sphinx packs all that it finds."""
        outdir = Path(self.outdir)
        for name in (self.coverpage_name, ".buildinfo.bak"):
            (outdir / name).unlink(missing_ok=True)
        with Upkeep(outdir, "book") as upkeep:
            upkeep.expect(f"{self.config.epub_basename}.epub")
            upkeep.expect(
                *(Path(self.get_outfilename(page)).relative_to(outdir).as_posix() for page in self.env.found_docs)
            )
            upkeep.expect(*(f"{self.imagedir}/{name}" for name in self.images.values()))

    def _cover(self) -> None:
        """Set a cover, unless the project has its own."""
        if self.config.epub_cover and not self.covered:
            return
        from sphinx_apparatus.outputs.epub.cover import cover

        image = cover(edition_of(self.env).imprint)
        if image:
            write(Path(self.outdir, COVER), image)
            self.config.epub_cover = (COVER, "epub-cover.html")
            self.covered = True

    def build_navigation_doc(self) -> None:
        """Write the navigation document: with landmarks, and with the role that readers know a table of contents by.

        The role that belongs to an ``epub:type``: DPUB-ARIA 1.1, ``doc-toc``.
        """
        super().build_navigation_doc()
        if self.is_edition:
            path = Path(self.outdir, "nav.xhtml")
            said = path.read_text("utf-8").replace('epub:type="toc"', 'epub:type="toc" role="doc-toc"')
            said = said.replace("<html ", f"<html{self._turned()} ", 1)
            path.write_text(said.replace("</body>", f"{self._landmarks()}\n  </body>"), "utf-8")

    def build_epub(self) -> None:
        """Pack the book, without what XML cannot hold: in a title, or in words that are no text's."""
        pages = [name for name in self.files if name.endswith(".xhtml")]
        for name in (*pages, "nav.xhtml", "toc.ncx", "content.opf") if self.is_edition else ():
            path = Path(self.outdir, name)
            if path.is_file():
                said = path.read_text("utf-8")
                if NOT_XML.search(said):
                    path.write_text(NOT_XML.sub("\ufffd", said), "utf-8")
        super().build_epub()

    def _landmarks(self) -> str:
        first = next(iter(edition_of(self.env).texts.values())).docname
        marks = [
            ("toc", self.get_target_uri(self.config.root_doc), _("Contents")),
            ("bodymatter", self.get_target_uri(first), _("The texts")),
        ]
        if self.covered:
            marks.insert(0, ("cover", self.coverpage_name, _("Cover")))
        rows = "".join(f'<li><a epub:type="{kind}" href="{escape(path)}">{name}</a></li>' for kind, path, name in marks)
        return f'  <nav epub:type="landmarks" hidden=""><h2>{_("Landmarks")}</h2><ol>{rows}</ol></nav>'


def _completed(package: str) -> str:
    """The package document with the accessibility metadata; what is empty in it is left out."""
    package = re.sub(r"\s*<dc:(creator|description|contributor|publisher|rights)></dc:\1>", "", package)
    package = re.sub(r'\s*<meta property="ibooks:[^"]*">(None)?</meta>', "", package)
    summary = _(
        "The texts stand in their reading order, each annotation is a footnote with a link from its place in the text "
        "and back, every picture is described, and nothing depends on colour alone."
    )
    access = (*_ACCESS, ("accessibilitySummary", escape(summary)))
    said = "".join(f'    <meta property="schema:{name}">{words}</meta>\n' for name, words in access)
    package = package.replace("  </metadata>", f"{said}  </metadata>")
    return package.replace(f'href="{COVER}" ', f'href="{COVER}" properties="cover-image" ')
