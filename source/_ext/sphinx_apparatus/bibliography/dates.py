"""The dates of works, as a .bib has them, and as CSL has them.

A .bib says ``year`` and ``month`` in words (BibTeX) or ``date`` in ISO 8601-2 (biblatex, level 1 of EDTF);
both may be a range, uncertain, approximate, open, a season, or no number at all.  What is no date in
numbers is kept word for word (CSL's ``literal``).
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

#: A date as CSL-JSON 1.0.2 has it.
CslDate = dict[str, Any]

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SEASONS = ("Spring", "Summer", "Autumn", "Winter")
_SEASON = {"spring": 1, "summer": 2, "autumn": 3, "fall": 3, "winter": 4}
_DASH = r"\s*(?:-{1,3}|[–—/])\s*"
_CIRCA = re.compile(r"^(?:c\.|ca\.?|circa|about|approx\.?|um|vers)\s*(?=\d)", re.IGNORECASE)
_YEAR = re.compile(r"^(?P<year>\d{1,4})(?P<mark>[?~%]?)$")
_YEARS = re.compile(rf"^(\d{{3,4}}){_DASH}(\d{{2,4}})?$")
_EDTF = re.compile(
    r"^(?P<year>-?\d{4}|\d{2}XX|\d{3}X)(?:-(?:XX|(?P<month>\d\d))(?:-(?:XX|(?P<day>\d\d)))?)?(?:T[\d:.Z+-]+)?"
    r"(?P<mark>[?~%]?)$"
)
#: What says that there is no date.
NONE = frozenset({"", "n.d.", "n. d.", "nd", "no date", "s.a.", "s. a.", "o. j.", "o.j.", "undated"})


class Month(NamedTuple):
    """A month (1 to 12) or season (21 to 24), and a day, or zero."""

    month: int
    day: int = 0


def csl_date(fields: Mapping[str, str]) -> CslDate | None:
    """The date of a record, by its fields ``date``, or ``year`` and ``month`` (and ``day``); plain words."""
    given = fields.get("date", "").strip()
    if given:
        return _edtf(given) or _literal(given)
    return _of_year(fields.get("year", "").strip(), fields.get("month", "").strip(), fields.get("day", "").strip())


def iso_date(words: str) -> CslDate | None:
    """The day of a visit (``urldate``), in ISO's form or with its month in words, the year before or behind."""
    found = _edtf(words.strip())
    match = re.search(r"\b(\d{4})\b", words)
    if found or match is None or not re.search(r"[^\W\d_]", words):
        return found
    return _of_year(match[1], words.replace(match[1], "").strip(" ,"), "")


def is_date(words: str) -> bool:
    """Whether words are a date of ISO 8601-2."""
    return _edtf(words.strip()) is not None


def faults(fields: Mapping[str, str]) -> list[str]:
    """What is wrong with the dates of a record; words in the place of a year are not."""
    found = [
        f"{name} is {words}, which is no date of ISO 8601-2 (1884, 1884-05-03, 1884/1890, 1884~); "
        + ("it is left out" if name == "urldate" else "it is taken as words")
        for name in ("date", "origdate", "eventdate", "urldate")
        for words in [fields.get(name, "").strip()]
        if words and not _edtf(words) and not (name == "urldate" and iso_date(words))
    ]
    parts = (csl_date(fields) or {}).get("date-parts", [])
    if len(parts) == 2 and parts[0][:1] > parts[1][:1]:
        found.append(f"the date ends ({parts[1][0]}) before it begins ({parts[0][0]})")
    for name, most in (("month", 12), ("day", 31)):
        words = fields.get(name, "").strip("{} ")
        if words.isdecimal() and not 1 <= int(words) <= most:
            found.append(f"{name} is {words}")
    return found


def year_and_month(fields: Mapping[str, str]) -> tuple[str, str]:
    """``year`` and ``month`` as a list of works shows them, of a record that has biblatex's ``date``.

    ``month`` may be a day and a month, or a range of them; for a range of years both stand in ``year``.
    """
    return shown(csl_date(fields) or {})


def shown(date: CslDate) -> tuple[str, str]:
    """The year of a date, or years, and its months or season, in words; of no date nothing."""
    if not date:
        return "", ""
    if "literal" in date:
        return date["literal"], ""
    parts = date["date-parts"]
    before = "c. " if date.get("circa") else ""
    years = list(dict.fromkeys(year_words(part[0]) for part in parts if part))
    if "season" in date:
        return before + years[0], SEASONS[date["season"] - 1]
    if len(parts) == 2 and len(years) == 1:
        first, last = (_day_words(part) for part in parts)
        return before + years[0], first if first == last else f"{first}–{last}"
    if len(parts) == 2:
        return f"{before}{'–'.join(years)}", ""
    return before + years[0], _day_words(parts[0])


def year_words(year: int) -> str:
    """A year as it is said; one before our era, which CSL counts from -1, as *44 BC*."""
    return str(year) if year > 0 else f"{-year} BC"


def iso(part: Sequence[int]) -> str:
    """A year, a month, a day, as many as there are, as ISO 8601 has them: its year 0 is 1 BC, CSL's -1."""
    year = part[0] if part[0] > 0 else part[0] + 1
    return "-".join([f"{'-' if year < 0 else ''}{abs(year):04d}", *(f"{one:02d}" for one in part[1:])])


def is_before_our_era(date: CslDate) -> bool:
    """Whether a date has a year that formats of four digits cannot say."""
    return any(part[0] < 1 for part in date.get("date-parts", ()) if part)


def in_words(date: CslDate) -> str:
    """A date in one line of words: *3 May 1884*, *Spring 1990*."""
    year, rest = shown(date)
    return f"{rest} {year}".strip()


def _day_words(part: list[int]) -> str:
    month = MONTHS[part[1] - 1] if len(part) > 1 else ""
    return f"{part[2]} {month}" if len(part) > 2 else month


def _edtf(words: str) -> CslDate | None:
    """Level 1 of EDTF, and nothing else: ``1989/1994``, ``1800~``, ``1956-05-03``, ``1999-21``, ``19XX``, ``1989/``."""
    ends = words.split("/")
    if len(ends) > 2:
        return None
    marks, parts = "", []
    season = 0
    for end in ends:
        if end.strip() in ("", ".."):
            continue
        match = _EDTF.match(end.strip())
        if match is None:
            return None
        marks += match["mark"]
        if "X" in match["year"]:
            century = match["year"].replace("X", "0"), match["year"].replace("X", "9")
            return {"date-parts": [[int(century[0])], [int(century[1])]], "circa": True}
        year = int(match["year"])
        # ISO has a year 0, which is 1 BC; CSL, as historians do, has none.
        part = [year if year > 0 else year - 1, *(int(match[name]) for name in ("month", "day") if match[name])]
        if len(part) > 1 and part[1] > 12:
            if not 21 <= part[1] <= 24:
                return None
            season, part = part[1] - 20, part[:1]
        elif len(part) > 1 and not _is_day(*part):
            return None
        parts.append(part)
    if not parts:
        return None
    if len(ends) == 2 and len(parts) == 1:  # an open range has no place in CSL
        known = year_words(parts[0][0])
        return {"literal": f"{known}–" if ends[0].strip() not in ("", "..") else f"–{known}"}
    date = _said(parts if parts[0] != parts[-1] else parts[:1], bool(marks))
    if season and len(ends) == 1:
        date["season"] = season
    return date


def _of_year(year: str, month: str, day: str) -> CslDate | None:
    if year.lower() in NONE:
        return None
    bare = _CIRCA.sub("", year.strip("[]() "))
    circa = bare != year
    span = _YEARS.match(bare)
    if span and span[2]:
        last = int(span[1][: len(span[1]) - len(span[2])] + span[2])
        if last < int(span[1]) or ("/" in bare and last > int(span[1]) + 100):  # 1344/1925: of two calendars
            return _literal(year)
        return _said([[int(span[1])], [last]], circa)
    match = _YEAR.match(bare)
    if match is None:
        return _literal(year)
    number, circa = int(match["year"]), circa or bool(match["mark"])
    found = [one if _is_day(number, *one) else Month(one.month) for one in _months(month, day)]
    if not found:
        return _literal(f"{month.strip('{}')} {year}") if re.search(r"[^\W\d_]", month) else _said([[number]], circa)
    seasons = [one.month - 20 for one in found if one.month > 20]
    if seasons:
        return {**_said([[number]], circa), **({"season": seasons[0]} if len(found) == 1 else {})}
    return _said([[number, *filter(None, one)] for one in found], circa)


def _literal(words: str) -> CslDate:
    return {"literal": words.replace("---", "—").replace("--", "–")}


def _is_day(year: int, month: int, day: int = 0) -> bool:
    """Whether the calendar has the day, or, without one, the month; a season has no days."""
    if 21 <= month <= 24:
        return not day
    # A year of four digits of the same length: the calendar of Python ends before 1 and after 9999.
    return 1 <= month <= 12 and 0 <= day <= monthrange(2000 + year % 400, month)[1]


def _said(parts: list[list[int]], circa: bool) -> CslDate:
    exact = min(map(len, parts))  # as a year and as a day, an end would stop citeproc-js
    date: CslDate = {"date-parts": [part[:exact] for part in parts]}
    if circa:
        date["circa"] = True
    return date


def _months(words: str, day: str) -> list[Month]:
    """Months, with their days, of ``January--June``, ``13 September``, ``September 13``, ``30 April–3 May``, ``9``."""
    ends = [end for end in re.split(_DASH, words.strip("{}. ")) if end]
    if not 1 <= len(ends) <= 2:
        return []
    found = [_month(end) for end in ends]
    known = [one for one in found if one and one.month]
    if not known or None in found:
        return []
    filled = [one if one.month else Month(known[0].month, one.day) for one in found if one]
    if len(filled) == 1 and not filled[0].day and day.isdecimal():
        return [Month(filled[0].month, int(day))]
    return filled


def _month(words: str) -> Month | None:
    month = day = 0
    for word in re.findall(r"[^\W\d_]+|\d+", words):
        if word.isdecimal():
            number = int(word)
            if not month and number <= 12 and words.strip().isdecimal():
                month = number
            elif 1 <= number <= 31:
                day = number
            else:
                return None
        elif word.lower() in _SEASON:
            month = 20 + _SEASON[word.lower()]
        elif word.lower()[:3] in _NAMES:
            month = _NAMES[word.lower()[:3]]
        elif word.lower() not in ("st", "nd", "rd", "th", "of"):
            return None
    if words.strip().isdecimal() and not 1 <= int(words) <= 12:
        return Month(0, day)
    return Month(month, day)


_NAMES = {name[:3].lower(): number for number, name in enumerate(MONTHS, 1)}
