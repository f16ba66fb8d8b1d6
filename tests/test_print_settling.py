"""Volumes are set until what they say of places is true."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from sphinx_apparatus.outputs.print.compiling import Compiled
from sphinx_apparatus.outputs.print.footspace import LINE, Line, reserves, strays
from sphinx_apparatus.outputs.print.settling import PASSES, Restless, Work, settle
from sphinx_apparatus.outputs.print.volumes import Volume


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
        return Compiled(
            b"%PDF", [], {"places": [[f"lemma-{name}", {"page": str(page)}]], "firsts": [["K", 1]], "feet": []}
        )


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


#: Two notes on line 1, one on line 2, one on line 5 of a paragraph of five lines.
FEET = [
    {"id": name, "previous": before, "text": "K", "line": line, "sheet": 1, "foot": foot, "height": height}
    for name, before, line, foot, height in (
        ("K1", None, 1, 1, 10.0),
        ("K2", "K1", 1, 2, 20.0),
        ("K3", "K2", 2, 1, 30.0),
        ("K4", "K3", 5, 2, 40.0),
    )
]
PARAGRAPH = {"K-p1": {"first": 1, "last": 5}, "K": {"first": 1, "last": 5}}


def test_a_line_with_an_entry_elsewhere_is_found() -> None:
    assert strays(FEET) == {Line("K", 1), Line("K", 5)}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ((), {"K1": 30.0, "K2": 0.0, "K3": 30.0, "K4": 40.0}),
        ((1,), {"K1": 60.0 + LINE, "K2": 0.0, "K3": 30.0, "K4": 40.0}),
        ((2,), {"K1": 60.0 + LINE, "K2": 0.0, "K3": 30.0, "K4": 40.0}),
        ((5,), {"K1": 30.0, "K2": 0.0, "K3": 30.0, "K4": 40.0 + LINE}),
    ],
    ids=[
        "the first of a line for all",
        "the first line with the second",
        "the second with the first",
        "the last alone",
    ],
)
def test_a_note_reserves_what_its_line_needs(held: tuple[int, ...], expected: dict[str, float]) -> None:
    assert reserves(FEET, PARAGRAPH, {Line("K", number) for number in held}) == expected


def test_two_lines_kept_together_are_counted_once() -> None:
    """Whichever of them is seen first: the same edition gives the same bytes."""
    both = reserves(FEET, PARAGRAPH, {Line("K", 1), Line("K", 2)})
    assert both == reserves(FEET, PARAGRAPH, {Line("K", 1)})
