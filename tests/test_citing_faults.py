"""What a record of a .bib cannot mean gets a message with its line; the rest of it is cited."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_apparatus.bibliography import csl
from sphinx_apparatus.bibliography.reader import read_all
from sphinx_apparatus.bibliography.works import item_of

#: A record, and what is said of it.
FAULTS = [
    ("author={Doe, John; Roe, Jane}", "author of a: names are parted by ';'"),
    ("author={Doe, John & Roe, Jane}", "author of a: names are parted by ',' or '&'"),
    ("author={John Doe, Jane Roe, Max Poe}", "author of a: names are parted by ',' or '&'"),
    ("author={Doe, John and and Roe, Jane}", "author of a: an 'and' has no name before or behind it"),
    ("author={Doe, John and}", "author of a: an 'and' has no name before or behind it"),
    ("date={2004-13-45}", "a: date is 2004-13-45, which is no date"),
    ("date={2004-02-30}", "a: date is 2004-02-30, which is no date"),
    ("date={around 1884}", "a: date is around 1884, which is no date"),
    ("origdate={y}", "a: origdate is y, which is no date"),
    ("date={1994/1989}", "a: the date ends (1989) before it begins (1994)"),
    ("year={1999}, month={13}", "a: month is 13"),
    ("title={ {} }", "a has no title"),
    ("crossref={b}", "a names b in crossref"),
    ("title={One}", "duplicate title"),
]


@pytest.mark.parametrize(("fields", "fault"), FAULTS)
def test_what_a_record_cannot_mean_is_told_with_its_line(tmp_path: Path, fields: str, fault: str) -> None:
    title = "" if fields.startswith("title={ ") else "title={T}, "
    path = tmp_path / "works.bib"
    path.write_text(f"@comment{{@book{{c, title={{}}\n}}\n}}\n@book{{a, {title}{fields}}}\n", "utf-8")
    data, _, [(_, told)] = read_all([path], "utf-8")
    assert told.line == 4
    assert fault in told.message
    assert list(data.entries) == ["a"]
    for style in csl.STYLES:
        assert csl.cite(item_of("a", data.entries["a"]), style.name)


@pytest.mark.parametrize(
    "fields", ["author={{Ministry of Trade; Dept. of X}}", "author={{Smith and and Sons}}", "year={forthcoming}"]
)
def test_what_is_meant_so_is_not_told(tmp_path: Path, fields: str) -> None:
    path = tmp_path / "works.bib"
    path.write_text(f"@book{{a, title={{T}}, {fields}}}\n", "utf-8")
    assert read_all([path], "utf-8")[2] == []
