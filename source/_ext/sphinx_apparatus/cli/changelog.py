"""What a release writes into a changelog: under the heading of its version, the ids new, changed and withdrawn."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from sphinx_apparatus.model.history import History, in_order

#: The ids that a version has new, changed and withdrawn.
Told = Mapping[str, Sequence[str]]


def changes(histories: Mapping[str, History], version: str) -> Told:
    """The ids that a version has new, changed and withdrawn."""
    return {
        "new": in_order(i for i, one in histories.items() if one.since == version),
        "changed": in_order(i for i, one in histories.items() if version in one.changed),
        "withdrawn": in_order(i for i, one in histories.items() if one.withdrawn == version),
    }


def with_changes(text: str, version: str, told: Told) -> str | None:
    """A changelog with the ids under the heading of a version, once; ``None`` if it has no such heading.

    The lines end as that of the heading does; all others stay as they are.
    """
    heading = _heading(text, version)
    if heading is None:
        return None
    end_of_line = "\r\n" if heading[0].endswith("\r") else "\n"
    lines = [f"Annotations: {counts(told)}."]
    lines += [f"{name.capitalize()}: {', '.join(ids)}." for name, ids in told.items() if ids]
    block = end_of_line.join(
        f"{'- ' if not n else '  '}{row}" for line in lines for n, row in enumerate(wrap(line, 98))
    )
    following = re.search(r"^## ", text[heading.end() :], re.MULTILINE)
    end = heading.end() + following.start() if following else len(text)
    section = _BLOCK.sub("", text[heading.end() : end]).rstrip("\r\n")
    if section:
        section += end_of_line
    else:
        section = end_of_line.removeprefix("\r") + end_of_line
    rest = end_of_line + text[end:] if following else ""
    return f"{text[: heading.end()]}{section}{block}{end_of_line}{rest}"


#: What an earlier run has written: the counts, and the lists behind them.
_BLOCK = re.compile(r"^- Annotations: new \d.*\n(?:  .*\n|- (?:New|Changed|Withdrawn): .*\n)*", re.MULTILINE)


def counts(told: Told) -> str:
    """How many ids there are of each sort, in words."""
    return ", ".join(f"{name} {len(ids)}" for name, ids in told.items())


def _heading(text: str, version: str) -> re.Match[str] | None:
    """The heading of a version, bare, in brackets, or with a day behind it."""
    return re.search(rf"^## \[?v?{re.escape(version)}(?![\w.+-]).*$", text, re.MULTILINE)


def dated(text: str, version: str, day: str) -> str:
    """What is not released yet, under the version that releases it."""
    if _heading(text, version):
        return text
    return re.sub(
        r"^## \[?Unreleased\]?[ \t]*(?=\r?$)",
        f"## {version} ({day})",
        text,
        count=1,
        flags=re.MULTILINE | re.IGNORECASE,
    )


def nearest(source: Path) -> Path | None:
    """The changelog beside ``conf.py``, or above."""
    found: Iterable[Path] = (source / "CHANGELOG.md", source.resolve().parent / "CHANGELOG.md")
    return next((path for path in found if path.is_file()), None)
