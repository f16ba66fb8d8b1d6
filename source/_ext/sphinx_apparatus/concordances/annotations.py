"""The list of all annotations, searched, and chosen by what its columns say, by name and by work cited."""

from __future__ import annotations

import json

from docutils import nodes

from sphinx_apparatus.concordances.connections import index_of
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.names import found_in, sorting
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
    made: list[nodes.Node] = [table(columns, rows, "ed-annotations", "ed-sortable")]
    if page.builder.format == "html" and page.builder.name != "epub":  # where scripts run
        made += _choices(page)
    return made


def _choices(page: Page) -> list[nodes.Node]:
    """By what the list can be chosen that no column says, as data for the script: heading, value, ids."""
    found = {_("Name"): _by_name(page), _("Work cited"): _by_work(page)}
    if not any(found.values()):
        return []
    data = json.dumps({heading: by for heading, by in found.items() if by}, ensure_ascii=False).replace("<", "\\u003c")
    return [nodes.raw("", f'<script type="application/json" class="ed-choices">{data}</script>', format="html")]


def _by_name(page: Page) -> dict[str, list[str]]:
    """The annotations on words that have a form of a name in them, or are in one, by the heading of the name."""
    names = [heading.name for heading in index_of(page.env).headings]
    found: dict[str, list[str]] = {}
    for text in page.texts:
        own = [one for one in page.annotations if one.siglum == text.siglum]
        for number, form, start in found_in(names, text):
            end = start + len(form.spelling)
            ids = found.setdefault(names[number].heading, [])
            ids += [one.id for one in own if one.span.start < end and start < one.span.end and one.id not in ids]
    return {heading: found[heading] for heading in sorted(found, key=sorting) if found[heading]}


def _by_work(page: Page) -> dict[str, list[str]]:
    """The annotations that cite a work, by its citation."""
    found: dict[str, list[str]] = {}
    for key, ids in page.edition.cited_at.items():
        if work := page.edition.works.get(key):
            found.setdefault(f"{work.names} {work.year}".strip(), []).extend(ids)
    return dict(sorted(found.items(), key=lambda pair: sorting(pair[0])))


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
