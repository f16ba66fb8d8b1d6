"""Annotations for the tests, made without a build."""

from __future__ import annotations

from typing import Any

from sphinx_apparatus.anchoring.edits import compare
from sphinx_apparatus.anchoring.selector import Selector, Span
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Layer

KINDS = {Layer.EMENDATION: "slip", Layer.CORRECTION: "fact", Layer.NOTE: "gloss", Layer.VARIANT: "reading"}

#: A note on the moon, to be changed by ``dataclasses.replace``.
NOTE = Annotation(
    id="M3",
    layer=Layer.NOTE,
    kind="gloss",
    selector=Selector("moon"),
    span=Span(4, 8),
    lemma="moon",
    reading=None,
    certainty=Certainty.HIGH,
    evidence=Evidence.INTERNAL,
    editor="ed",
    body="A body.",
    docname="moon",
    line=1,
)


def annotate(
    string: str, start: int, end: int, reading: str | None, layer: Layer | None = None, **fields: Any
) -> Annotation:
    """An annotation of a span of a string: with a reading an emendation, without one a note, or as ``layer`` says."""
    lemma = string[start:end]
    layer = layer or (Layer.NOTE if reading is None else Layer.EMENDATION)
    made: dict[str, Any] = {
        "id": "M1",
        "layer": layer,
        "kind": KINDS[layer],
        "selector": Selector(lemma),
        "span": Span(start, end),
        "lemma": lemma,
        "reading": reading,
        "certainty": Certainty.HIGH,
        "evidence": Evidence.INTERNAL,
        "editor": "ed",
        "body": "A body.",
        "docname": "moon",
        "line": 1,
        "edits": compare(lemma, reading, start) if reading is not None and layer is Layer.EMENDATION else (),
    }
    return Annotation(**(made | fields))
