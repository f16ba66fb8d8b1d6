"""Where words stand in a text; in a long one, asked again and again, without reading all of it each time.

A text is taken in blocks.  Of each run of four characters an index says, as the bits of a number, in
which blocks it begins; words are looked for where all runs of theirs are.  The index only leaves out
blocks, so that the answer is that of `str.find`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

#: Code points of a block, and of a run.
BLOCK, _RUN = 4096, 4

#: A text of fewer code points is read as fast as an index.
LONG = 1 << 16

#: The questions after which an index pays.
MANY = 100

#: The kinds of runs told apart, and how many runs of what is looked for are asked for.
_KINDS, _ASKED = (1 << 16) - 1, 32


def find_all(string: str, part: str) -> list[int]:
    """Where a part begins in a string, in order; places may overlap."""
    if len(string) < LONG or len(part) < _RUN:
        return list(_found(string, part, 0, len(string)))
    return _index(string).find_all(part)


def _found(string: str, part: str, start: int, end: int) -> Iterator[int]:
    """Where it stands between two code points."""
    at = string.find(part, start, end)
    while at >= 0:
        yield at
        at = string.find(part, at + 1, end)


class _Index:
    def __init__(self, string: str) -> None:
        self._string = string
        self._asked = 0
        self._blocks: dict[int, int] | None = None

    def find_all(self, part: str) -> list[int]:
        self._asked += 1
        if self._asked <= MANY:
            return list(_found(self._string, part, 0, len(self._string)))
        found: list[int] = []
        blocks = self._blocks_of(part)
        while blocks:
            lowest = blocks & -blocks
            blocks ^= lowest
            start = (lowest.bit_length() - 1) * BLOCK
            found += _found(self._string, part, start, start + BLOCK - 1 + len(part))
        return found

    def _blocks_of(self, part: str) -> int:
        """The blocks in which the part may begin, as bits."""
        if self._blocks is None:
            self._blocks = _made(self._string)
        runs = _runs(part[: _ASKED + _RUN - 1], 0, _ASKED)
        blocks = self._blocks.get(next(runs), 0)
        for run in runs:
            # A later run of it may begin in the block behind.
            bits = self._blocks.get(run, 0)
            blocks &= bits | bits >> 1
        return blocks


def _made(string: str) -> dict[int, int]:
    made: dict[int, int] = {}
    for number, start in enumerate(range(0, len(string), BLOCK)):
        bit = 1 << number
        for run in set(_runs(string, start, start + BLOCK)):
            made[run] = made.get(run, 0) | bit
    return made


def _runs(string: str, start: int, end: int) -> Iterator[int]:
    """The kinds of the runs that begin between two code points."""
    return (hash(string[at : at + _RUN]) & _KINDS for at in range(start, min(end, len(string) - _RUN + 1)))


@lru_cache(maxsize=4)
def _index(string: str) -> _Index:
    return _Index(string)
