"""Where the names and subjects of the edition are mentioned: in its texts, its notes, its introductions.  Pure Python.

The forms of a heading are found as whole words, the longest first; in prose its name, too, in
the order in which one says it.  Titles, tables, lists of works and citations are left out: no
one looks there for what is said of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from docutils import nodes
from sphinx import addnodes

from sphinx_apparatus.concordances.names import Name, found_in
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.feet import Line
from sphinx_apparatus.sphinx_ext import nodes as ed

#: What paragraphs may not stand in.
_OUTSIDE = (nodes.table, nodes.title, nodes.definition_list, nodes.literal_block)
_LISTS = frozenset(("ed-bibliography", "ed-see", "ed-names", "ed-cited-at"))


class Locator(NamedTuple):
    """A place: the part of the book, whether of a ``text``, a ``note`` or ``prose``, and its line or its anchor."""

    part: str
    kind: str
    anchor: str = ""
    line: Line | None = None
    #: the anchor of the note, where one may lead as well that stands on its first page
    note: str = ""


class Mentions(NamedTuple):
    """Anchors by the text node in which they stand, at an offset; and the places of each name, by its number."""

    marks: dict[int, list[tuple[int, str]]]
    places: dict[int, list[Locator]]


def in_texts(names: Sequence[Name], texts: Iterable[tuple[Text, Lines]]) -> dict[int, list[Locator]]:
    """The lines of the texts on which each name stands."""
    found: dict[int, list[Locator]] = {}
    for text, lines in texts:
        for number, _form, at in sorted(found_in(names, text), key=lambda each: each[2]):
            place = Locator(text.siglum, "text", line=Line(text.siglum, lines.at(at)))
            found.setdefault(number, []).append(place)
    return found


def in_prose(names: Sequence[Name], book: nodes.document, texts: Mapping[str, Sequence[str]]) -> Mentions:
    """The mentions in a book, up to its last text; ``texts`` are the sigla by page of the project."""
    finder = _Finder(names)
    marks: dict[int, list[tuple[int, str]]] = {}
    places: dict[int, list[Locator]] = {}
    files = list(book.findall(addnodes.start_of_file))
    last = max((number for number, file in enumerate(files) if texts.get(file["docname"])), default=-1)
    count = 0
    for file in files[: last + 1]:
        sigla = texts.get(file["docname"], ())
        title = file.next_node(nodes.title)
        part = ", ".join(sigla) or (" ".join(title.astext().split()) if title is not None else "")
        for paragraph in _paragraphs(file):
            kind = "note" if _within(paragraph, ed.ed_annotation) else "prose"
            for number, (first, final) in _ends(finder.matches(_texts(paragraph), sigla)).items():
                for node, at in dict.fromkeys((first, final)):
                    count += 1
                    anchor = f"ix-{count}"
                    marks.setdefault(id(node), []).append((at, anchor))
                    note = _annotation(paragraph) if kind == "note" else ""
                    places.setdefault(number, []).append(Locator(part, kind, anchor, note=note))
    for own in marks.values():
        own.sort()
    return Mentions(marks, places)


def _paragraphs(file: nodes.Element) -> Iterator[nodes.paragraph]:
    """The paragraphs of a page of the project, those of pages below it left out."""
    for child in file.children:
        if not isinstance(child, nodes.Element) or isinstance(child, (*_OUTSIDE, addnodes.start_of_file)):
            continue
        if _LISTS & set(child["classes"]):
            continue
        if isinstance(child, nodes.paragraph):
            # What an edition prints as a text is no paragraph of ours.
            if not _within(child, ed.ed_text) or _within(child, ed.ed_annotation):
                yield child
        else:
            yield from _paragraphs(child)


def _texts(paragraph: nodes.paragraph) -> Iterator[nodes.Text]:
    for node in paragraph.findall(nodes.Text):
        if not _within(node, nodes.reference) and not _within(node, nodes.literal):
            yield node


def _annotation(paragraph: nodes.Node) -> str:
    above = paragraph.parent
    while isinstance(above, nodes.Element) and not isinstance(above, ed.ed_annotation):
        above = above.parent
    return f"n-{above['annotation']}" if isinstance(above, ed.ed_annotation) else ""


def _within(node: nodes.Node, kind: type[nodes.Element]) -> bool:
    above = node.parent
    while isinstance(above, nodes.Element) and not isinstance(above, addnodes.start_of_file):
        if isinstance(above, kind):
            return True
        above = above.parent
    return False


Place = tuple[nodes.Text, int]


def _ends(matches: Iterable[tuple[int, Place]]) -> dict[int, tuple[Place, Place]]:
    """The first and the last mention of each name: between them is no other page."""
    found: dict[int, tuple[Place, Place]] = {}
    for number, place in matches:
        found[number] = (found[number][0] if number in found else place, place)
    return found


class _Finder:
    """Finds the forms of names in prose."""

    def __init__(self, names: Sequence[Name]) -> None:
        #: numbers of names, and the texts to whose pages a form is bound, by spelling
        self.known: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for number, name in enumerate(names):
            last, comma, first = name.heading.partition(", ")
            self._add(f"{first} {last}" if comma and "," not in first else name.heading, number)
            for form in name.forms:
                self._add(form.spelling, number, form.texts)
            for spelling in name.romanisations:
                self._add(spelling, number)
        longest = sorted(self.known, key=lambda spelling: (-len(spelling), spelling))
        self.pattern = re.compile(rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, longest))})(?![^\W\d_]|[$£€])")

    def _add(self, spelling: str, number: int, texts: tuple[str, ...] = ()) -> None:
        own = self.known.setdefault(spelling, [])
        if all(each != number for each, _texts in own):
            own.append((number, texts))

    def matches(self, texts: Iterable[nodes.Text], sigla: Sequence[str]) -> Iterator[tuple[int, Place]]:
        """The names mentioned in text nodes, and where; of forms that mean another name in each text, those of one."""
        if not self.known:
            return
        for node in texts:
            for match in self.pattern.finditer(node.astext()):
                for number, bound in self.known[match[0]]:
                    if not bound or set(bound) & set(sigla):
                        yield number, (node, match.start())
