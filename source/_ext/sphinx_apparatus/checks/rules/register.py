"""No published id is lost, and none that was withdrawn is given out again."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.history import missing
from sphinx_apparatus.model.reference import parse_id


def check(edition: Edition) -> Iterator[Finding]:
    """Find published ids that are gone, and withdrawn ones in use."""
    for identifier in missing(edition.register, edition.annotations, edition.tombstones):
        if parse_id(identifier)[0] in edition.unread:
            continue  # the text could not be read, which was told
        yield Finding(
            Code.REGISTER,
            f"{identifier} was published in {edition.register[identifier].since} and is gone; restore it, or withdraw "
            f"it with ed:tombstone {identifier}",
            Where(path=edition.register_path, words=f'"{identifier}"'),
        )
    for identifier, history in edition.register.items():
        annotation = edition.annotations.get(identifier)
        if annotation is not None and history.withdrawn:
            yield Finding(
                Code.REGISTER,
                f"{identifier} was withdrawn in {history.withdrawn}, and an id is never given out again; take a number "
                "that was never used",
                Where(annotation.docname, annotation.line),
            )
