"""A text as it came down to us, its paragraphs, and where it stands in the edition.

Offsets are code points of the decoded string, from 0; paragraph numbers (¶) count
from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.alignment import Band
from sphinx_apparatus.model.lines import Lines, divide
from sphinx_apparatus.model.scheme import find, label
from sphinx_apparatus.model.structure import (
    Milestone,
    Structure,
    Verse,
    paragraph_spans,
    region,
)


@dataclass(frozen=True)
class Paragraph:
    """A non-empty line of a text, or what its structure has in place of one.

    ``number`` counts from 1; ``start`` and ``end`` are code points, the line
    ending excluded.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """A text and what identifies it: siglum, file name, SHA-256 of its bytes; and how it is divided."""

    siglum: str
    filename: str
    sha256: str
    string: str
    structure: Structure = Structure.LINE

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order; blank lines belong to none."""
        return tuple(find_paragraphs(self.string, self.structure))

    @cached_property
    def lines(self) -> Lines:
        """The lines by rule; an edition that keeps lines has others."""
        return divide(self.string, self.paragraphs, verse=self.structure.verse)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that holds a code point, or the last one before it."""
        index = bisect_right(self._starts, offset)
        if index:
            return self.paragraphs[index - 1]
        return self.paragraphs[0] if self.paragraphs else None

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph of a number.  Raises ``LookupError`` if there is none."""
        if 1 <= number <= len(self.paragraphs):
            return self.paragraphs[number - 1]
        raise LookupError(f"text {self.siglum} has ¶1 to ¶{len(self.paragraphs)}, no ¶{number}")


def find_paragraphs(string: str, structure: Structure = Structure.LINE) -> list[Paragraph]:
    """The paragraphs of a string, numbered from 1: its non-empty lines, or what its structure has for them."""
    return [Paragraph(number, *span) for number, span in enumerate(paragraph_spans(string, structure), 1)]


class Part(NamedTuple):
    """A run of paragraphs with a source of its own."""

    #: number of the first paragraph, from 1
    first: int
    #: number of the last one
    last: int
    #: key of the bibliography
    source: str


class TextRecord(NamedTuple):
    """A text where it stands in the edition."""

    #: the text itself
    text: Text
    #: the page that holds it
    docname: str
    #: key of the bibliography, or empty
    source: str
    #: runs of paragraphs with a source of their own
    parts: tuple[Part, ...]
    #: numbers of the paragraphs that are headings
    headings: tuple[int, ...]
    #: BCP 47 tag
    language: str
    #: in verse and drama, what each paragraph is, by its number
    verses: Mapping[int, Verse] = {}
    #: where pages, folios, sections begin
    milestones: tuple[Milestone, ...] = ()
    #: *ltr*, *rtl*, or *auto* where the language does not tell
    direction: str = "auto"
    #: the siglum of the text that it translates, and stands beside
    translates: str = ""
    #: what of either stands beside what; of a translation
    bands: tuple[Band, ...] = ()
    #: the pattern of its references, as ``{book}.{verse}``
    reference: str = ""
    #: the unit of milestones from which on verses are numbered anew
    restarts: str = ""
    #: the rule by which it is divided into pages of a site
    paged: str = ""
    #: the paragraphs with which the second page and each one behind it begin
    pages: tuple[int, ...] = ()
    #: the line of the page on which it is declared
    line: int = 0

    def region(self, words: str) -> Span:
        """The part of the text that a reference names: ``¶3``, ``l. 12``, ``page 12``.  Raises `ModelError`."""
        spans = [Span(paragraph.start, paragraph.end) for paragraph in self.text.paragraphs]
        words = " ".join(words.split())
        if self.reference:
            found = find(self.reference, words, self.text.string, spans, self.verses, self.milestones)
            if found is not None:
                return found
        return region(self.text.string, spans, self.verses, self.milestones, words)

    def label(self, offset: int, verse: str = "l. {number}") -> str:
        """How a place is referred to: as the edition declares, by ``verse`` in verse, else by nothing of its own."""
        paragraph = self.text.paragraph_at(offset)
        if paragraph is None:
            return ""
        if self.reference:
            return label(self.reference, offset, paragraph.number, self.verses, self.milestones)
        own = self.verses.get(paragraph.number)
        return verse.format(number=own.number) if own is not None and own.number else ""

    def name_at(self, number: int) -> Span:
        """Where the name of who speaks a verse stands before it; empty where there is none."""
        verse, start = self.verses.get(number), self.text.paragraph(number).start
        if verse is None or not verse.name:
            return Span(start, start)
        line = self.text.string[start : self.text.paragraph(number).end]
        start += len(line) - len(line.lstrip())
        return Span(start, start + verse.name)

    def source_of(self, paragraph: int) -> str:
        """The key of the work a paragraph is from."""
        for part in self.parts:
            if part.first <= paragraph <= part.last:
                return part.source
        return self.source
