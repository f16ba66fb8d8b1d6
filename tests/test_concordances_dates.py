"""Dates are EDTF, level 1; what is not of it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from sphinx_apparatus.concordances.edtf import DateError, parse

GOOD = (
    ("1945", date(1945, 1, 1), date(1945, 12, 31), "1945"),
    ("1945-08", date(1945, 8, 1), date(1945, 8, 31), "August 1945"),
    ("1945-08-11", date(1945, 8, 11), date(1945, 8, 11), "11 August 1945"),
    ("1948-02-29", date(1948, 2, 29), date(1948, 2, 29), "29 February 1948"),
    ("194X", date(1940, 1, 1), date(1949, 12, 31), "1940s"),
    ("16XX", date(1600, 1, 1), date(1699, 12, 31), "1600–1699"),
    ("1945-XX", date(1945, 1, 1), date(1945, 12, 31), "1945"),
    ("1945-08-XX", date(1945, 8, 1), date(1945, 8, 31), "August 1945"),
    ("1990-21", date(1990, 3, 1), date(1990, 5, 31), "spring 1990"),
    ("1990-24", date(1990, 12, 1), date(1991, 2, 28), "winter 1990"),
    ("1960~", date(1960, 1, 1), date(1960, 12, 31), "about 1960"),
    ("1979-05?", date(1979, 5, 1), date(1979, 5, 31), "perhaps May 1979"),
    ("1654%", date(1654, 1, 1), date(1654, 12, 31), "perhaps about 1654"),
    ("1654/1658", date(1654, 1, 1), date(1658, 12, 31), "1654–1658"),
    ("1945-08-10/1945-08-11", date(1945, 8, 10), date(1945, 8, 11), "10–11 August 1945"),
    ("1945-08/1945-09", date(1945, 8, 1), date(1945, 9, 30), "August–September 1945"),
    ("1950-06-25/1953-07-27", date(1950, 6, 25), date(1953, 7, 27), "25 June 1950 – 27 July 1953"),
    ("1950-06-25/1950-07-01", date(1950, 6, 25), date(1950, 7, 1), "25 June – 1 July 1950"),
    ("1946/..", date(1946, 1, 1), date.max, "from 1946"),
    ("1946/", date(1946, 1, 1), date.max, "from 1946"),
    ("../1945-08-11", date.min, date(1945, 8, 11), "until 11 August 1945"),
)

BAD = (
    "", "45", "1945-8", "1945-13", "1945-00", "1945-02-30", "1947-02-29", "0000", "1945/1944", "1945/1946/1947",
    "../..", "/", "195X-01", "1945-XX-03", "1990-21-01", "1945 ", "11 August 1945", "1945-08-11T10:00", "-1945",
    "Y19450", "X945", "1945-25",
)  # fmt: skip


@pytest.mark.parametrize(("source", "first", "last", "words"), GOOD)
def test_a_date_is_read(source: str, first: date, last: date, words: str) -> None:
    period = parse(source)
    assert (period.first, period.last, str(period)) == (first, last, words)
    assert period.source == source


@pytest.mark.parametrize("source", BAD)
def test_what_is_no_date_is_refused(source: str) -> None:
    with pytest.raises(DateError):
        parse(source)


@pytest.mark.parametrize(
    ("given", "right", "agree"),
    [
        ("1948", "1948-08-15", True),
        ("1948-08-15", "1948", True),
        ("1948-01-01", "1948", True),
        ("1948-12-31", "1948", True),
        ("1949-10/1949-12", "1950-01-30/1950-04", False),
        ("1950-07-26", "1950-06-25", False),
        ("1946/..", "1945-10-16", False),
        ("16XX", "1654/1658", True),
    ],
)
def test_a_date_agrees_that_lies_within_the_other(given: str, right: str, agree: bool) -> None:
    assert parse(given).agrees(parse(right)) is agree
    assert parse(right).agrees(parse(given)) is agree


@pytest.mark.parametrize(
    ("source", "brief"),
    [
        ("1858-05-28/1860-11-14", "1858–1860"),
        ("1945-08-09/1945-08-12", "9–12 Aug. 1945"),
        ("1988-09-16", "16 Sept. 1988"),
        ("1950-06-25", "25 June 1950"),
    ],
)
def test_a_date_has_a_brief_form(source: str, brief: str) -> None:
    assert parse(source).brief == brief
