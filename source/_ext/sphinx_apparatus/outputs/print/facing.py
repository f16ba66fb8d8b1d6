"""A text and its translation on facing pages: what comes on which opening of the book.  Pure Python.

The text is on the left page, its translation on the right one.  How much fits is estimated
with room to spare, before anything is set; should it not fit, the translation begins on the
right page that comes next, and no word is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import ceil
from typing import NamedTuple

from unicode_segmentation_rs import text_width

from sphinx_apparatus.model.alignment import Band
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.outputs.print.texts import Foot

#: The width of a letter in parts of the size of type, on the average and rather too much.
_LETTER = 0.5


class Page(NamedTuple):
    """Lengths in points: how high a page is, and its lines; its measure, and the size of type."""

    high: float
    wide: float
    size: float
    skip: float
    foot_size: float
    foot_skip: float
    spare: float


def facing_page(sizes: Mapping[str, float]) -> Page:
    """The page of the book's measures (`sphinx_apparatus.outputs.print.paper.settings`)."""
    return Page(
        sizes["height"] - sizes["top"] - sizes["bottom"], sizes["measure"], sizes["text-size"], sizes["text-skip"],
        sizes["foot-size"], sizes["foot-skip"], sizes["foot-spare"] + 0.6 * sizes["size"],
    )  # fmt: skip


class Run(NamedTuple):
    """Lines of a paragraph that are on one page: its number, the first and the last of them."""

    paragraph: int
    first: int
    last: int


Opening = tuple[list[Run], list[Run]]


class Side:
    """A text or its translation: how high each of its lines is, and the entries it calls."""

    def __init__(
        self, strings: Mapping[int, str], lines: Lines, white: Mapping[int, float], feet: Iterable[Foot], page: Page
    ) -> None:
        self.lines = lines
        self._high: dict[int, float] = {}
        for paragraph in lines.paragraphs:
            for number in lines.of_paragraph(paragraph.number):
                turned = ceil(text_width(strings[number]) * _LETTER * page.size / page.wide) if strings[number] else 1
                self._high[number] = page.skip * max(1, turned if len(lines.of_paragraph(paragraph.number)) == 1 else 1)
            self._high[lines.of_paragraph(paragraph.number)[0]] += white.get(paragraph.number, 0.0) * page.skip
        for foot in feet:
            self._high[foot.line] += _entry(foot, page)

    def high(self, paragraphs: range) -> float:
        """The height of paragraphs."""
        return sum(self._high[number] for paragraph in paragraphs for number in self.lines.of_paragraph(paragraph))

    def whole(self, paragraphs: range) -> list[Run]:
        """Paragraphs that are not parted."""
        return [Run(number, self.lines.of_paragraph(number)[0], self.lines.of_paragraph(number)[-1])
                for number in paragraphs]  # fmt: skip

    def parted(self, paragraphs: range, count: int) -> list[list[Run]]:
        """Paragraphs parted between their lines into runs of about one height."""
        share = self.high(paragraphs) / count
        found: list[list[Run]] = [[] for _ in range(count)]
        at = 0.0
        for paragraph in paragraphs:
            for number in self.lines.of_paragraph(paragraph):
                part = found[min(count - 1, int((at + self._high[number] / 2) / share))]
                if part and part[-1].paragraph == paragraph:
                    part[-1] = part[-1]._replace(last=number)
                else:
                    part.append(Run(paragraph, number, number))
                at += self._high[number]
        return found


def _entry(foot: Foot, page: Page) -> float:
    """About what an entry adds to the height of a foot."""
    letters = len(foot.id) + 4
    if not foot.bare:
        letters += sum(
            len(part.key) + 2 + sum(text_width(word) + 1 for word in (*part.lemma, *part.reading))
            for part in foot.parts
        )
    return letters * _LETTER * page.foot_size / page.wide * page.foot_skip


def openings(bands: Sequence[Band], text: Side, translation: Side, page: Page) -> list[Opening]:
    """The passages by openings, as many on one as fit; one that is too long for a page goes on to the next."""
    room = page.high - page.spare - 2 * page.foot_skip
    found: list[Opening] = []
    left = right = 0.0
    for band in bands:
        high, beside = text.high(band.original), translation.high(band.translation)
        if max(high, beside) > room:
            count = ceil(max(high, beside) / room)
            sides = text.parted(band.original, count), translation.parted(band.translation, count)
            found += zip(*sides, strict=True)
            left = right = room  # what follows begins a new one
            continue
        if not found or left + high > room or right + beside > room:
            found.append(([], []))
            left = right = 0.0
        found[-1][0].extend(text.whole(band.original))
        found[-1][1].extend(translation.whole(band.translation))
        left, right = left + high, right + beside
    return found
