"""An id's history, and what a release does to it.  Pure Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.reference import parse_id


class LostError(Exception):
    """Published ids are gone, or withdrawn ones in use; the message names them."""


@dataclass(frozen=True, slots=True)
class History:
    """An id's history: first edition, hash of what it says, editions that changed it.

    ``before`` is the hash of what it said before the last edition that changed it.
    """

    since: str
    digest: str
    changed: tuple[str, ...] = ()
    withdrawn: str = ""
    before: str = ""


class Difference(NamedTuple):
    """What an edition does to the register: ids new, changed, withdrawn, lost."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def missing(register: Mapping[str, History], annotations: Collection[str], tombstones: Collection[str]) -> list[str]:
    """Published ids that are neither in use nor withdrawn."""
    return in_order(i for i in register if i not in annotations and i not in tombstones)


def compare(
    register: Mapping[str, History], annotations: Iterable[Annotation], tombstones: Collection[str]
) -> Difference:
    """What the edition as it stands would change in the register."""
    found = {annotation.id: annotation for annotation in annotations}
    return Difference(
        new=tuple(in_order(i for i in found if i not in register)),
        changed=tuple(in_order((i for i, a in found.items() if i in register and register[i].digest != a.digest))),
        withdrawn=tuple(in_order(i for i in tombstones if i in register and not register[i].withdrawn)),
        lost=tuple(missing(register, found, tombstones)),
    )


def advance(
    register: Mapping[str, History],
    annotations: Iterable[Annotation],
    tombstones: Collection[str],
    version: str,
) -> dict[str, History]:
    """The register after a release of ``version``.  Raises `LostError` if an id is lost, or given out again.

    A release may be made anew before it is published: what it changes, it changes once; an
    annotation that it published itself is new in it and has no change; and an annotation put
    back to what the release before said is unchanged, as is one that it withdrew first.
    ``before`` of a history is that digest.
    """
    found = {annotation.id: annotation for annotation in annotations}
    difference = compare(register, found.values(), tombstones)
    if difference.lost:
        raise LostError(f"published ids are gone: {', '.join(difference.lost)}; restore or withdraw them")
    again = in_order(i for i in found if i in register and register[i].withdrawn not in ("", version))
    if again:
        raise LostError(f"withdrawn ids are in use again: {', '.join(again)}; take numbers that were never used")
    histories = {i: replace(one, withdrawn="") if i in found else one for i, one in register.items()}
    for identifier in difference.new:
        histories[identifier] = History(version, found[identifier].digest)
    for identifier in difference.changed:
        histories[identifier] = _changed(histories[identifier], found[identifier].digest, version)
    for identifier in difference.withdrawn:
        histories[identifier] = replace(register[identifier], withdrawn=version)
    return histories


def _changed(old: History, digest: str, version: str) -> History:
    """The history of an annotation that says something else than the register knows."""
    if version == old.since:
        return replace(old, digest=digest)
    if version in old.changed:
        if digest != old.before:
            return replace(old, digest=digest)
        return replace(old, digest=digest, before="", changed=tuple(one for one in old.changed if one != version))
    return replace(old, digest=digest, before=old.digest, changed=(*old.changed, version))


def in_order(identifiers: Iterable[str]) -> list[str]:
    """Ids by siglum and number."""
    return sorted(identifiers, key=parse_id)
