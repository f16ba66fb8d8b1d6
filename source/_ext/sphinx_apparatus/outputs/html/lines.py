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
from sphinx_apparatus.sphinx_ext.locale import _

#: Of the lines of prose, and of verses, every fifth shows its number.
STEP = 5


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
    in, or, without a reading, of an annotation, or of the beginning of a page: ``mark``.
    """

    start: int
    string: str
    cover: tuple[str, ...] = ()
    old: bool = False
    reading: str | None = None
    mark: str = ""


def pieces(paragraph: Element, start: int) -> Iterator[Piece]:
    """The pieces of a paragraph that begins at a code point of its text."""
    at = start
    for child in paragraph.children:
        cover = tuple(child["cover"]) if isinstance(child, ed.ed_run) else ()
        if isinstance(child, ed.ed_run) and child["place"]:
            yield Piece(at, "", cover)
            continue
        if isinstance(child, ed.ed_milestone):
            yield Piece(at, "", mark=_milestone(child))
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


def _milestone(node: Element) -> str:
    """Where a page or a section begins, which addresses lead to."""
    title = escape(f"{node['unit']} {node['label']}")
    label = escape(node["label"])
    if node["facsimile"]:
        words = escape(_("Picture of {place}").format(place=f"{node['unit']} {node['label']}"))
        label = f'<a href="{escape(node["facsimile"])}" rel="external" aria-label="{words}" title="{words}">{label}</a>'
        return f'<span class="ed-milestone" id="{escape(node["fragment"])}" data-editorial>{label}</span>'
    return (
        f'<span class="ed-milestone" id="{escape(node["fragment"])}" data-editorial role="note" aria-label="{title}" '
        f'title="{title}">{label}</span>'
    )


def line_label(edition: Edition, siglum: str, line: int) -> str:
    """The number by which a line is known: in verse that of the verse, empty where it is none."""
    verses = edition.texts[siglum].verses
    if not verses:
        return str(line)
    verse = verses.get(edition.lines_of(siglum).paragraph(line)) if line else None
    return str(verse.number) if verse is not None and verse.number else ""


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

    def __init__(self, edition: Edition, siglum: str, name: tuple[int, int] = (0, 0)) -> None:
        self._edition = edition
        self._siglum = siglum
        #: where the name of who speaks a verse stands before it
        self._name = name
        self._mistaken = edition.mistaken(siglum)

    def edges(self, start: int, end: int) -> Iterator[int]:
        """Where, between two code points, the words begin and end that are wrong in fact, or a speaker's name."""
        yield from (edge for edge in self._name if start < edge < end)
        yield from self._edition.mistaken_edges(self._siglum, start, end)

    def written(self, piece: Piece) -> str:
        """A piece as HTML."""
        if piece.mark:
            return piece.mark
        if not piece.string and not piece.old:
            return f'<span class="z {self._classes(piece)}" data-editorial></span>'
        body = characters(piece.string)
        if piece.old:
            owner = self._edition.emender(self._siglum, piece.start)
            kind = f" k-{self._edition.annotations[owner].kind}" if owner else ""
            new = f' data-r="{_attribute(piece.reading)}"' if piece.reading else ""
            if not piece.string:
                place = self._place(piece.start)
                return f'<span class="ca {owner or ""}"><span class="a{place}{kind}"{new} data-editorial></span></span>'
            gone = " d" if piece.reading == "" else ""
            body = f'<span class="o{gone}{kind}"{new}><span>{body}</span></span>'
        if self._name[0] <= piece.start < self._name[1] and piece.string:
            body = f'<span class="sp">{body}</span>'
        classes = self._classes(piece)
        return f'<span class="{classes}">{body}</span>' if classes else body

    def _place(self, at: int) -> str:
        """The class of a caret that stands behind a word, or within one; before a word it has none."""
        string = self._edition.texts[self._siglum].text.string
        if not string[at : at + 1].strip():
            return " be"
        return " wi" if string[max(at - 1, 0) : at].strip() else ""

    def _classes(self, piece: Piece) -> str:
        """The layers that do not change the text, the kinds of each together, and the ids.

        Of a lemma that is corrected, what is right in it is of no layer.
        """
        layers: dict[str, set[str]] = {}
        for identifier in piece.cover:
            annotation = self._edition.annotations[identifier]
            spans = self._mistaken.get(identifier)
            meant = spans is None or any(start <= piece.start < end or piece.start == start for start, end in spans)
            if meant and not annotation.layer.emends:
                layers.setdefault(annotation.layer.letter, set()).add(annotation.kind)
        return " ".join((*layers, *(together(letter, kinds) for letter, kinds in layers.items()), *piece.cover))


def together(letter: str, kinds: set[str]) -> str:
    """The class of words that annotations of these kinds of a layer speak of: all of them hidden, it is unmarked."""
    return f"{letter}-{'_'.join(sorted(kinds))}"


def _attribute(string: str | None) -> str:
    return escape(string or "").replace("\0", "\u2400").replace("\r", "&#13;").replace("\n", "&#10;")


def paragraph_html(edition: Edition, siglum: str, node: Element, margin: list[MarginLine]) -> str:
    """The characters of a paragraph as HTML."""
    text = edition.texts[siglum].text
    if not text.paragraphs:
        return "".join(map(Marks(edition, siglum).written, pieces(node, 0)))
    lines = edition.lines_of(siglum)
    start = text.paragraph(node["number"]).start
    marks = Marks(edition, siglum, edition.texts[siglum].name_at(node["number"]))
    numbers = lines.of_paragraph(node["number"])
    rows = []
    for number in numbers:
        begin, end = lines.span(number)
        rows.append((begin + len(text.string[begin:end].rstrip()), end))
    entered = {line.number for line in margin}
    opened = [
        _opened(edition, siglum, number, entered=number in entered, joined=body == end and number != numbers[-1])
        for number, (body, end) in zip(numbers, rows, strict=True)
    ]
    first, last = lines.span(numbers[0])[0], lines.span(numbers[-1])[1]
    found = list(_all_cut(list(pieces(node, start)), sorted(set(marks.edges(first, last)))))
    return _lined(marks, found, rows, opened)


def _opened(edition: Edition, siglum: str, number: int, *, entered: bool, joined: bool) -> str:
    """What opens a line: of the lines of prose every fifth shows its number; verses are numbered by their rows.

    A line that ends without a blank, behind a hyphen or a dash, is joined to the next.
    """
    verse = bool(edition.texts[siglum].verses)
    fifth = not verse and number % STEP == 0
    names = ("l", "m" * entered, "five" * fifth, "hy" * (number in edition.lines_of(siglum).hyphens), "jo" * joined)
    other = f' data-l="{number}"' if verse else ""
    classes = " ".join(filter(None, names))
    return f'<span class="{classes}" data-n="{line_label(edition, siglum, number)}"{other}>'


def _lined(marks: Marks, found: list[Piece], rows: list[tuple[int, int]], opened: list[str]) -> str:
    """The pieces line by line, the white space at the end of each line behind it."""
    made: list[str] = []
    queue = iter(_all_cut(found, sorted({place for row in rows for place in row})))
    piece = next(queue, None)
    for (body, end), opening in zip(rows, opened, strict=True):
        made.append(opening)
        while piece is not None and (piece.start < body or (not piece.string and piece.start == body)):
            made.append(marks.written(piece))
            piece = next(queue, None)
        made.append("</span>")
        # A break is within white space: it stands between the lines, under no mark but that of what is taken out.
        while piece is not None and piece.start < end:
            plain = piece.string and not piece.old
            made.append(characters(piece.string) if plain else f'<span class="gap">{marks.written(piece)}</span>')
            piece = next(queue, None)
        if end < rows[-1][1]:
            made.append("<wbr>")  # without it, Firefox tells a screen reader no white space before the last line
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
