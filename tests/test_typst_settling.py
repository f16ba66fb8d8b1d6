"""Volumes are set until what they say of places is true."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sphinx_apparatus.typst.compiling import Compiled
from sphinx_apparatus.typst.settling import PASSES, Restless, Work, settle
from sphinx_apparatus.typst.volumes import Volume


def work(folder: Path, number: int, *abroad: str) -> Work:
    """A volume that refers to what is abroad."""
    name = f"volume-{number}"
    return Work(Volume(name, number, name, (), ()), folder / name / "main.typ", frozenset(abroad))


class Press:
    """Sets volumes of one lemma each, and keeps what it was told and how often."""

    def __init__(self, *, restless: bool = False) -> None:
        self.restless = restless
        self.told: dict[str, Any] = {}
        self.passes: Counter[str] = Counter()

    def __call__(self, main: Path) -> Compiled:
        """The lemma is on page 1; on page 2 once the page says where something is."""
        name = main.parent.name
        self.passes[name] += 1
        self.told[name] = json.loads((main.parent / "known.json").read_text("utf-8"))
        page = self.passes[name] if self.restless else 2 if self.told[name]["places"] else 1
        return Compiled(b"%PDF", [], {"places": [[f"lemma-{name}", {"page": str(page)}]], "firsts": [["K", 1]], "feet": []})


def test_a_volume_is_set_until_it_finds_what_it_was_told(tmp_path: Path) -> None:
    press = Press()
    settle([work(tmp_path, 1)], press)
    assert press.passes["volume-1"] == 3
    assert press.told["volume-1"] == {"places": {"lemma-volume-1": {"page": "2"}}, "firsts": {"K": 1}, "feet": {}}


def test_what_another_volume_says_comes_last(tmp_path: Path) -> None:
    """The first refers to the second, which is set after it: it is set again."""
    press = Press()
    settle([work(tmp_path, 1, "lemma-volume-2"), work(tmp_path, 2)], press)
    assert press.told["volume-1"]["places"]["lemma-volume-2"] == {"volume": "2", "page": "2"}
    assert list(press.told["volume-2"]["places"]) == ["lemma-volume-2"], "it is told of no other volume unasked"


def test_what_an_earlier_build_knew_counts_for_nothing(tmp_path: Path) -> None:
    first, again = Press(), Press()
    for press in (first, again):
        settle([work(tmp_path, 1)], press)
    assert first.passes == again.passes


def test_what_never_settles_is_told(tmp_path: Path) -> None:
    press = Press(restless=True)
    with pytest.raises(Restless, match="volume-1"):
        settle([work(tmp_path, 1)], press)
    assert press.passes["volume-1"] == PASSES
