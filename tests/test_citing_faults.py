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
    ("author={,}", "author of a: a name begins with a comma"),
    ("author={Doe, John and}", "author of a: an 'and' has no name before or behind it"),
    ("date={2004-13-45}", "a: date is 2004-13-45, which is no date"),
    ("date={2004-02-30}", "a: date is 2004-02-30, which is no date"),
    ("date={around 1884}", "a: date is around 1884, which is no date"),
    ("origdate={y}", "a: origdate is y, which is no date"),
    ("date={1994/1989}", "a: the date ends (1989) before it begins (1994)"),
    ("year={1999}, month={13}", "a: month is 13"),
    ("title={ {} }", "a has no title"),
    ("crossref={b}", "a names b in crossref"),
    ("crossref={a}", "a takes from itself, by the crossref of a"),
    ("location={xdata=b-location}", "a names b in location"),
    ("urldate={2024-02-30}", "a: urldate is 2024-02-30, which is no date"),
    ("urldate={03.02.2024}", "a: urldate is 03.02.2024, which is no date"),
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


def test_a_record_without_fields_has_its_line(tmp_path: Path) -> None:
    path = tmp_path / "works.bib"
    path.write_text("@book{b, title={T}}\n\n@misc{a}\n", "utf-8")
    assert [(fault.line, fault.message) for _, fault in read_all([path], "utf-8")[2]] == [
        (3, "a has no title; its key stands for it")
    ]


def test_records_that_take_from_each_other_are_told_each_once(tmp_path: Path) -> None:
    path = tmp_path / "works.bib"
    records = ("@book{c, title={C}, crossref={a}}", "@book{a, title={A}, crossref={b}}", "@book{b, xdata={a}}", "")
    path.write_text("\n".join(records), "utf-8")
    data, _, faults = read_all([path], "utf-8")
    assert [(fault.line, fault.message) for _, fault in faults] == [
        (2, "a takes from itself, by the xdata of b"),
        (3, "b takes from itself, by the crossref of a"),
    ]
    assert {key: entry.fields["title"] for key, entry in data.entries.items()} == {"c": "C", "a": "A", "b": "A"}


@pytest.mark.parametrize(
    "fields",
    [
        "author={{Ministry of Trade; Dept. of X}}",
        "author={{Smith and and Sons}}",
        "year={forthcoming}",
        "urldate={3 May 2024}",
        "urldate={2024, May 3}",
    ],
)
def test_what_is_meant_so_is_not_told(tmp_path: Path, fields: str) -> None:
    path = tmp_path / "works.bib"
    path.write_text(f"@book{{a, title={{T}}, {fields}}}\n", "utf-8")
    assert read_all([path], "utf-8")[2] == []
