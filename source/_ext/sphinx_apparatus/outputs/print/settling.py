"""Setting the volumes again until every place they print is the one where it stands.

A page says where things stand ("p. 18, l. 7"), and what it says moves what comes after it.
So a volume is set with the places of the pass before, first with none, until a pass finds
what it was given.  What other volumes refer to goes the same way, and so does the room that
the notes reserve at the foot (`sphinx_apparatus.outputs.print.footspace`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from pathlib import Path
from typing import Any, NamedTuple

from sphinx_apparatus.outputs.print.compiling import Compiled
from sphinx_apparatus.outputs.print.footspace import Line, reserves, strays
from sphinx_apparatus.outputs.print.volumes import Volume
from sphinx_apparatus.stores.atomic import write

#: How often a volume is set at most.  Four or five times are usual.
PASSES = 12


class Work(NamedTuple):
    """A volume as it was written: its source, and the places it asks for in other volumes."""

    volume: Volume
    main: Path
    abroad: frozenset[str]
    #: the first and the last verse of what stands in verse, by name
    verses: Mapping[str, tuple[int, int]] = {}

    def place(self, name: str, at: Mapping[str, Any]) -> dict[str, Any]:
        """A place as the book names it: in verse, by the verse."""
        if name not in self.verses:
            return dict(at)
        first, last = self.verses[name]
        return {**at, "first": first, "last": last}


class Restless(Exception):
    """A volume whose places have not settled after all passes."""


def settle(works: Sequence[Work], compile_one: Callable[[Path], Compiled]) -> dict[str, Compiled]:
    """Set all volumes until they agree with themselves and with each other; the last pass of each, by name.

    Raises `Restless`, and what ``compile_one`` raises.
    """
    done: dict[str, Compiled] = {}
    held: dict[str, set[Line]] = {work.volume.name: set() for work in works}
    for _ in range(PASSES):
        still = True
        for work in works:
            name = work.volume.name
            changed = write(work.main.parent / "known.json", _known(work, works, done, held[name]))
            if changed or name not in done:
                still = False
                again = name in done
                done[name] = compile_one(work.main)
                if again:  # the first time no note knew of the others in its line
                    held[name] |= strays(done[name].found["feet"])
        if still:
            return done
    raise Restless(", ".join(work.volume.name for work in works))


def _known(work: Work, works: Iterable[Work], done: Mapping[str, Compiled], held: Set[Line]) -> str:
    """What a volume is told: its own places and what its notes reserve, and the places it asks for from others."""
    places: dict[str, Any] = {}
    firsts: dict[str, int] = {}
    feet: dict[str, float] = {}
    for other in works:
        if other.volume.name not in done:
            continue
        found = done[other.volume.name].found
        if other is work:
            places.update({name: work.place(name, at) for name, at in dict(found["places"]).items()})
            firsts.update(found["firsts"])
            feet = reserves(found["feet"], dict(found["places"]), held)
        elif work.abroad:
            label = {"volume": other.volume.label}
            places.update({name: label | work.place(name, at) for name, at in found["places"] if name in work.abroad})
    return json.dumps({"places": places, "firsts": firsts, "feet": feet}, ensure_ascii=False)
