"""The texts on disk, each checked against its checksum in ``SHA256SUMS``.

Nothing here normalises anything: a byte order mark, CR, CRLF and a missing last
newline are all part of a text.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sphinx_apparatus.model.structure import Structure
from sphinx_apparatus.model.text import Text

_CHECKSUM_LINE = re.compile(r"(?P<sha>[0-9A-Fa-f]{64})(?: \*|\s+)(?P<name>\S.*)")


class TextError(Exception):
    """A text cannot be taken into the edition; the message says why and what to do."""


class TextMissing(TextError):
    """The file is not there or cannot be read."""


class TextUndecodable(TextError):
    """The file is not UTF-8; the message names the byte offset, from 0."""


class ChecksumMissing(TextError):
    """No checksum is recorded for the file."""


class ChecksumMismatch(TextError):
    """The bytes are not those whose checksum is recorded."""


def read_checksums(path: Path) -> dict[str, str]:
    """File names and SHA-256 sums from a ``SHA256SUMS`` file, a line each, hexadecimal digits of either case.

    A byte order mark and blank lines are passed over.  Raises `ChecksumMissing` where the file
    is missing or a line is not of that form.
    """
    try:
        lines = path.read_bytes().decode("utf-8-sig").splitlines()
    except OSError as error:
        raise ChecksumMissing(
            f"{path} cannot be read ({error.strerror}); it has a line for each text: its SHA-256 sum, two spaces, "
            "the file name"
        ) from error
    except UnicodeDecodeError as error:
        raise ChecksumMissing(f"{path} is not UTF-8; write it again as UTF-8") from error
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _CHECKSUM_LINE.fullmatch(line.strip())
        if match is None and line.strip():
            raise ChecksumMissing(
                f"{path}:{number}: not a checksum (64 hexadecimal digits, two spaces, a file name): {line!r}"
            )
        if match is not None:
            sums[match["name"]] = match["sha"].lower()
    return sums


def inside(directory: Path, filename: str) -> bool:
    """Whether a file is below the folder of the texts, wherever links lead."""
    return (directory / filename).resolve().is_relative_to(directory.resolve())


def verify(path: Path, expected: str) -> bytes:
    """The bytes of a file, if their SHA-256 is the one expected.

    Raises `TextMissing` or `ChecksumMismatch`.
    """
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        raise ChecksumMismatch(
            f"{path} has changed: SHA256SUMS records {expected}, the file has {digest}; "
            "restore the file (a text of the edition is never edited); or, if the text was not published yet and this "
            f"is what it should be, write this line in its place: {digest}  {path.name}"
        )
    return data


def load_text(siglum: str, directory: Path, filename: str, structure: Structure = Structure.LINE) -> Text:
    """Read a text and prove that it is the one recorded in ``SHA256SUMS``.

    Only files below the folder are taken: a page may come from anybody, the rest of the disk is not to be read.

    Raises `TextMissing`, `ChecksumMissing`, `ChecksumMismatch` or `TextUndecodable`.
    """
    if not inside(directory, filename):
        raise TextMissing(f"{filename} is not below {directory}; put the text into that folder")
    path, sums = directory / filename, directory / "SHA256SUMS"
    # Without the file, the line that it needs can still be told.
    expected = read_checksums(sums).get(filename) if sums.exists() or not path.exists() else None
    if expected is None:
        digest = hashlib.sha256(_read(path)).hexdigest()
        raise ChecksumMissing(
            f"no checksum is recorded for {filename}; if the file is right, add this line "
            f"to {sums}: {digest}  {filename}"
        )
    data = verify(path, expected)
    try:
        string = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextUndecodable(
            f"{path} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} "
            f"({error.reason}); keep the original, and write it again as UTF-8 under a name of its own"
        ) from error
    return Text(siglum, filename, expected, string, structure)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TextMissing(
            f"the text {path} cannot be read ({error.strerror}); check the file name and apparatus_text_dir"
        ) from error
