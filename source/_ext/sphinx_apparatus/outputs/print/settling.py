"""Setting the volumes until every place they print is the one where it stands.

A page says where things stand ("p. 18, l. 7"), and what it says moves what comes after it.
So a volume is set three times, as a rule: its words are measured; it is set with a guess of
its pages and with empty feet; and, the feet composed, once more for print.  Nothing may stand
elsewhere in the last pass than it was told: else it is set again.  What other volumes refer
to goes the same way.  Where texts and entries are those of the last build, its pages are a
better guess, and the second time falls away.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

from sphinx_apparatus.outputs.print.compiling import Compiled, Stage
from sphinx_apparatus.outputs.print.composing import Feet
from sphinx_apparatus.outputs.print.feet import (
    Growth,
    Line,
    Room,
    Units,
    Widths,
    alone,
    called,
    need,
    rooms,
    strays,
    titles,
)
from sphinx_apparatus.outputs.print.fitting import fitting, tight
from sphinx_apparatus.outputs.print.flow import Frame, Start, forecast
from sphinx_apparatus.outputs.print.heads import heads
from sphinx_apparatus.outputs.print.index import Index
from sphinx_apparatus.outputs.print.index import told as index_rows
from sphinx_apparatus.outputs.print.pages import ASK, Layout, Matter, changed, guess, leading, places, turned
from sphinx_apparatus.outputs.print.volumes import APART, Volume
from sphinx_apparatus.stores.atomic import write

#: How often a volume is set at most.  Three times are usual.
PASSES = 16

#: In so many passes, at most, footnotes are brought to their calls: each that moves may move another.
LOOKS = 8

#: What stands between the text and its foot where the height of that is known, beside the clearance, in points.
WHITE = 10.0

#: So many folios with another number of figures than was guessed seldom move a page.
FEW = 24

#: After how many settings for print nothing is hyphenated again that was not.
FEW_PRINTS = 2

#: Where a build keeps what it found.
SETTLED = "settled.json"

#: What is asked of the pass that measures.
MEASURES = {
    "lines": ASK["lines"],
    "targets": ASK["targets"],
    **{name: f"query(<{name}>).map(m => m.value)" for name in ("units", "width", "wide")},
}


class Work(NamedTuple):
    """A volume as it was written: its source, what it prints, the places it asks for in other volumes, its measures."""

    volume: Volume
    main: Path
    matter: Matter
    abroad: frozenset[str] = frozenset()
    room: Room = Room(306.0, 10.4, 42.0)
    frame: Frame = Frame(0.0, 600.0, 10.5, 14.0, 42.0)
    names: Index = Index()
    #: how much more a page holds than a royal one
    scale: float = 1.0
    #: by siglum and paragraph, white above one
    white: Mapping[str, Mapping[int, float]] = {}


class Restless(Exception):
    """A volume whose places have not settled after all passes."""


Compile = Callable[[Path, Stage], Compiled]


def settle(works: Sequence[Work], compile_one: Compile) -> dict[str, Compiled]:
    """Set all volumes until they agree with themselves and with each other; the last pass of each, by name.

    Raises `Restless`, and what ``compile_one`` raises.
    """
    done = _settled([_Book(work, compile_one) for work in works if not work.volume.of])
    volumes = list(done.values())
    for work in works:
        if work.volume.of:
            done |= _settled([_Book(work, compile_one, done[work.volume.of], volumes)])
    return {name: book.done for name, book in done.items() if book.done}


def _settled(books: Sequence[_Book]) -> dict[str, _Book]:
    """The volumes, when they agree with themselves and with each other."""
    for _ in range(PASSES):
        moved = [book.place(books) for book in books if not book.placed]
        if not moved:
            break
    else:
        raise Restless(", ".join(book.name for book in books if not book.placed))
    for _ in range(PASSES):
        still = [book.print(books) for book in books]  # all of them, not up to the first that moved
        if all(still):
            for book in books:
                book.keep()
            return {book.name: book for book in books}
    raise Restless(", ".join(book.name for book in books))


class _Book:
    """A volume while it is being set."""

    def __init__(
        self, work: Work, compile_one: Compile, whole: _Book | None = None, volumes: Sequence[_Book] = ()
    ) -> None:
        """An offprint is paged as it is in ``whole``, one of the ``volumes``."""
        self.work, self.compile_one, self.whole, self.volumes = work, compile_one, whole, volumes
        self.layout: Layout
        self.first = 1
        if whole is not None:
            page, targets = work.volume.pages[0], whole.layout.targets
            if (begin := targets.get(f"{page}#{APART}", targets.get(page))) is not None:
                self.first = max(1, begin.page - whole.layout.main + 1)
        self.name = work.volume.name
        self.done: Compiled | None = None
        self.placed = False
        #: what the volume was told last
        self.said: dict[str, Any] = {}
        self.held: set[Line] = set()
        #: how often it was set for print, and what no longer is hyphenated, since it went on over a leaf
        self.prints = 0
        self.over: set[str] = set()
        self.starts: dict[str, Start] = {}
        #: footnotes that Typst left on the page before the one where they are called, and in how many passes
        self.left: Counter[str] = Counter()
        self.looked = 0
        #: how high on its page each list in columns begins
        self.tops: dict[str, float] = {}
        self.room, self.frame = work.room, work.frame
        #: what lines reserve, beyond what was forecast, and what each entry reserves
        self.more: Counter[Line] = Counter()
        self.rooms: Mapping[str, float] = {}
        self.units, self.widths = self._measure()
        found = guess(work.main.read_text("utf-8"), work.matter, self._forecast(), work.scale)
        self.layout = replace(found, first=self.first)
        if self._resume():
            self._forecast()

    def _forecast(self) -> Mapping[Line, int]:
        """Hold lines together, and reserve at the foot of each page what its entries will need.

        What is set on facing pages does not run on from page to page: for it the height is estimated.
        """
        matter = self.work.matter
        lines = {siglum: own for siglum, own in matter.lines.items() if siglum in self.starts}
        feet = {name: foot for name, foot in matter.feet.items() if foot.text in lines}
        longest = leading(["000", "001"])
        held, flow = forecast(
            feet,
            lines,
            self.starts,
            self.frame,
            lambda: Growth(self.widths, self.units, self.room, longest),
            self.held,
            self.more,
        )
        self.held |= held
        self.rooms = flow.rooms
        if len(feet) < len(matter.feet):
            needs = {name: need(wide, self.units, self.room) for name, wide in self.widths.items()}
            calls = called(matter.feet.values(), matter.lines, self.held)
            self.rooms = rooms(calls, needs, self.held, matter.lines, self.frame.skip)
        return flow.at

    def _same(self) -> str:
        """What the pages of the texts depend on."""
        beside = self.work.main.with_name
        found = hashlib.sha256()
        for name in ("measures.typ", "entries.json", "settings.json", "apparatus.typ", "book.typ"):
            found.update(beside(name).read_bytes() if beside(name).exists() else b"")
        return found.hexdigest()

    def keep(self) -> None:
        """Keep where everything stands, for the next build."""
        if self.done is not None:
            held = sorted(self.held)
            more = [(*line, high) for line, high in sorted(self.more.items())]
            over = sorted(self.over)
            told = {"of": self._same(), "held": held, "more": more, "over": over, "found": self.done.found}
            write(self.work.main.with_name(SETTLED), json.dumps(told, ensure_ascii=False))

    def _resume(self) -> bool:
        """Begin with the pages of the last build, if texts and entries are what they were."""
        try:
            told = json.loads(self.work.main.with_name(SETTLED).read_text("utf-8"))
        except (OSError, ValueError):
            return False
        if told.get("of") != self._same():
            return False
        layout, matter = replace(Layout.found(told["found"]), first=self.first), self.work.matter
        lines = {Line(text, number + 1) for text, own in matter.lines.items() for number in range(len(own))}
        if lines <= layout.lines.keys() and matter.feet.keys() <= layout.slots.keys():
            self.layout, self.placed = layout, True
            self.held |= {Line(*line) for line in told["held"]}
            self.over |= set(told["over"])
            self.more.update({Line(text, number): high for text, number, high in told["more"]})
        return self.placed

    def _measure(self) -> tuple[Units, dict[str, Widths]]:
        main = self.work.main
        _tell(main, {})
        found = self.compile_one(main.with_name("measures.typ"), Stage("measure", MEASURES)).found
        units = found["units"][0]
        self.tops = {name: y for name, _page, _x, y in found.get("targets", ()) if name in self.work.matter.columns}
        least = tight(found["wide"])
        # An anchor is on the baseline of its line, four fifths below its upper edge.
        white = self.work.white
        self.starts = {
            text: Start(y - 0.8 * self.work.frame.size, white.get(text, {})) for text, _, _, y in found["lines"]
        }
        settings = main.with_name("settings.json")
        measures = json.loads(settings.read_text("utf-8"))
        if all(foot.text in self.starts for foot in self.work.matter.feet.values()):
            # The heights of the feet are known: nothing is to spare but the white above them.
            self.room = self.room._replace(spare=min(WHITE, self.room.spare))
            self.frame = self.frame._replace(foot=self.frame.foot - self.work.room.spare + self.room.spare)
            measures["foot-spare"] = self.room.spare
        write(settings, json.dumps(measures | fitting(least, measures)))
        widths = {name: Widths(tuple(words), tuple(keys)) for name, words, keys in found["width"]}
        one, several, *own = units["lead"]
        named = dict(zip(titles(self.work.matter.feet.values()), own, strict=True))
        return Units(units["space"], units["gap"], units["head"], units["figure"], (one, several), named), widths

    def place(self, books: Iterable[_Book]) -> bool:
        """Set the whole with empty feet, to learn the pages; nothing more to do if the figures were right."""
        known = self._known(books)
        left = Counter(self.left)
        self.layout = self._found(self.compile_one(self._told(known), Stage("pages", ASK)))
        pages = self.layout.pages()
        matter = self.work.matter
        # What is held stays held: else it would come and go.
        more = strays(matter.feet.values(), pages, self.layout.slots) | alone(matter.lines, pages)
        # Where the heights of the feet are only estimated, there is white to spare instead.
        low = self._feet().lacking(self.layout) if self.room.spare != self.work.room.spare else {}
        again = bool(low) or not more <= self.held
        if again:
            self.held |= more
            self.more.update(low)
            self._forecast()
        # Folios of more figures than were guessed may move a page: where they are many, that is cheaper to see
        # before the pass for print, which proves it.
        self.placed = not again and left == self.left and changed(known, self._known(books)) <= FEW
        return True

    def print(self, books: Iterable[_Book]) -> bool:
        """Set it for print, unless it is already as it says."""
        known = self._known(books, final=True)
        main = self._told(known)
        if self.done is None or self.said != known:
            self.said = known
            self.done = self.compile_one(main, Stage("final", ASK, pdf=True))
            self.prints += 1
            self.layout = self._found(self.done)
            return self._known(books, final=True) == known
        return True

    def _found(self, done: Compiled) -> Layout:
        left = {name for name in done.found.get("left", ()) if name.startswith("fn:")}
        if left and self.looked < LOOKS:
            self.looked += 1
            self.left.update(left)
        return replace(Layout.found(done.found), first=self.first)

    def _told(self, known: Mapping[str, Any]) -> Path:
        _tell(self.work.main, known)
        return self.work.main

    def _known(self, books: Iterable[_Book], *, final: bool = False) -> dict[str, Any]:
        """What the volume is told: its own places, and those it asks for from others."""
        matter, layout = self.work.matter, self.layout
        found = places(matter, layout)
        for other in self.volumes or books:
            if other is not self and self.work.abroad:
                label = {"volume": other.work.volume.label} if other is not self.whole else {}
                abroad = places(other.work.matter, other.layout)
                found |= {name: label | at for name, at in abroad.items() if name in self.work.abroad}
        calls = called(matter.feet.values(), matter.lines, self.held)
        by_text: dict[str, dict[str, list[str]]] = {}
        for line, group in calls.items():
            by_text.setdefault(line.text, {})[str(line.number)] = [foot.id for foot in group]
        known: dict[str, Any] = {
            "places": found,
            "rooms": self.rooms,
            "calls": by_text,
            "tops": self.tops,
            "first": self.first,
            "back": layout.main,
            "left": dict(sorted(self.left.items())),
        }
        known["index"] = index_rows(self.work.names, layout)
        known["figures"] = layout.figures()
        if final:
            over = self.over | set(turned(layout))
            # What comes and goes stays.
            self.over |= over if self.prints > FEW_PRINTS else set()
            known |= self._feet().composed(layout) | heads(matter, layout) | {"turned": sorted(over)}
        return known

    def _feet(self) -> Feet:
        return Feet(self.work.matter, self.held, self.rooms, self.widths, self.units, self.room)


def _tell(main: Path, known: Mapping[str, Any]) -> None:
    names = ["places", "rooms", "calls", "tops", "pieces", "rules", "heads", "feet", "numbers", "figures", "left"]
    empty: dict[str, Any] = {name: {} for name in names} | {"index": [], "turned": [], "first": 1, "back": 1}
    write(main.with_name("known.json"), json.dumps(empty | dict(known), ensure_ascii=False))
