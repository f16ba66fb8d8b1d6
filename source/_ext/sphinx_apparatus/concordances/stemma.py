"""A stemma: witnesses and sources, what each is taken from, and how the whole is laid out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from sphinx_apparatus.concordances.svg import spread
from sphinx_apparatus.stores.tables import DataError, Table, read

#: What a node is: extant, known but lost or not seen, or inferred from its descendants.
NODE_KINDS = ("extant", "lost", "inferred")
#: How sure a descent is: both wordings compared, probable, conjectured.
EDGE_KINDS = ("proved", "probable", "conjectured")


@dataclass(frozen=True, slots=True)
class Node:
    """A witness or source; one with a siglum is a text of the edition."""

    id: str
    label: str
    kind: str
    siglum: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """A descent: ``child`` took from ``parent`` what stands in its ``passages``."""

    parent: str
    child: str
    kind: str
    passages: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stemma:
    """Nodes and edges, without a circle."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]

    def node(self, identifier: str) -> Node:
        """The node of an id."""
        return next(node for node in self.nodes if node.id == identifier)

    def ancestry(self, sigla: Iterable[str]) -> Stemma:
        """The part from which the texts of the sigla descend; all of it where none is named."""
        wanted = {node.id for node in self.nodes if node.siglum in set(sigla)}
        if not wanted:
            return self
        while True:
            more = {edge.parent for edge in self.edges if edge.child in wanted} - wanted
            if not more:
                break
            wanted |= more
        return Stemma(
            tuple(node for node in self.nodes if node.id in wanted),
            tuple(edge for edge in self.edges if edge.child in wanted),
        )


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand.

    The column of each node from the left, its middle from the top, and for each edge the
    column and middle of the places it passes between its ends.
    """

    columns: dict[str, int]
    middles: dict[str, float]
    bends: dict[Edge, tuple[tuple[int, float], ...]]


def read_stemma(path: Path) -> Stemma:
    """The stemma of a data file.  Raises `DataError`."""
    nodes: list[Node] = []
    edges: list[Edge] = []
    for table in read(path, "node", "edge"):
        if table.name == "edge":
            edge = _edge(table, {node.id for node in nodes})
            edges.append(edge)
        else:
            node = _node(table)
            if any(node.id == other.id for other in nodes):
                raise table.error(f"id {node.id} is given twice")
            nodes.append(node)
    stemma = Stemma(tuple(nodes), tuple(edges))
    try:
        depths(stemma)
    except ValueError as error:
        raise DataError(str(error), path) from error
    return stemma


def depths(stemma: Stemma) -> dict[str, int]:
    """How many descents each node is, at most, above the last of its descendants.

    Raises `ValueError` for a circle.
    """
    found = {node.id: 0 for node in stemma.nodes}
    for _ in range(len(found) + 1):
        changed = False
        for edge in stemma.edges:
            if found[edge.parent] < found[edge.child] + 1:
                found[edge.parent] = found[edge.child] + 1
                changed = True
        if not changed:
            return found
    raise ValueError("the descent runs in a circle; nothing descends from itself")


def lay_out(stemma: Stemma, heights: dict[str, float], gap: float) -> Layout:
    """Columns by depth, the texts last; in each column an order that crosses few lines.

    Layers, then barycentres, then places near those of neighbours: the method of
    K. Sugiyama, S. Tagawa and M. Toda (1981), in small.
    """
    depth = depths(stemma)
    deepest = max(depth.values(), default=0)
    columns = {identifier: deepest - d for identifier, d in depth.items()}
    layers: list[list[str]] = [[] for _ in range(deepest + 1)]
    for node in stemma.nodes:
        layers[columns[node.id]].append(node.id)
    chains: dict[Edge, list[str]] = {}
    links: list[tuple[str, str]] = []
    size = dict(heights)
    for number, edge in enumerate(stemma.edges):
        chain = [edge.parent]
        for column in range(columns[edge.parent] + 1, columns[edge.child]):
            name = f"\0{number}.{column}"
            layers[column].append(name)
            size[name] = 4.0
            chain.append(name)
        chain.append(edge.child)
        chains[edge] = chain
        links += list(pairwise(chain))
    before, after = _neighbours(links)
    places = {name: float(i) for layer in layers for i, name in enumerate(layer)}
    for sweep in range(8):
        order = layers if sweep % 2 == 0 else layers[::-1]
        for layer in order:
            _sort(layer, before if sweep % 2 == 0 else after, places)
    middles = _middles(layers, size, gap, before, after)
    bends = {
        edge: tuple((columns[edge.parent] + i, middles[name]) for i, name in enumerate(chain[1:-1], 1))
        for edge, chain in chains.items()
    }
    return Layout(columns, {node.id: middles[node.id] for node in stemma.nodes}, bends)


def _sort(layer: list[str], neighbours: dict[str, list[str]], places: dict[str, float]) -> None:
    wish = {
        name: sum(places[n] for n in near) / len(near) if (near := neighbours.get(name)) else places[name]
        for name in layer
    }
    layer.sort(key=lambda name: wish[name])
    for i, name in enumerate(layer):
        places[name] = float(i)


def _middles(
    layers: Sequence[list[str]], size: dict[str, float], gap: float,
    before: dict[str, list[str]], after: dict[str, list[str]],
) -> dict[str, float]:  # fmt: skip
    """Middles that keep the order and the gap, drawn towards those of the neighbours."""
    middles: dict[str, float] = {}
    for layer in layers:
        at = 0.0
        for name in layer:
            middles[name] = at + size[name] / 2
            at += size[name] + gap
    tallest = max((middles[layer[-1]] + size[layer[-1]] / 2 for layer in layers if layer), default=0.0)
    for layer in layers:
        if layer:
            shift = (tallest - middles[layer[-1]] - size[layer[-1]] / 2) / 2
            for name in layer:
                middles[name] += shift
    for sweep in range(6):
        for layer in layers if sweep % 2 else layers[::-1]:
            near = {n: [middles[m] for m in (*before.get(n, ()), *after.get(n, ()))] for n in layer}
            wish = [sum(near[n]) / len(near[n]) if near[n] else middles[n] for n in layer]
            _place(layer, wish, size, gap, middles)
    return middles


def _place(layer: list[str], wish: list[float], size: dict[str, float], gap: float, middles: dict[str, float]) -> None:
    """Set a layer: the distances between neighbours are taken out, then put back."""
    offsets = [0.0]
    for one, other in pairwise(layer):
        offsets.append(offsets[-1] + (size[one] + size[other]) / 2 + gap)
    wanted = [w - offset for w, offset in zip(wish, offsets, strict=True)]
    low = size[layer[0]] / 2 if layer else 0.0
    for name, place, offset in zip(layer, spread(wanted, 0.0, low), offsets, strict=True):
        middles[name] = place + offset


def _neighbours(links: Iterable[tuple[str, str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    before: dict[str, list[str]] = {}
    after: dict[str, list[str]] = {}
    for one, other in links:
        after.setdefault(one, []).append(other)
        before.setdefault(other, []).append(one)
    return before, after


def _node(table: Table) -> Node:
    node = Node(
        id=table.text("id"),
        label=table.text("label"),
        kind=table.choice("kind", NODE_KINDS, "extant"),
        siglum=table.text("siglum", ""),
        date=table.text("date", ""),
    )
    table.done()
    return node


def _edge(table: Table, known: set[str]) -> Edge:
    edge = Edge(
        parent=table.text("from"),
        child=table.text("to"),
        kind=table.choice("kind", EDGE_KINDS, "proved"),
        passages=table.text("passages", ""),
        note=table.text("note", ""),
    )
    table.done()
    for end in (edge.parent, edge.child):
        if end not in known:
            raise table.error(f"there is no node {end!r}")
    return edge
