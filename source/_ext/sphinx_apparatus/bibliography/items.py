"""CSL items (CSL-JSON 1.0.2) of the edition and its parts.

A reading in a title must come out of any citation style as it went in.  It therefore
never stands at the end of a title, where styles set their full stop and move it
inside inverted commas, but before the place in brackets; and in the exported items it
is marked ``nocase``, so that no style changes its capitals.
"""

from __future__ import annotations

import re
from typing import Any

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import Passage, PrintReference
from sphinx_apparatus.sphinx_ext.locale import _, in_print

#: What CSL calls an item; see the schema ``csl-data.json``.
Item = dict[str, Any]

#: Words of a lemma or a reading in a title, at most.
TITLE_WORDS = 8

NOCASE = re.compile(r'<span class="nocase">(.*?)</span>', re.DOTALL)


def edition_item(edition: Imprint) -> Item:
    """The edition as a whole."""
    return {
        "id": edition.short or "edition",
        "type": "book",
        "title": edition.title,
        **_imprint(edition, "index.html"),
    }


def text_item(edition: Imprint, siglum: str, title: str, path: str) -> Item:
    """A text as this edition gives it."""
    return _part(edition, f"{edition.short}-{siglum}".lstrip("-"), f"{siglum}: {title}", path)


def passage_item(edition: Imprint, passage: Passage, title: str, path: str, place: PrintReference | None) -> Item:
    """A paragraph of a text as this edition gives it."""
    where = f"{passage}{_in_print(place)}"
    return _part(edition, passage.anchor, f"{title} ({where})", path)


def annotation_item(
    edition: Imprint, annotation: Annotation, passage: Passage, path: str, place: PrintReference | None
) -> Item:
    """A single annotation, its title protected by CSL's ``nocase``."""
    where = f"{passage}{_in_print(place)}"
    title = f"{annotation.id}: {words(annotation)} ({where})"
    return _part(edition, annotation.id, f'<span class="nocase">{title}</span>', path)


def words(annotation: Annotation) -> str:
    """An annotation in a few words: ``Kim Jung Il] Kim Jong Il``."""
    lemma = (
        annotation.short
        or shorten(annotation.lemma, TITLE_WORDS)
        or _("a place in {siglum}").format(siglum=annotation.siglum)
    )
    if annotation.reading is None:
        return _("{kind} on {lemma}").format(kind=_(annotation.kind), lemma=lemma)
    sign = f"] {_('recte')}" if annotation.layer.corrects else annotation.layer.sign
    deleted = f"({_('delete')})"
    return f"{lemma}{sign} {shorten(annotation.reading, TITLE_WORDS) or deleted}"


def short_form(edition: Imprint, target: str) -> str:
    """The short form of a citation: ``KR K25``, ``KR K ¶4``."""
    return f"{edition.short} {target}".strip()


def plain(title: str) -> str:
    """A title without CSL's mark-up."""
    return NOCASE.sub(r"\1", title)


def date_of(item: Item) -> list[int]:
    """Year, month and day of an item, as far as they are known."""
    parts: list[list[int]] = item.get("issued", {}).get("date-parts", [])
    return parts[0] if parts else []


def inverted(name: dict[str, str]) -> str:
    """A name, family first; that of a body as it is."""
    if "literal" in name:
        return name["literal"]
    return ", ".join(filter(None, (name["family"], name.get("given", ""))))


def _part(edition: Imprint, identifier: str, title: str, path: str) -> Item:
    return {
        "id": identifier,
        "type": "entry",
        "title": title,
        "container-title": edition.title,
        **_imprint(edition, path),
    }


def _imprint(edition: Imprint, path: str) -> Item:
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


def _in_print(place: PrintReference | None) -> str:
    return f", {in_print(place)}" if place else ""
