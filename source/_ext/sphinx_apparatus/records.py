"""What the domain remembers of a text and of a withdrawn id."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_apparatus.texts import Text


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


class Tombstone(NamedTuple):
    """A withdrawn id; it is never given out again and keeps its page."""

    #: the id
    id: str
    #: the page of its text
    docname: str
    #: the edition that withdrew it
    version: str
    #: why
    reason: str
