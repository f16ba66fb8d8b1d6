"""The list of all annotations: chosen by text, layer, kind, certainty and evidence, and searched."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, quoted, spaced, table
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.sphinx_ext.locale import _

#: Words of a lemma, of a reading, and of a note that the list gives.
_LEMMA, _READING, _NOTE = 12, 16, 24


def annotations_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Every annotation, in the order of the texts."""
    columns = (
        Column(_("Id"), 9, ("sort",)),
        Column(_("Place"), 9, ("sort", "filter-text")),
        Column(_("Words"), 28, ("search",)),
        Column(_("Layer"), 16, ("filter",)),
        Column(_("Kind"), 14, ("filter",)),
        Column(_("Certainty"), 12, ("filter",)),
        Column(_("Evidence"), 12, ("filter",)),
    )
    rows = [
        (
            page.ref(annotation.id),
            page.ref(page.place(annotation)),
            [nodes.paragraph("", "", *_said(page, annotation)), _note(page, annotation)],
            _(annotation.layer.name),
            _(annotation.kind),
            _(annotation.certainty.value) if annotation.certainty else "—",
            _(annotation.evidence.value) if annotation.evidence else "—",
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
    sign = f"] {_('recte')} " if annotation.layer.corrects else f"{annotation.layer.sign} "
    words = nodes.strong("", shorten(reading, _READING)) if reading.strip() else nodes.emphasis("", _("delete"))
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
