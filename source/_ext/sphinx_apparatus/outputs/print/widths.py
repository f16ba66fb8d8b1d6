"""How wide a picture is in print, where its author says so.  Lengths are points."""

from __future__ import annotations

import re
from pathlib import Path

from docutils import nodes
from sphinx.util.images import get_image_size

#: Points to the units of docutils (a number alone counts pixels of CSS, of which an inch has 96).
_UNITS = {
    "": 0.75, "px": 0.75, "pt": 1.0, "pc": 12.0, "in": 72.0, "cm": 72 / 2.54, "mm": 72 / 25.4, "em": 10.5, "ex": 5.0
}  # fmt: skip
_LENGTH = re.compile(rf"(\d*\.?\d+) *({'|'.join(filter(None, _UNITS))}|%|)")


def asked(node: nodes.Element, path: Path, area: tuple[float, float]) -> float | None:
    """How wide ``:width:``, ``:height:`` and ``:scale:`` make a picture, at most as ``area``; None without them.

    What a height or a scale means for the width is told by the file.  Where both width and
    height are given the width counts: no picture is distorted.
    """
    wide, high = _length(node.get("width", ""), area[0]), _length(node.get("height", ""), area[1])
    scale = node.get("scale", 100) / 100
    size = get_image_size(path)
    if size is None or not all(size):
        return min(wide * scale, area[0]) if wide else None
    if not wide:
        if not high and scale == 1:
            return None
        wide = high * size[0] / size[1] if high else size[0] * _UNITS["px"]
    return min(wide * scale, area[0], area[1] * size[0] / size[1])


def _length(told: str, whole: float) -> float:
    """A length of docutils in points; 0 of what is none."""
    found = _LENGTH.fullmatch(str(told).strip())
    if found is None:
        return 0.0
    return float(found[1]) * (whole / 100 if found[2] == "%" else _UNITS[found[2]])
