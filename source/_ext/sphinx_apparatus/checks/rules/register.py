"""No published id is lost, none that was withdrawn is given out again, and register and released states agree."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.history import in_order, missing
from sphinx_apparatus.model.reference import parse_id
from sphinx_apparatus.model.state import version_order


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
    yield from _agreement(edition)


def _agreement(edition: Edition) -> Iterator[Finding]:
    """Find what only one of register and states says; states may begin later than the register."""
    if not edition.register or not edition.releases:
        return
    first = version_order(next(iter(edition.releases)))
    for identifier, history in edition.register.items():
        said = [state.digest for state in edition.states.get(identifier, ())[-1:]]
        versions = (history.since, *history.changed, history.withdrawn)
        named = [one for one in versions if one and one not in edition.releases]
        unknown = [one for one in named if version_order(one) > first or not one[:1].isdecimal()]
        if unknown:
            fault = f"{identifier} names version {unknown[0]}, of which no released states are kept"
        elif not said and history.since in edition.releases:
            fault = f"{identifier} has no released state"
        elif said and said != [history.digest]:
            fault = f"{identifier} has another hash than its newest released state"
        else:
            continue
        yield Finding(
            Code.REGISTER,
            f"{fault}; restore register and states from the last release",
            Where(path=edition.register_path, words=f'"{identifier}"'),
        )
    for identifier in in_order(edition.states.keys() - edition.register.keys()):
        yield Finding(
            Code.REGISTER,
            f"{identifier} has released states and is not in the register; restore it from the last release",
            Where(path=edition.register_path),
        )
