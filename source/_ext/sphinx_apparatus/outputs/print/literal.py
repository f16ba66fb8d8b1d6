"""Any text as Typst source.

Text is never written as Typst markup, always as a string in code (Typst reference,
*String*): no character but the backslash and the quotation mark means anything there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

from unicode_segmentation_rs import graphemes

#: Characters that a page cannot show as themselves: controls, the explicit bidirectional
#: controls (they would set the rest of the line backwards), noncharacters and surrogates.
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff"
    + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
    + "]"
)


def stand_in(character: str) -> str:
    """What is printed for a character that cannot be: its code point, as ``⟨U+0000⟩``."""
    return f"⟨U+{ord(character):04X}⟩"


def unmarked(string: str) -> str:
    """A string without the byte order marks in it, which show nothing and are forbidden (ISO 19005-3, 6.2.11.7.2).

    One that is nothing else keeps them: what cannot be printed is stood in for.
    """
    return string.replace("\ufeff", "") or string


def plain(string: str, missing: Collection[str] = frozenset()) -> str:
    """The string, what cannot be printed stood in for; ``missing`` are characters no font has."""
    shown = _UNPRINTABLE.sub(lambda match: stand_in(match[0]), unmarked(string))
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


#: Between a number and how much of a hundred it is: *3 (7.5 %)*.
_SHARE = re.compile(r"(?<=\d) \((?=[\d.,]+\u00a0?%\))")


def together(string: str) -> str:
    """A string in which no line parts a number from what it is of a hundred."""
    return _SHARE.sub("\u00a0(", string.replace(" %", "\u00a0%"))


#: How many characters of a word may have no place for a line to end, and how many small letters, which hyphens part.
MOST, MOST_LETTERS = 32, 64

_WORD = re.compile(r"\S+")
#: Behind these a line may end.
_ENDS = re.compile(r"(?<=[-/\u2010\u2013\u2014])")
#: Scripts in which a line may end between letters: Thai, Lao, Burmese, Khmer, those of East Asia.
_FREE = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\u9fff\ua000-\ua4cf\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
)


def is_long(word: str, most: int = MOST) -> bool:
    """Whether a word may be wider than a line, and has no place at which one may end: a checksum, a name of a file."""
    if len(word) <= most or _FREE.search(word):
        return False
    part = max(_ENDS.split(word), key=len)
    return len(part) > (MOST_LETTERS if most == MOST and part.isalpha() and part[1:].islower() else most)


def printed(string: str, most: int = MOST) -> str:
    """A string as a Typst expression of content, in which a line may end anywhere in a word that `is_long`."""
    if len(string) <= most and "://" not in string:
        return literal(string)
    parts, at = [], 0
    for match in _WORD.finditer(string):
        address = _ADDRESS.search(match[0])
        if address or is_long(match[0], most):
            start = match.start() + (address.start() if address else 0)
            parts += [literal(string[at:start])] if start > at else []
            word = string[start : match.end()]
            for part in address_parts(word, most) if address else [word]:
                parts.append(f"{'box' if address and len(part) <= most else 'long'}({literal(part)})")
            at = match.end()
    if not parts:
        return literal(string)
    parts += [literal(string[at:])] if at < len(string) else []
    return f"({' + '.join(parts)})"


_ADDRESS = re.compile(r"[a-z]+://")
#: Before these a line of an address may end; in a part that is too long, before those.
_SLASHES, _SIGNS = re.compile(r"(?<=[^/:])(?=[/?&#][^/])"), re.compile(r"(?=[-._~%=+,;!])")


def address_parts(address: str, most: int = MOST) -> list[str]:
    """An address in the parts between which a line may end: before a slash, never behind a hyphen.

    As the Chicago Manual of Style has it (17th ed., 14.18).  Short parts are one.
    """
    parts: list[str] = []
    for long_part in _SLASHES.split(address):
        fine = _SIGNS.split(long_part) if len(long_part) > most else [long_part]
        for part in fine:
            if len(parts) > 1 and len(parts[-1]) + len(part) <= min(_PIECE, most):
                parts[-1] += part
            else:
                parts.append(part)
    return [part for part in parts if part]


#: At the end of a piece of a word: the next piece follows without a space.
GLUE = "\u2060"
_PIECE = 20


def pieces(words: Iterable[str], missing: Collection[str] = frozenset()) -> tuple[str, ...]:
    """Words, a long one in pieces, of which all but the last end with `GLUE`, and no other word does.

    ``missing`` are characters no font has.  What stands in for one is as wide as it is printed, and stays whole.
    """
    found: list[str] = []
    for word in (unmarked(word.rstrip(GLUE)) for word in words):
        shown = plain(word, missing)
        if len(shown) <= 2 * _PIECE:
            found.append(shown)
            continue
        piece, used = "", 0
        for cluster in graphemes(word, True):
            printed_as = plain(cluster, missing)
            wide = 1 if printed_as == cluster else len(printed_as)
            if used + wide > _PIECE and piece:
                found.append(f"{piece}{GLUE}")
                piece, used = "", 0
            piece, used = piece + printed_as, used + wide
        found.append(piece)
    return tuple(found)


def whole(words: Iterable[str]) -> list[str]:
    """The words of `pieces`."""
    return " ".join(words).replace(f"{GLUE} ", "").split(" ")


def fixed(string: str) -> str:
    """A string as a Typst string expression in ASCII: a name or an address, for which nothing stands in."""
    return re.sub(r"[^\x00-\x7f]", lambda match: f"\\u{{{ord(match[0]):x}}}", literal(string))


def is_seen(string: str) -> bool:
    """Whether a string is printed with more than white space and characters of no width."""
    shown = (character for character in plain(string) if not "\ufe00" <= character <= "\ufe0f")
    return any(unicodedata.category(character)[0] not in "ZC" for character in shown)


def array(items: Iterable[str]) -> str:
    """Typst expressions as an array; one of a single item keeps its comma."""
    return "(" + "".join(f"{item}, " for item in items) + ")"
