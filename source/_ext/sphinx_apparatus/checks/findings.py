"""A finding: what a rule has found, and where."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_apparatus.checks.codes import Code


class Where(NamedTuple):
    """A place in the edition: a page of the project and its line, from 1, or a file and words that stand in it."""

    docname: str = ""
    line: int = 0
    path: str = ""
    words: str = ""


class Finding(NamedTuple):
    """What is wrong, under which code, and where."""

    code: Code
    message: str
    where: Where
