"""What belongs to an edition in an output: its own pages by name; what of them is gone is removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, SIGLUM, Passage
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.upkeep import forget, groups

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition


def own_pages(app: Sphinx) -> list[str]:
    """The names of all pages of annotations and passages, in the order of their names."""
    edition = edition_of(app.env)
    if not output_of(app.builder).own_pages or not app.config.apparatus_pages:
        return []
    pages = {page for siglum in (*edition.texts, *edition.gone) for page in pages_of(edition, siglum)}
    return sorted(pages | {path for page in pages for path in past_pages(edition, page)})


def check_names(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of pages of the project that have the name of one of these (``env-check-consistency``)."""
    for name in own_pages(app):
        if name in env.found_docs:
            told = f"the page {name} has the name of one that is made of the edition; give it another"
            warn(Code.OUTPUT, told, name)


def past_pages(edition: Edition, page: str) -> list[str]:
    """The names of the pages of an annotation's released states, by that of its own."""
    folder, _, identifier = page.rpartition("/")
    return [f"{page}/{state.version}" for state in edition.states.get(identifier, ()) if folder == CORRECTIONS]


def ids_of(edition: Edition, siglum: str) -> list[str]:
    """All ids of a text that are in use or withdrawn."""
    if siglum in edition.gone:
        return [*edition.gone[siglum]]
    record = edition.texts[siglum]
    gone = [one.id for one in edition.tombstones.values() if one.docname == record.docname]
    return [*(annotation.id for annotation in edition.of_text(siglum)), *gone]


def pages_of(edition: Edition, siglum: str) -> list[str]:
    """The names of all pages that belong to a text: of its annotations, living and withdrawn, and its passages."""
    own = [f"{CORRECTIONS}/{one}" for one in ids_of(edition, siglum)]
    if siglum in edition.gone:
        return own
    from sphinx_apparatus.outputs.citations.witnesses import path_of, shown_witnesses

    anchors = [siglum, *(Passage(siglum, p.number).anchor for p in edition.texts[siglum].text.paragraphs)]
    theirs = [path_of(witness) for witness in shown_witnesses(edition, siglum)]
    return [*own, *(f"{PASSAGES}/{anchor}" for anchor in anchors), *theirs]


def clear_away(app: Sphinx, exception: Exception | None) -> None:
    """Remove what belonged to texts that are gone, or all our pages if none are wanted (``build-finished``)."""
    if exception is not None or not output_of(app.builder).own_pages:
        return
    found = groups(Path(app.outdir))
    if not found:
        return
    edition = edition_of(app.env)
    wanted = {
        *((*edition.texts, *edition.gone) if app.config.apparatus_pages else ()),
        *(("edition",) if edition.texts else ()),
    }
    for group in found:
        if (group not in wanted and SIGLUM.fullmatch(group)) or (group == "edition" and group not in wanted):
            forget(Path(app.outdir), group)
