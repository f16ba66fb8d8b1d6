"""What an output has written and shown, so that what is unchanged is left, and what is gone is removed.

A record stands in the hidden folder ``.apparatus`` of the output: for each group of files (those
of a text, say) the files and the fingerprint of what they were made from.  It says nothing that
a clean build would not say.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from itertools import takewhile
from pathlib import Path
from types import TracebackType

from sphinx_apparatus.stores.atomic import write

FOLDER = ".apparatus"


class Upkeep:
    """The files of one group, while they are written."""

    def __init__(self, outdir: Path, group: str) -> None:
        self._outdir = outdir
        self._record = outdir / FOLDER / f"{group}.json"
        self._before = _read(self._record)
        self._now: dict[str, str] = {}
        # What the folders held at the beginning: to ask for each file by itself takes far longer.
        self._present: dict[str, frozenset[str]] = {}

    def __enter__(self) -> Upkeep:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove what is no longer written, and set down what is.

        After a failure no file is known to be right, and all are remembered, to be removed if nothing wants them.
        """
        if kind is not None:
            with suppress(OSError):
                self._record.unlink(missing_ok=True)
                self._set_down(dict.fromkeys((*self._before, *self._now), ""))
            return
        remove(self._outdir, self._before.keys() - self._now.keys())
        self._set_down(self._now)

    def _set_down(self, files: Mapping[str, str]) -> None:
        write(self._record, json.dumps(files, indent=0, sort_keys=True) + "\n")

    def changed(self, made_from: object, *names: str) -> bool:
        """Whether files must be written anew: for other content, or because one is not there."""
        made = fingerprint(made_from)
        self._now.update(dict.fromkeys(names, made))
        return any(self._before.get(name) != made or not self._is_there(name) for name in names)

    def _is_there(self, name: str) -> bool:
        folder, _, file = name.rpartition("/")
        if folder not in self._present:
            path = self._outdir / folder
            # A folder has many thousands; a path made of each would take ten times as long.
            self._present[folder] = frozenset(os.listdir(path)) if path.is_dir() else frozenset()  # noqa: PTH208
        return file in self._present[folder]

    def expect(self, *names: str) -> None:
        """Count files that somebody else writes among those of the group."""
        self._now.update(dict.fromkeys(names, ""))

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file; a string as UTF-8.  An output can be made again: it is written straight to its place."""
        self._now.setdefault(name, "")
        path = self._outdir / name
        encoded = content if isinstance(content, bytes) else content.encode()
        try:
            _write(path, encoded)
        except FileNotFoundError:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, encoded)


def _write(path: Path, content: bytes) -> None:
    """Write without a buffer, which would ask the system more of each small file than the writing itself."""
    with path.open("wb", buffering=0) as file:
        file.write(content)


def fingerprint(value: object) -> str:
    """A hash of what a value's ``repr`` says."""
    return hashlib.blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def read_record(outdir: Path, name: str) -> dict[str, str]:
    """A record of the last build, or nothing: names and fingerprints."""
    return _read(outdir / FOLDER / f"{name}.seen")


def write_record(outdir: Path, name: str, record: Mapping[str, str]) -> None:
    """Set down a record; of nothing there is none."""
    path = outdir / FOLDER / f"{name}.seen"
    if record:
        write(path, json.dumps(record, indent=0, sort_keys=True) + "\n")
    else:
        path.unlink(missing_ok=True)


def groups(outdir: Path) -> list[str]:
    """The groups of which there is a record."""
    return sorted(path.stem for path in (outdir / FOLDER).glob("*.json"))


def forget(outdir: Path, group: str, kept: Iterable[str] = ()) -> None:
    """Remove a group: its files, but for those that are ``kept``, and its record."""
    record = outdir / FOLDER / f"{group}.json"
    remove(outdir, _read(record).keys() - set(kept))
    record.unlink(missing_ok=True)


def remove(outdir: Path, names: Iterable[str]) -> None:
    """Remove files, and the folders that are empty then."""
    for name in names:
        path = outdir / name
        path.unlink(missing_ok=True)
        for folder in takewhile(lambda folder: folder != outdir, path.parents):
            with suppress(OSError):
                folder.rmdir()


def _read(record: Path) -> dict[str, str]:
    try:
        found = json.loads(record.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}
