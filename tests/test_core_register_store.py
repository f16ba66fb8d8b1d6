"""The register as a file: one id a line, read as it was written, and named if it is none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.model.history import History, in_order
from sphinx_apparatus.stores.register import RegisterError, read_register, registered, write_register

words = st.text(st.characters(codec="utf-8"), max_size=9)
said = st.text(st.characters(codec="utf-8"), min_size=1, max_size=9)
histories = st.builds(History, said, said, st.lists(words, max_size=3).map(tuple), words, words)
ids = st.from_regex(r"[A-Z][A-Za-z]{0,7}[1-9][0-9]{0,6}", fullmatch=True)


@given(st.dictionaries(ids, histories, max_size=6), words)
def test_a_register_is_read_as_it_was_written(
    tmp_path_factory: pytest.TempPathFactory, register: dict[str, History], version: str
) -> None:
    path = tmp_path_factory.mktemp("register") / "register.json"
    path.write_text(write_register(register, version), "utf-8", newline="")
    assert read_register(path) == register
    written = json.loads(path.read_text("utf-8"))
    assert written["version"] == version
    assert list(written["ids"]) == in_order(register)


def test_a_register_has_one_id_a_line_and_no_word_too_many() -> None:
    register = {
        "M10": History("1.0", "ab", ("1.1", "1.2"), "1.3", "ef"),
        "M9": History("1.0", "cd"),
    }
    assert write_register(register, "1.3") == (
        '{"version": "1.3", "ids": {\n'
        '  "M9": {"since": "1.0", "digest": "cd"},\n'
        '  "M10": {"since": "1.0", "digest": "ab", "changed": ["1.1", "1.2"], "withdrawn": "1.3", "before": "ef"}\n'
        "}}\n"
    )


def test_a_register_of_no_ids_is_one(tmp_path: Path) -> None:
    (tmp_path / "register.json").write_text(write_register({}, "1.0"), "utf-8")
    assert read_register(tmp_path / "register.json") == {}


#: What a file holds, and what is wrong with it.
BROKEN = [
    ('{"ids": {"M1": {"since": "1", "digest": "x", "changed": "1.1"}}}', "M1: versions and hashes are strings"),
    ('{"ids": {"M1": {"since": "1", "digest": "x", "changed": [1.1]}}}', "M1: versions and hashes are strings"),
    ('{"ids": {"M1": {"since": 1.0, "digest": "x"}}}', "M1: versions and hashes are strings"),
    ('{"ids": {"M1": {"since": "1", "digest": "x", "withdrawn": true}}}', "M1: versions and hashes are strings"),
    ('{"ids": {"M1": {"since": "1"}}}', "M1 has no version or no hash"),
    ('{"ids": {"M1": {"digest": "x"}}}', "M1 has no version or no hash"),
    ('{"ids": {"M01": {"since": "1", "digest": "x"}}}', "'M01' is not an id"),
    ('{"ids": {"M1": "x"}}', 'not an object: "x"'),
    ('{"ids": {"M1": {"since": "1", "digest": "x"}, "M1": {"since": "2", "digest": "y"}}}', "'M1' stands twice"),
    ('{"ids": []}', "'ids' is not an object: []"),
    ("[]", "not an object: []"),
    ("{}", "'ids' is missing"),
    pytest.param("[" * 100_000, "too deep", id="deep"),
    ("{", "Expecting"),
    ("", "Expecting"),
    ("\xff", "codec can't decode"),
]


@pytest.mark.parametrize(("content", "fault"), BROKEN)
def test_what_is_no_register_is_named_with_its_fault(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "register.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(
        RegisterError, match=r"register\.json is not a register of ids .*; restore it from the last"
    ) as e:
        read_register(path)
    assert fault in str(e.value)


def test_a_register_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"register\.json is not a register of ids \(.*No such file"):
        read_register(tmp_path / "register.json")


def test_the_ids_of_a_register_are_known_and_none_of_one_that_cannot_be_read(tmp_path: Path) -> None:
    path = tmp_path / "register.json"
    assert registered(path) == ()
    path.write_text(write_register({"M2": History("1.0", "ab"), "M10": History("1.0", "cd")}, "1.0"), "utf-8")
    assert registered(path) == ("M2", "M10")
    path.write_text("{", "utf-8")
    assert registered(path) == ()
