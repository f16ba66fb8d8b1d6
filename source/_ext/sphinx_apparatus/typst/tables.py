"""Visitors for tables and figures."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.typst.blocks import Blocks


class Tables(Blocks):
    """Tables with header rows, and figures."""

    def visit_table(self, node: nodes.Element) -> None:
        """Write a table.  One without a header row makes its first row one (PDF/UA-1, 7.5)."""
        self.anchors(node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        widths = [column.get("colwidth", 1) for column in node.findall(nodes.colspec)]
        head = [row for part in node.findall(nodes.thead) for row in part.children]
        body = [row for part in node.findall(nodes.tbody) for row in part.children]
        if not head and len(body) > 1:
            head, body = body[:1], body[1:]
        columns = ", ".join(f"{max(1, int(width) if isinstance(width, (int, float)) else 1)}fr" for width in widths)
        source = f"table(columns: ({columns},), align: left, "
        if head:
            # A head repeated on the next page is an artifact there, and may have no link (PDF/UA-1, 7.18.5).
            linked = any(cell.next_node(nodes.reference) is not None for cell in head)
            source += f"table.header(repeat: {'false' if linked else 'true'}, {self._rows(head)}), "
        source += f"{self._rows(body)})"
        if title is not None:
            self.add(f"\n#figure(kind: table, caption: [{self.inner(title)}], {source});\n")
        else:
            self.add(f"\n#block(above: 1em, below: 1em, {source});\n")
        raise nodes.SkipNode

    def _rows(self, rows: list[nodes.Node]) -> str:
        return ", ".join(
            f"table.cell(colspan: {cell.get('morecols', 0) + 1}, rowspan: {cell.get('morerows', 0) + 1})"
            f"[{self._cell(cell)}]"
            for row in rows
            if isinstance(row, nodes.row)
            for cell in row.children
            if isinstance(cell, nodes.entry)
        )

    def _cell(self, cell: nodes.Element) -> str:
        return self.inner(cell).strip()

    def visit_figure(self, node: nodes.Element) -> None:
        """Write a figure with caption and legend."""
        self.anchors(node)
        caption = next((child for child in node.children if isinstance(child, nodes.caption)), None)
        legend = next((child for child in node.children if isinstance(child, nodes.legend)), None)
        rest = self.outer(*(child for child in node.children if child is not caption and child is not legend))
        told = f"[{self.inner(caption)}]" if caption is not None else "none"
        below = f"[{self.inner(legend).strip()}]" if legend is not None else "none"
        self.add(f"\n#figure-block([{rest.strip()}], {told}, {below});\n")
        raise nodes.SkipNode
