"""The files that a deposit reads beside an edition: at a release they say its version and its day.

``CITATION.cff`` (Citation File Format 1.2.0), ``.zenodo.json`` (the deposit metadata of Zenodo) and
``ro-crate-metadata.json`` (RO-Crate 1.1); what else they say is their editors' matter, and stays as it is.
"""

from __future__ import annotations

import re
from pathlib import Path

#: For each file what stands before a version and before a day, each at its first place.
_KIT = {
    "CITATION.cff": (r"^version:\s*", r"^date-released:\s*"),
    ".zenodo.json": (r'"version":\s*', r'"publication_date":\s*'),
    "ro-crate-metadata.json": (r'"version":\s*', r'"datePublished":\s*'),
}


class UnreadableError(Exception):
    """A file that a release has to change is not UTF-8; the message says where."""


def read(path: Path) -> str:
    """The words of a file, with its own ends of lines.  Raises `UnreadableError`."""
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        raise UnreadableError(f"{path} is not UTF-8 ({error.reason} at {error.start}); save it as UTF-8") from error


def with_release(folder: Path, title: str, version: str, day: str) -> dict[Path, str]:
    """The files of a folder that are about an edition (they have its title), with the version and the day."""
    found = {}
    for name, before in _KIT.items():
        path = folder / name
        text = read(path) if path.is_file() else ""
        if title and title in text:
            for pattern, words in zip(before, (version, day), strict=True):
                text = re.sub(
                    rf"({pattern})(\"?)[\w.+-]+\2", rf"\g<1>\g<2>{words}\g<2>", text, count=1, flags=re.MULTILINE
                )
            found[path] = text
    return found
