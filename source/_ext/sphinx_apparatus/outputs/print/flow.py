"""Which line comes on which page of its text, worked out as Typst does.  Pure Python.

Only a forecast: of which lines have to be held together (`sphinx_apparatus.outputs.print.feet`),
so that the book need not be set to see it.  What it says is proved when the book is set.
Lengths are points.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.outputs.print.feet import Line, alone, called, holding
from sphinx_apparatus.outputs.print.texts import Foot


class Grows(Protocol):
    """The foot of a page, as `sphinx_apparatus.outputs.print.feet.Growth`."""

    def add(self, feet: Sequence[Foot], /) -> float:
        """The height with more entries."""
        ...


class Frame(NamedTuple):
    """A page: where its text begins and ends; the height of a line, and to the next; what the first note takes."""

    top: float
    bottom: float
    size: float
    skip: float
    foot: float


class Start(NamedTuple):
    """A text where it begins: how high its first line stands, from the top; paragraphs with more white before them."""

    y: float
    white: Mapping[int, float]


class Flow(NamedTuple):
    """The page of each line, counted from 0 in its text, and what each entry reserves, by id."""

    at: dict[Line, int]
    rooms: dict[str, float]


def pages(
    siglum: str,
    lines: Lines,
    start: Start,
    frame: Frame,
    calls: Mapping[Line, Sequence[Foot]],
    grown: Callable[[], Grows],
    more: Mapping[Line, float],
) -> Flow:
    """Where the lines of a text come, and how high the foot of each page grows with each of them.

    ``grown`` makes an empty foot; ``more`` is what lines reserve beyond their entries.
    """
    flow = Flow({}, {})
    page, y, foot = 0, start.y, 0.0
    gap = frame.skip - frame.size
    growth, high = grown(), 0.0
    for paragraph in lines.paragraphs:
        own = lines.of_paragraph(paragraph.number)
        count = len(own)
        y += start.white.get(paragraph.number, 0.0) if flow.at and y > frame.top else 0.0
        for index, number in enumerate(own):
            line = Line(siglum, number)
            group = calls.get(line, ())
            need = frame.size + frame.skip * _more(index, count)
            want, taken = 0.0, 0.0
            if group:
                grows = growth.add(group)
                want = round(max(0.0, grows - high) + more.get(line, 0.0), 2)
                taken = want + (0.0 if foot else frame.foot)
            if y > frame.top and (y + need > frame.bottom - foot or y + frame.size > frame.bottom - foot - taken):
                page, y, foot = page + 1, frame.top, 0.0
                growth, high = grown(), 0.0
                if group:
                    grows = growth.add(group)
                    want = round(grows + more.get(line, 0.0), 2)
                    taken = want + frame.foot
            if group:
                high = max(high, grows)
            flow.at[line] = page
            flow.rooms.update((each.id, 0.0 if place else want) for place, each in enumerate(group))
            foot += taken
            y += frame.size + gap
    return flow


def _more(index: int, count: int) -> int:
    """How many lines beyond it a line needs on its page: a paragraph's first two and last two stay together."""
    if count == 3 and index == 0:
        return 2
    if count >= 2 and (index == 0 or (index >= 2 and index + 2 == count)):
        return 1
    return 0


def forecast(
    feet: Mapping[str, Foot],
    lines: Mapping[str, Lines],
    starts: Mapping[str, Start],
    frame: Frame,
    grown: Callable[[], Grows],
    held: Set[Line] = frozenset(),
    more: Mapping[Line, float] = {},
) -> tuple[Set[Line], Flow]:
    """The lines to be held, so that none stands alone at the foot or the head of a page; and where all lines come.

    ``held`` are lines that are so already, ``more`` is what lines reserve beyond that.
    """
    held = set(held)
    flow = Flow({}, {})
    for _ in range(40):
        calls = called(feet.values(), lines, held)
        beyond = Counter(holding(held, lines, frame.skip))
        beyond.update(more)
        flow = Flow({}, {})
        for siglum, own in lines.items():
            found = pages(siglum, own, starts[siglum], frame, calls, grown, beyond)
            flow.at.update(found.at)
            flow.rooms.update(found.rooms)
        stray = alone(lines, flow.at) - held
        if not stray:
            break
        # The first of each text: what follows may come out otherwise then.
        firsts: dict[str, Line] = {}
        for line in sorted(stray):
            firsts.setdefault(line.text, line)
        held |= set(firsts.values())
    return held, flow
