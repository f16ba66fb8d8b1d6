"""The nodes of an e-book's text: elements of XHTML, and characters of a text.

XML has no way to write U+0000 and most control characters (XML 1.0, 2.2); each becomes an
element that names its code point, with the character's picture (Unicode, Control Pictures).
"""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from docutils.nodes import Element

from sphinx_apparatus.outputs.epub.raw import visit_raw
from sphinx_apparatus.outputs.tei.xml import NOT_XML


class xhtml(nodes.General, nodes.TextElement):
    """An element: its name ``tag``, and ``attributes_of`` it, pairs of name and value."""


class characters(nodes.Inline, nodes.Element):
    """Characters of a text, verbatim, in ``string``."""


def element(tag: str, *children: nodes.Node, **attributes: str) -> xhtml:
    """An element; an attribute's name is written with ``_`` for a hyphen, and ``__`` for a colon."""
    pairs = [(name.rstrip("_").replace("__", ":").replace("_", "-"), value) for name, value in attributes.items()]
    return xhtml("", "", *children, tag=tag, pairs=pairs)


def written(string: str) -> str:
    """Characters as XHTML that a parser reads back as the same characters, as far as XML can hold them."""
    safe = escape(string, quote=False).replace("\r", "&#13;")
    return NOT_XML.sub(_named, safe)


def _named(match: re.Match[str]) -> str:
    code = ord(match[0])
    picture = chr(0x2400 + code) if code < 0x20 else "\ufffd"
    return f'<span class="ed-control" title="U+{code:04X}">{picture}</span>'


def visit_xhtml(self: Any, node: Element) -> None:
    """Open an element."""
    pairs = "".join(f' {name}="{escape(value)}"' for name, value in node["pairs"])
    self.body.append(f"<{node['tag']}{pairs}>")


def depart_xhtml(self: Any, node: Element) -> None:
    """Close it."""
    self.body.append(f"</{node['tag']}>")


def visit_characters(self: Any, node: Element) -> None:
    """Write characters of a text."""
    self.body.append(written(node["string"]))
    raise nodes.SkipNode


VISITORS: dict[type[Element], tuple[Any, Any]] = {
    xhtml: (visit_xhtml, depart_xhtml),
    characters: (visit_characters, None),
    nodes.raw: (visit_raw, None),
}
