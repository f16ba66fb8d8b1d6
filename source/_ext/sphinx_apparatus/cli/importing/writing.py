"""Writing what was imported: all in one go, or nothing."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from sphinx_apparatus.cli.importing.found import ImportRefused
from sphinx_apparatus.stores.checksums import TextError, read_checksums


def write_all(folder: Path, files: Mapping[str, bytes], *, replace: bool) -> None:
    """Write files below a folder.  Raises `ImportRefused` where one is there already, unless it may be replaced."""
    there = [name for name, content in files.items() if _differs(folder / name, content)]
    if there and not replace:
        raise ImportRefused(
            f"{folder / there[0]} is there already; take another folder, or say --replace. Nothing was written"
        )
    made: list[tuple[Path, Path]] = []
    kept: list[tuple[Path, bytes | None]] = []
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".import-")
            made.append((Path(temporary), path))
            with os.fdopen(handle, "wb") as file:
                file.write(content)
        for written, path in made:
            kept.append((path, path.read_bytes() if path.exists() else None))
            written.chmod(0o644)
            written.replace(path)
    except OSError as error:
        for path, before in kept:
            if before is None:
                path.unlink(missing_ok=True)
            else:
                path.write_bytes(before)
        raise ImportRefused(f"{error}. Nothing was written") from error
    finally:
        for written, _ in made:
            written.unlink(missing_ok=True)


def checksums(folder: Path, texts: Mapping[str, bytes]) -> bytes:
    """``SHA256SUMS`` of a folder with the texts added.  Raises `ImportRefused` where what is there cannot be read."""
    sums: dict[str, str] = {}
    path = folder / "SHA256SUMS"
    if path.exists():
        try:
            sums = read_checksums(path)
        except TextError as error:
            raise ImportRefused(str(error)) from error
    sums |= {name: hashlib.sha256(content).hexdigest() for name, content in texts.items()}
    return "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.name != "SHA256SUMS" and path.read_bytes() != content
    except OSError:
        return False
