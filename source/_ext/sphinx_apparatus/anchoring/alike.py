"""What looks alike and is not: one quotation in two encodings.

A lemma that one sees in the text and that is not there is mostly written otherwise than the
text has it: composed for decomposed, a space for a no-break space, straight quotation marks for
curly ones, marks on a letter in another order, a space for a line end.  Such a passage is
found here, to be shown; it is never taken.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from unicode_segmentation_rs import graphemes

from sphinx_apparatus.anchoring.selector import Selector, Span

#: What is taken for one character here; straight quotation marks and hyphens stand for all like them.
_LIKE = {
    **dict.fromkeys("‘’‚‛′`´ʼʹ＇", "'"),
    **dict.fromkeys("“”„‟″«»＂״", '"'),
    "ſ": "s",
    **dict.fromkeys("‐‑‒–—―−־", "-"),
}

#: What stands between two units where they are one string; no unit has it.
_BETWEEN = "\uffff"

#: A run of white space; a slash between two blanks is how verse is quoted.
_SPACE = re.compile(r"\s+/\s+|\s+")


class Unit(NamedTuple):
    """A letter with its marks, or a run of white space: where it begins and ends, and what it is alike to."""

    start: int
    end: int
    like: str


def units(string: str) -> Iterator[Unit]:
    """The units of a string; joined they are the string, but for characters that nobody sees."""
    at = 0
    while at < len(string):
        space = _SPACE.match(string, at)
        if space:
            yield Unit(at, space.end(), " ")
            at = space.end()
            continue
        end = next((match.start() for match in _SPACE.finditer(string, at)), len(string))
        for cluster in graphemes(string[at:end], is_extended=True):
            like = _fold(cluster)
            if like:
                yield Unit(at, at + len(cluster), like)
            at += len(cluster)


def is_mark(character: str) -> bool:
    """Whether a character is a mark on the one before it (Unicode, general category M)."""
    return unicodedata.category(character)[0] == "M"


def _fold(unit: str) -> str:
    """What a unit is alike to; nothing, if it cannot be seen."""
    decomposed = unicodedata.normalize("NFD", unit)
    base = "".join(_LIKE.get(c, c) for c in decomposed if not is_mark(c) and unicodedata.category(c) != "Cf")
    return (base + "".join(sorted(c for c in decomposed if is_mark(c)))).replace(_BETWEEN, "\ufffd")


def alike(string: str, selector: Selector) -> list[Span]:
    """The passages that are the quotation in another encoding, prefix and suffix left out of account."""
    wanted = _BETWEEN.join(unit.like for unit in units(selector.quote))
    if not wanted.strip():
        return []
    found, folded, index = _folded(string)
    count = wanted.count(_BETWEEN) + 1
    spans = []
    place = folded.find(wanted)
    while place >= 0:
        first = index.get(place)
        ends = place + len(wanted)
        if first is not None and folded[ends : ends + 1] in ("", _BETWEEN):
            span = Span(found[first].start, found[first + count - 1].end)
            spans.append(span)
        place = folded.find(wanted, place + 1)
    return spans


@lru_cache(maxsize=2)
def _folded(string: str) -> tuple[list[Unit], str, dict[int, int]]:
    """The units of a text, what they are alike to, and which unit begins where in that."""
    found = list(units(string))
    index: dict[int, int] = {}
    at = 0
    for number, unit in enumerate(found):
        index[at] = number
        at += len(unit.like) + 1
    return found, _BETWEEN.join(unit.like for unit in found), index


class Difference(NamedTuple):
    """Where two passages that are alike differ: what the lemma has, and what the text has."""

    lemma: str
    text: str


def differences(quote: str, passage: str) -> list[Difference]:
    """What differs between a quotation and a passage that is alike, each once, in order."""
    found: dict[Difference, None] = {}
    for one, other in zip(units(quote), units(passage), strict=False):
        ours, theirs = quote[one.start : one.end], passage[other.start : other.end]
        if ours != theirs:
            found[Difference(ours, theirs)] = None
    hidden = [c for c in passage if unicodedata.category(c) == "Cf" and c not in quote]
    hidden_in_quote = [c for c in quote if unicodedata.category(c) == "Cf" and c not in passage]
    found.update(dict.fromkeys(Difference("", c) for c in hidden))
    found.update(dict.fromkeys(Difference(c, "") for c in hidden_in_quote))
    return list(found)


def say_difference(difference: Difference) -> str:
    """A difference in words: which characters stand for which."""
    ours, theirs = difference
    if not ours:
        return f"{_named(theirs)}, which is not seen"
    if not theirs:
        return f"nothing for the lemma’s {_named(ours)}, which is not seen"
    if theirs.isspace() and set(theirs) & set("\r\n"):
        return f"a line end for {'a space' if ours == ' ' else repr(ours)}"
    if sorted(ours) == sorted(theirs):
        return f"the marks of {theirs} in another order ({_points(theirs)} for {_points(ours)})"
    if unicodedata.normalize("NFC", ours) == unicodedata.normalize("NFC", theirs):
        if theirs == unicodedata.normalize("NFC", theirs):
            return f"{theirs} composed ({_points(theirs)}), the lemma has it decomposed ({_points(ours)})"
        if ours == unicodedata.normalize("NFC", ours) and len(ours) < len(theirs):
            return f"{theirs} decomposed ({_points(theirs)}), the lemma has it composed ({_points(ours)})"
    return f"{_named(theirs)} for {_named(ours)}"


def _points(string: str) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in string)


def _named(string: str) -> str:
    if len(string) == 1:
        name = unicodedata.name(string, "").lower()
        return f"{_points(string)}{f' ({name})' if name else ''}"
    return _points(string)
