"""What the pages of released states say: the state, and what the next one changed, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS, parse_id
from sphinx_apparatus.model.state import Run, State, difference, unchanged
from sphinx_apparatus.model.work import Work, named
from sphinx_apparatus.sphinx_ext.locale import _


class Changed(NamedTuple):
    """Something that the next state says otherwise: its name, and the words of both."""

    name: str
    runs: Sequence[Run]


def path_of(state: State) -> str:
    """The name of a state's page."""
    return f"{CORRECTIONS}/{state.id}/{state.version}"


def as_of(state: State) -> str:
    """How a state is called: ``K25 as of version 1.0.0``."""
    return _("{id} as of version {version}").format(id=state.id, version=state.version)


def note(state: State, works: Mapping[str, Work]) -> str:
    """The words of its note, works in it called by their names."""
    return named(state.body, works)


def kept(edition: Edition, identifier: str) -> Iterator[tuple[str, State]]:
    """The released versions that have no state of their own, each with the state that it had."""
    history = edition.register.get(identifier)
    withdrawn = history.withdrawn if history else ""
    return unchanged(edition.states.get(identifier, ()), edition.releases, withdrawn)


def said(state: State, works: Mapping[str, Work]) -> list[tuple[str, str]]:
    """What a state says, part by part, in words."""
    reading = "" if state.reading is None else state.reading or f"({_('delete')})"
    cites = "; ".join(works[key].names if key in works else key for key in state.cites)
    return [
        (_("kind"), f"{_(state.layer)}, {_(state.kind)}"),
        (_("lemma"), state.lemma),
        (_("reading"), reading),
        (_("certainty"), _(state.certainty) if state.certainty else ""),
        (_("evidence"), _(state.evidence) if state.evidence else ""),
        (_("note"), note(state, works)),
        (_("works cited"), cites),
    ]


def changes(before: State, after: State, works: Mapping[str, Work]) -> list[Changed]:
    """What the later of two states says otherwise."""
    pairs = zip(said(before, works), said(after, works), strict=True)
    return [Changed(name, difference(old, new)) for (name, old), (_name, new) in pairs if old != new]


def words_of(state: State) -> str:
    """A state in a few words, as its annotation's title has them."""
    from sphinx_apparatus.bibliography.items import TITLE_WORDS
    from sphinx_apparatus.model.entry import shorten

    lemma = shorten(state.lemma, TITLE_WORDS) or _("a place")
    if state.reading is None:
        return _("{kind} on {lemma}").format(kind=_(state.kind), lemma=lemma)
    sign = f"] {_('recte')}" if state.layer == "correction" else "]"
    deleted = f"({_('delete')})"
    return f"{lemma}{sign} {shorten(state.reading, TITLE_WORDS) or deleted}"


def listed(edition: Edition, identifier: str) -> list[tuple[State, list[str]]]:
    """The states of an annotation, the newest first, each with the names of what it changed."""
    states = edition.states.get(identifier, ())
    found: list[tuple[State, list[str]]] = []
    for number, state in enumerate(states):
        parts = changes(states[number - 1], state, edition.works) if number else []
        found.append((state, [part.name for part in parts]))
    return found[::-1]


def shown(edition: Edition, siglum: str) -> Any:
    """What the pages of a text show of released states."""
    own = [states for identifier, states in edition.states.items() if parse_id(identifier)[0] == siglum]
    return own, edition.releases
