"""The pieces of which the templates of the list of works are made, beside those of pybtex."""

from __future__ import annotations

from typing import Any

from pybtex.style.formatting.unsrt import dashify
from pybtex.style.template import FieldIsMissing, first_of, href, join, node, optional, words

from sphinx_apparatus.bibliography.dates import in_words, iso_date
from sphinx_apparatus.bibliography.terms import EDITION
from sphinx_apparatus.bibliography.words import address, rich_tex, verbatim
from sphinx_apparatus.bibliography.years import PLAIN_YEAR, lettered
from sphinx_apparatus.model.imprint import DOI


@node
def field(children: Any, context: Any, name: str, apply_func: Any = None, raw: bool = False) -> Any:
    """A field in words; ``raw``, an address, as it is.  Pybtex's own knows less of TeX, and stops at ``%``."""
    value = context["entry"].fields.get(name)
    if not value:
        raise FieldIsMissing(name, context["entry"])
    found = (address(value) if name == "url" else verbatim(value)) if raw else rich_tex(value)
    return apply_func(found) if apply_func else found


#: The pages, a dash between them.
pages = field("pages", apply_func=dashify)


@node
def with_letter(children: Any, context: Any) -> Any:
    """What is within, of the entry as it is shown."""
    return children[0].format_data({**context, "entry": lettered(context["entry"])})


#: Month, or day and month, and the year; without the letter.
date = words[optional[field("month")], first_of[optional[field(PLAIN_YEAR)], field("year")]]


@node
def visited(children: Any, context: Any) -> Any:
    """The day on which an address was read (``urldate``), in words (Chicago Manual of Style, 18th ed., 13.15)."""
    day = iso_date(context["entry"].fields.get("urldate", ""))
    if day is None:
        raise FieldIsMissing("urldate", context["entry"])
    return join["Accessed ", in_words(day)].format_data(context)


@node
def quoted(children: Any, context: Any) -> Any:
    """Inverted commas around a title."""
    return join["“", children[0], "”"].format_data(context)


def bare_doi(doi: str) -> str:
    """A DOI without the address of its resolver."""
    return DOI.sub("", doi)


def bare_edition(said: Any) -> Any:
    """What an edition is called, without the word; a number as an ordinal."""
    bare = EDITION.sub("", str(said))
    if bare.isdecimal():
        last = "th" if bare[-2:-1] == "1" else {"1": "st", "2": "nd", "3": "rd"}.get(bare[-1], "th")
        return f"{bare}{last}"
    return bare if bare != str(said) else said


@node
def link(children: Any, context: Any) -> Any:
    """An address that leads to itself, if it is one of the web."""
    said = join[children[0]].format_data(context)
    web = str(said).startswith(("https:", "http:", "ftp:"))
    return (href(address(str(said))) if web else join)[said].format_data(context)
