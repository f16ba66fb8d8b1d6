"""A release: ``sphinx-apparatus release [--check] [--no-tag] SOURCE``.

With ``--check`` it says what the next release would make of the register and exits
with 1 if a published id is lost; without, it writes the register, the states that the
version releases (`sphinx_apparatus.stores.states`), into the changelog, which ids are new,
changed and withdrawn, and version and day into the kit for deposit (`sphinx_apparatus.cli.kit`).
In a git repository it commits these files and tags the commit; where something cannot be done, nothing is written.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_apparatus.cli.changelog import changes, counts, dated, nearest, with_changes
from sphinx_apparatus.cli.kit import UnreadableError, read, with_release
from sphinx_apparatus.cli.repository import Repository, RepositoryError
from sphinx_apparatus.model.history import LostError, advance, compare
from sphinx_apparatus.model.state import added, version_order
from sphinx_apparatus.stores.atomic import all_or_nothing, write
from sphinx_apparatus.stores.register import RegisterError, read_register, write_register
from sphinx_apparatus.stores.states import StatesError, read_states, write_states

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_apparatus.model.edition import Edition
    from sphinx_apparatus.model.history import History

#: A version that is a name for a file, an address and a tag, and that has an order.
_VERSION = re.compile(r"[0-9][0-9A-Za-z]*(?:[.+-][0-9A-Za-z]+)*")


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
            if not difference.lost:
                advance(register, edition.annotations.values(), edition.tombstones, edition.imprint.version)
            return 1 if difference.lost else 0
        release(app, edition, register, options.changelog or nearest(options.source), tagged=not options.no_tag)
    except (
        ProjectError,
        RegisterError,
        StatesError,
        LostError,
        RepositoryError,
        UnreadableError,
        ReleaseError,
    ) as error:
        print(error, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.filename}: {error.strerror}; nothing is written", file=sys.stderr)
        return 1
    return 0


def release(
    app: Sphinx, edition: Edition, register: Mapping[str, History], changelog: Path | None, *, tagged: bool
) -> None:
    """Release the version that the configuration names: see first that all can be done, then do it."""
    version, day = edition.imprint.version, edition.imprint.released.isoformat()
    given = app.config.release or app.config.version or version
    # A number has forgotten how it was written: 1.10 is 1.1.
    if not isinstance(given, str) or not _VERSION.fullmatch(version):
        raise ReleaseError(
            f'the version is {given!r}; set release in conf.py, a string of numbers with points, as "1.0.0" or "1.1rc1"'
        )
    tag, repository = f"v{version}", Repository.of(Path(app.srcdir))
    if repository is not None and tagged:
        repository.prepare(tag)
    histories = advance(register, edition.annotations.values(), edition.tombstones, version)
    folder = Path(app.srcdir, app.config.apparatus_states)
    before = read_states(folder)
    newest = max(before.days, key=version_order, default=version)
    if version_order(version) < version_order(newest):
        raise ReleaseError(f"{version} comes before {newest}, which is released; set the version in conf.py")
    last = before.days.get(newest, day)
    if version != newest and day < last:
        raise ReleaseError(f"{version} is of {day}, before {newest} of {last}; set apparatus_released in conf.py")
    states = added(before.states, edition.annotations.values(), version, day)
    told = changes(histories, version)
    files = {
        Path(app.srcdir, app.config.apparatus_register): write_register(histories, version),
        folder / f"{version}.json": write_states(states, version, day),
    }
    _keep(repository, folder / f"{version}.json", files[folder / f"{version}.json"])
    if repository is not None and tagged:
        repository.last(folder / f"{version}.json", tag)
        gone = [name for name in repository.deleted(folder) if not name.endswith(f"/{version}.json")]
        if gone:
            raise ReleaseError(f"released states are gone: {', '.join(gone)}; restore them from the history")
    if changelog is not None:
        said = with_changes(dated(read(changelog), version, day), version, told)
        if said is None:
            raise ReleaseError(
                f"{changelog} has no heading '## {version}' or '## Unreleased', under which the ids are listed; add one"
            )
        files[changelog] = said
    for beside in {Path(app.srcdir).resolve(), Path(app.srcdir).resolve().parent}:
        files |= with_release(beside, edition.imprint.title, version, day)
    if not app.config.apparatus_released:
        print(f"apparatus_released is not set: of {version} only the states say that it is of {day}", file=sys.stderr)
    words = "\n".join((f"{edition.imprint.title}, version {version}", "", f"Annotations: {counts(told)}."))
    with all_or_nothing(files):
        for path, content in files.items():
            write(path, content)
        if repository is not None and tagged:
            repository.commit(list(files), words)
    if repository is not None and tagged:
        repository.tag(tag, words)
    print(f"{len(histories)} ids, version {version}; {len(states)} states; written: {', '.join(p.name for p in files)}")
    if repository is not None and tagged:
        print(f"committed and tagged: {tag}; git push --follow-tags publishes it")
    elif tagged:
        print(f"no git repository, or no git: nothing is committed, and there is no tag {tag}")


def _keep(repository: Repository | None, path: Path, content: str) -> None:
    """See that a released state is not written over, unless git knows that it is not committed yet."""
    if path.exists() and (repository is None or repository.has(path)) and path.read_text("utf-8") != content:
        raise ReleaseError(
            f"{path.name} says something else than the edition now: this version is released. Give the next one "
            "another version in conf.py; or, while nobody has it, delete the file (in git, commit that) and try again"
        )
