"""The texts as printed: entries of the bibliography as CSL items."""

from __future__ import annotations

from typing import Any

from pybtex.database import Entry, Person
from pybtex.richtext import Text

from sphinx_apparatus.bibliography.items import Item

_TYPES = {
    "article": "article-journal",
    "book": "book",
    "incollection": "chapter",
    "inbook": "chapter",
    "online": "webpage",
    "misc": "webpage",
    "techreport": "report",
    "phdthesis": "thesis",
}

_FIELDS = {
    "title": "title",
    "journal": "container-title",
    "booktitle": "container-title",
    "publisher": "publisher",
    "address": "publisher-place",
    "volume": "volume",
    "number": "issue",
    "pages": "page",
    "edition": "edition",
    "url": "URL",
    "doi": "DOI",
    "note": "note",
}

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def printed_item(env: Any, key: str) -> Item:
    """The CSL item of a key.  Raises ``KeyError`` where the bibliography lacks it."""
    return item_of(key, env.get_domain("cite").bibdata.data.entries[key])


def recorded(env: Any, key: str) -> str:
    """What the bibliography says of a key, to tell one state of it from another; nothing where it lacks it."""
    entry = env.get_domain("cite").bibdata.data.entries.get(key)
    return repr(entry) if entry is not None else ""


def item_of(key: str, entry: Entry) -> Item:
    """A BibTeX entry as a CSL item; braces and BibTeX's mark-up are gone."""
    item: Item = {"id": key, "type": _TYPES.get(entry.type, "document")}
    for name, variable in _FIELDS.items():
        if entry.fields.get(name):
            item[variable] = _plain(entry.fields[name])
    if item["type"] == "webpage" and "howpublished" in entry.fields:
        item["container-title"] = _plain(entry.fields["howpublished"])
    for role in ("author", "editor"):
        if entry.persons.get(role):
            item[role] = [_name(person) for person in entry.persons[role]]
    date = _date(entry.fields.get("year", ""), entry.fields.get("month", ""))
    if date:
        item["issued"] = {"date-parts": [date]}
    item.setdefault("author", [])
    return item


def _plain(value: str) -> str:
    return str(Text.from_latex(value))


def _name(person: Person) -> dict[str, str]:
    last = " ".join(map(_plain, [*person.prelast_names, *person.last_names]))
    first = " ".join(map(_plain, [*person.first_names, *person.middle_names]))
    return {"family": last, "given": first} if first else {"literal": last}


def _date(year: str, month: str) -> list[int]:
    if not year.isdigit():
        return []
    name = month.strip("{} ").lower()[:3]
    return [int(year), _MONTHS.index(name) + 1] if name in _MONTHS else [int(year)]
