"""The formats in which a citation is offered as a file, by the endings of their files."""

from __future__ import annotations

import json
from collections.abc import Callable

from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.items import Item, public
from sphinx_apparatus.bibliography.ris import to_ris

#: File endings and MIME types of the exports.
TYPES = {
    "bib": "application/x-bibtex",
    "ris": "application/x-research-info-systems",
    "json": "application/vnd.citationstyles.csl+json",
}


def to_json(item: Item) -> str:
    """CSL-JSON: a list of one item.

    Zotero takes no file in which something is of the type ``software`` (August 2026), and a book with a version
    for a program, as CSL 1.0.1 had it.
    """
    said = public(item)
    if said["type"] == "software":
        said["type"] = "book"
    return json.dumps([said], ensure_ascii=False, indent=2) + "\n"


#: How each is written.
WRITERS: dict[str, Callable[[Item], str]] = {"bib": to_bibtex, "ris": to_ris, "json": to_json}

#: What readers call it.
NAMES = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}
