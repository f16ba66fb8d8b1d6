"""How wide a drawing is printed, so that its type can be read.  Pure Python; lengths are points."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

#: The least size of type that a press prints well.
LEAST = 6.5

#: White that stays at the edges of the page beside what reaches into its margins: 10 mm.
EDGE = 28.35

_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)"[^>]*?\bheight="([\d.]+)"', re.S)
_TYPE = re.compile(r'font-size="([\d.]+)"')


class Area(NamedTuple):
    """The type area, and how far a drawing may reach into the margins on either side of it."""

    width: float
    height: float
    beyond: float


class Print(NamedTuple):
    """How a drawing is printed: how wide it is drawn, whether turned, and how far it reaches into each margin."""

    width: float
    turned: bool
    beyond: float


def drawn(path: Path, area: Area) -> Print | None:
    """How a drawing in SVG is printed; ``None`` for what is none, or is small, or has no type."""
    if path.suffix != ".svg":
        return None
    source = path.read_text("utf-8", errors="replace")
    size, types = _SIZE.search(source), [float(found) for found in _TYPE.findall(source)]
    if size is None or not types:
        return None
    width, height = float(size[1]), float(size[2])
    least = LEAST / min(types)
    high = 0.9 * area.height / height
    upright = min(area.width / width, high, 1.0)
    if upright >= least:
        return Print(upright * width, turned=False, beyond=0.0)
    # A caption stands below a turned drawing, too.
    turned = min(0.9 * area.height / width, area.width / height, 1.0)
    wide = min((area.width + 2 * area.beyond) / width, high, 1.0)
    if turned >= min(least, wide):
        return Print(min(turned, max(least * 1.15, upright)) * width, turned=True, beyond=0.0)
    return Print(wide * width, turned=False, beyond=max(0.0, (wide * width - area.width) / 2))
