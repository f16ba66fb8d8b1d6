"""A translation beside its text: which paragraphs of the two stand beside which.

Paragraphs are those of each text's own structure: prose beside verse, for instance.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sphinx_apparatus.model.reference import ModelError

_SIDE = r"(?:¶?\s*(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?|[-–])"
_PAIR = re.compile(rf"{_SIDE}\s*=\s*{_SIDE}")


class Band(NamedTuple):
    """A passage and its translation: the numbers of the paragraphs of each; a side may have none."""

    original: range
    translation: range

    def __str__(self) -> str:
        return f"{_written(self.original)} = {_written(self.translation)}"


def parse_aligned(option: str) -> tuple[Band, ...]:
    """The pairs of an option, ``1-7 = 1; 8 = 2-3; 9 = -``.  Raises `ModelError`."""
    found = []
    for piece in filter(None, (piece.strip() for piece in option.split(";"))):
        match = _PAIR.fullmatch(piece)
        if match is None:
            raise ModelError(f":aligned: {piece!r} is not of the form '1-7 = 1' (- for what has nothing beside it)")
        first, last, own_first, own_last = match.groups()
        band = Band(_range(first, last), _range(own_first, own_last))
        if not band.original and not band.translation:
            raise ModelError(f":aligned: {piece!r} sets nothing beside nothing")
        found.append(band)
    return tuple(found)


def align(count: int, own: int, pairs: Sequence[Band]) -> tuple[Band, ...]:
    """The passages of a text of ``count`` paragraphs and of its translation of ``own``, in order.

    Without pairs, paragraph by paragraph.  Raises `ModelError` if a paragraph of either would
    stand nowhere, or twice.
    """
    if not pairs:
        if count != own:
            raise ModelError(
                f"the text has {count} paragraphs and its translation {own}; say in :aligned: which stand beside "
                f"which, as 1-{max(count, 2)} = 1"
            )
        return tuple(Band(range(n, n + 1), range(n, n + 1)) for n in range(1, count + 1))
    for side, name, last in ((0, "text", count), (1, "translation", own)):
        expected = 1
        for pair in pairs:
            if not pair[side]:
                continue
            if pair[side].start != expected:
                raise ModelError(f":aligned: '{pair}': of the {name}, ¶{expected} comes next")
            expected = pair[side].stop
        if expected != last + 1:
            more = f"¶{expected} has no place" if expected <= last else f"there is no ¶{expected - 1}"
            raise ModelError(f":aligned: of the {name}, which has ¶1 to ¶{last}, {more}")
    return tuple(pairs)


def edges(bands: Sequence[Band], side: int) -> Iterator[tuple[int, int, int]]:
    """For each passage of one side (0 the text, 1 the translation): its number from 1, its first and last paragraph."""
    for number, band in enumerate(bands, 1):
        if band[side]:
            yield number, band[side].start, band[side].stop - 1


def begins_beside(bands: Sequence[Band], pages: Sequence[int]) -> list[tuple[int, int]]:
    """With which paragraph of the text, and of the translation, each further page begins, at the next passage.

    ``pages`` are those of the text by itself.
    """
    found: list[tuple[int, int]] = []
    for page in pages:
        at = next((at for at, band in enumerate(bands) if band[0] and band[0].start >= page), None)
        if at is None:
            break
        begun = sum(len(band[1]) for band in bands[:at])
        if not found or bands[at][0].start > found[-1][0]:
            found.append((bands[at][0].start, begun + 1))
    return found


def _range(first: str | None, last: str | None) -> range:
    if first is None:
        return range(0)
    stop = int(last or first) + 1
    if not 0 < int(first) < stop:
        raise ModelError(f":aligned: ¶{first}–{last or first} is no run of paragraphs")
    return range(int(first), stop)


def _written(numbers: range) -> str:
    if not numbers:
        return "-"
    return f"{numbers.start}-{numbers.stop - 1}" if len(numbers) > 1 else str(numbers.start)
