"""The general index of the book: one alphabet of names, subjects, and what pages enter with ``index``.

A heading with more than a few pages has them under the parts of the book; where one is found
elsewhere a reference stands in the same alphabet.  Which pages these are is known when the book
is set: `told` says it of each pass.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from typing import Any, NamedTuple

from sphinx_apparatus.concordances.names import Name, cross_references, sorting
from sphinx_apparatus.outputs.print.literal import array, literal, printed
from sphinx_apparatus.outputs.print.mentions import Locator
from sphinx_apparatus.outputs.print.pages import Layout, Target
from sphinx_apparatus.sphinx_ext.locale import _

#: More pages than these stand under subentries.
MANY = 6

#: How many characters a word may have in one of two columns.
COLUMN = 24

#: The list's name among those in two columns.
COLUMNS = "index"


class Entry(NamedTuple):
    """A heading: what it is sorted by, its places, its subentries, the headings it refers to."""

    name: str
    order: str
    places: tuple[Locator, ...] = ()
    below: tuple[tuple[str, tuple[Locator, ...]], ...] = ()
    see: tuple[str, ...] = ()


class Index(NamedTuple):
    """The index: its entries in order, and the strings it prints, to whose numbers `told` refers."""

    entries: tuple[Entry, ...] = ()
    strings: tuple[str, ...] = ()

    def source(self) -> str:
        """The source of the index; nothing where it is empty."""
        if not self.entries:
            return ""
        above = _("Pages of the texts are in bold type; n marks pages of notes.")
        strings = array(printed(string, COLUMN) for string in self.strings)
        return f"\n#index-page({literal(_('Index'))}, {literal(above)}, {strings})\n"

    def anchors(self) -> set[str]:
        """What it may lead to."""
        places = (own for entry in self.entries for own in (entry.places, *(below for _name, below in entry.below)))
        return {place.anchor for own in places for place in own}


def named(names: Sequence[Name], places: dict[int, list[Locator]]) -> list[Entry]:
    """The entries of names that are mentioned, and the references to them."""
    found = [Entry(name.heading, name.order, tuple(places[n])) for n, name in enumerate(names) if places.get(n)]
    there = {entry.name for entry in found}
    for see in cross_references(names):
        headings = tuple(heading for heading in see.headings if heading in there)
        if headings and see.spelling not in there:
            found.append(Entry(see.spelling, sorting(see.spelling), see=headings))
    return found


def collected(entries: Iterable[Any], written: Set[str]) -> list[Entry]:
    """The ``entries`` of Sphinx's `IndexEntries.create_index` that lead to what is ``written`` in the volume."""
    found = []
    for _letter, names in entries:
        for name, (links, subentries, _key) in names:
            below = tuple(
                (sub, places)
                for sub, sublinks in subentries
                if (places := _places(sublinks, written)) or not any(uri for _main, uri in sublinks)
            )
            places = _places(links, written)
            if places or below:
                found.append(Entry(name, sorting(name), places, below))
    return found


def _places(links: Iterable[tuple[Any, Any]], written: Set[str]) -> tuple[Locator, ...]:
    return tuple(Locator("", "prose", uri[1:]) for _main, uri in links if uri.startswith("%") and uri[1:] in written)


def composed(entries: Iterable[Entry]) -> Index:
    """One alphabet; a reference that would stand beside what it refers to is left out."""
    merged: dict[str, Entry] = {}
    for entry in entries:
        known = merged.get(entry.name)
        merged[entry.name] = (
            entry
            if known is None
            else known._replace(
                places=known.places + entry.places,
                below=known.below + entry.below,
                see=tuple(dict.fromkeys(known.see + entry.see)),
            )
        )
    ordered = sorted(merged.values(), key=lambda entry: (entry.order, entry.name))
    kept: list[Entry] = []
    for number, entry in enumerate(ordered):
        beside = {each.name for each in ordered[max(0, number - 1) : number + 2]}
        if not entry.see or entry.places or not set(entry.see) <= beside:
            kept.append(entry)
    strings = dict.fromkeys(
        string
        for entry in kept
        for string in (
            entry.name,
            *entry.see,
            *(name for name, _places in entry.below),
            *(place.part for place in entry.places),
        )
    )
    return Index(tuple(kept), tuple(strings))


def told(index: Index, layout: Layout) -> list[dict[str, Any]]:
    """The rows of the index with their pages.

    Each has the number of its name, its level, whether it begins a letter, whether it may end a
    column (``keep``: it may not), its pages as what is printed, the kind, the target; and the
    numbers of the names it refers to.
    """
    numbers = {string: number for number, string in enumerate(index.strings)}
    rows: list[dict[str, Any]] = []
    letter = ""
    for entry in index.entries:
        pages = _pages(entry.places, layout)
        order = sorted(entry.places, key=lambda place: _sheet(place, layout))
        below = [(name, _pages(places, layout)) for name, places in entry.below]
        if len(pages) > MANY:
            parts = dict.fromkeys(place.part for place in order)
            if len(parts) > 1:
                below = [(part, _pages([p for p in entry.places if p.part == part], layout)) for part in parts] + below
                pages = []
        if not (pages or below or entry.see):
            continue
        begins, letter = entry.order[:1] != letter, entry.order[:1]
        see = [numbers[name] for name in entry.see]
        rows.append(
            {
                "name": numbers[entry.name],
                "level": 0,
                "gap": begins and bool(rows),
                "keep": bool(below),
                "pages": pages,
                "see": see,
            }
        )
        for name, own in below:
            row = {"name": numbers[name], "level": 1, "gap": False, "keep": False, "pages": own, "see": []}
            rows.append(row)
    return rows


def leading_to(index: Index, layout: Layout) -> dict[str, Target]:
    """The targets of the index that are no others'."""
    keys = (key for row in told(index, layout) for _pages, _kind, key in row["pages"])
    return {key: layout.targets[key] for key in keys if key in layout.targets}


def _sheet(place: Locator, layout: Layout) -> int:
    """The sheet of a place; 0 where it is not printed."""
    if place.line is not None:
        return layout.lines[place.line][0]
    return layout.targets[place.anchor].page if place.anchor in layout.targets else 0


def _pages(places: Iterable[Locator], layout: Layout) -> list[tuple[str, str, str]]:
    """Pages in order, those that follow each other as one; each with its kind, and its first target."""
    found: dict[tuple[int, str], str] = {}
    for place in places:
        if sheet := _sheet(place, layout):
            begins = layout.targets.get(place.note)
            near = place.note if begins is not None and begins.page == sheet else place.anchor
            target = f"{place.line.text}-l{place.line.number}" if place.line else near
            found.setdefault((sheet, place.kind), target)
    # What is on a page in prose as well needs it no second time.
    found = {
        at: key
        for at, key in found.items()
        if at[1] != "prose" or not {(at[0], "text"), (at[0], "note")} & found.keys()
    }
    runs: list[tuple[int, int, str, str]] = []
    last: dict[str, int] = {}
    for (sheet, kind), target in sorted(found.items()):
        at = last.get(kind)
        if at is not None and runs[at][1] == sheet - 1:
            runs[at] = (runs[at][0], sheet, kind, runs[at][3])
        else:
            last[kind] = len(runs)
            runs.append((sheet, sheet, kind, target))
    return [
        (layout.folio(first) if first == until else f"{layout.folio(first)}–{layout.folio(until)}", kind, target)
        for first, until, kind, target in runs
    ]
