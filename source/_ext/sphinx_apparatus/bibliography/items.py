"""CSL items (CSL-JSON 1.0.2) of the edition and its parts.

A reading in a title must come out of any citation style as it went in.  It therefore
never stands at the end of a title, where styles set their full stop and move it
inside inverted commas, but before the place in brackets; and in the exported items it
is marked ``nocase``, so that no style changes its capitals.

The edition is a ``book`` with an ``edition`` and no ``version``: a book with a version is to
Zotero and citation-js a computer program.  What is a part of it is a ``chapter``, for the same
programs know no ``entry`` and would drop the book.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sphinx_apparatus.bibliography.persons import Name
from sphinx_apparatus.bibliography.words import plain
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import Passage, PrintReference
from sphinx_apparatus.model.state import State
from sphinx_apparatus.sphinx_ext.locale import _

#: What CSL calls an item; see the schema ``csl-data.json``.
Item = dict[str, Any]

#: Words of a lemma or a reading in a title, at most.
TITLE_WORDS = 8

#: Under these keys an item keeps what is not for CSL-JSON: words and persons as its .bib has them, and its title
#: without mark-up.
TEX = "_tex"
KEPT = "_kept"
PEOPLE = "_people"
TITLE = "_title"


def edition_item(edition: Imprint) -> Item:
    """The edition as a whole."""
    return {
        "id": edition.short or "edition",
        "type": "book",
        **_titled(edition.title),
        "author": edition.names,
        **_imprint(edition, edition.home, edition.doi),
    }


def text_item(
    edition: Imprint, siglum: str, title: str, path: str, authors: Sequence[Name] = (), language: str = ""
) -> Item:
    """A text as this edition gives it: its author's, edited by the editors."""
    return _part(edition, siglum, f"{siglum}: {title}", path, authors, language)


def passage_item(
    edition: Imprint,
    passage: Passage,
    title: str,
    path: str,
    place: PrintReference | None,
    authors: Sequence[Name] = (),
    language: str = "",
) -> Item:
    """A paragraph of a text as this edition gives it."""
    return _part(edition, passage.anchor, f"{title} ({passage.name})", path, authors, language, place)


def annotation_item(
    edition: Imprint,
    annotation: Annotation,
    passage: Passage,
    path: str,
    place: PrintReference | None,
    author: Name | None = None,
    *,
    released: bool = True,
) -> Item:
    """A single annotation: its writer's, or the editors', if it names none of them by himself.

    Where it is not ``released`` as it is, no version is named for what it says.
    """
    title = f"{annotation.id}: {words(annotation)} ({passage.name})"
    authors = [author] if author is not None and [author] != edition.names else []
    item = _part(edition, annotation.id, title, path, authors, edition.language, place)
    # The digest says which state was seen, whatever the edition says later.
    where = f"; {place}" if place else ""
    item["note"] = f"{stated_form(edition, annotation.id, released=released)}, {annotation.digest[:8]}{where}"
    return item


def state_item(edition: Imprint, state: State, title: str, path: str, author: Name | None = None) -> Item:
    """A released state of an annotation; ``edition`` is the imprint of its version."""
    authors = [author] if author is not None and [author] != edition.names else []
    item = _part(edition, f"{state.id}-{state.version}", title, path, authors, edition.language)
    item["note"] = f"{short_form(edition, state.id)} {state.version}, {state.digest[:8]}"
    return item


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


def stated_form(edition: Imprint, target: str, *, released: bool) -> str:
    """The short form with the version that said it: ``KR K25 1.1.0``; of what none has said, that it is so."""
    version = edition.version if released else f"({_('not released')})"
    return f"{short_form(edition, target)} {version}"


def title_of(item: Item) -> str:
    """The title of an item in plain words."""
    found: str = item.get(TITLE) or plain(item["title"])
    return found


def public(item: Item) -> Item:
    """An item as CSL-JSON has it; its names have no ORCID."""

    def bare(value: Any) -> Any:
        if isinstance(value, list):
            return [{k: v for k, v in one.items() if k != "ORCID"} if isinstance(one, dict) else one for one in value]
        return value

    return {key: bare(value) for key, value in item.items() if not key.startswith("_")}


def date_of(item: Item) -> list[int]:
    """Year, month and day on which an item appeared, or began to, as far as they are known."""
    parts: list[list[int]] = item.get("issued", {}).get("date-parts", [])
    return parts[0] if parts else []


def _titled(title: str) -> Item:
    return {"title": f'<span class="nocase">{title}</span>', TITLE: title}


def _part(
    edition: Imprint,
    identifier: str,
    title: str,
    path: str,
    authors: Sequence[Name],
    language: str,
    place: PrintReference | None = None,
) -> Item:
    item: Item = {
        "id": f"{edition.short}-{identifier}".lstrip("-"),
        "type": "chapter",
        **_titled(title),
        "container-title": edition.title,
        "author": list(authors) or edition.names,
        **({"editor": edition.names} if authors and edition.names else {}),
        **_imprint(edition, path),
    }
    if language:
        item["language"] = language
    if place:
        item["page"] = f"{place.page}-{place.until}" if place.until not in ("", place.page) else place.page
        if place.volume:
            item["volume"] = place.volume
    return item


def _imprint(edition: Imprint, path: str, doi: str = "") -> Item:
    day = edition.released
    found: Item = {
        "issued": {"date-parts": [[day.year, day.month, day.day]]},
        "edition": f"Version {edition.version}",
        "language": edition.language,
    }
    address = edition.address(path)
    if address:
        found["URL"] = address
    if doi:
        found["DOI"] = doi
    return found
