"""A CSL item as RIS, as Zotero, pandoc and EndNote read it; no library writes the format as they do.

Tags after Reference Manager's description and the tables of Zotero's translator for RIS.
"""

from __future__ import annotations

import re

from sphinx_apparatus.bibliography.dates import SEASONS, in_words, is_before_our_era, iso
from sphinx_apparatus.bibliography.items import Item, title_of
from sphinx_apparatus.bibliography.persons import Name, closed, is_others
from sphinx_apparatus.bibliography.words import plain

_TYPES = {
    "book": "BOOK", "chapter": "CHAP", "entry": "CHAP", "entry-encyclopedia": "ENCYC", "article-journal": "JOUR",
    "article-newspaper": "NEWS", "article-magazine": "MGZN", "review": "JOUR", "paper-conference": "CPAPER",
    "webpage": "ELEC", "report": "RPRT", "thesis": "THES", "manuscript": "MANSCPT", "map": "MAP", "pamphlet": "PAMP",
    "dataset": "DATA", "software": "COMP", "patent": "PAT", "personal_communication": "PCOMM", "graphic": "ART",
    "song": "SOUND", "motion_picture": "MPCT", "legal_case": "CASE", "legislation": "STAT", "standard": "STAND",
    "article": "UNPB", "periodical": "SER",
}  # fmt: skip
_IN_BOOKS = frozenset({"chapter", "entry", "entry-encyclopedia", "paper-conference"})


def to_ris(item: Item) -> str:
    """RIS; lines end with CRLF, as the format asks, and a body's name with a comma, as its readers need."""
    kind = item["type"]
    first, last = _pages(item)
    whole = plain(item.get("container-title", ""))
    series = plain(item.get("collection-title", ""))
    rows = [("TY", _TYPES.get(kind, "GEN"))]
    rows += _names("AU", item.get("author", ()))
    editors = [name for role in ("editor", "compiler", "director") for name in item.get(role, ())]
    rows += _names("A3" if kind == "book" and item.get("author") else "ED", editors)
    rows += _names("A4", item.get("translator", ()))
    rows += [
        ("TI", title_of(item)),
        ("ST", plain(item.get("title-short", ""))),
        ("T2", whole or (series if kind in ("book", "report") else "")),
        ("T3", series if whole or kind not in ("book", "report") else ""),
        ("VL", item.get("volume", "")),
        ("NV", item.get("number-of-volumes", "")),
        ("IS", item.get("issue", "") if kind not in _IN_BOOKS else ""),
        ("M1", item.get("collection-number", "")),
        ("SP", first or item.get("number-of-pages", "")),
        ("EP", last),
        ("ET", item.get("edition", "") or item.get("version", "")),
        ("M3", item.get("genre", "") or item.get("medium", "")),
        ("PB", item.get("publisher", "")),
        ("CY", item.get("publisher-place", "")),
        *_date(item),
        ("SN", item.get("number", "") if kind in ("report", "patent") else item.get("ISBN") or item.get("ISSN", "")),
        ("DO", item.get("DOI", "")),
        ("UR", item.get("URL", "")),
        ("Y2", _day(item.get("accessed", {}))),
        ("LA", item.get("language", "")),
        ("ID", item["id"]),
        ("N1", item.get("note", "")),
        ("N1", "and others" if any(is_others(name) for name in item.get("author", ())) else ""),
    ]
    return "".join(f"{tag}  - {_line(str(value))}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def _names(tag: str, names: list[Name] | tuple[Name, ...]) -> list[tuple[str, str]]:
    return [(tag, closed(name)) for name in names if not is_others(name)]


def _pages(item: Item) -> tuple[str, str]:
    page = item.get("page", "")
    first, _, last = page.partition("-")
    # Where a dash stands within the numbers, Zotero would take the first of them for all.
    return (first, last) if "," not in page and "–" not in page else (page, "")


def _date(item: Item) -> list[tuple[str, str]]:
    """``PY`` is a year in digits; ``DA`` has four parts, the last for a season, or is the words of a date."""
    issued = item.get("issued", {})
    parts = issued.get("date-parts", [])
    if not parts or is_before_our_era(issued):
        words = in_words(issued)
        # Of words without a number, *in press*, Zotero would make a year 0000.
        return [("DA" if re.search(r"\d", words) else "N1", words)]
    rest = ""
    if "season" in issued:
        rest = SEASONS[issued["season"] - 1]
    elif len(parts) > 1:
        rest = f"{iso(parts[0])}/{iso(parts[1])}".replace("/", "–")
    elif issued.get("circa"):
        rest = "circa"
    day = [f"{parts[0][0]:04d}", *(f"{one:02d}" for one in parts[0][1:])] if len(parts) == 1 else [f"{parts[0][0]:04d}"]
    return [("PY", f"{parts[0][0]:04d}"), ("DA", "/".join([*day, *[""] * (3 - len(day)), rest]))]


def _day(date: Item) -> str:
    parts = date.get("date-parts", [])
    return iso(parts[0]).replace("-", "/") + "/" if parts and len(parts[0]) == 3 else ""


def _line(value: str) -> str:
    return " ".join(value.split())
