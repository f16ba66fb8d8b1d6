"""The released states on disk: a folder with a file for each version.

``states/1.1.0.json`` has what is new in 1.1.0 or was changed in it, whole, an annotation a line, so that the
history of the repository shows it line by line.  Written at a release, never by a build, and kept for good.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields
from datetime import date
from pathlib import Path
from typing import NamedTuple

from sphinx_apparatus.model.history import in_order
from sphinx_apparatus.model.reference import parse_id
from sphinx_apparatus.model.state import State, States, version_order
from sphinx_apparatus.stores.objects import members_of, parse

_OPTIONAL = ("reading", "cites", "editor")


class StatesError(Exception):
    """The states cannot be read; the message names file and fault."""


class Released(NamedTuple):
    """What was released: the states by id, the oldest first; the day of each version, the oldest first."""

    states: States
    days: Mapping[str, str]


def read_states(folder: Path) -> Released:
    """What is kept in a folder.  Raises `StatesError`."""
    if not folder.is_dir():
        return Released({}, {})
    found: dict[str, list[State]] = {}
    days: dict[str, str] = {}
    for path in sorted(folder.glob("*.json"), key=lambda path: version_order(path.stem)):
        days[path.stem], states = _read(path)
        for state in states:
            found.setdefault(state.id, []).append(state)
    return Released({identifier: tuple(states) for identifier, states in found.items()}, days)


def _read(path: Path) -> tuple[str, list[State]]:
    try:
        table = parse(path.read_text("utf-8"), version=str, released=str, states=dict)
        version, released = table["version"], table["released"]
        if version != path.stem:
            raise ValueError(f"it says version {version}, and is named otherwise")
        if date.fromisoformat(released).isoformat() != released:
            raise ValueError(f"released is {released!r}, which is no day as 2026-11-22")
        return released, [_state(identifier, version, released, row) for identifier, row in table["states"].items()]
    except (OSError, ValueError) as error:
        raise StatesError(f"{path} is no file of released states ({error}); restore it from its release") from error


def _state(identifier: str, version: str, released: str, value: object) -> State:
    """A state of an annotation.  Raises ``ValueError`` for what is none."""
    parse_id(identifier)
    row = members_of(value)
    words = {field.name for field in fields(State)} - {"id", "version", "released", "cites", "reading"}
    for name in words - set(_OPTIONAL):
        if not isinstance(row.get(name), str):
            raise ValueError(f"{identifier} has no {name}")
    cites = row.get("cites", [])
    reading = row.get("reading")
    if not isinstance(cites, list) or not (reading is None or isinstance(reading, str)):
        raise ValueError(f"{identifier}: cites is a list, reading are words")
    said = {name: str(row.get(name, "")) for name in words}
    return State(identifier, version, released, cites=tuple(map(str, cites)), reading=reading, **said)


def write_states(states: Iterable[State], version: str, released: str) -> str:
    """A file of the states that a version released, in the order of their ids."""
    by_id = {state.id: state for state in states}
    rows = []
    for identifier in in_order(by_id):
        said = {
            key: value for key, value in asdict(by_id[identifier]).items() if key not in ("id", "version", "released")
        }
        row = {key: value for key, value in said.items() if key not in _OPTIONAL or value not in (None, "", ())}
        rows.append(f"  {json.dumps(identifier)}: {json.dumps(row, ensure_ascii=False)}")
    body = ",\n".join(rows)
    return f'{{"version": {json.dumps(version)}, "released": {json.dumps(released)}, "states": {{\n{body}\n}}}}\n'
