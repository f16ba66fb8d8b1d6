"""Data files: TOML tables read with every mistake named, file and line.

A data file is a run of tables of one name (``[[event]]``).  Keys that nothing reads
are mistakes, so that a misspelt one is found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any


class DataError(Exception):
    """A data file is not of its form; ``line`` counts from 1, 0 where it is not known."""

    def __init__(self, message: str, path: Path, line: int = 0) -> None:
        super().__init__(message)
        self.path = path
        self.line = line

    @property
    def location(self) -> str:
        """File and line as Sphinx's loggers take them."""
        return f"{self.path}:{self.line}" if self.line else str(self.path)


class Table:
    """One table of a data file; each value is read once, by name and type."""

    def __init__(self, values: dict[str, Any], path: Path, line: int, name: str) -> None:
        self._values = dict(values)
        self._path = path
        self.line = line
        #: what the file calls it: *event*, *node*
        self.name = name

    def error(self, message: str) -> DataError:
        """An error at this table."""
        return DataError(f"{self.name}: {message}", self._path, self.line)

    def has(self, key: str) -> bool:
        """Whether a key is there and not yet read."""
        return key in self._values

    def text(self, key: str, default: str | None = None) -> str:
        """A string; without a default it is required, and has words.  Raises `DataError`."""
        value = self._values.pop(key, default)
        if value is None or (value == "" and default is None):
            raise self.error(f"needs {key or 'words'}")
        if not isinstance(value, str):
            raise self.error(f"{key} is not a string: {value!r}")
        return value

    def flag(self, key: str, default: bool) -> bool:
        """A truth value.  Raises `DataError`."""
        value = self._values.pop(key, default)
        if not isinstance(value, bool):
            raise self.error(f"{key} is neither true nor false: {value!r}")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of strings.  Raises `DataError`."""
        value = self._values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key} is not a list of strings: {value!r}")
        return tuple(value)

    def mapping(self, key: str) -> dict[str, str]:
        """A table of strings.  Raises `DataError`."""
        value = self._values.pop(key, {})
        if not isinstance(value, dict) or not all(isinstance(item, str) for item in value.values()):
            raise self.error(f"{key} is not a table of strings: {value!r}")
        return value

    def tables(self, key: str) -> Iterator[Table]:
        """Tables within this one (``[[event.mention]]``, or in line).  Raises `DataError`."""
        value = self._values.pop(key, [])
        if not isinstance(value, list) or not all(isinstance(item, (dict, str)) for item in value):
            raise self.error(f"{key} is not a list of tables: {value!r}")
        for item in value:
            yield Table(item if isinstance(item, dict) else {"": item}, self._path, self.line, f"{self.name}, {key}")

    def choice(self, key: str, choices: tuple[str, ...], default: str | None = None) -> str:
        """One of some words.  Raises `DataError`."""
        value = self.text(key, default)
        if value not in choices:
            raise self.error(f"{key} is one of {', '.join(choices)}; not {value!r}")
        return value

    def done(self) -> None:
        """Raise `DataError` if a key is left that nothing has read."""
        if self._values:
            raise self.error(f"unknown key {', '.join(sorted(self._values))}")


def read(path: Path, *names: str) -> list[Table]:
    """The tables of a data file, of the names given, in their order.  Raises `DataError`."""
    try:
        source = path.read_text("utf-8")
        data = tomllib.loads(source)
    except OSError as error:
        raise DataError(f"cannot be read ({error.strerror}); check the name", path) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise DataError(f"not TOML: {error}", path) from error
    except RecursionError as error:
        raise DataError("tables are within tables too deep; make them flatter", path) from error
    unknown = sorted(set(data) - set(names))
    if unknown:
        raise DataError(f"unknown table {', '.join(unknown)}; this file has {', '.join(names)}", path)
    lines = {name: _lines(source, name) for name in names}
    found: list[Table] = []
    for name in names:
        tables = data.get(name, [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise DataError(f"{name} is a list of tables: write [[{name}]]", path)
        for index, table in enumerate(tables):
            line = lines[name][index] if index < len(lines[name]) else 0
            found.append(Table(table, path, line, name))
    return found


def _lines(source: str, name: str) -> list[int]:
    """The lines, from 1, on which tables of a name begin; only LF ends a line of TOML, with or without CR."""
    begins = re.compile(rf"[ \t]*\[\[[ \t]*{re.escape(name)}[ \t]*\]\]")
    return [number for number, line in enumerate(source.split("\n"), 1) if begins.match(line)]
