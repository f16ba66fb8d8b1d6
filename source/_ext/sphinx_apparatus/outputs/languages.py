"""Language and direction of words of a text, where they stand among words of another language."""

from __future__ import annotations

from html import escape

from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.model.text import TextRecord


def attributes(record: TextRecord | None, language: str) -> str:
    """The attributes of an HTML element that has words of a text, on a page in ``language``; begins with a space."""
    if record is None:
        return ""
    lang = "" if record.language == language else f' lang="{escape(record.language)}"'
    other = record.direction != direction(language)
    return f'{lang} dir="{record.direction}"' if other else lang


def editorial(record: TextRecord, language: str) -> str:
    """The same of an element within a text that has the editors' words."""
    own = direction(language)
    lang = "" if record.language == language else f' lang="{escape(language)}"'
    return f'{lang} dir="{own}"' if record.direction != own else lang
