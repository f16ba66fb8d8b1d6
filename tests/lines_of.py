"""Texts and their lines, for the tests of lines."""

from __future__ import annotations

import hashlib

from hypothesis import strategies as st

from sphinx_apparatus.model.lines import Lines, divide
from sphinx_apparatus.model.text import Text, find_paragraphs
from sphinx_apparatus.stores.lines import Division

measures = st.integers(1, 30)

#: Lines 1 and 2 are ¶1, line 3 is ¶2; between them are blank lines.
MOON = "The moon has set\n\n\nand it is late"
LINES = Lines((0, 9, 19), tuple(find_paragraphs(MOON)), frozenset({1}))


def text_of(string: str, siglum: str = "X") -> Text:
    """A text as if it had been read from a file."""
    data = string.encode()
    return Text(siglum, f"{siglum.lower()}.txt", hashlib.sha256(data).hexdigest(), string)


def by_rule(string: str, measure: int = 20, verse: bool = False) -> Lines:
    return divide(string, tuple(find_paragraphs(string)), measure, verse)


def written(string: str, lines: Lines) -> list[str]:
    """The characters of each line."""
    return [string[slice(*lines.span(line))] for line in range(1, len(lines) + 1)]


TEXT = text_of(MOON, "M")
KEPT = {"M": Division.made(TEXT, LINES, "9 characters", "hand")}
