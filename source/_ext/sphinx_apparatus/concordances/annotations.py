"""The list of all annotations: chosen by text, layer, kind, certainty and evidence, and searched."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, quoted, spaced, table
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import shorten

#: Words of a lemma, of a reading, and of a note that the list gives.
_LEMMA, _READING, _NOTE = 12, 16, 24


def annotations_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Every annotation, in the order of the texts."""
    columns = (
        Column("Id", 9, ("sort",)),
        Column("Place", 9, ("sort", "filter-text")),
        Column("Words", 44, ("search",)),
        Column("Layer", 11, ("filter",)),
        Column("Kind", 11, ("filter",)),
        Column("Certainty", 8, ("filter",)),
        Column("Evidence", 8, ("filter",)),
    )
    rows = [
        (
            page.ref(annotation.id),
            page.ref(page.place(annotation)),
            [nodes.paragraph("", "", *_said(page, annotation)), _note(page, annotation)],
            annotation.layer.name,
            annotation.kind,
            annotation.certainty.value,
            annotation.evidence.value,
        )
        for annotation in page.annotations
    ]
    return [table(columns, rows, "ed-annotations", "ed-sortable")]


def _said(page: Page, annotation: Annotation) -> list[nodes.Node]:
    """The lemma, and the reading if there is one."""
    lemma = quoted(annotation.short or shorten(annotation.lemma, _LEMMA)) if annotation.lemma else nodes.inline("", "‸")
    reading = page.edition.reading(annotation.id)
    if reading is None:
        return [lemma]
    sign = f"{annotation.layer.sign} "
    words = nodes.strong("", shorten(reading, _READING)) if reading.strip() else nodes.emphasis("", "omit")
    return spaced(lemma, sign, words)


def _note(page: Page, annotation: Annotation) -> nodes.paragraph:
    words = page.edition.words(annotation.id).split()
    more = " …" if len(words) > _NOTE else ""
    return nodes.paragraph("", f"{' '.join(words[:_NOTE])}{more}", classes=["ed-rule"], support_smartquotes=False)


class AnnotationsDirective(ListDirective):
    """``ed:annotations``: the list of all annotations."""

    shows = "annotations"


#: The list: its directive, and what renders it.
LIST = List(AnnotationsDirective, annotations_table)
