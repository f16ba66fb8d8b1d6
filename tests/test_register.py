"""The register knows every id that was ever published, and loses none."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotating import NOTE
from sphinx_apparatus.model.history import Difference, History, LostError, advance, compare, missing
from sphinx_apparatus.stores.register import RegisterError, read_register, write_register

ONE, TWO, THREE = (dataclasses.replace(NOTE, id=f"M{number}") for number in (1, 2, 3))
CHANGED = dataclasses.replace(TWO, body="Something else.")
FIRST = {"M1": History("1.0", ONE.digest), "M2": History("1.0", TWO.digest), "M3": History("1.0", THREE.digest)}


def test_a_first_edition_publishes_all_its_ids() -> None:
    assert compare({}, [THREE, ONE], ()) == Difference(new=("M1", "M3"))
    assert advance({}, [ONE, TWO, THREE], (), "1.0") == FIRST


def test_what_a_later_edition_does_is_told() -> None:
    four = dataclasses.replace(NOTE, id="M4")
    assert compare(FIRST, [CHANGED, THREE, four], {"M1"}) == Difference(new=("M4",), changed=("M2",), withdrawn=("M1",))
    assert compare(FIRST, [TWO], ()) == Difference(lost=("M1", "M3"))


def test_a_later_edition_keeps_every_id_and_its_history() -> None:
    second = advance(FIRST, [CHANGED, THREE], {"M1"}, "1.1")
    assert second == {
        "M1": History("1.0", ONE.digest, withdrawn="1.1"),
        "M2": History("1.0", CHANGED.digest, ("1.1",), before=TWO.digest),
        "M3": History("1.0", THREE.digest),
    }
    third = advance(second, [TWO, THREE], {"M1"}, "1.2")
    assert third["M2"] == History("1.0", TWO.digest, ("1.1", "1.2"), before=CHANGED.digest)
    assert third["M1"].withdrawn == "1.1"


def test_an_edition_that_loses_an_id_is_no_edition() -> None:
    assert missing(FIRST, {"M2"}, {"M3"}) == ["M1"]
    with pytest.raises(LostError, match="published ids are gone: M1, M3; restore or withdraw them"):
        advance(FIRST, [TWO], (), "1.1")


def test_an_edition_that_changes_nothing_leaves_the_register_as_it_is() -> None:
    assert advance(FIRST, [ONE, TWO, THREE], (), "1.1") == FIRST


ids = st.from_regex(r"[A-Z][A-Za-z]{0,7}[1-9][0-9]{0,6}", fullmatch=True)
entries = st.builds(
    History, st.text(min_size=1), st.text(min_size=1), st.lists(st.text(), max_size=3).map(tuple), st.text(), st.text()
)


@given(st.dictionaries(ids, entries, max_size=8), st.text())
def test_a_register_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, register: dict[str, History], version: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "register.json"
    path.write_bytes(write_register(register, version).encode())
    assert read_register(path) == register


def test_a_register_is_in_the_order_of_the_ids_one_a_line() -> None:
    written = write_register({name: History("1.0", "x") for name in ("M10", "M9", "B1", "M100")}, "1.0")
    assert list(json.loads(written)["ids"]) == ["B1", "M9", "M10", "M100"]
    assert [line.split('"')[1] for line in written.splitlines()[1:-1]] == ["B1", "M9", "M10", "M100"]


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "{}", '{"ids": []}', '{"ids": {"M1": {}}}', '{"ids": {"M1": 7}}',
     '{"ids": {"M1": {"since": "1"}}}', "\xff"],
)  # fmt: skip
def test_what_is_no_register_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "register.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(
        RegisterError, match=r"register\.json is not a register of ids .*restore it from the last release"
    ):
        read_register(path)


def test_a_register_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"register\.json is not a register"):
        read_register(tmp_path / "register.json")
