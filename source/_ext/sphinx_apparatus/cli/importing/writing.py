"""Writing what was imported: all in one go, or nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from sphinx_apparatus.cli.importing.found import Imported, ImportRefused
from sphinx_apparatus.model.lines import Lines, LinesError
from sphinx_apparatus.model.structure import Structure
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.stores.atomic import all_or_nothing, write
from sphinx_apparatus.stores.checksums import TextError, read_checksums
from sphinx_apparatus.stores.lines import Division, LinesFileError, read_lines, write_lines


def write_all(folder: Path, files: Mapping[str, bytes], *, replace: bool) -> None:
    """Write files below a folder.  Raises `ImportRefused` where one is there already, unless it may be replaced."""
    there = [name for name, content in files.items() if _differs(folder / name, content)]
    if there and not replace:
        raise ImportRefused(
            f"{folder / there[0]} is there already; take another folder, or say --replace. Nothing was written"
        )
    try:
        with all_or_nothing(folder / name for name in files):
            for name, content in files.items():
                write(folder / name, content)
    except OSError as error:
        raise ImportRefused(f"{error}. Nothing was written") from error


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


def kept_lines(path: Path, texts: Iterable[Imported], verbatim: Mapping[str, bytes]) -> bytes:
    """``lines.json`` with the lines of the texts added; nothing where all lines are those by rule.

    Lines that are kept already stay.  Raises `ImportRefused` where the file there cannot be read.
    """
    try:
        divisions = dict(read_lines(path).divisions)
    except LinesFileError as error:
        raise ImportRefused(str(error)) from error
    before = len(divisions)
    for one in texts:
        digest = hashlib.sha256(verbatim[one.filename]).hexdigest()
        text = Text(one.siglum, one.filename, digest, one.string, Structure(one.options.get("structure", "line")))
        if not one.lines or one.siglum in divisions:
            continue
        if one.lines == text.lines.starts:
            continue
        try:
            lines = Lines(one.lines, text.paragraphs, frozenset(one.hyphens))
        except LinesError as error:
            one.tell(0, f"the lines of {one.siglum} are no division of it ({error}); lines by rule are used")
            continue
        divisions[one.siglum] = Division.made(text, lines, "as imported", "sphinx-apparatus import")
    return write_lines(divisions).encode() if len(divisions) > before else b""


def _differs(path: Path, content: bytes) -> bool:
    try:
        return path.name not in ("SHA256SUMS", "lines.json") and path.read_bytes() != content
    except OSError:
        return False
