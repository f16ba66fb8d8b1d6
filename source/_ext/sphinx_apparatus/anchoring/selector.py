"""Selectors: the words an editor quotes, and where they stand in a text.

A selector is that of the W3C Web Annotation Data Model, section 4.2.4 (Text Quote
Selector): the exact words with what stands before and after.  It names one span or
none; a nearest guess is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sphinx_apparatus.anchoring.finding import find_all
from sphinx_apparatus.anchoring.words import is_word_edge


class Span(NamedTuple):
    """A half-open run of code points, ``start`` <= ``end``; equal for a place."""

    start: int
    end: int


@dataclass(frozen=True)
class Selector:
    """Exact words, and what stands directly before and after them.

    The quote may be empty: the selector then names the place between prefix and
    suffix.  White space where prefix or suffix meets a quote that is not empty need
    not be given.  ``whole`` leaves out of account what is part of a longer word (UAX 29).
    """

    quote: str
    prefix: str = ""
    suffix: str = ""
    whole: bool = False


class AnchorError(Exception):
    """A selector does not name one span; ``candidates`` are the spans in question."""

    def __init__(self, message: str, candidates: tuple[Span, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates


class AnchorNotFound(AnchorError):
    """The words do not stand in the text."""


class AnchorAmbiguous(AnchorError):
    """The words stand in the text more than once."""


def occurrences(string: str, selector: Selector) -> list[Span]:
    """Every span a selector fits, in order; occurrences may overlap."""
    quote, prefix, suffix = selector.quote, selector.prefix, selector.suffix
    if not quote:
        if not prefix and not suffix:
            return []
        joint = prefix + suffix
        return [Span(at + len(prefix), at + len(prefix)) for at in find_all(string, joint)]
    return [
        Span(at, at + len(quote))
        for at in _candidates(string, selector)
        if precedes(string, at, prefix)
        and follows(string, at + len(quote), suffix)
        and (not selector.whole or is_whole(string, at, at + len(quote)))
    ]


#: What stands for a line end in a quotation of verse, or of words that a copy has over two lines.
_LINE_END = re.compile(r"\s+/\s+|\s+")

#: How many code points before words a prefix may stand further off than it is long: line ends, indentation.
_NEAR = 256


def over_lines(string: str, selector: Selector) -> list[Span]:
    """Every span a selector fits where white space of it stands for any white space, and so for line ends."""
    quote, prefix, suffix = map(_over_lines, (selector.quote, selector.prefix, selector.suffix))
    if not quote:
        # White space at the beginning is the whole of it, and not each piece.
        first = r"(?<!\s)" if (prefix or suffix).startswith(r"\s") else ""
        joint = re.compile(f"{first}(?=({prefix}){suffix})") if prefix or suffix else re.compile(r"(?!)()")
        return [Span(match.end(1), match.end(1)) for match in joint.finditer(string)]
    before, behind = re.compile(rf"{prefix}\s*\Z"), re.compile(rf"\s*{suffix}")
    near = _NEAR + 2 * len(selector.prefix)
    return [
        Span(*match.span())
        for match in re.finditer(quote, string)
        if before.search(string, max(0, match.start() - near), match.start())
        and behind.match(string, match.end())
        and (not selector.whole or is_whole(string, *match.span()))
    ]


def _over_lines(words: str) -> str:
    """The pattern of words that stand over lines."""
    return r"\s+".join(map(re.escape, _LINE_END.split(words)))


def like_lines(lemma: str, reading: str) -> str:
    """A reading with the lemma's white space, line ends among it, where both have as many words."""
    words = [piece for piece in _LINE_END.split(reading) if piece]
    spaces = re.findall(r"\s+", lemma.strip())
    if not re.search(r"[\r\n]", lemma) or len(words) != len(spaces) + 1:
        return reading
    return "".join(word + space for word, space in zip(words, [*spaces, ""], strict=True))


def is_whole(string: str, start: int, end: int) -> bool:
    """Whether a span is of whole words."""
    return is_word_edge(string, start) and is_word_edge(string, end)


def _candidates(string: str, selector: Selector) -> Iterable[int]:
    """Where the quote stands; of a short one only the places behind a longer prefix, which are fewer."""
    quote, prefix = selector.quote, selector.prefix
    if len(prefix) <= len(quote):
        return find_all(string, quote)
    found: dict[int, None] = {}
    for before in find_all(string, prefix):
        at = before + len(prefix)
        if string.startswith(quote, at):
            found[at] = None
        while at < len(string) and string[at].isspace():
            at += 1
            if string.startswith(quote, at):
                found[at] = None
    return sorted(found)


def precedes(string: str, at: int, prefix: str) -> bool:
    """Whether a prefix stands before a place, white space between them left out of account."""
    return string.endswith(prefix, 0, at) or _trimmed_end(string, at, prefix)


def _trimmed_end(string: str, at: int, prefix: str) -> bool:
    while at and string[at - 1].isspace():
        at -= 1
    return string.endswith(prefix, 0, at)


def follows(string: str, at: int, suffix: str) -> bool:
    """Whether a suffix stands behind a place, white space between them left out of account."""
    if string.startswith(suffix, at):
        return True
    while at < len(string) and string[at].isspace():
        at += 1
    return string.startswith(suffix, at)
