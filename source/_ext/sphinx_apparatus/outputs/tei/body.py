"""A text in TEI: its characters, the emendations where they are, anchors for everything else.

What is left when the editors' elements are taken away (``corr``, with all in it, and the empty
ones: ``anchor``, ``lb``, ``milestone``) is the text, character for character; ``g`` stands for a character that
XML cannot hold (TEI P5, 5.2).  Edits of two emendations never overlap, so they can be elements;
lemmata of annotations may, so they are pointed at.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.outputs.tei.xml import bibl_id, element, text


class _Changed(NamedTuple):
    edit: Edit
    annotation: Annotation


class _Body:
    """What stands where in a text."""

    def __init__(self, record: TextRecord, annotations: Iterable[Annotation], lines: Lines) -> None:
        self.string = record.text.string
        #: empty elements by the code point before which they stand
        self.empty: dict[int, list[str]] = {}
        self.changes: list[_Changed] = []
        for number, start in enumerate(lines.starts, 1):
            # A hyphen that ends the line before is no character of the text: its word goes on.
            self._stand(start, element("lb", n=str(number), break_="no" if number - 1 in lines.hyphens else None))
        for milestone in record.milestones:
            name = f"{record.text.siglum}-{milestone.fragment}"
            about = {"unit": milestone.unit, "n": milestone.number, "facs": milestone.facsimile or None}
            self._stand(milestone.offset, element("milestone", xml__id=name, **about))
        for annotation in annotations:
            start, end = annotation.span
            self._stand(start, element("anchor", xml__id=f"{annotation.id}.start"))
            self._stand(end, element("anchor", xml__id=f"{annotation.id}.end"))
            self.changes += [_Changed(edit, annotation) for edit in annotation.edits]
        self.changes.sort(key=lambda changed: (changed.edit.start, changed.edit.end))
        self._starts = [changed.edit.start for changed in self.changes]
        self.places = sorted(self.empty)
        self.at_change = self.at_place = 0

    def _stand(self, place: int, written: str) -> None:
        self.empty.setdefault(place, []).append(written)

    def is_within_a_change(self, place: int) -> bool:
        """Whether an edit begins before a place and ends behind it, so that no element can begin or end there."""
        at = bisect_left(self._starts, place) - 1
        return at >= 0 and self.changes[at].edit.end > place

    def until(self, start: int, end: int, *, last: bool) -> str:
        """What stands from one code point to another; at the last one too, where the text ends there."""
        made: list[str] = []
        at = start
        while self.at_change < len(self.changes):
            edit, annotation = self.changes[self.at_change]
            if edit.start > end or (edit.start == end and not last):
                break
            self.at_change += 1
            made.append(self._plain(at, edit.start, last=False))
            sic = element("sic", self._plain(edit.start, edit.end, last=False))
            made.append(element("choice", sic, _corr(edit, annotation)))
            at = edit.end
        made.append(self._plain(at, end, last=last))
        return "".join(made)

    def _plain(self, start: int, end: int, *, last: bool) -> str:
        made: list[str] = []
        at = start
        while self.at_place < len(self.places):
            place = self.places[self.at_place]
            if place > end or (place == end and not last):
                break
            self.at_place += 1
            made += (text(self.string[at:place]), *self.empty[place])
            at = place
        made.append(text(self.string[at:end]))
        return "".join(made)


def _corr(edit: Edit, annotation: Annotation) -> str:
    return element(
        "corr",
        text(edit.text),
        corresp=f"#{annotation.id}",
        resp=f"#{editor_id(annotation.editor)}",
        cert=annotation.certainty.value,
        evidence=annotation.evidence.value,
        source=" ".join(f"#{bibl_id(key)}" for key in annotation.cites),
    )


def editor_id(key: str) -> str:
    """The name of an editor, from the key."""
    return "r." + bibl_id(key)[2:]


def body(record: TextRecord, annotations: Iterable[Annotation], lines: Lines) -> str:
    """The ``div`` of a text, on one line: all white space in it is the text's."""
    made = _Body(record, annotations, lines)
    pieces = list(_pieces(record))
    content = []
    for number, (start, end, paragraph) in enumerate(pieces, 1):
        verse = record.verses.get(paragraph) if paragraph else None
        inner = _speaking(made, start, end, verse.name if verse else 0, last=number == len(pieces))
        if paragraph:
            role = "heading" if paragraph in record.headings else verse.role if verse else ""
            anchor = Passage(record.text.siglum, paragraph).anchor
            if role == "verse":
                content.append(element("l", inner, xml__id=anchor, n=str(verse.number) if verse else None))
            else:
                content.append(element("p", inner, xml__id=anchor, n=str(paragraph), rend=role))
        else:
            content.append(element("ab", inner, type_="blank"))
    return element("div", *content, type_="text", xml__space="preserve")


def _speaking(made: _Body, start: int, end: int, name: int, *, last: bool) -> str:
    """A piece; a name of so many code points at its beginning is that of the speaker."""
    lead = start + len(made.string[start:end]) - len(made.string[start:end].lstrip())
    if not name or made.is_within_a_change(lead) or made.is_within_a_change(lead + name):
        return made.until(start, end, last=last)
    speaker = (made.until(start, lead, last=False), made.until(lead, lead + name, last=False))
    return speaker[0] + element("seg", speaker[1], type_="speaker") + made.until(lead + name, end, last=last)


def _pieces(record: TextRecord) -> Iterator[tuple[int, int, int]]:
    """Paragraphs with their line endings, and what stands between them; each with its number, or 0."""
    string, at = record.text.string, 0
    for paragraph in record.text.paragraphs:
        if at < paragraph.start:
            yield at, paragraph.start, 0
        end = paragraph.end
        ending = string[end : end + 2]
        at = end + (2 if ending == "\r\n" else 1 if ending[:1] in ("\r", "\n") and ending else 0)
        yield paragraph.start, at, paragraph.number
    if at < len(string) or not record.text.paragraphs:
        yield at, len(string), 0
