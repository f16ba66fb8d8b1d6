"""An annotation: what an editor says of one place of a text, anchored."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.anchoring.selector import Selector, Span
from sphinx_apparatus.model.reference import ModelError, parse_id
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Layer


@dataclass(frozen=True)
class Relations:
    """What an annotation is set beside: ids and passages, as the editor wrote them."""

    see: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.see or self.contradicts or self.parallel)


@dataclass(frozen=True)
class Wording:
    """The words of a named source beside the lemma: a key of the bibliography and a quotation."""

    source: str
    quotation: str


@dataclass(frozen=True)
class Annotation:
    """One annotation, anchored.

    ``span`` and the ``edits`` are code points of the text.  ``reading`` is ``None``
    for a note and may be empty for an emendation that deletes.  ``short`` is the
    lemma as the apparatus gives it where the editor shortens it by hand.  ``body``
    is the plain text of the note on one line, a work that a sentence names written as
    ``[@key]``; ``cites`` are the keys of the bibliography in it.
    """

    id: str
    layer: Layer
    kind: str
    selector: Selector
    span: Span
    lemma: str
    reading: str | None
    certainty: Certainty
    evidence: Evidence
    editor: str
    body: str
    docname: str
    #: for messages only: what it says does not change when it moves down its page
    line: int = field(repr=False, compare=False)
    edits: tuple[Edit, ...] = ()
    short: str = ""
    cites: tuple[str, ...] = ()
    relations: Relations = field(default_factory=Relations)
    wording: Wording | None = None
    matter: str = ""
    right: str = ""
    #: the note as the editor wrote it, for the edition's data; what it says is ``body``
    written: str = field(default="", repr=False, compare=False)

    @cached_property
    def _parsed(self) -> tuple[str, int]:
        return parse_id(self.id)

    @property
    def siglum(self) -> str:
        """The siglum of the text annotated."""
        return self._parsed[0]

    @property
    def number(self) -> int:
        """The number in the id."""
        return self._parsed[1]

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts annotations as a reader meets them: by start, longest first, by number."""
        return self.span.start, -self.span.end, self.number

    @cached_property
    def digest(self) -> str:
        """A hash of what the annotation says, for the register; where it says it is left out.

        Works are named in it by their keys: to mend a record of the bibliography changes no annotation.
        """
        judged = self.certainty.value, self.evidence.value
        return digest_of(self.layer.name, self.kind, self.lemma, self.reading, *judged, self.body, self.cites)


def digest_of(
    layer: str,
    kind: str,
    lemma: str,
    reading: str | None,
    certainty: str,
    evidence: str,
    body: str,
    cites: Iterable[str],
) -> str:
    """The hash of what an annotation says: sixteen figures of base 16; published in the register, it never changes."""
    said = [layer, kind, lemma, reading, certainty, evidence, " ".join(body.split()), list(cites)]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def check_reading(layer: Layer, lemma: str, reading: str | None) -> None:
    """Raise `ModelError` unless layer, lemma and reading agree."""
    if not layer.reads:
        if reading is not None:
            raise ModelError(
                f"{layer.article} has no reading; write an ed:emendation (the text should say it) or an "
                "ed:correction (it is the case), or leave :reading: out"
            )
        return
    if reading is None:
        raise ModelError(f"{layer.article} needs a :reading:")
    if layer.varies:
        return
    if reading == lemma:
        raise ModelError(f"the reading is the same as the lemma, {lemma!r}; say what differs, or write an ed:note")
    if layer.corrects and not reading.strip():
        raise ModelError(f"{layer.article} needs a :reading: with words in it: what is right")
