"""Records that biblatex understands, as BibTeX writes them: so every style of a list of works knows them.

Types and fields after the manual of biblatex 3.20, sections 2.1 and 2.2.  What the record said is kept:
`kind` and the fields of biblatex stay beside those of BibTeX.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from pybtex.database import Entry

from sphinx_apparatus.bibliography.dates import year_and_month
from sphinx_apparatus.bibliography.terms import COUNTRIES, GENRES

#: The field under which an entry keeps its own type, beside that of BibTeX.
KIND = "apparatus-kind"

#: Fields that hold persons.
PERSONS = (
    "author", "editor", "editora", "editorb", "editorc", "translator", "bookauthor",
    "afterword", "annotator", "commentator", "foreword", "introduction",
)  # fmt: skip

#: Types of biblatex, and the type of BibTeX that a list of works shows them as.
_TYPES = {
    "mvbook": "book", "collection": "book", "mvcollection": "book", "reference": "book", "mvreference": "book",
    "periodical": "book", "booklet": "book", "mvproceedings": "proceedings",
    "bookinbook": "incollection", "suppbook": "inbook", "suppcollection": "incollection",
    "inreference": "incollection", "suppperiodical": "article", "review": "article", "conference": "inproceedings",
    "report": "techreport", "patent": "techreport", "thesis": "phdthesis", "standard": "techreport",
    "online": "misc", "electronic": "misc", "www": "misc", "newspaper": "article",
}  # fmt: skip

#: The types that the list of works knows.
BIBTEX = frozenset(
    {
        "article", "book", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc",
        "phdthesis", "proceedings", "techreport", "unpublished",
    }
)  # fmt: skip

#: Fields of biblatex, and BibTeX's, which is filled from them where the record lacks it.
_FIELDS = {
    "journaltitle": "journal",
    "location": "address",
    "annotation": "annote",
    "origlocation": "",
    "maintitle": "",
}

#: What a record takes from the one it is a part of under another name.
_FROM_WHOLE = {"title": "booktitle", "subtitle": "booksubtitle", "titleaddon": "booktitleaddon"}
_PARTS = frozenset(
    {"incollection", "inbook", "inproceedings", "inreference", "bookinbook", "suppbook", "suppcollection", "conference"}
)
_NOT_INHERITED = frozenset(
    {"crossref", "xref", "xdata", "label", "shorthand", "shorttitle", "sorttitle", "indextitle", "options", "keywords",
     "entryset", "execute", "ids", "related", "presort", "sortkey", "relatedtype", "pagetotal", "pages"}
)  # fmt: skip

_VERBATIM = frozenset(
    {"url", "doi", "eprint", "file", "pdf", "urlraw", "verba", "verbb", "verbc", KIND,
     "date", "origdate", "eventdate", "urldate"}
)  # fmt: skip
_FROM_XDATA = re.compile(r"^\s*xdata\s*=\s*(?P<key>.+?)-(?P<field>[A-Za-z]+)(?:-\d+)?\s*$")
_COMMENT = re.compile(r"(?<!\\)%")


def kind(entry: Entry) -> str:
    """The type of a record as its .bib has it."""
    return str(entry.fields.get(KIND) or entry.type)


def inherited(entry: Entry, entries: Mapping[str, Any], below: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Take over what the records that an entry names (``crossref``, ``xdata``) say.

    Returns what is wrong with them, each with the key of the record that is to be mended; ``below`` are the keys of
    those for which this one is asked.
    """
    wrong: list[tuple[str, str]] = []
    for name, value in entry.fields.items():
        match = _FROM_XDATA.match(value)
        if match:
            source = entries.get(match["key"])
            if source is None:
                wrong.append((entry.key, f"{entry.key} names {match['key']} in {name}, and there is no such record"))
            entry.fields[name] = source.fields.get(match["field"], "") if source is not None else ""
    for field in ("xdata", "crossref"):
        for key in filter(None, (part.strip() for part in entry.fields.get(field, "").split(","))):
            whole = entries.get(key)
            if whole is None:
                wrong.append((entry.key, f"{entry.key} names {key} in {field}, and there is no such record"))
            elif whole.key in (entry.key, *below):
                wrong.append((whole.key, f"{whole.key} takes from itself, by the {field} of {entry.key}"))
            else:
                wrong += inherited(whole, entries, (*below, entry.key))
                _take(entry, whole, field == "crossref" and entry.type in _PARTS)
    return wrong


def _take(entry: Entry, whole: Entry, part: bool) -> None:
    volume = whole.type.startswith("mv") and not entry.type.startswith("mv")
    for name, value in whole.fields.items():
        own = _FROM_WHOLE.get(name.lower(), name) if part else name
        if volume and name.lower() in ("title", "subtitle"):
            own = f"main{name.lower()}"
        if name.lower() not in _NOT_INHERITED and own not in entry.fields and not name.startswith("apparatus-"):
            entry.fields[own] = value
    for role, persons in whole.persons.items():
        own = "bookauthor" if part and role == "author" else role
        if own not in entry.persons:
            entry.persons[own] = list(persons)


def as_bibtex(entry: Entry) -> None:
    """Give an entry the type and the fields of BibTeX; done twice, nothing changes."""
    fields = entry.fields
    if KIND in fields:
        return
    fields[KIND] = entry.type
    for name, value in fields.items():
        if name.lower() not in _VERBATIM:
            fields[name] = _COMMENT.sub(r"\\%", value)  # else TeX takes the rest of the line for a comment
    for theirs, ours in _FIELDS.items():
        if ours and fields.get(theirs) and not fields.get(ours):
            fields[ours] = fields[theirs]
    for title, rest in (
        ("title", "subtitle"),
        ("booktitle", "booksubtitle"),
        ("journal", "journalsubtitle"),
        ("maintitle", "mainsubtitle"),
    ):
        if fields.get(title) and fields.get(rest):
            mark = " " if fields[title].rstrip("}")[-1:] in "?!:.–—" else ": "
            fields[title] = f"{fields[title]}{mark}{fields[rest]}"
    # What stands behind a title, or at the end of an entry, where biblatex prints it.
    for name, rest in (("title", "titleaddon"), ("booktitle", "booktitleaddon"), ("note", "addendum")):
        if fields.get(rest):
            before = fields.get(name, "")
            mark = "" if not before else " " if before.rstrip("}")[-1:] in "?!." else ". "
            fields[name] = f"{before}{mark}{fields[rest]}"
    # A volume stands under the title of the whole.
    title = "booktitle" if entry.type in _PARTS else "title"
    if fields.get("maintitle") and fields["maintitle"] != fields.get(title):
        fields[title] = ". ".join(filter(None, (fields["maintitle"], fields.get(title))))
    for name in ("publisher", "address"):
        if fields.get(name):
            fields[name] = COUNTRIES.get(fields[name], _listed(fields[name]))
    if fields.get("type"):
        fields["type"] = GENRES.get(fields["type"].lower(), fields["type"])
    fields.setdefault(
        "title", fields.get("booktitle") or fields.get("maintitle") or fields.get("shorttitle") or entry.key
    )
    _dates(fields)
    _by_type(entry)


def _listed(value: str) -> str:
    """A list of biblatex's as it prints it: two with *and* between them, more with commas."""
    parts = re.split(r"\s+and\s+(?![^{]*\})", value)
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 2 else value


def _dates(fields: Any) -> None:
    if fields.get("date"):
        year, month = year_and_month({"date": fields["date"]})
        if year:
            fields["year"] = year
        fields.pop("month", None)
        if month:
            fields["month"] = month
    elif fields.get("month", "").strip("{}").isdigit() or fields.get("day"):
        _, month = year_and_month({name: fields.get(name, "") for name in ("year", "month", "day")})
        if month:
            fields["month"] = month
    if fields.get("year"):
        fields["year"] = fields["year"].replace("---", "—").replace("--", "–")


def _by_type(entry: Entry) -> None:
    fields, own = entry.fields, entry.type
    if own in ("thesis", "phdthesis", "mastersthesis") and fields.get("institution"):
        fields.setdefault("school", fields["institution"])
    if own == "article" and not fields.get("number") and fields.get("issue", "").isdigit():
        fields["number"] = fields["issue"]
    if own in ("report", "techreport") and not fields.get("institution") and fields.get("publisher"):
        fields["institution"] = fields["publisher"]
    if own in ("online", "electronic", "www") and fields.get("organization"):
        fields.setdefault("howpublished", fields["organization"])
    if fields.get("eprint") and not fields.get("url") and fields.get("eprinttype", "").lower() == "arxiv":
        fields["url"] = f"https://arxiv.org/abs/{fields['eprint']}"
    # What is an article of nothing, or a part of nothing, is shown as a piece by itself.
    shown = _TYPES.get(own, own if own in BIBTEX else "misc")
    if shown == "article" and not fields.get("journal"):
        shown = "misc"
    if shown in ("incollection", "inbook", "inproceedings") and not fields.get("booktitle"):
        shown = "book" if shown == "inbook" else "misc"
    if shown in ("phdthesis", "mastersthesis") and not fields.get("school"):
        shown = "book"
    entry.type = shown
