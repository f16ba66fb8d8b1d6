"""Contradictions: what the texts say of one matter, and what is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sphinx_apparatus.annotations import Annotation, Certainty, Evidence, Layer

_CERTAINTY = (Certainty.HIGH, Certainty.MEDIUM, Certainty.LOW, Certainty.UNKNOWN)
_EVIDENCE = (Evidence.EXTERNAL, Evidence.INTERNAL, Evidence.CONJECTURE)


@dataclass(frozen=True, slots=True)
class Right:
    """What is right, and the annotation that says so."""

    words: str
    annotation: str


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter: the annotations that speak of it, in the order of the texts, and what is right."""

    name: str
    annotations: tuple[Annotation, ...]
    right: tuple[Right, ...]


def matters(annotations: Iterable[Annotation]) -> list[Matter]:
    """The matters in the order in which a reader meets them."""
    groups: dict[str, list[Annotation]] = {}
    for annotation in annotations:
        if annotation.matter:
            groups.setdefault(annotation.matter, []).append(annotation)
    return [Matter(name, tuple(group), right(group)) for name, group in groups.items()]


def right(group: Iterable[Annotation]) -> tuple[Right, ...]:
    """The best evidenced ``:right:`` of a group, or else the readings of its corrections."""
    members = list(group)
    said = [annotation for annotation in members if annotation.right]
    if said:
        best = min(said, key=lambda a: (_CERTAINTY.index(a.certainty), _EVIDENCE.index(a.evidence)))
        return (Right(best.right, best.id),)
    return tuple(Right(a.reading, a.id) for a in members if a.layer is Layer.CORRECTION and a.reading)
