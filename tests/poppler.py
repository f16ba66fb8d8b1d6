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


def _run(*command: str) -> str:
    done = subprocess.run([program(command[0]), *command[1:]], capture_output=True, check=True)
    return done.stdout.decode("utf-8", "surrogateescape")


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
