"""Reading XML that may be hostile: no network, no file but this one, no entity that grows."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lxml import etree

from sphinx_apparatus.cli.importing.found import ImportRefused

_LIMIT = 200_000_000

#: An entity of the internal subset stands for at most this many characters.
_ENTITY = 1_000

_REFERENCE = re.compile(r"&#(x[0-9A-Fa-f]+|\d+);")


def read_xml(path: Path) -> Any:
    """The root element.  Entities of the internal subset that are plain characters are resolved.

    Raises `ImportRefused` for anything else: an external entity, one made of others, a file too large
    or not well-formed.
    """
    try:
        if path.stat().st_size > _LIMIT:
            raise ImportRefused(f"{path}: larger than {_LIMIT // 1_000_000} MB; divide it")
        # huge_tree lifts the parser's own limits (depth, length of a text), and so stays off.
        parser = etree.XMLParser(
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            dtd_validation=False,
            huge_tree=False,
            collect_ids=False,
        )
        tree = etree.parse(path, parser)
    except etree.XMLSyntaxError as error:
        raise ImportRefused(f"{path}:{error.lineno}: {error.msg}; mend the file, or its doctype") from error
    except OSError as error:
        raise ImportRefused(f"{path}: {error}; if it is there, save it as UTF-8") from error
    _resolve(path, tree)
    return tree.getroot()


def _resolve(path: Path, tree: Any) -> None:
    """Put characters for the entities that stand for them."""
    dtd = tree.docinfo.internalDTD
    known = {entity.name: entity for entity in dtd.iterentities()} if dtd is not None else {}
    for node in list(tree.iter(etree.Entity)):
        name = node.name
        where = f"{path}:{node.sourceline}: the entity &{name};"
        entity = known.get(name)
        if entity is None or entity.content is None:
            raise ImportRefused(f"{where} is not in the file and nothing is fetched; put its characters in its place")
        words = _REFERENCE.sub(_character, entity.content)
        if "&" in entity.content.replace("&#", "") or "<" in entity.content or len(words) > _ENTITY:
            raise ImportRefused(f"{where} stands for other entities, elements or much text; put it in its place")
        _put(node, words)


def _character(match: re.Match[str]) -> str:
    number = match[1]
    return chr(int(number[1:], 16) if number[0] == "x" else int(number))


def _put(node: Any, words: str) -> None:
    parent, before = node.getparent(), node.getprevious()
    words += node.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + words
    else:
        parent.text = (parent.text or "") + words
    node.tail = None
    parent.remove(node)


def name(element: Any) -> str:
    """An element's name without namespace; nothing for a comment or a processing instruction."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def xml_id(element: Any) -> str:
    """An element's ``xml:id``, or nothing."""
    return str(element.get("{http://www.w3.org/XML/1998/namespace}id") or "")


def is_foreign(element: Any) -> bool:
    """Whether an element is of a namespace that is not TEI's."""
    tag = element.tag
    return isinstance(tag, str) and tag.startswith("{") and not tag.startswith("{http://www.tei-c.org/ns/1.0}")
