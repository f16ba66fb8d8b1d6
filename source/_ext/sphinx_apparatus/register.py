"""The register: every id ever published, and what it said.

``register.json`` is a table by id.  It is written at a release and never by a build.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import NamedTuple

from sphinx_apparatus.annotations import Annotation


class RegisterError(Exception):
    """The register cannot be read; the message names file and fault."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An id's history: first edition, hash of what it says, editions that changed it."""

    since: str
    digest: str
    changed: tuple[str, ...] = ()
    withdrawn: str = ""


class Difference(NamedTuple):
    """What an edition does to the register: ids new, changed, withdrawn, lost."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def read_register(path: Path) -> dict[str, Entry]:
    """The register of a file.  Raises `RegisterError`."""
    try:
        table = json.loads(path.read_text("utf-8"))
        return {
            identifier: Entry(
                since=entry["since"],
                digest=entry["digest"],
                changed=tuple(entry.get("changed", ())),
                withdrawn=entry.get("withdrawn", ""),
            )
            for identifier, entry in table["ids"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RegisterError(f"{path} is not a register of ids ({error}); restore it from the last release") from error


def write_register(entries: Mapping[str, Entry], version: str) -> str:
    """The register as a file has it, in the order of the ids, one id a line."""
    rows = []
    for identifier in sorted(entries, key=_order):
        said = asdict(entries[identifier])
        entry = {key: value for key, value in said.items() if value or key in ("since", "digest")}
        rows.append(f"  {json.dumps(identifier)}: {json.dumps(entry, ensure_ascii=False)}")
    body = ",\n".join(rows)
    return f'{{"version": {json.dumps(version)}, "ids": {{\n{body}\n}}}}\n'


def missing(register: Mapping[str, Entry], annotations: Collection[str], tombstones: Collection[str]) -> list[str]:
    """Published ids that are neither in use nor withdrawn."""
    return sorted((i for i in register if i not in annotations and i not in tombstones), key=_order)


def compare(
    register: Mapping[str, Entry], annotations: Iterable[Annotation], tombstones: Collection[str]
) -> Difference:
    """What the edition as it stands would change in the register."""
    found = {annotation.id: annotation for annotation in annotations}
    return Difference(
        new=tuple(sorted((i for i in found if i not in register), key=_order)),
        changed=tuple(
            sorted((i for i, a in found.items() if i in register and register[i].digest != a.digest), key=_order)
        ),
        withdrawn=tuple(sorted((i for i in tombstones if i in register and not register[i].withdrawn), key=_order)),
        lost=tuple(missing(register, found, tombstones)),
    )


def advance(
    register: Mapping[str, Entry],
    annotations: Iterable[Annotation],
    tombstones: Collection[str],
    version: str,
) -> dict[str, Entry]:
    """The register after a release of ``version``.  Raises `RegisterError` if an id is lost."""
    found = {annotation.id: annotation for annotation in annotations}
    difference = compare(register, found.values(), tombstones)
    if difference.lost:
        raise RegisterError(f"published ids are gone: {', '.join(difference.lost)}; restore or withdraw them")
    entries = dict(register)
    for identifier in difference.new:
        entries[identifier] = Entry(version, found[identifier].digest)
    for identifier in difference.changed:
        old = register[identifier]
        # A release may be made anew before it is published: it changes an annotation once.
        changed = old.changed if version in (old.since, *old.changed) else (*old.changed, version)
        entries[identifier] = Entry(old.since, found[identifier].digest, changed)
    for identifier in difference.withdrawn:
        old = register[identifier]
        entries[identifier] = Entry(old.since, old.digest, old.changed, version)
    return entries


def _order(identifier: str) -> tuple[str, int]:
    letters = identifier.rstrip("0123456789")
    return letters, int(identifier[len(letters) :] or 0)
