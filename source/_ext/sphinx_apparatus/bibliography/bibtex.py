"""A CSL item as BibTeX, with the fields of biblatex that BibTeX passes over.

Written here and not by pybtex, whose writer escapes addresses, which are taken word for word, and
leaves ``$``, ``^`` and backslashes, at which TeX stops.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx_apparatus.bibliography import dates
from sphinx_apparatus.bibliography.items import KEPT, PEOPLE, TEX, Item
from sphinx_apparatus.bibliography.languages import name_of
from sphinx_apparatus.bibliography.persons import Name, is_others
from sphinx_apparatus.bibliography.tex import address, escaped, marked, tex

#: CSL's types, and those of BibTeX, or of biblatex where BibTeX has none; ``dataset`` is ``misc``, for what Zotero
#: does not know it leaves out.
_TYPES = {
    "book": "book", "chapter": "incollection", "entry-encyclopedia": "incollection", "entry": "incollection",
    "article-journal": "article", "article-newspaper": "article", "article-magazine": "article", "review": "article",
    "paper-conference": "inproceedings", "webpage": "online", "report": "techreport", "manuscript": "unpublished",
    "thesis": "phdthesis", "pamphlet": "booklet", "software": "software", "patent": "patent",
    "personal_communication": "letter", "motion_picture": "movie", "graphic": "artwork", "song": "audio",
    "legal_case": "jurisdiction", "legislation": "legislation",
}  # fmt: skip
_SUBTYPES = {"article-newspaper": "newspaper", "article-magazine": "magazine"}
_IN_BOOKS = frozenset({"chapter", "entry-encyclopedia", "entry", "paper-conference"})
_PUBLISHER = {"thesis": "school", "report": "institution", "webpage": "publisher"}
_ROLES = {"author": "author", "translator": "translator", "container-author": "bookauthor"}
_TITLES = frozenset({"title", "booktitle", "journal", "series", "organization"})
_LISTS = frozenset({*_PUBLISHER.values(), "publisher", "address"})
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG = dict(zip(_MONTHS, dates.MONTHS, strict=True))


def to_bibtex(item: Item) -> str:
    """One entry, UTF-8, every sign of TeX's escaped but in addresses; what has its own capitals keeps them."""
    kind = _TYPES.get(item["type"], "misc")
    if kind == "phdthesis" and "master" in item.get("genre", "").lower():
        kind = "mastersthesis"
    rows = [(name, _names(item[role])) for role, name in _ROLES.items() if item.get(role)]
    others = item.get(PEOPLE) or {"editor": item.get("editor", [])}
    rows += [(role, _names(names)) for role, names in others.items() if names]
    rows += [(name, _field(item, name, variable)) for name, variable in _fields(item).items() if variable in item]
    rows += _dates(item)
    rows += [(name, _kept(value)) for name, value in item.get(KEPT, {}).items() if name not in dict(rows)]
    if item["type"] in _SUBTYPES:
        rows.append(("entrysubtype", _SUBTYPES[item["type"]]))
    if item.get("language"):
        rows.append(("langid", name_of(item["language"])))
        rows.append(("language", item["language"]))
    for name, variable in (("doi", "DOI"), ("url", "URL"), ("isbn", "ISBN"), ("issn", "ISSN")):
        rows.append((name, address(item.get(variable, "")) if name in ("doi", "url") else item.get(variable, "")))
    width = max(len(name) for name, _ in rows)
    # A month by its macro, which each style puts into words of its own.
    said = [(name, value if name == "month" and value in _MONTHS else f"{{{value}}}") for name, value in rows if value]
    body = ",\n".join(f"  {name:{width}} = {value}" for name, value in said)
    return f"@{kind}{{{key(item['id'])},\n{body},\n}}\n"


def key(identifier: str) -> str:
    """A key as BibTeX and biber take it."""
    return re.sub(r"[^\w:.+/*-]+", "-", identifier)[:80].strip("-") or "item"


def _fields(item: Item) -> dict[str, str]:
    """BibTeX's fields, and the variables of CSL that fill them."""
    kind = item["type"]
    container = "booktitle" if kind in _IN_BOOKS else "organization" if kind == "webpage" else "journal"
    return {
        "title": "title",
        container: "container-title",
        "series": "collection-title",
        "volume": "volume",
        "volumes": "number-of-volumes",
        "number": "issue" if "issue" in item else "collection-number" if "collection-number" in item else "number",
        "pages": "page",
        "edition": "edition",
        "version": "version",
        _PUBLISHER.get(kind, "publisher"): "publisher",
        "address": "publisher-place",
        "type": "genre",
        "howpublished": "medium",
        "note": "note",
    }


def _field(item: Item, name: str, variable: str) -> str:
    value, raw = item[variable], item.get(TEX, {}).get(variable, "")
    if "$" in raw:
        return tex(raw)
    if name == "pages":
        said = escaped(value)
        return said.replace("–", "--") if "–" in said else re.sub(r"(?<=\w)-(?=\w)", "--", said)
    if name in _TITLES:
        # The titles of the edition are of proper names and readings: no style may give them other capitals.
        return marked(value) if TEX in item else f"{{{escaped(_plain_title(item, variable))}}}"
    said = escaped(str(value))
    # To biblatex it is a list, in which *and* parts two.
    return f"{{{said}}}" if name in _LISTS and " and " in said else said


def _kept(value: str) -> str:
    return value if dates.is_date(value) else tex(value)


def _plain_title(item: Item, variable: str) -> str:
    from sphinx_apparatus.bibliography.items import title_of
    from sphinx_apparatus.bibliography.words import plain

    return title_of(item) if variable == "title" else plain(item[variable])


def _names(names: list[Name]) -> str:
    return " and ".join(_name(name) for name in names)


def _name(name: Name) -> str:
    if is_others(name):
        return "others"
    if "literal" in name:
        return "{" + escaped(name["literal"]) + "}"
    family = escaped(name.get("family", ""))
    if re.search(r"\s", family) or re.search(r"\band\b", family, re.IGNORECASE):
        family = "{" + family + "}"
    particle = name.get("non-dropping-particle", "")
    last = f"{particle} {family}" if particle else family
    return ", ".join(filter(None, (last, name.get("suffix", ""), escaped(name.get("given", "")))))


def _dates(item: Item) -> list[tuple[str, str]]:
    """``year`` and ``month`` for BibTeX, ``date`` for biblatex, and the day of a visit."""
    rows: list[tuple[str, str]] = []
    issued: dict[str, Any] = item.get("issued", {})
    parts = issued.get("date-parts", [])
    if "literal" in issued:
        if "year" not in item.get(KEPT, {}):  # as its .bib has it, with the month
            rows.append(("year", escaped(issued["literal"])))
    elif parts:
        mark = "~" if issued.get("circa") else ""
        years = [part[0] for part in parts]
        said = "--".join(dict.fromkeys(dates.year_words(year) for year in years))
        rows.append(("year", f"c. {said}" if mark else said))
        if "season" in issued:
            rows.append(("month", dates.SEASONS[issued["season"] - 1]))
            rows.append(("date", f"{years[0]:04d}-{20 + issued['season']}{mark}"))
        else:
            months = list(dict.fromkeys(_MONTHS[part[1] - 1] for part in parts if len(part) > 1))
            if months and len(set(years)) == 1:
                rows.append(("month", months[0] if len(months) == 1 else "--".join(_LONG[one] for one in months)))
            rows.append(("date", "/".join(dates.iso(part) + mark for part in parts)))
    visited = item.get("accessed", {}).get("date-parts", [])
    if visited:
        rows.append(("urldate", dates.iso(visited[0])))
    return rows
