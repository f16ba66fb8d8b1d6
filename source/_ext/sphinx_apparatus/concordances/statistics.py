"""Counts by layer and kind, by certainty, by evidence."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.concordances import census
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, table
from sphinx_apparatus.sphinx_ext.locale import _


def statistics_tables(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Counts by layer and kind, by certainty, by evidence."""
    sigla = page.sigla
    made: list[nodes.Node] = []
    for heading, rows in (
        (_("Layer and kind"), census.by_kind(page.annotations, sigla, page.edition.used_taxonomy)),
        (_("Certainty"), census.by_certainty(page.annotations, sigla)),
        (_("Evidence"), census.by_evidence(page.annotations, sigla)),
    ):
        columns = (Column(heading, 40), *(Column(siglum, 10) for siglum in sigla), Column(_("All"), 10))
        cells: list[list[Cell]] = [
            [nodes.strong("", row.label) if row.head else row.label, *row.counts, row.total] for row in rows
        ]
        made.append(table(columns, cells, "ed-counts"))
    return made


class StatisticsDirective(ListDirective):
    """``ed:statistics``: counts by layer, kind, certainty and evidence."""

    shows = "statistics"


#: The list: its directive, and what renders it.
LIST = List(StatisticsDirective, statistics_tables)
