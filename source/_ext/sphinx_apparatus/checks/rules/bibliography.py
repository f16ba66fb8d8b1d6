"""Every work of the bibliography is cited."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition


def check(edition: Edition) -> Iterator[Finding]:
    """Find works that nothing cites."""
    for work in edition.works.values():
        if not work.cited:
            yield Finding(
                Code.UNCITED,
                f"{work.key} is in the bibliography, and nothing cites it",
                Where(path=work.path, words=f"{{{work.key},"),
            )
