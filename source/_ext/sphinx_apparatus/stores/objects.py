"""What every JSON file of the stores holds to: it is an object, and in an object nothing stands twice."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

#: What JSON calls the types of Python.
_CALLED = {dict: "an object", list: "a list", str: "a string", int: "a number"}


def parse(content: str, **members: type) -> dict[str, Any]:
    """The object of a JSON text, which has these members at least, each of its type.

    Raises ``ValueError``, which says what is wrong; of what is no JSON at all, `json.JSONDecodeError`.
    """
    try:
        table = json.loads(content, object_pairs_hook=_each_once)
    except RecursionError as error:
        raise ValueError("objects are within objects too deep") from error
    return members_of(table, **members)


def members_of(value: object, **members: type) -> dict[str, Any]:
    """A value that must be an object with these members, each of its type.  Raises ``ValueError``."""
    if not isinstance(value, dict):
        raise ValueError(f"not an object: {json.dumps(value, ensure_ascii=False)[:40]}")
    for name, kind in members.items():
        if name not in value:
            raise ValueError(f"{name!r} is missing")
        if type(value[name]) is not kind:
            raise ValueError(f"{name!r} is not {_CALLED[kind]}: {json.dumps(value[name], ensure_ascii=False)[:40]}")
    return value


def _each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON.  Raises ``ValueError``, which names a key that stands twice.

    Of two values of one key, which RFC 8259, 4 leaves to the reader, neither is guessed.
    """
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"{next(key for key in keys if keys.count(key) > 1)!r} stands twice")
    return table
