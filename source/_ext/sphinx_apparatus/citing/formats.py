"""A CSL item as BibTeX, RIS and CSL-JSON."""

from __future__ import annotations

import json
import re
from urllib.parse import urlencode

from pybtex.database import BibliographyData, Entry, Person

from sphinx_apparatus.citing.items import Item

#: File endings and MIME types of the exports.
TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}

_NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)
_BIBTEX = {"book": "book", "entry": "incollection", "article-journal": "article", "chapter": "incollection"}
_RIS = {
    "book": "BOOK",
    "entry": "CHAP",
    "chapter": "CHAP",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "entry-encyclopedia": "ENCYC",
}


def to_json(item: Item) -> str:
    """CSL-JSON: a list of one item."""
    return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def to_bibtex(item: Item) -> str:
    """BibTeX, UTF-8; the reading is braced, so that no style changes its capitals."""
    kind = item["type"]
    fields = {
        "title": _NOCASE.sub(lambda match: "{" + _balanced(match[1]) + "}", item["title"]),
        "booktitle" if kind in ("entry", "chapter", "entry-encyclopedia") else "journal": item.get(
            "container-title", ""
        ),
        "publisher": item.get("publisher", ""),
        "address": item.get("publisher-place", ""),
        "year": str(_date(item)[0]) if _date(item) else "",
        "date": "-".join(f"{part:02d}" for part in _date(item)),
        "version": item.get("version", ""),
        "edition": "" if "version" not in item else f"Version {item['version']}",
        "url": item.get("URL", ""),
        "langid": "english" if item.get("language", "en").startswith("en") else item["language"],
        "note": item.get("note", ""),
    }
    entry = Entry(_BIBTEX.get(kind, "misc"), [(name, value) for name, value in fields.items() if value])
    for role in ("author", "editor"):
        for name in item.get(role, ()):
            entry.add_person(_person(name), role)
    return str(BibliographyData({re.sub(r"[^\w.-]", "-", item["id"]): entry}).to_string("bibtex"))


def to_ris(item: Item) -> str:
    """RIS, as Zotero and EndNote read it; lines end with CRLF, as the format asks."""
    day = _date(item)
    rows = [("TY", _RIS.get(item["type"], "GEN"))]
    rows += [("AU", _inverted(name)) for name in item.get("author", ())]
    rows += [("ED", _inverted(name)) for name in item.get("editor", ())]
    rows += [
        ("TI", plain(item["title"])),
        ("T2", item.get("container-title", "")),
        ("PB", item.get("publisher", "")),
        ("CY", item.get("publisher-place", "")),
        ("PY", str(day[0]) if day else ""),
        ("DA", "/".join(f"{part:02d}" for part in day)),
        ("ET", f"Version {item['version']}" if "version" in item else ""),
        ("LA", item.get("language", "")),
        ("UR", item.get("URL", "")),
        ("ID", item["id"]),
        ("N1", item.get("note", "")),
    ]
    return "".join(f"{tag}  - {_line(value)}\r\n" for tag, value in rows if value) + "ER  - \r\n"


def to_coins(item: Item) -> str:
    """The title attribute of a COinS span (OpenURL 1.0, key/encoded-value)."""
    part = "container-title" in item
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem" if part else "book"),
        ("rft.atitle" if part else "rft.btitle", plain(item["title"])),
        ("rft.btitle" if part else "", item.get("container-title", "")),
        *(("rft.au", _inverted(name)) for name in item.get("author", ())),
        ("rft.date", "-".join(f"{part:02d}" for part in _date(item))),
        ("rft.edition", item.get("version", "")),
        ("rft.language", item.get("language", "")),
        ("rft_id", item.get("URL", "")),
    ]
    return urlencode([(name, value) for name, value in pairs if name and value])


def plain(title: str) -> str:
    """A title without CSL's mark-up."""
    return _NOCASE.sub(r"\1", title)


def _date(item: Item) -> list[int]:
    parts: list[list[int]] = item.get("issued", {}).get("date-parts", [])
    return parts[0] if parts else []


def _person(name: dict[str, str]) -> Person:
    if "literal" in name:
        return Person("{" + name["literal"] + "}")
    return Person(first=name.get("given", ""), last=name["family"])


def _inverted(name: dict[str, str]) -> str:
    if "literal" in name:
        return name["literal"]
    return ", ".join(filter(None, (name["family"], name.get("given", ""))))


def _line(value: str) -> str:
    return " ".join(value.split())


def _balanced(value: str) -> str:
    """Braces that do not pair would break the BibTeX file; they are dropped there only."""
    depth = 0
    for character in value:
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth < 0:
            break
    return value if depth == 0 else value.replace("{", "").replace("}", "")
