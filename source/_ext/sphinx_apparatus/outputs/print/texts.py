"""A text as it is printed: its lines, and the entries at its feet.  Pure Python."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.direction import direction, turning
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET, shorten, spans
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.text import Paragraph, Text
from sphinx_apparatus.outputs.print.chunks import again, note_at, settle
from sphinx_apparatus.outputs.print.literal import pieces, whole
from sphinx_apparatus.outputs.print.verses import scheme_key
from sphinx_apparatus.outputs.print.verses import verses as verses_of
from sphinx_apparatus.sphinx_ext.locale import _

#: What shows white space that an emendation takes away (U+2423, *open box*).
OPEN_BOX = "␣"

#: What a line cannot show otherwise than as a space.
_SPACE = re.compile(r"\r\n|\s")


class Spot(NamedTuple):
    """Where something stands: its text, and its first and last line there."""

    text: str
    first: int
    last: int

    @property
    def key(self) -> str:
        """The lines as an entry has them."""
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


class FootPart(NamedTuple):
    """A place that an entry speaks of: its lines, the words of lemma and reading.

    ``after`` says that the first word is the editors' (*after*, *before*); ``nth``, which of
    several like words in its line the lemma is, 0 where it is the only one.
    """

    key: str
    after: bool
    lemma: tuple[str, ...]
    nth: int
    reading: tuple[str, ...]
    #: what keeps the bracket in its place where the lemma runs against the line
    turn: str = ""


class Foot(NamedTuple):
    """An entry at the foot; ``line`` is the one at whose end it is called, ``order`` its place among all."""

    id: str
    text: str
    layer: str
    order: int
    line: int
    parts: tuple[FootPart, ...]
    #: of a layer of the edition's own, how its row begins
    title: str = ""
    #: only the id is given: the note is in the commentary
    bare: bool = False
    #: of its layer, which orders the rows
    rank: int = 0

    def told(self) -> dict[str, Any]:
        """What Typst is told of it."""
        parts = [part._asdict() for part in self.parts]
        return {"id": self.id, "layer": self.layer, "parts": parts, "bare": self.bare}

    def standing_in(self, missing: frozenset[str]) -> Foot:
        """The same with what stands in for characters no font has."""

        def again(words: tuple[str, ...]) -> tuple[str, ...]:
            return pieces(whole(words), missing) if words else ()

        parts = (part._replace(lemma=again(part.lemma), reading=again(part.reading)) for part in self.parts)
        return self._replace(parts=tuple(parts))


def line_strings(text: Text, lines: Lines, paragraph: Paragraph) -> list[str]:
    """The characters of each line of a paragraph; a hyphen that is not of the text is a soft one."""
    found = []
    for number in lines.of_paragraph(paragraph.number):
        start, end = lines.span(number)
        words = _SPACE.sub(" ", text.string[start:end].strip())
        found.append(f"{words.rstrip(chr(0xAD))}\u00ad" if number in lines.hyphens else words)
    return found


def spot(text: Text, lines: Lines, span: Span) -> Spot:
    """The lines of a span; of white space at its ends nothing is said."""
    first, last = settle(text, span)
    while first < last and text.string[first].isspace():
        first += 1
    while first < last and text.string[last].isspace():
        last -= 1
    return Spot(text.siglum, lines.at(first), lines.at(last))


def wide_gaps(text: Text) -> frozenset[int]:
    """The numbers of the paragraphs before which the copy has more blank lines than it usually has."""
    pairs = list(zip(text.paragraphs, text.paragraphs[1:], strict=False))
    ends = {after.number: len(re.findall(r"\r\n|\r|\n", text.string[one.end : after.start])) for one, after in pairs}
    if not ends:
        return frozenset()
    usual = Counter(ends.values()).most_common(1)[0][0]
    return frozenset(number for number, count in ends.items() if count > usual)


def feet(edition: Edition, text: Text, lines: Lines) -> list[Foot]:
    """The entries of a text, in its order."""
    numbers = verses_of(edition) if edition.texts[text.siglum].verses else {}
    return [
        _foot(edition, annotation, (text, lines, numbers), order)
        for order, annotation in enumerate(edition.of_text(text.siglum))
    ]


def _foot(
    edition: Edition, annotation: Annotation, copy: tuple[Text, Lines, dict[str, tuple[int, int]]], order: int
) -> Foot:
    text, lines, verses = copy
    string = text.string
    home = text.paragraph_at(annotation.span.start)
    entry = edition.entry(annotation.id)
    parts = []
    for number, (shown, span) in enumerate(zip(entry.parts, spans(annotation, string), strict=True), 1):
        at = spot(text, lines, span)
        place = span.start == span.end
        lemma = beside_place(string, span.start) if place else lemma_words(annotation, string, span, shown.lemma)
        like = again(string, span, home.start, home.end) if home else []
        in_line = [start for start in like if lines.at(start) == at.first]
        nth = sum(start < span.start for start in in_line) + 1 if in_line else 0
        verse = verses.get(f"{annotation.id}.{number}")
        key = at.key if verse is None else Spot("", *verse).key if verse[0] else _("tit.")
        if verse is not None and edition.texts[text.siglum].reference:
            key = scheme_key(edition.texts[text.siglum], span) or key
        turn = turning(" ".join(lemma), direction(edition.imprint.language))
        parts.append(FootPart(key, place, pieces(lemma), nth, pieces((shown.reading or "").split()), turn))
    first, last = settle(text, spans(annotation, string)[0])
    behind = note_at(Span(first, last), home.end if home else 0)
    layer = annotation.layer
    bare = not layer.reads and entry.parts[0].reading is None
    title = f"{_(layer.plural).capitalize()}:" if layer.says else ""
    rank = layer.rank
    return Foot(annotation.id, text.siglum, layer.name, order, lines.at(behind), tuple(parts), title, bare, rank)


def lemma_words(annotation: Annotation, string: str, span: Span, shown: str) -> Sequence[str]:
    """The words of a lemma; white space that the emendation takes away is made visible, and parts no words."""
    marked = list(string[span.start : span.end])
    found = False
    for edit in annotation.edits if annotation.layer.emends else ():
        gone = string[edit.start : edit.end]
        if gone and gone.isspace() and not edit.text.strip() and span.start <= edit.start and edit.end <= span.end:
            marked[edit.start - span.start : edit.end - span.start] = OPEN_BOX * len(gone)
            found = True
    return (shorten("".join(marked)) if found and not annotation.short else shown or CARET).split()


def beside_place(string: str, at: int) -> tuple[str, str]:
    """How an entry names a place: by the word before it, or where there is none, by the one behind."""
    before = string[:at].rsplit("\n", 1)[-1].split()
    if before:
        return _("after"), before[-1]
    behind_it = string[at:].split("\n", 1)[0].split()
    return _("before"), behind_it[0] if behind_it else ""
