"""Visitors for tables."""

from __future__ import annotations

import re
from math import inf

from docutils import nodes

from sphinx_apparatus.outputs.print.blocks import Blocks
from sphinx_apparatus.outputs.print.columns import needs
from sphinx_apparatus.outputs.print.literal import array

#: About how many characters of a table go into a line of the page.
MEASURE = 70
#: A row, and a table, of no more lines goes to the next page whole.  A longer one may divide, since what is higher than
#: the page, and may not, is cut off; and so that no more of a page than a third, or a quarter, stays empty for it.
ROW, WHOLE = 20, 14


class Tables(Blocks):
    """Tables with header rows."""

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table.  One without a header row makes its first row one (PDF/UA-1, 7.5)."""
        self.anchors(node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        widths = [_share(column.get("colwidth", 1)) for column in node.findall(nodes.colspec)]
        head = [row for part in node.findall(nodes.thead) for row in part.children]
        body = [row for part in node.findall(nodes.tbody) for row in part.children]
        if not head and (first := _first(body)) < len(body):
            head, body = body[:first], body[first:]
        # Rows that a cell ties together may be higher than any page.
        tied = any(cell.get("morerows") for cell in node.findall(nodes.entry))
        heights = {row: inf if tied else _height(row, widths) for row in [*head, *body]}
        # Equal shares are those of a table in Markdown, whose author chose none; our lists choose them.
        chosen = len(set(widths)) > 1 or "ed-list" in node["classes"]
        shares = array(map(str, widths)) if chosen else "none"
        sides = array(_side(body, n) for n in range(len(widths)))
        placed = [any(self._placed(row, n) for row in body) for n in range(len(widths))]
        told = array(need.told() for need in needs([*head, *body], len(widths), placed))
        source = f"table-of({shares}, {sides}, {told}, "
        if head:
            # A head repeated on the next page is an artifact there, and may have no link (PDF/UA-1, 7.18.5).
            linked = any(cell.next_node(nodes.reference) is not None for cell in head)
            source += f"table.header(repeat: {'false' if linked else 'true'}, {self._rows(head, heights)}), "
        kept = _kept(body, heights)
        source += self._rows(body[: len(body) - kept], heights)
        source += f", table.footer(repeat: false, {self._rows(body[-kept:], heights)}))" if kept else ")"
        breakable = _may_divide(sum(heights.values()), WHOLE)
        if title is not None:
            self.add(f"\n#figure(kind: table, caption: [{self.inner(title)}], {source});\n")
        else:
            self.add(f"\n#block(above: 1em, below: 1em, breakable: {breakable}, {source});\n")
        raise nodes.SkipNode

    def _placed(self, row: nodes.Node, column: int) -> bool:
        """Whether places, as page and line, are put into a cell."""
        cell = row.children[column] if column < len(row.children) else None
        references = cell.findall(nodes.reference) if isinstance(cell, nodes.Element) else ()
        return any(self.span(self.target(reference).partition("#")[2]) for reference in references)

    def _rows(self, rows: list[nodes.Node], heights: dict[nodes.Node, float]) -> str:
        # A row with one cell that may not divide does not divide: all its cells are asked together.
        return ", ".join(
            f"table.cell(colspan: {cell.get('morecols', 0) + 1}, rowspan: {cell.get('morerows', 0) + 1}, "
            f"breakable: {_may_divide(heights[row], ROW)})[{self.inner(cell).strip()}]"
            for row in rows
            for cell in row.children
            if isinstance(cell, nodes.entry)
        )


#: A cell of a column of figures.
_FIGURES = re.compile(r"[\d.,\u00a0\u202f%–−-]*")


#: How the author of a table in Markdown has a column aligned.
_SIDES = {"text-left": "left", "text-center": "center", "text-right": "right"}


def _side(rows: list[nodes.Node], column: int) -> str:
    """To which side the cells of a column are set: as their author says, else figures to the right."""
    cells = [row.children[column] for row in rows if column < len(row.children)]
    said = {
        _SIDES[name] for cell in cells if isinstance(cell, nodes.entry) for name in cell["classes"] if name in _SIDES
    }
    if len(said) == 1:
        return said.pop()
    return "right" if _of_figures(rows, column) else "left"


def _of_figures(rows: list[nodes.Node], column: int) -> bool:
    """Whether a column has figures only, which stand one below the other; one that is tied to others has not."""
    cells = [list(row.findall(nodes.entry)) for row in rows]
    if any(len(row) <= column or any(cell.get("morecols") or cell.get("morerows") for cell in row) for row in cells):
        return False
    words = [row[column].astext().strip() for row in cells]
    return any(words) and all(_FIGURES.fullmatch(word) for word in words)


def _first(rows: list[nodes.Node]) -> int:
    """How many rows the first one is with those that its cells reach down into."""
    count = at = min(1, len(rows))
    while at <= count and at <= len(rows) and at:
        cells = rows[at - 1].findall(nodes.entry)
        count = max(count, *(at + cell.get("morerows", 0) for cell in cells), 0)
        at += 1
    return min(count, len(rows))


def _kept(rows: list[nodes.Node], heights: dict[nodes.Node, float]) -> int:
    """How many rows at the end of a table go to the next page together: one alone there looks forgotten."""
    last = [heights[row] for row in rows[-2:]]
    return len(last) if len(rows) > 2 and sum(last) <= ROW else 0


def _may_divide(lines: float, most: int) -> str:
    return "true" if lines > most else "false"


def _height(row: nodes.Node, widths: list[int]) -> float:
    """About how many lines a row has."""
    height, at = 0.0, 0
    for cell in row.children:
        if isinstance(cell, nodes.entry):
            across = cell.get("morecols", 0) + 1
            share = sum(widths[at : at + across]) / sum(widths) or 1
            at += across
            parts = [part for part in cell.findall(nodes.TextElement) if not isinstance(part.parent, nodes.TextElement)]
            texts = [part.astext() for part in parts]
            lines = sum(1 + text.count("\n") + len(text) / (MEASURE * share) for text in texts)
            height = max(height, lines)
    return height


def _share(width: object) -> int:
    """A column's share of the width: docutils says a number, or words where it was not told."""
    return max(1, int(width)) if isinstance(width, (int, float)) else 1
