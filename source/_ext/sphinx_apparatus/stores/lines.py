"""The lines of the texts on disk: ``lines.json``, beside the register.

Made once, by ``python -m sphinx_apparatus.cli.lines``, and kept for good like an id::

    {"format": 1, "texts": {
    "K": {
     "file": "khan.txt",
     "sha256": "3bb9…",
     "measure": "108 mm, Libertinus Serif 10.5 pt",
     "by": "Typst 0.15.2",
     "hyphens": [3],
     "lines": [
      [0],
      [98, 163, 224]]}
    }}

``lines`` has a row for each paragraph: the code point, from 0, with which each of its lines
begins.  ``hyphens`` has the numbers of the lines, from 1 through the text, that end with a
hyphen which is not a character of the text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

from sphinx_apparatus.model.lines import Lines, LinesError
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.stores.objects import members_of, parse

#: The number of the form described above.
FORMAT = 1

COMMAND = "sphinx-apparatus lines"


class LinesFileError(Exception):
    """The file cannot be used; the message names it, what is wrong, and the remedy."""


@dataclass(frozen=True, slots=True)
class Division:
    """What the file has of one text; see the module."""

    filename: str
    sha256: str
    measure: str
    by: str
    rows: tuple[tuple[int, ...], ...]
    hyphens: tuple[int, ...] = ()

    @classmethod
    def made(cls, text: Text, lines: Lines, measure: str, by: str) -> Division:
        """What is to be kept of lines: made of a text, at a measure, by a program."""
        rows = tuple(
            tuple(lines.starts[line - 1] for line in lines.of_paragraph(paragraph.number))
            for paragraph in text.paragraphs
        )
        return cls(text.filename, text.sha256, measure, by, rows, tuple(sorted(lines.hyphens)))


@dataclass(frozen=True)
class LinesFile:
    """The divisions of a file by siglum; its path is for messages."""

    path: Path
    divisions: Mapping[str, Division] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, text: Text) -> Lines | None:
        """The lines of a text; ``None`` if the file has none of it.

        Raises `LinesFileError` if they are of other bytes, or no division of this text.
        """
        division = self.divisions.get(text.siglum)
        if division is None:
            return None
        if division.sha256 != text.sha256:
            raise LinesFileError(
                f"{self.path}: the lines of {text.siglum} are those of {division.filename} with the SHA-256 "
                f"{division.sha256}; {text.filename} has {text.sha256}. Restore the text, or, if it was changed on "
                f"purpose, give it new lines with: {COMMAND} --again {text.siglum} SOURCE"
            )
        try:
            starts = tuple(start for row in division.rows for start in row)
            return Lines(starts, text.paragraphs, frozenset(division.hyphens))
        except LinesError as error:
            raise LinesFileError(
                f"{self.path}: these are no lines of {text.siglum} ({text.filename}): {error}. Restore the file from "
                f"the last release, or give the text new lines with: {COMMAND} --again {text.siglum} SOURCE"
            ) from error


#: Of a file that cannot be read at all.
_REMEDY = f"Restore it from the last release; if none has it, remove it and make it anew with: {COMMAND} SOURCE"


def read_lines(path: Path) -> LinesFile:
    """The lines of a file; none of any text where it is not there.  Raises `LinesFileError`."""
    try:
        content = path.read_text("utf-8")
    except FileNotFoundError:
        return LinesFile(path)
    except (OSError, UnicodeDecodeError) as error:
        raise LinesFileError(f"{path} cannot be read ({error}). {_REMEDY}") from error
    try:
        table = parse(content, format=int)
        if table["format"] != FORMAT:
            raise LinesFileError(
                f"{path} is of format {table['format']!r}, and this version knows {FORMAT}; use the one that made it"
            )
        divisions = {siglum: _division(entry) for siglum, entry in members_of(table, texts=dict)["texts"].items()}
    except json.JSONDecodeError as error:
        raise LinesFileError(f"{path}:{error.lineno}: not JSON ({error.msg}). {_REMEDY}") from error
    except ValueError as error:
        raise LinesFileError(f"{path} is not a file of lines ({error}). {_REMEDY}") from error
    return LinesFile(path, MappingProxyType(divisions))


def write_lines(divisions: Mapping[str, Division]) -> str:
    """The content of the file: a row a paragraph, the texts in the order of their sigla."""
    texts = []
    for siglum in sorted(divisions):
        division = divisions[siglum]
        said = {
            "file": division.filename,
            "sha256": division.sha256,
            "measure": division.measure,
            "by": division.by,
            "hyphens": list(division.hyphens),
        }
        head = "".join(f" {_json(key)}: {_json(value)},\n" for key, value in said.items())
        rows = ",\n".join(f"  {_json(row)}" for row in division.rows)
        texts.append(f'{_json(siglum)}: {{\n{head} "lines": [\n{rows}]}}')
    body = ",\n".join(texts)
    return f'{{"format": {FORMAT}, "texts": {{\n{body}\n}}}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _division(value: object) -> Division:
    """A text's entry.  Raises ``ValueError`` for what is not of its form."""
    entry = members_of(value, file=str, sha256=str, measure=str, by=str, hyphens=list, lines=list)
    rows = tuple(_numbers(row) for row in entry["lines"])
    return Division(entry["file"], entry["sha256"], entry["measure"], entry["by"], rows, _numbers(entry["hyphens"]))


def _numbers(row: Any) -> tuple[int, ...]:
    if not isinstance(row, list) or not all(type(number) is int for number in row):
        raise ValueError(f"{_json(row)[:40]} is not a list of numbers")
    return tuple(row)
