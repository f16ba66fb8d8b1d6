"""The text of a witness: that of the edition with the readings that are recorded of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sphinx_apparatus.anchoring.selector import like_lines
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.text import Paragraph
from sphinx_apparatus.model.witness import Reading, Witness, having

#: Scripts without spaces between words, besides those of wide characters: Thai, Lao, Tibetan, Burmese, Khmer.
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")


class Varied(NamedTuple):
    """What a witness has in place of the code points ``start`` to ``end``; ``id`` is that of the variant."""

    start: int
    end: int
    words: str
    id: str


class Witnessed(NamedTuple):
    """Its readings, in order and apart from each other; and the variants of which it is not told where they stand."""

    readings: tuple[Varied, ...]
    unplaced: tuple[str, ...]


def witnessed(edition: Edition, witness: Witness) -> Witnessed:
    """What a witness has where it varies.

    Of two readings on the same words the one on more of them counts; the other has no place,
    as has a transposition that does not say in which order the words are.
    """
    string = edition.texts[witness.text].text.string
    found: list[Varied] = []
    unplaced = []
    for annotation in edition.of_text(witness.text):
        if not annotation.layer.varies:
            continue
        try:
            reading = having(edition.readings(annotation.id), witness)
        except ModelError:
            continue  # a reading names no witness, which is told
        if reading is None or reading.repeats(annotation.lemma):
            continue
        made = _varied(string, annotation, reading)
        if made is None or (found and (made.start < found[-1].end or made[:2] == found[-1][:2])):
            unplaced.append(annotation.id)
        else:
            found.append(made)
    return Witnessed(tuple(found), tuple(unplaced))


def _varied(string: str, annotation: Annotation, reading: Reading) -> Varied | None:
    start, end = annotation.span
    if reading.mark in ("om.", "del."):
        return Varied(*_with_space(string, start, end), "", annotation.id)
    if not reading.words:
        return None
    if reading.mark == "add.":
        return Varied(end, end, _set_apart(string, end, reading.words), annotation.id)
    if start == end:
        return Varied(end, end, _set_apart(string, end, reading.words), annotation.id)
    return Varied(start, end, like_lines(annotation.lemma, reading.words), annotation.id)


def _with_space(string: str, start: int, end: int) -> tuple[int, int]:
    """A span that goes, with a space beside it, so that not two are left."""
    before, behind = string[start - 1 : start] or "\n", string[end : end + 1] or "\n"
    if before.isspace() and behind == " ":
        return start, end + 1
    if before == " " and (behind.isspace() or unicodedata.category(behind)[0] == "P"):
        return start - 1, end
    return start, end


def _set_apart(string: str, at: int, words: str) -> str:
    """Words put in at a place, with a space on either side that has none and needs one."""
    before, behind = string[at - 1 : at], string[at : at + 1]
    left = " " if _spaced(before) and _spaced(words[:1]) else ""
    right = " " if _spaced(behind) and _spaced(words[-1:]) else ""
    return f"{left}{words}{right}"


def _spaced(character: str) -> bool:
    """Whether a character is of a word that a space parts from the next."""
    return (
        character.isalnum() and unicodedata.east_asian_width(character) not in "WF" and not _UNSPACED.match(character)
    )


class Piece(NamedTuple):
    """Words of a paragraph as a witness has them; ``id`` is that of the variant, if they are one's."""

    words: str
    id: str = ""


def pieces(string: str, paragraph: Paragraph, readings: Sequence[Varied]) -> Iterable[Piece]:
    """A paragraph as a witness has it; ``readings`` are those that touch it.

    What a reading puts in place of several paragraphs stands in the first of them.
    """
    at = paragraph.start
    for start, end, words, identifier in readings:
        if at < start:
            yield Piece(string[at : min(start, paragraph.end)])
        if start >= paragraph.start:
            yield Piece(words, identifier)
        at = max(at, end)
    if at < paragraph.end:
        yield Piece(string[at : paragraph.end])
