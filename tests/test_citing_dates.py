"""Whatever a .bib may say of a time is said in every export, as far as each has words for it."""

from __future__ import annotations

from urllib.parse import parse_qs

import pytest
import rispy
from pybtex.database import parse_string

from recording import item
from sphinx_apparatus.bibliography import csl, dates
from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.ris import to_ris
from sphinx_apparatus.outputs.tei.lists import works

#: A year, a month or a date, what CSL has for it, and the year that RIS has.
DATES = [
    ("year={1989--1994}", {"date-parts": [[1989], [1994]]}, "1989"),
    ("year={1989-94}", {"date-parts": [[1989], [1994]]}, "1989"),
    ("year={c. 1800}", {"date-parts": [[1800]], "circa": True}, "1800"),
    ("year={forthcoming}", {"literal": "forthcoming"}, None),
    ("year={n.d.}", None, None),
    ("year={2011}, month={January--June}", {"date-parts": [[2011, 1], [2011, 6]]}, "2011"),
    ("year={1999}, month=sep", {"date-parts": [[1999, 9]]}, "1999"),
    ("year={1999}, month={13--20 May}", {"date-parts": [[1999, 5, 13], [1999, 5, 20]]}, "1999"),
    ("year={1999}, month={Spring}", {"date-parts": [[1999]], "season": 1}, "1999"),
    ("date={1956-05-03}", {"date-parts": [[1956, 5, 3]]}, "1956"),
    ("date={1989/1994}", {"date-parts": [[1989], [1994]]}, "1989"),
    ("date={1800~}", {"date-parts": [[1800]], "circa": True}, "1800"),
    ("date={1999-22}", {"date-parts": [[1999]], "season": 2}, "1999"),
    ("date={-0043}", {"date-parts": [[-44]]}, None),
    ("date={1884?}", {"date-parts": [[1884]], "circa": True}, "1884"),
    ("date={1884%}", {"date-parts": [[1884]], "circa": True}, "1884"),
    ("date={19XX}", {"date-parts": [[1900], [1999]], "circa": True}, "1900"),
    ("date={2004-XX}", {"date-parts": [[2004]]}, "2004"),
    ("date={2004-05-XX}", {"date-parts": [[2004, 5]]}, "2004"),
    ("date={../1950}", {"literal": "–1950"}, None),
    ("date={1999/2000-05}", {"date-parts": [[1999], [2000]]}, "1999"),
    ("date={0000}", {"date-parts": [[-1]]}, None),
    ("date={}, year={1999}", {"date-parts": [[1999]]}, "1999"),
    ("year={1999}, month=feb, day={30}", {"date-parts": [[1999, 2]]}, "1999"),
    ("year={1999}, month=feb, day={²}", {"date-parts": [[1999, 2]]}, "1999"),
    ("year={1999}, month={März}", {"literal": "März 1999"}, None),
    ("year={1344/1925}", {"literal": "1344/1925"}, None),
    ("year={昭和20年}", {"literal": "昭和20年"}, None),
]


@pytest.mark.parametrize(("said", "issued", "year"), DATES)
def test_a_date_is_what_the_record_says(said: str, issued: object, year: str | None) -> None:
    found = item(f"@book{{a, author={{Roe, Jane}}, title={{T}}, {said}}}")
    assert found.get("issued") == issued
    assert rispy.loads(to_ris(found))[0].get("year") == year
    assert parse_string(to_bibtex(found), "bibtex").entries["a"]
    for style in csl.STYLES:
        assert "Roe" in csl.cite(found, style.name)


@pytest.mark.parametrize(
    ("words", "month"), [("1956-05-03", "3 May"), ("1999-01/1999-06", "January–June"), ("1999", "")]
)
def test_a_date_of_biblatex_is_shown_as_year_and_month(words: str, month: str) -> None:
    assert dates.year_and_month({"date": words}) == (words[:4], month)


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("year={2011}, month={January--June}", {"rft.date": ["2011"], "rft.chron": ["January–June"]}),
        ("date={1999-23}", {"rft.date": ["1999"], "rft.ssn": ["fall"]}),
        ("date={1999-05}", {"rft.date": ["1999-05"]}),
        ("date={1999/2001}", {"rft.date": ["1999/2001"]}),
        ("year={in press}", {"rft.date": ["in press"]}),
    ],
)
def test_an_article_has_its_months_in_openurl(date: str, said: dict[str, list[str]]) -> None:
    coins = parse_qs(to_coins(item(f"@article{{a, title={{T}}, journal={{J}}, {date}}}")))
    assert {key: coins[key] for key in coins if key in ("rft.date", "rft.chron", "rft.ssn")} == said


@pytest.mark.parametrize(
    ("said", "year", "ris"),
    [
        ("year={1999}, month={März}", "year  = {1999},\n  month = {März}", "DA  - März 1999"),
        ("year={in press}", "year  = {in press}", "N1  - in press"),
        ("pubstate={inpress}", "year     = {in press}", "N1  - in press"),
        ("date={../1950}", "year  = {–1950}", "DA  - –1950"),
    ],
)
def test_a_date_in_words_is_told_where_each_format_has_room(said: str, year: str, ris: str) -> None:
    found = item(f"@book{{a, title={{T}}, {said}}}")
    assert year in to_bibtex(found)
    assert f"{ris}\r\n" in to_ris(found)


@pytest.mark.parametrize(
    ("date", "said"),
    [("-0043", "44 BC"), ("0000", "1 BC"), ("-0399-05-03", "3 May 400 BC"), ("-0001/0014", "2 BC–14")],
)
def test_a_year_before_our_era_is_in_words_where_a_format_has_four_digits(date: str, said: str) -> None:
    found = item(f"@article{{a, title={{T}}, journal={{J}}, date={{{date}}}}}")
    assert f"DA  - {said}\r\n" in to_ris(found)
    assert "PY  - " not in to_ris(found)
    assert parse_qs(to_coins(found))["rft.date"] == [said]
    assert f"date    = {{{date}}}" in to_bibtex(found)
    assert f"<date>{said}</date>" in works({"a": found})


def test_an_open_range_is_a_date_to_biblatex() -> None:
    said = to_bibtex(item("@book{a, title={T}, date={1950/..}}"))
    assert "year  = {1950–},\n  date  = {1950/..}" in said
