"""Our own pages in the search of the site, which else knows only Sphinx documents."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage
from sphinx_apparatus.outputs.citations.clearing import pages_of
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.stores.upkeep import fingerprint, read_record, write_record

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition

#: The record of what the index holds of our pages.
_RECORD = "search"


def keep_own_pages(app: Sphinx) -> None:
    """Let the index of an earlier build keep our pages that have not changed (``builder-inited``)."""
    if not output_of(app.builder).own_pages:
        return
    builder: Any = app.builder
    load = builder.load_indexer

    def load_indexer(docnames: Iterable[str]) -> None:
        indexer = builder.indexer
        indexer.prune = functools.partial(_prune, app, indexer)
        load(docnames)

    builder.load_indexer = load_indexer


def _prune(app: Sphinx, indexer: Any, docnames: Iterable[str]) -> None:
    """Drop from the index what is neither among the pages given nor one of ours that is as it was."""
    kept = set(docnames)
    last = "apparatus_fed" in indexer.__dict__  # the second time, when all has been fed
    before = indexer.apparatus_fed if last else read_record(Path(app.outdir), _RECORD)
    fed: dict[str, str] = {}
    sigla = edition_of(app.env).texts if app.config.apparatus_pages and domain_of(app.env).texts else ()
    for siglum in sigla:
        edition = edition_of(app.env)
        if edition.texts[siglum].docname in kept:
            fed.update({path: before.get(path, "") for path in pages_of(edition, siglum)})
        else:
            fed.update({path: fingerprint((title, words)) for path, title, words in _pages(edition, siglum)})
    indexer.apparatus_fed = before if last else fed
    kept.update(path for path, made in fed.items() if before.get(path, "") == made)
    if not kept.issuperset(indexer._titles):
        type(indexer).prune(indexer, kept)
        for mapping in (indexer._mapping, indexer._title_mapping):
            # Sphinx keeps a word that is on no page any more, with an empty list.
            for word in [word for word, pages in mapping.items() if not pages]:
                del mapping[word]


def feed_own_pages(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Feed the pages of the texts on a page that is written, if they have changed (``doctree-resolved``)."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None or not output_of(app.builder).own_pages or not app.config.apparatus_pages:
        return
    if not domain_of(app.env).texts:
        return
    edition = edition_of(app.env)
    nothing: Any = None  # no settings, for nothing is parsed
    for siglum, record in edition.texts.items():
        if record.docname == docname:
            for path, title, words in _pages(edition, siglum):
                if path not in indexer._titles:
                    page = nodes.document(nothing, nothing)
                    # A title that the index knows as one: by it the page is found first.
                    page += nodes.section("", nodes.title("", title), nodes.paragraph("", words))
                    indexer.feed(path, f"{path}.md", title, page)


def remember_fed(app: Sphinx, exception: Exception | None) -> None:
    """Set down what the index holds of our pages (``build-finished``)."""
    fed = getattr(getattr(app.builder, "indexer", None), "apparatus_fed", None)
    if exception is None and fed is not None:
        write_record(Path(app.outdir), _RECORD, fed)


def _pages(edition: Edition, siglum: str) -> Iterator[tuple[str, str, str]]:
    """Name, title and words of each page that belongs to a text."""
    from sphinx_apparatus.bibliography import items

    record, title = edition.texts[siglum], edition.titles[siglum]
    for annotation in edition.of_text(siglum):
        words = f"{annotation.lemma} {annotation.reading or ''} {edition.words(annotation.id)}"
        yield f"{CORRECTIONS}/{annotation.id}", f"{annotation.id}: {items.words(annotation)}", words
    yield (
        f"{PASSAGES}/{siglum}",
        f"{siglum}: {title}",
        _("How to cite text {siglum}, as printed and in this edition, and its paragraphs.").format(siglum=siglum),
    )
    for paragraph in record.text.paragraphs:
        passage = Passage(siglum, paragraph.number)
        words = record.text.string[paragraph.start : paragraph.end]
        yield f"{PASSAGES}/{passage.anchor}", str(passage), words
    for tombstone in edition.tombstones.values():
        if tombstone.docname == record.docname:
            yield f"{CORRECTIONS}/{tombstone.id}", f"{tombstone.id}: {_('withdrawn')}", tombstone.reason
