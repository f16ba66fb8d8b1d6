"""The lines of a text, as data.

A line is the edition's, not the typesetter's: the division of a text into lines is made once
and kept (`sphinx_apparatus.stores.lines`), so that ``K ¶4, l. 19`` is the same in every output
and for ever.  An edition that keeps none has lines by rule (`divide`), the same at every build.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from unicode_segmentation_rs import graphemes, line_break_units, line_breaks, text_width

from sphinx_apparatus.anchoring.selector import Span

if TYPE_CHECKING:
    from sphinx_apparatus.model.text import Paragraph

#: Characters to a line by rule, within what is read with ease: 45 to 75
#: (R. Bringhurst, *The Elements of Typographic Style*, 2.1.2).
MEASURE = 62

#: U+00AD, which is a hyphen where a line ends with it, and nothing elsewhere
#: (Unicode Standard, 6.2, *Soft Hyphen*).
SOFT_HYPHEN = "\u00ad"


class LinesError(Exception):
    """What is given is no division of the text into lines; the message says where."""


@dataclass(frozen=True)
class Lines:
    """The lines of one text, numbered from 1 through it; offsets are code points from 0.

    ``starts`` has the code point with which each line begins, a line being within one
    paragraph; ``paragraphs`` are those of the text; ``hyphens`` has the numbers of the lines
    at whose end a hyphen is shown that is not a character of the text, because the line ends
    within a word, or with a soft hyphen.  White space at a break belongs to the line before.

    Making one raises `LinesError` if it is no division of these paragraphs.
    """

    starts: tuple[int, ...]
    paragraphs: tuple[Paragraph, ...]
    hyphens: frozenset[int] = frozenset()

    def __post_init__(self) -> None:
        _check(self.starts, self.paragraphs)
        for line in sorted(self.hyphens):
            if not 1 <= line <= len(self.starts):
                raise LinesError(f"line {line} is said to end with a hyphen; there are lines 1 to {len(self.starts)}")
            if self.span(line).end == self.paragraphs[self.paragraph(line) - 1].end:
                raise LinesError(f"line {line} is said to end with a hyphen, but ends ¶{self.paragraph(line)}")

    def __len__(self) -> int:
        """How many lines the text has."""
        return len(self.starts)

    @cached_property
    def _firsts(self) -> list[int]:
        """The number of the first line of each paragraph."""
        return [bisect_right(self.starts, paragraph.start) for paragraph in self.paragraphs]

    def at(self, offset: int) -> int:
        """The line that holds a code point, or the last before it; 0 in a text without lines."""
        return max(bisect_right(self.starts, offset), min(1, len(self.starts)))

    def of_span(self, span: Span) -> tuple[int, int]:
        """The first and the last line of a span; 0 and 0 in a text without lines.

        A place between two characters is where the one before it is; at the start of a
        paragraph, where the one behind it is.
        """
        start, end = span
        first = self.at(start)
        if start < end:
            return first, self.at(end - 1)
        begins = first and self.starts[first - 1] == start and self._firsts[self.paragraph(first) - 1] == first
        line = first if begins else self.at(start - 1)
        return line, line

    def of_paragraph(self, number: int) -> range:
        """The numbers of the lines of a paragraph.  Raises ``LookupError`` if there is no such paragraph."""
        if not 1 <= number <= len(self.paragraphs):
            raise LookupError(f"there are ¶1 to ¶{len(self.paragraphs)}, no ¶{number}")
        after = self._firsts[number] if number < len(self.paragraphs) else len(self.starts) + 1
        return range(self._firsts[number - 1], after)

    def paragraph(self, line: int) -> int:
        """The number of the paragraph of a line.  Raises ``LookupError`` if there is no such line."""
        if not 1 <= line <= len(self.starts):
            raise LookupError(f"there are lines 1 to {len(self.starts)}, no line {line}")
        return bisect_right(self._firsts, line)

    def span(self, line: int) -> Span:
        """The characters of a line, with the white space at its end.  Raises ``LookupError`` if there is none."""
        home = self.paragraphs[self.paragraph(line) - 1]
        following = self.starts[line] if line < len(self.starts) else home.end
        return Span(self.starts[line - 1], min(following, home.end))


def _check(starts: Sequence[int], paragraphs: Sequence[Paragraph]) -> None:
    """Prove that each paragraph is divided, from its start on, and nothing else.  Raises `LinesError`."""
    line = 0
    for paragraph in paragraphs:
        if line == len(starts) or starts[line] != paragraph.start:
            found = f"line {line + 1} begins at {starts[line]}" if line < len(starts) else "no line begins there"
            raise LinesError(f"¶{paragraph.number} begins at code point {paragraph.start}, but {found}")
        line += 1
        while line < len(starts) and starts[line] < paragraph.end:
            if starts[line] <= starts[line - 1]:
                raise LinesError(
                    f"line {line + 1} begins at code point {starts[line]}, not behind line {line} ({starts[line - 1]})"
                )
            line += 1
    if line < len(starts):
        raise LinesError(f"line {line + 1} begins at code point {starts[line]}, behind the last paragraph")


def divide(string: str, paragraphs: Sequence[Paragraph], measure: int = MEASURE, verse: bool = False) -> Lines:
    """The lines of a text by rule, in time linear in its length.

    Each line takes what fits into ``measure`` characters: grapheme clusters (UAX 29), of which
    wide ones of East Asia (UAX 11) count two, and white space at either end of a line nothing.
    It ends only where a line may break (UAX 14), or where it must (U+2028, for instance); a
    word longer than the measure is broken between two clusters.  No word is hyphenated.  In
    ``verse``, each line of the copy, which is a paragraph here, is one line.

    Raises ``ValueError`` if the measure is less than 1.
    """
    if measure < 1:
        raise ValueError(f"a line has at least 1 character, not {measure}")
    starts: list[int] = []
    for paragraph in paragraphs:
        starts.append(paragraph.start)
        if not verse:
            # The line ends of a copy that is broken to a width are set as spaces.
            words = string[paragraph.start : paragraph.end].replace("\r", " ").replace("\n", " ")
            starts.extend(paragraph.start + at for at in _fill(words, measure))
    return Lines(tuple(starts), tuple(paragraphs), soft_hyphens(string, starts))


def soft_hyphens(string: str, starts: Sequence[int]) -> frozenset[int]:
    """The numbers of the lines that end with a soft hyphen before the line that begins next."""
    return frozenset(line for line, start in enumerate(starts) if start and string[start - 1] == SOFT_HYPHEN)


def _fill(string: str, measure: int) -> Iterator[int]:
    """Where each line of a paragraph begins but the first.

    ``used`` is the width from the first character of the line that is not white space to
    ``at``; ``chance`` is the last place where the line may end, and the width up to there.
    """
    opportunities = _opportunities(string)
    at, used, may, must = 0, 0, False, False
    chance: tuple[int, int] | None = None
    for cluster in clusters(string):
        if used and at in opportunities:
            may, must = True, must or opportunities[at]
        if not cluster.isspace():
            # A break within white space, or before it, is behind it.
            if must:
                yield at
                used, chance = 0, None
            elif may:
                chance = (at, used)
            may = must = False
            width = _width(cluster)
            while used and used + width > measure:
                begin, before = chance or (at, used)
                yield begin
                used, chance = used - before, None
            used += width
        elif used:
            used += 1
        at += len(cluster)


def _opportunities(string: str) -> dict[int, bool]:
    """Where a line may break, and whether it must there."""
    ends = accumulate(map(len, line_break_units(string)))
    return {at: must for at, (_byte, must) in zip(ends, line_breaks(string), strict=True)}


def clusters(string: str) -> Iterator[str]:
    """The grapheme clusters; a combining mark behind a control, alone for UAX 29, goes with it."""
    held = ""
    for cluster in graphemes(string, is_extended=True):
        if held and not unicodedata.category(cluster[0]).startswith("M"):
            yield held
            held = ""
        held += cluster
    if held:
        yield held


def _width(cluster: str) -> int:
    """How many characters a grapheme cluster counts for: 2 where its first one is wide, else 1."""
    return 2 if cluster[0] > "\u10ff" and text_width(cluster[0]) > 1 else 1
