"""What looks alike and is not is told apart; words, letters and lines are found as editors quote them."""

from __future__ import annotations

import unicodedata

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinx_apparatus.anchoring.alike import alike, differences, units
from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.edits import Edit, compare
from sphinx_apparatus.anchoring.remedies import as_written, nearest
from sphinx_apparatus.anchoring.selector import (
    AnchorAmbiguous,
    AnchorNotFound,
    Selector,
    Span,
    like_lines,
    occurrences,
)
from sphinx_apparatus.anchoring.words import is_letter_edge, is_word_edge, snapped
from texts_of import strings

#: What the text has, what the editor writes, and what the message names.
ENCODINGS = [
    ("a no-break space", "He\u00a0said it.", "He said", "U+00A0 (no-break space) for U+0020 (space)"),
    ("a curly apostrophe", "I don’t.", "don't", "U+2019 (right single quotation mark) for U+0027 (apostrophe)"),
    ("curly quotation marks", "“yes” he", '"yes"', "U+201C (left double quotation mark) for U+0022"),
    ("a letter decomposed", "re\u0301sume\u0301", "r\u00e9sum\u00e9", "decomposed (U+0065 U+0301)"),
    ("a letter composed", "r\u00e9sum\u00e9", "re\u0301sume\u0301", "composed (U+00E9)"),
    ("marks in another order", "ש\u05b8\u05c1ם", "ש\u05c1\u05b8ם", "in another order"),
    ("a soft hyphen", "re\u00adpeat", "repeat", "U+00AD (soft hyphen), which is not seen"),
    ("a soft hyphen in the lemma", "repeat", "re\u00adpeat", "nothing for the lemma’s U+00AD (soft hyphen)"),
    ("a letter composed in part", "va\u0323\u0302t", "v\u1ea1\u0302t", "U+0061 U+0323 U+0302 for U+1EA1 U+0302"),
    ("a line end", "the night;\nWhat", "the night; What", "a line end for a space"),
    ("a line end, quoted with a slash", "the night;\r\nWhat", "the night; / What", "a line end for ' / '"),
    ("a dash", "1910–45", "1910-45", "U+2013 (en dash) for U+002D (hyphen-minus)"),
    ("a long s", "ſaid", "said", "U+017F (latin small letter long s) for U+0073"),
]


@pytest.mark.parametrize(("string", "quote", "said"), [case[1:] for case in ENCODINGS], ids=[c[0] for c in ENCODINGS])
def test_what_looks_alike_is_told_apart_and_the_remedy_heals(string: str, quote: str, said: str) -> None:
    with pytest.raises(AnchorNotFound) as caught:
        resolve(string, Selector(quote))
    message = str(caught.value)
    assert "in another encoding" in message
    assert said in message
    written = message.partition("(write :lemma: ")[2].rpartition(")")[0]
    span = resolve(string, Selector(yaml.safe_load(written)))
    assert (span,) == caught.value.candidates


def test_a_letter_is_not_alike_to_one_with_a_mark() -> None:
    assert alike("re\u0301d", Selector("e")) == []
    assert alike("red", Selector("e\u00ad")) == [Span(1, 2)]


def test_a_span_is_widened_without_the_blanks_at_its_ends() -> None:
    assert snapped("the  moon \r\n has", 3, 12) == (5, 9)
    assert snapped("the  moon", 3, 5) == (5, 5)


def test_to_what_is_not_seen_nothing_is_alike() -> None:
    assert alike("re\u00add", Selector("\u200b\u00ad")) == []
    assert alike("r d", Selector(" ")) == []


def test_what_a_quotation_has_beyond_the_passage_is_not_written() -> None:
    assert as_written("moons", "moon") == '"moon"'


@given(strings)
def test_the_other_encoding_of_a_string_is_found_whole(string: str) -> None:
    other = unicodedata.normalize("NFD", string)
    assume("".join(unit.like for unit in units(string)).strip())
    assume(string == string.strip())
    found = alike(string, Selector(other))
    assert found
    assert yaml.safe_load(as_written(other, string)) == string


def test_what_is_alike_has_differences_and_what_is_the_same_has_none() -> None:
    assert differences("moon", "moon") == []
    assert [tuple(one) for one in differences("a b", "a\u00a0b")] == [(" ", "\u00a0")]


@given(strings, st.integers(0, 30), st.integers(0, 30))
def test_words_are_widened_to_words_and_never_cut(string: str, start: int, length: int) -> None:
    start = min(start, len(string))
    low, high = snapped(string, start, min(len(string), start + length))
    edges = [is_word_edge(string, low), is_word_edge(string, high)]
    assert low == high or all(edges)
    assert string[low:high] == string[low:high].strip()


#: A text, what is not in it, and the words that are offered.
NEAREST = [
    ("The comet of 1682 was seen.", "comet of 1683", "comet of 1682"),
    ("a brisk\r\nconversation", "briskk\r\nconversatio", "brisk\r\nconversation"),
]


@pytest.mark.parametrize(("string", "quote", "offered"), NEAREST)
def test_the_nearest_words_are_words(string: str, quote: str, offered: str) -> None:
    ((start, end),) = nearest(string, Selector(quote))
    assert string[start:end] == offered


def test_a_word_can_be_asked_for_whole() -> None:
    string = "in the inn, in winter"
    with pytest.raises(AnchorAmbiguous):
        resolve(string, Selector("in"))
    assert occurrences(string, Selector("in", whole=True)) == [(0, 2), (12, 14)]
    assert resolve("innocent in", Selector("in", whole=True)) == (9, 11)
    with pytest.raises(AnchorAmbiguous, match="write :whole:"):
        resolve("innocent in", Selector("in"))


def test_a_word_can_be_asked_for_in_a_part_of_the_text() -> None:
    assert resolve("moon. moon.", Selector("moon"), Span(5, 11)) == (6, 10)
    with pytest.raises(AnchorNotFound, match="not in that part of the text"):
        resolve("moon. sun.", Selector("moon"), Span(5, 10))


def test_words_are_quoted_over_a_line_end_with_a_blank_or_a_slash() -> None:
    string = "of the night;\n  What hand"
    for quote in ("night; What", "night; / What", "night;\nWhat", "night;\n  What"):
        assert resolve(string, Selector(quote), folded=True) == (7, 20)
    for quote, prefix, suffix in (
        ("night;", "of the", "What hand"),
        ("hand", "night; / What", ""),
        ("What", "the night;", ""),
    ):
        (found,) = (resolve(string, Selector(quote, prefix, suffix), folded=True),)
        assert string[slice(*found)] == quote
    assert resolve(string, Selector("", "night; What ", "hand"), folded=True) == (21, 21)
    assert resolve(string, Selector("", "night;", " What"), folded=True) == (13, 13)
    lines = "of\n  the night;\n  What hand"
    assert resolve(lines, Selector("", " the night; What"), folded=True) == (22, 22)
    assert resolve(lines, Selector("", "", " the night; What"), folded=True) == (2, 2)
    for words in (Selector("hand", "night What"), Selector("night;", "", "hand"), Selector("", "night; hand")):
        with pytest.raises(AnchorNotFound):
            resolve(string, words, folded=True)
    assert like_lines("night;\n  What", "night, What") == "night,\n  What"
    assert like_lines("night;\n  What", "night, / What") == "night,\n  What"
    assert like_lines("night; What", "night, What") == "night, What"


#: Lemma, reading, and the one edit.
GRAPHEMES = [
    ("秦川雄帝宅", "秦川雄帝室", Edit(4, 5, "室")),
    ("การเมือง", "การเมีอง", Edit(4, 6, "มี")),
    ("ひらがな", "ひろがな", Edit(1, 2, "ろ")),
    ("e\u0301t", "e\u0300t", Edit(0, 3, "e\u0300t")),
    ("👨‍👩‍👧 home", "👨‍👩‍👦 home", Edit(0, 5, "👨‍👩‍👦")),
]


@pytest.mark.parametrize(("lemma", "reading", "edit"), GRAPHEMES)
def test_of_a_script_without_blanks_one_character_changes(lemma: str, reading: str, edit: Edit) -> None:
    assert compare(lemma, reading) == (edit,)


@given(strings, strings)
def test_no_edit_cuts_a_letter_from_its_marks(lemma: str, reading: str) -> None:
    for edit in compare(lemma, reading):
        assert is_letter_edge(lemma, edit.start)
        assert is_letter_edge(lemma, edit.end)


def test_no_proposal_begins_with_a_mark_or_holds_a_bare_line_end() -> None:
    string = "xa\u0303 moon\r\nya\u0303 moon\r\nza\u0303\u0301 moon"
    with pytest.raises(AnchorAmbiguous) as caught:
        resolve(string, Selector("moon"))
    said = str(caught.value)
    for written in said.split(":prefix: ")[1:]:
        value = yaml.safe_load(written[: written.index('"', 1) + 1])
        assert not unicodedata.combining(value[0])
    assert "\r" not in said
    assert "\n" not in said
