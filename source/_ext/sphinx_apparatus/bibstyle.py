"""A pybtex style in the humanities' author-date manner (Chicago Manual of Style, 18th ed., ch. 13).

Names first and inverted, year next, titles of books in italics, of parts in inverted
commas, place and publisher last.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from pybtex.plugin import find_plugin, register_plugin
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.formatting.unsrt import pages
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting.author_year_title import SortingStyle as _Sorting
from pybtex.style.template import (
    field,
    first_of,
    href,
    join,
    names,
    node,
    optional,
    sentence,
    tag,
    words,
)
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

#: Where the year is kept, when that of a citation has a letter.
PLAIN_YEAR = "apparatus-year"


def _round() -> BracketStyle:
    return BracketStyle(left="(", right=")", sep="; ")


@dataclass
class HumanitiesReferences(AuthorYearReferenceStyle):
    """Author and year in round brackets, no comma between them: (Suh 1988, p. 40)."""

    bracket_textual: BracketStyle = attribute(default_factory=_round)
    bracket_parenthetical: BracketStyle = attribute(default_factory=_round)
    bracket_author: BracketStyle = attribute(default_factory=_round)
    bracket_label: BracketStyle = attribute(default_factory=_round)
    bracket_year: BracketStyle = attribute(default_factory=_round)
    author_year_sep: Any = " "


def remember_backend() -> None:
    """Register the backend that sphinxcontrib-bibtex asks for at every citation.

    Else pybtex would look for it in the metadata of all installed packages, each time:
    a third of the time of a build.
    """
    register_plugin("pybtex.backends", "plaintext", find_plugin("pybtex.backends", "plaintext"), force=True)


def tell_works_apart(app: Any) -> None:
    """`tell_apart` the works of a project that is cited in this style."""
    if app.config.bibtex_reference_style == "humanities":
        tell_apart(app.env.get_domain("cite").bibdata.data.entries.values())


def tell_apart(entries: Iterable[Any]) -> None:
    """Give works that would be cited alike letters after the year: 1973a, 1973b, in the order of the list.

    So do works of namesakes, which a citation without first names cannot tell apart either.
    """
    alike: dict[tuple[str, str], list[Any]] = {}
    for entry in entries:
        if PLAIN_YEAR in entry.fields:  # of an earlier build
            entry.fields["year"] = entry.fields.pop(PLAIN_YEAR)
        alike.setdefault((_plain_words(cited_names(entry)), entry.fields.get("year", "")), []).append(entry)
    key = AuthorYearTitle().sorting_key
    for group in alike.values():
        if len(group) < 2:
            continue
        for number, entry in enumerate(sorted(group, key=lambda entry: (key(entry), entry.key))):
            year = entry.fields[PLAIN_YEAR] = entry.fields.get("year", "")
            entry.fields["year"] = f"{year or 'n.d.-'}{_letters(number)}"


def cited_names(entry: Any) -> str:
    """Whom a citation of a work names: *Oberdorfer and Carlin*, *Kim et al.*; without persons the title."""
    persons = entry.persons.get("author") or entry.persons.get("editor") or ()
    last = [" ".join(person.prelast_names + person.last_names) for person in persons]
    said = f"{last[0]} et al." if len(last) > 2 else " and ".join(last) or entry.fields.get("title", entry.key)
    return said.replace("{", "").replace("}", "")


def _letters(number: int) -> str:
    """*a* to *z*, then *aa*."""
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)


def _plain_words(string: str) -> str:
    """A string as one looks for it in a list: without braces, capitals and the marks on letters."""
    bare = unicodedata.normalize("NFKD", string.replace("{", "").replace("}", ""))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).casefold().split())


#: Names in their natural order, for the editors of a collection.
_plain = find_plugin("pybtex.style.names", "plain")()


#: Month, or day and month, and the year; without the letter.
date = words[optional[field("month")], first_of[optional[field(PLAIN_YEAR)], field("year")]]


@node
def quoted(children: Any, context: Any) -> Any:
    """Inverted commas around a title."""
    return join["“", children[0], "”"].format_data(context)


def _link(address: Any) -> Any:
    """An address that leads to itself."""
    return href(address)[address]


class KeyLabels(BaseLabelStyle):  # type: ignore[misc,unused-ignore]
    """The key as label: no list shows it, and no two lists may share one."""

    def format_labels(self, sorted_entries: Any) -> Any:
        """One label an entry."""
        for entry in sorted_entries:
            yield entry.key


class AuthorYearTitle(_Sorting):
    """By author, year and title; a corporate author, which BibTeX braces, among the others."""

    def sorting_key(self, entry: Any) -> Any:
        """Pybtex's key, as one looks for names in a list."""
        names_, year, title = (_plain_words(str(part)) for part in super().sorting_key(entry))
        return names_, year or "n.d.", title


class HumanitiesStyle(Unsrt):
    """Author-date, for every entry type the edition uses."""

    default_sorting_style = AuthorYearTitle
    default_label_style = KeyLabels
    default_name_style = "lastfirst"

    def people(self, entry: Any) -> Any:
        """Who made the work: authors, else editors (marked), else the title's own place."""
        for role, mark in (("author", ""), ("editor", ", ed.")):
            persons = entry.persons.get(role)
            if persons:
                suffix = ", eds." if mark and len(persons) > 1 else mark
                return join[names(role, sep=", ", sep2=" and ", last_sep=", and "), suffix]
        return first_of[optional[field("organization")], optional[field("publisher")], field("title", raw=True)]

    def opening(self, entry: Any) -> Any:
        """Names and year."""
        year = first_of[optional[field("year")], "n.d."]
        return words[sentence[self.people(entry)], sentence[year]]

    def book_title(self, name: str = "title") -> Any:
        """A title in italics."""
        return tag("em")[field(name, raw=False)]

    def imprint(self) -> Any:
        """Place and publisher."""
        return first_of[
            optional[
                join[
                    field("address"),
                    ": ",
                    first_of[optional[field("publisher")], optional[field("institution")], field("school")],
                ]
            ],
            optional[field("publisher")],
            optional[field("institution")],
            optional[field("school")],
            optional[field("address")],
            "",
        ]

    def series(self) -> Any:
        """Series and number."""
        return optional[sentence(capfirst=False)[join[field("series"), optional[join[" ", field("number")]]]]]

    def where(self, e: Any) -> Any:
        """Where and on which day it was made known, the note, and DOI or address.

        (An article has its day beside the journal.)
        """
        dated = "month" in e.fields and e.type != "article"
        return words[
            optional[sentence(capfirst=False)[field("howpublished")]],
            sentence(capfirst=False)[date] if dated else "",
            optional[sentence[field("note")]] if e.fields.get("note") != "n.d." else "",
            first_of[
                optional[sentence(capfirst=False)[_link(join["https://doi.org/", field("doi", raw=True)])]],
                optional[sentence(capfirst=False)[_link(field("url", raw=True))]],
                "",
            ],
        ]

    def get_book_template(self, e: Any) -> Any:
        """A book."""
        volumes = optional[sentence(capfirst=False)[words[field("volumes"), "vols"]]]
        volume = optional[sentence(capfirst=False)[words["Vol.", field("volume")]]]
        edition = optional[sentence(capfirst=False)[words[field("edition"), "ed"]]]
        return toplevel[
            self.opening(e),
            sentence[self.book_title()],
            edition,
            volume,
            volumes,
            self.series(),
            sentence(capfirst=False)[self.imprint()],
            self.where(e),
        ]

    get_proceedings_template = get_book_template
    get_manual_template = get_book_template

    def get_techreport_template(self, e: Any) -> Any:
        """A report."""
        number = first_of[
            optional[sentence(capfirst=False)[join[optional[join[field("type"), " "]], field("number")]]],
            optional[sentence(capfirst=False)[field("type")]],
            "",
        ]
        return toplevel[
            self.opening(e),
            sentence[self.book_title()],
            number,
            sentence(capfirst=False)[self.imprint()],
            self.where(e),
        ]

    def get_phdthesis_template(self, e: Any) -> Any:
        """A thesis."""
        return toplevel[
            self.opening(e),
            sentence(capfirst=False)[quoted[field("title")]],
            sentence[join["PhD diss., ", field("school")]],
            self.where(e),
        ]

    get_mastersthesis_template = get_phdthesis_template

    def get_article_template(self, e: Any) -> Any:
        """An article of a journal or newspaper."""
        issue = join[
            tag("em")[field("journal")],
            optional[join[" ", field("volume")]],
            optional[join[", no. ", field("number")]],
            optional[join[" (", date, ")"]] if "month" in e.fields else "",
            optional[join[": ", pages]],
        ]
        return toplevel[
            self.opening(e),
            sentence(capfirst=False)[quoted[field("title")]],
            sentence(capfirst=False)[issue],
            self.where(e),
        ]

    def get_incollection_template(self, e: Any) -> Any:
        """A part of a book."""
        editors = (
            join[
                ", edited by ",
                join(sep=", ", sep2=" and ", last_sep=", and ")[[_plain.format(p) for p in e.persons["editor"]]],
            ]
            if "editor" in e.persons and "author" in e.persons
            else ""
        )
        edition = optional[join[", ", field("edition"), " ed."]]
        volume = optional[join[", vol. ", field("volume")]]
        return toplevel[
            self.opening(e),
            sentence(capfirst=False)[quoted[field("title")]],
            sentence(capfirst=False)[
                join["In ", tag("em")[field("booktitle")], edition, volume, editors, optional[join[", ", pages]]]
            ],
            self.series(),
            sentence(capfirst=False)[self.imprint()],
            self.where(e),
        ]

    get_inbook_template = get_incollection_template
    get_inproceedings_template = get_incollection_template

    def get_misc_template(self, e: Any) -> Any:
        """A document, a page, a piece of an archive."""
        return toplevel[
            self.opening(e),
            sentence(capfirst=False)[quoted[field("title")]],
            self.series(),
            optional[sentence(capfirst=False)[self.imprint()]]
            if {"publisher", "institution", "address"} & set(e.fields)
            else "",
            self.where(e),
        ]

    get_online_template = get_misc_template
    get_unpublished_template = get_misc_template
