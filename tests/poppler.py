"""A PDF as poppler reads it: independent of what made it."""

from __future__ import annotations

import html
import re
import subprocess
import zlib
from pathlib import Path
from typing import NamedTuple

from requires import program

_WORD = re.compile(r'<word xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</word>', re.DOTALL)


class Word(NamedTuple):
    """A word and its box in points from the top left of its page; pages count from 1."""

    page: int
    left: float
    top: float
    right: float
    bottom: float
    string: str

    @property
    def height(self) -> float:
        """Of the box: it tells the size of the type."""
        return self.bottom - self.top


def _bytes(*command: str) -> bytes:
    return subprocess.run([program(command[0]), *command[1:]], capture_output=True, check=True).stdout


def _run(*command: str) -> str:
    return _bytes(*command).decode("utf-8", "surrogateescape")


def words(path: Path) -> list[Word]:
    """Every word with its box, in the order of the file."""
    found: list[Word] = []
    page = 0
    for part in re.split(r"(?=<page )", _run("pdftotext", "-bbox", str(path), "-")):
        if part.startswith("<page "):
            page += 1
            found += (
                Word(page, *map(float, match.groups()[:4]), html.unescape(match[5])) for match in _WORD.finditer(part)
            )
    return found


def resolutions(path: Path) -> tuple[int, int]:
    """How many pixels of the first picture come to an inch, across and down."""
    first = _run("pdfimages", "-list", str(path)).splitlines()[2].split()
    return int(first[12]), int(first[13])


def size(path: Path) -> tuple[float, float]:
    """Width and height of the first page in points."""
    found = re.search(r"Page size: +([\d.]+) x ([\d.]+)", _run("pdfinfo", str(path)))
    assert found is not None
    return float(found[1]), float(found[2])


def ink(path: Path, word: Word) -> float:
    """How high the ink of a word is, in points."""
    scale = 8  # pixels to a point
    box = (word.left, word.top, word.right - word.left, word.height)
    x, y, wide, high = (str(round(scale * edge)) for edge in box)
    command = ("pdftoppm", "-gray", "-r", str(72 * scale), "-f", str(word.page), "-l", str(word.page))
    picture = _bytes(*command, "-x", x, "-y", y, "-W", wide, "-H", high, str(path))
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", picture)
    assert head is not None
    across = int(head[1])
    rows = [picture[at : at + across] for at in range(head.end(), len(picture), across)]
    return sum(min(row) < 128 for row in rows if row) / scale


def unpacked(path: Path) -> bytes:
    """A file with its compressed streams read, as far as they are."""
    data = path.read_bytes()
    parts = [data]
    for match in re.finditer(rb"stream\r?\n", data):
        try:
            parts.append(zlib.decompressobj().decompress(data[match.end() :]))
        except zlib.error:
            continue
    return b"\n".join(parts)
