"""What Sphinx's search throws away and an edition needs: years and numbers, forms without their marks.

A word with diacritics is indexed with and without them (Chosŏn, Choson), words in Hangul and
Chinese characters with their parts, for they stand with endings and without spaces: all of two
characters and more of a word, of a longer run those of two.  Sphinx finds what is longer within the run.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of

#: Hangul, kana and Chinese characters, of which words are searched in part; compiled with the first such word.
_UNSPACED = "[\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7ff]+"

#: What results show, and what is suggested: scripts of the site.
FOUND, SUGGEST = "_static/ed-found.js", "_static/ed-suggest.js"

#: The longest run of them of which all parts are indexed: a word.
_LONGEST = 5


def folded(word: str) -> str:
    """A word without the marks on its letters, in small letters, superior figures as figures."""
    if word.isascii():
        return word.lower()
    decomposed = unicodedata.normalize("NFKD", word)
    return unicodedata.normalize("NFC", "".join(c for c in decomposed if not unicodedata.combining(c))).lower()


def forms(word: str) -> Iterator[str]:
    """The forms under which a word is found besides its own."""
    if word.isascii():
        return
    plain = folded(word)
    if plain != word.lower():
        yield plain
    for match in re.finditer(_UNSPACED, word):
        run = match[0]
        most = len(run) if len(run) <= _LONGEST else 2
        for start in range(len(run)):
            ends = range(start + 2, min(len(run), start + most) + 1)
            yield from (run[start:end] for end in ends if run[start:end] != word)


def widen_search(app: Sphinx) -> None:
    """Let the index of an edition have these (``builder-inited``)."""
    if not output_of(app.builder).own_pages:
        return
    builder: Any = app.builder
    load = builder.load_indexer

    def load_indexer(docnames: Any) -> None:
        load(docnames)
        if domain_of(app.env).texts:
            _widen(builder.indexer.lang)

    builder.load_indexer = load_indexer


def _widen(language: Any) -> None:
    split: Callable[[str], list[str]] = language.split
    keeps: Callable[[str], bool] = language.word_filter

    def all_forms(string: str) -> list[str]:
        found = split(string)
        return found if string.isascii() else found + [form for word in found for form in forms(word)]

    stem: Callable[[str], str] = language.stem
    # A stem takes hundreds of steps to find; words recur on every page, and such words have none.
    language.stem = cache(lambda word: word if re.fullmatch(_UNSPACED, word) else stem(word))
    language.split = all_forms
    language.word_filter = cache(lambda word: word.isdecimal() or keeps(word))


def add_script(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Load our part of the search on its page, and on every page what its box suggests (``html-page-context``)."""
    if output_of(app.builder).own_pages:
        app.add_js_file("suggest.js", loading_method="defer")
        if pagename == "search":
            app.add_js_file("search.js", loading_method="defer")
            app.add_css_file("search.css")
