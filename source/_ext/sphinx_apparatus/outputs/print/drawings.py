"""How a drawing is printed: in black, its type large enough to be read.  Pure Python; lengths are points.

A drawing that is too wide reaches into the margins, or is turned; one that is too high is cut
between its rows into bands, one below the other without a gap, between which pages may end.
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
#: Down to where a drawing has the heads of columns.
_HEAD = re.compile(r'<svg\b[^>]*?\bdata-head="(\d*\.?\d+)"')
_TITLE = re.compile(r"<title\b[^>]*>(.*?)</title>", re.S)
_TEXT = re.compile(r'<text\b[^>]*?\by="(\d*\.?\d+)".*?</text>', re.S)
#: How files of the kinds begin that Typst prints: PNG, JPEG, GIF; WebP has its name behind that of RIFF.
_BEGIN = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF8")
_FAINT = re.compile(r' opacity="[\d.]+"')


#: What of a page a band takes at most: so much may be left empty at its foot.
BAND = 0.18

#: On no more pages is a drawing printed: a larger one was not meant for paper.
MOST_PAGES = 60

_SHAPE = re.compile(r"<(?:line|circle|ellipse|rect|path)\b[^>]*/>")
_PLACE = re.compile(r' (y|y1|y2|cy|r|ry|height|d)="([^"]*)"')
_STEP = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_NUMBER = re.compile(r"-?(?:\d+\.?\d*|\.\d+)")
#: By how much a line, or what is at its end, may be drawn beyond where it is.
STROKE = 20.0
#: Shapes in these are drawn where they are called for.
_SHARED = re.compile(r"<(?:defs|marker|clipPath|mask|pattern|symbol)\b")
#: Where the words of a drawing stand elsewhere than they say, it cannot be cut.
_MOVED = re.compile(r"transform=|<(?:tspan|use|foreignObject|style)\b")


class TooHigh(Exception):
    """A drawing that would take too many pages; the message has how many."""


class Area(NamedTuple):
    """The type area, and how far a drawing may reach into the margins on either side of it."""

    width: float
    height: float
    beyond: float


class Piece(NamedTuple):
    """A drawing, or a band of one: its source, how wide it is drawn, how far into each margin, whether it is turned.

    A ``head`` is repeated above the bands of each page.
    """

    source: str
    width: float
    beyond: float = 0.0
    turned: bool = False
    head: bool = False


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
    if wide * height > MOST_PAGES * high:
        raise TooHigh(str(ceil(wide * height / high)))
    if wide * height > high and not _can_be_cut(source, size[1], size[2]):
        return [Piece(source, upright * width)]
    beyond = max(0.0, (wide * width - area.width) / 2)
    source = _raised(source, wide)
    found = _HEAD.search(source)
    head = min(float(found[1]), BAND * height) if found and wide * height > high else 0.0
    parts = _cut(source, width, head, height, high / wide)
    return [Piece(part, wide * width, beyond, head=head > 0 and part is parts[0]) for part in parts]


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


def _can_be_cut(source: str, width: str, height: str) -> bool:
    box = re.search(r'<svg\b[^>]*?\bviewBox="([^"]*)"', source)
    return not _MOVED.search(source) and (box is None or box[1].split() == ["0", "0", width, height])


def _cut(source: str, width: float, head: float, height: float, most: float) -> list[str]:
    """A drawing higher than ``most``, which is what a page holds, in its head and bands, cut where no words stand."""
    if height <= most:
        return [source]
    kept = _kept(source)
    count = ceil((height - head) / (BAND * most))
    band = (height - head) / count
    reach = ceil(band / 4)
    edges = [0.0, head] if head else [0.0]
    for number in range(1, count):
        wish = head + band * number
        near = [(low, high) for low, high in kept if low < wish + 2 * reach and high > wish - 2 * reach]
        edges.append(max((wish + step for step in range(-reach, reach + 1)), key=lambda place: _free(place, near)))
    edges.append(height)
    return [_part(source, width, top, bottom) for top, bottom in pairwise(edges)]


def _kept(source: str) -> list[tuple[float, float]]:
    """From where to where what is not cut reaches: words, boxes, discs."""
    usual = _TYPE.search(source)
    found = []
    for text in _TEXT.finditer(source):
        own = _TYPE.search(text[0]) or usual
        base, size = float(text[1]), float(own[1]) if own else 0.0
        found.append((base - 0.8 * size, base + 0.25 * size))
    for shape in _SHAPE.finditer(source):
        places = [] if shape[0].startswith(("<line", "<path")) else _heights(shape[0])
        if places:
            found.append((min(places), max(places)))
    return found


def _free(place: float, kept: Sequence[tuple[float, float]]) -> float:
    """How far a place is from what is not cut; less than nothing where it is within."""
    return min((max(low - place, place - high) for low, high in kept), default=0.0)


def _part(source: str, width: float, top: float, bottom: float) -> str:
    """What stands between two heights: what is out of sight is left out."""

    def seen(shape: re.Match[str]) -> str:
        places = _heights(shape[0])
        return shape[0] if not places or (min(places) < bottom + STROKE and max(places) > top - STROKE) else ""

    own = _TEXT.sub(lambda found: found[0] if top <= float(found[1]) - 3 < bottom else "", source)
    if not _SHARED.search(source):
        own = _SHAPE.sub(seen, own)
    head = own.index(">") + 1
    tag = re.sub(r' (?:viewBox|width|height)="[^"]*"', "", own[:head])
    box = f' viewBox="0 {top:g} {width:g} {bottom - top:g}" width="{width:g}" height="{bottom - top:g}"'
    return f"{tag[:-1]}{box}>{own[head:]}"


def _heights(shape: str) -> list[float]:
    """The heights between which a shape is; none where that is not said in plain numbers."""
    said: dict[str, str] = dict(_PLACE.findall(shape))
    try:
        if "d" in said:
            return _path(said["d"])
        if "cy" in said:
            middle, high = float(said["cy"]), float(said.get("ry", said.get("r", "")))
            return [middle - high, middle + high]
        if "y1" in said:
            return [float(said["y1"]), float(said["y2"])]
        return [float(said["y"]), float(said["y"]) + float(said["height"])]
    except (KeyError, ValueError):
        return []


def _path(told: str) -> list[float]:
    """The heights of the points of a path of lines and curves (SVG 1.1, 8.3).  Raises `ValueError` for any other."""
    found: list[float] = []
    at = start = 0.0
    for command, rest in _STEP.findall(told):
        kind, numbers = command.upper(), [float(number) for number in _NUMBER.findall(rest)]
        if kind not in "MLHVCSQTZ":
            raise ValueError(told)
        points = {"H": [], "V": numbers, "Z": [start]}.get(kind, numbers[1::2])
        length = {"C": 3, "S": 2, "Q": 2}.get(kind, 1)
        for first in range(0, len(points), length):
            base = at if command.islower() and kind != "Z" else 0.0
            found += [base + point for point in points[first : first + length]]
            at = found[-1]
            start = at if kind == "M" and first == 0 else start
    return found


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
