"""The register at a release: ``python -m sphinx_apparatus.release [--check] SOURCE``.

With ``--check`` it says what the next release would make of the register and exits
with 1 if a published id is lost; without, it writes the register, the states that the
version releases (`sphinx_apparatus.stores.states`) and, into the changelog, which ids are new,
changed and withdrawn.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from textwrap import wrap

from sphinx_apparatus.model.history import History, LostError, advance, compare, in_order
from sphinx_apparatus.model.state import added
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.register import RegisterError, read_register, write_register
from sphinx_apparatus.stores.states import StatesError, read_states, write_states


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 for a lost id, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="sphinx-apparatus release", description=__doc__)
    parser.add_argument("source", type=Path, help="the folder with conf.py")
    parser.add_argument(
        "--changelog", type=Path, help="a changelog with a heading '## VERSION'; else that beside conf.py"
    )
    parser.add_argument("--check", action="store_true", help="only say what would change")
    options = parser.parse_args(arguments)
    if not (options.source / "conf.py").exists():
        parser.error(f"{options.source} has no conf.py")

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
        version = edition.imprint.version
        histories = advance(register, edition.annotations.values(), edition.tombstones, version)
        folder = Path(app.srcdir, app.config.apparatus_states)
        states = read_states(folder)
    except (ProjectError, RegisterError, StatesError, LostError) as error:
        print(error, file=sys.stderr)
        return 1
    day = edition.imprint.released.isoformat()
    released = added(states, edition.annotations.values(), version, day)
    write(path, write_register(histories, version))
    print(f"{path.name}: {len(histories)} ids, version {version}")
    if released:
        folder.mkdir(parents=True, exist_ok=True)
        write(folder / f"{version}.json", write_states(released, version, day))
        print(f"{folder.name}/{version}.json: {len(released)} states")
    told = changes(histories, version)
    for changelog in _changelogs(options.changelog, options.source):
        text = changelog.read_text("utf-8")
        if (said := with_changes(text, version, told)) is not None:
            write(changelog, said)
            print(f"{changelog.name}: the ids under {version}")
            break
    return 0


def changes(histories: Mapping[str, History], version: str) -> dict[str, list[str]]:
    """The ids that a version has new, changed and withdrawn."""
    return {
        "new": in_order(i for i, one in histories.items() if one.since == version),
        "changed": in_order(i for i, one in histories.items() if version in one.changed),
        "withdrawn": in_order(i for i, one in histories.items() if one.withdrawn == version),
    }


def with_changes(text: str, version: str, told: Mapping[str, Sequence[str]]) -> str | None:
    """A changelog with the ids under the heading of a version, once; ``None`` if it has no such heading."""
    heading = re.search(rf"^## \[?{re.escape(version)}\b.*$", text, re.MULTILINE)
    if heading is None:
        return None
    counts = ", ".join(f"{name} {len(ids)}" for name, ids in told.items())
    lines = [f"Annotations: {counts}."]
    lines += [f"{name.capitalize()}: {', '.join(ids)}." for name, ids in told.items() if ids]
    block = "\n".join(f"{'- ' if not n else '  '}{row}" for line in lines for n, row in enumerate(wrap(line, 98)))
    following = re.search(r"^## ", text[heading.end() :], re.MULTILINE)
    end = heading.end() + following.start() if following else len(text)
    section = _BLOCK.sub("", text[heading.end() : end]).rstrip("\n")
    return f"{text[: heading.end()]}{section or chr(10)}\n{block}\n" + (f"\n{text[end:]}" if following else "")


#: What an earlier run has written: the counts, and the lists behind them.
_BLOCK = re.compile(r"^- Annotations: new \d.*\n(?:  .*\n|- (?:New|Changed|Withdrawn): .*\n)*", re.MULTILINE)


def _changelogs(given: Path | None, source: Path) -> list[Path]:
    found = [given] if given else [source / "CHANGELOG.md", source / ".." / "CHANGELOG.md"]
    return [path for path in found if path.is_file()]
