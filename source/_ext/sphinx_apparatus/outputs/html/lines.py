"""A paragraph of a text as HTML, line by line, and nothing in it that is not of the text.

A line is a ``span`` that does not break; the text's own white space between two of them is the
only place to break, so that what is copied is the text.  What an edit puts in its words' place
stands in an attribute (``data-r``), from which the style sheet shows it: nothing that reads the
page as text meets a reading among the words.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import NamedTuple

from docutils.nodes import Element

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.margin import MarginLine
from sphinx_apparatus.sphinx_ext import nodes as ed


def characters(string: str) -> str:
    """Characters of a text as HTML that a parser reads back as the same characters.

    A parser turns a bare CR into LF (HTML Standard, 13.2.3.5), hence the reference.
    U+0000 cannot be written in HTML at all: it becomes an element that names it.
    """
    safe = escape(string, quote=False).replace("\r", "&#13;")
    if "\0" in safe:
        safe = safe.replace("\0", '<span class="ed-nul" data-code-point="0000"></span>')
    return safe


class Piece(NamedTuple):
    """Some characters of a paragraph: ``start`` in the text, the annotations over them.

    ``reading`` is what an edit puts in their place, in the last piece of an edit; ``old`` is set
    in all of them.  A piece without characters is a place: of an edit that only puts something
    in, or, without a reading, of an annotation.
    """

    start: int
    string: str
    cover: tuple[str, ...] = ()
    old: bool = False
    reading: str | None = None


def pieces(paragraph: Element, start: int) -> Iterator[Piece]:
    """The pieces of a paragraph that begins at a code point of its text."""
    at = start
    for child in paragraph.children:
        cover = tuple(child["cover"]) if isinstance(child, ed.ed_run) else ()
        if isinstance(child, ed.ed_run) and child["place"]:
            yield Piece(at, "", cover)
            continue
        parts = list(child.children) if isinstance(child, ed.ed_run) else [child]
        for number, part in enumerate(parts):
            string = ed.characters(part)
            if isinstance(part, ed.ed_new):
                if part["insertion"]:
                    yield Piece(at, "", cover, old=True, reading=string)
                continue
            if isinstance(part, ed.ed_old):
                following = parts[number + 1] if number + 1 < len(parts) else None
                new = isinstance(following, ed.ed_new) and not following["insertion"]
                reading = ed.characters(following) if following is not None and new else None
                yield Piece(at, string, cover, old=True, reading="" if part["deletion"] else reading)
            else:
                yield Piece(at, string, cover)
            at += len(string)


def _cut(found: list[Piece], at: int) -> list[Piece]:
    """The same pieces with a cut at a code point; a reading stays with the end of what it is for."""
    made = []
    for piece in found:
        here = at - piece.start
        if 0 < here < len(piece.string):
            made.append(piece._replace(string=piece.string[:here], reading=None))
            made.append(piece._replace(start=at, string=piece.string[here:]))
        else:
            made.append(piece)
    return made


class Marks:
    """How the pieces of a text are marked: by the layers, the kinds and the ids over them."""

    def __init__(self, edition: Edition, siglum: str) -> None:
        self._edition = edition
        self._siglum = siglum

    def written(self, piece: Piece) -> str:
        """A piece as HTML."""
        if not piece.string and not piece.old:
            return f'<span class="z {self._classes(piece.cover)}" data-editorial></span>'
        body = characters(piece.string)
        if piece.old:
            owner = self._edition.emender(self._siglum, piece.start)
            kind = f" k-{self._edition.annotations[owner].kind}" if owner else ""
            new = f' data-r="{_attribute(piece.reading)}"' if piece.reading else ""
            if not piece.string:
                return f'<span class="a{kind} {owner or ""}"{new} data-editorial></span>'
            gone = " d" if piece.reading == "" else ""
            body = f'<span class="o{gone}{kind}"{new}><span>{body}</span></span>'
        classes = self._classes(piece.cover)
        return f'<span class="{classes}">{body}</span>' if classes else body

    def _classes(self, cover: tuple[str, ...]) -> str:
        """The layers that do not change the text, the kinds of each together, and the ids."""
        layers: dict[str, set[str]] = {}
        for identifier in cover:
            annotation = self._edition.annotations[identifier]
            if not annotation.layer.emends:
                layers.setdefault(annotation.layer.letter, set()).add(annotation.kind)
        return " ".join((*layers, *(together(letter, kinds) for letter, kinds in layers.items()), *cover))


def together(letter: str, kinds: set[str]) -> str:
    """The class of words that annotations of these kinds of a layer speak of: all of them hidden, it is unmarked."""
    return f"{letter}-{'_'.join(sorted(kinds))}"


def _attribute(string: str | None) -> str:
    return escape(string or "").replace("\0", "\u2400").replace("\r", "&#13;").replace("\n", "&#10;")


def paragraph_html(edition: Edition, siglum: str, node: Element, margin: list[MarginLine]) -> str:
    """The characters of a paragraph as HTML."""
    text = edition.texts[siglum].text
    marks = Marks(edition, siglum)
    if not text.paragraphs:
        return "".join(map(marks.written, pieces(node, 0)))
    lines = edition.lines_of(siglum)
    start = text.paragraph(node["number"]).start
    numbers = lines.of_paragraph(node["number"])
    rows = []
    for number in numbers:
        begin, end = lines.span(number)
        rows.append((number, begin + len(text.string[begin:end].rstrip()), end))
    return _lined(marks, list(pieces(node, start)), rows, lines.hyphens, {line.number for line in margin})


def _lined(
    marks: Marks, found: list[Piece], rows: list[tuple[int, int, int]], hyphens: frozenset[int], entered: set[int]
) -> str:
    """The pieces line by line, the white space at the end of each line behind it."""
    made: list[str] = []
    queue = iter(_all_cut(found, sorted({place for _, body, end in rows for place in (body, end)})))
    piece = next(queue, None)
    for number, body, end in rows:
        names = ("l", "m" * (number in entered), "v" * (number % 5 == 0), "hy" * (number in hyphens))
        made.append(f'<span class="{" ".join(filter(None, names))}" data-n="{number}">')
        while piece is not None and (piece.start < body or (not piece.string and piece.start == body)):
            made.append(marks.written(piece))
            piece = next(queue, None)
        made.append("</span>")
        # A break is within white space: it stands between the lines, under no mark but that of what is taken out.
        while piece is not None and piece.start < end:
            plain = piece.string and not piece.old
            made.append(characters(piece.string) if plain else marks.written(piece))
            piece = next(queue, None)
    while piece is not None:
        made.append(marks.written(piece))
        piece = next(queue, None)
    return "".join(made)


def _all_cut(found: list[Piece], places: list[int]) -> Iterator[Piece]:
    """The pieces, cut at places that are in order."""
    at = 0
    for piece in found:
        end = piece.start + len(piece.string)
        while at < len(places) and places[at] <= piece.start:
            at += 1
        rest = [piece]
        while at < len(places) and places[at] < end:
            rest[-1:] = _cut(rest[-1:], places[at])
            at += 1
        yield from rest
