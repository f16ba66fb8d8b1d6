"""The texts, their files and their sizes."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.concordances import census
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, table
from sphinx_apparatus.sphinx_ext.locale import _


def sigla_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Siglum, text, size, annotations; and the files."""
    columns = (
        Column(_("Siglum"), 9),
        Column(_("Text"), 17),
        Column(_("Paragraphs"), 14),
        Column(_("Words"), 9),
        *(Column(_(layer.plural).capitalize(), 17) for layer in page.edition.used_taxonomy.layers),
    )
    rows: list[list[Cell]] = []
    for text in page.texts:
        name = page.edition.titles[text.siglum]
        size = (len(text.paragraphs), f"{census.count_words(text):,}")
        rows.append(
            [
                page.ref(text.siglum),
                name,
                *size,
                *census.by_layer(page.edition.of_text(text.siglum), page.edition.used_taxonomy),
            ]
        )
    files: list[list[Cell]] = [
        [text.siglum, nodes.literal("", text.filename), nodes.literal("", f"{text.sha256[:16]}…")]
        for text in page.texts
    ]
    about = (Column(_("Siglum"), 9), Column(_("File"), 50), Column(_("SHA-256, its first 16 digits"), 41))
    return [table(columns, rows, "ed-sigla"), table(about, files, "ed-files")]


class SiglaDirective(ListDirective):
    """``ed:sigla``: the texts, their files and their sizes."""

    shows = "sigla"


#: The list: its directive, and what renders it.
LIST = List(SiglaDirective, sigla_table)
