"""Woven, a text is cut into runs, and nothing is lost, moved or counted twice."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.anchoring.weaving import Mark, Run, weave
from texts_of import texts_with_spans

#: Text, marks as ``(key, start, end)``, and the runs as ``words|cover``, a place as ``‸``.
WOVEN = [
    ("no mark, one run", "moon", [], ["moon|"]),
    ("a mark over all", "moon", [("A", 0, 4)], ["moon|A"]),
    ("a mark in the middle", "the moon set", [("A", 4, 8)], ["the |", "moon|A", " set|"]),
    (
        "one in the other, the shorter first",
        "the moon set",
        [("A", 0, 12), ("B", 4, 8)],
        ["the |A", "moon|B A", " set|A"],
    ),
    ("two that overlap", "abcd", [("A", 0, 3), ("B", 1, 4)], ["a|A", "bc|A B", "d|B"]),
    ("two on the same words, in the order given", "moon", [("B", 0, 4), ("A", 0, 4)], ["moon|B A"]),
    ("two that touch", "abcd", [("A", 0, 2), ("B", 2, 4)], ["ab|A", "cd|B"]),
    ("a place", "abcd", [("A", 2, 2)], ["ab|", "‸|A", "cd|"]),
    ("a place under a mark", "abcd", [("A", 2, 2), ("B", 1, 3)], ["a|", "b|B", "‸|A B", "c|B", "d|"]),
    ("a place where a mark begins is not under it", "abcd", [("A", 2, 2), ("B", 2, 3)], ["ab|", "‸|A", "c|B", "d|"]),
    ("a place where a mark ends is not under it", "abcd", [("A", 2, 2), ("B", 1, 2)], ["a|", "b|B", "‸|A", "cd|"]),
    ("two at one place", "abcd", [("A", 2, 2), ("B", 2, 2)], ["ab|", "‸|A", "‸|B", "cd|"]),
    ("places at both ends", "ab", [("A", 0, 0), ("B", 2, 2)], ["‸|A", "ab|", "‸|B"]),
    ("places in a text without characters", "", [("A", 0, 0), ("B", 0, 0)], ["‸|A", "‸|B"]),
]


def _shown(string: str, runs: list[Run[str]]) -> list[str]:
    return [f"{string[run.start : run.end] or '‸'}|{' '.join(run.cover)}" for run in runs]


@pytest.mark.parametrize(("string", "marks", "runs"), [case[1:] for case in WOVEN], ids=[case[0] for case in WOVEN])
def test_runs(string: str, marks: list[tuple[str, int, int]], runs: list[str]) -> None:
    assert _shown(string, weave(Span(0, len(string)), [Mark(*mark) for mark in marks])) == runs


def test_of_a_mark_over_two_paragraphs_each_end_is_told_once() -> None:
    mark = Mark("A", 2, 9)
    first, second = weave(Span(0, 5), [mark]), weave(Span(7, 12), [mark])
    assert [(run.start, run.end, run.first, run.last) for run in first] == [(0, 2, (), ()), (2, 5, ("A",), ())]
    assert [(run.start, run.end, run.first, run.last) for run in second] == [(7, 9, (), ("A",)), (9, 12, (), ())]


def test_what_lies_outside_is_left_out() -> None:
    marks = [Mark("A", 0, 2), Mark("B", 8, 9), Mark("C", 1, 1), Mark("D", 9, 9), Mark("E", 2, 2)]
    assert weave(Span(2, 8), marks) == [Run(2, 2, ("E",), ("E",), ("E",)), Run(2, 8, ())]


def _marks(spans: list[tuple[int, int]]) -> list[Mark[int]]:
    return [Mark(number, *span) for number, span in enumerate(spans)]


@given(texts_with_spans())
def test_joined_runs_are_the_text(case: tuple[str, list[tuple[int, int]]]) -> None:
    string, spans = case
    runs = weave(Span(0, len(string)), _marks(spans))
    assert "".join(string[run.start : run.end] for run in runs) == string
    assert all(run.start < run.end or len(run.first) == 1 for run in runs)


@given(texts_with_spans())
def test_runs_are_linear_in_the_marks(case: tuple[str, list[tuple[int, int]]]) -> None:
    string, spans = case
    assert len(weave(Span(0, len(string)), _marks(spans))) <= 2 * len(spans) + 1


@given(texts_with_spans())
def test_a_run_is_under_the_marks_that_hold_all_of_it(case: tuple[str, list[tuple[int, int]]]) -> None:
    string, spans = case
    marks = _marks(spans)
    for run in weave(Span(0, len(string)), marks):
        if run.start < run.end:
            over = [m for m in marks if m.start <= run.start and run.end <= m.end]
        else:
            over = [m for m in marks if m.start < run.start < m.end]
            over.append(marks[run.first[0]])
        over.sort(key=lambda mark: (mark.end - mark.start, mark.key))
        assert run.cover == tuple(mark.key for mark in over)


@given(texts_with_spans())
def test_no_two_neighbours_are_under_the_same_marks(case: tuple[str, list[tuple[int, int]]]) -> None:
    string, spans = case
    runs = [run for run in weave(Span(0, len(string)), _marks(spans)) if run.start < run.end]
    for left, right in pairwise(runs):
        here = any(start == end == right.start for start, end in spans)
        assert left.cover != right.cover or left.last or right.first or here


@given(texts_with_spans())
def test_every_mark_begins_once_and_ends_once(case: tuple[str, list[tuple[int, int]]]) -> None:
    string, spans = case
    runs = weave(Span(0, len(string)), _marks(spans))
    for number, (start, end) in enumerate(spans):
        assert [run.start for run in runs if number in run.first] == [start]
        assert [run.end for run in runs if number in run.last] == [end]


@given(texts_with_spans(), st.lists(st.integers(0, 60), max_size=4))
def test_a_text_may_be_woven_piece_by_piece(case: tuple[str, list[tuple[int, int]]], cuts: list[int]) -> None:
    string, spans = case
    marks = [mark for mark in _marks(spans) if mark.start < mark.end]
    bounds = sorted({0, len(string), *(min(cut, len(string)) for cut in cuts)})
    pieces = [run for low, high in pairwise(bounds) for run in weave(Span(low, high), marks)]
    for piece in pieces:
        assert set(piece.cover) == {m.key for m in marks if m.start <= piece.start and piece.end <= m.end}
    for mark in marks:
        assert sum(mark.key in piece.first for piece in pieces) == 1
        assert sum(mark.key in piece.last for piece in pieces) == 1


def test_a_line_of_100_000_characters_under_10_000_marks_is_woven() -> None:
    marks = [Mark(number, number * 10, number * 10 + 15) for number in range(9_998)]
    runs = weave(Span(0, 100_000), marks)
    assert sum(run.end - run.start for run in runs) == 100_000
    assert len(runs) <= 2 * len(marks) + 1
    assert max(len(run.cover) for run in runs) == 2
