"""A work of the bibliography, as far as an edition asks after it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

#: How a note's plain words name a work: ``[@suh1988]``, several divided by semicolons.
_NAMED = re.compile(r"\[(@[^\]\s;]+(?:; @[^\]\s;]+)*)\]")


class Work(NamedTuple):
    """A work: its key, the file that records it, whom a citation names, whether anything cites it, and its year.

    The year has its letter, where works are cited alike.
    """

    key: str
    path: str
    names: str
    cited: bool
    year: str = ""


def naming(keys: list[str]) -> str:
    """Works as a note's plain words name them."""
    return f"[{'; '.join(f'@{key}' for key in keys)}]"


def named(words: str, works: Mapping[str, Work]) -> str:
    """A note's plain words, the works in it called by whom their citations name."""

    def names(match: re.Match[str]) -> str:
        keys = [key.removeprefix("@") for key in match[1].split("; ")]
        if not any(key in works for key in keys):
            return match[0]
        return "; ".join(works[key].names for key in keys if key in works)

    return _NAMED.sub(names, words)
