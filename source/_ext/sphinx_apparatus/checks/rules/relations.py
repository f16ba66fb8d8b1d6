"""Relations lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.relations import LABELS, Astray


def check(edition: Edition) -> Iterator[Finding]:
    """Find relations that name an id or a passage that is not there."""
    named = [
        Astray(annotation.id, kind, target)
        for annotation in edition.annotations.values()
        for kind in LABELS
        for target in getattr(annotation.relations, kind)
        if edition.locate(target) is None
    ]
    for identifier, kind, target in (*named, *edition.astray):
        siglum = re.split(r"[ ¶0-9]", target, maxsplit=1)[0]
        if siglum not in edition.unread:
            annotation = edition.annotations[identifier]
            yield Finding(
                Code.UNRESOLVED,
                f"{identifier}: :{kind}: names {target}, which is not there",
                Where(annotation.docname, annotation.line),
            )
