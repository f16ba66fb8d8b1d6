"""The texts on disk, each checked against its checksum in ``SHA256SUMS``.

Nothing here normalises anything: a byte order mark, CR, CRLF and a missing last
newline are all part of a text.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from sphinx_apparatus.model.text import Text

_CHECKSUM_LINE = re.compile(r"(?P<sha>[0-9A-Fa-f]{64}) [ *](?P<name>.+)")


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
    """File names and SHA-256 sums from a ``SHA256SUMS`` file, as ``sha256sum`` writes it.

    Raises `ChecksumMissing` where the file is missing or a line is not of that form.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except OSError as error:
        raise ChecksumMissing(
            f"{path} cannot be read ({error.strerror}); make it with: sha256sum * > SHA256SUMS"
        ) from error
    except UnicodeDecodeError as error:
        raise ChecksumMissing(f"{path} is not UTF-8; make it again with: sha256sum * > SHA256SUMS") from error
    sums: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        match = _CHECKSUM_LINE.fullmatch(line)
        if match is None:
            raise ChecksumMissing(
                f"{path}:{number}: not a line of sha256sum (64 hexadecimal digits, two spaces, a file name): {line!r}"
            )
        sums[match["name"]] = match["sha"].lower()
    return sums


def verify(path: Path, expected: str) -> bytes:
    """The bytes of a file, if their SHA-256 is the one expected.

    Raises `TextMissing` or `ChecksumMismatch`.
    """
    data = _read(path)
    digest = hashlib.sha256(data).hexdigest()
    if digest != expected:
        raise ChecksumMismatch(
            f"{path} has changed: SHA256SUMS records {expected}, the file has {digest}; "
            "restore the file (a text of the edition is never edited)"
        )
    return data


def load_text(siglum: str, directory: Path, filename: str) -> Text:
    """Read a text and prove that it is the one recorded in ``SHA256SUMS``.

    Raises `TextMissing`, `ChecksumMissing`, `ChecksumMismatch` or `TextUndecodable`.
    """
    path = directory / filename
    expected = read_checksums(directory / "SHA256SUMS").get(filename)
    if expected is None:
        digest = hashlib.sha256(_read(path)).hexdigest()
        raise ChecksumMissing(
            f"no checksum is recorded for {filename}; if the file is right, add this line "
            f"to {directory / 'SHA256SUMS'}: {digest}  {filename}"
        )
    data = verify(path, expected)
    try:
        string = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextUndecodable(
            f"{path} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} "
            f"({error.reason}); keep the original and add a copy converted to UTF-8"
        ) from error
    return Text(siglum, filename, expected, string)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise TextMissing(
            f"the text {path} cannot be read ({error.strerror}); check the file name and apparatus_text_dir"
        ) from error
