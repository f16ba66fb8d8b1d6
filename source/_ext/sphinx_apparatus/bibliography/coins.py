"""A CSL item as COinS (OpenURL 1.0, key/encoded-value), which reference managers read in a page.

Books and their parts, articles and dissertations have formats of their own; everything else is
Dublin Core, whose ``rft.type`` Zotero takes for the name of one of its types.  Of editors the formats know
nothing (registry of OpenURL, ``info:ofi/fmt:kev:mtx:book`` and ``journal``); Dublin Core has contributors.
"""

from __future__ import annotations

from urllib.parse import quote

from sphinx_apparatus.bibliography.dates import in_words, is_before_our_era, iso, shown
from sphinx_apparatus.bibliography.items import Item, title_of
from sphinx_apparatus.bibliography.persons import Name, closed, inverted, is_others
from sphinx_apparatus.bibliography.words import plain

_BOOKS = {
    "book": "book", "pamphlet": "book", "chapter": "bookitem", "entry": "bookitem", "entry-encyclopedia": "bookitem",
    "paper-conference": "proceeding", "report": "report",
}  # fmt: skip
_TYPES = {
    "webpage": "webpage", "article-newspaper": "newspaperArticle", "article-magazine": "magazineArticle",
    "manuscript": "manuscript", "dataset": "dataset", "software": "computerProgram", "graphic": "artwork",
    "song": "audioRecording", "motion_picture": "film", "legal_case": "case", "legislation": "statute",
    "personal_communication": "letter", "standard": "standard", "patent": "patent",
}  # fmt: skip


def to_coins(item: Item) -> str:
    """The title attribute of a COinS span."""
    kind, title = item["type"], title_of(item)
    whole = plain(item.get("container-title", ""))
    if kind in ("article-journal", "review"):
        own = [
            ("rft_val_fmt", _format("journal")),
            ("rft.genre", "article"),
            ("rft.atitle", title),
            ("rft.jtitle", whole),
            *_chronology(item),
        ]
    elif kind in _BOOKS:
        part = _BOOKS[kind] in ("bookitem", "proceeding")
        own = [("rft_val_fmt", _format("book")), ("rft.genre", _BOOKS[kind])]
        own += [("rft.atitle", title), ("rft.btitle", whole)] if part else [("rft.btitle", title)]
    elif kind == "thesis":
        own = [("rft_val_fmt", _format("dissertation")), ("rft.title", title), ("rft.inst", item.get("publisher", ""))]
        own.append(("rft.degree", item.get("genre", "")))
    else:
        own = [("rft_val_fmt", _format("dc")), ("rft.type", _TYPES.get(kind, "document")), ("rft.title", title)]
        own += [
            ("rft.source", whole),
            ("rft.identifier", item.get("URL", "")),
            ("rft.description", item.get("note", "")),
            *_contributors(item),
        ]
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        *own,
        *(pair for name in item.get("author", ()) for pair in _name(name)),
        *_shared(item, kind),
    ]
    return "&".join(f"{name}={quote(str(value), safe='')}" for name, value in pairs if value)


def _shared(item: Item, kind: str) -> list[tuple[str, str]]:
    page = item.get("page", "")
    first, _, last = page.partition("–" if "–" in page else "-")
    return [
        ("rft.date", _date(item)),
        ("rft.volume", item.get("volume", "")),
        ("rft.issue", item.get("issue", "")),
        ("rft.pages", item.get("page", "")),
        ("rft.spage", first),
        ("rft.epage", last),
        ("rft.edition", item.get("edition", "")),
        ("rft.series", plain(item.get("collection-title", ""))),
        ("rft.place", item.get("publisher-place", "")),
        ("rft.pub", item.get("publisher", "") if kind != "thesis" else ""),
        ("rft.isbn", item.get("ISBN", "")),
        ("rft.issn", item.get("ISSN", "")),
        ("rft.language", item.get("language", "")),
        ("rft_id", f"info:doi/{item['DOI']}" if "DOI" in item else ""),
        ("rft_id", item.get("URL", "")),
    ]


def _date(item: Item) -> str:
    """Year, month and day as ISO has them, of a range the years, each once; what is no such date, in words."""
    issued = item.get("issued", {})
    parts = issued.get("date-parts", [])
    if not parts or is_before_our_era(issued):
        return in_words(issued)
    return "/".join(dict.fromkeys(iso(part[:1] if len(parts) > 1 else part) for part in parts))


def _contributors(item: Item) -> list[tuple[str, str]]:
    return [("rft.contributor", closed(name)) for name in item.get("editor", ()) if not is_others(name)]


def _chronology(item: Item) -> list[tuple[str, str]]:
    """What a date of ISO has no place for: a season, or several months or days of a year."""
    issued = item.get("issued", {})
    words = shown(issued)[1]
    if "season" in issued:
        return [("rft.ssn", {"Autumn": "fall"}.get(words, words.lower()))]
    return [("rft.chron", words)] if len(issued.get("date-parts", ())) > 1 else []


def _name(name: Name) -> list[tuple[str, str]]:
    if is_others(name):
        return []
    return [("rft.aucorp", name["literal"])] if "literal" in name else [("rft.au", inverted(name))]


def _format(name: str) -> str:
    return f"info:ofi/fmt:kev:mtx:{name}"
