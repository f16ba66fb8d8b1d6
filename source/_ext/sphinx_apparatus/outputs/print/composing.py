"""The feet of all pages, from where a pass found lines and entries.  Pure Python.  Lengths are points."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from typing import Any, NamedTuple

from sphinx_apparatus.outputs.print.feet import GAP, Drawn, Growth, Line, Room, Units, Widths, called, compose, told
from sphinx_apparatus.outputs.print.pages import Layout, Matter, lead
from sphinx_apparatus.outputs.print.texts import Foot


class Feet(NamedTuple):
    """What is known of the feet: the lines held together, what each entry reserves by id, and all widths."""

    matter: Matter
    held: Set[Line]
    rooms: Mapping[str, float]
    widths: Mapping[str, Widths]
    units: Units
    room: Room

    def composed(self, layout: Layout) -> dict[str, Any]:
        """What the pass for print is told: what each entry draws; by the first of a page, how high its rule is."""
        pieces: dict[str, Any] = {}
        rules: dict[str, float] = {}
        for mates, high in self._by_page(layout):
            says = lead(mates, layout)
            drawn: dict[str, Drawn]
            free = high + self.room.spare - 2 * GAP
            drawn, height = compose(mates, self.widths, self.units, self.room, free, says)
            upper = high - height
            rules[mates[0].id] = round(upper - GAP, 4)
            down = {}
            for foot in mates:
                down[foot.id] = upper
                upper -= self.rooms[foot.id]
            pieces |= told(drawn, down)
        return {"pieces": pieces, "rules": rules}

    def lacking(self, layout: Layout) -> dict[Line, float]:
        """By the first line of a page, what its foot lacks, where other lines came there than were forecast."""
        found: dict[Line, float] = {}
        for mates, high in self._by_page(layout):
            needed = Growth(self.widths, self.units, self.room, lead(mates, layout)).add(mates)
            if needed > high + self.room.spare - 2 * GAP:
                found[Line(mates[0].text, mates[0].line)] = round(needed - high, 2)
        return found

    def _by_page(self, layout: Layout) -> Iterable[tuple[list[Foot], float]]:
        """The entries of each page, and how high a foot they have reserved."""
        calls = called(self.matter.feet.values(), self.matter.lines, self.held)
        order = {foot.id: number for number, foot in enumerate(foot for group in calls.values() for foot in group)}
        by_page: dict[int, list[Foot]] = {}
        for name, foot in self.matter.feet.items():
            by_page.setdefault(layout.slots.get(name, 0), []).append(foot)
        for mates in by_page.values():
            mates.sort(key=lambda foot: (layout.lines[Line(foot.text, foot.line)], order[foot.id]))
            yield mates, sum(self.rooms[foot.id] for foot in mates)
