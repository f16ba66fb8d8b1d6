"""The placeholder, and the docutils nodes of which every list is made."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from docutils import nodes

from sphinx_apparatus.sphinx_ext.locale import _

if TYPE_CHECKING:
    from sphinx_apparatus.concordances.words import Piece


class ed_list(nodes.General, nodes.Element):
    """Where a list shall stand.

    Attributes ``list`` (which one), ``options``, ``serial``, and of a list made from a data
    file ``data`` and ``path``; the children are notes parsed when the page was read.
    """


#: Words between inverted commas, straight or not.
_QUOTED = re.compile(r'["“]([^"“”]*)["”]')


class Column(NamedTuple):
    """A column: its heading, its share of the width, and what a reader may do with it.

    ``offers`` are among *sort*, *search* and *filter*.
    """

    heading: str
    width: int
    offers: tuple[str, ...] = ()


Cell = str | int | nodes.Node | Sequence[nodes.Node]


def table(columns: Sequence[Column], rows: Iterable[Sequence[Cell]], *classes: str) -> nodes.table:
    """A table with a row of headings."""
    group = nodes.tgroup(cols=len(columns))
    group += [nodes.colspec(colwidth=column.width) for column in columns]
    head = nodes.row()
    for column in columns:
        entry = nodes.entry("", nodes.paragraph("", column.heading))
        entry["classes"] = [f"ed-{offer}" for offer in column.offers]
        head += entry
    body = nodes.tbody()
    for cells in rows:
        row = nodes.row()
        row += [nodes.entry("", *_blocks(cell)) for cell in cells]
        body += row
    group += [nodes.thead("", head), body]
    return nodes.table("", group, classes=["ed-list", *classes], align="default")


def items(entries: Iterable[Cell]) -> nodes.bullet_list:
    """A list."""
    made = nodes.bullet_list("", *(nodes.list_item("", *_blocks(entry)) for entry in entries))
    made["bullet"] = "-"
    return made


def pieces(wording: Iterable[Piece]) -> list[nodes.Node]:
    """A wording, what differs in it marked."""
    return [
        nodes.emphasis("", piece.text, classes=["ed-differs"]) if piece.differs else nodes.Text(piece.text)
        for piece in wording
    ]


def quoted(words: str, *classes: str) -> nodes.inline:
    """Words of a text between inverted commas, which within are single."""
    inside = _QUOTED.sub(_("‘{words}’").format(words=r"\1"), " ".join(words.split()))
    return nodes.inline("", _("“{words}”").format(words=inside), classes=["ed-quotation", *classes])


def spaced(*parts: nodes.Node | Sequence[nodes.Node] | str) -> list[nodes.Node]:
    """Inline parts in a row; strings are text."""
    made: list[nodes.Node] = []
    for part in parts:
        if isinstance(part, str):
            made.append(nodes.Text(part))
        elif isinstance(part, nodes.Node):
            made.append(part)
        else:
            made += part
    return made


def _blocks(cell: Cell) -> list[nodes.Node]:
    """A cell as block nodes: inline ones are one paragraph."""
    if isinstance(cell, (str, int)):
        return [nodes.paragraph("", str(cell))]
    parts = [cell] if isinstance(cell, nodes.Node) else list(cell)
    if all(isinstance(part, (nodes.Inline, nodes.Text)) for part in parts):
        return [nodes.paragraph("", "", *parts)]
    return parts
