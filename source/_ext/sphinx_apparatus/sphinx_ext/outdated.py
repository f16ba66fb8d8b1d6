"""Which pages a change reaches: for each, a fingerprint of what it shows of other pages and files.

Each room adds what its part of a page shows.  The fingerprints of the last build stand in the
output (`sphinx_apparatus.stores.upkeep`), so that each output knows its own state, whatever
others have done meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils.nodes import document
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.stores.upkeep import fingerprint, read_record, write_record

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition

#: What pages show: pairs of a page and anything whose ``repr`` tells one state from another.
Shown = Iterable[tuple[str, object]]

#: The record of what the pages show.
_RECORD = "shown"

_SHOWS: list[Callable[[Sphinx], Shown]] = []


def add_shown(function: Callable[[Sphinx], Shown]) -> None:
    """Let a room say what pages show of others; to say so again changes nothing."""
    if function not in _SHOWS:
        _SHOWS.append(function)


def renamed(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages of texts whose further pages may have the name of one that is new or gone (``env-get-outdated``)."""
    return [
        record.docname
        for record in domain_of(env).texts.values()
        if record.paged and any(name.startswith(f"{record.docname}-p") for name in added | removed)
    ]


def rivalled(app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]) -> list[str]:
    """The pages of which something was left out that another page had, and may have no more (``env-get-outdated``)."""
    if not added | changed | removed:
        return []
    return [docname for docname, page in domain_of(env).pages.items() if page.rivalled]


def forget_read(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Forget what pages said that are read anew, all before any of them: a text may go from one to another.

    (``env-before-read-docs``; Sphinx forgets each just before it reads it.)
    """
    for docname in docnames:
        domain_of(env).clear_doc(docname)


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that show what has changed elsewhere (``env-updated``)."""
    domain_of(env).forget()
    domain_of(env).note_labels()
    if output_of(app.builder).messages:
        return []
    before = read_record(Path(app.outdir), _RECORD)
    if not (domain_of(env).texts or domain_of(env).tombstones):
        app.builder.__dict__["apparatus_shown"] = {}
        return sorted(before.keys() & env.found_docs)  # none, but where there was an edition
    edition = edition_of(env)
    for siglum in edition.texts:
        edition.lines_of(siglum)  # found before what was read is pickled, they are found once
    shown = shown_on(app)
    app.builder.__dict__["apparatus_shown"] = shown
    return [docname for docname in sorted(env.found_docs) if before.get(docname) != shown.get(docname, "")]


def remember(app: Sphinx, exception: Exception | None) -> None:
    """Set down what the pages of this output show now (``build-finished``)."""
    shown = app.builder.__dict__.get("apparatus_shown")
    if exception is None and shown is not None:
        pages = app.env.found_docs if shown else ()
        write_record(Path(app.outdir), _RECORD, {docname: shown.get(docname, "") for docname in pages})


def shown_on(app: Sphinx) -> dict[str, str]:
    """For each page that shows data of other pages or files, a hash of that data."""
    found: dict[str, list[object]] = {}
    for shows in (_references, _texts, *_SHOWS):
        for docname, value in shows(app):
            found.setdefault(docname, []).append(value)
    return {docname: fingerprint(values) for docname, values in found.items()}


def _references(app: Sphinx) -> Iterator[tuple[str, object]]:
    """Where the references of a page lead, and the lemma in each link's title."""
    edition = edition_of(app.env)
    for docname, page in domain_of(app.env).pages.items():
        if page.references:
            yield docname, [_seen(edition, target) for target in page.references]


def _texts(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What the notes of a page stand beside, from either side; which layers there are; who has a lemma."""
    edition = edition_of(app.env)
    for siglum, record in edition.texts.items():
        varying = [edition.entry(a.id) for a in edition.of_text(siglum) if a.layer.varies]
        yield record.docname, (edition.used_taxonomy, varying)
    for identifier, kinds in edition.relations.items():
        annotation = edition.annotations.get(identifier)
        if annotation is not None:
            around = [[_seen(edition, target) for target in targets] for targets in kinds.values()]
            yield annotation.docname, (identifier, kinds, around)


def _seen(edition: Edition, target: str) -> object:
    annotation = edition.annotations.get(target)
    return target, edition.locate(target), annotation.lemma if annotation else ""


def note_references(app: Sphinx, doctree: document) -> None:
    """Remember what a page refers to (``doctree-read``)."""
    targets = {node["reftarget"] for node in doctree.findall(pending_xref) if node.get("refdomain") == "ed"}
    if targets:
        page: Any = domain_of(app.env).page(app.env.current_document.docname)
        page.references = tuple(sorted(targets))
