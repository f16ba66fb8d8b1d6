"""From where a pass found everything to what the next is told: pages and folios.  Pure Python.

Sheets are counted from 1 in the file; a folio is what is printed on one.  Lengths are points.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.outputs.print.feet import Line
from sphinx_apparatus.outputs.print.texts import Foot, Spot
from sphinx_apparatus.sphinx_ext.locale import _

#: What is asked of a pass: where the lines, the targets and the chapters are, and where the numbers begin.
ASK = {
    "lines": "query(<ln>).map(m => { let p = m.location().position(); (..m.value, p.page, p.y / 1pt) })",
    "targets": "query(<dest>).map(m => { let p = m.location().position(); (m.value, p.page, p.x / 1pt, p.y / 1pt) })",
    "slots": "query(<slot>).map(m => (m.value, m.location().page()))",
    "chapters": "query(heading.where(level: 1)).map(h => (h.location().page(), h.location().page-numbering()))",
    "main": "query(<main>).map(m => m.location().page())",
    "back": "query(<back>).map(m => m.location().page())",
    "end": "query(<end>).map(m => m.location().page())",
    "left": "query(footnote.entry).filter(e => e.location().page() < e.note.location().page())"
    '.map(e => str(e.note.at("label", default: "")))',
    "contents": "query(selector(outline.entry).or(<listed>)).map(m => m.location().page())",
}

#: Characters to a royal page, for a guess: of a text, whose pages have feet, of a commentary, of anything else.
_PAGE = {"text": 1800, "notes": 3430, "prose": 2350}
#: What says where something stands has so many more characters than its id.
_WHERE = 20
_TOKEN = re.compile(
    r'#paragraph\("(?P<text>[^"]+)", (?P<paragraph>\d+), \d+|^note\("(?P<note>[^"]+)"|#anchor\("(?P<target>[^"]+)"\);'
    r'|(?P<string>"(?:[^"\\]|\\.)*")|(?P<begin>#source-text\()|(?P<notes>^#commentary\()|(?P<end>^[\])]$)'
    r"|(?P<page>^#pagebreak|^#heading\(level: 1)|(?P<main>^#show: main-matter)|(?P<where>#where\()",
    re.M,
)


class Target(NamedTuple):
    """Where a target stands."""

    page: int
    x: float
    y: float


@dataclass(frozen=True)
class Matter:
    """What a volume prints, as far as pages ask: entries, lines by siglum, what is to be located."""

    feet: Mapping[str, Foot] = field(default_factory=dict)
    lines: Mapping[str, Lines] = field(default_factory=dict)
    spots: Mapping[str, Spot] = field(default_factory=dict)
    #: the first and the last verse of what stands in verse, by name
    verses: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    #: how paragraphs are referred to where that is otherwise, by name
    labels: Mapping[str, str] = field(default_factory=dict)
    #: what stands in place of the lines of an annotation or a passage, by name
    keys: Mapping[str, str] = field(default_factory=dict)
    #: where pages, folios, sections of a copy begin: by siglum, lines and what their margin says
    marks: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)
    #: the names of lists in two columns
    columns: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Layout:
    """Where everything stands."""

    lines: Mapping[Line, tuple[int, float]]
    targets: Mapping[str, Target]
    slots: Mapping[str, int]
    chapters: Sequence[int]
    main: int
    end: int
    front: frozenset[int]
    #: the folio of the first page of the main matter
    first: int = 1
    #: of an offprint, the first sheet behind the pages that the book has, too; 0 where there is none
    back: int = 0

    @classmethod
    def found(cls, answer: Mapping[str, Any]) -> Layout:
        """What a pass answered to `ASK`."""
        targets: dict[str, Target] = {}
        for name, page, x, y in answer["targets"]:
            targets.setdefault(name, Target(page, x, y))
        main = min(answer["main"], default=1)
        return cls(
            {Line(text, number): (page, y) for text, number, page, y in reversed(answer["lines"])},
            targets,
            dict(answer["slots"]),
            sorted(page for page, _pattern in answer["chapters"] if page >= main),
            main,
            max(answer["end"], default=1),
            frozenset(answer["contents"]) | {page for page, _pattern in answer["chapters"] if page < main},
            back=min(answer["back"], default=0),
        )

    def folio(self, sheet: int) -> str:
        """What is printed on a sheet; what is behind an offprint goes on from what is before it."""
        if self.back and sheet >= self.back:
            return roman(sheet - self.back + self.main)
        return str(sheet - self.main + self.first) if sheet >= self.main else roman(sheet)

    def figures(self) -> dict[str, str]:
        """The folio of each figure, by its anchor."""
        return {name: self.folio(at.page) for name, at in self.targets.items() if name.startswith("fig-")}

    def pages(self) -> dict[Line, int]:
        """The sheet of each line."""
        return {line: page for line, (page, _y) in self.lines.items()}


def guess(source: str, matter: Matter, flow: Mapping[Line, int], scale: float = 1.0) -> Layout:
    """Where everything may stand, by how many characters come before it: figures enough for a first pass.

    ``flow`` is the page of each line, counted from 0 in its text, as far as that is known;
    ``scale`` is how much more a page holds than a royal one.
    """
    lines: dict[Line, tuple[int, float]] = {}
    targets: dict[str, Target] = {}
    begins: dict[str, int] = {}
    at, of, main = 1.0, "prose", 1
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or ""
        page = int(at)
        if kind in ("string", "where"):
            count = match.end() - match.start() - 2 if kind == "string" else _WHERE
            at += count / (_PAGE[of] * scale)
        elif kind == "paragraph":
            begin = begins.setdefault(match["text"], page)
            for number in matter.lines[match["text"]].of_paragraph(int(match["paragraph"])):
                line = Line(match["text"], number)
                at = float(begin + flow[line]) if line in flow else at
                lines[line] = (int(at), 0.0)
        elif kind in ("note", "target"):
            targets[f"n-{match['note']}" if match["note"] else match["target"]] = Target(page, 0.0, 0.0)
        elif kind in ("page", "main"):
            at = at if at == page else page + 1.0
            main = int(at) if kind == "main" else main
        else:
            ends = match[0] == ("]" if of == "text" else ")")
            of = {"begin": "text", "notes": "notes"}.get(kind, "prose" if ends else of)
    return Layout(lines, targets, {}, [], main, 0, frozenset())


def places(matter: Matter, layout: Layout) -> dict[str, dict[str, Any]]:
    """Pages and lines of all that is to be located, and of an annotation the page of its note."""
    found = {}
    for name, spot in matter.spots.items():
        sheets = [layout.lines[Line(spot.text, number)][0] for number in (spot.first, spot.last)]
        page, until = (layout.folio(sheet) for sheet in sheets)
        first, last = matter.verses.get(name, (spot.first, spot.last))
        found[name] = {"page": page, "until": until, "first": first, "last": last, "sheet": sheets[0]}
        if name in matter.keys:
            found[name]["key"] = matter.keys[name]
        note = layout.targets.get(f"n-{name}")
        if note:
            found[name]["note"] = layout.folio(note.page)
    return found


def turned(layout: Layout) -> list[str]:
    """The notes and paragraphs that go on over a leaf: from a right page to the next."""
    found = []
    for name, at in layout.targets.items():
        end = layout.targets.get(f"end-{name.removeprefix('n-')}")
        if end is not None and any(sheet % 2 for sheet in range(at.page, end.page)):
            found.append(name)
    return found


def destinations(matter: Matter, layout: Layout) -> dict[str, Target]:
    """The named destinations: each target; ``K25`` for a note, ``K25-t`` for its lemma; ``K``, ``K-p4``, ``K-l19``."""
    found = {name: at for name, at in layout.targets.items() if not name.startswith(("end-", "ix-", "list-", "par-"))}
    for line, (page, y) in layout.lines.items():
        found[f"{line.text}-l{line.number}"] = Target(page, 0.0, y)
    for name, spot in matter.spots.items():
        if name.startswith("wd-"):
            continue
        page, y = layout.lines[Line(spot.text, spot.first)]
        note = layout.targets.get(f"n-{name}")
        found[name] = note or Target(page, 0.0, y)
        if name in matter.feet:
            found[f"{name}-t"] = Target(page, 0.0, y)
    return found


def changed(told: Mapping[str, Any], found: Mapping[str, Any]) -> int:
    """How many places take more room, or less, than was told: what a page may move by."""
    return sum(_room(told["places"].get(name)) != _room(place) for name, place in found["places"].items())


def _room(place: Mapping[str, Any] | None) -> object:
    if place is None:
        return None
    return [len(place.get(key, "")) for key in ("page", "until", "note")], place["page"] == place["until"]


def lead(feet: Iterable[Foot], layout: Layout) -> str:
    """What says on which pages the notes on some lines are."""
    sheets = [target.page for foot in feet if (target := layout.targets.get(f"n-{foot.id}"))]
    return leading([layout.folio(min(sheets)), layout.folio(max(sheets))]) if sheets else ""


def leading(folios: Sequence[str]) -> str:
    """What stands before the notes of a foot."""
    return _("Notes, {pages}:").format(pages=pages(folios))


def pages(folios: Sequence[str]) -> str:
    """``p. 5`` or ``pp. 5–7``."""
    first, last = folios
    return f"{_('p.')}\u00a0{first}" if first == last else f"{_('pp.')}\u00a0{first}–{last}"


def span(first: str, last: str) -> str:
    """``4`` or ``4–6``."""
    return first if first == last else f"{first}–{last}"


def roman(number: int) -> str:
    """A number in small Roman figures."""
    found = ""
    for value, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"),
        strict=True,
    ):
        found += letters * (number // value)
        number %= value
    return found
