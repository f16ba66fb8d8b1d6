"""When the pages of single annotations, of texts and of paragraphs are written, and what they depend on.

They are written by us and not as Sphinx pages: no theme, no toctree, one small
template.  Those of a text are written with its own page, in the process that writes that;
one whose content has not changed since the last build is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import items
from sphinx_apparatus.bibliography.formats import WRITERS
from sphinx_apparatus.bibliography.works import recorded
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.outputs.citations import feeds, states
from sphinx_apparatus.outputs.citations.described import imprint_of
from sphinx_apparatus.outputs.citations.witnesses import shown_witnesses
from sphinx_apparatus.outputs.citations.writer import Writer
from sphinx_apparatus.outputs.html.notes import take
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.upkeep import Upkeep


def write_own_pages(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Write the pages that belong to the texts on a page (``html-page-context``)."""
    if doctree is None or not output_of(app.builder).own_pages:
        return
    notes = take(app.builder)
    edition = edition_of(app.env)
    sigla = [siglum for siglum, record in edition.texts.items() if record.docname == pagename]
    gone = [siglum for siglum, ids in edition.gone.items() if edition.tombstones[ids[0]].docname == pagename]
    if (sigla or gone) and app.config.apparatus_pages:
        writer = Writer(app)
        for siglum in sigla:
            writer.write_text(siglum, notes)
        for siglum in gone:
            writer.write_gone(siglum)


def write_exports(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Write how the edition as a whole is cited (``html-collect-pages``)."""
    edition = edition_of(app.env)
    if output_of(app.builder).own_pages and edition.texts:
        item = items.edition_item(imprint_of(app))
        with Upkeep(Path(app.outdir), "edition") as upkeep:
            for ending, write in WRITERS.items():
                upkeep.write(f"citations/edition.{ending}", write(item))
    return ()


def shown_citations(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What the pages that belong to a text show of other files, for `sphinx_apparatus.sphinx_ext.outdated`."""
    edition = edition_of(app.env)
    if not output_of(app.builder).own_pages:
        return
    for siglum, record in edition.texts.items():
        known = [(a.id, edition.register.get(a.id), edition.places.get(a.id)) for a in edition.of_text(siglum)]
        passages = [
            edition.places.get(anchor)
            for anchor in (siglum, *(Passage(siglum, p.number).anchor for p in record.text.paragraphs))
        ]
        printed = [recorded(app.env, key) for key in (record.source, *(part.source for part in record.parts))]
        made = (app.config.apparatus_styles, states.shown(edition, siglum), edition.contributors)
        yield record.docname, (edition.imprint, known, passages, edition.lines.get(siglum), printed, made)
        yield record.docname, shown_witnesses(edition, siglum)
    for tombstone in edition.tombstones.values():
        past = edition.register.get(tombstone.id), edition.states.get(tombstone.id), edition.releases
        yield tombstone.docname, (edition.imprint, tombstone, past)
    yield app.config.root_doc, edition.imprint
    for docname in app.env.found_docs:
        yield docname, feeds.wanted(app)
