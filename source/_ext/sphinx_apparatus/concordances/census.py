"""Counts: what the edition has of each text, by layer, kind, certainty and evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sphinx_apparatus.concordances.words import words_of
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Taxonomy
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext.locale import _


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


def by_layer(annotations: Iterable[Annotation], taxonomy: Taxonomy) -> tuple[int, ...]:
    """How many annotations there are of each layer, in the order of the layers."""
    counts = Counter(annotation.layer for annotation in annotations)
    return tuple(counts[layer] for layer in taxonomy.layers)


def by_kind(annotations: Sequence[Annotation], sigla: Sequence[str], taxonomy: Taxonomy) -> list[Row]:
    """Counts by layer, and of each layer by kind; a kind that an edition added is counted where it is used."""
    rows: list[Row] = []
    for layer in taxonomy.layers:
        own = [annotation for annotation in annotations if annotation.layer == layer]
        rows.append(_row(_(layer.plural).capitalize(), own, sigla, head=True))
        kinds = taxonomy.kinds_of(layer)
        if len(kinds) > 1:
            rows += [_row(_(kind.name), [a for a in own if a.kind == kind.name], sigla) for kind in kinds]
    return [*rows, _row(_("All"), annotations, sigla, head=True)]


def by_certainty(annotations: Sequence[Annotation], sigla: Sequence[str]) -> list[Row]:
    """Counts by certainty."""
    return _stated(Certainty, [(a.certainty, a) for a in annotations], sigla)


def by_evidence(annotations: Sequence[Annotation], sigla: Sequence[str]) -> list[Row]:
    """Counts by what the judgement rests on."""
    return _stated(Evidence, [(a.evidence, a) for a in annotations], sigla)


def _stated(values: Iterable[StrEnum], said: Sequence[tuple[StrEnum, Annotation]], sigla: Sequence[str]) -> list[Row]:
    """A row for each value, and one for what is unstated where something is."""
    rows = [_row(_(value.value or "unstated"), [a for own, a in said if own is value], sigla) for value in values]
    return [row for row in rows if row.total or row.label != _("unstated")]


def _row(label: str, annotations: Sequence[Annotation], sigla: Sequence[str], *, head: bool = False) -> Row:
    counts = Counter(annotation.siglum for annotation in annotations)
    return Row(label, tuple(counts[siglum] for siglum in sigla), head)
