"""Pictures: labels keep apart, scales keep order, stemmata flow one way."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.anchoring.selector import Selector
from sphinx_apparatus.concordances import stemma_picture, timeline
from sphinx_apparatus.concordances.chronology import Event, Mention, Verdict
from sphinx_apparatus.concordances.edtf import parse
from sphinx_apparatus.concordances.stemma import Edge, Node, Stemma, depths, lay_out
from sphinx_apparatus.concordances.svg import fit, spread


@given(st.lists(st.floats(0, 500), max_size=30), st.floats(1, 30))
def test_labels_keep_apart_and_within(wishes: list[float], gap: float) -> None:
    places = spread(sorted(wishes), gap, 0.0, 500.0)
    assert len(places) == len(wishes)
    assert all(other - one >= gap - 1e-6 for one, other in pairwise(places))
    assert all(-1e-6 <= place <= max(500.0, gap * (len(places) - 1)) + 1e-6 for place in places)


def test_labels_with_room_stand_where_they_wish() -> None:
    assert spread([10.0, 50.0, 90.0], 10.0, 0.0, 100.0) == [10.0, 50.0, 90.0]
    assert spread([50.0, 50.0], 10.0, 0.0) == [45.0, 55.0]


@given(st.lists(st.floats(1000, 2024), min_size=1, max_size=20))
def test_a_scale_keeps_the_order_of_years(years: list[float]) -> None:
    scale = timeline.scale(years, 600.0)
    places = [scale.at(year) for year in sorted(years)]
    assert places == sorted(places)
    assert all(-1e-6 <= place <= 600.0 + 1e-6 for place in places)
    assert not any(a < tick < b for tick in scale.ticks(10) for a, b in scale.cuts)


@pytest.mark.parametrize(("words", "width", "cut"), [("Armistice", 200, "Armistice"), ("One two three", 40, "One…")])
def test_words_are_cut_at_a_blank(words: str, width: float, cut: str) -> None:
    assert fit(words, width) == cut


NODES = tuple(Node(name, name, "extant", name if name == "T" else "") for name in "PQRST")
EDGES = tuple(Edge(a, b, "proved") for a, b in ("PQ", "QT", "PT", "RT", "SR"))


def test_a_stemma_flows_from_left_to_right() -> None:
    stemma = Stemma(NODES, EDGES)
    assert depths(stemma) == {"P": 2, "Q": 1, "R": 1, "S": 2, "T": 0}
    layout = lay_out(stemma, dict.fromkeys("PQRST", 20.0), 10.0)
    assert all(layout.columns[edge.parent] < layout.columns[edge.child] for edge in EDGES)
    assert [column for column, _ in layout.bends[EDGES[2]]] == [1]
    for column in range(3):
        middles = sorted(layout.middles[name] for name in "PQRST" if layout.columns[name] == column)
        assert all(other - one >= 30 - 1e-6 for one, other in pairwise(middles))


def test_a_circle_of_descent_is_refused() -> None:
    with pytest.raises(ValueError, match="circle"):
        depths(Stemma(NODES, (*EDGES, Edge("T", "P", "proved"))))


def test_the_ancestry_of_a_text_is_a_stemma() -> None:
    stemma = Stemma((*NODES, Node("U", "U", "extant", "U")), (*EDGES, Edge("S", "U", "proved")))
    assert {node.id for node in stemma.ancestry(["U"]).nodes} == {"S", "U"}
    assert stemma.ancestry([]) == stemma


def test_what_a_box_says_stands_within_it() -> None:
    """Line under line; and all boxes are within the picture."""
    long = Node("T", "A history of the moon, and of all the stars that ever were seen", "extant", "T", "1972")
    root = ElementTree.fromstring(stemma_picture.draw(Stemma((*NODES[:-1], long), EDGES), "Descent"))
    shift = float(root.find("{*}g").get("transform").split()[1].rstrip(")"))  # type: ignore[union-attr]
    _, _, wide, high = map(float, root.get("viewBox", "").split())
    boxes: list[tuple[float, float, float, float]] = []
    said: list[list[float]] = []
    for one in root.find("{*}g") or ():
        if one.tag.endswith("rect"):
            boxes.append(tuple(float(one.get(name, "")) for name in ("x", "y", "width", "height")))  # type: ignore[arg-type]
            said.append([])
        elif one.tag.endswith("text") and boxes and one.get("font-size") == "11.5":
            x, y, width, height = boxes[-1]
            baseline = float(one.get("y", ""))
            assert x < float(one.get("x", "")) < x + width
            assert y + 8 < baseline < y + height - 2, "a letter is some 8 high, and has what hangs down"
            said[-1].append(baseline)
    assert len(boxes) == len(NODES)
    assert max(map(len, said)) > 2
    for baselines in said:
        assert all(other - one > 11.5 for one, other in pairwise(baselines))
    assert all(
        x >= 0 and x + width <= wide and y + shift >= 0 and y + shift + height <= high for x, y, width, height in boxes
    )


@pytest.mark.parametrize("markup", ["<script>alert(1)</script>", "a & b", '"]]>'])
def test_pictures_are_well_formed_and_named(markup: str) -> None:
    mention = Mention("K", Selector("x"), None, Verdict.UNDATED)
    event = Event(parse("1654"), markup, markup, "", (mention,), 1)
    drawn = timeline.draw([event, event], ["K"], markup)
    node = Node("a", markup, "lost", "A", "1900")
    for svg in (drawn, timeline.draw([], ["K"], markup), stemma_picture.draw(Stemma((node,), ()), markup)):
        root = ElementTree.fromstring(svg)
        assert root.get("role") == "img"
        names = [element.text for element in root if element.tag.endswith("title")]
        assert names == [markup]
        assert "#" not in (root.get("fill") or "")
