"""How a drawing is printed: in black, its type large enough to be read.  Pure Python; lengths are points.

A drawing that is too wide reaches into the margins, or is turned; one that is too high is cut
between its rows into pieces of a page each.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from itertools import pairwise
from math import ceil
from typing import NamedTuple
from xml.etree import ElementTree

#: The least size of type that a press prints well.
LEAST = 6.5

#: White that stays at the edges of the page beside what reaches into its margins.
EDGE = 19.0

#: How much nearer to the edge a drawing may come whose type would be too small: 5 mm are left, which no cut reaches.
NEARER = 5.0

#: By how much type is raised at most where a drawing is a little too wide: the boxes around words have so much room.
RAISE = 1.08

_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="(\d*\.?\d+)"[^>]*?\bheight="(\d*\.?\d+)"', re.S)
_TYPE = re.compile(r'font-size="(\d*\.?\d+)"')
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.S)
_TEXT = re.compile(r'<text\b[^>]*?\by="(\d*\.?\d+)".*?</text>', re.S)
#: How files of the kinds begin that Typst prints: PNG, JPEG, GIF; WebP has its name behind that of RIFF.
_BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_FAINT = re.compile(r' opacity="[\d.]+"')


#: The least part of a page that a piece of a drawing takes, but for its last one.
LEAST_FULL = 0.66


#: In no more pieces is a drawing printed: a larger one was not meant for paper.
MOST_PIECES = 60


class TooHigh(Exception):
    """A drawing that would take too many pages; the message has how many."""


class Area(NamedTuple):
    """The type area, and how far a drawing may reach into the margins on either side of it."""

    width: float
    height: float
    beyond: float


class Piece(NamedTuple):
    """A drawing, or a part of one: its source, how wide it is drawn, how far into each margin, whether it is turned."""

    source: str
    width: float
    beyond: float = 0.0
    turned: bool = False


def title(source: str) -> str:
    """The title of a drawing in SVG, or nothing."""
    found = _TITLE.search(source)
    return " ".join(unescape(found[1]).split()) if found else ""


def drawn(source: str, area: Area) -> list[Piece]:
    """The pieces in which a drawing in SVG is printed; none for what is small, or has no type.

    Raises `TooHigh`.
    """
    size, types = _SIZE.search(source), [each for each in map(float, _TYPE.findall(source)) if each]
    if size is None or not types or not (float(size[1]) and float(size[2])):
        return []
    # Faint black is a screen of dots on paper.
    source = _FAINT.sub("", source)
    width, height = float(size[1]), float(size[2])
    least = LEAST / min(types)
    high = 0.9 * area.height  # a caption stands below
    upright = min(area.width / width, high / height, 1.0)
    if upright >= least:
        return [Piece(source, upright * width)]
    turned = min(high / width, area.width / height, 1.0)
    if turned >= least:
        return [Piece(source, min(turned, max(least * 1.04, upright)) * width, turned=True)]
    reach = area.width + 2 * area.beyond
    if reach / width * RAISE < least:
        reach += 2 * NEARER
    wide = min(reach / width, 1.0, max(least, high / height))
    if "transform=" in source and wide * height > high:  # it cannot be cut: its words are elsewhere than they say
        return [Piece(source, upright * width)]
    beyond = max(0.0, (wide * width - area.width) / 2)
    source = _raised(source, wide)
    return [Piece(part, wide * width, beyond) for part in _cut(source, width, height, high / wide)]


def type_of(pieces: Sequence[Piece]) -> float:
    """How high the smallest type of a drawing is in print; of what has no type, `LEAST`."""
    found = [LEAST]
    for piece in pieces:
        size = _SIZE.search(piece.source)
        types = [each for each in map(float, _TYPE.findall(piece.source)) if each]
        if size is not None and types:
            found.append(min(types) * piece.width / float(size[1]))
    return min(found)


def _raised(source: str, scale: float) -> str:
    """The same with type that is large enough, where a little is wanting."""
    least = LEAST / scale + 0.005

    def larger(found: re.Match[str]) -> str:
        own = float(found[1])
        return f'font-size="{least:.2f}"' if own < least <= own * RAISE else found[0]

    return _TYPE.sub(larger, source)


def _cut(source: str, width: float, height: float, most: float) -> list[str]:
    """A drawing in parts no higher than ``most``, cut where no words stand."""
    count = ceil(height / most)
    if count < 2:
        return [source]
    if count > MOST_PIECES:
        raise TooHigh(str(count))
    # Words reach from their baseline up.
    middles = sorted(float(found[1]) - 3 for found in _TEXT.finditer(source))
    edges = [0.0]
    for number in range(1, count):
        # No page but the last is less than two thirds full.
        wish = max(edges[-1] + LEAST_FULL * most, height - (count - number) * most, height * number / count)
        places = [wish + step for step in range(-20, 1) if edges[-1] < wish + step <= edges[-1] + most] or [wish]
        edges.append(max(places, key=lambda place: min((abs(place - middle) for middle in middles), default=0.0)))
    edges.append(height)
    return [_part(source, width, top, bottom) for top, bottom in pairwise(edges)]


def _part(source: str, width: float, top: float, bottom: float) -> str:
    """What stands between two heights: of words what is out of sight is left out, for those who listen."""
    own = _TEXT.sub(lambda found: found[0] if top <= float(found[1]) - 3 < bottom else "", source)
    head = own.index(">") + 1
    tag = re.sub(r' (?:viewBox|width|height)="[^"]*"', "", own[:head])
    box = f' viewBox="0 {top:g} {width:g} {bottom - top:g}" width="{width:g}" height="{bottom - top:g}"'
    return f"{tag[:-1]}{box}>{own[head:]}"


#: The declaration of XML; a drawing is read as UTF-8, whatever it says.
_DECLARED = re.compile(rb"\A\s*<\?xml[^>]*\?>")


def words(content: bytes) -> str:
    """All that is written in a drawing in SVG."""
    return " ".join(ElementTree.fromstring(_DECLARED.sub(b"", content)).itertext())


def is_picture(name: str, content: bytes) -> bool:
    """Whether the content of a file is that of a picture of a kind that can be printed."""
    if not name.lower().endswith(".svg"):
        return content.startswith(_BEGIN) or content[8:12] == b"WEBP"
    try:
        return bool(ElementTree.fromstring(_DECLARED.sub(b"", content)).tag.endswith("svg"))
    except ElementTree.ParseError:
        return False
