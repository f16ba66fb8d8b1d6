"""Weaving: a text and the marks laid over it, cut into runs.

Marks may overlap, nest, coincide, be empty or reach over paragraphs.  Joining the
runs gives the text back; the number of runs is linear in that of the marks.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from itertools import zip_longest
from typing import Generic, NamedTuple, TypeVar

from sphinx_apparatus.anchoring.selector import Span

Key = TypeVar("Key", bound=Hashable)


class Mark(NamedTuple, Generic[Key]):
    """A key laid over a span of code points; a place where start equals end."""

    key: Key
    start: int
    end: int


class Run(NamedTuple, Generic[Key]):
    """The longest stretch of text under the same marks.

    ``cover`` names the marks innermost (shortest) first; ``first`` those whose first
    run this is, ``last`` those whose last it is.  A place is a run of no length.
    """

    start: int
    end: int
    cover: tuple[Key, ...]
    first: tuple[Key, ...] = ()
    last: tuple[Key, ...] = ()


def weave(span: Span, marks: Iterable[Mark[Key]]) -> list[Run[Key]]:
    """Cut a span into runs.

    Marks are clipped to the span; ``first`` and ``last`` still speak of whole marks,
    so that of a mark over two paragraphs each end is told once.  A place at the end
    of the span belongs to it, one before its start does not.  Marks of equal length
    keep the order in which they are given.
    """
    start, end = span
    ranked = sorted(
        (
            mark
            for mark in marks
            if (mark.start < end and mark.end > start) or (mark.start == mark.end and start <= mark.start <= end)
        ),
        key=lambda mark: mark.end - mark.start,
    )
    opening: dict[int, list[int]] = {}
    closing: dict[int, list[int]] = {}
    places: dict[int, list[int]] = {}
    for rank, mark in enumerate(ranked):
        if mark.start == mark.end:
            places.setdefault(mark.start, []).append(rank)
        else:
            opening.setdefault(max(mark.start, start), []).append(rank)
            closing.setdefault(min(mark.end, end), []).append(rank)
    cuts = sorted({start, end, *opening, *closing, *places})

    runs: list[Run[Key]] = []
    open_marks: set[int] = set()
    for cut, until in zip_longest(cuts, cuts[1:]):
        # What closes at a cut no longer covers a place there; what opens there does
        # not yet: a place stands between two characters, under what spans both.
        open_marks.difference_update(closing.get(cut, ()))
        for rank in places.get(cut, ()):
            key = ranked[rank].key
            runs.append(Run(cut, cut, (key, *_keys(ranked, open_marks)), (key,), (key,)))
        open_marks.update(opening.get(cut, ()))
        if until is not None:
            first = tuple(ranked[rank].key for rank in opening.get(cut, ()) if ranked[rank].start == cut)
            last = tuple(ranked[rank].key for rank in closing.get(until, ()) if ranked[rank].end == until)
            runs.append(Run(cut, until, _keys(ranked, open_marks), first, last))
    return runs


def _keys(ranked: list[Mark[Key]], ranks: set[int]) -> tuple[Key, ...]:
    return tuple(ranked[rank].key for rank in sorted(ranks))
