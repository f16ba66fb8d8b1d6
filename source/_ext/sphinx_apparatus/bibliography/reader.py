"""The .bib files: read with pybtex, entry by entry, each fault told with file and line.

sphinxcontrib-bibtex ends in a traceback at the first fault.  Here what can be read is read, and of the
rest it is said where it stands and what is wrong with it.  A file with a fault is read again at the next
build, so that the message comes until it is mended.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pybtex.database import BibliographyDataError
from pybtex.database.input.bibtex import Parser
from pybtex.errors import capture
from pybtex.exceptions import PybtexError

from sphinx_apparatus.bibliography import dates, persons
from sphinx_apparatus.bibliography.biblatex import PERSONS, as_bibtex, inherited
from sphinx_apparatus.bibliography.tex import paired
from sphinx_apparatus.bibliography.words import with_accents

_START = re.compile(r"^[ \t]*@[ \t]*(\w+)[ \t]*[{(]", re.MULTILINE)
_COMMENT = re.compile(r"^[ \t]*@[ \t]*comment[ \t]*\{", re.MULTILINE | re.IGNORECASE)
_NO_ENTRIES = frozenset({"comment", "string", "preamble"})


class Fault(NamedTuple):
    """What is wrong, and on which line of the file, from 1."""

    line: int
    message: str


class Reader(Parser):  # type: ignore[misc,unused-ignore]
    """Pybtex's parser, which goes on after a fault and remembers it."""

    def __init__(self) -> None:
        super().__init__("utf-8", person_fields=PERSONS)
        self.faults: list[Fault] = []
        self._text = ""
        self._before: set[str] = set()

    def read(self, path: Path, encoding: str) -> list[Fault]:
        """Read a file beside those that have been read; its faults, in the order of their lines."""
        self.faults, self._before = [], {key.lower() for key in self.data.entries}
        self.filename = str(path)
        try:
            raw = path.read_bytes()
        except OSError as error:
            return [Fault(1, f"the file cannot be read ({error.strerror or error})")]
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError as error:
            line = raw.count(b"\n", 0, error.start) + 1
            byte = raw[error.start]
            name = encoding.upper().removesuffix("-SIG")
            where = f"byte 0x{byte:02X} at {error.start}"
            self.faults.append(Fault(line, f"the file is not {name}: {where}; save it as UTF-8"))
            text = raw.decode(encoding, errors="replace")
        except LookupError:
            return [Fault(1, f"bibtex_encoding is {encoding!r}, and there is no such encoding")]
        self._text = _uncommented(text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n"))
        for chunk in _whole(self._text, self.faults):
            with capture() as errors:
                try:
                    self.parse_string(chunk)
                except (PybtexError, RecursionError) as error:
                    errors.append(error)
            self.faults += [self._told(one) for one in errors]
        return sorted(set(self.faults))

    def process_entry(self, entry_type: str, key: str, fields: Any) -> None:
        """Take an entry; names in biblatex's own form are brought into BibTeX's."""
        if entry_type.lower() in _NO_ENTRIES or key is None:
            return
        if key.lower() in {one.lower() for one in self.data.entries} and key not in self.data.entries:
            self.faults.append(Fault(self._line_of(key), f"{key} differs from another key by its capitals only"))
            return
        for name, value in fields:
            names = "".join(value) if name in self.person_fields else ""
            wrong = persons.faults(names) if names.strip() else ()
            self.faults += [Fault(self._line_of(key), f"{name} of {key}: {fault}") for fault in wrong]
        written = [
            (name, [persons.bibtex_names(with_accents("".join(value)))] if name in self.person_fields else value)
            for name, value in fields
            if "".join(value).strip(" \t\n{},")  # a field that says nothing is none, as in biblatex
        ]
        super().process_entry(entry_type, key, written)

    def _told(self, error: Exception) -> Fault:
        line = getattr(error, "lineno", None)
        message = re.sub(r" in line \d+", "", str(error))
        if isinstance(error, BibliographyDataError):
            key = message.rpartition(": ")[2] if "repeated" in message else message.split(" ")[3:4] or [""]
            key = key if isinstance(key, str) else key[0]
            repeated = "repeated" in message
            if repeated:
                message = f"{key} is recorded twice; the first record is taken, take the other out or give it a key"
            return Fault(self._line_of(key, last=repeated), message)
        if line is None:
            name = re.search(r"\[?'(.+)'\]?|: (.+)$", message)
            words = next((word for word in (name.groups() if name else ()) if word), "")
            line = self._text.count("\n", 0, max(self._text.find(words), 0)) + 1 if words else 1
        return Fault(line, message)

    def _line_of(self, key: str, *, last: bool = False) -> int:
        return _line(self._text, key, last=last)


def _uncommented(text: str) -> str:
    """A file without what ``@comment`` has in braces, as biber reads it; its lines are counted as before."""
    for match in reversed([*_COMMENT.finditer(text)]):
        depth, end = 1, match.end()
        while depth and end < len(text):
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        if not depth:
            text = text[: match.start()] + "\n" * text.count("\n", match.start(), end) + text[end:]
    return text


def _whole(text: str, faults: list[Fault]) -> Iterator[str]:
    """The text, or, where its braces do not pair, what is whole of it; what is not, is told.

    Each piece has as many lines before it as it has in the file.
    """
    if paired(text) and not _unclosed(text):
        yield text
        return
    starts = [match.start() for match in _START.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        piece, line = text[start:end], text.count("\n", 0, start) + 1
        if paired(piece):
            yield "\n" * (line - 1) + piece
        else:
            words = " ".join(piece.split())[:40]
            faults.append(
                Fault(line, f"the braces of the entry that begins here ({words} …) do not pair; it is left out")
            )


def _unclosed(text: str) -> bool:
    """Whether an entry begins within another, which by chance ends with it."""
    ends = [match.start() for match in _START.finditer(text)]
    depth, last = 0, 0
    for end in ends:
        part = text[last:end]
        depth += part.count("{") - part.count("}")
        if depth and text[last : last + 1] == "@":
            return True
        last = end
    return False


def read_all(
    paths: Sequence[Path], encoding: str
) -> tuple[Any, dict[Path, tuple[float, list[str]]], list[tuple[Path, Fault]]]:
    """All files: pybtex's data, for each file its time and keys, and the faults.

    A record is as BibTeX has it whatever biblatex calls its type and fields.
    """
    reader = Reader()
    files: dict[Path, tuple[float, list[str]]] = {}
    faults: list[tuple[Path, Fault]] = []
    for path in paths:
        before = set(reader.data.entries)
        found = reader.read(path, encoding) if path.is_file() else [Fault(1, "there is no such file")]
        keys = [key for key in reader.data.entries if key not in before]
        found += [*_without_title(reader, keys), *_odd(reader, keys)]
        faults += [(path, fault) for fault in sorted(found)]
        files[path] = (-math.inf if found else path.lstat().st_mtime, keys)
    entries = reader.data.entries
    wrong = (one for entry in list(entries.values()) for one in inherited(entry, entries))
    for key, fault in dict.fromkeys(wrong):
        path = next(path for path, (_, keys) in files.items() if key in keys)
        text = path.read_text("utf-8", errors="replace")
        faults.append((path, Fault(_line(text, key), fault)))
        files[path] = (-math.inf, files[path][1])
    for key, entry in list(entries.items()):
        if entry.type == "xdata":
            del entries[key]
            for path, (time, keys) in files.items():
                files[path] = (time, [one for one in keys if one != key])
        else:
            as_bibtex(entry)
    return reader.data, files, faults


def _line(text: str, key: str, *, last: bool = False) -> int:
    """The line, from 1, on which the record of a key begins, or the last of several; in other capitals, if need be."""
    written = rf"@\s*\w+\s*[{{(]\s*{re.escape(key)}\s*[,}})]"
    found = [*re.finditer(written, text)] or [*re.finditer(written, text, re.IGNORECASE)]
    return text.count("\n", 0, found[-1 if last else 0].start()) + 1 if found else 1


def _without_title(reader: Reader, keys: Sequence[str]) -> list[Fault]:
    wanting = [
        key
        for key in keys
        for fields in [reader.data.entries[key].fields]
        if not {"title", "crossref", "xdata", "maintitle", "booktitle", "shorttitle"} & set(map(str.lower, fields))
        and reader.data.entries[key].type not in ("xdata", "set")
    ]
    return [Fault(reader._line_of(key), f"{key} has no title; its key stands for it") for key in wanting]


def _odd(reader: Reader, keys: Sequence[str]) -> Iterator[Fault]:
    for key in keys:
        entry = reader.data.entries[key]
        for fault in dates.faults(entry.fields):
            yield Fault(reader._line_of(key), f"{key}: {fault}")
        if entry.type == "set":
            yield Fault(reader._line_of(key), f"{key} is a set of records, which is not read; cite the records")
