"""Which way words run: from the language, or else from the letters (Unicode Standard Annex 9)."""

from __future__ import annotations

import re
import unicodedata

#: Languages (ISO 639) that are written from right to left where their tag names no script.
_LANGUAGES = frozenset(
    re.findall(r"\w+", "ae ar arc ckb dv fa glk he iw ji ks lrc mzn nqo pnb ps sam sd syc syr ug ur yi")
)

#: Scripts (ISO 15924) that are.
_SCRIPTS = frozenset(
    re.findall(r"\w+", "adlm arab aran armi hebr mand mani nkoo phnx rohg samr syrc syre syrj syrn thaa")
)

#: The name of a language: of two or three letters, what it is written in, and more (RFC 5646, 2.1); or a private one.
_TAG = re.compile(r"(?:[A-Za-z]{2,3}|[xXiI](?=-))(?:-[A-Za-z0-9]{1,8})*")

#: How many letters decide where the language does not.
_SAMPLE = 400


def is_language(tag: str) -> bool:
    """Whether words have the form of a tag of a language (BCP 47): ``la``, ``grc``, ``sr-Latn``; not *german*."""
    return bool(_TAG.fullmatch(tag))


def direction(language: str, string: str = "") -> str:
    """``rtl`` or ``ltr``: by script or language of a tag (BCP 47), or by most of the first letters of a string."""
    primary, *subtags = language.lower().replace("_", "-").split("-")
    script = next((subtag for subtag in subtags if len(subtag) == 4 and subtag.isalpha()), "")
    if script:
        return "rtl" if script in _SCRIPTS else "ltr"
    if primary in _LANGUAGES:
        return "rtl"
    kinds = [unicodedata.bidirectional(character) for character in string[: 10 * _SAMPLE]]
    strong = [kind for kind in kinds if kind in ("L", "R", "AL")][:_SAMPLE]
    return "rtl" if 2 * sum(kind != "L" for kind in strong) > len(strong) else "ltr"


def turning(words: str, base: str = "ltr") -> str:
    """What keeps a sign behind words that run the other way in its place: a mark of the line's direction, or nothing.

    Between two of them a bracket would be of their direction, and what is behind it come first (UAX 9, 3.3.5).
    """
    return "" if isolated(words, base) == words else "\u200e" if base == "ltr" else "\u200f"


def isolated(words: str, base: str = "ltr") -> str:
    """Words as part of a line of plain text: in an isolate (UAX 9, 2.4.2) if any of them run the other way."""
    other = ("R", "AL") if base == "ltr" else ("L",)
    if any(unicodedata.bidirectional(character) in other for character in words):
        return f"\u2068{words}\u2069"
    return words
