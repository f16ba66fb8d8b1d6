"""A stemma drawn: sources at the left, the texts at the right."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import wrap
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.concordances.lists import DataDirective, List, Page, words
from sphinx_apparatus.concordances.nodes import ed_list, items
from sphinx_apparatus.concordances.pictures import show
from sphinx_apparatus.concordances.stemma import Edge, Layout, Node, Stemma, depths, lay_out, read_stemma
from sphinx_apparatus.concordances.svg import LETTER, element, label, picture
from sphinx_apparatus.sphinx_ext.locale import _

_WIDTH = 700.0
_SIZE = 11.5
_LINE = 14.0
_PAD = 6.0
_GAP = 16.0
#: The part of a column that the space between two columns takes.
_BETWEEN = 0.27

_DASHES = {"proved": None, "probable": "6 3", "conjectured": "1.5 3"}
_FRAMES = {"extant": None, "lost": "5 3", "inferred": "1.5 3"}
_KIND_WORDS = {"extant": "extant", "lost": "lost or not seen", "inferred": "inferred"}
_EDGE_WORDS = {"proved": "wordings compared", "probable": "probable", "conjectured": "conjectured"}

#: What the picture shows, for those who do not see it.
SHOWS = (
    "{nodes} witnesses and sources in columns from left to right, joined by {edges} lines of descent; at the right "
    "the texts ({sigla}). The list of descents gives every line in words."
)


def draw(stemma: Stemma, title: str, name: str = "ed-stemma") -> str:
    """The stemma as SVG."""
    columns = max(depths(stemma).values(), default=0) + 1
    pitch = _WIDTH / (columns - _BETWEEN)
    width = pitch * (1 - _BETWEEN)
    lines = {node.id: _lines(node, stemma, width) for node in stemma.nodes}
    heights = {identifier: len(rows) * _LINE + _PAD * 1.4 for identifier, rows in lines.items()}
    layout = lay_out(stemma, heights, _GAP)
    parts = [_edge(edge, layout, pitch, width) for edge in stemma.edges]
    top = min((layout.middles[n.id] - heights[n.id] / 2 for n in stemma.nodes), default=0.0)
    bottom = 0.0
    for node in stemma.nodes:
        x, middle, high = layout.columns[node.id] * pitch, layout.middles[node.id], heights[node.id]
        parts.append(_box(node, lines[node.id], x, middle - high / 2, width, high))
        bottom = max(bottom, middle + high / 2)
    parts.append(_legend(stemma, bottom + 24))
    body = element("g", "".join(parts), transform=f"translate(2 {2 - top:.1f})")
    return picture(name, _WIDTH + 4, bottom - top + 38, title, describe(stemma), body)


def describe(stemma: Stemma) -> str:
    """What the picture shows, in words."""
    sigla = ", ".join(node.siglum for node in stemma.nodes if node.siglum) or _("none")
    return _(SHOWS).format(nodes=len(stemma.nodes), edges=len(stemma.edges), sigla=sigla)


def sentence(edge: Edge, stemma: Stemma) -> tuple[str, str, str]:
    """An edge in words: the descendant, the source, how sure it is and for which passages."""
    child, parent = stemma.node(edge.child), stemma.node(edge.parent)
    passages = f", {edge.passages}" if edge.passages else ""
    return _named(child) + passages, _named(parent), _EDGE_WORDS[edge.kind]


def _named(node: Node) -> str:
    name = f"{node.siglum} ({node.label})" if node.siglum else node.label
    return f"{name}, {node.date}" if node.date else name


def _lines(node: Node, stemma: Stemma, width: float) -> list[str]:
    """What a box says: siglum, label and date, and for which passages it is the source."""
    most = int((width - 2 * _PAD) / (_SIZE * LETTER))
    words = f"{node.label}, {node.date}" if node.date else node.label
    rows = [node.siglum] if node.siglum else []
    rows += wrap(words, most, break_long_words=False)
    for edge in stemma.edges:
        if edge.parent == node.id and edge.passages:
            rows.append(f"→ {stemma.node(edge.child).siglum} {edge.passages}".replace("  ", " "))
    return rows


def _box(node: Node, rows: list[str], x: float, y: float, width: float, height: float) -> str:
    thick = 2 if node.siglum else 1
    slant = "italic" if node.kind == "inferred" else None
    frame = {"stroke_width": thick, "stroke_dasharray": _FRAMES[node.kind]}
    parts = [element("rect", x=x, y=y, width=width, height=height, rx=2, fill="none", stroke="currentColor", **frame)]
    for number, row in enumerate(rows):
        weight = "bold" if row == node.siglum else None
        line = y + _PAD * 0.7 + _LINE * (number + 0.78)
        parts.append(label(row, x + _PAD, line, font_size=_SIZE, font_weight=weight, font_style=slant))
    return "".join(parts)


def _edge(edge: Edge, layout: Layout, pitch: float, width: float) -> str:
    x, y = layout.columns[edge.parent] * pitch + width, layout.middles[edge.parent]
    path = [f"M{x:.1f} {y:.1f}"]
    for column, middle in layout.bends[edge]:
        path.append(_curve(x, y, column * pitch, middle))
        x, y = column * pitch + width, middle
        path.append(f"L{x:.1f} {y:.1f}")
    path.append(_curve(x, y, layout.columns[edge.child] * pitch, layout.middles[edge.child]))
    dashes = _DASHES[edge.kind]
    return element("path", d="".join(path), fill="none", stroke="currentColor", stroke_dasharray=dashes, opacity=0.75)


def _curve(x: float, y: float, to_x: float, to_y: float) -> str:
    middle = (x + to_x) / 2
    return f"C{middle:.1f} {y:.1f} {middle:.1f} {to_y:.1f} {to_x:.1f} {to_y:.1f}"


def _legend(stemma: Stemma, y: float) -> str:
    parts: list[str] = []
    x = 0.0
    lines = {"fill": "none", "stroke": "currentColor"}
    for kind, dashes in _DASHES.items():
        if any(edge.kind == kind for edge in stemma.edges):
            words = _(_EDGE_WORDS[kind]) if kind == "proved" else _("descent {sure}").format(sure=_(_EDGE_WORDS[kind]))
            parts.append(element("path", d=f"M{x:.1f} {y - 4:.1f}h28", stroke_dasharray=dashes, **lines))
            parts.append(label(words, x + 34, y, font_size=11))
            x += 46 + len(words) * 11 * LETTER
    for kind, dashes in _FRAMES.items():
        if dashes and any(node.kind == kind for node in stemma.nodes):
            parts.append(element("rect", x=x, y=y - 10, width=24, height=12, stroke_dasharray=dashes, **lines))
            parts.append(label(_(_KIND_WORDS[kind]), x + 30, y, font_size=11))
            x += 44 + len(_(_KIND_WORDS[kind])) * 11 * LETTER
    return "".join(parts)


def stemma_pages(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The stemma drawn, and every descent in words."""
    stemma = placeholder["data"]
    title = placeholder["options"].get("title") or _("Stemma")
    name = f"ed-stemma-{placeholder['serial']}"
    made = show(page.env, page.builder, name, draw(stemma, title, name), describe(stemma))
    listed = []
    for edge, note in zip(stemma.edges, placeholder.children, strict=True):
        child, parent, sure = sentence(edge, stemma)
        said = nodes.paragraph(
            "",
            "",
            nodes.strong("", child),
            nodes.Text(_(": from {parent} ({sure}).").format(parent=parent, sure=_(sure))),
        )
        listed.append([said, *(part.deepcopy() for part in note.children)])
    descents = items(listed)
    descents["classes"].append("ed-descents")
    return [*made, descents]


class StemmaDirective(DataDirective):
    """``ed:stemma``: a stemma and the list of its descents; ``:of:`` takes the ancestry of some sigla."""

    shows = "stemma"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"of": words, "title": directives.unchanged}

    def read(self, path: Path) -> Stemma:
        """The stemma, or the part asked for."""
        return read_stemma(path).ancestry(self.options.get("of", ()))

    def notes(self, data: Stemma) -> list[str]:
        """The notes on the descents."""
        return [edge.note for edge in data.edges]


#: The list: its directive, and what renders it.
LIST = List(StemmaDirective, stemma_pages)
