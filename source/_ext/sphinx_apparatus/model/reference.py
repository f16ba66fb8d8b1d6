"""References: ids, passages, their anchors; where a thing stands in print.

The names here are part of published addresses, and so never change.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass, field

#: Folder of the annotations' own pages.
CORRECTIONS = "corrections"

#: Folder of the pages of texts and paragraphs, for citing them.
PASSAGES = "passages"

#: Folder of the texts as witnesses have them.
WITNESSES = "witnesses"

#: A siglum is letters, an id a siglum and a number that does not begin with 0.
SIGLUM = re.compile(r"[A-Z][A-Za-z]{0,7}")

ID = re.compile(r"(?P<siglum>[A-Z][A-Za-z]{0,7})(?P<number>[1-9][0-9]{0,6})")

_PASSAGE = re.compile(r"(?P<siglum>[A-Z][A-Za-z]{0,7})(?:\s*¶\s*(?P<paragraph>[1-9][0-9]{0,5}))?")


class ModelError(ValueError):
    """An annotation contradicts the model; the message says which rule and the remedy."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A text, or one paragraph of it: ``K``, ``K ¶4``."""

    siglum: str
    paragraph: int | None = None
    #: how the edition refers to it, where that is otherwise
    label: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """What it is called in citations: ``Il 1.23``, or as it is by itself."""
        return f"{self.siglum} {self.label}" if self.label else str(self)

    def __str__(self) -> str:
        return self.siglum if self.paragraph is None else f"{self.siglum} ¶{self.paragraph}"

    @property
    def anchor(self) -> str:
        """The fragment of the passage's address."""
        return self.siglum if self.paragraph is None else f"{self.siglum}-p{self.paragraph}"


def parse_target(target: str) -> str | Passage:
    """What a reference names: an id (``K25``) or a passage (``K``, ``K ¶4``).

    Raises `ModelError` for anything else.
    """
    target = target.strip()
    if ID.fullmatch(target):
        return target
    match = _PASSAGE.fullmatch(target)
    if match:
        number = match["paragraph"]
        return Passage(match["siglum"], int(number) if number else None)
    raise ModelError(f"{target!r} is neither an id, as K25, nor a passage, as K or K ¶4")


def fragment(words: str) -> str:
    """Words as part of an address, and of a name in XML: letters and figures of any script, and points."""
    return re.sub("-+", "-", "".join(character if _is_named(character) else "-" for character in words))


def _is_named(character: str) -> bool:
    if character.isascii():
        return character.isalnum() or character == "."
    return character >= "\u00c0" and unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Nd")


def is_target(words: str) -> bool:
    """Whether words have the form of an id or a passage."""
    return bool(ID.fullmatch(words) or _PASSAGE.fullmatch(words))


def parse_id(value: str) -> tuple[str, int]:
    """Siglum and number of an id.  Raises `ModelError`."""
    match = ID.fullmatch(value.strip())
    if match is None:
        raise ModelError(f"{value!r} is not an id: a siglum and a number, as K25")
    return match["siglum"], int(match["number"])


@dataclass(frozen=True, slots=True)
class PrintReference:
    """A page, or the first and last one, as printed; and the first and last line, counted from 1 in each text."""

    page: str
    first: int = 0
    last: int = 0
    #: the PDF's page, counted from 1
    sheet: int = 0
    #: the PDF's name
    file: str = ""
    volume: str = ""
    #: the last page, where there are several
    until: str = ""

    def __str__(self) -> str:
        page = f"pp. {self.page}–{self.until}" if self.until not in ("", self.page) else f"p. {self.page}"
        page = f"vol. {self.volume}, {page}" if self.volume else page
        if not self.first:
            return page
        if self.last > self.first:
            return f"{page}, ll. {self.first}–{self.last}"
        return f"{page}, l. {self.first}"

    def address(self, pdf: str) -> str:
        """The address of the page in the PDF (RFC 8118, 3), or in the volume beside the one given."""
        return f"{posixpath.join(posixpath.dirname(pdf), self.file) if self.volume else pdf}#page={self.sheet}"
