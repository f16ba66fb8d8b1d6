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

from sphinx_apparatus.outputs.tei.xml import NOT_XML

#: Elements without an end (HTML Standard, 13.1.2).
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_TAG = re.compile(r"\s*<(/?)([A-Za-z][\w:-]*)[^<>]*>\s*")
#: Names of attributes that a page of an e-book can have: those of XML, without a prefix that nothing declares.
_ATTRIBUTE = re.compile(r"(?:(?:xml|epub):)?[A-Za-z_][A-Za-z0-9_.-]*")
#: Where what is no HTML begins, and its vocabulary is not named, as HTML need not.
_VOCABULARIES = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_DRAWN = re.compile(r"<(svg|math)\b")
_UNNAMED = re.compile(r"<(svg|math)\b(?![^>]*\sxmlns=)")


def visit_raw(self: Any, node: nodes.raw) -> None:
    """Write the HTML of a page as XHTML; of a project without texts, as Sphinx does."""
    if not getattr(self.builder, "is_edition", False):
        HTML5Translator.visit_raw(self, node)
    source = node.astext()
    tag = _TAG.fullmatch(source)
    if "html" in node["format"].split() and (tag is None or _is_alone(tag) or _is_matched(node)):
        self.body.append(as_xhtml(source))
    raise nodes.SkipNode


def _is_alone(tag: re.Match[str]) -> bool:
    """Whether a tag has no other half."""
    return tag[2].lower() in _VOID or tag[0].rstrip().endswith("/>")


def _is_matched(node: nodes.Element) -> bool:
    """Whether the tag that a node is has its other half beside it."""
    open_: list[tuple[str, nodes.Node]] = []
    for one in node.parent.children if node.parent is not None else ():
        tag = _TAG.fullmatch(one.astext()) if isinstance(one, nodes.raw) else None
        if tag is None or _is_alone(tag):
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

    A drawing, or a formula, that is XML already stays: the case of its names counts.  Left out are comments and what
    XML has no name for.
    """
    safe = NOT_XML.sub("\ufffd", source)
    source = _UNNAMED.sub(lambda match: f'{match[0]} xmlns="{_VOCABULARIES[match[1]]}"', safe)
    tag = _TAG.fullmatch(source)
    if tag is not None:
        return _tag(source, tag)
    if not source.strip() or (_DRAWN.search(source) and _is_xml(source)):
        return source
    try:
        pieces = lxml.html.fragments_fromstring(source)
    except etree.ParserError:  # there is nothing in it, as in a type of document
        return ""
    return "".join(escape(piece, quote=False) if isinstance(piece, str) else _element(piece) for piece in pieces)


def _is_xml(source: str) -> bool:
    """Whether mark-up is XML as it is, and no HTML in capitals."""
    try:
        etree.fromstring(f'<div xmlns:epub="http://www.idpf.org/2007/ops">{source}</div>')
    except etree.XMLSyntaxError:
        return False
    return not re.search(r"</?[A-Z]", source)


def _element(element: Any) -> str:
    """An element of HTML, and the words behind it."""
    root = lxml.html.Element("div")
    root.append(element)
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    for one in list(root.iterdescendants()):
        if not _ATTRIBUTE.fullmatch(one.tag):
            one.drop_tag()
        for name, value in one.attrib.items():
            if not _is_kept(name, value):
                del one.attrib[name]
    said: str = etree.tostring(root, encoding="unicode")
    return said.partition(">")[2].removesuffix("</div>")


def _is_kept(name: str, value: str | None) -> bool:
    """Whether an attribute of HTML is one of XML, or names a vocabulary that there is."""
    return bool(_ATTRIBUTE.fullmatch(name)) and (name != "xmlns" or value in _VOCABULARIES.values())


def _tag(source: str, tag: re.Match[str]) -> str:
    """A tag by itself."""
    name = tag[2].lower()
    if not _ATTRIBUTE.fullmatch(name) or (tag[1] and name in _VOID):
        return ""
    if tag[1]:
        return f"</{name}>"
    opened = source if source.rstrip().endswith("/>") else f"{source}</{name}>"
    if name not in _VOID and _is_xml(opened):
        return source
    return _opened(source, name, "/>" if _is_alone(tag) else ">")


def _opened(source: str, name: str, end: str) -> str:
    """The tag that opens an element of a name."""
    found: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, _tag: str, attrs: list[tuple[str, str | None]]) -> None:
            said_of = dict(attrs)
            if name == "input" and said_of.get("type") == "checkbox" and "disabled" in said_of:
                found.append("☑ " if "checked" in said_of else "☐ ")  # nothing to fill in, and without a label
                return
            pairs = (
                (key, key if value is None else value) for key, value in said_of.items() if _ATTRIBUTE.fullmatch(key)
            )
            said = "".join(f' {key}="{escape(value)}"' for key, value in pairs)
            found.append(f"<{name}{said}{end}")

    Tags().feed(source)
    return "".join(found)
