"""A paragraph of a text, cut where its lines may break.  Pure Python.

A line of the book begins with some chunk.  Knowing on which line each chunk falls, one
knows the line of every character, and so of every lemma, wherever in a word it begins.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.text import Text

#: Scripts without spaces between words, by where their characters are: between any two clusters a line may end
#: (Unicode Standard Annex 14, classes ID, CJ, H2, H3, JL, and SA, which Typst parts by a dictionary).
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u1950-\u19df\u1a20-\u1aaf\u2e80-\u31ff\u3400-\u4dbf"
    "\u4e00-\ua4cf\ua960-\ua97f\ua9e0-\ua9ff\uaa60-\uaa7f\uaa80-\uaadf\uac00-\ud7ff\uf900-\ufaff\uff66-\uffdc"
    "\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
#: What joins two letters, or keeps them from joining, and is none itself.
_JOINERS = "\u200c\u200d\u2060\u034f"

#: A chunk, of a paragraph in which each letter, digit and mark of a word is ``w``: a word of any script with its
#: punctuation (Unicode Standard Annex 14, LB13, LB14, LB19, LB23, LB25, LB28 to LB30), or one other character with the
#: marks on it.  White space goes before the chunk it leads to.
_CHUNK = re.compile(r"(?P<space>\s*)(?P<chunk>[(\[\"'“‘«]*w+(?:[.,:'’٫٬]w+)*[.,;:\"'’”»)\]،؛؟।॥]*|\Sm*)")

#: Letters and digits.
_OF_WORDS = frozenset(("Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "No", "Nl"))

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
    classes = _classes(string[low:high])
    return [
        Chunk(low + match.start("chunk"), string[low + match.start() : low + match.end()])
        for match in _CHUNK.finditer(classes)
    ]


def _classes(string: str) -> str:
    """For each character ``w`` if it is of a word, ``m`` if it is a mark on another, or itself."""
    found: list[str] = []
    for character in string:
        mark = unicodedata.category(character)[0] == "M" or character in _JOINERS
        if mark:
            found.append(found[-1] if found and found[-1] in ("w", "m") else "m")
        elif _UNSPACED.match(character):
            found.append("x")
        elif unicodedata.category(character) in _OF_WORDS:
            found.append("w")
        else:
            found.append(character if not character.isalnum() else "x")
    return "".join(found)


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


def note_at(span: Span, high: int) -> int:
    """The code point behind whose chunk the note on a settled span stands, in a paragraph up to ``high``."""
    first, last = span
    return last if last - first < SHORT and last < high else first
