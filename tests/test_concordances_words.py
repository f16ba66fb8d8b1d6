"""Parallels follow their rule, and collations lose nothing of either wording."""

from __future__ import annotations

from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.concordances.parallels import Run, between, runs
from sphinx_apparatus.concordances.words import Piece, collate, outside, sentences, words_of
from sphinx_apparatus.model.text import Text

WORDS = st.lists(st.sampled_from("abc"), max_size=12)


@given(st.lists(WORDS, min_size=2, max_size=4), st.integers(1, 4))
def test_shared_runs_are_all_the_maximal_ones_of_any_two_texts(texts: list[list[str]], least: int) -> None:
    expected = {}
    for (a, first), (b, second) in combinations(enumerate(texts), 2):
        pair = []
        for i in range(len(first)):
            for j in range(len(second)):
                length = 0
                while i + length < len(first) and j + length < len(second) and first[i + length] == second[j + length]:
                    length += 1
                begins = not (i and j and first[i - 1] == second[j - 1])
                if begins and length >= least:
                    pair.append(Run(i, j, length))
        if pair:
            expected[a, b] = pair
    found = runs(texts, least)
    assert found == expected
    assert list(found) == list(expected)


@given(st.text("ab ,.’20", max_size=40), st.text("ab ,.’20", max_size=40))
def test_a_collation_joined_is_both_wordings(first: str, second: str) -> None:
    collation = collate(first, second)
    assert "".join(piece.text for piece in collation.first) == " ".join(first.split())
    assert "".join(piece.text for piece in collation.second) == " ".join(second.split())


@given(st.lists(st.builds(Piece, st.text("ab ", max_size=4), st.booleans()), max_size=8))
def test_no_difference_begins_or_ends_with_a_blank(pieces: list[Piece]) -> None:
    found = outside(pieces)
    assert "".join(piece.text for piece in found) == "".join(piece.text for piece in pieces)
    assert all(piece.text == piece.text.strip() for piece in found if piece.differs and piece.text.strip())
    assert all(one.differs != other.differs for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("string", "keys"),
    [
        ("Seoul’s countries38.", ["seouls", "countries"]),
        ("Seoul's In 1990", ["seouls", "in", "1990"]),
        ("1910-194521", ["1910", "194521"]),
        ("joint ventures, and trade.", ["joint", "ventures", "and", "trade"]),
    ],
)
def test_words_leave_case_stops_and_note_calls_aside(string: str, keys: list[str]) -> None:
    assert [word.key for word in words_of(string, 0, len(string))] == keys


def test_sentences_end_at_stops_but_not_after_what_is_cut_short() -> None:
    string = "On Sept. 30 W. B. Preston sailed. He died.”12 Why? (Nobody knows.) In U.S. ports it was asked"
    found = [string[span.start : span.end] for span in sentences(string, 0, len(string))]
    assert found == [
        "On Sept. 30 W. B. Preston sailed.",
        "He died.”12",
        "Why?",
        "(Nobody knows.)",
        "In U.S. ports it was asked",
    ]


def test_a_passage_in_two_texts_is_found_with_its_sentences() -> None:
    one = Text("A", "a", "", "Nothing here.\nIt is said: Gold and silver and iron in plenty. No more.")
    two = Text("B", "b", "", "Gold, and Silver, and iron, in the mines.")
    assert between([one, two], 7) == []
    (shared,) = between([one, two], 6)
    assert [str(place) for place in shared.places] == ["A ¶2", "B ¶1"]
    assert shared.runs == (6,)
    assert "".join(piece.text for piece in shared.collation.first) == "It is said: Gold and silver and iron in plenty."
