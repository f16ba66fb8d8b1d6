"""Citations in styles of the Citation Style Language.

All annotations of an edition differ only in title and address.  Each style therefore
formats one model citation whose title and address are signs that no style knows or
changes; the words are put in afterwards.  So a reading comes out untouched, and ten
thousand citations cost no more than one.  The same signs stand for whatever no style may
touch in the works cited: titles in other languages, what braces protect, names in scripts of
their own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import lru_cache
from html import escape
from typing import Any, NamedTuple

from sphinx_apparatus.bibliography.casing import FIRST_SIGN
from sphinx_apparatus.bibliography.items import Item, public, title_of
from sphinx_apparatus.bibliography.persons import is_others
from sphinx_apparatus.bibliography.processor import punctuation_in_quotes, render, style, title
from sphinx_apparatus.bibliography.words import html
from sphinx_apparatus.sphinx_ext.locale import _


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
_OTHERS = "\ue002"
_NOTE = "\ue003"
#: A number, since some styles say of a page that is none something else than of one that is.
_PAGE = "777000777"
_NOCASE = re.compile(r'<span class="nocase">((?:(?!</?span).)*)</span>', re.DOTALL)
#: Letters of scripts that have capitals and spell a given name by its initial.
_WITH_CAPITALS = re.compile(r"[A-Za-zÀ-ɏͰ-ϿЀ-ӿԱ-֏Ḁ-ỿ]")
_HAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_PLAIN = re.compile("[<>&]")
_TITLES = ("container-title", "collection-title", "title-short")


def styles(names: Any) -> tuple[Style, ...]:
    """The styles that a configuration names; each a name, or a name and what readers call it.

    Raises `UnknownStyleError` for one that is not there.
    """
    if not names:
        return STYLES
    known = {one.name: one for one in STYLES}
    found = []
    for one in names:
        name, shown = (one, "") if isinstance(one, str) else (one[0], one[1])
        found.append(Style(name, shown) if shown else known.get(name) or Style(name, title(name)))
        style(name)
    return tuple(found)


def cite(item: Item, style: str) -> str:
    """A citation as HTML (``<i>`` at most), ending with a full stop or the address.

    Nothing where the style lists no such work, as Chicago does a letter.  Raises `LookupError` for an unknown style.
    """
    return cite_all(item, (style,))[0]


def cite_all(item: Item, names: Iterable[str]) -> list[str]:
    """The citations of an item in several styles, as `cite` makes each."""
    own = "_title" in item
    model, kept = _prepared(public(item), whole=own or not item.get("language", "").startswith("en"))
    if "URL" in item:
        model["URL"] = _ADDRESS
    if own and "note" in item:
        model["note"] = _NOTE  # its id and digest, by which no two models would be alike
    page = item.get("page", "") if own else ""
    if page.isdecimal():
        model["page"] = _PAGE
    frozen = json.dumps(dict(model, id="item"), ensure_ascii=False, sort_keys=True)
    in_han = []
    for person in names_in_han(item):
        sign = next((sign for sign, given in kept.items() if given == person["given"]), "")
        if sign:
            # Family name first, as it is said and written where these scripts are.
            in_han.append((f"{sign} {person['family']}", f"{person['family']}{sign}"))
    signs = (
        *in_han,
        (_TITLE, escape(title_of(item), quote=False) if own else html(item["title"])),
        *((sign, html(said)) for sign, said in kept.items()),
    )
    last = [(_NOTE, escape(item.get("note", ""), quote=False)), (_ADDRESS, escape(item.get("URL", ""), quote=False))]
    if page.isdecimal():
        last.insert(0, (_PAGE, page))
    locale, made = _locale(), []
    for name in names:
        formatted = _formatted(name, locale, frozen, own)
        for sign, words in signs:
            formatted = formatted.replace(sign, words)
        if not own:
            formatted = _finished(formatted, name)
        for sign, words in last:
            formatted = formatted.replace(sign, words)
        made.append(formatted)
    return made


def _prepared(item: Item, *, whole: bool) -> tuple[Item, dict[str, str]]:
    """The item with signs for what no style may touch, and what each stands for; ``whole`` if all its titles."""
    kept: dict[str, str] = {}

    def sign(words: str) -> str:
        made = chr(FIRST_SIGN + len(kept))
        kept[made] = words
        return made

    # citeproc-py takes most words for HTML: what would be a tag or a reference in it is a sign, too.
    model = {
        key: _PLAIN.sub(lambda m: sign(m[0]), said) if _is_words(key, said) else said for key, said in item.items()
    }
    for name in ("title", *_TITLES):
        if name not in item:
            continue
        if whole:
            model[name] = _TITLE if name == "title" else sign(item[name])
        else:
            words = item[name]
            while _NOCASE.search(words):
                words = _NOCASE.sub(lambda m: sign(m[1]), words)
            words = re.sub(r"</?(?:i|b|sup|sub)>", lambda m: sign(m[0]), words)
            model[name] = _PLAIN.sub(lambda m: sign(m[0]), words)
    for role, names in item.items():
        if isinstance(names, list) and names and isinstance(names[0], dict):
            model[role] = [_name(name, sign) for name in names]
    model.setdefault("language", "und")
    return model, kept


def names_in_han(item: Item) -> list[dict[str, str]]:
    """The persons whose names are in Hangul, hanja, or Japanese."""
    people = [one for said in item.values() if isinstance(said, list) for one in said if isinstance(one, dict)]
    return [one for one in people if one.get("family") and _HAN.search(one.get("given", ""))]


def _is_words(key: str, said: Any) -> bool:
    return isinstance(said, str) and key not in ("id", "type", "title", "language", *_TITLES)


def _name(name: dict[str, str], sign: Any) -> dict[str, str]:
    if is_others(name):
        return {"literal": _OTHERS}
    name = {key: _PLAIN.sub(lambda m: sign(m[0]), words) for key, words in name.items()}
    given = name.get("given", "")
    if given and not _WITH_CAPITALS.search(given):
        return {**name, "given": sign(given)}
    return {key: words for key, words in name.items() if key != "ORCID"}


def _finished(words: str, style: str) -> str:
    """What a style's language asks for after all is joined: stops, commas, and those not named."""
    words = re.sub(rf"(,?)(?:\s+(?:and|&amp;|&|und|et|y|e))?(,?)\s*{_OTHERS}", r"\1\2 et al.", words)
    words = words.replace("et al..", "et al.")
    if punctuation_in_quotes(style, _locale()):
        words = re.sub(r"([.?!…])(’?”)\.", r"\1\2", words)
        words = re.sub(r"(’?”(?:</i>)*)([.,])", r"\2\1", words)
    words = re.sub(r"([?!])((?:</i>|”|’)*)\.(?=\s|$)", r"\1\2", words)
    return words.replace("..”", ".”")


def _locale() -> str:
    """The locale of CSL in the language of the edition; English where the catalogue names none."""
    return str(_("en-US"))


@lru_cache(maxsize=1024)
def _formatted(style: str, locale: str, frozen: str, own: bool) -> str:
    """An item in a style; one of the edition's ``own`` is finished before its title is in it."""
    made = render(style, json.loads(frozen), locale)
    return _finished(made, style) if own else made
