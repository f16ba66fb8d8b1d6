"""Data files: every mistake in one is named, with file and line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sphinx_apparatus.stores.tables import DataError, Table, read


def file(folder: Path, content: str) -> Path:
    """A data file."""
    path = folder / "events.toml"
    path.write_bytes(content.encode("utf-8"))
    return path


def only(folder: Path, content: str) -> Table:
    """The one table ``event`` of a file, which begins in line 2."""
    [table] = read(file(folder, f"\n[[event]]\n{content}\n"), "event")
    return table


def test_tables_are_read_by_name_in_the_order_in_which_they_are_asked_for(tmp_path: Path) -> None:
    path = file(tmp_path, '[[b]]\nn = "1"\n[[a]]\nn = "2"\n[[b]]\nn = "3"\n')
    assert [(table.line, table.text("n")) for table in read(path, "a", "b", "c")] == [(3, "2"), (1, "1"), (5, "3")]


#: A file, and the lines on which its tables ``event`` begin; 0 where that is not known.
LINES = [
    ("one after the other", "[[event]]\n\n[[event]]\n", [1, 3]),
    ("lines end as DOS ends them", "# events\r\n[[event]]\r\n", [2]),
    ("with blanks", "[[ event ]]\n  [[event]]\n\t[[\tevent]]  # the third\n", [1, 2, 3]),
    ("beside others", "[[events]]\n[[eventual]]\n[[event]]\n[[event.mention]]\n", [3]),
    ("behind a character that is a line ending elsewhere", '[[events]]\nn = "a\u2028b\u0085c"\n[[event]]\n', [3]),
    ("in line", 'event = [{n = "1"}]\n', [0]),
    ("none", "", []),
]


@pytest.mark.parametrize(("content", "lines"), [case[1:] for case in LINES], ids=[case[0] for case in LINES])
def test_a_table_knows_its_line(tmp_path: Path, content: str, lines: list[int]) -> None:
    found = read(file(tmp_path, content), "event", "events", "eventual")
    assert [table.line for table in found if table.error("").args[0].startswith("event:")] == lines


#: What reads a value, what the table has, and what comes of it.
READ: list[tuple[Callable[[Table], Any], str, Any]] = [
    (lambda table: table.text("n"), 'n = "a"', "a"),
    (lambda table: table.text("n"), "", "event: needs n"),
    (lambda table: table.text("n"), 'n = ""', "event: needs n"),
    (lambda table: table.text("n", "b"), "", "b"),
    (lambda table: table.text("n", ""), "", ""),
    (lambda table: table.text("n"), "n = 7", "event: n is not a string: 7"),
    (lambda table: table.texts("n"), 'n = ["a", "b"]', ("a", "b")),
    (lambda table: table.texts("n"), "", ()),
    (lambda table: table.texts("n"), 'n = "a"', "event: n is not a list of strings: 'a'"),
    (lambda table: table.texts("n"), "n = [1]", "event: n is not a list of strings: [1]"),
    (lambda table: table.mapping("n"), 'n = {a = "b"}', {"a": "b"}),
    (lambda table: table.mapping("n"), "", {}),
    (lambda table: table.mapping("n"), 'n = "a"', "event: n is not a table of strings: 'a'"),
    (lambda table: table.mapping("n"), "n = {a = 1}", "event: n is not a table of strings: {'a': 1}"),
    (lambda table: table.choice("n", ("a", "b")), 'n = "b"', "b"),
    (lambda table: table.choice("n", ("a", "b"), "a"), "", "a"),
    (lambda table: table.choice("n", ("a", "b")), 'n = "c"', "event: n is one of a, b; not 'c'"),
    (lambda table: [one.text("x") for one in table.tables("n")], 'n = [{x = "a"}, {x = "b"}]', ["a", "b"]),
    (lambda table: [one.text("") for one in table.tables("n")], 'n = ["a", "b"]', ["a", "b"]),
    (lambda table: [one.text("x") for one in table.tables("n")], '[[event.n]]\nx = "a"', ["a"]),
    (lambda table: list(table.tables("n")), "", []),
    (lambda table: list(table.tables("n")), 'n = "a"', "event: n is not a list of tables: 'a'"),
    (lambda table: list(table.tables("n")), "n = [1]", "event: n is not a list of tables: [1]"),
    (lambda table: [one.text("x") for one in table.tables("n")], "n = [{}]", "event, n: needs x"),
    (lambda table: table.done(), 'b = 1\na = "x"', "event: unknown key a, b"),
    (lambda table: table.done(), "", None),
]


@pytest.mark.parametrize(("reads", "content", "comes"), READ, ids=[f"{case[1]}: {case[2]}" for case in READ])
def test_a_value_is_read_or_named(tmp_path: Path, reads: Callable[[Table], Any], content: str, comes: Any) -> None:
    table = only(tmp_path, content)
    if isinstance(comes, str) and comes.startswith("event"):
        with pytest.raises(DataError) as caught:
            reads(table)
        assert str(caught.value) == comes
        assert caught.value.location == f"{tmp_path / 'events.toml'}:2"
    else:
        assert reads(table) == comes


def test_a_value_is_read_once_so_that_what_nothing_reads_is_found(tmp_path: Path) -> None:
    table = only(tmp_path, 'n = "a"')
    assert table.has("n")
    assert table.text("n") == "a"
    assert not table.has("n")
    table.done()


#: A file that is none, and what is wrong with it.
BROKEN = [
    ("[[event]\n", "not TOML: "),
    pytest.param(f"n = {'[' * 9_000}", "tables are within tables too deep", id="deep"),
    ("\xff", "not TOML: "),
    ('[[evnet]]\n[[a]]\nn = "1"\n', "unknown table a, evnet; this file has event, text"),
    ('[event]\nn = "1"\n', "event is a list of tables: write [[event]]"),
    ('event = ["1"]\n', "event is a list of tables: write [[event]]"),
]


@pytest.mark.parametrize(("content", "fault"), BROKEN)
def test_a_file_that_is_not_of_its_form_is_named(tmp_path: Path, content: str, fault: str) -> None:
    path = tmp_path / "events.toml"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(DataError) as caught:
        read(path, "event", "text")
    assert str(caught.value).startswith(fault)
    assert caught.value.location == str(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"^cannot be read \(No such file or directory\); check the name$"):
        read(tmp_path / "events.toml", "event")


@pytest.mark.parametrize("value", ['"no"', "0", "[]"])
def test_a_flag_is_true_or_false(tmp_path: Path, value: str) -> None:
    path = tmp_path / "data.toml"
    path.write_text(f"[[name]]\nsee = {value}\n", "utf-8")
    with pytest.raises(DataError, match="see is neither true nor false"):
        read(path, "name")[0].flag("see", True)
    path.write_text("[[name]]\nsee = false\n", "utf-8")
    table = read(path, "name")[0]
    assert (table.flag("see", True), table.flag("other", True)) == (False, True)
