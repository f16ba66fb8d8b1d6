"""The structure of a text: paragraphs, verses and their numbers, the shape that contradicts; directions."""

from __future__ import annotations

import pytest

from sphinx_apparatus.model.direction import direction, isolated, turning
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.structure import (
    Milestone,
    Structure,
    contradiction,
    number_verses,
    paragraph_spans,
    region,
)


def test_paragraphs_by_structure() -> None:
    string = "One\r\ntwo\r\n\r\n three\n\n\nfour"
    assert [string[a:b] for a, b in paragraph_spans(string)] == ["One", "two", " three", "four"]
    assert [string[a:b] for a, b in paragraph_spans(string, Structure.PARAGRAPH)] == ["One\r\ntwo", " three", "four"]


def test_verses_are_numbered_through_or_by_stanza_from_any_number_on() -> None:
    string = "Title\n\na\nb\n\nc\n"
    spans = paragraph_spans(string)
    assert [verse.number for verse in number_verses(string, spans, (1,)).values()] == [0, 1, 2, 3]
    assert [verse.number for verse in number_verses(string, spans, (1,), by_stanza=True).values()] == [0, 1, 2, 1]
    assert [verse.number for verse in number_verses(string, spans, (1,), first=345).values()] == [0, 345, 346, 347]
    assert [verse.stanza for verse in number_verses(string, spans, (1,)).values()] == [1, 2, 2, 3]


#: A text, what is declared, and what is said against it.
SHAPES = [
    ("wrapped prose", ("x" * 60 + "\n") * 70 + "\n" + ("x" * 60 + "\n") * 5, Structure.LINE, False, "paragraph"),
    ("verse", "".join(f"{'x' * (20 + n % 30)}\n" for n in range(80)), Structure.LINE, False, "verse"),
    ("verse that is declared a line each", "xx\n" * 80, Structure.LINE, True, ""),
    ("prose a paragraph a line", ("x" * 300 + "\n") * 80, Structure.LINE, False, ""),
    ("dialogue with blank lines", "xx\n\n" * 80, Structure.LINE, False, ""),
    ("prose declared as verse", ("x" * 300 + "\n") * 80, Structure.VERSE, True, "line"),
    ("no blank lines to part paragraphs", ("x" * 300 + "\n") * 80, Structure.PARAGRAPH, True, "line"),
    ("two stanzas", "a\nb\nc\n\nd\ne\nf\n", Structure.LINE, False, "verse"),
]


@pytest.mark.parametrize(
    ("string", "structure", "declared", "said"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES]
)
def test_a_shape_that_contradicts_is_told(string: str, structure: Structure, declared: bool, said: str) -> None:
    found = contradiction(string, structure, declared=declared)
    assert bool(found) is bool(said)
    assert not said or f":structure: {said}" in found


@pytest.mark.parametrize(
    ("language", "string", "way"),
    [("ar", "", "rtl"), ("he-IL", "", "rtl"), ("az-Arab", "", "rtl"), ("ar-Latn", "", "ltr"), ("en", "", "ltr"),
     ("und", "שלום (abc)", "rtl"), ("en", "abc שלום abc", "ltr")],
)  # fmt: skip
def test_a_direction(language: str, string: str, way: str) -> None:
    assert direction(language, string) == way


def test_words_of_the_other_direction_are_isolated_in_plain_text() -> None:
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("moon") == "moon"
    assert isolated("moon", "rtl") == "\u2068moon\u2069"


@pytest.mark.parametrize("base", ["ltr", "rtl"])
def test_a_sign_keeps_its_place_behind_words_that_run_the_other_way(base: str) -> None:
    own, other, mark = {"ltr": ("moon", "שלום", "\u200e"), "rtl": ("שלום", "moon", "\u200f")}[base]
    assert turning(own, base) == ""
    assert turning(other, base) == mark


PLAY = "Title\n\na\nb\n\nc\n"
STONES = (Milestone("page", "2", PLAY.index("b")), Milestone("page", "1", 0), Milestone("fol", "3", PLAY.index("a")))

#: A reference, and the part of the play that it names or what is said instead.
REGIONS = [
    ("¶2", "a"),
    ("¶ 4", "c"),
    ("¶5", "there are ¶1 to ¶4, no ¶5"),
    ("¶0", "there are ¶1 to ¶4, no ¶0"),
    ("l. 2", "b"),
    ("v.3", "c"),
    ("V. 1", "a"),
    ("Z. 1", "a"),
    ("l. 4", "there is no verse 4"),
    ("page 1", PLAY[: PLAY.index("b")]),
    ("page 2", PLAY[PLAY.index("b") :]),
    ("fol 3", PLAY[PLAY.index("a") :]),
    ("page 3", "'page 3' is no passage of the text: ¶3, l. 12 in verse, or a milestone, as page 12"),
]


@pytest.mark.parametrize(("words", "named"), REGIONS)
def test_a_reference_names_a_part_of_the_text(words: str, named: str) -> None:
    spans = paragraph_spans(PLAY)
    verses = number_verses(PLAY, spans, (1,))
    try:
        found = PLAY[slice(*region(PLAY, spans, verses, STONES, words))]
    except ModelError as error:
        found = str(error)
    assert found == named
