"""A released state of an annotation: what it said in the version that released it, whole."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_apparatus.model.annotation import Annotation, digest_of

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class State:
    """What an annotation said, as its digest is made of it; who wrote it, and when it was released.

    ``released`` is a day in ISO's form.  ``body`` are the note's plain words, works in it as ``[@key]``.
    """

    id: str
    version: str
    released: str
    layer: str
    kind: str
    lemma: str
    reading: str | None
    certainty: str
    evidence: str
    body: str
    cites: tuple[str, ...] = ()
    editor: str = ""

    @property
    def digest(self) -> str:
        """The hash of what it said, as `Annotation.digest` makes it."""
        judged = self.certainty, self.evidence
        return digest_of(self.layer, self.kind, self.lemma, self.reading, *judged, self.body, self.cites)


#: The states of all annotations by id, the oldest first.
States = Mapping[str, tuple[State, ...]]


class Run(NamedTuple):
    """Words that both states have (``""``), or the first only (``del``), or the second (``ins``)."""

    mark: str
    words: str


def state_of(annotation: Annotation, version: str, released: str) -> State:
    """The state of an annotation that a version releases."""
    return State(
        annotation.id,
        version,
        released,
        annotation.layer.name,
        annotation.kind,
        annotation.lemma,
        annotation.reading,
        annotation.certainty.value,
        annotation.evidence.value,
        " ".join(annotation.body.split()),
        annotation.cites,
        annotation.editor,
    )


def added(states: States, annotations: Iterable[Annotation], version: str, released: str) -> list[State]:
    """The states that a release of ``version`` adds: of what is new or says something else than before it."""
    found = []
    for annotation in annotations:
        before = [state for state in states.get(annotation.id, ()) if state.version != version]
        if not before or before[-1].digest != annotation.digest:
            found.append(state_of(annotation, version, released))
    return found


def unchanged(states: Sequence[State], versions: Iterable[str], withdrawn: str = "") -> Iterator[tuple[str, State]]:
    """The versions that released an annotation as an earlier one had, each with the state that it had.

    ``versions`` are all that were released, the oldest first; from ``withdrawn`` on it is in none.
    """
    own = {state.version: state for state in states}
    last: State | None = None
    for version in versions:
        if version == withdrawn:
            return
        if version in own:
            last = own[version]
        elif last is not None:
            yield version, last


def difference(before: str, after: str) -> list[Run]:
    """From one wording to another, word by word."""
    old, new = _WORDS.findall(before), _WORDS.findall(after)
    runs: list[Run] = []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            runs.append(Run("", "".join(old[a:b])))
            continue
        runs += [Run(mark, words) for mark, words in (("del", "".join(old[a:b])), ("ins", "".join(new[c:d]))) if words]
    return runs


def version_order(version: str) -> tuple[tuple[int, str], ...]:
    """Sorts versions by their numbers; what comes before a release (``1.2.0-rc1``) is before it."""
    parts = re.findall(r"\d+|[^\W\d_]+", version)
    return (*((int(part), "") if part.isdecimal() else (-1, part) for part in parts), (0, ""))
