"""Where a passage stands in print: what the PDF's builder writes is what a citation reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.stores.pages import Pages, PagesError, read_places, write_places

words = st.text(st.characters(codec="utf-8"), max_size=6)
numbers = st.integers(0, 99)
references = st.builds(PrintReference, words, numbers, numbers, numbers, words, words, words)


@given(st.dictionaries(words, references, max_size=4), st.dictionaries(words, st.lists(numbers), max_size=3))
def test_places_are_read_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, places: dict[str, PrintReference], lines: dict[str, list[int]]
) -> None:
    path = tmp_path_factory.mktemp("places") / "places.json"
    path.write_text(write_places(places, lines), "utf-8", newline="")
    assert read_places(path) == Pages(places, lines)


def test_places_are_written_in_one_order_whatever_the_order_in_which_they_were_found() -> None:
    one, two = PrintReference("1"), PrintReference("2")
    written = write_places({"M2": two, "M1": one}, {"M": [0], "B": [3]})
    assert written == write_places({"M1": one, "M2": two}, {"B": [3], "M": [0]})
    assert list(json.loads(written)["places"]) == ["M1", "M2"]
    assert written.endswith("}\n")


def test_without_a_pdf_there_are_no_places(tmp_path: Path) -> None:
    assert read_places(tmp_path / "places.json") == Pages()


def test_an_older_file_may_lack_lines_and_much_of_a_place(tmp_path: Path) -> None:
    path = tmp_path / "places.json"
    path.write_text('{"places": {"M1": {"page": "18"}}}', "utf-8")
    assert read_places(path) == Pages({"M1": PrintReference("18")})
    path.write_text("{}", "utf-8")
    assert read_places(path) == Pages()


BROKEN = [
    "",
    "[]",
    "7",
    pytest.param("[" * 100_000, id="deep"),
    '{"places": {}, "places": {}}',
    '{"places": []}',
    '{"places": {"M1": 7}}',
    '{"places": {"M1": {}}}',
    '{"places": {"M1": {"page": "18", "leaf": 9}}}',
    '{"places": {"M1": {"page": 18}}}',
    '{"places": {"M1": {"page": "18", "first": "7"}}}',
    '{"places": {"M1": {"page": "18", "first": true}}}',
    '{"places": {"M1": {"page": "18", "volume": 2}}}',
    '{"lines": [0, 52]}',
    '{"lines": {"M": "0"}}',
    '{"lines": {"M": [0, "52"]}}',
    "\xff",
]


@pytest.mark.parametrize("content", BROKEN)
def test_what_is_no_file_of_places_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "places.json"
    path.write_bytes(content.encode("latin-1"))
    with pytest.raises(PagesError, match=r"places\.json is not a file of places \(.*\); build the PDF again$"):
        read_places(path)


def test_a_folder_is_no_file_of_places(tmp_path: Path) -> None:
    with pytest.raises(PagesError, match="is not a file of places"):
        read_places(tmp_path)
