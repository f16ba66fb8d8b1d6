"""What an import has read: texts, what is said of their places, and what could not be taken over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sphinx_apparatus.model.reference import ID, ModelError, parse_id, parse_target
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import Witness


class ImportRefused(Exception):
    """The file cannot be imported at all; the message says where, why, and what to do."""


class Line(int):
    """A line of a file, where it is not the one given, but one beside it."""

    file: str

    def __new__(cls, number: int, file: str) -> Line:
        """A line by its number, from 1."""
        made = super().__new__(cls, number)
        made.file = file
        return made


@dataclass
class Found:
    """Something said of code points ``start`` to ``end``; ``note`` is MyST, ``line`` that of the file read.

    Where ``prefix`` and ``suffix`` are ``None``, the shortest that decide are found.
    """

    start: int
    end: int
    layer: str = "emendation"
    kind: str = ""
    reading: str | None = None
    note: str = ""
    certainty: str = ""
    evidence: str = ""
    editor: str = ""
    id: str = ""
    prefix: str | None = None
    suffix: str | None = None
    short: str = ""
    see: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()
    source: str = ""
    wording: str = ""
    matter: str = ""
    right: str = ""
    line: int = 0


@dataclass
class Whole:
    """What a file says of the edition.

    Values of ``conf.py`` by name, editors by key, kinds by layer and name, layers of the edition's own by name, and
    the ids that are withdrawn.
    """

    values: dict[str, str] = field(default_factory=dict)
    editors: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, dict[str, str]] = field(default_factory=dict)
    layers: dict[str, object] = field(default_factory=dict)
    withdrawn: list[Tombstone] = field(default_factory=list)
    #: extensions of MyST in which notes are written
    markdown: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Problem:
    """What could not be represented; ``lost`` if an annotation was left out for it."""

    line: int
    reason: str
    lost: bool = True


@dataclass
class Imported:
    """A text and what is said of it."""

    siglum: str
    string: str
    filename: str = ""
    title: str = ""
    page: str = ""
    language: str = ""
    source: str = ""
    parts: tuple[tuple[int, int, str], ...] = ()
    headings: tuple[int, ...] = ()
    #: where its lines begin, and the numbers of those that end with a hyphen which is no character of it
    lines: tuple[int, ...] = ()
    hyphens: tuple[int, ...] = ()
    found: list[Found] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    editors: dict[str, str] = field(default_factory=dict)
    #: options of the text's directive, by name
    options: dict[str, str] = field(default_factory=dict)
    #: units, numbers and code points of pages, folios, sections
    milestones: list[tuple[str, str, int]] = field(default_factory=list)
    witnesses: list[Witness] = field(default_factory=list)
    withdrawn: list[Tombstone] = field(default_factory=list)

    def lose(self, line: int, reason: str) -> None:
        """Report something that is left out."""
        self.problems.append(Problem(line, reason))

    def tell(self, line: int, reason: str) -> None:
        """Report something that is taken over in another form."""
        self.problems.append(Problem(line, reason, lost=False))


def targets(said: Iterable[str]) -> tuple[str, ...]:
    """References in the form that the model gives them; what is none stays, and is told when it leads nowhere."""
    made = []
    for one in filter(None, (one.strip() for one in said)):
        try:
            made.append(str(parse_target(one)))
        except ModelError:
            made.append(one)
    return tuple(made)


def tombstone(identifier: str, version: str, reason: str, texts: Iterable[Imported], line: int = 0) -> None:
    """Put a withdrawn id to its text; to the first, where it is of a text that is not there."""
    texts = list(texts)
    if not ID.fullmatch(identifier) or not version.strip() or not reason.strip():
        texts[0].lose(line, f"the withdrawn id {identifier!r}: it needs an id, a version and a reason")
        return
    if any(identifier == stone.id for one in texts for stone in one.withdrawn):
        texts[0].lose(line, f"{identifier} is withdrawn twice; the first is kept")
        return
    siglum, _ = parse_id(identifier)
    text = next((one for one in texts if one.siglum == siglum), texts[0])
    text.withdrawn.append(Tombstone(identifier, "", version.strip(), reason.strip()))
