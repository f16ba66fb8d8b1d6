"""Works are named in a note's plain words by their keys, and shown by whom a citation names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.model.work import Work, named, naming

WORKS = {
    "suh1988": Work("suh1988", "works.bib", "Suh", True),
    "tass:2024": Work("tass:2024", "works.bib", "TASS", True),
}

#: Plain words, and how they are shown.
WORDS = [
    ("So [@suh1988].", "So Suh."),
    ("So [@suh1988; @tass:2024].", "So Suh; TASS."),
    ("So [@suh1988; @unknown].", "So Suh."),
    ("So [@unknown].", "So [@unknown]."),
    ("So [@unknown; @other].", "So [@unknown; @other]."),
    ("[@suh1988] and [@tass:2024]", "Suh and TASS"),
    ("write to [@ suh1988] or [suh1988]", "write to [@ suh1988] or [suh1988]"),
    ("[@suh1988;@tass:2024]", "[@suh1988;@tass:2024]"),
    ("nothing", "nothing"),
]


@pytest.mark.parametrize(("words", "shown"), WORDS)
def test_works_are_called_by_name(words: str, shown: str) -> None:
    assert named(words, WORKS) == shown


keys = st.from_regex(r"[a-z][a-z0-9:_.-]{0,9}", fullmatch=True)


@given(st.lists(keys, min_size=1, max_size=4), st.text(st.characters(exclude_characters="[]")))
def test_what_a_note_says_of_works_is_found_again(found: list[str], around: str) -> None:
    works = {key: Work(key, "works.bib", key.upper(), True) for key in found}
    assert named(f"{around}{naming(found)}{around}", works) == f"{around}{'; '.join(map(str.upper, found))}{around}"


def test_one_work_and_several() -> None:
    assert naming(["suh1988"]) == "[@suh1988]"
    assert naming(["suh1988", "b"]) == "[@suh1988; @b]"
