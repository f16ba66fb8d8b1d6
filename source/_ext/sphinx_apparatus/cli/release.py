"""A release: ``sphinx-apparatus release [--check] [--no-tag] SOURCE``.

With ``--check`` it says what the next release would make of the register and exits
with 1 if a published id is lost; without, it writes the register, the states that the
version releases (`sphinx_apparatus.stores.states`), into the changelog, which ids are new,
changed and withdrawn, and version and day into the kit for deposit (`sphinx_apparatus.cli.kit`).
In a git repository it commits these files and tags the commit; nothing is written if that could
not be done.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from sphinx_apparatus.cli.kit import with_release
from sphinx_apparatus.cli.repository import Repository, RepositoryError
from sphinx_apparatus.model.history import LostError, advance, compare, in_order
from sphinx_apparatus.model.state import added, version_order
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.register import RegisterError, read_register, write_register
from sphinx_apparatus.stores.states import StatesError, read_states, write_states

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_apparatus.model.edition import Edition
    from sphinx_apparatus.model.history import History

#: The ids that a version has new, changed and withdrawn.
Told = Mapping[str, Sequence[str]]


class ReleaseError(Exception):
    """A version cannot be released as it stands; the message says why, and the remedy."""


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 where nothing can be released, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="sphinx-apparatus release", description=__doc__)
    parser.add_argument("source", type=Path, help="the folder with conf.py")
    parser.add_argument(
        "--changelog", type=Path, help="a changelog with a heading '## VERSION' or '## Unreleased'; else the nearest"
    )
    parser.add_argument("--check", action="store_true", help="only say what would change")
    parser.add_argument("--no-tag", action="store_true", help="write the files, and leave git alone")
    options = parser.parse_args(arguments)
    if not (options.source / "conf.py").exists():
        parser.error(f"{options.source} has no conf.py")
    if options.changelog and not options.changelog.is_file():
        parser.error(f"{options.changelog} is no file")

    from sphinx_apparatus.cli.project import ProjectError, read_project
    from sphinx_apparatus.sphinx_ext.domain import edition_of

    try:
        app = read_project(options.source)
        edition = edition_of(app.env)
        path = Path(app.srcdir, app.config.apparatus_register)
        register: dict[str, History] = read_register(path) if path.exists() else {}
        difference = compare(register, edition.annotations.values(), edition.tombstones)
        for name, ids in difference._asdict().items():
            print(f"{name}: {len(ids)}{': ' if ids else ''}{', '.join(ids)}")
        if options.check:
            return 1 if difference.lost else 0
        release(app, edition, register, options.changelog or _changelog(options.source), tagged=not options.no_tag)
    except (ProjectError, RegisterError, StatesError, LostError, RepositoryError, ReleaseError) as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def release(
    app: Sphinx, edition: Edition, register: Mapping[str, History], changelog: Path | None, *, tagged: bool
) -> None:
    """Release the version that the configuration names: see first that all can be done, then do it."""
    version, day = edition.imprint.version, edition.imprint.released.isoformat()
    tag, repository = f"v{version}", Repository.of(Path(app.srcdir)) if tagged else None
    if repository is not None:
        repository.prepare(tag)
    histories = advance(register, edition.annotations.values(), edition.tombstones, version)
    folder = Path(app.srcdir, app.config.apparatus_states)
    before = read_states(folder)
    newest = max(before.days, key=version_order, default=version)
    if version_order(version) < version_order(newest):
        raise ReleaseError(f"{version} comes before {newest}, which is released; set the version in conf.py")
    states = added(before.states, edition.annotations.values(), version, day)
    told = changes(histories, version)
    files = {
        Path(app.srcdir, app.config.apparatus_register): write_register(histories, version),
        folder / f"{version}.json": write_states(states, version, day),
    }
    if repository is not None:
        repository.keep(folder / f"{version}.json", files[folder / f"{version}.json"])
    if changelog is not None:
        said = with_changes(_dated(changelog.read_text("utf-8"), version, day), version, told)
        if said is None:
            raise ReleaseError(
                f"{changelog} has no heading '## {version}' or '## Unreleased', under which the ids are listed; add one"
            )
        files[changelog] = said
    for beside in {Path(app.srcdir).resolve(), Path(app.srcdir).resolve().parent}:
        files |= with_release(beside, edition.imprint.title, version, day)
    if not app.config.apparatus_released:
        print(f"apparatus_released is not set: of {version} only the states say that it is of {day}", file=sys.stderr)
    for path, content in files.items():
        write(path, content)
    print(f"{len(histories)} ids, version {version}; {len(states)} states; written: {', '.join(p.name for p in files)}")
    if repository is not None:
        words = [f"{edition.imprint.title}, version {version}", "", f"Annotations: {_counts(told)}."]
        repository.record(list(files), tag, "\n".join(words))
        print(f"committed and tagged: {tag}; git push --follow-tags publishes it")


def changes(histories: Mapping[str, History], version: str) -> Told:
    """The ids that a version has new, changed and withdrawn."""
    return {
        "new": in_order(i for i, one in histories.items() if one.since == version),
        "changed": in_order(i for i, one in histories.items() if version in one.changed),
        "withdrawn": in_order(i for i, one in histories.items() if one.withdrawn == version),
    }


def with_changes(text: str, version: str, told: Told) -> str | None:
    """A changelog with the ids under the heading of a version, once; ``None`` if it has no such heading."""
    heading = _heading(text, version)
    if heading is None:
        return None
    lines = [f"Annotations: {_counts(told)}."]
    lines += [f"{name.capitalize()}: {', '.join(ids)}." for name, ids in told.items() if ids]
    block = "\n".join(f"{'- ' if not n else '  '}{row}" for line in lines for n, row in enumerate(wrap(line, 98)))
    following = re.search(r"^## ", text[heading.end() :], re.MULTILINE)
    end = heading.end() + following.start() if following else len(text)
    section = _BLOCK.sub("", text[heading.end() : end]).rstrip("\n")
    return f"{text[: heading.end()]}{section or chr(10)}\n{block}\n" + (f"\n{text[end:]}" if following else "")


#: What an earlier run has written: the counts, and the lists behind them.
_BLOCK = re.compile(r"^- Annotations: new \d.*\n(?:  .*\n|- (?:New|Changed|Withdrawn): .*\n)*", re.MULTILINE)


def _counts(told: Told) -> str:
    return ", ".join(f"{name} {len(ids)}" for name, ids in told.items())


def _heading(text: str, version: str) -> re.Match[str] | None:
    """The heading of a version, bare, in brackets, or with a day behind it."""
    return re.search(rf"^## \[?v?{re.escape(version)}(?![\w.+-]).*$", text, re.MULTILINE)


def _dated(text: str, version: str, day: str) -> str:
    """What is not released yet, under the version that releases it."""
    if _heading(text, version):
        return text
    return re.sub(
        r"^## \[?Unreleased\]?[ \t]*$", f"## {version} ({day})", text, count=1, flags=re.MULTILINE | re.IGNORECASE
    )


def _changelog(source: Path) -> Path | None:
    """The changelog beside ``conf.py``, or above."""
    found: Iterable[Path] = (source / "CHANGELOG.md", source.resolve().parent / "CHANGELOG.md")
    return next((path for path in found if path.is_file()), None)
