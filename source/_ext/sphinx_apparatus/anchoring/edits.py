"""Edits: the few places of a lemma that an emendation changes.

A lemma is often a clause; what changes in it are some words.  They are found by
comparing lemma and reading token by token.  The emended text is one text, so the
edits of two emendations may not overlap.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left, insort
from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import accumulate
from typing import NamedTuple

from unicode_segmentation_rs import graphemes, split_word_bounds

#: Characters that belong to a word when they stand between two letters.
_JOINERS = frozenset("'’")


class Edit(NamedTuple):
    """Code points ``start`` to ``end`` give way to ``text``; an insertion where equal."""

    start: int
    end: int
    text: str


class EditConflict(Exception):
    """Edits of two emendations overlap; ``first`` and ``second`` are the edits, ``owner`` who made the one there."""

    def __init__(self, first: Edit, second: Edit, owner: str = "") -> None:
        super().__init__(f"edits overlap: {first!r} and {second!r}")
        self.first = first
        self.second = second
        self.owner = owner


class Edits:
    """The edits of a text, gathered one emendation after the other."""

    def __init__(self) -> None:
        self._ordered: list[tuple[Edit, str]] = []

    def add(self, edits: Iterable[Edit], owner: str) -> None:
        """Take in an emendation's edits.

        Raises `EditConflict` where one overlaps another, and then takes in none.
        """
        added = list(edits)
        for edit in added:
            at = bisect_left(self._ordered, (edit, ""))
            # A longer edit may begin before and reach in; of edits that do not overlap only the neighbours can.
            for other, whose in self._ordered[max(0, at - 1) : at + 1]:
                if _overlap(other, edit):
                    first, second = sorted((other, edit))
                    raise EditConflict(first, second, whose)
        check(added)
        for edit in added:
            insort(self._ordered, (edit, owner))


def _overlap(one: Edit, other: Edit) -> bool:
    first, second = sorted((one, other))
    return second.start < first.end or (first.start, first.end) == (second.start, second.end)


def tokenize(string: str) -> list[str]:
    """Words, numbers, white space and single other characters; joined they are the string.

    Letters with their combining marks are a word, decimal digits (Unicode Nd) a
    number, other numerals (No, as the superscript figures of note calls) a number of
    their own, so that ``kingdom20`` and ``kingdom²⁰`` share their word.  Where a script does
    not put spaces between its words, they are parted as UAX 29 has it: Chinese by characters,
    Thai by clusters.  No token begins within a grapheme cluster.
    """
    tokens: list[str] = []
    previous = ""
    clusters = list(graphemes(string, is_extended=True))
    for index, cluster in enumerate(clusters):
        kind = _class(cluster[0])
        if (
            cluster in _JOINERS
            and previous == "word"
            and index + 1 < len(clusters)
            and _class(clusters[index + 1][0]) == "word"
        ):
            kind = "word"
        if kind and kind == previous:
            tokens[-1] += cluster
        else:
            tokens.append(cluster)
        previous = kind
    return [part for token in tokens for part in _parted(token)]


def _parted(token: str) -> list[str]:
    """A word, or the words of a script that puts no spaces between them."""
    if token.isascii() or _class(token[0]) != "word":
        return [token]
    edges = {0, *accumulate(len(cluster) for cluster in graphemes(token, is_extended=True))}
    parts: list[str] = []
    at = 0
    for part in split_word_bounds(token):
        # A vowel of Thai or Lao may be parted from its letter there, which is one cluster with it.
        if at in edges:
            parts.append(part)
        else:
            parts[-1] += part
        at += len(part)
    return parts


def compare(lemma: str, reading: str, offset: int = 0) -> tuple[Edit, ...]:
    """The edits that turn a lemma into its reading, in order, shifted by ``offset``."""
    old, new = tokenize(lemma), tokenize(reading)
    position = [offset]
    for token in old:
        position.append(position[-1] + len(token))
    # What both begin and end with needs no comparing, which takes the square of the length.
    head = _common(old, new)
    old, new, position = old[head:], new[head:], position[head:]
    tail = _common(old[::-1], new[::-1])
    old, new = old[: len(old) - tail], new[: len(new) - tail]
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    return tuple(
        Edit(position[i1], position[i2], "".join(new[j1:j2]))
        for tag, i1, i2, j1, j2 in matcher.get_opcodes()
        if tag != "equal"
    )


def check(edits: Iterable[Edit]) -> None:
    """Raise `EditConflict` unless the edits make one emended text."""
    previous: Edit | None = None
    for edit in sorted(edits):
        if previous is not None and _overlap(previous, edit):
            raise EditConflict(previous, edit)
        previous = edit


def apply(string: str, edits: Iterable[Edit]) -> str:
    """The emended string.  Raises `EditConflict` where edits overlap."""
    ordered = sorted(edits)
    check(ordered)
    parts: list[str] = []
    at = 0
    for start, end, text in ordered:
        parts += (string[at:start], text)
        at = end
    return "".join((*parts, string[at:]))


def _common(old: list[str], new: list[str]) -> int:
    """How many tokens two lists begin with alike."""
    return next((n for n, (one, two) in enumerate(zip(old, new, strict=False)) if one != two), min(len(old), len(new)))


def _class(character: str) -> str:
    category = unicodedata.category(character)
    if category[0] in "LM":
        return "word"
    if category == "Nd":
        return "number"
    if category == "No":
        return "numeral"
    if character.isspace():
        return "space"
    return ""
