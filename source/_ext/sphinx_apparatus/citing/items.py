"""CSL items (CSL-JSON 1.0.2) of the edition and its parts.

A reading in a title must come out of any citation style as it went in.  It therefore
never stands at the end of a title, where styles set their full stop and move it
inside inverted commas, but before the place in brackets; and in the exported items it
is marked ``nocase``, so that no style changes its capitals.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sphinx_apparatus.annotations import Annotation, Layer, Passage
from sphinx_apparatus.entries import shorten
from sphinx_apparatus.places import Place

#: What CSL calls an item; see the schema ``csl-data.json``.
Item = dict[str, Any]

#: Words of a lemma or a reading in a title, at most.
TITLE_WORDS = 8


@dataclass(frozen=True, slots=True)
class Edition:
    """What every citation says of the edition.

    ``base_url`` is empty where no publisher set one: citations then do without an
    address.  ``released`` is the day of this version.
    """

    title: str
    editors: str
    version: str
    released: date
    short: str = ""
    base_url: str = ""
    language: str = "en"
    licence: str = ""

    def address(self, path: str) -> str:
        """The address of a page of the edition, or nothing."""
        return f"{self.base_url.rstrip('/')}/{path}" if self.base_url else ""


def edition_item(edition: Edition) -> Item:
    """The edition as a whole."""
    return {
        "id": edition.short or "edition",
        "type": "book",
        "title": edition.title,
        **_imprint(edition, "index.html"),
    }


def text_item(edition: Edition, siglum: str, title: str, path: str) -> Item:
    """A text as this edition gives it."""
    return _part(edition, f"{edition.short}-{siglum}".lstrip("-"), f"{siglum}: {title}", path)


def passage_item(edition: Edition, passage: Passage, title: str, path: str, place: Place | None) -> Item:
    """A paragraph of a text as this edition gives it."""
    where = f"{passage}{_in_print(place)}"
    return _part(edition, passage.anchor, f"{title} ({where})", path)


def annotation_item(edition: Edition, annotation: Annotation, paragraph: int, path: str, place: Place | None) -> Item:
    """A single annotation, its title protected by CSL's ``nocase``."""
    where = f"{Passage(annotation.siglum, paragraph)}{_in_print(place)}"
    title = f"{annotation.id}: {words(annotation)} ({where})"
    return _part(edition, annotation.id, f'<span class="nocase">{title}</span>', path)


def words(annotation: Annotation) -> str:
    """An annotation in a few words: ``Kim Jung Il] Kim Jong Il``."""
    lemma = annotation.short or shorten(annotation.lemma, TITLE_WORDS) or f"a place in {annotation.siglum}"
    if annotation.reading is None:
        return f"{annotation.kind} on {lemma}"
    sign = "] recte" if annotation.layer is Layer.CORRECTION else "]"
    return f"{lemma}{sign} {shorten(annotation.reading, TITLE_WORDS) or '(delete)'}"


def short_form(edition: Edition, target: str) -> str:
    """The short form of a citation: ``KR K25``, ``KR K ¶4``."""
    return f"{edition.short} {target}".strip()


def _part(edition: Edition, identifier: str, title: str, path: str) -> Item:
    return {
        "id": identifier,
        "type": "entry",
        "title": title,
        "container-title": edition.title,
        **_imprint(edition, path),
    }


def _imprint(edition: Edition, path: str) -> Item:
    day = edition.released
    found: Item = {
        "author": [{"literal": edition.editors}],
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "version": edition.version,
        "language": edition.language,
    }
    address = edition.address(path)
    if address:
        found["URL"] = address
    return found


def _in_print(place: Place | None) -> str:
    return f", {place}" if place else ""
