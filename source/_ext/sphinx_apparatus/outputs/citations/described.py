"""What a page of a single annotation, of a text or of a paragraph says, apart from the frame that all share."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sphinx.application import Sphinx

from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.persons import Name
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.outputs.citations.metadata import Head
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.upkeep import fingerprint


@dataclass(frozen=True)
class Described:
    """What a page says, apart from the frame that all pages share."""

    template: str
    #: the name of the page, without ending
    path: str
    item: Item | None
    title: str
    description: str
    siglum: str
    #: what is cited: an id, or a passage
    target: str
    head: Head = field(default_factory=Head)
    previous: tuple[str, str] | None = None
    following: tuple[str, str] | None = None
    place: PrintReference | None = None
    printed: dict[str, Item] = field(default_factory=dict)
    report: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    #: what schema.org calls the thing, and whether the words are the editors'
    kind: str = ""
    ours: bool = False
    #: whether its item is offered as files
    exported: bool = True
    short: str = ""


def imprint_of(app: Sphinx) -> Imprint:
    """The imprint, its first page as the builder names it."""
    home = app.builder.get_target_uri(app.config.root_doc)
    return replace(edition_of(app.env).imprint, home=home)


def authors_of(printed: Sequence[Item]) -> list[Name]:
    """The authors of a text as printed: of the whole, or of its parts, each once."""
    found: list[Name] = []
    for item in printed:
        found += [name for name in item.get("author", ()) if name not in found]
    return found


def file_name(key: str) -> str:
    """The name of a work's files beside the page of its text: its key, where that is a name for a file.

    A key may hold any sign, be the siglum of a text, as long as one likes, the name of a device, or differ from
    another by its capitals only.
    """
    if re.fullmatch(r"(?!(?:con|nul|aux|prn|com\d|lpt\d)(?:\.|$))[a-z0-9][a-z0-9_.-]{0,79}", key) and key[-1] != ".":
        return key
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", key)[:80].strip("-") or "work"
    return f"{safe}-{fingerprint(key)[:6]}"
