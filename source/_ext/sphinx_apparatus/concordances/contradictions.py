"""Contradictions: what the texts say of one matter, and what is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from docutils import nodes

from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, items, quoted, spaced, table
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Certainty, Evidence
from sphinx_apparatus.sphinx_ext.locale import _

_CERTAINTY = (Certainty.HIGH, Certainty.MEDIUM, Certainty.LOW, Certainty.UNKNOWN, Certainty.UNSTATED)
_EVIDENCE = (Evidence.EXTERNAL, Evidence.INTERNAL, Evidence.CONJECTURE, Evidence.UNSTATED)


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
    return tuple(Right(a.reading, a.id) for a in members if a.layer.corrects and a.reading)


def _judged(annotation: Annotation) -> tuple[str, ...]:
    """The class of words that a correction calls wrong in fact."""
    return ("ed-wrong",) if annotation.layer.corrects else ()


def contradictions_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Matter, what each text says, what is right."""
    columns = (Column(_("Matter"), 20), Column(_("What the texts say"), 50), Column(_("What is right"), 30))
    rows = []
    for matter in matters(page.annotations):
        said = items(
            spaced(page.ref(page.place(a)), " ", quoted(a.lemma, *_judged(a)), " (", page.ref(a.id), ")")
            for a in matter.annotations
        )
        right = [
            nodes.paragraph("", "", *spaced(f"{right.words} (", page.ref(right.annotation), ")"), classes=["ed-right"])
            for right in matter.right
        ]
        rows.append((matter.name, said, right or _("Not decided.")))
    return (
        [table(columns, rows, "ed-contradictions")]
        if rows
        else [nodes.paragraph("", _("No annotation names a matter."))]
    )


class ContradictionsDirective(ListDirective):
    """``ed:contradictions``: what each text says of a matter, and what is right."""

    shows = "contradictions"


#: The list: its directive, and what renders it.
LIST = List(ContradictionsDirective, contradictions_table)
