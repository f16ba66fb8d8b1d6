"""A pybtex style in the humanities' author-date manner (Chicago Manual of Style, 18th ed., ch. 13).

Names first and inverted, year next, titles of books in italics, of parts in inverted
commas, place and publisher last.
"""

from __future__ import annotations

from dataclasses import dataclass
from dataclasses import field as attribute
from typing import Any

from pybtex.plugin import find_plugin
from pybtex.style.formatting import toplevel
from pybtex.style.formatting.unsrt import Style as Unsrt
from pybtex.style.labels import BaseLabelStyle
from pybtex.style.sorting.author_year_title import SortingStyle as _Sorting
from pybtex.style.template import first_of, join, names, optional, sentence, tag, words
from sphinxcontrib.bibtex.style.referencing import BracketStyle
from sphinxcontrib.bibtex.style.referencing.author_year import AuthorYearReferenceStyle

from sphinx_apparatus.bibliography.template import (
    bare_doi,
    bare_edition,
    date,
    field,
    link,
    pages,
    quoted,
    visited,
    with_letter,
)
from sphinx_apparatus.bibliography.terms import GENRES
from sphinx_apparatus.bibliography.years import by_whom, lettered, plain_words


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

    def inner(self, role_name: str) -> Any:
        """The style's own template, the year with its letter."""
        return with_letter[super().inner(role_name)]


#: Names in their natural order, for the editors of a collection.
_plain = find_plugin("pybtex.style.names", "plain")()


class KeyLabels(BaseLabelStyle):  # type: ignore[misc,unused-ignore]
    """The key as label: no list shows it, and no two lists may share one."""

    def format_labels(self, sorted_entries: Any) -> Any:
        """One label an entry."""
        for entry in sorted_entries:
            yield entry.key


class AuthorYearTitle(_Sorting):
    """By whom a citation names, by year and title; a body, which BibTeX braces, among the others."""

    def sorting_key(self, entry: Any) -> Any:
        """Pybtex's key, as one looks for names in a list; a work of nobody stands under its title."""
        persons = by_whom(entry)
        first = self.persons_key(persons) if persons else entry.fields.get("title", "")
        parts = (first, entry.fields.get("year", ""), entry.fields.get("title", ""))
        names_, year, title = (plain_words(str(part)) for part in parts)
        return names_, year or "n.d.", title


class HumanitiesStyle(Unsrt):
    """Author-date, for every entry type the edition uses."""

    default_sorting_style = AuthorYearTitle
    default_label_style = KeyLabels
    default_name_style = "lastfirst"
    _last: tuple[str, Any, Any] = ("", None, None)

    def format_entry(self, label: str, entry: Any, bib_data: Any = None) -> Any:
        """Format the entry as it is shown, its year with its letter; the last one is kept.

        sphinxcontrib-bibtex asks for each twice: for the list, and for what a mouse shows.
        """
        if self._last[:2] != (label, entry):
            self._last = (label, entry, super().format_entry(label, lettered(entry), bib_data))
        return self._last[2]

    def people(self, entry: Any) -> Any:
        """Who made the work: authors, else editors (marked); nothing if neither is known."""
        for role, mark in (("author", ""), ("editor", ", ed.")):
            persons = entry.persons.get(role)
            if persons:
                suffix = ", eds." if mark and len(persons) > 1 else mark
                if str(persons[-1]) == "others":
                    known = [self.format_name(person, self.abbreviate_names) for person in persons[:-1]]
                    return join[join(sep=", ")[known], ", et al." if len(known) > 1 else " et al.", suffix]
                return join[names(role, sep=", ", sep2=" and ", last_sep=", and "), suffix]
        return None

    def opening(self, entry: Any, title: Any) -> Any:
        """Names, year and title; a work of nobody has its title first, under which it is cited."""
        year = sentence[first_of[optional[field("year")], "n.d."]]
        people = self.people(entry)
        if people is None:
            return words[title, year]
        return words[sentence[people], year, title]

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

    def titled(self, e: Any) -> Any:
        """Names, year and the title of a piece, in inverted commas."""
        return self.opening(e, sentence(capfirst=False)[quoted[field("title")]])

    def series(self) -> Any:
        """Series and number."""
        return optional[sentence(capfirst=False)[join[field("series"), optional[join[" ", field("number")]]]]]

    def where(self, e: Any) -> Any:
        """Where and on which day it was made known, the note, and DOI or address, with the day on which it was read.

        (An article has its day beside the journal.)
        """
        dated = "month" in e.fields and e.type != "article"
        return words[
            optional[sentence(capfirst=False)[field("howpublished")]],
            sentence(capfirst=False)[date] if dated else "",
            optional[sentence[field("note")]] if e.fields.get("note") != "n.d." else "",
            first_of[
                optional[
                    sentence(capfirst=False)[
                        link[join["https://doi.org/", field("doi", apply_func=bare_doi, raw=True)]]
                    ]
                ],
                optional[
                    words[
                        optional[sentence(capfirst=False)[visited]],
                        sentence(capfirst=False)[link[field("url", raw=True)]],
                    ]
                ],
                optional[sentence(capfirst=False)[visited]],
                "",
            ],
        ]

    def get_book_template(self, e: Any) -> Any:
        """A book."""
        volumes = optional[sentence(capfirst=False)[words[field("volumes"), "vols"]]]
        volume = optional[sentence(capfirst=False)[words["Vol.", field("volume")]]]
        edition = optional[sentence(capfirst=False)[words[field("edition", apply_func=bare_edition), "ed"]]]
        return toplevel[
            self.opening(e, sentence[self.book_title()]),
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
            self.opening(e, sentence[self.book_title()]),
            number,
            sentence(capfirst=False)[self.imprint()],
            self.where(e),
        ]

    def degree(self, e: Any) -> Any:
        """What kind of thesis it is."""
        said = e.fields.get("type", "") or ("mathesis" if e.type == "mastersthesis" else "phdthesis")
        return GENRES.get(said.lower()) or field("type")

    def get_phdthesis_template(self, e: Any) -> Any:
        """A thesis."""
        return toplevel[
            self.titled(e),
            sentence(capfirst=False)[join[self.degree(e), ", ", field("school")]],
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
            self.titled(e),
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
        edition = optional[join[", ", field("edition", apply_func=bare_edition), " ed."]]
        volume = optional[join[", vol. ", field("volume")]]
        return toplevel[
            self.titled(e),
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
            self.titled(e),
            self.series(),
            optional[sentence(capfirst=False)[self.imprint()]]
            if {"publisher", "institution", "address"} & set(e.fields)
            else "",
            self.where(e),
        ]

    get_online_template = get_misc_template
    get_unpublished_template = get_misc_template
