"""How much smaller texts, and lines, are set that are wider than the measure.  Pure Python.  Widths are points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

#: A line that is too wide for the measure is set smaller; where more than this part of a text is, the whole text is.
_MANY = 0.1
#: The least size of type that can be read.  A line that would need a smaller one is turned over.
_LEAST = 6.6


def tight(wide: Iterable[tuple[str, float, Sequence[tuple[int, float, int]]]]) -> dict[str, dict[int, float]]:
    """The least width of each line, by text and number: spaces give up a third, as Typst's justification lets them."""
    found: dict[str, dict[int, float]] = {}
    for siglum, space, rows in wide:
        own = found.setdefault(siglum, {})
        for number, width, spaces in rows:
            own[number] = width - spaces * space / 3
    return found


def fitting(least: Mapping[str, Mapping[int, float]], measures: Mapping[str, Any]) -> dict[str, Any]:
    """By how much texts, and lines, have to be set smaller to stay on their lines; 0 where one is turned over."""
    width = measures["measure"] - 0.5
    smallest = _LEAST / measures["text-size"]
    scales: dict[str, float] = {}
    lines: dict[str, dict[str, float]] = {}
    for siglum, own in least.items():
        wide = sorted(own.values(), reverse=True)
        scale = 1.0
        if wide and sum(each > width for each in wide) > _MANY * len(wide):
            smaller = min(1.0, width / wide[int(_MANY * len(wide) / 2)])
            if smaller >= smallest:
                scale = smaller
                scales[siglum] = round(scale, 4)
        fit = {number: width / (each * scale) for number, each in own.items() if each * scale > width}
        if fit:
            lines[siglum] = {str(number): round(by, 4) if by * scale >= smallest else 0 for number, by in fit.items()}
    return {"scales": scales, "tight": lines}
