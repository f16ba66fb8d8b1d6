"""Places in print: on which page and lines of the PDF a passage or a lemma stands.

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
import posixpath
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sphinx_apparatus.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Place:
    """A page, or the first and last one, as printed; and the first and last line, counted from 1 in each text."""

    page: str
    first: int = 0
    last: int = 0
    #: the PDF's page, counted from 1
    sheet: int = 0
    #: the PDF's name
    file: str = ""
    volume: str = ""
    #: the last page, where there are several
    until: str = ""

    def __str__(self) -> str:
        page = f"pp. {self.page}–{self.until}" if self.until not in ("", self.page) else f"p. {self.page}"
        page = f"vol. {self.volume}, {page}" if self.volume else page
        if not self.first:
            return page
        if self.last > self.first:
            return f"{page}, ll. {self.first}–{self.last}"
        return f"{page}, l. {self.first}"

    def address(self, pdf: str) -> str:
        """The address of the page in the PDF (RFC 8118, 3), or in the volume beside the one given."""
        return f"{posixpath.join(posixpath.dirname(pdf), self.file) if self.volume else pdf}#page={self.sheet}"


def write_places(places: Mapping[str, Place], lines: Mapping[str, Sequence[int]]) -> str:
    """The content of ``places.json``."""
    table = {name: asdict(place) for name, place in sorted(places.items())}
    return json.dumps({"places": table, "lines": lines}, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def read_places(path: Path | None) -> dict[str, Place]:
    """The places of a file; none where there is no PDF beside the HTML."""
    found = _read(path).get("places", {})
    return {name: Place(**place) for name, place in found.items()}


def read_lines(path: Path | None) -> dict[str, list[int]]:
    """The lines of each text; none where there is no PDF."""
    found: dict[str, list[int]] = _read(path).get("lines", {})
    return found


def _read(path: Path | None) -> dict[str, dict[str, Any]]:
    if path is None or not path.exists():
        return {}
    try:
        table: dict[str, dict[str, Any]] = json.loads(path.read_text("utf-8"))
    except ValueError as error:
        Diagnostic.CONFIG.warn(f"{path} is not a file of places ({error}); build the PDF again")
        return {}
    return table
