"""The list of emendations and corrections: what stands, and what should stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from docutils import nodes

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, pieces, table
from sphinx_apparatus.concordances.words import Piece, outside
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.sphinx_ext.locale import _


def _layers(argument: str) -> tuple[str, ...]:
    return tuple(Taxonomy().layer(word.strip()).name for word in argument.split(",") if word.strip())


def emendations_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Every emendation and correction, or the layers asked for."""
    chosen = placeholder["options"].get("layers")
    columns = (
        Column(_("Id"), 15, ("sort",)),
        Column(_("Place"), 8, ("sort", "filter-text")),
        Column(_("What stands"), 26, ("sort", "search")),
        Column(_("What should stand"), 25, ("sort", "search")),
        Column(_("Kind"), 14, ("sort", "filter")),
        Column(_("Certainty"), 12, ("sort", "filter")),
    )
    rows = [
        (
            page.ref(annotation.id),
            page.ref(page.place(annotation)),
            pieces(stands(annotation)) or "‸",
            pieces(should_stand(annotation, page.edition.edits_within(annotation.id)))
            or nodes.emphasis("", _("delete")),
            _(annotation.kind) if annotation.layer.emends else f"{_(annotation.layer.name)}: {_(annotation.kind)}",
            _(annotation.certainty.value) if annotation.certainty else "—",
        )
        for annotation in page.annotations
        if (annotation.layer.name in chosen if chosen else annotation.layer.reads)
    ]
    return [table(columns, rows, "ed-emendations", "ed-sortable")]


def stands(annotation: Annotation) -> list[Piece]:
    """The lemma in pieces, what an emendation changes marked."""
    found: list[Piece] = []
    at = annotation.span.start
    for edit in annotation.edits:
        found += (_piece(annotation, at, edit.start, False), _piece(annotation, edit.start, edit.end, True))
        at = edit.end
    return outside((*found, _piece(annotation, at, annotation.span.end, False)))


def should_stand(annotation: Annotation, within: Sequence[Edit]) -> list[Piece]:
    """The reading in pieces, what an emendation supplies marked; what others change ``within`` it is changed."""
    if not annotation.edits:
        return [Piece(annotation.reading, False)] if annotation.reading else []
    found: list[Piece] = []
    at = annotation.span.start
    for edit in within:
        found += (_piece(annotation, at, edit.start, False), Piece(edit.text, edit in annotation.edits))
        at = edit.end
    return outside((*found, _piece(annotation, at, annotation.span.end, False)))


def _piece(annotation: Annotation, start: int, end: int, differs: bool) -> Piece:
    base = annotation.span.start
    return Piece(annotation.lemma[start - base : end - base], differs)


class EmendationsDirective(ListDirective):
    """``ed:emendations``: the list of emendations and corrections; ``:layers:`` takes some layers."""

    shows = "emendations"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"layers": _layers}


#: The list: its directive, and what renders it.
LIST = List(EmendationsDirective, emendations_table)
