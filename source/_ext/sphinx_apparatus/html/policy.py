"""The Content-Security-Policy of a page, as a ``meta`` element.

``default-src 'self'`` and the SHA-256 hashes of what the theme writes into the page
itself (CSP Level 3, section 2.3.1), computed from the very page, so that a change of
theme or option needs no change here.
"""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from typing import Any

from sphinx.jinja2glue import BuiltinTemplateLoader

from sphinx_apparatus.html.theme import mend

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_STYLE_ATTRIBUTE = re.compile(r"<[^>]*\sstyle=(\"|')(.*?)\1", re.DOTALL | re.IGNORECASE)
_HEAD = re.compile(r"<head\b[^>]*>", re.IGNORECASE)
_CHARSET = re.compile(r"<meta charset=[^>]*>", re.IGNORECASE)


def policy(page: str) -> str:
    """The policy that allows a page what stands in it, and nothing from elsewhere."""
    hashes: dict[str, dict[str, None]] = {"script": {}, "style": {}}
    for tag, attributes, body in _INLINE.findall(page):
        tag = tag.lower()
        if "src=" in attributes or not body or "application/ld+json" in attributes:
            continue
        hashes[tag][_hash(body)] = None
    attributes_found = [unescape(value) for _, value in _STYLE_ATTRIBUTE.findall(page)]
    if attributes_found:
        hashes["style"]["'unsafe-hashes'"] = None
        hashes["style"].update(dict.fromkeys(map(_hash, attributes_found)))
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *hashes["script"])),
            " ".join(("style-src 'self'", *hashes["style"])),
            "img-src 'self' data:",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def _hash(body: str) -> str:
    digest = base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()
    return f"'sha256-{digest}'"


def protect(page: str) -> str:
    """The page with its policy, first in the head but for the character encoding."""
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy(page)}">'
    charset = _CHARSET.search(page)
    head = charset or _HEAD.search(page)
    if head is None:
        return page
    return f"{page[: head.end()]}{meta}{page[head.end() :]}"


class PolicyTemplates(BuiltinTemplateLoader):
    """Sphinx's template bridge, giving each page its policy."""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Render a template; what is no HTML page passes unchanged."""
        return protect(mend(super().render(template, context)))
