"""Which note reserves how much of the foot, so that entries are on the page of their lines.

Typst moves a line to the next page if a note on it does not fit.  But it looks at one note
after the other: those that did fit stay behind.  So the first note of a line reserves the
room of all.  It also keeps the first two lines of a paragraph together, and the last two;
when it finds that the second does not fit, the notes on the first have been set.  Where that
happens, the first note of the first reserves the room of both lines, too.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set
from typing import Any, NamedTuple

#: At least the height of a line of text, in points.
LINE = 15.0

_PARAGRAPH = re.compile(r"(?P<text>.+)-p\d+")


class Line(NamedTuple):
    """A line of a text, counted from 1."""

    text: str
    number: int


def strays(feet: Sequence[Mapping[str, Any]]) -> set[Line]:
    """The lines with an entry at the foot of another page."""
    return {Line(foot["text"], foot["line"]) for foot in feet if foot["sheet"] != foot["foot"]}


def reserves(
    feet: Sequence[Mapping[str, Any]], places: Mapping[str, Mapping[str, Any]], held: Set[Line]
) -> dict[str, float]:
    """What each note reserves, in points, by id.

    ``held`` are lines whose entries were on another page: they are kept with those Typst
    keeps with them.
    """
    groups: dict[Line, list[Mapping[str, Any]]] = {}
    for foot in feet:
        groups.setdefault(Line(foot["text"], foot["line"]), []).append(foot)
    needs = {line: sum(foot["height"] for foot in group) for line, group in groups.items()}
    rooms = dict(needs)
    for line in held:
        tied = next((lines for lines in _tied(line, places) if lines[0] in groups), [line])
        if tied[0] in groups:
            more = sum(LINE + needs.get(other, 0.0) for other in tied[1:]) or LINE
            rooms[tied[0]] = max(rooms[tied[0]], needs[tied[0]] + more)
    found: dict[str, float] = {}
    for line, group in groups.items():
        ids = {foot["id"] for foot in group}
        for foot in group:
            found[foot["id"]] = 0.0 if foot["previous"] in ids else round(rooms[line], 2)
    return found


def _tied(line: Line, places: Mapping[str, Mapping[str, Any]]) -> list[list[Line]]:
    """The lines of a paragraph that are kept together and have this one among them, if there are."""
    for name, place in places.items():
        match = _PARAGRAPH.fullmatch(name)
        if match and match["text"] == line.text and place["first"] <= line.number <= place["last"]:
            first, last = place["first"], place["last"]
            ranges = [(first, last)] if last - first < 3 else [(first, first + 1), (last - 1, last)]
            return [
                [Line(line.text, number) for number in range(low, high + 1)]
                for low, high in ranges
                if low <= line.number <= high and low < high
            ]
    return []
