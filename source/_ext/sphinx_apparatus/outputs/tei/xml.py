"""XML as strings: elements, characters, and what XML cannot hold."""

from __future__ import annotations

import re
from html import escape

#: What no XML document can hold (XML 1.0, fifth edition, production 2).
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NOT_NAME = re.compile(r"[^A-Za-z0-9_.-]")


def element(name: str, /, *content: str, **attributes: str | None) -> str:
    """An element; in an attribute's name ``__`` is a colon; an attribute that is ``None`` or empty is left out."""
    pairs = "".join(
        f' {key.rstrip("_").replace("__", ":")}="{attribute(value)}"' for key, value in attributes.items() if value
    )
    inner = "".join(content)
    return f"<{name}{pairs}>{inner}</{name}>" if inner else f"<{name}{pairs}/>"


def attribute(value: str) -> str:
    """A value as an attribute holds it: a parser would make spaces of line endings and tabs."""
    safe = escape(NOT_XML.sub("\ufffd", value))
    return safe.replace("\r", "&#13;").replace("\n", "&#10;").replace("\t", "&#9;")


def text(string: str) -> str:
    """Characters that a parser reads back as the same; what XML cannot hold is a ``g`` that names its code point."""
    safe = escape(string, quote=False).replace("\r", "&#13;")
    return NOT_XML.sub(lambda match: f'<g ref="#{character_id(match[0])}"/>', safe)


def character_id(character: str) -> str:
    """The name of a character's declaration: ``char-0000``."""
    return f"char-{ord(character):04X}"


def bibl_id(key: str) -> str:
    """The name of a work, from its key: ``b.suh1988``."""
    return "b." + _NOT_NAME.sub(lambda match: f"_{ord(match[0]):x}_", key)


def name_id(heading: str) -> str:
    """The name of a heading of the index of names."""
    return "n." + _NOT_NAME.sub(lambda match: "_" if match[0] in " ," else f"_{ord(match[0]):x}_", heading)
