"""The notes of the page that is being written, as HTML, kept for their own pages.

A note is rendered once, with the page of its text; its links are then made right for
where else it is shown.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape, unescape
from typing import Any

from sphinx.util.osutil import relative_uri

#: A link or an image in what docutils has written; words are escaped there, so none looks like one.
_ADDRESS = re.compile(r"""(?<=[ \n])(href|src)=(?:"([^"]*)"|'([^']*)')""")

#: The scripts with what a note shows within itself: the works cited.
WORKS = "_static/ed-works.js"

_ABSOLUTE = re.compile(r"[a-z][a-z0-9+.-]*:|//|/", re.IGNORECASE)


def notes_of(siglum: str) -> str:
    """The script with the notes of a text."""
    return f"_static/ed-notes-{siglum}.js"


def keep(builder: Any, identifier: str, html: str) -> None:
    """Keep a note until the page of its text has been written."""
    builder.__dict__.setdefault("apparatus_notes", {})[identifier] = html


def take(builder: Any) -> dict[str, str]:
    """The notes kept, by id; they are kept no longer."""
    found: dict[str, str] = builder.__dict__.pop("apparatus_notes", {})
    return found


#: What docutils and Sphinx write and a note within its card needs not: what a link leads to is shown in the card.
_NEEDLESS = (
    (re.compile(r'(<a\b[^>]*?) title="[^"]*"'), r"\1"),
    (re.compile(r'<a class="reference internal" '), "<a "),
    (re.compile(r'<span class="xref ed ed-ref">([^<]*)</span>'), r"\1"),
    (re.compile(r'<span class="bibtex-citation" id="[^"]*">((?:(?!</?span\b).)*)</span>', re.DOTALL), r"\1"),
)


def slim(html: str) -> str:
    """A note without the mark-up that only its own page needs: a text has a hundred of them."""
    for found, kept in _NEEDLESS:
        html = found.sub(kept, html)
    return html


def moved(html: str, origin: str, target: str, own: Callable[[str, str], str | None]) -> str:
    """A note written for the page at the address ``origin``, its links right for the page at ``target``.

    Both addresses are relative to the root of the site.  ``own`` says for the address of a page
    and a fragment which other page shows that, if one does.
    """

    def rewritten(match: re.Match[str]) -> str:
        address = unescape(match[2] if match[2] is not None else match[3])
        if _ABSOLUTE.match(address):
            return match[0]
        path, hash_, fragment = address.partition("#")
        path = _joined(origin, path) if path else origin
        other = own(path, fragment)
        if other is not None:
            path, hash_, fragment = other, "", ""
        return f'{match[1]}="{escape(relative_uri(target, path) or path.rpartition("/")[2])}{hash_}{escape(fragment)}"'

    return _ADDRESS.sub(rewritten, html)


def _joined(origin: str, path: str) -> str:
    """A relative address seen from the root of the site (RFC 3986, 5.2.4)."""
    parts = origin.split("/")[:-1]
    for step in path.split("/"):
        if step == "..":
            parts = parts[:-1]
        elif step != ".":
            parts.append(step)
    return "/".join(parts)
