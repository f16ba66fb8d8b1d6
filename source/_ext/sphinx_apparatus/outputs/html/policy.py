"""The Content-Security-Policy of a page, as a ``meta`` element.

``default-src 'self'`` and the SHA-256 hashes of what the theme writes into the page
itself (CSP Level 3, section 2.3.1), computed from the very page, so that a change of
theme or option needs no change here.  What stands in the content of a page is no
theme's: of it nothing but the widths of table columns, which docutils writes, is allowed.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

from markupsafe import Markup

_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)

#: Types of ``script`` that are data and never run (HTML Standard, 4.12.1).
_DATA = frozenset({"application/ld+json", "application/json", "text/x-template"})


class _Inline(HTMLParser):
    """What a page has of scripts and styles within itself."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.scripts: dict[str, None] = {}
        self.styles: dict[str, None] = {}
        self.attributes: dict[str, None] = {}
        self.handlers: dict[str, None] = {}
        self._open = ""
        self._written: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a style attribute, handlers of events, and that a script or style begins."""
        found = dict(attrs)
        self.handlers.update(dict.fromkeys(value for name, value in attrs if name.startswith("on") and value))
        if found.get("style"):
            self.attributes[found["style"] or ""] = None
        if tag == "style" or (tag == "script" and "src" not in found and found.get("type") not in _DATA):
            self._open, self._written = tag, []

    def handle_endtag(self, tag: str) -> None:
        """Remember a script or style that ends."""
        if tag == self._open and self._written:
            (self.scripts if tag == "script" else self.styles)["".join(self._written)] = None
        self._open = ""

    def handle_data(self, data: str) -> None:
        """Keep what is within a script or style."""
        if self._open:
            self._written.append(data)


def _read(page: str) -> _Inline:
    found = _Inline()
    found.feed(page)
    found.close()
    return found


def policy(shell: str = "", content: str = "") -> str:
    """The policy of a page: it allows what stands in the theme's ``shell``, and nothing from elsewhere."""
    theme = _read(shell)
    scripts = dict.fromkeys(map(_hash, theme.scripts))
    if theme.handlers:
        scripts["'unsafe-hashes'"] = None
        scripts.update(dict.fromkeys(map(_hash, theme.handlers)))
    styles = dict.fromkeys(map(_hash, theme.styles))
    attributes = {**theme.attributes, **(_read(content).attributes if " style=" in content else {})}
    if attributes:
        styles["'unsafe-hashes'"] = None
        styles.update(dict.fromkeys(map(_hash, attributes)))
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *scripts)),
            " ".join(("style-src 'self'", *styles)),
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def forbidden(content: str) -> bool:
    """Whether the content of a page has a script within itself, which the policy does not allow."""
    return "<script" in content.lower() and bool(_read(content).scripts)


def _hash(body: str) -> str:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def protect(page: str, rule: str) -> str:
    """The page with its policy, first in the head but for the character encoding."""
    meta = Markup('<meta http-equiv="Content-Security-Policy" content="{}">').format(rule)
    head = _CHARSET.search(page) or _HEAD.search(page)
    if head is None:
        return page
    return f"{page[: head.end()]}{meta}{page[head.end() :]}"
