"""TEI of anybody: the text as it was printed, and what its encoders corrected, supplied and noted.

White space is a single space but where ``xml:space`` keeps it; each block is a line.  What is
taken over in another form, and what is left out, is told with its line.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from sphinx_apparatus.cli.importing.found import Found, Imported
from sphinx_apparatus.cli.importing.prose import blocks
from sphinx_apparatus.cli.importing.strings import Strings
from sphinx_apparatus.cli.importing.variants import Variants, ends, parted
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

#: Without any words of the text: where a page, a column, a line begins.
_EMPTY = frozenset({"pb", "cb", "gb", "milestone", "anchor", "index", "fw", "ptr", "graphic", "formula", "figure"})

#: The units of what begins with them; that of a milestone is its own.
_UNITS = {"pb": "page", "cb": "column", "gb": "gathering", "milestone": ""}

#: What a milestone may be called, and the address of its picture.
_NUMBER = re.compile(r"[^\s:<>]+")
_PICTURE = re.compile(r"https?://[^\s<>\"]+")

#: Of two wordings, the one that was printed; and what the other one is.
_PRINTED = {"orig": "reg", "abbr": "expan"}

_CERTAINTY = ("high", "medium", "low", "unknown")

_WITHIN = "within a correction"


class Reader:
    """Reads one ``text``."""

    def __init__(self, imported: Imported, variants: Variants | None = None) -> None:
        self.imported = imported
        self.variants = variants
        #: variants that name the ends of their lemma, and where they stand; what has a name, and where it is
        self._waiting: list[tuple[Any, int | None]] = []
        self._places: dict[str, tuple[list[int], int]] = {}
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

    def _tell(self, element: Any, reason: str) -> None:
        self.counts.setdefault(reason, []).append(element.sourceline or 0)

    def _inside(self, element: Any) -> None:
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
        identifier = xml_id(element)
        if not identifier or self.variants is None:
            self._taken(element)
            return
        mark = self.strings.begin()
        self._taken(element)
        self._places[identifier] = mark, self.strings.here()

    def _taken(self, element: Any) -> None:
        kind = name(element)
        if not kind:
            return
        if is_foreign(element):
            self._tell(element, f"an element {kind} of another vocabulary; its words are taken")
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
            self._inside(element)

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
        self._inside(element)
        self.strings.line()
        notes, self._printed_notes = self._printed_notes, before
        for note in notes:
            self._block(note, f"{note.get('n')} " if note.get("n") else "")

    def _leave_out(self, element: Any, reason: str) -> None:
        """Pass over an element: what is corrected within it is lost."""
        self._tell(element, reason)
        for within in element.iter("{*}corr", "{*}supplied", "{*}surplus"):
            self.imported.lose(within.sourceline or 0, f"{name(within)} within {name(element)}, which is left out")

    # -- corrections -----------------------------------------------------------------------

    def _choice(self, element: Any) -> None:
        parts: dict[str, Any] = {}
        for child in element:
            if name(child) in ("sic", "corr") and name(child) in parts:
                self.imported.lose(child.sourceline or 0, f"a second {name(child)} within a choice; the first is taken")
            elif name(child):
                parts.setdefault(name(child), child)
        if "sic" in parts or "corr" in parts:
            # What was printed is called orig by some, beside corr, too.
            self._corrected(parts.get("sic", parts.get("orig")), parts.get("corr"), element)
            return
        for printed, other in _PRINTED.items():
            if printed in parts:
                self._inside(parts[printed])
                if other in parts:
                    self._tell(parts[other], f"{other} beside {printed}; what was printed is taken")
                return
        for child in list(parts.values())[:1]:
            self._tell(element, "choice without sic, orig or abbr; its first part is taken")
            self._inside(child)

    def _corrected(self, sic: Any, corr: Any, element: Any) -> None:
        if sic is None:
            self.imported.lose(
                element.sourceline or 0, "corr without sic: what stood there is not said; its words are taken"
            )
            self._inside(corr)
        elif corr is None:
            self._sic(sic)
        else:
            self._emend(element, lambda: self._inside(sic), self._words(corr), corr)

    def _emend(self, element: Any, printed: Any, reading: str, said: Any, kind: str = "slip") -> None:
        mark = self.strings.begin()
        printed()
        start, end = self.strings.end(mark)
        if start < end and not reading and self._takes_space(start, element.tail):
            self.strings.space()
            end = self.strings.here()
        if start == end and reading:
            reading, start = self.strings.insertion(reading, element.tail)
            end = start
        if start == end and not reading:
            self.imported.lose(element.sourceline or 0, "neither what stood there nor what should has any words")
            return
        cert = said.get("cert", "")
        evidence = said.get("evidence", "")
        self.imported.found.append(
            Found(
                start,
                end,
                kind=kind,
                reading=reading,
                certainty=cert if cert in ("", *_CERTAINTY) else "unknown",
                evidence=evidence if evidence in ("internal", "external", "conjecture") else "",
                editor=self._editor(said),
                line=element.sourceline or 0,
            )
        )

    def _editor(self, element: Any) -> str:
        """Whose a correction is: of several the first, the others are told."""
        keys = [pointer.rpartition("#")[2] for pointer in element.get("resp", "").split() if pointer.rpartition("#")[2]]
        if len(keys) > 1:
            self._tell(element, "a correction of several persons; it is given to the first")
        return keys[0] if keys else ""

    def _takes_space(self, start: int, tail: str | None) -> bool:
        """Whether a word that is deleted takes the space behind it along, so that not two are left."""
        between = bool(tail) and tail is not None and tail[0].isspace()
        return self.strings.is_spaced or (between and self.strings.before(start)[-1:] in ("", " ", "\n"))

    def _sic(self, element: Any) -> None:
        if element.get("corr") is not None:  # TEI P4
            self._emend(element, lambda: self._inside(element), element.get("corr"), element)
            return
        mark = self.strings.begin()
        self._inside(element)
        start, end = self.strings.end(mark)
        self.imported.found.append(
            Found(start, end, "note", "gloss", None, "*Sic*: so printed.", line=element.sourceline or 0)
        )

    def _corr(self, element: Any) -> None:
        if element.get("sic") is not None:  # TEI P4
            self._emend(element, lambda: self.strings.add(element.get("sic")), self._words(element), element)
            return
        self._corrected(None, element, element)

    def _supplied(self, element: Any) -> None:
        self._emend(element, lambda: None, self._words(element), element, "damage")

    def _surplus(self, element: Any) -> None:
        self._emend(element, lambda: self._inside(element), "", element)

    # -- variants --------------------------------------------------------------------------

    def _app(self, element: Any) -> None:
        lem, readings = parted(element)
        if self.variants is None:
            self.imported.lose(element.sourceline or 0, "app within a correction; its lemma is taken")
        elif element.get("from"):
            self._waiting.append((element, self.strings.here()))
            return
        if lem is None and not readings:
            return
        mark = self.strings.begin()
        self._inside(lem if lem is not None else readings[0])
        start, end = self.strings.end(mark)
        self._vary(element, start, end)

    def _vary(self, element: Any, start: int, end: int) -> None:
        if self.variants is None:
            return
        found = self.variants.found(element, start, end, self.strings.text()[start:end], self._words)
        if found is not None:
            self.imported.found.append(found)

    def beside(self, element: Any) -> None:
        """Take an ``app`` that stands beside the text, where it names the ends of its lemma."""
        self._waiting.append((element, None))

    def _place(self) -> None:
        length = self.strings.here()
        places = {key: (mark[0] if mark else length, end) for key, (mark, end) in self._places.items()}
        for element, here in self._waiting:
            span = ends(element, places, here)
            if span is None:
                line = element.sourceline or 0
                self.imported.lose(line, "app: its ends, from and to, are not in the text; a place by loc is not read")
            else:
                self._vary(element, *span)

    # -- notes, and what has no words --------------------------------------------------------

    def _note(self, element: Any) -> None:
        """A note that stands somewhere in the source is text, a line of its own; any other is an annotation."""
        if element.get("place") and not element.get("resp"):
            self._tell(element, "a note of the source; it is text, on a line behind the block in which it is called")
            self._printed_notes.append(element)
            return
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

    def _g(self, element: Any) -> None:
        if (element.text or "").strip():
            self._inside(element)
        else:
            self._tell(element, "g: a character that only its declaration describes; U+FFFD stands for it")
            self.strings.add("\ufffd")

    def _gap(self, element: Any) -> None:
        self._leave_out(element, "gap: nothing can be read there, and nothing stands for it")

    def _del(self, element: Any) -> None:
        self._leave_out(element, "del: deleted in the source; left out")

    def _words(self, element: Any) -> str:
        """The words of an element as a reading has them."""
        inner = Reader(Imported("", ""))
        inner.strings.keep = self.strings.keep
        inner._inside(element)
        for reason, lines in inner.counts.items():
            within = reason if reason.startswith(_WITHIN) else f"{_WITHIN}, {reason}"
            self.counts.setdefault(within, []).extend(lines)
        for unit, number, _mark in inner._milestones.values():
            self._tell(element, f"{_WITHIN}, {unit} {number} begins; left out")
        for found in inner.imported.found:
            self.imported.lose(found.line, f"{found.layer} within a correction, which has words alone")
        for note in inner._printed_notes:
            self._tell(note, f"{_WITHIN}, a note of the source; left out")
        self.imported.problems += inner.imported.problems
        return inner.strings.text()


#: What is read in a way of its own, by the element's name.
_READ: dict[str, Callable[[Reader, Any], None]] = {
    "choice": Reader._choice,
    "sic": Reader._sic,
    "corr": Reader._corr,
    "supplied": Reader._supplied,
    "surplus": Reader._surplus,
    "app": Reader._app,
    "note": Reader._note,
    "lb": Reader._lb,
    "g": Reader._g,
    "gap": Reader._gap,
    "del": Reader._del,
}
