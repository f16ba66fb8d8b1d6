"""Words, sentences and the differences between two wordings."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import NamedTuple

from sphinx_apparatus.anchoring.edits import tokenize
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.text import Text

#: Letters, joined by apostrophes; or digits.
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
#: A sentence ends with a stop, and what closes it or calls a note, before white space and a capital.
_SENTENCE_END = re.compile(r"[.!?][\"'”’)\]]*\d*(?=\s+[\"'“‘(\[]?[^\W\d_])")


class Word(NamedTuple):
    """A word where it stands; ``key`` is what it is compared by."""

    key: str
    start: int
    end: int


class Piece(NamedTuple):
    """A stretch of a wording, and whether the other wording lacks it."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Collation:
    """Two wordings in pieces; joined, the pieces are the wordings."""

    first: tuple[Piece, ...]
    second: tuple[Piece, ...]


def words_of(string: str, start: int, end: int) -> list[Word]:
    """The words of a stretch, without regard to case, punctuation and apostrophes.

    Figures directly after a letter are a call to a note, and no word.
    """
    found: list[Word] = []
    for match in _WORD.finditer(string, start, end):
        word, first = match[0], match.start()
        if word[0].isdigit() and first and string[first - 1].isalpha():
            continue
        key = word.casefold()
        found.append(Word(key if key.isalnum() else key.replace("'", "").replace("’", ""), first, match.end()))
    return found


def sentences(string: str, start: int, end: int) -> list[Span]:
    """The sentences of a stretch; white space between them belongs to none."""
    found: list[Span] = []
    at = start
    for match in _SENTENCE_END.finditer(string, start, end):
        if match.end() > at and _closes(string, match.start()):
            found.append(Span(at, match.end()))
            at = match.end()
            while at < end and string[at].isspace():
                at += 1
    if at < end:
        found.append(Span(at, end))
    return found


def around(text: Text, span: Span) -> Span:
    """The sentences of a text in which a stretch begins and ends; the stretch itself where it is in none."""
    found = [
        sentence
        for paragraph in text.paragraphs
        if paragraph.start < span.end and paragraph.end > span.start
        for sentence in sentences(text.string, paragraph.start, paragraph.end)
        if sentence.start < span.end and sentence.end > span.start
    ]
    return Span(found[0].start, found[-1].end) if found else span


#: Words that are cut short with a full stop.
_SHORT = frozenset({"Jan", "Feb", "Aug", "Sept", "Oct", "Nov", "Dec", "Mr", "Mrs", "Dr", "St", "vol", "ed", "eds"})


def _closes(string: str, stop: int) -> bool:
    """Whether a stop ends a sentence: not after a single capital or a word cut short."""
    before = re.search(r"[^\W_]+$", string[max(0, stop - 12) : stop])
    return before is None or not ((len(before[0]) == 1 and before[0].isupper()) or before[0] in _SHORT)


def collate(first: str, second: str) -> Collation:
    """Mark what each of two wordings has that the other has not.

    They are compared word by word; white space never differs.
    """
    old, new = (tokenize(" ".join(string.split())) for string in (first, second))
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        for pieces, tokens in ((left, old[i1:i2]), (right, new[j1:j2])):
            if tokens:
                pieces.append(Piece("".join(tokens), tag != "equal"))
    return Collation(tuple(outside(left)), tuple(outside(right)))


def outside(pieces: Iterable[Piece]) -> list[Piece]:
    """The same wording, neighbours of one sort joined and no blank at the ends of a difference.

    A blank alone between two differences is part of one.
    """
    given = [piece for piece in pieces if piece.text]
    found: list[Piece] = []
    for index, piece in enumerate(given):
        between = 0 < index < len(given) - 1 and given[index - 1].differs and given[index + 1].differs
        if not piece.differs and between and not piece.text.strip():
            piece = Piece(piece.text, True)
        _join(found, piece)
    parted: list[Piece] = []
    for piece in found:
        if not piece.differs:
            _join(parted, piece)
            continue
        core = piece.text.strip()
        before, _, after = piece.text.partition(core) if core else (piece.text, "", "")
        for part in (Piece(before, False), Piece(core, True), Piece(after, False)):
            _join(parted, part)
    return parted


def _join(pieces: list[Piece], piece: Piece) -> None:
    if not piece.text:
        return
    if pieces and pieces[-1].differs == piece.differs:
        piece = Piece(pieces.pop().text + piece.text, piece.differs)
    pieces.append(piece)
