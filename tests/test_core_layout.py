"""In which paragraphs of a page an annotation is told."""

from __future__ import annotations

import pytest
from hypothesis import given

from annotating import annotate
from making import record
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.layout import build
from texts_of import texts_with_span

LINES = "one\ntwo\n\nthree\n"


def told(string: str, *spans: tuple[int, int]) -> list[tuple[list[str], list[str]]]:
    """Of each row the annotations noted there, and those that go on there from before."""
    annotations = [annotate(string, *span, None, id=f"M{number}") for number, span in enumerate(spans, 1)]
    notes = {annotation.id: ed.ed_annotation(annotation=annotation.id) for annotation in annotations}
    rows = build(record(string), sorted(annotations, key=lambda a: a.order), notes)
    apparatuses = [row.next_node(ed.ed_apparatus) for row in rows if isinstance(row, ed.ed_row)]
    return [([note["annotation"] for note in one], one["continued"]) for one in apparatuses]


#: A span of the lines, the row that notes it, and the rows in which it goes on; rows count from 1.
WHERE = [
    ("an annotation within its line", (0, 2), 1, []),
    ("an annotation that ends with its line does not go on in the next", (0, 3), 1, []),
    ("nor does one that ends with the ending of its line", (0, 4), 1, []),
    ("nor one that ends with the blank line", (4, 9), 2, []),
    ("one that ends with the next line's first character does", (0, 5), 1, [2]),
    ("one over all lines goes on in each", (0, 14), 1, [2, 3]),
    ("one that begins behind its line goes on in the next", (3, 6), 1, [2]),
    ("a place at the end of a line is of that line", (3, 3), 1, []),
    ("a place at the beginning of a line is of that line", (4, 4), 2, []),
    ("a place in a blank line is told at the line before", (8, 8), 2, []),
]


@pytest.mark.parametrize(("span", "row", "on"), [case[1:] for case in WHERE], ids=[case[0] for case in WHERE])
def test_where(span: tuple[int, int], row: int, on: list[int]) -> None:
    assert told(LINES, span) == [
        (["M1"] if number == row else [], ["M1"] if number in on else []) for number in (1, 2, 3)
    ]


def test_those_that_go_on_are_told_in_their_order() -> None:
    assert told(LINES, (2, 6), (0, 6), (1, 5))[1] == ([], ["M2", "M3", "M1"])


@given(texts_with_span())
def test_an_annotation_goes_on_in_just_those_later_paragraphs_of_which_it_has_a_character(
    case: tuple[str, int, int],
) -> None:
    string, start, end = case
    rows = told(string, (start, end))
    [noted] = [number for number, (notes, _) in enumerate(rows) if notes]
    for number, paragraph in enumerate(record(string).text.paragraphs):
        shared = range(max(start, paragraph.start), min(end, paragraph.end))
        assert rows[number][1] == (["M1"] if shared and number > noted else [])
