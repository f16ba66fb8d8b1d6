"""The lines of a text by rule, and what can be asked of them."""

from __future__ import annotations

import textwrap
import unicodedata
from itertools import accumulate, takewhile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unicode_segmentation_rs import line_break_units, text_width

from lines_of import LINES, by_rule, measures, written
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.lines import Lines, LinesError, clusters
from texts_of import strings, texts_with_span

#: Words without any sign, each shorter than a line of 20.
prose = st.lists(st.text("abcdefgh", min_size=1, max_size=20), min_size=1, max_size=40)


def width(string: str) -> int:
    """Characters, of which wide ones count two, without white space at the ends."""
    return sum(min(2, max(1, text_width(c[0]))) for c in clusters(string.strip()))


@pytest.mark.parametrize(
    ("string", "measure", "expected"),
    [
        ("The moon has set", 62, ["The moon has set"]),
        ("The moon has set", 8, ["The moon ", "has set"]),
        ("The moon has set", 7, ["The ", "moon ", "has set"]),
        ("The moon\nhas set", 62, ["The moon", "has set"]),
        ("The moon\n\n\r\n  has  set  ", 7, ["The ", "moon", "  has  ", "set  "]),
        ("independent", 5, ["indep", "enden", "t"]),
        ("an independent", 5, ["an ", "indep", "enden", "t"]),
        ("north-east wind", 7, ["north-", "east ", "wind"]),
        ("in 1,000.50 (or so)", 8, ["in ", "1,000.50 ", "(or so)"]),
        ("a 'moon' set", 6, ["a ", "'moon' ", "set"]),
        ("p.\u00a07 is", 5, ["p.\u00a07 ", "is"]),
        ("김정일은 갔다", 4, ["김정", "일은 ", "갔다"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("👨‍👩‍👧👨‍👩‍👧", 2, ["👨‍👩‍👧", "👨‍👩‍👧"]),
        ("moon\u2028set", 62, ["moon\u2028", "set"]),
        ("moon\u2028 set", 62, ["moon\u2028 ", "set"]),
        ("moon \u00a0set", 5, ["moon \u00a0", "set"]),
        ("a\u200bbc", 2, ["a\u200b", "bc"]),
        ("", 62, []),
        ("\n \n", 62, []),
    ],
)
def test_lines_by_rule(string: str, measure: int, expected: list[str]) -> None:
    assert written(string, by_rule(string, measure)) == expected


def test_a_line_of_verse_is_a_line() -> None:
    """However long it is."""
    string = "The moon has set,\n  and the Pleiades\n\nmidnight"
    assert written(string, by_rule(string, 5, verse=True)) == ["The moon has set,", "  and the Pleiades", "midnight"]


def test_a_line_that_ends_with_a_soft_hyphen_shows_one() -> None:
    lines = by_rule("mid\u00adnight mid\u00adnight", 7)
    assert written("mid\u00adnight mid\u00adnight", lines) == ["mid\u00ad", "night ", "mid\u00ad", "night"]
    assert lines.hyphens == {1, 3}


def test_a_measure_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        by_rule("moon", 0)


@given(strings, measures, st.booleans())
def test_the_lines_of_a_paragraph_are_the_paragraph(string: str, measure: int, verse: bool) -> None:
    lines = by_rule(string, measure, verse)
    of_lines = written(string, lines)
    for paragraph in lines.paragraphs:
        joined = "".join(of_lines[line - 1] for line in lines.of_paragraph(paragraph.number))
        assert joined == string[paragraph.start : paragraph.end]


@given(strings, measures)
def test_no_line_begins_with_what_belongs_to_the_one_before(string: str, measure: int) -> None:
    """But the first of a paragraph.  (A space that carries an accent is a character, not white space.)"""
    lines = by_rule(string, measure)
    firsts = {lines.of_paragraph(paragraph.number)[0] for paragraph in lines.paragraphs}
    for number, line in enumerate(written(string, lines), 1):
        assert line.strip(), "no line is blank"
        if number not in firsts:
            assert not next(clusters(line)).isspace()
            assert not unicodedata.category(line[0]).startswith("M")


@given(strings, measures)
def test_a_line_is_within_the_measure(string: str, measure: int) -> None:
    """Or is one character, which is wider."""
    for line in written(string, by_rule(string, measure)):
        assert width(line) <= measure or len(list(clusters(line.strip()))) == 1


@given(strings, measures)
def test_only_a_word_too_long_is_broken(string: str, measure: int) -> None:
    """Every other line begins where Unicode lets one begin, or behind the white space there."""
    lines = by_rule(string, measure)
    for paragraph in lines.paragraphs:
        words = string[paragraph.start : paragraph.end]
        edges = set(accumulate(map(len, clusters(words)), initial=0))
        ends = [end for end in accumulate(map(len, line_break_units(words)), initial=0) if end in edges]
        behind = {end + len("".join(takewhile(str.isspace, clusters(words[end:])))) for end in ends}
        for start in (lines.starts[line - 1] - paragraph.start for line in lines.of_paragraph(paragraph.number)):
            if start not in behind.union(ends):
                low, high = max(end for end in ends if end < start), min(end for end in ends if end > start)
                assert width(words[low:high]) > measure


@given(prose)
def test_a_line_takes_what_fits(words: list[str]) -> None:
    """As another program fills lines with plain words."""
    string = " ".join(words)
    assert [line.rstrip() for line in written(string, by_rule(string))] == textwrap.wrap(string, 20)


@given(prose, prose)
def test_what_follows_moves_no_line(words: list[str], more: list[str]) -> None:
    """An edit leaves the lines before it, up to the one that it is in."""
    string = " ".join(words)
    before, after = by_rule(string), by_rule(f"{string} {' '.join(more)}")
    assert after.starts[: len(before)] == before.starts


@given(strings, strings, measures)
def test_a_paragraph_moves_no_line_before_it(string: str, more: str, measure: int) -> None:
    before = by_rule(f"{string}\n", measure)
    assert by_rule(f"{string}\n{more}", measure).starts[: len(before)] == before.starts


@pytest.mark.parametrize("unit", ["a", " a", "a \u00a0", "e\u0301", "김", "\u0301a\u0301", "\u200d", '"', "\U0001f1f0"])
def test_a_long_paragraph_is_divided(unit: str) -> None:
    """200,000 of whatever, in one line of the copy."""
    string = "m" + unit * 200_000
    lines = by_rule(string, 62)
    assert "".join(written(string, lines)) == string


@pytest.mark.parametrize(
    ("offset", "line"), [(-1, 1), (0, 1), (8, 1), (9, 2), (15, 2), (16, 2), (18, 2), (19, 3), (32, 3), (99, 3)]
)
def test_the_line_of_an_offset(offset: int, line: int) -> None:
    assert LINES.at(offset) == line


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, (1, 1)),
        (4, 12, (1, 2)),
        (4, 9, (1, 1)),
        (9, 12, (2, 2)),
        (13, 22, (2, 3)),
        (0, 33, (1, 3)),
        (0, 0, (1, 1)),
        (9, 9, (1, 1)),  # behind "moon ", so where that is
        (10, 10, (2, 2)),
        (16, 16, (2, 2)),
        (18, 18, (2, 2)),
        (19, 19, (3, 3)),
    ],
)
def test_the_lines_of_a_span(start: int, end: int, expected: tuple[int, int]) -> None:
    assert LINES.of_span(Span(start, end)) == expected


def test_the_lines_of_a_paragraph_and_the_paragraph_of_a_line() -> None:
    assert [list(LINES.of_paragraph(number)) for number in (1, 2)] == [[1, 2], [3]]
    assert [LINES.paragraph(line) for line in (1, 2, 3)] == [1, 1, 2]
    assert [LINES.span(line) for line in (1, 2, 3)] == [(0, 9), (9, 16), (19, 33)]
    assert len(LINES) == 3


@pytest.mark.parametrize("number", [-1, 0, 4])
def test_there_are_no_other_lines(number: int) -> None:
    for ask in (LINES.span, LINES.paragraph, LINES.of_paragraph):
        with pytest.raises(LookupError, match=f"no (line|¶) ?{number}"):
            ask(number)


def test_a_text_without_paragraphs_has_no_lines() -> None:
    lines = Lines((), ())
    assert (len(lines), lines.at(5), lines.of_span(Span(0, 0)), lines.of_span(Span(0, 2))) == (0, 0, (0, 0), (0, 0))


@given(texts_with_span(), measures)
def test_the_lines_of_a_span_hold_its_characters(made: tuple[str, int, int], measure: int) -> None:
    """Each character of a paragraph is in one line; a span is in the lines of its first and last."""
    string, start, end = made
    lines = by_rule(string, measure)
    for line in range(1, len(lines) + 1):
        assert {lines.at(offset) for offset in range(*lines.span(line))} == {line}
    first, last = lines.of_span(Span(start, end))
    assert 0 < first <= last <= len(lines) or not lines.paragraphs
    if start < end and lines.paragraphs:
        assert (first, last) == (lines.at(start), lines.at(end - 1))


@pytest.mark.parametrize(
    ("starts", "hyphens", "message"),
    [
        ((), (), "¶1 begins at code point 0, but no line begins there"),
        ((1, 9, 19), (), "¶1 begins at code point 0, but line 1 begins at 1"),
        ((0, 9), (), "¶2 begins at code point 19, but no line begins there"),
        ((0, 9, 16, 19), (), "¶2 begins at code point 19, but line 3 begins at 16"),
        ((0, 9, 20), (), "¶2 begins at code point 19, but line 3 begins at 20"),
        ((0, 9, 9, 19), (), r"line 3 begins at code point 9, not behind line 2 \(9\)"),
        ((0, 9, 4, 19), (), r"line 3 begins at code point 4, not behind line 2 \(9\)"),
        ((0, 9, 19, 33), (), "line 4 begins at code point 33, behind the last paragraph"),
        ((0, 9, 19), (4,), "line 4 is said to end with a hyphen; there are lines 1 to 3"),
        ((0, 9, 19), (0,), "line 0 is said to end with a hyphen"),
        ((0, 9, 19), (2,), "line 2 is said to end with a hyphen, but ends ¶1"),
    ],
)
def test_what_is_no_division_is_refused(starts: tuple[int, ...], hyphens: tuple[int, ...], message: str) -> None:
    with pytest.raises(LinesError, match=message):
        Lines(starts, LINES.paragraphs, frozenset(hyphens))
