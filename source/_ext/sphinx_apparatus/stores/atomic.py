"""Writing files so that none is ever half written, and of several all or none."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def write(path: Path, content: str | bytes) -> bool:
    """Write a file by way of a temporary one beside it; an unchanged file is left alone.

    Text is written as UTF-8, line endings as they are.  Returns whether it was written.
    """
    data = content.encode() if isinstance(content, str) else content
    try:
        if path.read_bytes() == data:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.chmod(0o644)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return True


@contextmanager
def all_or_nothing(paths: Iterable[Path]) -> Iterator[None]:
    """Leave files as they were, or absent, if what is done with them fails or is stopped (Ctrl-C).

    So are the folders that were not there.
    """
    before = {path: path.read_bytes() if path.is_file() else None for path in paths}
    absent = {folder for path in before for folder in path.parents if not folder.exists()}
    try:
        yield
    except BaseException:
        for path, content in before.items():
            if content is not None:
                write(path, content)
            else:
                with suppress(OSError):
                    path.unlink()
        for folder in sorted(absent, key=lambda folder: -len(folder.parts)):
            with suppress(OSError):
                folder.rmdir()
        raise
