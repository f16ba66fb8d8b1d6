"""citeproc-py, with what it does otherwise than the Citation Style Language asks.

Mended here, in the classes of `citeproc.model` and in our own process only, because no other processor for
Python is kept: citeproc-js would bring an interpreter of JavaScript, Typst's one reads no CSL-JSON.  The
measure is citeproc-js (``tests/data/citations``).  Each mend names the sentence of the specification
(CSL 1.0.2) that asks for it; a version of citeproc-py that does as it says makes it superfluous, and
harmless.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from sphinx_apparatus.bibliography.casing import SIGNS, case, model_string
from sphinx_apparatus.bibliography.suppressing import NAMES, branch, group, substitute, told

#: Where a form of a term is wanting, the form in its place: "... fall back to ... 'long'" ("Terms").
_FORMS = {"verb-short": "verb", "symbol": "short", "verb": None, "short": None}

#: Pages in Roman numerals, of which upstream counts none.
_ROMANS = re.compile(r"[ivxlcdm]+\s*[-–]\s*[ivxlcdm]+$")

#: A letter that stands for a given name, without its point.
_INITIAL = re.compile(r"(?<!\S)([A-ZÀ-ÖØ-ÞΑ-ΩА-Я])(?=\s|$)")


def prepared(item: dict[str, Any]) -> Any:
    """A source of one item, whose names and numbers are found under the name that a style has for them, too.

    Upstream keeps a variable as ``container_author``, and asks for names and numbers with the hyphen.
    """
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON([item])
    for reference in source.values():
        reference.update({name.replace("_", "-"): said for name, said in reference.items()})
    return source


@cache
def mend() -> None:
    """Mend the model; once."""
    import citeproc
    from citeproc import model

    citeproc.NAMES.extend(name for name in NAMES if name not in citeproc.NAMES)
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
    # Searched for already, and at each step: a style does not change once it is read.
    model.CitationStylesElement.xpath_search = _search
    # Nor does the item of a citation become another.
    citeproc.CitationItem.reference = property(_reference)
    model.Substitute.render = substitute
    model.If.render_children = model.Else.render_children = branch
    model.Group.process = group
    model.Date.process = _with_its_year(model.Date.process)
    for element in (model.Text, model.Names, model.Date, model.Number):
        element.process = told(element.process)
    model.Date.render_date_range = _date_range
    _mend_terms(model.CitationStylesElement)
    model.TextCased.case = case
    is_plural = model.Label._is_plural

    def plural(self: Any, item: Any) -> bool:
        # Upstream asks the citation for the number, and not the work.
        if self.get("variable", "").startswith("number-of"):
            number = str(item.reference.get(self.get("variable").replace("-", "_"), ""))
            return number.isdecimal() and int(number) > 1
        return bool(is_plural(self, item)) or bool(_ROMANS.match(str(item.reference.get(self.get("variable"), ""))))

    model.Label._is_plural = plural
    last_page = model.FormatNumber._format_last_page

    def format_last_page(self: Any, first: str, last: str) -> str:
        # "page-range-format" abridges numbers of as many digits: 1-20 is not 1-0.
        alike = len(first) == len(last) > 1 and (first + last).isdecimal()
        return str(last_page(self, first, last)) if alike else last

    model.FormatNumber._format_last_page = format_last_page


def _mend_terms(element: Any) -> None:
    get_term = element.get_term

    def term(self: Any, name: str, form: str | None = None, *arguments: Any, **kwargs: Any) -> Any:
        found = get_term(self, name, form, *arguments, **kwargs)
        while found is None and form is not None:
            form = _FORMS.get(form)
            found = get_term(self, name, form, *arguments, **kwargs)
        return found

    element.get_term = term


def _with_its_year(process: Any) -> Any:
    """Words in the place of a date stand where its year would, and not again where its month would."""
    from citeproc.source import LiteralDate

    def processed(
        self: Any, item: Any, variable: str | None = None, show_parts: list[str] | None = None, **kwargs: Any
    ) -> Any:
        name = (variable or self.get("variable")).replace("-", "_")
        parts = show_parts or self.get("date-parts", "").split("-")
        if show_parts is None and self.get("form") is None:
            parts = [part.get("name") for part in self.iterchildren()]
        if parts not in ([], [""]) and "year" not in parts and isinstance(item.reference.get(name), LiteralDate):
            return None
        return process(self, item, variable=variable, show_parts=show_parts, **kwargs)

    return processed


def _reference(cited: Any) -> Any:
    found = cited.__dict__.get("apparatus_reference")
    if found is None:
        found = cited.__dict__["apparatus_reference"] = cited.bibliography.source[cited.key]
    return found


@cache
def _search(element: Any, expression: str) -> Any:
    return _expression(expression)(element)


@cache
def _expression(xpath: str) -> Any:
    from citeproc.model import CitationStylesElement
    from lxml.etree import XPath

    return XPath(xpath, namespaces=CitationStylesElement.nsmap)


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
