"""A CSL item as RIS, as Zotero and EndNote read it; no library writes the format as they do."""

from __future__ import annotations

from sphinx_apparatus.bibliography.items import Item, date_of, inverted, plain

_RIS = {
    "book": "BOOK",
    "entry": "CHAP",
    "chapter": "CHAP",
    "article-journal": "JOUR",
    "article-newspaper": "NEWS",
    "webpage": "ELEC",
    "entry-encyclopedia": "ENCYC",
}


def to_ris(item: Item) -> str:
    """RIS, as Zotero and EndNote read it; lines end with CRLF, as the format asks."""
    day = date_of(item)
    rows = [("TY", _RIS.get(item["type"], "GEN"))]
    rows += [("AU", inverted(name)) for name in item.get("author", ())]
    rows += [("ED", inverted(name)) for name in item.get("editor", ())]
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


def _line(value: str) -> str:
    return " ".join(value.split())
