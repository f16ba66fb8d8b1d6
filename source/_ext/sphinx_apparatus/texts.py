"""The text store: a text as it came down to us, checked against its checksum.

Pure Python.  Offsets are code points of the decoded string, from 0; paragraph
numbers (¶) count from 1.  Nothing here normalises anything: a byte order mark,
CR, CRLF and a missing last newline are all part of the text.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

#: A line ends as POSIX, DOS or old Macintosh files end one.  ``str.splitlines``
#: would also split at U+000B, U+0085, U+2028 and others, which are characters
#: of the text here.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")

#: What a blank line may hold besides ``str.isspace`` characters.
_INVISIBLE = "\ufeff"

_CHECKSUM_LINE = re.compile(r"(?P<sha>[0-9a-f]{64}) [ *](?P<name>.+)")


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


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A non-empty line of a text.

    ``number`` counts from 1; ``start`` and ``end`` are code points, the line
    ending excluded.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True)
class Text:
    """A text and what identifies it: siglum, file name, SHA-256 of its bytes."""

    siglum: str
    filename: str
    sha256: str
    string: str

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs in order; blank lines belong to none."""
        return tuple(find_paragraphs(self.string))

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph_at(self, offset: int) -> Paragraph | None:
        """The paragraph that holds a code point, or the last one before it."""
        index = bisect_right(self._starts, offset)
        if index:
            return self.paragraphs[index - 1]
        return self.paragraphs[0] if self.paragraphs else None

    def paragraph(self, number: int) -> Paragraph:
        """The paragraph of a number.  Raises ``LookupError`` if there is none."""
        if 1 <= number <= len(self.paragraphs):
            return self.paragraphs[number - 1]
        raise LookupError(f"text {self.siglum} has ¶1 to ¶{len(self.paragraphs)}, no ¶{number}")


def find_paragraphs(string: str) -> list[Paragraph]:
    """The non-empty lines of a string, numbered from 1."""
    found: list[Paragraph] = []
    for match in _LINE.finditer(string):
        line = match[1]
        if line.strip().strip(_INVISIBLE).strip():
            found.append(Paragraph(len(found) + 1, match.start(1), match.end(1)))
    return found


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
        sums[match["name"]] = match["sha"]
    return sums


def verify(path: Path, expected: str) -> bytes:
    """The bytes of a file, if their SHA-256 is the one expected.

    Raises `TextMissing` or `ChecksumMismatch`.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise TextMissing(
            f"the text {path} cannot be read ({error.strerror}); check the file name and apparatus_text_dir"
        ) from error
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
    if expected is None and path.exists():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        raise ChecksumMissing(
            f"no checksum is recorded for {filename}; if the file is right, add this line "
            f"to {directory / 'SHA256SUMS'}: {digest}  {filename}"
        )
    data = verify(path, expected or "")
    digest = hashlib.sha256(data).hexdigest()
    try:
        string = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise TextUndecodable(
            f"{path} is not UTF-8: byte 0x{data[error.start]:02x} at offset {error.start} "
            f"({error.reason}); keep the original and add a copy converted to UTF-8"
        ) from error
    return Text(siglum, filename, digest, string)
