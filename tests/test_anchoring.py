"""A selector names one span of the text, or it is an error that says how to name one."""

from __future__ import annotations

import re

import pytest
import yaml
from hypothesis import assume, given

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.remedies import decide, describe
from sphinx_apparatus.anchoring.selector import (
    AnchorAmbiguous,
    AnchorError,
    AnchorNotFound,
    Selector,
    Span,
    occurrences,
)
from texts_of import texts_with_span

MOON = "The moon has set,\r\nand the Pleiades.\r\n\r\nThe moon, the moon."

#: Selector, and the words it names with what stands before them.
FOUND = [
    ("words that are there once", Selector("Pleiades"), "the |Pleiades"),
    ("of two, the one after the prefix", Selector("moon", prefix=", the "), ", the |moon"),
    ("blanks between prefix and quote may be left out", Selector("moon", prefix=", the"), ", the |moon"),
    ("of three, the one before the suffix", Selector("moon", suffix=" has"), "The |moon"),
    ("blanks between quote and suffix may be left out", Selector("moon", suffix="has set"), "The |moon"),
    ("a line ending is white space at the joint", Selector("set,", suffix="and"), "has |set,"),
    ("a lemma may reach over a line ending", Selector("Pleiades.\r\n\r\nThe moon"), "the |Pleiades.\r\n\r\nThe moon"),
    ("the first character", Selector("T", suffix="he moon has"), "|T"),
    ("the last character", Selector(".", prefix="the moon"), "the moon|."),
    ("a place after a prefix", Selector("", prefix="moon has"), "moon has|"),
    ("a place before a suffix", Selector("", suffix="Pleiades"), "the |"),
    ("a place between both", Selector("", prefix="moon", suffix=" has"), "The moon|"),
    ("a place at the end", Selector("", prefix="moon."), "moon.|"),
]


@pytest.mark.parametrize(("selector", "place"), [case[1:] for case in FOUND], ids=[case[0] for case in FOUND])
def test_a_selector_names(selector: Selector, place: str) -> None:
    before, words = place.split("|")
    span = resolve(MOON, selector)
    assert MOON[span.start : span.end] == words == selector.quote
    assert MOON[: span.start].endswith(before)


MISSING = [
    ("words that are not there", Selector("the sun"), "the lemma 'the sun' is not in the text"),
    (
        "words spelt otherwise, with the nearest",
        Selector("the Pleyades"),
        "the text has: The moon has set,␍␊and ›the Pleiades‹.",
    ),
    ("a prefix that does not stand there", Selector("Pleiades", prefix="seven"), "prefix 'seven'; the text has:"),
    ("a suffix that does not stand there", Selector("Pleiades", suffix="rise"), "suffix 'rise'; the text has:"),
    ("a place that is not there", Selector("", prefix="moon  has"), "the place is not in the text, prefix 'moon  has'"),
    ("a place without prefix and suffix", Selector(""), "an empty lemma needs a prefix or a suffix"),
    ("a place whose blanks are left out", Selector("", prefix="moon", suffix="has"), "the place is not in the text"),
]


@pytest.mark.parametrize(("selector", "message"), [case[1:] for case in MISSING], ids=[case[0] for case in MISSING])
def test_what_is_not_there_is_refused(selector: Selector, message: str) -> None:
    with pytest.raises(AnchorNotFound) as caught:
        resolve(MOON, selector)
    assert message in str(caught.value)


@pytest.mark.parametrize("selector", [Selector("x"), Selector("", prefix="x"), Selector("")])
def test_in_a_text_without_characters_nothing_is_found(selector: Selector) -> None:
    with pytest.raises(AnchorNotFound):
        resolve("", selector)


def test_of_words_that_are_there_more_than_once_every_place_is_listed() -> None:
    with pytest.raises(AnchorAmbiguous) as caught:
        resolve(MOON, Selector("moon"))
    assert caught.value.candidates == (Span(4, 8), Span(44, 48), Span(54, 58))
    assert "in the text 3 times: " in str(caught.value)
    assert str(caught.value).count("›moon‹") == 3


def test_occurrences_may_overlap() -> None:
    with pytest.raises(AnchorAmbiguous) as caught:
        resolve("banana", Selector("ana"))
    assert caught.value.candidates == (Span(1, 4), Span(3, 6))


def test_a_place_that_is_there_twice_is_decided_by_more_on_both_sides() -> None:
    with pytest.raises(AnchorAmbiguous) as caught:
        resolve("a moon, a moon.", Selector("", prefix="moon"))
    assert [resolve("a moon, a moon.", selector) for selector in remedies(str(caught.value), "")] == [(6, 6), (14, 14)]


def remedies(message: str, quote: str) -> list[Selector]:
    """The selectors that an error tells an editor to write, read as YAML reads them."""
    found = []
    for remedy in re.findall(r'\(write ((?::(?:prefix|suffix): "(?:[^"\\]|\\.)*"(?:, )?)+)\)', message):
        options = re.findall(r':(prefix|suffix): ("(?:[^"\\]|\\.)*")', remedy)
        found.append(Selector(quote, **{name: yaml.safe_load(value) for name, value in options}))
    return found


@given(texts_with_span())
def test_the_selector_that_decides_finds_its_span_and_no_other(case: tuple[str, int, int]) -> None:
    string, start, end = case
    quote = string[start:end]
    assume(string)
    rivals = occurrences(string, Selector(quote)) if quote else []
    selector = decide(string, quote, Span(start, end), rivals)
    assert selector.quote == quote
    assert resolve(string, selector) == (start, end)


def attempt(string: str, selector: Selector) -> Span | AnchorError:
    """What becomes of a selector."""
    try:
        return resolve(string, selector)
    except AnchorError as error:
        return error


@given(texts_with_span())
def test_an_ambiguous_selector_is_answered_with_what_decides(case: tuple[str, int, int]) -> None:
    string, start, end = case
    quote = string[start:end]
    assume(quote)
    found = attempt(string, Selector(quote))
    if not isinstance(found, AnchorError):
        assert found == (start, end)
        return
    assert isinstance(found, AnchorAmbiguous)
    assert Span(start, end) in found.candidates
    assert all(string[low:high] == quote for low, high in found.candidates)
    offered = remedies(str(found), quote)
    assert [resolve(string, selector) for selector in offered] == list(found.candidates[:8])


@given(texts_with_span(), texts_with_span())
def test_a_selector_resolves_to_its_own_words_or_not_at_all(
    case: tuple[str, int, int], other: tuple[str, int, int]
) -> None:
    string, start, end = case
    foreign, low, high = other
    for selector in (
        Selector(foreign[low:high]),
        Selector(string[start:end], prefix=foreign[:low], suffix=foreign[high:]),
        Selector("", prefix=foreign[low:high]),
    ):
        found = attempt(string, selector)
        if isinstance(found, AnchorError):
            assert len(str(found).splitlines()) == 1
        else:
            assert string[found.start : found.end] == selector.quote


@given(texts_with_span())
def test_a_place_in_a_message_is_one_line_of_visible_characters(case: tuple[str, int, int]) -> None:
    string, start, end = case
    shown = describe(string, Span(start, end))
    assert len(shown.splitlines()) == 1
    assert not set(shown) & set("\0\x1b\u202e\u2066\u2069\ufeff\u200b\x85\u2028")
    assert set(shown) >= set("›‹")


@pytest.mark.parametrize(
    ("string", "quote"),
    [("a" * 100_000, "a"), ("moon " * 20_000, "moon"), ("x" * 99_999 + "y", "x"), ("\u0301" * 100_000, "\u0301")],
    ids=["one letter", "one word", "one letter and another", "one combining mark"],
)
def test_a_line_of_100_000_characters_that_repeats_itself_is_answered(string: str, quote: str) -> None:
    with pytest.raises(AnchorAmbiguous) as caught:
        resolve(string, Selector(quote))
    assert len(caught.value.candidates) == string.count(quote)
    assert str(caught.value).endswith(f"; and {string.count(quote) - 8} more; quote more of the text")
    assert len(str(caught.value)) < 5_000


def test_in_a_line_of_100_000_characters_a_place_is_found() -> None:
    string = "moon " * 10_000 + "Pleiades " + "moon " * 10_000
    assert resolve(string, Selector("moon", prefix="Pleiades")) == (50_009, 50_013)
    with pytest.raises(AnchorNotFound, match="›Pleiades‹"):
        resolve(string, Selector("Pleyades"))
