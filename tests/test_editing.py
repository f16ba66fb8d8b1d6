"""An emendation changes few places of its lemma, and its edits make the reading of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.anchoring.edits import Edit, EditConflict, apply, check, compare, tokenize
from texts_of import strings

TOKENS = [
    ("words and blanks", "Kim Jung Il", ["Kim", " ", "Jung", " ", "Il"]),
    ("blanks together", "a \t\n b", ["a", " \t\n ", "b"]),
    ("punctuation one by one", "a.,b", ["a", ".", ",", "b"]),
    (
        "an apostrophe between letters is of the word",
        "Korea's ’tis its’",
        ["Korea's", " ", "’", "tis", " ", "its", "’"],
    ),
    ("a note call fused with a word is a number", "kingdom20", ["kingdom", "20"]),
    ("a superscript call is a number of its own", "1945²¹", ["1945", "²¹"]),
    ("a letter keeps its combining marks", "e\u0301t", ["e\u0301t"]),
    ("hyphens part words", "Sino-Soviet", ["Sino", "-", "Soviet"]),
    ("Hangul is letters", "김정일의", ["김정일의"]),
    ("nothing", "", []),
]


@pytest.mark.parametrize(("string", "tokens"), [case[1:] for case in TOKENS], ids=[case[0] for case in TOKENS])
def test_tokens(string: str, tokens: list[str]) -> None:
    assert tokenize(string) == tokens


#: Lemma, reading, and the edits as ``old>new``.
COMPARED = [
    ("a word gives way to another", "Kim Jung Il", "Kim Jong Il", ["Jung>Jong"]),
    ("a comma is put in", "The Koreans an", "The Koreans, an", [">,"]),
    ("a word is put in with its blank", "sent troops", "sent its troops", [">its "]),
    ("a word is taken out", "military to dictatorship", "military dictatorship", ["to >"]),
    ("a note call is told from its word", "kingdom20.", "kingdom²⁰.", ["20>²⁰"]),
    ("a note call is told from its year", "1910-194521", "1910-1945²¹", ["194521>1945²¹"]),
    ("of a clause two places", "official was open", "office was opened", ["official>office", "open>opened"]),
    ("all is taken out", "moon", "", ["moon>"]),
    ("all is put in", "", "moon", [">moon"]),
    ("a blank is one character", "needsoil", "needs oil", ["needsoil>needs oil"]),
]


@pytest.mark.parametrize(("lemma", "reading", "edits"), [case[1:] for case in COMPARED], ids=[c[0] for c in COMPARED])
def test_edits(lemma: str, reading: str, edits: list[str]) -> None:
    assert [f"{lemma[e.start : e.end]}>{e.text}" for e in compare(lemma, reading)] == edits


def test_edits_are_counted_in_the_text_and_not_in_the_lemma() -> None:
    assert compare("Jung", "Jong", 100) == (Edit(100, 104, "Jong"),)


@given(strings, strings)
def test_the_edits_make_the_reading_of_the_lemma(lemma: str, reading: str) -> None:
    assert apply(lemma, compare(lemma, reading)) == reading


@given(strings)
def test_words_that_do_not_change_are_not_edited(lemma: str) -> None:
    assert compare(lemma, lemma) == ()


@given(strings)
def test_joined_tokens_are_the_string(string: str) -> None:
    assert "".join(tokenize(string)) == string
    assert all(tokenize(string))


@given(strings, strings, strings, strings)
def test_an_emended_text_has_the_reading_in_place_of_the_lemma(
    before: str, lemma: str, reading: str, after: str
) -> None:
    edits = compare(lemma, reading, len(before))
    assert apply(before + lemma + after, edits) == before + reading + after


@given(strings, strings, strings, strings, strings)
def test_two_emendations_that_do_not_touch_are_one_text(a: str, b: str, c: str, one: str, two: str) -> None:
    edits = [*compare(c, two, len(a + b) + 1), *compare(a, one)]
    assert apply(f"{a}{b}|{c}", edits) == f"{one}{b}|{two}"


CONFLICTS = [
    ("the same words", Edit(2, 4, "x"), Edit(2, 4, "y")),
    ("one in the other", Edit(0, 9, "x"), Edit(2, 4, "y")),
    ("words in common", Edit(0, 3, "x"), Edit(2, 4, "y")),
    ("the same place", Edit(2, 2, "x"), Edit(2, 2, "y")),
    ("a place within words that go", Edit(1, 4, "x"), Edit(2, 2, "y")),
]


@pytest.mark.parametrize(("first", "second"), [case[1:] for case in CONFLICTS], ids=[case[0] for case in CONFLICTS])
def test_two_emendations_may_not_change(first: Edit, second: Edit) -> None:
    for edits in ([first, second], [second, first]):
        with pytest.raises(EditConflict) as caught:
            check(edits)
        assert {caught.value.first, caught.value.second} == {first, second}
        with pytest.raises(EditConflict):
            apply("0123456789", edits)


NEIGHBOURS = [
    ("words that touch", [Edit(0, 2, "x"), Edit(2, 4, "y")], "xy456789"),
    ("a place before words that go", [Edit(2, 2, "x"), Edit(2, 4, "y")], "01xy456789"),
    ("a place after words that go", [Edit(2, 4, "y"), Edit(4, 4, "x")], "01yx456789"),
]


@pytest.mark.parametrize(("edits", "text"), [case[1:] for case in NEIGHBOURS], ids=[case[0] for case in NEIGHBOURS])
def test_two_emendations_may_change(edits: list[Edit], text: str) -> None:
    assert apply("0123456789", edits) == apply("0123456789", reversed(edits)) == text


@given(st.integers(0, 3), st.integers(0, 3))
def test_edits_beyond_each_other_never_conflict(start: int, length: int) -> None:
    check([Edit(start, start + length, "x"), Edit(start + length + 1, start + length + 1, "y")])


def test_a_lemma_of_100_000_characters_is_compared() -> None:
    lemma = "the moon, " * 10_000
    reading = lemma[:50_000] + "the sun, " + lemma[50_000:]
    edits = compare(lemma, reading)
    assert apply(lemma, edits) == reading
    assert sum(len(edit.text) for edit in edits) == len("the sun, ")
