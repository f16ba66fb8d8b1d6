"""The texts as printed and the works cited: records of the bibliography as CSL items (CSL-JSON 1.0.2)."""

from __future__ import annotations

import re
from typing import Any

from pybtex.database import Entry

from sphinx_apparatus.bibliography import dates
from sphinx_apparatus.bibliography.biblatex import kind
from sphinx_apparatus.bibliography.items import KEPT, PEOPLE, TEX, Item
from sphinx_apparatus.bibliography.languages import tag_of
from sphinx_apparatus.bibliography.persons import csl_name
from sphinx_apparatus.bibliography.terms import EDITION, GENRES, STATES
from sphinx_apparatus.bibliography.words import address, csl_tex, plain_tex, verbatim
from sphinx_apparatus.model.imprint import DOI

#: Types of BibTeX and biblatex, and CSL's.
_TYPES = {
    "article": "article-journal", "suppperiodical": "article-journal", "newspaper": "article-newspaper",
    "book": "book", "mvbook": "book", "collection": "book", "mvcollection": "book", "proceedings": "book",
    "mvproceedings": "book", "reference": "book", "mvreference": "book", "manual": "book", "booklet": "pamphlet",
    "incollection": "chapter", "inbook": "chapter", "bookinbook": "chapter", "suppbook": "chapter",
    "suppcollection": "chapter", "inreference": "entry-encyclopedia",
    "inproceedings": "paper-conference", "conference": "paper-conference",
    "online": "webpage", "electronic": "webpage", "www": "webpage",
    "techreport": "report", "report": "report", "standard": "standard",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "unpublished": "manuscript", "periodical": "periodical", "patent": "patent", "dataset": "dataset",
    "software": "software", "review": "review", "letter": "personal_communication", "artwork": "graphic",
    "image": "graphic", "audio": "song", "music": "song", "movie": "motion_picture", "video": "motion_picture",
    "performance": "performance", "jurisdiction": "legal_case", "legislation": "legislation", "legal": "treaty",
}  # fmt: skip

_SUBTYPES = {"newspaper": "article-newspaper", "magazine": "article-magazine"}
_FIELDS = {
    "title": "title", "shorttitle": "title-short", "series": "collection-title", "volume": "volume",
    "volumes": "number-of-volumes", "pagetotal": "number-of-pages", "edition": "edition", "address": "publisher-place",
    "note": "note", "version": "version", "eventtitle": "event-title", "venue": "event-place",
    "library": "archive_location", "abstract": "abstract", "chapter": "chapter-number",
}  # fmt: skip
_ADDRESSES = {"url": "URL", "doi": "DOI", "isbn": "ISBN", "issn": "ISSN"}
_ROLES = {
    "author": "author", "editor": "editor", "translator": "translator", "bookauthor": "container-author",
    "introduction": "introduction", "foreword": "introduction",
}  # fmt: skip
#: Roles whose names a .bib has again from the item; all others it has as its record has them.
_AGAIN = frozenset({"author", "translator", "bookauthor"})
#: Fields of biblatex for which CSL has no variable; the .bib that is offered has them as they are.
_KEPT = (
    "issuetitle", "part", "chapter", "eventtitle", "eventdate", "venue", "origdate", "origlanguage",
    "origlocation", "origpublisher", "holder", "eprint", "eprinttype", "eprintclass", "pubstate", "pagetotal",
    "editortype", "editoratype", "editorbtype", "editorctype",
)  # fmt: skip
#: What an editor is that biblatex calls otherwise.
_EDITORS = {"compiler": "compiler", "director": "director"}
_PUBLISHERS = ("publisher", "school", "institution", "organization")
_WITH_MARKUP = frozenset({"title", "title-short", "container-title", "collection-title"})


def printed_item(env: Any, key: str) -> Item:
    """The CSL item of a key.  Raises ``KeyError`` where the bibliography lacks it."""
    return item_of(key, env.get_domain("cite").bibdata.data.entries[key])


def recorded(env: Any, key: str) -> str:
    """What the bibliography says of a key, to tell one state of it from another; nothing where it lacks it."""
    entry = env.get_domain("cite").bibdata.data.entries.get(key)
    return repr(entry) if entry is not None else ""


def item_of(key: str, entry: Entry) -> Item:
    """A record as a CSL item; braces and TeX's mark-up have become CSL's."""
    fields = entry.fields
    own, said = kind(entry), _csl_type(entry)
    item: Item = {"id": key, "type": said}
    tex: dict[str, str] = {}
    for name, variable in {**_FIELDS, **_containers(entry, said)}.items():
        value = fields.get(name)
        if not value:
            continue
        words = csl_tex(value) if variable in _WITH_MARKUP else plain_tex(value)
        if words and variable not in item:
            item[variable], tex[variable] = words, value
    _numbers(item, fields, said)
    for name, variable in _ADDRESSES.items():
        if fields.get(name):
            item[variable] = address(fields[name]) if name == "url" else verbatim(fields[name])
    if "DOI" in item:
        item["DOI"] = DOI.sub("", item["DOI"])
    _published(item, fields, said)
    if said in ("thesis", "report", "manuscript", "patent", "pamphlet"):
        genre = fields.get("type") or (own if said in ("thesis",) else "")
        words = GENRES.get(genre.lower(), plain_tex(genre))
        if words and words != "thesis":
            item["genre"] = words
    people = {role.lower(): [csl_name(one) for one in persons] for role, persons in entry.persons.items()}
    for role, names in people.items():
        variable = _ROLES.get(role, "")
        if role.startswith("editor"):
            variable = _EDITORS.get(fields.get(f"{role}type", ""), variable)
        if variable:
            item.setdefault(variable, []).extend(names)
    item[PEOPLE] = {role: names for role, names in people.items() if role not in _AGAIN}
    _dated(item, fields)
    item.setdefault("title", key)
    item[KEPT] = {name: fields[name] for name in _KEPT if fields.get(name)}
    if "literal" in item.get("issued", {}):
        # A range without an end is to CSL words, and to biblatex a date; one without a beginning stops citation-js.
        date = fields.get("date", "").strip()
        as_given = ["date"] if dates.is_date(date) and date[:1].isdecimal() else []
        if not fields.get("date"):
            as_given = ["year", "month"]
        item[KEPT] |= {name: fields[name] for name in as_given if fields.get(name)}
    language = tag_of(fields.get("langid") or fields.get("language") or fields.get("hyphenation") or "")
    if language:
        item["language"] = language
    item[TEX] = tex
    return item


def _csl_type(entry: Entry) -> str:
    own = kind(entry)
    subtype = _SUBTYPES.get(entry.fields.get("entrysubtype", "").lower(), "")
    if own == "article" and subtype:
        return subtype
    if own == "misc":
        return "webpage" if entry.fields.get("url") or "\\url" in entry.fields.get("howpublished", "") else "document"
    if own == "article" and not entry.fields.get("journal"):
        return "article" if entry.fields.get("eprint") else "document"  # CSL's article is a preprint
    if own in ("incollection", "inbook") and not entry.fields.get("booktitle"):
        return "book" if own == "inbook" else "document"
    return _TYPES.get(own, "document")


def _containers(entry: Entry, said: str) -> dict[str, str]:
    """Which field names the whole of which the work is a part."""
    if said == "webpage":
        field = next((name for name in ("howpublished", "booktitle", "journal") if entry.fields.get(name)), "")
        return {field: "container-title"} if field and "\\url" not in entry.fields[field] else {}
    if said.startswith("article") or said == "review":
        return {"journal": "container-title"}
    if said in ("chapter", "entry-encyclopedia", "paper-conference"):
        return {"booktitle": "container-title"}
    return {"journal": "container-title"} if kind(entry) not in ("book", "periodical") else {}


def _numbers(item: Item, fields: Any, said: str) -> None:
    number = plain_tex(fields.get("number") or fields.get("issue") or "")
    if number:
        if said.startswith("article") or said in ("review", "periodical"):
            item["issue"] = number
        elif "collection-title" in item and said not in ("report", "patent", "standard"):
            item["collection-number"] = number
        else:
            item["number"] = number
    pages = plain_tex(fields.get("pages") or fields.get("eid") or "")
    if pages:
        # A dash within the numbers of pages is none between them.
        ends = re.split(r"\s*(?:--+|[–—])\s*", pages)
        inner = len(ends) > 1 and any("-" in end for end in ends)
        item["page"] = "–".join(ends) if inner else re.sub(r"\s*-\s*", "-", "-".join(ends))
    if "edition" in item:
        item["edition"] = EDITION.sub("", item["edition"])


def _published(item: Item, fields: Any, said: str) -> None:
    names = [fields[name] for name in _PUBLISHERS if fields.get(name)]
    if names and not (said == "webpage" and item.get("container-title") == plain_tex(names[0])):
        item["publisher"] = plain_tex(names[0])
    how = fields.get("howpublished", "")
    found = re.search(r"\\url\s*\{([^{}]*)\}", how)
    if found:
        item.setdefault("URL", address(found[1]))
        if found[0] != how.strip():  # words around it
            item["note"] = ". ".join(filter(None, (item.get("note"), plain_tex(how.replace(found[0], item["URL"])))))
    elif how and said != "webpage":
        item.setdefault("medium", plain_tex(how))


def _dated(item: Item, fields: Any) -> None:
    words = {name: plain_tex(fields[name]) for name in ("year", "month", "day") if fields.get(name)}
    if fields.get("date"):
        words = {"date": fields["date"]}
    issued = dates.csl_date(words)
    if fields.get("pubstate"):
        state = STATES.get(fields["pubstate"].strip(), plain_tex(fields["pubstate"]))
        issued = issued or {"literal": state}
        item["status"] = state
    found = {
        "issued": issued,
        "accessed": dates.iso_date(fields["urldate"]) if fields.get("urldate") else None,
        "original-date": dates.csl_date({"date": fields["origdate"]}) if fields.get("origdate") else None,
        "event-date": dates.csl_date({"date": fields["eventdate"]}) if fields.get("eventdate") else None,
    }
    item.update({name: date for name, date in found.items() if date})
