"""TEI as a stranger reads it who has only the words of the header."""

from __future__ import annotations

from typing import Any

from lxml import etree

T = "{http://www.tei-c.org/ns/1.0}"


def division(document: bytes, siglum: str = "") -> Any:
    """The division of a text."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    found = etree.fromstring(document, parser)
    if siglum:
        found = next(
            one for one in found.iter(f"{T}TEI") if one.get("{http://www.w3.org/XML/1998/namespace}id") == siglum
        )
    return next(one for one in found.iter(f"{T}div") if one.get("type") == "text")


def taken_away(element: Any, gone: str = f"{T}corr") -> str:
    """The characters of an element without those of the elements that go."""
    if element.tag == gone:
        return ""
    if element.tag == f"{T}g":
        return chr(int(element.get("ref").removeprefix("#char-"), 16))
    return (element.text or "") + "".join(taken_away(child, gone) + (child.tail or "") for child in element)
