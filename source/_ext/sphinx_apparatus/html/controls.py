"""The controls of the reading page: views, and filters by layer and kind.

Radio buttons and checkboxes; the style sheet reads their state with ``:has``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sphinx_apparatus.annotations import KINDS, Annotation, Layer

#: Names of the kinds where they are not plain enough for a reader.
KIND_NAMES = {
    "slip": "slips",
    "damage": "damage",
    "name": "names",
    "numbering": "note calls, numbering",
    "reference": "references",
    "fact": "facts",
    "gloss": "glosses",
    "contested": "contested",
    "contradiction": "contradictions",
    "parallel": "parallels",
}

_PLURAL = {
    Layer.EMENDATION: ("e", "emendations"),
    Layer.CORRECTION: ("c", "corrections"),
    Layer.NOTE: ("n", "notes"),
}


def controls(annotations: Sequence[Annotation]) -> str:
    """The form above a text; kinds are listed where the text has them."""
    layers = Counter(annotation.layer for annotation in annotations)
    kinds = Counter(annotation.kind for annotation in annotations)
    boxes = "".join(
        f'<label class="{letter}"><input type="checkbox" id="ed-{letter}" checked> '
        f"<span>{plural}</span> {layers[layer]}</label>"
        for layer, (letter, plural) in _PLURAL.items()
    )
    finer = "".join(
        f'<label><input type="checkbox" id="ed-k-{kind}" checked> {KIND_NAMES[kind]} {kinds[kind]}</label>'
        for layer in KINDS
        for kind in KINDS[layer]
        if kinds[kind]
    )
    return (
        '<form class="ed-ctl" data-editorial aria-label="How the text is shown">'
        "<fieldset><legend>Text</legend>"
        '<label><input type="radio" name="ed-view" id="ed-printed" checked> as printed</label>'
        '<label><input type="radio" name="ed-view" id="ed-emended"> emended</label></fieldset>'
        f"<fieldset><legend>Show</legend>{boxes}</fieldset>"
        '<details class="ed-kinds"><summary>kinds</summary>'
        f"<fieldset><legend>Kinds</legend>{finer}</fieldset></details>"
        "</form>"
    )
