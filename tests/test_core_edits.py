"""What emendations change, and that all of them together make one text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.anchoring.edits import Edit, EditConflict, Edits, apply, check, compare, tokenize
from texts_of import strings

#: Characters, and the tokens they make.
TOKENS = [
    ("words and blanks", "Kim Jung Il", ["Kim", " ", "Jung", " ", "Il"]),
    ("blanks together", "a \t\n b", ["a", " \t\n ", "b"]),
    ("punctuation one by one", "a.,b", ["a", ".", ",", "b"]),
    ("an apostrophe before a word is none", "’tis", ["’", "tis"]),
    ("a note call fused with a word is a number", "kingdom20", ["kingdom", "20"]),
    ("a superscript call is a number of its own", "1945²¹", ["1945", "²¹"]),
    ("a letter keeps its combining marks", "e\u0301t", ["e\u0301t"]),
    ("hyphens part words", "Sino-Soviet", ["Sino", "-", "Soviet"]),
    ("Hangul is letters", "김정일의", ["김정일의"]),
    ("nothing", "", []),
    ("figures of other scripts are numbers", "a٢٥", ["a", "٢٥"]),
    ("an apostrophe between letters is of their word", "Korea's and don’t", ["Korea's", " ", "and", " ", "don’t"]),
    ("an apostrophe behind a number is none", "20's", ["20", "'", "s"]),
    ("an apostrophe before a number is none", "s'20", ["s", "'", "20"]),
    ("an apostrophe that ends a text is none", "its'", ["its", "'"]),
    ("of two apostrophes neither is of a word", "a''b", ["a", "'", "'", "b"]),
    ("a vowel of Thai stays with its letter", "น้ำ", ["น้ำ"]),
    ("like signs are not joined", "——", ["—", "—"]),
    ("a fraction is a numeral", "1½", ["1", "½"]),
    ("blanks of every sort are joined", " \xa0\u3000\r\n", [" \xa0\u3000\r\n"]),
]


@pytest.mark.parametrize(("string", "tokens"), [case[1:] for case in TOKENS], ids=[case[0] for case in TOKENS])
def test_tokens(string: str, tokens: list[str]) -> None:
    assert tokenize(string) == tokens


#: Lemma, reading and edits as ``old>new``.
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
    ("in the middle", "one two three", "one 2 three", ["two>2"]),
    ("at the beginning", "one two", "1 two", ["one>1"]),
    ("at the end", "one two", "one 2", ["two>2"]),
    ("a word said twice", "the the moon", "the moon", ["the >"]),
    ("what is put in behind", "the moon", "the moon.", [">."]),
    ("the beginning kept though the end repeats it", "a b a", "a", [" b a>"]),
    ("nothing", "the moon", "the moon", []),
]


@pytest.mark.parametrize(("lemma", "reading", "edits"), [case[1:] for case in COMPARED], ids=[c[0] for c in COMPARED])
def test_an_emendation_changes(lemma: str, reading: str, edits: list[str]) -> None:
    assert [f"{lemma[e.start - 7 : e.end - 7]}>{e.text}" for e in compare(lemma, reading, 7)] == edits


@given(strings, strings)
def test_an_emendation_changes_whole_words_and_no_word_that_both_begin_or_end_with(lemma: str, reading: str) -> None:
    edits = compare(lemma, reading)
    old, new = tokenize(lemma), tokenize(reading)
    if old and new and old[0] == new[0]:
        assert all(edit.start >= len(old[0]) for edit in edits)
    if len(old) > 1 and len(new) > 1 and old[0] != new[0] and old[-1] == new[-1]:
        assert all(edit.end <= len(lemma) - len(old[-1]) for edit in edits)
    bounds = {0}
    for token in old:
        bounds.add(max(bounds) + len(token))
    assert {at for edit in edits for at in (edit.start, edit.end)} <= bounds


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


edits_of_ten = st.builds(
    lambda start, length, text: Edit(start, min(10, start + length), text),
    st.integers(0, 10),
    st.integers(0, 4),
    st.sampled_from(["", "x", "yy"]),
)


def _one_text(edits: list[Edit]) -> bool:
    """Whether no character is changed twice, and nothing is put in twice at one place or within what goes."""
    for number, one in enumerate(edits):
        for other in edits[number + 1 :]:
            if (one.start, one.end) == (other.start, other.end):
                return False
            if max(one.start, other.start) < min(one.end, other.end):
                return False
            for place, words in ((one, other), (other, one)):
                if place.start == place.end and words.start < place.start < words.end:
                    return False
    return True


@given(st.lists(edits_of_ten, max_size=6))
def test_edits_make_one_text_unless_two_change_the_same(edits: list[Edit]) -> None:
    if _one_text(edits):
        check(edits)
        assert apply("0123456789", edits) == apply("0123456789", edits[::-1])
    else:
        with pytest.raises(EditConflict):
            check(edits)
        with pytest.raises(EditConflict):
            apply("0123456789", edits)


@given(st.lists(st.lists(edits_of_ten, max_size=3), max_size=6))
def test_an_emendation_is_taken_in_where_it_fits_with_those_there_and_wholly_or_not_at_all(
    emendations: list[list[Edit]],
) -> None:
    edits = Edits()
    taken: dict[str, list[Edit]] = {}
    for number, added in enumerate(emendations):
        before = [edit for own in taken.values() for edit in own]
        if _one_text([*before, *added]):
            edits.add(added, f"M{number}")
            taken[f"M{number}"] = added
            continue
        with pytest.raises(EditConflict) as caught:
            edits.add(added, f"M{number}")
        assert caught.value.first <= caught.value.second
        assert {caught.value.first, caught.value.second} & set(added)
        if caught.value.owner:
            assert {caught.value.first, caught.value.second} & set(taken[caught.value.owner])


def test_of_two_emendations_that_change_the_same_the_first_is_named() -> None:
    edits = Edits()
    edits.add([Edit(0, 3, "a"), Edit(7, 9, "b")], "M1")
    edits.add([Edit(4, 5, "c")], "M2")
    with pytest.raises(EditConflict, match="edits overlap") as caught:
        edits.add([Edit(3, 4, "d"), Edit(8, 10, "e")], "M3")
    assert (caught.value.owner, caught.value.first, caught.value.second) == ("M1", Edit(7, 9, "b"), Edit(8, 10, "e"))
    edits.add([Edit(3, 4, "d")], "M4")
    with pytest.raises(EditConflict) as caught:
        edits.add([Edit(3, 4, "f")], "M5")
    assert caught.value.owner == "M4"


def test_an_emendation_that_changes_the_same_twice_is_refused_as_its_own_fault() -> None:
    with pytest.raises(EditConflict) as caught:
        Edits().add([Edit(0, 3, "a"), Edit(2, 4, "b")], "M1")
    assert caught.value.owner == ""


NEIGHBOURS = [
    ("words that touch", [Edit(0, 2, "x"), Edit(2, 4, "y")], "xy456789"),
    ("a place before words that go", [Edit(2, 2, "x"), Edit(2, 4, "y")], "01xy456789"),
    ("a place after words that go", [Edit(2, 4, "y"), Edit(4, 4, "x")], "01yx456789"),
]


@pytest.mark.parametrize(("edits", "text"), [case[1:] for case in NEIGHBOURS], ids=[case[0] for case in NEIGHBOURS])
def test_two_emendations_may_change(edits: list[Edit], text: str) -> None:
    assert apply("0123456789", edits) == apply("0123456789", reversed(edits)) == text


def test_a_lemma_of_100_000_characters_is_compared() -> None:
    lemma = "the moon, " * 10_000
    reading = lemma[:50_000] + "the sun, " + lemma[50_000:]
    edits = compare(lemma, reading)
    assert apply(lemma, edits) == reading
    assert sum(len(edit.text) for edit in edits) == len("the sun, ")
