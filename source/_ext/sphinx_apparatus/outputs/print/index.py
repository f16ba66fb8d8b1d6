"""The index of the book, from the entries that Sphinx collects."""

from __future__ import annotations

from collections.abc import Iterable, Set
from typing import Any, NamedTuple

from sphinx_apparatus.outputs.print.literal import array, fixed, literal
from sphinx_apparatus.sphinx_ext.locale import _


class Index(NamedTuple):
    """The source of the index, empty where nothing is in it."""

    source: str
    #: the targets it leads to
    keys: set[str]
    #: what it prints, for the question which characters the fonts have
    strings: set[str]


def set_index(entries: Iterable[Any], written: Set[str]) -> Index:
    """Set the ``entries`` of `IndexEntries.create_index` that lead to what is ``written`` in the volume."""
    groups = []
    keys: set[str] = set()
    strings: set[str] = set()

    def row(name: str, links: Iterable[tuple[Any, Any]], level: int) -> str:
        uris = [uri for _main, uri in links if uri]
        found = [uri[1:] for uri in uris if uri.startswith("%") and uri[1:] in written]
        keys.update(found)
        strings.add(name)
        return f"({literal(name)}, {level}, {array(map(fixed, found))})" if found or not uris else ""

    for letter, names in entries:
        rows = []
        for name, (links, subentries, _key) in names:
            below = [told for sub, sublinks in subentries if (told := row(sub, sublinks, 1))]
            above = row(name, links, 0)
            if above or below:
                rows += [above or row(name, (), 0), *below]
        if rows:
            strings.add(letter)
            groups.append(f"(letter: {literal(letter)}, rows: {array(rows)})")
    source = f"\n#index-page({literal(_('Index'))}, {array(groups)})\n" if groups else ""
    return Index(source, keys, strings)
