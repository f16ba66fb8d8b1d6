"""A correction of fact cites the work that shows it, and says what it rests on."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition


def check(edition: Edition) -> Iterator[Finding]:
    """Find corrections that cite nothing, or do not state their evidence."""
    for annotation in edition.annotations.values():
        if annotation.layer.corrects and not annotation.cites:
            yield Finding(
                Code.NO_EVIDENCE,
                f"{annotation.id}: {annotation.layer.article} of fact needs a citation of the work that shows it",
                Where(annotation.docname, annotation.line),
            )
        if annotation.layer.corrects and not annotation.evidence:
            yield Finding(
                Code.NO_EVIDENCE,
                f"{annotation.id}: {annotation.layer.article} needs its :evidence: stated: internal, external or "
                "conjecture",
                Where(annotation.docname, annotation.line),
            )
