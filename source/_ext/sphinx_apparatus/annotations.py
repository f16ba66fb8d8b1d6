"""The model of an annotation: what an editor says of one place of a text.

Vocabulary: certainty is TEI's ``cert``, evidence TEI's ``evidence`` (TEI P5, att.global.responsibility
and att.editLike); selectors are those of the W3C Web Annotation Data Model.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from enum import StrEnum

from sphinx_apparatus.anchoring import Selector, Span
from sphinx_apparatus.editing import Edit


class Layer(StrEnum):
    """What an annotation does to its lemma."""

    #: The text has a slip or was damaged; the reading is what it should say.
    EMENDATION = "emendation"
    #: The text says what it meant, and that is wrong; the reading is what is right.
    CORRECTION = "correction"
    #: No reading: a gloss, a parallel, a contradiction, a disputed matter.
    NOTE = "note"


class Certainty(StrEnum):
    """How sure the editor is (TEI ``cert``)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"


class Evidence(StrEnum):
    """What the judgement rests on (TEI ``evidence``)."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    CONJECTURE = "conjecture"


#: The kinds of each layer; the first is taken where none is given.
KINDS: dict[Layer, tuple[str, ...]] = {
    Layer.EMENDATION: ("slip", "damage", "name", "numbering", "reference"),
    Layer.CORRECTION: ("fact",),
    Layer.NOTE: ("gloss", "contested", "contradiction", "parallel"),
}

#: A siglum is letters, an id a siglum and a number that does not begin with 0.
SIGLUM = re.compile(r"[A-Z][A-Za-z]{0,7}")
ID = re.compile(r"(?P<siglum>[A-Z][A-Za-z]{0,7})(?P<number>[1-9][0-9]{0,6})")
_PASSAGE = re.compile(r"(?P<siglum>[A-Z][A-Za-z]{0,7})(?:\s*¶\s*(?P<paragraph>[1-9][0-9]{0,5}))?")


class ModelError(ValueError):
    """An annotation contradicts the model; the message says which rule and the remedy."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, or one paragraph of it: ``K``, ``K ¶4``."""

    siglum: str
    paragraph: int | None = None

    def __str__(self) -> str:
        return self.siglum if self.paragraph is None else f"{self.siglum} ¶{self.paragraph}"

    @property
    def anchor(self) -> str:
        """The fragment of the passage's address."""
        return self.siglum if self.paragraph is None else f"{self.siglum}-p{self.paragraph}"


def parse_target(target: str) -> str | Passage:
    """What a reference names: an id (``K25``) or a passage (``K``, ``K ¶4``).

    Raises `ModelError` for anything else.
    """
    target = target.strip()
    if ID.fullmatch(target):
        return target
    match = _PASSAGE.fullmatch(target)
    if match:
        number = match["paragraph"]
        return Passage(match["siglum"], int(number) if number else None)
    raise ModelError(f"{target!r} is neither an id, as K25, nor a passage, as K or K ¶4")


def parse_id(value: str) -> tuple[str, int]:
    """Siglum and number of an id.  Raises `ModelError`."""
    match = ID.fullmatch(value.strip())
    if match is None:
        raise ModelError(f"{value!r} is not an id: a siglum and a number, as K25")
    return match["siglum"], int(match["number"])


@dataclass(frozen=True, slots=True)
class Relations:
    """What an annotation is set beside: ids and passages, as the editor wrote them."""

    see: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()
    parallel: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.see or self.contradicts or self.parallel)


@dataclass(frozen=True, slots=True)
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
    is the plain text of the note, ``cites`` the bibliography keys in it.
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
    line: int
    edits: tuple[Edit, ...] = ()
    short: str = ""
    cites: tuple[str, ...] = ()
    relations: Relations = field(default_factory=Relations)
    wording: Wording | None = None
    matter: str = ""
    right: str = ""

    @property
    def siglum(self) -> str:
        """The siglum of the text annotated."""
        return parse_id(self.id)[0]

    @property
    def number(self) -> int:
        """The number in the id."""
        return parse_id(self.id)[1]

    @property
    def order(self) -> tuple[int, int, int]:
        """Sorts annotations as a reader meets them: by start, longest first, by number."""
        return self.span.start, -self.span.end, self.number

    @property
    def digest(self) -> str:
        """A hash of what the annotation says, for the register; where it says it is left out."""
        said = [
            self.layer.value,
            self.kind,
            self.lemma,
            self.reading,
            self.certainty.value,
            self.evidence.value,
            " ".join(self.body.split()),
            list(self.cites),
        ]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]


def check_kind(layer: Layer, kind: str | None) -> str:
    """The kind, or the layer's first one.  Raises `ModelError`."""
    kinds = KINDS[layer]
    if kind is None:
        return kinds[0]
    if kind not in kinds:
        raise ModelError(f"{_a(layer)} has no kind {kind!r}; its kinds are: {', '.join(kinds)}")
    return kind


def check_reading(layer: Layer, lemma: str, reading: str | None) -> None:
    """Raise `ModelError` unless layer, lemma and reading agree."""
    if layer is Layer.NOTE:
        if reading is not None:
            raise ModelError(
                "a note has no reading; write an ed:emendation (the text should say it) or an "
                "ed:correction (it is the case), or leave :reading: out"
            )
        return
    if reading is None:
        raise ModelError(f"{_a(layer)} needs a :reading:")
    if reading == lemma:
        raise ModelError(f"the reading is the same as the lemma, {lemma!r}; say what differs, or write an ed:note")
    if layer is Layer.CORRECTION and not reading.strip():
        raise ModelError("a correction needs a :reading: with words in it: what is right")


def _a(layer: Layer) -> str:
    return f"{'an' if layer is Layer.EMENDATION else 'a'} {layer.value}"
