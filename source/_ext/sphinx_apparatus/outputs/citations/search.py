"""Our own pages in the search of the site, which else knows only Sphinx documents."""

from __future__ import annotations

import functools
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import items
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage
from sphinx_apparatus.outputs.citations.pages import pages_of
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of


def keep_own_pages(app: Sphinx) -> None:
    """Let the index of an earlier build keep our pages of texts that are not written anew (``builder-inited``)."""
    if not output_of(app.builder).own_pages:
        return
    builder: Any = app.builder
    load = builder.load_indexer

    def load_indexer(docnames: Iterable[str]) -> None:
        indexer = builder.indexer
        indexer.prune = functools.partial(_prune, app, indexer)
        # The words of the notes recur on every page: each is reduced to its stem once.
        indexer.lang.stem = functools.cache(indexer.lang.stem)
        load(docnames)

    builder.load_indexer = load_indexer


def _prune(app: Sphinx, indexer: Any, docnames: Iterable[str]) -> None:
    kept = set(docnames)
    edition = edition_of(app.env)
    if app.config.apparatus_pages:
        for siglum, record in edition.texts.items():
            if record.docname in kept:
                kept.update(pages_of(edition, siglum))
                kept.update(f"{CORRECTIONS}/{annotation.id}" for annotation in edition.of_text(siglum))
        kept.update(
            f"{CORRECTIONS}/{tombstone.id}" for tombstone in edition.tombstones.values() if tombstone.docname in kept
        )
    type(indexer).prune(indexer, kept)


def feed_own_pages(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Feed the pages of the texts on a page that is written (``doctree-resolved``)."""
    indexer = getattr(app.builder, "indexer", None)
    if indexer is None or not output_of(app.builder).own_pages or not app.config.apparatus_pages:
        return
    edition = edition_of(app.env)
    for siglum, record in edition.texts.items():
        if record.docname == docname:
            nothing: Any = None  # no settings, for nothing is parsed
            for path, title, words in _pages(edition, siglum):
                page = nodes.document(nothing, nothing)
                page += nodes.paragraph("", f"{title} {words}")
                indexer.feed(path, f"{path}.md", title, page)


def _pages(edition: Edition, siglum: str) -> Iterator[tuple[str, str, str]]:
    """Name, title and words of each page that belongs to a text."""
    record, title = edition.texts[siglum], edition.titles[siglum]
    for annotation in edition.of_text(siglum):
        words = f"{annotation.lemma} {annotation.reading or ''} {edition.words(annotation.id)}"
        yield f"{CORRECTIONS}/{annotation.id}", f"{annotation.id}: {items.words(annotation)}", words
    yield (
        f"{PASSAGES}/{siglum}",
        f"{siglum}: {title}",
        f"How to cite text {siglum}, as printed and in this edition, and its paragraphs.",
    )
    for paragraph in record.text.paragraphs:
        passage = Passage(siglum, paragraph.number)
        words = textwrap.shorten(record.text.string[paragraph.start : paragraph.end], 200, placeholder=" …")
        yield f"{PASSAGES}/{passage.anchor}", str(passage), words
    for tombstone in edition.tombstones.values():
        if tombstone.docname == record.docname:
            yield f"{CORRECTIONS}/{tombstone.id}", f"{tombstone.id}: withdrawn", tombstone.reason
