"""Typst source to PDF, by the PyPI wheel; the same source gives the same bytes on any machine.

Typst keeps what it has worked out, for a document that is set again; a builder that sets
several would hold all of it.  So each is set by a process of its own, whose program is
`sphinx_apparatus.outputs.print.process`.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

#: The program that sets a document.
_PROCESS = str(Path(__file__).with_name("process.py"))

_NO_GLYPH = re.compile(r'the text `?("(?:[^`]|`(?! could))*?")`? (?:could not be displayed|contains codepoints)')


class CompileError(Exception):
    """Typst refuses the source; the message is its own, with file and line."""


class NoGlyph(Exception):
    """No font has some characters; ``characters`` are these."""

    def __init__(self, characters: frozenset[str], diagnostic: str = "") -> None:
        super().__init__(" ".join(f"U+{ord(character):04X}" for character in sorted(characters)))
        self.characters, self.diagnostic = characters, diagnostic


class Stage(NamedTuple):
    """What a pass is for (``pass`` in ``apparatus.typ``), what it is asked by name, whether a PDF is written."""

    name: str
    ask: Mapping[str, str]
    pdf: bool = False


class Compiled(NamedTuple):
    """A PDF, if one was asked for; what Typst warned of; and what it answered."""

    pdf: bytes
    warnings: list[str]
    found: dict[str, Any]


def timestamp() -> int | None:
    """``SOURCE_DATE_EPOCH`` (https://reproducible-builds.org/specs/source-date-epoch/)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else None


def compile_source(main: Path, fonts: Sequence[Path], stage: Stage, standards: Sequence[str] = ()) -> Compiled:
    """Set a source file.  Raises `CompileError`, or `NoGlyph` where that is all that is wrong.

    No font but those of the wheel and of the given folders is used: a page set with what
    a machine happens to have would look different on the next.
    """
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "book.pdf")
        request = {
            "main": str(main),
            "fonts": [str(path) for path in fonts],
            "pass": stage.name,
            "ask": dict(stage.ask),
            "pdf": str(out) if stage.pdf else "",
            "standards": list(standards),
            "timestamp": timestamp(),
        }
        # -P: beside this file are modules, and none of them may stand in for another one.
        done = subprocess.run(
            [sys.executable, "-P", _PROCESS], input=json.dumps(request), capture_output=True, text=True, check=False
        )
        if done.returncode:
            told = done.stderr.strip().splitlines() or [f"it ended with status {done.returncode}"]
            raise CompileError(f"{told[-1]}. If memory was short, print the edition in volumes (apparatus_pdf_volumes)")
        answer = json.loads(done.stdout)
        if answer["error"]:
            missing = missing_glyphs(answer["error"])
            raise NoGlyph(missing, answer["error"]) if missing else CompileError(answer["error"])
        return Compiled(out.read_bytes() if stage.pdf else b"", answer["warnings"], answer["found"])


_LACKS = re.compile(r'the text `(".*?")` could not be displayed with font `"(.*?)"`')


def lacking(main: Path, fonts: Sequence[Path]) -> dict[str, frozenset[str]]:
    """The characters that each font has not, of a source in which each stands alone in one font after the other."""
    try:
        compile_source(main, fonts, Stage("glyphs", {}, pdf=True), ("a-3b",))
    except NoGlyph as error:
        found: dict[str, set[str]] = {}
        for quoted, family in _LACKS.findall(error.diagnostic):
            found.setdefault(family, set()).update(_unquote(quoted))
        return {family: frozenset(characters) for family, characters in found.items()}
    return {}


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
