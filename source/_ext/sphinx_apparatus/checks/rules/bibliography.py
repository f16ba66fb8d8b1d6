"""Every work of the bibliography is cited, and the source of every text is one of them."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition


def check(edition: Edition) -> Iterator[Finding]:
    """Find works that nothing cites, and sources of texts that are no works."""
    for record in edition.texts.values():
        named = {record.source: ":source:", **{part.source: ":parts:" for part in record.parts}}
        for key, option in named.items():
            if key and key not in edition.works:
                yield Finding(
                    Code.UNRESOLVED,
                    f"{record.text.siglum}: {option} names {key}, which no file of bibtex_bibfiles has",
                    Where(record.docname, record.line),
                )
    for work in edition.works.values():
        if not work.cited:
            yield Finding(
                Code.UNCITED,
                f"{work.key} is in the bibliography, and nothing cites it",
                Where(path=work.path, words=f"{{{work.key},"),
            )
