"""Counts: what the edition has of each text, by layer, kind, certainty and evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sphinx_apparatus.annotations import KINDS, Annotation, Certainty, Evidence, Layer
from sphinx_apparatus.concordances.words import words_of
from sphinx_apparatus.texts import Text

#: The layers in the plural.
LAYERS = {Layer.EMENDATION: "emendations", Layer.CORRECTION: "corrections", Layer.NOTE: "notes"}


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a table of counts: one number a text, in their order."""

    label: str
    counts: tuple[int, ...]
    #: whether it sums up the lines after it
    head: bool = False

    @property
    def total(self) -> int:
        """Of all texts."""
        return sum(self.counts)


def count_words(text: Text) -> int:
    """The words of a text; calls to notes are none."""
    return sum(len(words_of(text.string, p.start, p.end)) for p in text.paragraphs)


def by_layer(annotations: Iterable[Annotation], siglum: str) -> tuple[int, ...]:
    """How many annotations of each layer a text has, in the order of the layers."""
    layers = [annotation.layer for annotation in annotations if annotation.siglum == siglum]
    return tuple(layers.count(layer) for layer in Layer)


def by_kind(annotations: Sequence[Annotation], sigla: Sequence[str]) -> list[Row]:
    """Counts by layer, and of each layer by kind."""
    rows: list[Row] = []
    for layer in Layer:
        own = [annotation for annotation in annotations if annotation.layer is layer]
        rows.append(_row(LAYERS[layer].capitalize(), own, sigla, head=True))
        if len(KINDS[layer]) > 1:
            rows += [_row(kind, [a for a in own if a.kind == kind], sigla) for kind in KINDS[layer]]
    return [*rows, _row("All", annotations, sigla, head=True)]


def by_certainty(annotations: Sequence[Annotation], sigla: Sequence[str]) -> list[Row]:
    """Counts by certainty."""
    return [_row(value.value, [a for a in annotations if a.certainty is value], sigla) for value in Certainty]


def by_evidence(annotations: Sequence[Annotation], sigla: Sequence[str]) -> list[Row]:
    """Counts by what the judgement rests on."""
    return [_row(value.value, [a for a in annotations if a.evidence is value], sigla) for value in Evidence]


def _row(label: str, annotations: Sequence[Annotation], sigla: Sequence[str], *, head: bool = False) -> Row:
    found = [annotation.siglum for annotation in annotations]
    return Row(label, tuple(found.count(siglum) for siglum in sigla), head)
