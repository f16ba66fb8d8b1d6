"""Which notes stand over which words, where they overlap, and where each begins and ends."""

from __future__ import annotations

import pytest
from hypothesis import given

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.anchoring.weaving import Mark, weave
from texts_of import texts_with_spans

#: A piece of a text, marks, and the runs as ``start-end cover +begun -ended``.
PIECES = [
    ("no mark", (0, 4), [], ["0-4"]),
    ("nothing at all", (3, 3), [], []),
    ("a mark over more than the piece", (2, 6), [("A", 0, 8)], ["2-6 A"]),
    ("a mark of just the piece", (2, 6), [("A", 2, 6)], ["2-6 A +A -A"]),
    ("a mark that begins with the piece and goes on", (2, 6), [("A", 2, 8)], ["2-6 A +A"]),
    ("a mark that ends with the piece", (2, 6), [("A", 0, 6)], ["2-6 A -A"]),
    ("marks that only touch the piece", (2, 6), [("A", 0, 2), ("B", 6, 8)], ["2-6"]),
    ("places at its ends and beyond", (2, 6), [("A", 1, 1), ("B", 2, 2), ("C", 6, 6), ("D", 7, 7)],
     ["2-2 B +B -B", "2-6", "6-6 C +C -C"]),
    ("a place in a mark that reaches in", (2, 6), [("A", 0, 8), ("B", 4, 4)], ["2-4 A", "4-4 B A +B -B", "4-6 A"]),
    ("the shorter within the longer, by their whole lengths", (2, 6), [("A", 0, 7), ("B", 2, 8)], ["2-6 B A +B"]),
]  # fmt: skip


@pytest.mark.parametrize(("span", "marks", "runs"), [case[1:] for case in PIECES], ids=[case[0] for case in PIECES])
def test_a_piece_is_woven(span: tuple[int, int], marks: list[tuple[str, int, int]], runs: list[str]) -> None:
    assert [
        " ".join([f"{r.start}-{r.end}", *r.cover, *(f"+{k}" for k in r.first), *(f"-{k}" for k in r.last)])
        for r in weave(Span(*span), [Mark(*mark) for mark in marks])
    ] == runs


@given(texts_with_spans())
def test_runs_follow_each_other_without_a_gap(case: tuple[str, list[tuple[int, int]]]) -> None:
    string, spans = case
    at = 0
    for run in weave(Span(0, len(string)), [Mark(number, *span) for number, span in enumerate(spans)]):
        assert run.start == at
        assert set(run.first) | set(run.last) <= set(run.cover)
        at = run.end
    assert at == len(string)
