"""Every code of a message, and what it means."""

from __future__ import annotations

import re

from docutils import nodes

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, table
from sphinx_apparatus.sphinx_ext.locale import _


def diagnostics_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Every code and its meaning."""
    rows = [
        (
            nodes.literal("", f"ed.{code.value}"),
            _marked(f"{code.explanation} Remedy: {code.remedy[0].lower()}{code.remedy[1:]}"),
        )
        for code in Code
    ]
    return [table((Column(_("Code"), 22), Column(_("Meaning and remedy"), 78)), rows, "ed-diagnostics")]


def _marked(words: str) -> list[nodes.Node]:
    """Text with its ``literals``."""
    return [
        nodes.literal("", part) if number % 2 else nodes.Text(part)
        for number, part in enumerate(re.split(r"``(.+?)``", " ".join(words.split())))
        if part
    ]


class DiagnosticsDirective(ListDirective):
    """``ed:diagnostics``: every code of a warning, and what it means."""

    shows = "diagnostics"


#: The list: its directive, and what renders it.
LIST = List(DiagnosticsDirective, diagnostics_table)
