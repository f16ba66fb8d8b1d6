"""Any text as Typst source.

Text is never written as Typst markup, always as a string in code (Typst reference,
*String*): no character but the backslash and the quotation mark means anything there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

#: Characters that a page cannot show as themselves: controls, the explicit bidirectional
#: controls (they would set the rest of the line backwards), noncharacters and surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)


def stand_in(character: str) -> str:
    """What is printed for a character that cannot be: its code point, as ``⟨U+0000⟩``."""
    return f"⟨U+{ord(character):04X}⟩"


def plain(string: str, missing: Collection[str] = frozenset()) -> str:
    """The string, what cannot be printed stood in for; ``missing`` are characters no font has."""
    shown = _UNPRINTABLE.sub(lambda match: stand_in(match[0]), string)
    if missing:
        shown = "".join(stand_in(character) if character in missing else character for character in shown)
    return shown


def literal(string: str, missing: Collection[str] = frozenset()) -> str:
    """A string as a Typst string expression.

    ``missing`` are characters no font has; they and unprintable ones give way to
    their `stand_in`.  (In a source that is already written, `plain` puts it there.)
    """
    escaped = plain(string, missing).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t") + '"'


def fixed(string: str) -> str:
    """A string as a Typst string expression in ASCII: a name or an address, for which nothing stands in."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"\\u{{{ord(match[0]):x}}}", literal(string))


def array(items: Iterable[str]) -> str:
    """Typst expressions as an array; one of a single item keeps its comma."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
