"""The register on disk: every id ever published, and what it said.

``register.json`` is a table by id.  It is written at a release and never by a build.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from sphinx_apparatus.model.history import History, in_order
from sphinx_apparatus.model.reference import parse_id
from sphinx_apparatus.stores.objects import members_of, parse


class RegisterError(Exception):
    """The register cannot be read; the message names file and fault."""


def read_register(path: Path) -> dict[str, History]:
    """The register of a file.  Raises `RegisterError`."""
    try:
        table = parse(path.read_text("utf-8"), ids=dict)
        return {identifier: _history(identifier, row) for identifier, row in table["ids"].items()}
    except (OSError, ValueError) as error:
        raise RegisterError(f"{path} is not a register of ids ({error}); restore it from the last release") from error


def registered(path: Path) -> tuple[str, ...]:
    """The ids of a register; none where it cannot be read, which is told elsewhere."""
    try:
        return tuple(read_register(path))
    except RegisterError:
        return ()


def _history(identifier: str, value: object) -> History:
    """The history of an id.  Raises ``ValueError`` for what is none."""
    parse_id(identifier)
    row = members_of(value)
    changed = row.get("changed", [])
    words = {name: row.get(name, "") for name in ("since", "digest", "withdrawn", "before")}
    if not isinstance(changed, list) or not all(isinstance(word, str) for word in (*changed, *words.values())):
        raise ValueError(f"{identifier}: versions and hashes are strings")
    if not words["since"] or not words["digest"]:
        raise ValueError(f"{identifier} has no version or no hash")
    return History(changed=tuple(changed), **{name: str(word) for name, word in words.items()})


def write_register(histories: Mapping[str, History], version: str) -> str:
    """The register as a file has it, in the order of the ids, one id a line."""
    rows = []
    for identifier in in_order(histories):
        said = asdict(histories[identifier])
        row = {key: value for key, value in said.items() if value or key in ("since", "digest")}
        rows.append(f"  {json.dumps(identifier)}: {json.dumps(row, ensure_ascii=False)}")
    body = ",\n".join(rows)
    return f'{{"version": {json.dumps(version)}, "ids": {{\n{body}\n}}}}\n'
