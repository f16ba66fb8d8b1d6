"""Mark-up that a page has of its own: a browser forgives what XML does not, and an e-book is XML.

Of HTML in Markdown a tag within a line is a node by itself, and a block is one as a whole.
"""

from __future__ import annotations

import re
from html import escape
from html.parser import HTMLParser
from typing import Any

import lxml.html
from docutils import nodes
from lxml import etree
from sphinx.writers.html5 import HTML5Translator

#: Elements without an end (HTML Standard, 13.1.2).
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_TAG = re.compile(r"\s*<(/?)([A-Za-z][\w:-]*)[^<>]*>\s*")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def visit_raw(self: Any, node: nodes.raw) -> None:
    """Write the HTML of a page as XHTML; of a project without texts, as Sphinx does."""
    if not getattr(self.builder, "is_edition", False):
        HTML5Translator.visit_raw(self, node)
    source = node.astext()
    tag = _TAG.fullmatch(source)
    if "html" in node["format"].split() and (tag is None or tag[2].lower() in _VOID or _is_matched(node)):
        self.body.append(as_xhtml(source))
    raise nodes.SkipNode


def _is_matched(node: nodes.Element) -> bool:
    """Whether the tag that a node is has its other half beside it."""
    open_: list[tuple[str, nodes.Node]] = []
    for one in node.parent.children if node.parent is not None else ():
        tag = _TAG.fullmatch(one.astext()) if isinstance(one, nodes.raw) else None
        if tag is None or tag[2].lower() in _VOID:
            continue
        name = tag[2].lower()
        if not tag[1]:
            open_.append((name, one))
        elif any(name == other for other, _ in open_):
            while open_[-1][0] != name:
                open_.pop()
            if node in (open_.pop()[1], one):
                return True
    return False


def as_xhtml(source: str) -> str:
    """HTML as XHTML: elements closed, attributes with values in inverted commas, characters for names of such.

    Comments are left out: they are nothing that is read.
    """
    source = _COMMENT.sub("", source)
    tag = _TAG.fullmatch(source)
    if tag is not None and tag[2].lower() in _VOID:
        return "" if tag[1] else _opened(source, "/>")
    if tag is not None:
        return f"</{tag[2].lower()}>" if tag[1] else _opened(source, ">")
    if not source.strip():
        return source
    return "".join(
        escape(piece, quote=False) if isinstance(piece, str) else etree.tostring(piece, encoding="unicode")
        for piece in lxml.html.fragments_fromstring(source)
    )


def _opened(source: str, end: str) -> str:
    """The tag that opens an element."""
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            said_of = dict(attrs)
            if tag == "input" and said_of.get("type") == "checkbox" and "disabled" in said_of:
                found.append("☑ " if "checked" in said_of else "☐ ")  # nothing to fill in, and without a label
                return
            pairs = ((name, name if value is None else value) for name, value in said_of.items())
            said = "".join(f' {name}="{escape(value)}"' for name, value in pairs)
            found.append(f"<{tag}{said}{end}")

    Tags().feed(source)
    return "".join(found)
