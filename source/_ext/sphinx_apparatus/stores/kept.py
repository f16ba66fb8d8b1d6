"""What an output made of each part of an edition, kept from one build to the next.

The file of the whole is put together from parts; of these only what has changed is made again.
What is kept stands beside Sphinx's own pickles, and all of it can be made again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import accumulate, pairwise
from pathlib import Path

from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.upkeep import fingerprint


class Kept:
    """The parts in one folder, each by the fingerprint of what it is made from.

    The file of a part has the lengths of its strings on the first line, and behind it the strings, one after another.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._asked: set[str] = set()

    def get(self, made_from: object, make: Callable[[], Sequence[str]]) -> list[str]:
        """The strings of a part: those that are kept, or else those made now."""
        name = f"{fingerprint(made_from)}.part"
        self._asked.add(name)
        path = self._folder / name
        found = _read(path)
        if found is None:
            found = list(make())
            lengths = " ".join(str(len(one)) for one in found)
            write(path, "\n".join((lengths, "".join(found))).encode("utf-8", "surrogatepass"))
        return found

    def forget_others(self) -> None:
        """Remove what nobody asked for."""
        for path in self._folder.glob("*.part"):
            if path.name not in self._asked:
                path.unlink(missing_ok=True)


def _read(path: Path) -> list[str] | None:
    """The strings of a file; nothing if it is not there, or damaged."""
    try:
        lengths, _, rest = path.read_bytes().decode("utf-8", "surrogatepass").partition("\n")
        ends = list(accumulate(map(int, lengths.split())))
    except (OSError, ValueError):
        return None
    if not ends or ends[-1] != len(rest):
        return None
    return [rest[start:end] for start, end in pairwise((0, *ends))]
