"""Words of a long text are found where `str.find` finds them, however often one asks."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinx_apparatus.anchoring import finding
from sphinx_apparatus.anchoring.finding import BLOCK, LONG, MANY, find_all


def plainly(string: str, part: str) -> list[int]:
    return [at for at in range(len(string)) if string.startswith(part, at)]


@pytest.mark.parametrize("letters", ["ab", "abcdefghij ", "天地玄黃宇宙洪荒", "a\u0301\U0001f319\r\n"])
def test_the_index_finds_what_reading_finds(letters: str) -> None:
    chance = random.Random(letters)
    string = "".join(chance.choices(letters, k=LONG + 3 * BLOCK + 7))
    parts = [
        string[at : at + length] for length in (4, 5, 12, 60, BLOCK + 9) for at in chance.choices(range(LONG), k=40)
    ]
    parts += [string[-9:], string[-4:], string[:4], string[BLOCK - 2 : BLOCK + 4], "zzzz", f"{string[50:60]}z"]
    for number, part in enumerate(parts):
        found = find_all(string, part)
        if number >= MANY:
            assert found == list(finding._found(string, part, 0, len(string)))


@settings(max_examples=30)
@given(st.text("ab", min_size=1, max_size=9))
def test_a_short_text_is_read(part: str) -> None:
    string = "abba" * 30 + "baab"
    assert find_all(string, part) == plainly(string, part)
