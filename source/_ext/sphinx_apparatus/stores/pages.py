"""Print references on disk: on which page and lines of the PDF a passage or a lemma stands.

The PDF's builder writes them to ``places.json``; a citation in HTML reads them there::

    {"places": {"K25": {"page": "18", "sheet": 22, "first": 7, "last": 7,
                        "file": "book.pdf", "volume": ""},
                "K-p4": {...}, "K": {...}},
     "lines": {"K": [0, 52, 104]}}

``page`` is the page's label as it is printed, ``sheet`` its number in the file, from 1;
``first`` and ``last`` are lines, from 1 in each text; ``volume`` is the number of one of
several.  ``lines`` has, for each text, the
code point of the first word of each line, so that any passage can be given its lines.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.stores.objects import parse


class PagesError(Exception):
    """The file is not one of print references; the message names file, fault and remedy."""


@dataclass(frozen=True, slots=True)
class Pages:
    """What a file says: print references by id and anchor, and the lines of each text."""

    places: Mapping[str, PrintReference] = field(default_factory=dict)
    lines: Mapping[str, Sequence[int]] = field(default_factory=dict)


def write_places(places: Mapping[str, PrintReference], lines: Mapping[str, Sequence[int]]) -> str:
    """The content of ``places.json``."""
    table = {name: asdict(place) for name, place in sorted(places.items())}
    return json.dumps({"places": table, "lines": lines}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_places(path: Path) -> Pages:
    """The print references of a file; none where there is no PDF beside the HTML.  Raises `PagesError`."""
    try:
        table = parse(path.read_text("utf-8"))
        places = {name: _reference(name, place) for name, place in table.get("places", {}).items()}
        lines = table.get("lines", {})
        if not isinstance(lines, dict) or not all(_are_numbers(starts) for starts in lines.values()):
            raise ValueError("the lines of a text are a list of numbers")
        return Pages(places, lines)
    except FileNotFoundError:
        return Pages()
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise PagesError(f"{path} is not a file of places ({error}); build the PDF again") from error


def _reference(name: str, place: Mapping[str, str | int]) -> PrintReference:
    reference = PrintReference(**place)  # type: ignore[arg-type]  # looked at below
    for key, value in asdict(reference).items():
        if type(value) is not (int if key in ("first", "last", "sheet") else str):
            raise ValueError(f"{name}: {key} is {value!r}")
    return reference


def _are_numbers(starts: object) -> bool:
    return isinstance(starts, list) and all(type(start) is int for start in starts)
