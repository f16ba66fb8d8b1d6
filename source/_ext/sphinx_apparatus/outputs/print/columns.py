"""What the columns of a table need: words that no line may part, and lines as long as they would be.  Pure Python.

``table-of`` in ``book.typ`` measures them.  No column is narrower than its widest word, so that
none reaches into the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from docutils import nodes

from sphinx_apparatus.outputs.print.literal import array, is_long, literal, together

#: How many of a column's words are measured: the longest by their characters need not be the widest.
_WORDS = 4

#: What a line has of a word that is parted anywhere.
_LEAST = 16

#: Page and lines as a place in a table may have them (``where-short``), and the text before it.
_PLACE = "(000,\u00a0000–000;"

#: Where a word may be parted: behind a hyphen or a dash that stands before a letter.
_PARTED = re.compile(r"(?<=[-\u2010\u2013\u2014])(?=[^\W\d_])")


class Need(NamedTuple):
    """Of a column: its longest words, in bold type and in that of code, and its longest paragraph."""

    words: tuple[str, ...]
    code: tuple[str, ...]
    longest: str

    def told(self) -> str:
        """As a Typst expression."""
        words, code = (array(map(literal, found)) for found in (self.words, self.code))
        return f"(words: {words}, code: {code}, longest: {literal(self.longest)})"


def needs(rows: Sequence[nodes.Node], count: int, placed: Sequence[bool]) -> list[Need]:
    """What each of ``count`` columns needs; ``placed`` says in which there are places, whose words are not there yet.

    Cells that reach over several columns ask for nothing.
    """
    words: list[set[str]] = [set() for _ in range(count)]
    code: list[set[str]] = [set() for _ in range(count)]
    longest = [""] * count
    for column, cell in _cells(rows):
        if column >= count:
            continue
        for paragraph in cell.findall(nodes.TextElement):
            if isinstance(paragraph.parent, nodes.TextElement):
                continue
            told = together(paragraph.astext())
            if len(told) > len(longest[column]):
                longest[column] = " ".join(told.split())
            words[column].update(_tokens(told))
        for part in cell.findall(nodes.literal):
            code[column].update(word[:_LEAST] if is_long(word) else word for word in part.astext().split())
    for column, has in enumerate(placed):
        if has:
            words[column].add(_PLACE)
            longest[column] += f" {_PLACE} n.\u00a0000)"
    return [Need(_top(own), _top(raw), line) for own, raw, line in zip(words, code, longest, strict=True)]


def _cells(rows: Sequence[nodes.Node]) -> Iterator[tuple[int, nodes.entry]]:
    """The cells of one column each, with its number; rows that reach down are counted."""
    down: dict[int, int] = {}
    for row in rows:
        column = 0
        for cell in row.children:
            if not isinstance(cell, nodes.entry):
                continue
            while down.get(column, 0):
                column += 1
            across = cell.get("morecols", 0) + 1
            if across == 1:
                yield column, cell
            for each in range(column, column + across):
                down[each] = cell.get("morerows", 0) + 1
            column += across
        down = {each: more - 1 for each, more in down.items() if more > 1}


def _tokens(told: str) -> Iterator[str]:
    for word in re.split(r"[ \t\n\r]+", told):
        # A long word may be parted anywhere.
        yield from (part[:_LEAST] if is_long(part) else part for part in _PARTED.split(word) if part)


def _top(words: set[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda word: (-len(word), word))[:_WORDS])
