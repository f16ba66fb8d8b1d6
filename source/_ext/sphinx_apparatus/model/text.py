"""A text as it came down to us, its paragraphs, and where it stands in the edition.

Offsets are code points of the decoded string, from 0; paragraph numbers (¶) count
from 1.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

#: A line ends as POSIX, DOS or old Macintosh files end one.  ``str.splitlines``
#: would also split at U+000B, U+0085, U+2028 and others, which are characters
#: of the text here.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")

#: What a blank line may hold besides ``str.isspace`` characters.
_INVISIBLE = "\ufeff"


@dataclass(frozen=True)
class Paragraph:
    """A non-empty line of a text.

    ``number`` counts from 1; ``start`` and ``end`` are code points, the line
    ending excluded.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """A text and what identifies it: siglum, file name, SHA-256 of its bytes."""

    siglum: str
    filename: str
    sha256: str
    string: str

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order; blank lines belong to none."""
        return tuple(find_paragraphs(self.string))

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


def find_paragraphs(string: str) -> list[Paragraph]:
    """The non-empty lines of a string, numbered from 1."""
    found: list[Paragraph] = []
    for match in _LINE.finditer(string):
        line = match[1]
        if line.replace(_INVISIBLE, "").strip():
            found.append(Paragraph(len(found) + 1, match.start(1), match.end(1)))
    return found


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

    def source_of(self, paragraph: int) -> str:
        """The key of the work a paragraph is from."""
        for part in self.parts:
            if part.first <= paragraph <= part.last:
                return part.source
        return self.source
