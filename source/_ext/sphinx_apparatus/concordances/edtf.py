"""Dates: a subset of EDTF level 1 (ISO 8601-2:2019, Annex A; Library of Congress, 2019).

Years, months, days and seasons; unspecified digits (``195X``, ``1985-XX``); ``?``, ``~``
and ``%`` for an uncertain, an approximate, an uncertain and approximate date; intervals,
also open (``..``) and with an unknown end.  Years have four digits, from 0001.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from sphinx_apparatus.sphinx_ext.locale import _

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}

#: First and last month of each season, of the northern hemisphere; a winter ends in February next.
_SEASON_MONTHS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 2)}

_DATE = re.compile(
    r"(?P<year>\d{4}|\d{3}X|\d{2}XX)(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<qualifier>[?~%]?)"
)
_AS = "as 1945, 1945-08, 1945-08-11, 194X, 1654~, 1945/1948"
#: What says how sure a date is.
QUALIFIERS = {"~": "about {date}", "?": "perhaps {date}", "%": "perhaps about {date}"}


class DateError(ValueError):
    """A string is not a date of the subset; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A single date: ``first`` and ``last`` are the days it may mean, both included."""

    source: str
    first: date
    last: date
    #: the date in words, without its qualifier
    words: str
    qualifier: str = ""

    def __str__(self) -> str:
        return _(QUALIFIERS[self.qualifier]).format(date=self.words) if self.qualifier else self.words


@dataclass(frozen=True, slots=True)
class Period:
    """A date or an interval; ``start`` or ``end`` is ``None`` where open or unknown."""

    source: str
    start: Moment | None
    end: Moment | None

    @property
    def first(self) -> date:
        """The first day it may mean."""
        return self.start.first if self.start else date.min

    @property
    def last(self) -> date:
        """The last day it may mean."""
        return self.end.last if self.end else date.max

    @property
    def year(self) -> float:
        """The beginning as a decimal year, of an open beginning the end: where it stands on a scale."""
        day = self.first if self.start else self.last
        return day.year + (day.timetuple().tm_yday - 1) / 366

    @property
    def order(self) -> tuple[date, date]:
        """Sorts periods by beginning, the shorter first."""
        return self.first if self.start else self.last, self.last

    def agrees(self, other: Period) -> bool:
        """Whether one of the two lies within the other: ``1948`` agrees with ``1948-08-15``."""
        return (self.first <= other.first and other.last <= self.last) or (
            other.first <= self.first and self.last <= other.last
        )

    @property
    def brief(self) -> str:
        """In words where room is scarce: months cut short, of years apart the years alone."""
        if self.start and self.end and self.start.first.year != self.end.last.year and "X" not in self.source:
            return f"{self.start.first.year}–{self.end.last.year}"
        return re.sub(r"\b(?:January|February|August|September|October|November|December)\b", _cut, str(self))

    def __str__(self) -> str:
        if self.start and self.end:
            return str(self.start) if self.start is self.end else _between(self.start, self.end)
        if self.start:
            return _("from {date}").format(date=self.start)
        return _("until {date}").format(date=self.end) if self.end else str(_("undated"))


def parse(source: str) -> Period:
    """A date or interval.  Raises `DateError`."""
    parts = source.split("/")
    if len(parts) == 1:
        moment = _moment(source, source)
        return Period(source, moment, moment)
    if len(parts) > 2:
        raise DateError(f"{source!r} is not a date: an interval has one solidus")
    start, end = (None if part in ("", "..") else _moment(part, source) for part in parts)
    if start is None and end is None:
        raise DateError(f"{source!r} is not a date: an interval needs a beginning or an end")
    if start and end and start.first > end.last:
        raise DateError(f"{source!r} is not a date: it ends before it begins")
    return Period(source, start, end)


def _moment(part: str, source: str) -> Moment:
    match = _DATE.fullmatch(part)
    if match is None:
        raise DateError(f"{source!r} is not a date of EDTF level 1, {_AS}")
    year, month, day, qualifier = match["year"], match["month"], match["day"], match["qualifier"]
    if "X" in year:
        if month:
            raise DateError(f"{source!r}: a year with unspecified digits has no month here")
        first, last = int(year.replace("X", "0")), int(year.replace("X", "9"))
        words = _("{year}s").format(year=first) if last - first == 9 else f"{first}–{last}"
        return _made(part, max(first, 1), 1, last, 12, words, qualifier)
    number = int(year)
    if number == 0:
        raise DateError(f"{source!r}: years count from 0001 here")
    if month is None or month == "XX":
        if day not in (None, "XX"):
            raise DateError(f"{source!r}: a day needs its month")
        return _made(part, number, 1, number, 12, str(number), qualifier)
    index = int(month)
    if index in SEASONS:
        if day is not None:
            raise DateError(f"{source!r}: a season has no days")
        low, high = _SEASON_MONTHS[index]
        words = _("{month} {year}").format(month=_(SEASONS[index]), year=number)
        return _made(part, number, low, number + (high < low), high, words, qualifier)
    if not 1 <= index <= 12:
        raise DateError(f"{source!r}: there is no month {month}")
    name = _(MONTHS[index - 1])
    if day is None or day == "XX":
        words = _("{month} {year}").format(month=name, year=number)
        return _made(part, number, index, number, index, words, qualifier)
    try:
        exact = date(number, index, int(day))
    except ValueError:
        raise DateError(f"{source!r}: {name} {number} has no day {day}") from None
    words = _("{day} {month} {year}").format(day=exact.day, month=name, year=number)
    return Moment(part, exact, exact, words, qualifier)


def _made(part: str, year: int, month: int, last_year: int, last_month: int, words: str, qualifier: str) -> Moment:
    end = date(last_year, last_month, monthrange(last_year, last_month)[1])
    return Moment(part, date(year, month, 1), end, words, qualifier)


def _cut(match: re.Match[str]) -> str:
    return "Sept." if match[0] == "September" else f"{match[0][:3]}."


def _between(start: Moment, end: Moment) -> str:
    """Both ends, what they share said once: ``10–11 August 1945``, ``1904–1905``."""
    if start.qualifier or end.qualifier:
        return _("{start} to {end}").format(start=start, end=end)
    first, last = start.words.split(" "), end.words.split(" ")
    shared = 0
    while shared + 1 < min(len(first), len(last)) and first[-1 - shared] == last[-1 - shared]:
        shared += 1
    if shared:
        first = first[: len(first) - shared]
    spaced = " – " if len(first) > 1 or len(last) - shared > 1 else "–"
    return f"{' '.join(first)}{spaced}{end.words}"
