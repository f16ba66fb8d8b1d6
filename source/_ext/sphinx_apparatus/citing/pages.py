"""The pages of single annotations, of texts and of paragraphs, with their citations.

They are written by this module and not as Sphinx pages: no theme, no toctree, one
small template.  They are in the site's search like any other page.
"""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils import nodes
from docutils.utils import new_document
from jinja2 import Environment, PackageLoader, StrictUndefined
from sphinx.application import Sphinx

from sphinx_apparatus.addresses import CORRECTIONS, PASSAGES
from sphinx_apparatus.annotations import Annotation, Passage
from sphinx_apparatus.citing import formats, items, metadata, notes, styles
from sphinx_apparatus.citing.edition import edition as configured_edition
from sphinx_apparatus.citing.history import history
from sphinx_apparatus.citing.items import Edition, Item
from sphinx_apparatus.citing.sources import printed_item
from sphinx_apparatus.entries import entry, shorten
from sphinx_apparatus.files import write
from sphinx_apparatus.html.policy import protect
from sphinx_apparatus.html.visitors import LAYER_CLASS, summary
from sphinx_apparatus.places import Place, read_places
from sphinx_apparatus.register import Entry, RegisterError, read_register
from sphinx_apparatus.texts import Text
from sphinx_apparatus.version import __version__

#: Code points of context on each side of a lemma.
CONTEXT = 180

#: Names of licences by their addresses.
LICENCES = {"https://creativecommons.org/licenses/by/4.0/": "CC BY 4.0"}


class Writer:
    """Writes the pages of one build."""

    def __init__(self, app: Sphinx) -> None:
        """Take from the application what all pages share."""
        self.app = app
        self.builder: Any = app.builder
        self.domain: Any = app.env.domains["ed"]
        self.edition: Edition = configured_edition(app.config)
        self.places: dict[str, Place] = read_places(_beside(app, app.config.apparatus_places))
        self.register = _register(app)
        self.templates = Environment(
            loader=PackageLoader("sphinx_apparatus"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.pdf = app.config.apparatus_pdf
        self.written: dict[str, tuple[str, nodes.document]] = {}

    def write_all(self) -> None:
        """Write every page, and make each known to the search."""
        for siglum in self.domain.sigla():
            record = self.domain.texts[siglum]
            rendered = notes.render(self.builder, record.docname)
            own = self.domain.annotations_of(siglum)
            for index, annotation in enumerate(own):
                before = own[index - 1] if index else None
                after = own[index + 1] if index + 1 < len(own) else None
                self._annotation(annotation, rendered[annotation.id], before, after)
            self._text(siglum, own)
            for paragraph in record.text.paragraphs:
                here = [a for a in own if self.domain.paragraph_of(a) == paragraph.number]
                self._paragraph(siglum, paragraph.number, here)
        for tombstone in self.domain.tombstones.values():
            self._tombstone(tombstone)
        self._exports("citations", "edition", items.edition_item(self.edition))
        self._index()

    # -- pages ---------------------------------------------------------------------------

    def _annotation(
        self, annotation: Annotation, note: str, before: Annotation | None, after: Annotation | None
    ) -> None:
        path = f"{CORRECTIONS}/{annotation.id}"
        record = self.domain.texts[annotation.siglum]
        text: Text = record.text
        place = self.places.get(annotation.id)
        item = items.annotation_item(
            self.edition, annotation, self.domain.paragraph_of(annotation), self._uri(path), place
        )
        shown = entry(annotation, text.string)
        words = items.words(annotation)
        self._page(
            "annotation.html",
            path,
            item,
            title=f"{annotation.id}: {words}",
            description=f"{annotation.layer.value.capitalize()} on text {annotation.siglum}: {words}. "
            + textwrap.shorten(annotation.body, 160, placeholder=" …"),
            siglum=annotation.siglum,
            target=annotation.id,
            place=place,
            previous=before.id if before else None,
            previous_title=before.id if before else None,
            next=after.id if after else None,
            next_title=after.id if after else None,
            extra=metadata.json_ld(
                metadata.annotation_data(self.edition, annotation, item, self.domain.title_of(annotation.siglum))
            ),
            report=self._report(annotation),
            searched=f"{annotation.lemma} {annotation.reading or ''} {annotation.body}",
            annotation=annotation,
            layer_class=LAYER_CLASS[annotation.layer],
            entry=summary(annotation, shown),
            editor=self.app.config.apparatus_editors[annotation.editor],
            passage=Passage(annotation.siglum, self.domain.paragraph_of(annotation)),
            note=note,
            history=history(annotation, self.register.get(annotation.id), self.edition.version),
            **_context(text, annotation),
        )

    def _text(self, siglum: str, own: list[Annotation]) -> None:
        path = f"{PASSAGES}/{siglum}"
        record = self.domain.texts[siglum]
        item = items.text_item(self.edition, siglum, self.domain.title_of(siglum), self._uri(path))
        keys = dict.fromkeys(filter(None, (record.source, *(part.source for part in record.parts))))
        self._page(
            "passage.html",
            path,
            item,
            title=f"{siglum}: {self.domain.title_of(siglum)}",
            description=f"How to cite text {siglum}, as printed and in this edition, and its paragraphs.",
            siglum=siglum,
            target=siglum,
            extra=metadata.json_ld(metadata.text_data(self.edition, item)),
            printed={key: printed_item(self.app.env, key) for key in keys},
            heading=f"{siglum}: {self.domain.title_of(siglum)}",
            annotations=(),
            paragraphs=[(p.number, shorten(record.text.string[p.start : p.end], 12)) for p in record.text.paragraphs],
        )

    def _paragraph(self, siglum: str, number: int, here: list[Annotation]) -> None:
        passage = Passage(siglum, number)
        path = f"{PASSAGES}/{passage.anchor}"
        record = self.domain.texts[siglum]
        paragraph = record.text.paragraph(number)
        place = self.places.get(passage.anchor)
        item = items.passage_item(self.edition, passage, self.domain.title_of(siglum), self._uri(path), place)
        words = record.text.string[paragraph.start : paragraph.end]
        count = len(record.text.paragraphs)
        self._page(
            "passage.html",
            path,
            item,
            title=str(passage),
            description=textwrap.shorten(words, 200, placeholder=" …"),
            siglum=siglum,
            target=str(passage),
            place=place,
            previous=Passage(siglum, number - 1).anchor if number > 1 else None,
            previous_title=f"¶{number - 1}",
            next=Passage(siglum, number + 1).anchor if number < count else None,
            next_title=f"¶{number + 1}",
            extra="",
            heading=f"{passage}, {self.domain.title_of(siglum)}",
            paragraph=words,
            anchor=passage.anchor,
            passage=passage,
            annotations=[(a.id, summary(a, entry(a, record.text.string)), LAYER_CLASS[a.layer]) for a in here],
            paragraphs=(),
        )

    def _tombstone(self, tombstone: Any) -> None:
        siglum = tombstone.id.rstrip("0123456789")
        known = self.register.get(tombstone.id)
        self._page(
            "tombstone.html",
            f"{CORRECTIONS}/{tombstone.id}",
            None,
            title=f"{tombstone.id}: withdrawn",
            description=tombstone.reason,
            siglum=siglum if siglum in self.domain.texts else "",
            target=tombstone.id,
            extra="",
            tombstone=tombstone,
            history=f"First published in version {known.since}." if known else "",
        )

    def _page(
        self,
        template: str,
        path: str,
        item: Item | None,
        *,
        title: str,
        description: str,
        siglum: str,
        target: str,
        extra: str,
        place: Place | None = None,
        printed: dict[str, Item] | None = None,
        report: str = "",
        searched: str = "",
        **context: Any,
    ) -> None:
        exports = self._exports(path.rpartition("/")[0], path.rpartition("/")[2], item) if item else {}
        record = self.domain.texts.get(siglum)
        for key, source in (printed or {}).items():
            self._exports(PASSAGES, key, source)
        head = ""
        if item is not None:
            head = (
                metadata.highwire(item)
                + metadata.signposts(self.edition, item.get("URL", ""), canonical=True)
                + metadata.descriptions(exports)
                + metadata.open_graph(self.edition, title, description, item.get("URL", ""))
            )
        address = item.get("URL", "") if item else ""
        page = self.templates.get_template(template).render(
            {
                "previous": None,
                "next": None,
                "previous_title": None,
                "next_title": None,
                "place": place,
                "pdf_href": f"../{place.address(self.pdf)}" if place else "",
                **context,
            },
            edition=self.edition,
            released=self.edition.released.isoformat(),
            address=address or self._uri(path),
            licence_name=LICENCES.get(self.edition.licence, self.edition.licence),
            generator=__version__,
            title=title,
            description=description,
            target=target,
            siglum=siglum,
            language=record.language if record else self.edition.language,
            text_href=f"../{self._uri(record.docname)}" if record else "../index.html",
            text_title=f"{siglum}: {self.domain.title_of(siglum)}" if record else self.edition.title,
            stylesheets=[name for name in ("edition.css",) if Path(self.app.outdir, "_static", name).exists()],
            corrections=CORRECTIONS,
            metadata=head + extra,
            citations=list(_groups(item, exports, printed)) if item else (),
            snippets=_snippets(target, title, address) if address else (),
            short=items.short_form(self.edition, target) if self.edition.short else "",
            report=report,
        )
        if self.app.config.apparatus_csp:
            page = protect(page)
        write(Path(self.app.outdir, self._uri(path)), page)
        document = new_document(path)
        document += nodes.paragraph("", f"{title} {searched or description}")
        self.written[path] = (title, document)

    # -- what pages share -------------------------------------------------------------------

    def _exports(self, folder: str, name: str, item: Item) -> dict[str, str]:
        """Write an item in each format; the files' names by ending, as seen from beside them."""
        writers = {"bib": formats.to_bibtex, "ris": formats.to_ris, "json": formats.to_json}
        for ending, writer in writers.items():
            write(Path(self.app.outdir, folder, f"{name}.{ending}"), writer(item))
        return {ending: f"{name}.{ending}" for ending in writers}

    def _index(self) -> None:
        """Make the pages known to the search, which else drops what is no Sphinx document."""
        indexer = self.builder.indexer
        if indexer is None:
            return
        for path, (title, document) in self.written.items():
            indexer.feed(path, f"{path}.md", title, document)
        indexer.prune = functools.partial(_prune, indexer, tuple(self.written))

    def _uri(self, path: str) -> str:
        uri: str = self.builder.get_target_uri(path)
        return uri

    def _report(self, annotation: Annotation) -> str:
        template: str = self.app.config.apparatus_report
        if not template:
            return ""
        return template.format(
            id=quote(annotation.id),
            version=quote(self.edition.version),
            lemma=quote(shorten(annotation.lemma, 12)),
        )


def write_pages(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Write the pages with the others that are no documents (``html-collect-pages``)."""
    if app.builder.name in ("html", "dirhtml") and app.env.domains["ed"].texts:  # type: ignore[attr-defined]
        Writer(app).write_all()
    return ()


def _prune(indexer: Any, ours: tuple[str, ...], docnames: Iterable[str]) -> None:
    type(indexer).prune(indexer, [*docnames, *ours])


def _groups(item: Item, exports: dict[str, str], printed: dict[str, Item] | None) -> Iterator[dict[str, Any]]:
    for key, source in (printed or {}).items():
        yield {
            "heading": "As printed",
            "rows": _rows(source),
            "exports": {ending: f"{key}.{ending}" for ending in formats.TYPES},
        }
    yield {"heading": "In this edition" if printed else "", "rows": _rows(item), "exports": exports}


def _rows(item: Item) -> list[tuple[str, str]]:
    return [(style.title, styles.cite(item, style.name)) for style in styles.STYLES]


def _snippets(target: str, title: str, address: str) -> list[tuple[str, str]]:
    return [
        ("Markdown", f"[{target}]({address})"),
        ("LaTeX", f"\\href{{{address}}}{{{target.replace('¶', chr(92) + 'P')}}}"),
        ("Sphinx", f"{{external:ed:ref}}`{target}`"),
    ]


def _context(text: Text, annotation: Annotation) -> dict[str, Any]:
    """The words around a lemma, within its paragraph."""
    start, end = annotation.span
    paragraph = text.paragraph_at(start)
    low, high = (paragraph.start, max(paragraph.end, end)) if paragraph else (start, end)
    before, after = text.string[low:start], text.string[end:high]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    return {"before": before, "after": after}


def _beside(app: Sphinx, name: str) -> Path | None:
    return Path(app.srcdir, name) if name else None


def _register(app: Sphinx) -> dict[str, Entry]:
    try:
        return read_register(Path(app.srcdir, app.config.apparatus_register))
    except RegisterError:
        return {}  # said already by the consistency check, or not yet made
