"""The records of the bibliography: none lacks what its kind needs, and nothing in them is malformed."""

from __future__ import annotations

import re
from datetime import date

import pytest
from pybtex.database import BibliographyData, Entry, parse_file, parse_string

from projects import REPOSITORY

BIB = REPOSITORY / "bib"

#: What each kind needs, in alternatives: one of a group is enough.  A note says why a thing is wanting.
NEEDS: dict[str, tuple[tuple[str, ...], ...]] = {
    "article": (("author",), ("title",), ("journal",), ("year",)),
    "book": (("author", "editor"), ("title",), ("publisher",), ("address",), ("year",)),
    "incollection": (
        ("author",),
        ("title",),
        ("booktitle",),
        ("publisher",),
        ("address",),
        ("year",),
        ("pages", "note"),
    ),
    "techreport": (("author",), ("title",), ("institution",), ("address",), ("year",)),
    "phdthesis": (("author",), ("title",), ("school",), ("year",)),
    "misc": (("author",), ("title",), ("year", "note"), ("howpublished", "url", "note")),
    "online": (("author",), ("title",), ("url",), ("year", "note")),
}

#: Fields that a style prints or an export carries; another is a misspelling.
FIELDS = frozenset(
    {
        *(
            "title",
            "entrysubtype",
            "booktitle",
            "journal",
            "year",
            "month",
            "volume",
            "volumes",
            "number",
            "pages",
            "edition",
            "series",
        ),
        *("type", "publisher", "institution", "school", "address", "howpublished", "note", "langid"),
        *("url", "urldate", "doi", "isbn"),
    }
)

#: How a note says that a day is wanting or unknown.
NO_DAY = re.compile(r"\bdays?\b|\bn\.d\.|undated|by its number|states of|online", re.IGNORECASE)

#: How a note says that nobody wrote down when a page without a day of its own was read.
NOT_RECORDED = "day of reading not recorded"

#: Magazines that appear once a month and have no day.
MONTHLIES = frozenset({"Air Force Magazine", "VFW Magazine"})

SCRIPTS = {"korean": re.compile("[가-힣]"), "russian": re.compile("[а-яё]", re.IGNORECASE)}


def faults(entry: Entry) -> list[str]:
    """What is wrong with a record, in words; nothing for a good one."""
    fields = {name: value for name, value in entry.fields.items() if value.strip()}
    have = set(fields) | {role for role, persons in entry.persons.items() if persons}
    needs = NEEDS.get(entry.type)
    if needs is None:
        return [f"unknown kind {entry.type}"]
    found = [f"lacks {' or '.join(group)}" for group in needs if not have & set(group)]
    found += [f"unknown field {name}" for name in sorted(set(fields) - FIELDS)]
    found += [f"unknown role {role}" for role in sorted(set(entry.persons) - {"author", "editor"})]
    return found + _dated(entry.type, fields) + _formed(fields)


def _dated(kind: str, fields: dict[str, str]) -> list[str]:
    """An article has volume or number with pages, or a day; a page of the web has a day.  Else a note says so."""
    note = fields.get("note", "").replace(NOT_RECORDED, "")
    has_day = re.search(r"\d", fields.get("month", "")) is not None or NO_DAY.search(note) is not None
    if kind in ("article", "incollection") and {"volume", "number"} & set(fields):
        return [] if "pages" in fields or "age" in note else ["lacks pages, and no note says why"]
    if kind == "article" and not has_day and fields.get("journal") not in MONTHLIES:
        return ["lacks volume, number and day, and no note says why"]
    if kind in ("misc", "online") and "url" in fields and not has_day:
        return ["an address without a day, and no note says why"]
    return []


def _formed(fields: dict[str, str]) -> list[str]:
    found = []
    if not re.fullmatch(r"(\d{4}(–\d{4})?)?", fields.get("year", "")):
        found.append(f"year {fields['year']!r} is neither a year nor two with an en dash")
    if "doi" in fields and not re.fullmatch(r"10\.\d{4,9}/\S+", fields["doi"]):
        found.append(f"DOI {fields['doi']!r}: the bare identifier is wanted, 10.…/…")
    if "isbn" in fields and not isbn_is_right(fields["isbn"]):
        found.append(f"ISBN {fields['isbn']!r}: its check digit is wrong")
    if "url" in fields and not re.fullmatch(r"https?://\S+", fields["url"]):
        found.append(f"address {fields['url']!r} is none")
    if "-" in fields.get("pages", ""):
        found.append("pages are joined by an en dash")
    if "urldate" in fields:
        found += _read(fields)
    elif _of_the_web_alone(fields) and NOT_RECORDED not in fields.get("note", "").lower():
        found.append("a page of the web without a day of its own or of reading, and no note says why")
    title = fields.get("title", "")
    if title.startswith("["):
        found.append("a description for a title is not in braces, and a style takes the capitals from its names")
    for language, letters in SCRIPTS.items():
        if letters.search(title) and fields.get("langid") != language:
            found.append(f"a title in {language} without langid")
        if letters.search(title) and not re.search(r"\[.+\]", title):
            found.append(f"a title in {language} without a translation in square brackets")
    return found


def _of_the_web_alone(fields: dict[str, str]) -> bool:
    """Whether nothing but its address identifies a work: it is in no book or journal and bears no day."""
    printed = {"journal", "booktitle", "publisher", "institution"} & set(fields)
    return "url" in fields and not printed and not re.search(r"\d", fields.get("month", ""))


def _read(fields: dict[str, str]) -> list[str]:
    """The day on which an address was read: an ISO date, with an address, not before the work."""
    if "url" not in fields:
        return ["a day of reading without an address"]
    try:
        read = date.fromisoformat(fields["urldate"])
    except ValueError:
        return [f"day of reading {fields['urldate']!r} is no ISO date"]
    published = fields.get("year", "")[-4:]
    return ["read before it was published"] if published.isdigit() and read.year < int(published) else []


def isbn_is_right(isbn: str) -> bool:
    """The check digit of an ISBN of ten (ISO 2108:1992) or thirteen digits (ISO 2108:2005), hyphens left out."""
    digits = isbn.replace("-", "")
    if re.fullmatch(r"\d{9}[\dX]", digits):
        values = [10 if digit == "X" else int(digit) for digit in digits]
        return sum(weight * value for weight, value in zip(range(10, 0, -1), values, strict=True)) % 11 == 0
    if re.fullmatch(r"97[89]\d{10}", digits):
        return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(digits)) % 10 == 0
    return False


def _records() -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    for path in sorted(BIB.glob("*.bib")):
        data: BibliographyData = parse_file(str(path))
        twice = sorted(set(found) & set(data.entries))
        assert not twice, f"{path.name}: keys of another file: {', '.join(twice)}"
        found.update(data.entries)
    return found


def test_no_record_lacks_what_its_kind_needs() -> None:
    wrong = {key: said for key, entry in _records().items() if (said := faults(entry))}
    assert wrong == {}


def test_every_kind_in_use_is_in_the_table() -> None:
    assert {entry.type for entry in _records().values()} <= set(NEEDS)


GOOD = """
@article{a, author={Suh, D.}, title={T}, journal={J}, volume={3}, pages={1–9}, year={1990}}
@article{b, author={{Daily}}, title={T}, journal={Daily}, month={3 May}, year={1990}, url={https://example.org/b}}
@article{c, author={X, Y}, title={T}, journal={VFW Magazine}, month={May}, year={1999}}
@book{d, editor={X, Y}, title={T}, publisher={P}, address={A}, year={1973–1983}, isbn={978-0-465-03123-8}}
@incollection{e, author={X, Y}, title={T}, booktitle={B}, publisher={P}, address={A}, year={2004},
  note={Pages not seen}}
@misc{f, author={{Archive}}, title={T}, url={https://example.org/f}, urldate={2026-11-27}, note={n.d.}}
@misc{g, author={{TASS}}, title={70 лет [Seventy years]}, howpublished={TASS}, year={2015}, langid={russian}}
@misc{h, author={{TASS}}, title={{[On Korea]}}, howpublished={TASS}, year={2015}}
"""

BAD = {
    "@article{k, author={X, Y}, title={T}, journal={J}, volume={3}, year={1990}}": "lacks pages",
    "@article{k, author={X, Y}, title={T}, journal={J}, month={May}, year={1990}}": "lacks volume, number and day",
    "@article{k, author={X, Y}, title={T}, month={3 May}, year={1990}}": "lacks journal",
    "@book{k, author={X, Y}, title={T}, publisher={P}, year={1990}}": "lacks address",
    "@book{k, title={T}, publisher={P}, address={A}, year={1990}}": "lacks author or editor",
    "@incollection{k, author={X, Y}, title={T}, booktitle={B}, publisher={P}, address={A}, year={1990}}": "lacks pages",
    "@misc{k, author={X, Y}, title={T}, url={https://a.org}, urldate={2026-11-27}, year={1990}}": "an address without",
    "@misc{k, author={X, Y}, title={T}, year={1990}}": "lacks howpublished or url or note",
    "@misc{k, author={X, Y}, title={T}, howpublished={H}}": "lacks year or note",
    "@misc{k, author={X, Y}, title={T}, note={Day of reading not recorded; n.d.}, url={a.org}}": "is none",
    "@misc{k, author={X, Y}, title={T}, note={n.d.}, url={https://a.org}}": "a page of the web without a day",
    "@misc{k, author={X, Y}, title={T}, note={N}, urldate={2026-11-27}}": "without an address",
    "@misc{k, author={X, Y}, title={T}, note={n.d.}, url={https://a.org}, urldate={27/11/2026}}": "no ISO date",
    "@misc{k, author={X, Y}, title={T}, note={n.d.}, year={2027}, url={https://a.b}, urldate={2026-11-27}}": "before",
    "@misc{k, author={X, Y}, title={70 лет [Years]}, note={N}}": "without langid",
    "@misc{k, author={X, Y}, title={한국}, langid={korean}, note={N}}": "without a translation",
    "@misc{k, author={X, Y}, title={[On Korea]}, note={N}}": "not in braces",
    "@misc{k, author={X, Y}, titel={T}, title={T}, note={N}}": "unknown field titel",
    "@misc{k, author={X, Y}, translator={Z, W}, title={T}, note={N}}": "unknown field translator",
    "@book{k, author={X, Y}, title={T}, publisher={P}, address={A}, year={199}}": "neither a year",
    "@book{k, author={X, Y}, title={T}, publisher={P}, address={A}, year={1990}, isbn={0-465-03123-8}}": "check digit",
    "@article{k, author={X, Y}, title={T}, journal={J}, number={3}, pages={1-9}, year={1990}}": "en dash",
    "@article{k, author={X, Y}, title={T}, journal={J}, month={1 May}, year={1990}, doi={doi:10.1000/a}}": "bare",
    "@patent{k, author={X, Y}, title={T}}": "unknown kind patent",
}


def test_a_good_record_has_no_fault() -> None:
    assert {key: faults(entry) for key, entry in parse_string(GOOD, "bibtex").entries.items() if faults(entry)} == {}


@pytest.mark.parametrize(("record", "fault"), BAD.items())
def test_a_bad_record_is_told(record: str, fault: str) -> None:
    (entry,) = parse_string(record, "bibtex").entries.values()
    (said,) = faults(entry)
    assert fault in said


@pytest.mark.parametrize("isbn", ["0-312-29574-X", "978-0-7007-1697-5", "0-300-06056-4"])
def test_the_check_digit_of_an_isbn(isbn: str) -> None:
    """Another last digit is wrong, and so is a number too short."""
    assert isbn_is_right(isbn)
    assert not isbn_is_right(isbn[:-1])
    assert [digit for digit in "0123456789X" if isbn_is_right(isbn[:-1] + digit)] == [isbn[-1]]
