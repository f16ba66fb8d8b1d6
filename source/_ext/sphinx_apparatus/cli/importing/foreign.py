"""TEI of anybody: the text as it was printed, and what its encoders corrected, supplied and noted.

White space is a single space but where ``xml:space`` keeps it; each block is a line.  What is
taken over in another form, and what is left out, is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sphinx_apparatus.cli.importing import corrections
from sphinx_apparatus.cli.importing.found import Found, Imported
from sphinx_apparatus.cli.importing.places import Places
from sphinx_apparatus.cli.importing.prose import blocks
from sphinx_apparatus.cli.importing.strings import Strings
from sphinx_apparatus.cli.importing.variants import Variants, parted
from sphinx_apparatus.cli.importing.xmlfile import is_foreign, name, xml_id
from sphinx_apparatus.model.structure import Milestone

#: Elements that stand on lines of their own.
_BLOCKS = frozenset(
    {
        "p", "head", "l", "lg", "div", "div1", "div2", "div3", "div4", "div5", "div6", "div7", "ab", "item",
        "list", "sp", "speaker", "stage", "opener", "closer", "salute", "signed", "dateline", "byline", "docTitle",
        "titlePart", "titlePage", "docAuthor", "docImprint", "docDate", "argument", "epigraph", "quote", "cit",
        "table", "row", "trailer", "label", "figDesc", "front", "body", "back", "group", "castList",
        "castItem", "entry", "form", "sense",
    }
)  # fmt: skip

#: Of which nothing is left out where their words are taken.
_PLAIN = frozenset({"text", "w", "pc", "c", "s", "seg", "cl", "phr", "lem", "rdg"})

#: Without any words of the text: where a page, a column, a line begins.
_EMPTY = frozenset({"pb", "cb", "gb", "milestone", "anchor", "index", "fw", "ptr", "graphic", "formula", "figure"})

#: The units of what begins with them; that of a milestone is its own.
_UNITS = {"pb": "page", "cb": "column", "gb": "gathering", "milestone": ""}

#: What a milestone may be called, and the address of its picture.
_NUMBER = re.compile(r"[^\s:<>]+")
_PICTURE = re.compile(r"https?://[^\s<>\"]+")

_WITHIN = "within a correction"


class Reader:
    """Reads one ``text``."""

    def __init__(self, imported: Imported, variants: Variants | None = None, *, located: bool = False) -> None:
        self.imported = imported
        self.variants = variants
        #: whether variants within the text name the place of their lemma, and do not stand in it
        self._located = located
        self.places = Places()
        self.strings = Strings()
        self.counts: dict[str, list[int]] = {}
        #: units, numbers and places of what begins somewhere, by what addresses call it
        self._milestones: dict[str, tuple[str, str, list[int]]] = {}
        #: notes of the source that are called in the block being read
        self._printed_notes: list[Any] = []

    def read(self, element: Any) -> None:
        """Read it, and say what of it was passed over."""
        self._block(element)
        self.imported.string = self.strings.text()
        self._place()
        self.imported.milestones += [
            (unit, number, mark[0]) for unit, number, mark in self._milestones.values() if mark
        ]
        for unit, number, mark in self._milestones.values():
            if not mark:
                self.imported.tell(0, f"{unit} {number}: no words of the text are behind it; left out")
        for reason, lines in self.counts.items():
            times = "once, here" if len(lines) == 1 else f"{len(lines)} times, first here"
            self.imported.tell(lines[0], f"{reason}: {times}")

    def tell(self, element: Any, reason: str) -> None:
        """Tell what is taken over in another form, once for all of a kind."""
        self.counts.setdefault(reason, []).append(element.sourceline or 0)

    def inside(self, element: Any) -> None:
        """Take the words of an element, those of what is in it too."""
        keep = element.get("{http://www.w3.org/XML/1998/namespace}space")
        before = self.strings.keep
        if keep:
            self.strings.keep = keep == "preserve"
        self.strings.add(element.text)
        for child in element:
            self._element(child)
            self.strings.add(child.tail)
        self.strings.keep = before

    def _element(self, element: Any) -> None:
        if self.variants is None or not (xml_id(element) or element.get("n")):
            self._taken(element)
            return
        mark = self.strings.begin()
        self._taken(element)
        self.places.keep(element, mark, self.strings.here())

    def _taken(self, element: Any) -> None:
        kind = name(element)
        if not kind:
            return
        if is_foreign(element):
            self.tell(element, f"an element {kind} of another vocabulary; its words are taken")
        method = _READ.get(kind)
        if method is not None and not is_foreign(element):
            method(self, element)
        elif kind in _UNITS and self._begins(element, kind):
            pass
        elif kind in _EMPTY:
            self._leave_out(element, f"{kind} has no place in a plain text; left out")
        elif kind in _BLOCKS:
            self._block(element)
        else:
            if kind not in _PLAIN and not is_foreign(element):
                has_words = bool("".join(element.itertext()).strip())
                what = ": its words are taken, what it says of them is not" if has_words else ": has no words; left out"
                self.tell(element, f"{kind}{what}")
            self.inside(element)

    def _begins(self, element: Any, kind: str) -> bool:
        """Take the beginning of a page, a column, a section as a milestone, if it has a name for one."""
        unit, number = _UNITS[kind] or element.get("unit", ""), element.get("n", "").strip()
        if not unit.isalpha() or not _NUMBER.fullmatch(number):
            return False
        named = Milestone(unit, number, 0).fragment
        if named in self._milestones:
            return False
        picture = element.get("facs", "")
        if _PICTURE.fullmatch(picture):
            number = f"{number} <{picture}>"
        self._milestones[named] = unit, number, self.strings.begin()
        return True

    def _block(self, element: Any, mark: str = "") -> None:
        """A block is a line, or several; notes printed with it are lines behind it, each with its mark."""
        before, self._printed_notes = self._printed_notes, []
        self.strings.line()
        self.strings.add(mark)
        self.inside(element)
        self.strings.line()
        notes, self._printed_notes = self._printed_notes, before
        for note in notes:
            self._block(note, f"{note.get('n')} " if note.get("n") else "")

    def _leave_out(self, element: Any, reason: str) -> None:
        """Pass over an element: what is corrected within it is lost."""
        self.tell(element, reason)
        for within in element.iter("{*}corr", "{*}supplied", "{*}surplus"):
            self.imported.lose(within.sourceline or 0, f"{name(within)} within {name(element)}, which is left out")

    # -- variants --------------------------------------------------------------------------

    def _app(self, element: Any) -> None:
        lem, readings = parted(element)
        if self.variants is None:
            self.imported.lose(element.sourceline or 0, "app within a correction; its lemma is taken")
        elif element.get("from") or self._located:
            self.places.wait(element, self.strings.here())
            return
        if lem is None and not readings:
            return
        mark = self.strings.begin()
        self.inside(lem if lem is not None else readings[0])
        start, end = self.strings.end(mark)
        while start < end and self.strings.before(end)[-1] == "\n":  # that of a block
            end -= 1
        self._vary(element, start, end)

    def _list_app(self, element: Any) -> None:
        """An apparatus that stands behind its text is none of it."""
        for app in element.iter("{*}app"):
            self.places.wait(app)
        for one in element.iter("{*}head", "{*}desc"):
            self.tell(one, f"{name(one)} of an apparatus; left out")

    def _vary(self, element: Any, start: int, end: int) -> None:
        if self.variants is None:
            return
        found = self.variants.found(element, start, end, self.strings.text()[start:end], self.words)
        kept = found is not None and found.layer != "variant"
        for reading in element.iter("{*}lem", "{*}rdg"):
            # Who conjectured it, where no witness has it; else to whom it is owed that the witness has.
            owed = ("resp", "source") if reading.get("wit") and not kept else ()
            for said in filter(reading.get, ("hand", "cause", "cert", *owed)):
                self.tell(reading, f"{said} of a reading; left out")
        if found is not None:
            self.imported.found.append(found)

    def _place(self) -> None:
        for element, span in self.places.spans(self.strings.text(), self.words):
            if isinstance(span, str):
                self.imported.lose(element.sourceline or 0, span)
            else:
                self._vary(element, *span)

    # -- notes, and what has no words --------------------------------------------------------

    def _note(self, element: Any) -> None:
        """A note that stands somewhere in the source is text, a line of its own; any other is an annotation."""
        if element.get("place") and not element.get("resp"):
            self.tell(element, "a note of the source; it is text, on a line behind the block in which it is called")
            self._printed_notes.append(element)
            return
        for graphic in element.iter("{*}graphic"):
            if graphic.attrib.pop("url", ""):
                self.tell(graphic, "a picture within a note; what is said of it is taken")
        words = blocks(element)
        for within in element.iter("{*}choice", "{*}sic", "{*}corr", "{*}supplied", "{*}surplus"):
            if name(within.getparent()) == "choice":
                continue
            line = within.sourceline or 0
            self.imported.lose(line, f"{name(within)} within a note, which is no text; what was printed is taken")
        if words:
            at = self.strings.here()
            self.imported.found.append(Found(at, at, "note", "gloss", None, words, line=element.sourceline or 0))

    def _lb(self, element: Any) -> None:
        if element.get("break") != "no":
            self.strings.add(" ")

    def _cell(self, element: Any) -> None:
        """A cell of a table, which is a line: a space parts it from the one before."""
        self.strings.add(" ")
        self.inside(element)

    def _space(self, element: Any) -> None:
        self.tell(element, "space: left free in the source; it is a space")
        self.strings.add(" ")

    def _no_words(self, element: Any) -> None:
        """What is read elsewhere."""

    def _g(self, element: Any) -> None:
        if (element.text or "").strip():
            self.inside(element)
        else:
            self.tell(element, "g: a character that only its declaration describes; U+FFFD stands for it")
            self.strings.add("\ufffd")

    def _gap(self, element: Any) -> None:
        self._leave_out(element, "gap: nothing can be read there, and nothing stands for it")

    def _del(self, element: Any) -> None:
        self._leave_out(element, "del: deleted in the source; left out")

    def words(self, element: Any) -> str:
        """The words of an element as a reading has them."""
        inner = Reader(Imported("", ""))
        inner.strings.keep = self.strings.keep
        inner.inside(element)
        for reason, lines in inner.counts.items():
            within = reason if reason.startswith(_WITHIN) else f"{_WITHIN}, {reason}"
            self.counts.setdefault(within, []).extend(lines)
        for unit, number, _mark in inner._milestones.values():
            self.tell(element, f"{_WITHIN}, {unit} {number} begins; left out")
        for found in inner.imported.found:
            self.imported.lose(found.line, f"{found.layer} within a correction, which has words alone")
        for note in inner._printed_notes:
            self.tell(note, f"{_WITHIN}, a note of the source; left out")
        self.imported.problems += inner.imported.problems
        return inner.strings.text()


#: What is read in a way of its own, by the element's name.
_READ: dict[str, Callable[[Reader, Any], None]] = {
    "choice": corrections.choice,
    "sic": corrections.sic,
    "corr": corrections.corr,
    "supplied": corrections.supplied,
    "surplus": corrections.surplus,
    "app": Reader._app,
    "listApp": Reader._list_app,
    "listWit": Reader._no_words,
    "cell": Reader._cell,
    "space": Reader._space,
    "note": Reader._note,
    "lb": Reader._lb,
    "g": Reader._g,
    "gap": Reader._gap,
    "del": Reader._del,
}
