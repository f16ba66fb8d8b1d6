"""Sigla differ by more than capitals: files of pages and data are named after them."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.text import TextRecord


def check(edition: Edition) -> Iterator[Finding]:
    """Find texts whose files would be those of another where a file system tells no capitals apart."""
    found: dict[str, TextRecord] = {}
    for siglum, record in edition.texts.items():
        other = found.setdefault(siglum.lower(), record)
        if other is not record:
            yield Finding(
                Code.TEXT_DUPLICATE,
                f"ed:text {record.text.filename}: siglum {siglum} differs from {other.text.siglum} in {other.docname} "
                "by capitals only, as would names of files that many machines take for one; take another",
                Where(record.docname, record.line),
            )
