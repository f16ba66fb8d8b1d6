"""SVG by hand: elements with their attributes escaped, and the frame of a picture.

Pictures are drawn in ``currentColor`` alone, told apart by shape and stroke: they follow
the page from light to dark, and print.
"""

from __future__ import annotations

import math
from html import escape

#: The mean width of a letter of text faces, in ems.
LETTER = 0.52


def element(name: str, content: str = "", /, **attributes: object) -> str:
    """An element; ``stroke_width=1`` becomes ``stroke-width="1"``, a ``None`` is left out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(_plain(value))}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def label(words: str, x: float, y: float, **attributes: object) -> str:
    """A line of text, its baseline at ``y``."""
    return element("text", escape(words, quote=False), x=x, y=y, **attributes)


def picture(
    name: str, width: float, height: float, title: str, description: str, body: str, head: float | None = None
) -> str:
    """A whole picture with its name and description; ``name`` makes their ids unique on a page.

    Down to ``head`` are the heads of columns, which each page of a book repeats.
    """
    told = element("title", escape(title, quote=False), id=f"{name}-title")
    told += element("desc", escape(description, quote=False), id=f"{name}-desc")
    return element(
        "svg",
        told + body,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {_plain(width)} {_plain(height)}",
        width=width,
        height=height,
        role="img",
        aria_labelledby=f"{name}-title",
        aria_describedby=f"{name}-desc",
        class_="ed-picture",
        fill="currentColor",
        font_family="'Edition Serif', 'Source Serif 4', 'Libertinus Serif', serif",
        font_size=12,
        data_head=head,
    )


def fit(words: str, width: float, size: float = 12) -> str:
    """The words, cut with an ellipsis after the last that fits the width."""
    most = int(width / (size * LETTER))
    if len(words) <= most:
        return words
    cut = words[: most - 1].rsplit(" ", 1)[0].rstrip(",;: ")
    return f"{cut}…"


def spread(wanted: list[float], gap: float, low: float, high: float = math.inf) -> list[float]:
    """Places at least ``gap`` apart, each as near as may be to its wish.

    None is below ``low`` nor, if there is room, above ``high``.  The wishes are in order.
    Neighbours too near become a block about the mean of their wishes (pooling of
    adjacent violators).
    """
    blocks: list[list[float]] = []  # place of the first member, number of members
    for wish in wanted:
        blocks.append([max(wish, low), 1])
        while len(blocks) > 1 and blocks[-2][0] + blocks[-2][1] * gap > blocks[-1][0]:
            start, count = blocks.pop()
            before, members = blocks[-1]
            total = members + count
            centre = (before * members + (start - members * gap) * count) / total
            blocks[-1] = [max(centre, low), total]
    places = [start + index * gap for start, count in blocks for index in range(int(count))]
    last = len(places) - 1
    highest = max(high, low + gap * last)
    return [min(place, highest - gap * (last - number)) for number, place in enumerate(places)]


def _plain(value: object) -> str:
    return f"{value:.1f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
