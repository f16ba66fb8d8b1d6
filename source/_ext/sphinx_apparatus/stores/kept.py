"""What an output made of each part of an edition, kept from one build to the next.

The file of the whole is put together from parts; of these only what has changed is made again.
What is kept stands beside Sphinx's own pickles, and all of it can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.upkeep import fingerprint


class Kept:
    """The parts in one folder, each by the fingerprint of what it is made from."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: set[str] = set()

    def get(self, made_from: object, make: Callable[[], Sequence[str]]) -> list[str]:
        """The strings of a part: those that are kept, or else those made now."""
        name = f"{fingerprint(made_from)}.json"
        self._asked.add(name)
        path = self._folder / name
        try:
            found = json.loads(path.read_bytes())
        except (OSError, ValueError):
            found = None
        if not isinstance(found, list):  # not kept, or damaged
            found = list(make())
            write(path, json.dumps(found))
        return found

    def forget_others(self) -> None:
        """Remove what nobody asked for."""
        for path in self._folder.glob("*.json"):
            if path.name not in self._asked:
                path.unlink(missing_ok=True)
