"""What a directive read, before it is anchored."""

from __future__ import annotations

from dataclasses import dataclass, field, fields

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.edits import Edit, compare
from sphinx_apparatus.anchoring.remedies import decide
from sphinx_apparatus.anchoring.selector import (
    AnchorNotFound,
    Selector,
    Span,
    follows,
    like_lines,
    occurrences,
    precedes,
)
from sphinx_apparatus.model.annotation import Annotation, Relations, Wording, check_reading
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Layer
from sphinx_apparatus.model.text import Text


def check_edits(text: Text, edits: tuple[Edit, ...]) -> None:
    """Raise `ModelError` for an edit that is not within one paragraph.

    Paragraphs are those of the witness, and the emended text has the same: passages
    are cited by their numbers in either view.
    """
    for edit in edits:
        paragraph = text.paragraph_at(edit.start)
        within = paragraph is not None and paragraph.start <= edit.start and edit.end <= paragraph.end
        if not within or set(edit.text) & set("\r\n"):
            raise ModelError(
                "the reading changes where a paragraph ends or begins; keep the line ending of the lemma in it, "
                "or annotate each paragraph by itself"
            )


@dataclass(frozen=True)
class Draft:
    """An annotation as its directive gives it; `anchor` makes an annotation of it."""

    id: str
    layer: Layer
    kind: str
    selector: Selector
    reading: str | None
    certainty: Certainty
    evidence: Evidence
    editor: str
    body: str
    docname: str
    line: int
    short: str = ""
    cites: tuple[str, ...] = ()
    relations: Relations = field(default_factory=Relations)
    wording: Wording | None = None
    matter: str = ""
    right: str = ""
    written: str = ""

    def anchor(self, text: Text, within: Span | None = None) -> Annotation:
        """Place the draft in its text, or in the part of it ``within``.

        What was found with the help of a passage, or as a whole word, keeps as its selector the
        quotation that decides without them: other programs know no more.

        Raises `AnchorError` where the selector does not name one span, and
        `ModelError` where the reading does not fit lemma or layer.
        """
        if not text.paragraphs:
            raise AnchorNotFound("the text has no words, and no note can stand beside it; take the note out")
        span = resolve(text.string, self.selector, within, folded=text.structure.folds)
        lemma = text.string[span.start : span.end]
        reading = self.reading
        if reading is not None and text.structure.folds:
            reading = like_lines(lemma, reading)
        check_reading(self.layer, lemma, reading)
        edits = compare(lemma, reading or "", span.start) if self.layer.emends else ()
        check_edits(text, edits)
        said = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        said |= {"reading": reading, "selector": self._decided(text.string, span, lemma, within)}
        return Annotation(**said, span=span, lemma=lemma, edits=edits)

    def _decided(self, string: str, span: Span, lemma: str, within: Span | None) -> Selector:
        selector = self.selector
        as_quoted = precedes(string, span.start, selector.prefix) and follows(string, span.end, selector.suffix)
        if lemma == selector.quote and as_quoted and within is None and not selector.whole:
            return selector
        rivals = occurrences(string, Selector(lemma)) if lemma else []
        return Selector(lemma) if len(rivals) == 1 else decide(string, lemma, span, rivals)
