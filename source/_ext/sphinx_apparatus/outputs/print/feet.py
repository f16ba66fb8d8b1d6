"""The feet of the pages: what each entry reserves there, and how a page's entries fill its lines.  Pure Python.

Lengths are points.  Typst moves a line to the next page if a note on it does not fit.  But it
looks at one note after the other: those that did fit stay behind.  So the first note of a
line reserves the room of all.  It also keeps the first two lines of a paragraph together, and
the last two; when it finds that the second does not fit, the first has been set.  Where that
happens, the notes of both are called in the first, which reserves the room of both lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from typing import Any, NamedTuple

from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.outputs.print.literal import GLUE
from sphinx_apparatus.outputs.print.texts import Foot

#: Between the runs of entries.
GAP = 3.0
#: The gap between two entries is stretched so many times as much as that between two words, and words by at most
#: this part of a space: a line that would need more is left ragged.
WEIGHT, LIMIT = 2.0, 0.8


class Line(NamedTuple):
    """A line of a text, counted from 1."""

    text: str
    number: int


class Units(NamedTuple):
    """Widths: of a space, the gap between entries, that behind a number, a figure, and what leads the notes."""

    space: float
    gap: float
    head: float
    figure: float
    lead: tuple[float, float]
    #: the widths of what the rows of the edition's own layers begin with
    titles: Mapping[str, float] = {}


class Widths(NamedTuple):
    """Of an entry: those of its words, and those of the numbers of its parts."""

    words: tuple[float, ...]
    keys: tuple[float, ...]


class Room(NamedTuple):
    """Where the entries are composed: how wide, how far apart the lines, what is free above the first."""

    width: float
    skip: float
    spare: float


def titles(feet: Iterable[Foot]) -> list[str]:
    """What the rows of the edition's own layers begin with."""
    return sorted({foot.title for foot in feet if foot.title})


def need(widths: Widths, units: Units, room: Room) -> float:
    """What an entry adds to the height of a foot."""
    natural = sum(widths.words) + sum(widths.keys) + units.head * len(widths.keys)
    natural += units.space * len(widths.words) + units.gap
    return natural / room.width * room.skip * 1.03


def called(feet: Iterable[Foot], lines: Mapping[str, Lines], held: Set[Line]) -> dict[Line, list[Foot]]:
    """The entries by the line that calls them; those of a line held to the one before it are called there."""
    ties = {second: first for line in held if (pair := tied(line, lines[line.text])) for first, second in [pair]}
    found: dict[Line, list[Foot]] = {}
    for foot in feet:
        line = Line(foot.text, foot.line)
        found.setdefault(ties.get(line, line), []).append(foot)
    return found


def tied(line: Line, lines: Lines) -> tuple[Line, Line] | None:
    """The two lines of a paragraph that are kept together and have this one among them, if there are."""
    home = lines.of_paragraph(lines.paragraph(line.number))
    first, last = home[0], home[-1]
    if first == last:
        return None
    low = first if line.number <= first + 1 else last - 1
    return (Line(line.text, low), Line(line.text, low + 1)) if low <= line.number <= low + 1 else None


def rooms(
    calls: Mapping[Line, Sequence[Foot]],
    needs: Mapping[str, float],
    held: Set[Line],
    lines: Mapping[str, Lines],
    skip: float,
) -> dict[str, float]:
    """What each entry reserves, by id: the first of a line for all of them."""
    more = holding(held, lines, skip)
    found: dict[str, float] = {}
    for line, group in calls.items():
        total = sum(needs[foot.id] for foot in group) + more.get(line, 0.0)
        for number, foot in enumerate(group):
            found[foot.id] = 0.0 if number else round(total, 2)
    return found


def holding(held: Set[Line], lines: Mapping[str, Lines], skip: float) -> dict[Line, float]:
    """What lines reserve beyond their entries: the room of the line that is held to them."""
    pairs = {line: tied(line, lines[line.text]) for line in held}
    return {pair[0] if pair else line: skip for line, pair in pairs.items()}


class Piece(NamedTuple):
    """Words of an entry in one line of the foot: the first and behind the last of them, where, how wide, how apart."""

    x: float
    y: float
    start: int
    end: int
    wide: float
    space: float

    def told(self) -> dict[str, float]:
        """What Typst is told of it."""
        rounded = {name: round(value, 4) for name, value in self._asdict().items() if name in ("x", "y", "space")}
        return {**rounded, "from": self.start, "to": self.end}


class Drawn(NamedTuple):
    """What an entry draws; ``keys`` says which of its parts begin with their line, ``lead`` what stands before it."""

    keys: tuple[bool, ...]
    pieces: list[Piece]
    lead: str = ""


def compose(
    feet: Sequence[Foot], widths: Mapping[str, Widths], units: Units, room: Room, high: float, lead: str
) -> tuple[dict[str, Drawn], float]:
    """The foot of a page, a row a layer: emendations, corrections, variants, the edition's own, which lines have notes.

    Where the runs would be higher than ``high``, the last ones follow each other in one.
    ``lead`` says on which pages the notes are.
    """
    ordered = sorted(feet, key=lambda foot: (foot.text, foot.order))
    rows = sorted({(foot.layer == "note", foot.rank, foot.layer) for foot in ordered})
    runs = [[foot for foot in ordered if foot.layer == layer] for *_, layer in rows]
    while True:
        drawn: dict[str, Drawn] = {}
        y = 0.0
        for run in runs:
            found, y = _fill(run, widths, units, room, y, lead if run[0].layer == "note" else run[0].title)
            drawn |= found
            y += GAP
        if y - GAP <= high or len(runs) < 2:
            return drawn, y - GAP
        runs = [*runs[:-2], runs[-2] + runs[-1]]


class Growth:
    """The foot of a page while it grows: how high `compose` will make it, entry by entry."""

    def __init__(self, widths: Mapping[str, Widths], units: Units, room: Room, lead: str) -> None:
        """``lead`` is the longest there may be."""
        self.widths, self.units, self.room, self.lead = widths, units, room, lead
        #: of each row its lines, what of the last is used and whether nothing is in it, the key that is shown last
        self.rows: dict[str, tuple[int, float, bool, str]] = {}

    def add(self, feet: Sequence[Foot]) -> float:
        """The height with more entries."""
        for foot in feet:
            lead = self.lead if foot.layer == "note" else foot.title
            count, used, empty, shown = self.rows.get(foot.layer) or (1, _lead_width(lead, self.units), True, "")
            for word in _words([foot], self.widths, self.units, shown)[0]:
                if not empty and used + word.before + word.wide > self.room.width:
                    count, used, empty = count + 1, 0.0, True
                used, empty = used + word.wide + (0.0 if empty else word.before), False
            last = foot.parts[0 if foot.bare else -1].key if foot.parts else shown
            self.rows[foot.layer] = count, used, empty, last
        return sum(row[0] for row in self.rows.values()) * self.room.skip + GAP * max(0, len(self.rows) - 1)


def _lead_width(lead: str, units: Units) -> float:
    if not lead:
        return 0.0
    if lead in units.titles:
        return units.titles[lead] + units.space
    model, count = (units.lead[1], 2) if "–" in lead else (units.lead[0], 1)
    return model + (sum(map(str.isdecimal, lead)) - count) * units.figure + units.space


class _Word(NamedTuple):
    foot: Foot
    number: int
    wide: float
    before: float
    weight: float
    first: bool
    #: a piece of the word before it
    glued: bool = False


def _fill(
    run: Sequence[Foot], widths: Mapping[str, Widths], units: Units, room: Room, top: float, lead: str
) -> tuple[dict[str, Drawn], float]:
    """Fill lines with the words of entries from a height on; what each draws, and the height below the last line."""
    words, keys = _words(run, widths, units)
    lines: list[tuple[list[_Word], float]] = []
    line: list[_Word] = []
    begin = used = _lead_width(lead, units)
    for word in words:
        if line and used + word.before + word.wide > room.width:
            lines.append((line, room.width - used))
            line, used = [], 0.0
        before = word.before if line else 0.0
        line.append(word._replace(before=before, weight=word.weight if line else 0.0))
        used += before + word.wide
    lines.append((line, 0.0))
    drawn = {foot.id: Drawn(keys[foot.id], [], lead if foot is run[0] else "") for foot in run}
    y, x = top, begin
    for line, free in lines:
        weights = sum(word.weight for word in line)
        stretch = free / weights if weights and free / weights <= LIMIT * units.space else 0.0
        for word in line:
            x += word.before + stretch * word.weight
            pieces = drawn[word.foot.id].pieces
            # Between two parts of an entry there is more than a space.
            if pieces and pieces[-1].y == y and not word.first and not word.glued:
                last = pieces[-1]
                pieces[-1] = last._replace(end=word.number + 1, wide=x + word.wide - last.x)
            else:
                pieces.append(Piece(x, y, word.number, word.number + 1, word.wide, units.space + stretch))
            x += word.wide
        y, x = y + room.skip, 0.0
    return drawn, y


def _words(
    run: Sequence[Foot], widths: Mapping[str, Widths], units: Units, shown: str = ""
) -> tuple[list[_Word], dict[str, tuple[bool, ...]]]:
    """The words of a run, and which parts begin with their line: where it is not that of the part before, ``shown``."""
    words: list[_Word] = []
    keys: dict[str, tuple[bool, ...]] = {}
    for foot in run:
        flags = []
        heads: dict[int, float] = {}  # by the first word of each part
        at = 0
        for part, wide in zip(foot.parts, widths[foot.id].keys, strict=True):
            flags.append(part.key != shown)
            heads[at] = wide + units.head if flags[-1] else 0.0
            shown = part.key
            at += len(part.lemma) + (len(part.reading) or 1) + (foot.layer == "correction")
            if foot.bare:
                break
        keys[foot.id] = (*flags, *[False] * (len(foot.parts) - len(flags)))
        after = _glued(foot)
        for index, wide in enumerate(widths[foot.id].words):
            first = index in heads
            if index in after:
                words.append(_Word(foot, index, wide, 0.0, 0.0, first=False, glued=True))
                continue
            gap = units.gap * (0.6 if foot.bare else 1.0)
            words.append(
                _Word(
                    foot,
                    index,
                    wide + heads.get(index, 0.0),
                    gap if first else units.space,
                    WEIGHT if first else 1.0,
                    first,
                )
            )
    return words, keys


def _glued(foot: Foot) -> set[int]:
    """The words, by their number, that are pieces of the one before."""
    found: set[int] = set()
    at = 0
    for part in foot.parts:
        reading = at + len(part.lemma) + (foot.layer == "correction")
        for begin, words in ((at, part.lemma), (reading, part.reading)):
            found |= {begin + n + 1 for n, word in enumerate(words) if word.endswith(GLUE)}
        at = reading + (len(part.reading) or 1)
    return found


def strays(feet: Iterable[Foot], pages: Mapping[Line, int], at: Mapping[str, int]) -> set[Line]:
    """The lines with an entry at the foot of another page, by the pages of the lines and of the entries."""
    return {line for foot in feet if pages[line := Line(foot.text, foot.line)] != at[foot.id]}


def alone(lines: Mapping[str, Lines], pages: Mapping[Line, int]) -> set[Line]:
    """The lines that are the only ones of their paragraph on a page."""
    found: set[Line] = set()
    for siglum, own in lines.items():
        for paragraph in own.paragraphs:
            home = own.of_paragraph(paragraph.number)
            if len(home) > 1:
                if pages[Line(siglum, home[0])] != pages[Line(siglum, home[1])]:
                    found.add(Line(siglum, home[0]))
                if pages[Line(siglum, home[-1])] != pages[Line(siglum, home[-2])]:
                    found.add(Line(siglum, home[-1]))
    return found


def told(drawn: Mapping[str, Drawn], down: Mapping[str, float]) -> dict[str, Any]:
    """What Typst is told of a foot; ``down`` is how far below its own block each entry draws."""
    return {
        name: {
            "keys": list(draw.keys),
            "pieces": [piece._replace(y=piece.y + down[name]).told() for piece in draw.pieces],
            **({"lead": draw.lead} if draw.lead else {}),
        }
        for name, draw in drawn.items()
        if draw.pieces
    }
