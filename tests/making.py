"""Texts, editions and records for the tests, made without a build."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from annotating import annotate
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.taxonomy import Layer
from sphinx_apparatus.model.text import Text, TextRecord

#: What citations say of the edition of the tests.
IMPRINT = Imprint(
    title="Fragments. A Critical Edition",
    editors="The editors of Fragments",
    version="1.1",
    released=date(2026, 3, 5),
    short="FR",
    base_url="https://example.org/fr/",
    licence="https://example.org/licence",
)


def record(string: str, siglum: str = "M", **fields: Any) -> TextRecord:
    """A text on a page of its own, without a source."""
    made: dict[str, Any] = {"docname": siglum.lower(), "source": "", "parts": (), "headings": (), "language": "en"}
    return TextRecord(Text(siglum, f"{siglum.lower()}.txt", "", string), **(made | fields))


def note(string: str, words: str, identifier: str = "M1", **fields: Any) -> Annotation:
    """A note on words that stand in a text once, or ever on the first of them."""
    start = string.index(words)
    return annotate(string, start, start + len(words), None, Layer.NOTE, id=identifier, **fields)


def emendation(string: str, words: str, reading: str, identifier: str = "M1", **fields: Any) -> Annotation:
    """An emendation of words that stand in a text, of the first of them."""
    start = string.index(words)
    return annotate(string, start, start + len(words), reading, Layer.EMENDATION, id=identifier, **fields)


def edition(texts: str | Mapping[str, str], *annotations: Annotation, **fields: Any) -> Edition:
    """An edition of one text M, or of several by their sigla."""
    strings = {"M": texts} if isinstance(texts, str) else texts
    made: dict[str, Any] = {"texts": {siglum: record(string, siglum) for siglum, string in strings.items()}}
    return Edition(IMPRINT, annotations={one.id: one for one in annotations}, **(made | fields))
