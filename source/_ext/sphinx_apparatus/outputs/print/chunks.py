"""A paragraph of a text, cut where its lines may break.  Pure Python.

A line of the book begins with some chunk.  Knowing on which line each chunk falls, one
knows the line of every character, and so of every lemma, wherever in a word it begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.text import Text

#: Letters and digits in a row that no line break parts (Unicode Standard Annex 14, rules LB23,
#: LB25, LB28): those of scripts that put spaces between their words, with combining marks.
_WORD = (
    "[0-9A-Za-z\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02c1\u0300-\u036f"
    "\u0370-\u0373\u0376-\u037d\u0386\u0388-\u0481\u0483-\u052f\u1e00-\u1fff]"
)

#: A chunk: such a word with its punctuation (LB13, LB14, LB19, LB29, LB30), or one other
#: character with the combining marks on it.  White space goes before the chunk it leads to.
_CHUNK = re.compile(
    rf"(?P<space>\s*)(?P<chunk>[(\[\"'“‘]*{_WORD}+(?:[.,:'’]{_WORD}+)*[.,;:\"'’”)\]]*|\S[\u0300-\u036f]*)"
)

#: How far from a lemma, in code points, its words are looked for again: more than a line.
REACH = 160

#: A lemma up to this length, in code points, has its note behind its last word rather than
#: behind its first: a screen reader then meets the words before the note on them.
SHORT = 60


class Chunk(NamedTuple):
    """Characters no line break parts.

    ``start`` is the code point of the first that is not white space; ``string`` has the
    white space before it, too.
    """

    start: int
    string: str

    @property
    def end(self) -> int:
        """The code point behind the last character."""
        return self.start + len(self.string.lstrip())


def chunks(string: str, low: int, high: int) -> list[Chunk]:
    """The chunks from ``low`` to ``high``; joined, what stands there but for white space at its end."""
    return [Chunk(match.start("chunk"), match[0]) for match in _CHUNK.finditer(string, low, high)]


def settle(text: Text, span: Span) -> Span:
    """The first and the last code point that tell a span's lines.

    Of a place it is the one before, if the paragraph has one; what is in a blank line
    moves to the paragraph before.
    """
    start, end = span
    home = text.paragraph_at(start)
    if home is None:
        return Span(0, 0)
    if start == end:
        at = max(home.start, min(start, home.end) - 1)
        return Span(at, at)
    far = text.paragraph_at(end - 1) or home
    return Span(
        min(max(start, home.start), home.end - 1),
        min(max(end - 1, far.start), far.end - 1),
    )


def again(string: str, span: Span, low: int, high: int) -> list[int]:
    """Where near a span, from ``low`` to ``high``, its words stand again; starts, in order.

    Whole words are not found within others.
    """
    start, end = span
    words = string[start:end]
    if not words.strip():
        return []
    low, high = max(low, start - REACH), min(high, end + REACH)
    found: list[int] = []
    at = string.find(words, low, high)
    while at >= 0:
        until = at + len(words)
        apart = until <= start or at >= end
        if apart and _like(string, at, start) and _like(string, until, end):
            found.append(at)
        at = string.find(words, at + 1, high)
    return found


def _like(string: str, place: int, model: int) -> bool:
    """Whether a word ends at a place, if one ends at the model."""
    return _edge(string, place) or not _edge(string, model)


def _edge(string: str, place: int) -> bool:
    return place in (0, len(string)) or not (string[place - 1].isalnum() and string[place].isalnum())


def behind(made: Sequence[Chunk], at: int) -> int:
    """The index of the chunk that has a code point, or is led to by it."""
    return max(bisect_right([chunk.start for chunk in made], at) - 1, 0)


def note_at(span: Span, high: int) -> int:
    """The code point behind whose chunk the note on a settled span stands, in a paragraph up to ``high``."""
    first, last = span
    return last if last - first < SHORT and last < high else first
