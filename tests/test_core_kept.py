"""Parts of an output are made once, as long as what they are made from stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_apparatus.stores.kept import Kept

#: what no build may take for what it kept
DAMAGED = ["", "[", "7", "1 2\n", "1 8\nK", "\x00"]


def parts(folder: Path, *wanted: str) -> list[str]:
    """Ask for parts as a build does; returns those that had to be made."""
    made: list[str] = []
    kept = Kept(folder)
    for one in wanted:

        def make(one: str = one) -> list[str]:
            made.append(one)
            return [one, f"{one}\u2028\ud800 ¶"]

        assert kept.get(("text", one), make) == [one, f"{one}\u2028\ud800 ¶"]
    kept.forget_others()
    return made


def test_a_part_is_made_again_only_when_it_is_made_from_something_else(tmp_path: Path) -> None:
    assert parts(tmp_path, "K", "M") == ["K", "M"]
    assert parts(tmp_path, "K", "M") == []
    assert parts(tmp_path, "K", "N") == ["N"]
    assert parts(tmp_path, "K", "M") == ["M"]


def test_what_nobody_asks_for_is_not_kept(tmp_path: Path) -> None:
    parts(tmp_path, "K", "M")
    parts(tmp_path, "K")
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_part_is_made_again(tmp_path: Path, content: str) -> None:
    parts(tmp_path, "K")
    for path in tmp_path.iterdir():
        path.write_text(content, "utf-8")
    assert parts(tmp_path, "K") == ["K"]
    assert parts(tmp_path, "K") == []
