"""What emendations change in the texts, and which of them changes what."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.model.annotation import Annotation


class Emended:
    """The edits of all emendations, text by text, in order; of two emendations they never overlap."""

    def __init__(self, annotations: Iterable[Annotation]) -> None:
        found: dict[str, list[tuple[Edit, str]]] = {}
        for annotation in annotations:
            found.setdefault(annotation.siglum, []).extend((edit, annotation.id) for edit in annotation.edits)
        self._emenders = {siglum: sorted(edits) for siglum, edits in found.items()}
        self._edits = {siglum: [edit for edit, _ in edits] for siglum, edits in self._emenders.items()}

    def emender(self, siglum: str, offset: int) -> str | None:
        """The emendation that changes a text at a code point, or puts something in before it."""
        edits = self._emenders.get(siglum, [])
        at = bisect_left(edits, ((offset + 1,),))
        return edits[at - 1][1] if at and offset <= edits[at - 1][0].end else None

    def within(self, annotation: Annotation) -> tuple[Edit, ...]:
        """All edits that change words of an annotation's lemma, whoever made them, in order.

        What another puts in before its first word or behind its last is not within it.
        """
        start, end = annotation.span
        edits = self._edits.get(annotation.siglum, [])
        found = []
        for edit in edits[bisect_left(edits, (start,)) :]:
            if edit.start > end:
                break
            edge = edit.start == edit.end and edit.start in (start, end)
            if edit.end <= end and (not edge or edit in annotation.edits):
                found.append(edit)
        return tuple(found)
