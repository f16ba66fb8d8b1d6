"""What the theme's pages lack for assistive technology, put right in the finished page.

Each is a fault that axe-core reports of furo or of Sphinx; where a later release has
mended it itself, nothing is found here and nothing is changed.
"""

from __future__ import annotations

import re

from sphinx_apparatus.sphinx_ext.locale import _

#: What is found, and what is right; words for readers in braces.
MENDED = (
    # Captions of the table of contents are headings without a level (WAI-ARIA 1.2, 6.3.12).
    ('<p class="caption" role="heading">', '<p class="caption" role="heading" aria-level="2">'),
    # Two landmarks of one kind need names that tell them apart.
    ('<aside class="sidebar-drawer">', '<aside class="sidebar-drawer" aria-label="{The edition}">'),
    ('<aside class="toc-drawer">', '<aside class="toc-drawer" aria-label="{This page}">'),
    # A page has a heading of the first level (WCAG 2.4.6): the search's has none before it is used.
    ('</noscript>\n\n<div id="search-results">', '</noscript>\n<h1>{Search}</h1>\n<div id="search-results">'),
    # What scrolls sideways must be within reach of the keyboard (WCAG 2.1.1).
    ("<pre>", '<pre tabindex="0">'),
    ('<div class="table-wrapper', '<div tabindex="0" class="table-wrapper'),
    # Words that furo has in English only.
    *((f"<title>{word}</title>", f"<title>{{{word}}}</title>") for word in (
        "Contents", "Menu", "Expand", "Light mode", "Dark mode", "Auto light/dark, in light mode",
        "Auto light/dark, in dark mode",
    )),
    *((f'aria-label="{word}"', f'aria-label="{{{word}}}"') for word in (
        "Toggle site navigation sidebar", "Toggle table of contents sidebar",
    )),
    *((f'<div class="visually-hidden">{word}</div>', f'<div class="visually-hidden">{{{word}}}</div>') for word in (
        "Toggle site navigation sidebar", "Toggle table of contents sidebar", "Toggle Light / Dark / Auto color theme",
    )),
)  # fmt: skip


#: A form can be sent without a script and without the key Enter (WCAG 2.1, technique H32): that of the search cannot.
_SEARCH = re.compile(r'(<form class="sidebar-search-container"(?:(?!</form>|<button).)*)(</form>)', re.DOTALL)


#: Furo names its theme on the body by a script; without one its pages are in our voice, too.
_FURO = ("<body>", '<body data-theme="auto">')


def mend(page: str) -> str:
    """The page with these put right."""
    if '<aside class="sidebar-drawer"' in page:
        page = page.replace(*_FURO, 1)
    for found, right in MENDED:
        if found in page:
            page = page.replace(found, re.sub(r"\{([^{}]+)\}", lambda word: _(word[1]), right))
    return _SEARCH.sub(lambda form: f'{form[1]}<button class="ed-send">{_("Search")}</button>{form[2]}', page)
