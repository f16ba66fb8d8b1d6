"""What a run of the tests makes once, however many processes it has."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from projects import Project


def once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder of the whole run: made by the process that first asks for it, while the others wait.

    Where it cannot be made, that is told to all who ask, and not tried again.
    """
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    folder, failure = shared / name, shared / f"{name}.failed"
    with FileLock(shared / f"{name}.lock"):
        if failure.exists():
            pytest.fail(f"{name} could not be made: {failure.read_text('utf-8')}")
        if not folder.exists():
            folder.mkdir()
            try:
                make(folder)
            except BaseException as error:
                failure.write_text(str(error), "utf-8")
                raise
    return folder


def built(factory: pytest.TempPathFactory, root: str) -> Project:
    """The pages of a small edition as it is, without a warning: to be read, and left as they are."""

    def make(folder: Path) -> None:
        result = Project.at(folder / "project", root).build("-W", "--keep-going")
        assert (result.status, result.messages) == (0, "")

    return Project(once(factory, root, make) / "project")
