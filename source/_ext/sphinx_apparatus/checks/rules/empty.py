"""A note says something."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition


def check(edition: Edition) -> Iterator[Finding]:
    """Find annotations without a word: no note, no reading, no source's wording, no relation."""
    for annotation in edition.annotations.values():
        said = annotation.body.strip() or annotation.cites or annotation.wording or annotation.relations
        if annotation.reading is None and not said:
            yield Finding(
                Code.EMPTY,
                f"{annotation.id}: {annotation.layer.article} needs words; write what it is to say, or take it out",
                Where(annotation.docname, annotation.line),
            )
