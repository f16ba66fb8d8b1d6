"""A CSL item as BibTeX, written by pybtex."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from pybtex.database import BibliographyData, Entry, Person

from sphinx_apparatus.bibliography.items import NOCASE, Item, date_of

_BIBTEX = {"book": "book", "entry": "incollection", "article-journal": "article", "chapter": "incollection"}


def to_bibtex(item: Item) -> str:
    """BibTeX, UTF-8; the reading is braced, so that no style changes its capitals."""
    kind = item["type"]
    fields = {
        "title": NOCASE.sub(lambda match: "{" + _balanced(match[1]) + "}", item["title"]),
        "booktitle" if kind in ("entry", "chapter", "entry-encyclopedia") else "journal": item.get(
            "container-title", ""
        ),
        "publisher": item.get("publisher", ""),
        "address": item.get("publisher-place", ""),
        "year": str(date_of(item)[0]) if date_of(item) else "",
        "date": "-".join(f"{part:02d}" for part in date_of(item)),
        "version": item.get("version", ""),
        "edition": "" if "version" not in item else f"Version {item['version']}",
        "url": item.get("URL", ""),
        "langid": _language(item.get("language", "en")),
        "note": item.get("note", ""),
    }
    entry = Entry(_BIBTEX.get(kind, "misc"), [(name, value) for name, value in fields.items() if value])
    for role in ("author", "editor"):
        for name in item.get(role, ()):
            entry.add_person(_person(name), role)
    return str(_writer().to_string(BibliographyData({re.sub(r"[^\w.-]", "-", item["id"]): entry})))


@cache
def _writer() -> Any:
    """Pybtex's writer; what all items of an edition have in common is encoded once."""
    from pybtex.database.output.bibtex import Writer  # with it comes a table of all that TeX can say

    writer = Writer("UTF-8")
    writer._encode = lru_cache(maxsize=4096)(writer._encode)
    return writer


@cache
def _language(tag: str) -> str:
    """The English name of a language (BCP 47), in small letters, as biblatex has it; else the tag."""
    from babel import Locale, UnknownLocaleError

    try:
        return (Locale.parse(tag.partition("-")[0]).get_language_name("en") or tag).lower()
    except (UnknownLocaleError, ValueError):
        return tag


def _person(name: dict[str, str]) -> Person:
    if "literal" in name:
        return Person("{" + name["literal"] + "}")
    return Person(first=name.get("given", ""), last=name["family"])


def _balanced(value: str) -> str:
    """Braces that do not pair would break the BibTeX file; they are dropped there only."""
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    return value if depth == 0 else value.replace("{", "").replace("}", "")
