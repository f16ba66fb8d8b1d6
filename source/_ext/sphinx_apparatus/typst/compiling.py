"""Typst source to PDF, by the PyPI wheel; the same source gives the same bytes on any machine."""

from __future__ import annotations

import ast
import json
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import typst

#: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file.
STANDARDS: list[Any] = ["a-3a", "ua-1"]

_NO_GLYPH = re.compile(r'the text `("(?:[^`]|`(?! could))*")` could not be displayed')


class CompileError(Exception):
    """Typst refuses the source; the message is its own, with file and line."""


class NoGlyph(Exception):
    """No font has some characters; ``characters`` are these."""

    def __init__(self, characters: frozenset[str]) -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in sorted(characters)))
        self.characters = characters


class Compiled(NamedTuple):
    """A PDF, what Typst warned of, and where everything stands."""

    pdf: bytes
    warnings: list[str]
    places: dict[str, Any]


def timestamp() -> int | None:
    """``SOURCE_DATE_EPOCH`` (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else None


def compile_pdf(main: Path, fonts: Sequence[Path]) -> Compiled:
    """Compile a source file.  Raises `CompileError`, or `NoGlyph` where that is all that is wrong.

    No font but those of the wheel and of the given folders is used: a page set with what
    a machine happens to have would look different on the next.
    """
    found = typst.Fonts(include_system_fonts=False, font_paths=[str(path) for path in fonts])
    compiler = typst.Compiler(str(main), root=str(main.parent), font_paths=found, ignore_system_fonts=True)
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", pdf_standards=STANDARDS, timestamp=timestamp())
        told = json.loads(compiler.query("<ed-places>", field="value", one=True))
    except typst.TypstError as error:
        missing = missing_glyphs(error.diagnostic)
        if missing:
            raise NoGlyph(missing) from error
        raise CompileError(error.diagnostic) from error
    if not isinstance(pdf, bytes):
        raise CompileError("Typst gave no PDF")
    return Compiled(pdf, [warning.diagnostic for warning in warnings], told)


def missing_glyphs(diagnostic: str) -> frozenset[str]:
    """The characters that no font has, from Typst's messages; none where there are others, too."""
    errors = [line for line in diagnostic.splitlines() if line.startswith("error:")]
    characters: set[str] = set()
    for line in errors:
        match = _NO_GLYPH.search(line)
        if match is None:
            return frozenset()
        characters.update(_unquote(match[1]))
    return frozenset(characters)


def _unquote(quoted: str) -> str:
    r"""Typst's way of quoting, whose ``\u{1f}`` Python does not know."""
    escaped = re.sub(r"\\u\{([0-9a-f]+)\}", lambda match: f"\\U{int(match[1], 16):08x}", quoted)
    try:
        return str(ast.literal_eval(escaped))
    except (SyntaxError, ValueError):
        return quoted[1:-1]
