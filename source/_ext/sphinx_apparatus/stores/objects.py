"""What every JSON file of the stores holds to: in an object nothing stands twice."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def each_once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """An object of JSON (for ``object_pairs_hook``).  Raises ``ValueError``, which names a key that stands twice.

    Of two values of one key, which RFC 8259, 4 leaves to the reader, neither is guessed.
    """
    table = dict(pairs)
    if len(table) < len(pairs):
        keys = [key for key, _ in pairs]
        raise ValueError(f"{next(key for key in keys if keys.count(key) > 1)!r} stands twice")
    return table
