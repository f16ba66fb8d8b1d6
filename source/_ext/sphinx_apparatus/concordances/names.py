"""An index of names: headings, the forms in which each text spells them, and where."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.stores.tables import Table, read

#: Kinds in the order in which they are shown, with their headings; others follow as they are spelt.
KINDS = {
    "person": "Persons",
    "place": "Places",
    "treaty": "Treaties, agreements and declarations",
    "statute": "Statutes",
    "institution": "Institutions",
    "policy": "Policies and doctrines",
    "event": "Wars and other events",
    "ship": "Ships",
    "subject": "Subjects",
}

#: Authority files: the key of the data file, the name, the address before the identifier.
AUTHORITIES = {
    "wikidata": ("Wikidata", "https://www.wikidata.org/wiki/"),
    "viaf": ("VIAF", "https://viaf.org/viaf/"),
    "geonames": ("GeoNames", "https://www.geonames.org/"),
}


@dataclass(frozen=True, slots=True)
class Form:
    """A form as texts spell it; only in the texts named, where any are.

    ``see`` says whether somebody looks it up; where it is none, `cross_references` judges.
    """

    spelling: str
    texts: tuple[str, ...] = ()
    see: bool | None = None

    @property
    def wanted(self) -> bool:
        """Whether it may have a cross-reference: a name has one, a phrase in small letters only where it is asked."""
        first = next((c for c in self.spelling.removeprefix("the ") if c.isalnum()), "")
        return not first.islower() if self.see is None else self.see


@dataclass(frozen=True, slots=True)
class Name:
    """A heading; ``native`` is pairs of a BCP 47 tag and the name in its own script."""

    heading: str
    kind: str
    forms: tuple[Form, ...]
    native: tuple[tuple[str, str], ...] = ()
    romanisations: tuple[str, ...] = ()
    authorities: tuple[tuple[str, str], ...] = ()
    note: str = ""
    line: int = 0

    @property
    def order(self) -> str:
        """Sorts headings letter by letter, diacritics and case left out of account."""
        return sorting(self.heading)


@dataclass(frozen=True, slots=True)
class Places:
    """Where a form stands: passages, and how often in each."""

    spelling: str
    passages: tuple[tuple[Passage, int], ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and the places of its forms; ``missing`` are forms that are in no text."""

    name: Name
    places: tuple[Places, ...]
    missing: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class See:
    """A cross-reference from a form to its headings."""

    spelling: str
    headings: tuple[str, ...]


def read_names(path: Path) -> list[Name]:
    """The names of a data file, sorted.  Raises `DataError`, where a heading is given twice, too."""
    found: dict[str, Name] = {}
    for table in read(path, "name"):
        name = _name(table)
        if name.heading in found:
            raise table.error(f"the heading {name.heading!r} is given twice; join the two, or tell them apart")
        found[name.heading] = name
    return sorted(found.values(), key=lambda name: name.order)


def index(names: Sequence[Name], texts: Sequence[Text]) -> list[Heading]:
    """Every occurrence of every form, in the order of the texts.

    Forms are whole words, letter for letter.  Where forms overlap the longest is meant:
    *North Korea* is no occurrence of *Korea*.
    """
    counts: dict[tuple[int, Form], Counter[Passage]] = {}
    for text in texts:
        for number, form, at in found_in(names, text):
            paragraph = text.paragraph_at(at)
            passage = Passage(text.siglum, paragraph.number if paragraph else None)
            counts.setdefault((number, form), Counter())[passage] += 1
    return [
        Heading(
            name,
            tuple(
                Places(form.spelling, _ordered(found, texts)) for form in name.forms if (found := counts.get((n, form)))
            ),
            tuple(form for form in name.forms if (n, form) not in counts),
        )
        for n, name in enumerate(names)
    ]


def found_in(names: Sequence[Name], text: Text) -> Iterator[tuple[int, Form, int]]:
    """Every occurrence in a text: the number of the name, the form, the code point."""
    wanted = [
        (number, form)
        for number, name in enumerate(names)
        for form in name.forms
        if not form.texts or text.siglum in form.texts
    ]
    taken: list[tuple[int, int]] = []
    for number, form in sorted(wanted, key=lambda pair: -len(pair[1].spelling)):
        here = occurrences(text.string, form.spelling, taken)
        taken += [(at, at + len(form.spelling)) for at in here]
        yield from ((number, form, at) for at in here)


def occurrences(string: str, form: str, taken: Iterable[tuple[int, int]] = ()) -> list[int]:
    """Where a form stands as a word, outside of what is taken.

    A figure may touch it, a letter or, after it, a sign of currency may not.
    """
    if form not in string:
        return []
    spans = list(taken)
    return [
        match.start()
        for match in re.finditer(rf"(?<![^\W\d_]){re.escape(form)}(?![^\W\d_]|[$£€])", string)
        if not any(start < match.end() and match.start() < end for start, end in spans)
    ]


def cross_references(names: Iterable[Name]) -> list[See]:
    """Each form and romanisation that one looks up and does not find where its heading is, sorted.

    Of forms that differ in capitals, marks and hyphens alone the first stands for all, and the
    shorter for one that begins with it: who looks for the longer comes upon it.
    """
    found: dict[str, tuple[str, dict[str, None]]] = {}
    for name in names:
        own = sorting(name.heading).split(" ")[0]
        inverted = "," in name.heading
        for spelling in (*(form.spelling for form in name.forms if form.wanted), *name.romanisations):
            words = sorting(spelling).split(" ")
            # *Clinton, Bill* is not looked for under *Bill Clinton*.
            if words[0] != own and not (inverted and own in words):
                found.setdefault(" ".join(words), (spelling, {}))[1][name.heading] = None
    return [
        See(spelling, tuple(headings))
        for key, (spelling, headings) in sorted(found.items())
        if not any(key.startswith(f"{other} ") and headings == more for other, (_first, more) in found.items())
    ]


def sorting(words: str) -> str:
    """What a heading is sorted by: letters and blanks, without case, diacritics, hyphens, article."""
    plain = unicodedata.normalize("NFKD", words.replace("-", "").replace("–", " "))
    return "".join(c for c in plain.casefold() if c.isalnum() or c == " ").strip().removeprefix("the ")


def kinds(names: Iterable[Name]) -> list[str]:
    """The kinds in use, in the order in which they are shown."""
    used = dict.fromkeys(name.kind for name in names)
    return [*(kind for kind in KINDS if kind in used), *sorted(kind for kind in used if kind not in KINDS)]


def _ordered(counts: Counter[Passage], texts: Sequence[Text]) -> tuple[tuple[Passage, int], ...]:
    order = [text.siglum for text in texts]
    return tuple(sorted(counts.items(), key=lambda item: (order.index(item[0].siglum), item[0].paragraph or 0)))


def _name(table: Table) -> Name:
    forms = tuple(_form(form) for form in table.tables("forms"))
    name = Name(
        heading=table.text("heading"),
        kind=table.text("kind"),
        forms=forms,
        native=tuple(table.mapping("native").items()),
        romanisations=table.texts("romanisations"),
        authorities=tuple((key, table.text(key)) for key in AUTHORITIES if table.has(key)),
        note=table.text("note", ""),
        line=table.line,
    )
    table.done()
    return name


def _form(table: Table) -> Form:
    spelling = table.text("") if table.has("") else table.text("form")
    form = Form(spelling, table.texts("texts"), table.flag("see", True) if table.has("see") else None)
    table.done()
    return form


def anchor(heading: str) -> str:
    """The id of a heading of the index."""
    return "name-" + sorting(heading).replace(" ", "-")
