"""Words and letters as Unicode has them: where either may be parted (UAX 29)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate

from unicode_segmentation_rs import graphemes, split_word_bounds

#: How far from a place, in code points, white space is looked for; words are not longer.
REACH = 100


def is_word_edge(string: str, at: int) -> bool:
    """Whether a word may begin or end at a place."""
    return _is_edge(string, at, split_word_bounds)


def is_letter_edge(string: str, at: int) -> bool:
    """Whether a place is between two letters, and not between a letter and its marks."""
    return _is_edge(string, at, lambda words: graphemes(words, is_extended=True))


def _is_edge(string: str, at: int, parted: Callable[[str], Sequence[str]]) -> bool:
    if at <= 0 or at >= len(string):
        return True
    low = high = at
    while low > 0 and at - low < REACH and not string[low - 1].isspace():
        low -= 1
    while high < len(string) and high - at < REACH and not string[high].isspace():
        high += 1
    return at in accumulate(map(len, parted(string[low:high])), initial=low)


def snapped(string: str, start: int, end: int) -> tuple[int, int]:
    """A span widened to whole words, without white space at its ends."""
    while start < end and string[start].isspace():
        start += 1
    while end > start and string[end - 1].isspace():
        end -= 1
    if start == end:
        return start, end
    low = next((at for at in range(start, max(-1, start - REACH), -1) if is_word_edge(string, at)), start)
    high = next((at for at in range(end, min(len(string), end + REACH) + 1) if is_word_edge(string, at)), end)
    return low, high


def letter_before(string: str, at: int) -> int:
    """The last place up to one that is between two letters; the place itself in a heap of marks."""
    return next((place for place in range(at, max(-1, at - REACH), -1) if is_letter_edge(string, place)), at)


def letter_behind(string: str, at: int) -> int:
    """The first place from one on that is between two letters; the place itself in a heap of marks."""
    last = min(len(string), at + REACH)
    return next((place for place in range(at, last + 1) if is_letter_edge(string, place)), at)
