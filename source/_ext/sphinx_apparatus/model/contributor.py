"""Who has a part in an edition: a person, with an ORCID if there is one, or a body."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from sphinx_apparatus.model.reference import ModelError

_ORCID = re.compile(r"^(?:https?://orcid\.org/)?(\d{4}-\d{4}-\d{4}-\d{3}[\dX])$")
_PARTS = ("family", "given", "orcid", "name")


class Contributor(NamedTuple):
    """A person has a family name; a body has a name alone."""

    name: str
    family: str = ""
    given: str = ""
    #: the address ``https://orcid.org/...``, or nothing
    orcid: str = ""

    @classmethod
    def of(cls, said: object) -> Contributor:
        """Whom a configuration names: a table with ``family``, ``given`` and ``orcid``, or words.

        Words with one comma between family and given name (``Editrix, Secunda``) are a person; other
        words, which may be the name of a body, are taken as one.  Raises `ModelError`.
        """
        if isinstance(said, Mapping):
            return cls._of_table(said)
        if not isinstance(said, str):
            raise ModelError(f"a name is words, or a table of family, given and orcid; not {said!r}")
        words = " ".join(said.split())
        if not words:
            raise ModelError("a name is empty")
        family, comma, given = (part.strip() for part in words.partition(","))
        if comma and family and given and "," not in given and not re.search(r"[.:;&/]|\b(?:Ltd|Inc|and)\b", family):
            return cls(f"{given} {family}", family, given)
        return cls(words)

    @classmethod
    def _of_table(cls, said: Mapping[object, object]) -> Contributor:
        wrong = sorted(str(key) for key in said if key not in _PARTS)
        if wrong:
            raise ModelError(f"a person has no {', '.join(wrong)}; there are {', '.join(_PARTS)}")
        for part, words in said.items():
            if not isinstance(words, str):
                raise ModelError(f"{part} is words; not {words!r}")
        family, given, orcid, name = (str(said.get(part, "")).strip() for part in _PARTS)
        match = _ORCID.match(orcid)
        if orcid and (match is None or not _checked(match[1])):
            raise ModelError(f"{orcid!r} is no ORCID; it is as 0000-0002-1825-0097, its last sign the check digit")
        name = name or f"{given} {family}".strip()
        if not name:
            raise ModelError("a person needs a family name, a body a name")
        return cls(name, family, given, f"https://orcid.org/{match[1]}" if match else "")

    @property
    def csl(self) -> dict[str, str]:
        """The name as CSL has it; with ``ORCID``, which CSL has not."""
        if not self.family:
            return {"literal": self.name}
        said = {"family": self.family, "given": self.given, "ORCID": self.orcid}
        return {key: value for key, value in said.items() if value}


def _checked(orcid: str) -> bool:
    """Whether the last sign is the check digit (ISO 7064, MOD 11-2)."""
    digits = orcid.replace("-", "")
    total = 0
    for digit in digits[:-1]:
        total = (total + int(digit)) * 2
    return "0123456789X"[(12 - total % 11) % 11] == digits[-1]


def named(words: str, known: Mapping[str, Contributor]) -> tuple[Contributor, ...]:
    """Those whom the words of ``author`` name, in their order: persons that are known by these names, else one body."""
    by_name = {one.name.casefold(): one for one in known.values() if one.family}
    parts = [
        part.strip() for part in re.split(r"\s*[,;]\s*(?:and\s+|&\s*)?|\s+(?:and|und|et|&)\s+", words) if part.strip()
    ]
    if parts and all(part.casefold() in by_name for part in parts):
        return tuple(by_name[part.casefold()] for part in parts)
    return (Contributor.of(words),) if words.strip() else ()
