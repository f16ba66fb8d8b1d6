"""A text, its paragraphs, and what it stands in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import record
from sphinx_apparatus.model.text import Part, Text, find_paragraphs
from texts_of import strings


def test_a_line_of_byte_order_marks_and_blanks_is_blank_however_they_are_mixed() -> None:
    assert [(p.number, p.start, p.end) for p in find_paragraphs("\ufeff \ufeff \ufeff\none")] == [(1, 6, 9)]


@given(strings)
def test_a_paragraph_ends_where_its_line_does(string: str) -> None:
    for paragraph in find_paragraphs(string):
        assert paragraph.start == 0 or string[paragraph.start - 1] in "\r\n"
        assert paragraph.end == len(string) or string[paragraph.end] in "\r\n"


TEXT = Text("M", "moon.txt", "", "\n\none\n\r\ntwo\n\n")

#: Code points of that text, and the number of the paragraph each is counted to.
OFFSETS = [(0, 1), (2, 1), (4, 1), (5, 1), (7, 1), (8, 2), (10, 2), (11, 2), (99, 2)]


@pytest.mark.parametrize(("offset", "number"), OFFSETS)
def test_what_stands_between_paragraphs_is_counted_to_the_one_before_or_else_to_the_first(
    offset: int, number: int
) -> None:
    found = TEXT.paragraph_at(offset)
    assert found is not None
    assert found.number == number
    assert TEXT.paragraph(number) == found


def test_a_text_of_blank_lines_has_no_paragraph_anywhere() -> None:
    assert Text("M", "moon.txt", "", "\n \n").paragraph_at(1) is None


@pytest.mark.parametrize("number", [-1, 0, 3])
def test_a_paragraph_that_is_not_there_is_told_with_those_that_are(number: int) -> None:
    with pytest.raises(LookupError, match=f"^text M has ¶1 to ¶2, no ¶{number}$"):
        TEXT.paragraph(number)


@given(st.integers(1, 9))
def test_a_part_of_a_text_has_a_source_of_its_own(number: int) -> None:
    text = record("\n".join("abcdefghi"), source="book", parts=(Part(2, 4, "first"), Part(5, 5, "second")))
    expected = "first" if 2 <= number <= 4 else "second" if number == 5 else "book"
    assert text.source_of(number) == expected
