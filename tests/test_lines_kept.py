"""The lines of texts as they are kept."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lines_of import KEPT, LINES, MOON, TEXT, measures, text_of
from sphinx_apparatus.model.lines import divide
from sphinx_apparatus.stores.lines import Division, LinesFile, LinesFileError, read_lines, write_lines
from texts_of import strings


def test_the_file_has_a_row_a_paragraph() -> None:
    assert write_lines(KEPT) == (
        '{"format": 1, "texts": {\n'
        '"M": {\n "file": "m.txt",\n'
        f' "sha256": "{TEXT.sha256}",\n'
        ' "measure": "9 characters",\n "by": "hand",\n "hyphens": [1],\n'
        ' "lines": [\n  [0, 9],\n  [19]]}\n}}\n'
    )


@given(st.lists(strings, max_size=3), measures)
def test_what_is_kept_is_read_again(tmp_path_factory: pytest.TempPathFactory, found: list[str], measure: int) -> None:
    texts = [text_of(string, siglum) for string, siglum in zip(found, "ABC", strict=False)]
    made = {text.siglum: divide(text.string, text.paragraphs, measure) for text in texts}
    divisions = {text.siglum: Division.made(text, made[text.siglum], str(measure), "rule") for text in texts}
    path = tmp_path_factory.getbasetemp() / "lines.json"
    path.write_bytes(write_lines(divisions).encode())
    again = read_lines(path)
    assert again.divisions == divisions
    assert {text.siglum: again.of(text) for text in texts} == made
    assert write_lines(dict(reversed(divisions.items()))) == write_lines(divisions), "whatever the order of the texts"


def test_without_a_file_no_text_has_lines(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "lines.json").of(TEXT) is None
    assert LinesFile(tmp_path, KEPT).of(text_of(MOON, "N")) is None


def test_the_lines_of_another_text_are_refused() -> None:
    """Its bytes have changed: the lines are not used, and what to do is said."""
    kept = LinesFile(Path("lines.json"), KEPT)
    assert kept.of(TEXT) == LINES
    with pytest.raises(LinesFileError, match=r"lines.json: the lines of M .* m.txt has .*Restore the text.*--again M"):
        kept.of(text_of(MOON + " now", "M"))


def test_lines_that_are_none_of_the_text_are_refused() -> None:
    kept = LinesFile(Path("lines.json"), {"M": replace(KEPT["M"], rows=((0, 9), (20,)))})
    with pytest.raises(LinesFileError, match=r"lines.json: these are no lines of M \(m.txt\): ¶2 begins .*--again M"):
        kept.of(TEXT)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"lines.json:1: not JSON"),
        (b'{"format": 1,\n<<<<<<<', r"lines.json:2: not JSON"),
        (b"\xff", r"lines.json cannot be read"),
        (b"[]", r"is not a file of lines \(not an object: \[\]\)"),
        pytest.param(b"[" * 100_000, r"is not a file of lines \(objects are within objects too deep\)", id="deep"),
        (b"{}", r"is not a file of lines \('format' is missing\)"),
        (b'{"format": 1}', r"'texts' is missing"),
        (b'{"format": 2, "texts": {}}', r"is of format 2, and this version knows 1"),
        (b'{"format": 1, "texts": []}', r"'texts' is not an object: \[\]"),
        (b'{"format": 1, "texts": {"M": {}}}', r"'file' is missing"),
        (b'{"format": 1, "texts": {"M": 1}}', r"not an object: 1"),
        (b'{"format": 1, "texts": {"M": {}, "M": {}}}', r"'M' stands twice"),
    ],
)
def test_a_file_that_is_none_is_said_so(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "lines.json"
    path.write_bytes(content)
    with pytest.raises(LinesFileError, match=message) as told:
        read_lines(path)
    assert str(path) in str(told.value)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("sha256", 1, "'sha256' is not a string: 1"),
        ("by", None, "'by' is not a string: null"),
        ("lines", 7, "'lines' is not a list: 7"),
        ("lines", [0], "0 is not a list of numbers"),
        ("lines", [[0, "9"]], r"\[0, \"9\"\] is not a list of numbers"),
        ("lines", [[0, 9.5]], "is not a list of numbers"),
        ("lines", [[True]], "is not a list of numbers"),
        ("hyphens", [None], "is not a list of numbers"),
    ],
)
def test_an_entry_that_is_none_is_said_so(tmp_path: Path, key: str, value: object, message: str) -> None:
    table = json.loads(write_lines(KEPT))
    table["texts"]["M"][key] = value
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(table), "utf-8")
    with pytest.raises(LinesFileError, match=message):
        read_lines(path)
