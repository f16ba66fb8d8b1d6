"""Who is responsible for which annotations."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, table
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _


def editors_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Editors, and how many annotations of each text are theirs."""
    sigla = page.sigla
    columns = (
        Column(_("Key"), 12),
        Column(_("Responsible"), 48),
        *(Column(siglum, 8) for siglum in sigla),
        Column(_("All"), 8),
    )
    rows: list[list[Cell]] = []
    for key, name in edition_of(page.env).editors.items():
        own = [annotation.siglum for annotation in page.annotations if annotation.editor == key]
        rows.append([nodes.literal("", key), str(name), *(own.count(siglum) for siglum in sigla), len(own)])
    return [table(columns, rows, "ed-counts", "ed-editors")]


class EditorsDirective(ListDirective):
    """``ed:editors``: who is responsible for which annotations."""

    shows = "editors"


#: The list: its directive, and what renders it.
LIST = List(EditorsDirective, editors_table)
