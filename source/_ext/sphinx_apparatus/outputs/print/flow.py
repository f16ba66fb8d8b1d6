"""Which line comes on which page of its text, worked out as Typst does.  Pure Python.

Only a forecast: of which lines have to be held together (`sphinx_apparatus.outputs.print.feet`),
so that the book need not be set to see it.  What it says is proved when the book is set.
Lengths are points.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import NamedTuple

from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.outputs.print.feet import Line, alone, called, rooms
from sphinx_apparatus.outputs.print.texts import Foot


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


def pages(
    siglum: str,
    lines: Lines,
    start: Start,
    frame: Frame,
    calls: Mapping[Line, Sequence[Foot]],
    room: Mapping[str, float],
) -> dict[Line, int]:
    """The page of each line, counted from 0 in its text."""
    found: dict[Line, int] = {}
    page, y, foot = 0, start.y, 0.0
    gap = frame.skip - frame.size
    for paragraph in lines.paragraphs:
        own = lines.of_paragraph(paragraph.number)
        count = len(own)
        y += start.white.get(paragraph.number, 0.0) if found and y > frame.top else 0.0
        for index, number in enumerate(own):
            line = Line(siglum, number)
            need = frame.size + frame.skip * _more(index, count)
            want = sum(room[each.id] for each in calls.get(line, ()))
            taken = want + (frame.foot if want and not foot else 0.0)
            if y > frame.top and (y + need > frame.bottom - foot or y + frame.size > frame.bottom - foot - taken):
                page, y, foot = page + 1, frame.top, 0.0
                taken = want + (frame.foot if want else 0.0)
            found[line] = page
            foot += taken
            y += frame.size + gap
    return found


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
    needs: Mapping[str, float],
) -> tuple[Set[Line], Mapping[Line, int]]:
    """The lines to be held, so that none stands alone at the foot or the head of a page; and the page of each line."""
    held: set[Line] = set()
    at: dict[Line, int] = {}
    for _ in range(40):
        calls = called(feet.values(), lines, held)
        room = rooms(calls, needs, held, lines, frame.skip)
        at = {}
        for siglum, own in lines.items():
            at |= pages(siglum, own, starts[siglum], frame, calls, room)
        more = alone(lines, at) - held
        if not more:
            break
        # The first of each text: what follows may come out otherwise then.
        firsts: dict[str, Line] = {}
        for line in sorted(more):
            firsts.setdefault(line.text, line)
        held |= set(firsts.values())
    return held, at
