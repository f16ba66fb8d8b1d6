"""Where the entries of an apparatus belong that does not stand in its lemmata (TEI P5, 13.2).

By *double end-points* an ``app`` names the elements between which its lemma is; by *location* it names a
block, of which its lemma repeats the words.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from sphinx_apparatus.cli.importing.xmlfile import name, xml_id

#: A place that is known when all is read, and the one behind it.
_Marked = tuple[list[int], int]


def is_located(document: Any) -> bool:
    """Whether the header says that entries name the place of their lemma, wherever they stand."""
    return any(one.get("method") == "location-referenced" for one in document.iter("{*}variantEncoding"))


class Places:
    """What has a name or a number and where it is, and the entries that wait for all to be read."""

    def __init__(self) -> None:
        self._named: dict[str, _Marked] = {}
        self._numbered: dict[str, list[tuple[Any, _Marked]]] = {}
        self._waiting: list[tuple[Any, int | None]] = []

    def keep(self, element: Any, mark: list[int], end: int) -> None:
        """Keep where an element begins, and where it ends."""
        if xml_id(element):
            self._named[xml_id(element)] = mark, end
        if element.get("n"):
            above = [one.get("n") for one in element.iterancestors() if one.get("n")]
            path = ".".join((*reversed(above), element.get("n")))
            for number in {element.get("n"), path}:
                self._numbered.setdefault(number, []).append((element, (mark, end)))

    def wait(self, app: Any, here: int | None = None) -> None:
        """Let an entry wait; ``here`` is where it stands, if that is within the words it speaks of."""
        self._waiting.append((app, here))

    def spans(self, string: str, words: Callable[[Any], str]) -> Iterator[tuple[Any, tuple[int, int] | str]]:
        """The entries, each with the span of its lemma or the reason why there is none."""
        for app, here in self._waiting:
            yield app, self._ends(app, string, here) if app.get("from") else self._within(app, string, words)

    def _ends(self, app: Any, string: str, here: int | None) -> tuple[int, int] | str:
        first = self._named.get(app.get("from", "").rpartition("#")[2])
        last = self._named.get(app.get("to", "").rpartition("#")[2])
        end = last[1] if last is not None else here
        start = first and (first[0][0] if first[0] else len(string))
        if start is None or end is None or start > end:
            return "app: its ends, from and to, are not in the text"
        return start, end

    def _by_number(self, number: str) -> list[_Marked]:
        """The elements of a number (``2``, or ``1.2`` with that of what holds it), what holds none other before all."""
        found = self._numbered.get(number, [])
        least = [one for one in found if not any(inner.get("n") for inner in one[0].iterdescendants("*"))]
        return [marked for _, marked in least or found]

    def _within(self, app: Any, string: str, words: Callable[[Any], str]) -> tuple[int, int] | str:
        """The one place of a block that has the words of the lemma."""
        place = app.get("loc", "").strip().rpartition("#")[2]
        blocks = [self._named[place]] if place in self._named else self._by_number(place)
        if not place:
            return "app: stands beside the text and names no place of it"
        if len(blocks) != 1:
            return f"app: its place, loc {place!r}, is that of {len(blocks)} elements of the text"
        lem = next((words(child).split() for child in app if name(child) == "lem"), [])
        mark, end = blocks[0]
        start = mark[0] if mark else end
        if not lem:
            return f"app: has no lemma that tells where in {place!r} it belongs"
        pattern = r"\s+".join(map(re.escape, lem))
        found = [one.span() for one in re.finditer(rf"(?<!\w){pattern}(?!\w)", string[start:end])]
        if len(found) != 1:
            return f"app: its lemma {' '.join(lem)!r} is {len(found)} times in {place!r}"
        return start + found[0][0], start + found[0][1]
