"""Words in the case that a citation style asks for (CSL 1.0.2, "Text-case"), whatever stands in their place."""

from __future__ import annotations

import re
from typing import Any

#: Signs in the place of words that no style may touch: of the private use area, from this one on.
FIRST_SIGN = 0xE100
SIGNS = re.compile("[\ue100-\uf7ff]")
_STOP_WORDS = frozenset(
    "a an and as at but by down for from in into nor of on onto or over so the till to up v via vs with yet".split()  # noqa: SIM905
)


def model_string(words: str) -> Any:
    """Words as citeproc-py passes them on."""
    from citeproc.string import String

    return String(words)


def case(self: Any, text: Any, language: str | None = None) -> Any:
    """Words in the case that a style asks for; a word with a sign in it stays.

    Title case is for English only; in sentence case of mixed words only the first letter changes.
    """
    wanted = self.get("text-case")
    if wanted is None or not str(text):
        return text
    words, kept = _without_nocase(text)
    if wanted == "lowercase":
        words = words.lower()
    elif wanted == "uppercase":
        words = words.upper()
    elif wanted == "capitalize-first":
        words = _capital(words)
    elif wanted == "capitalize-all":
        words = re.sub(r"\S+", lambda m: _capital(m[0]), words)
    elif wanted == "title":
        if language not in (None, "en"):
            return text
        words = _title_case(words)
    elif wanted == "sentence":
        words = _capital(words.lower() if words.isupper() else words)
    return model_string(re.sub("[\uf000-\uf7ff]", lambda m: kept.get(m[0], m[0]), words))


def _without_nocase(text: Any) -> tuple[str, dict[str, str]]:
    """The words, a sign for each piece that is marked ``nocase``, and what the signs stand for."""
    from citeproc.string import MixedString, NoCase

    if not isinstance(text, MixedString):
        return str(text), {}
    pieces = list.__iter__(text)
    kept: dict[str, str] = {}
    said = ""
    for piece in pieces:
        if isinstance(piece, NoCase):
            kept[sign := chr(0xF000 + len(kept))] = str(piece)
            said += sign
        else:
            said += str(piece)
    return said, kept


def _capital(words: str) -> str:
    match = re.match(r"(?:<[^>]+>|[^\w<\ue100-\uf7ff])*", words)
    start = match.end() if match else 0
    return words[:start] + words[start : start + 1].upper() + words[start + 1 :]


def _title_case(words: str) -> str:
    parts = re.split(r"(\s+)", words)
    said, start = [], True
    last = max((n for n, part in enumerate(parts) if part.strip()), default=0)
    for number, part in enumerate(parts):
        bare = part.strip(".,:;!?()[]“”‘’\"'")
        if part.strip() and not SIGNS.search(part) and (start or number == last or bare not in _STOP_WORDS):
            part = "-".join(
                _capital(one) if one.islower() and (n == 0 or one not in _STOP_WORDS) else one
                for n, one in enumerate(part.split("-"))
            )
        if part.strip():
            start = part[-1] in ":?!—"
        said.append(part)
    return "".join(said)
