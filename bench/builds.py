"""Whole builds in processes of their own: what they cost, in turn and the best of some.

Nothing is generated or built in this process: the peak memory of a child is never less than that of what started it.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from bench.generate import edit
from bench.invention import Size

#: Seconds after which a build is given up.
PATIENCE = 3_600

#: Seconds of a round after which no other is made.
LONG = 150

#: The options by which a kind is built.
_OPTIONS = {
    "bare": ("-D", "apparatus_pages=0"),
    "pages": ("-D", "apparatus_data=0"),
    "least": ("-D", "apparatus_pages=0", "-D", "apparatus_data=0"),
}

#: What Sphinx says of a configuration value that an extension does not declare.
_UNKNOWN = "unknown config value 'apparatus_pages'"


class Cost(NamedTuple):
    """CPU seconds and seconds of a process with its children, and the largest one's peak in MiB."""

    cpu: float
    wall: float
    mebibytes: float


class Failed(Exception):
    """A process ended badly or not in time; the message says which and how."""


class Project(NamedTuple):
    """A generated project and how it is built.

    ``kind`` is *plain* (footnotes), *full* (the extension), *bare* (without the pages of annotations and passages),
    *pages* (with these, without the data) or *least* (without both); ``pages`` is the number of ordinary pages more.
    """

    size: Size
    kind: str = "full"
    pages: int = 0
    builder: str = "html"


class Yard:
    """Where projects are generated and built; a build that was measured once is not measured again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.known: dict[Project, Cost] = {}
        self.warned: set[Project] = set()
        self.knows_bare = True

    def costs(self, *projects: Project) -> list[Cost]:
        """What fresh builds cost, built in turn; of each figure the lowest."""
        wanted = [project for project in projects if project not in self.known]
        if wanted:
            found = in_turn([partial(self.fresh, project) for project in wanted], rounds(wanted[0].size))
            self.known.update(zip(wanted, map(best, found), strict=True))
        return [self.known[project] for project in projects]

    def fresh(self, project: Project, *options: str) -> Cost:
        """Build a project from nothing."""
        shutil.rmtree(self.out(project), ignore_errors=True)
        return self._build(project, *options)

    def edited(self, project: Project) -> Cost:
        """Change one note of a project and build what changed."""
        page = self.out(project) / "texts" / "text-001.html"
        if not page.exists():
            self.fresh(project)
        before = page.stat().st_mtime_ns
        edit(self.source(project))
        cost = self._build(project)
        if page.stat().st_mtime_ns == before:
            raise Failed(f"{project}: a note was changed, and its page was not built")
        return cost

    def source(self, project: Project) -> Path:
        """The folder of a project, written when it is first asked for."""
        size, kind, pages, _ = project
        folder = self.folder / f"{size.texts}-{size.annotations}-{size.line}-{pages}-{kind}"
        if not folder.exists():
            numbers = {"texts": size.texts, "annotations": size.annotations, "line": size.line, "pages": pages}
            options = [f"--{name}={value}" for name, value in numbers.items()]
            run("bench.generate", str(folder), *options, *(["--plain"] if kind == "plain" else []))
        return folder

    def out(self, project: Project) -> Path:
        """The folder of what is built."""
        return Path(f"{self.source(project)}.{project.builder}")

    def _build(self, project: Project, *options: str) -> Cost:
        options = (*options, *_OPTIONS.get(project.kind, ()))
        cost, said = sphinx(self.source(project), self.out(project), "-b", project.builder, *options)
        if _UNKNOWN in said:
            self.knows_bare = False
        elif "WARNING" in said and project not in self.warned:
            self.warned.add(project)
            print(f"{project} warns: {said.strip().splitlines()[0]}", file=sys.stderr)
        return cost


def rounds(size: Size) -> int:
    """How often a project is built: the larger, the less a disturbance matters."""
    return 3 if size.annotations <= 1_000 else 2 if size.annotations <= 4_000 else 1


def in_turn(builds: Sequence[Callable[[], Cost]], times: int) -> list[list[Cost]]:
    """A B A B: the costs of each, so that what slows the machine slows all alike; one round if that is long."""
    found: list[list[Cost]] = [[] for _ in builds]
    for _ in range(times):
        for costs, build in zip(found, builds, strict=True):
            costs.append(build())
        if sum(costs[-1].wall for costs in found) > LONG:
            break
    return found


def best(costs: Sequence[Cost]) -> Cost:
    """Of each figure the lowest: other processes only ever add."""
    return Cost(*map(min, zip(*costs, strict=True)))


def sphinx(source: Path, out: Path, *options: str) -> tuple[Cost, str]:
    """Run Sphinx; its cost, and what it said.  Raises `Failed`."""
    return run("sphinx", "-q", *options, str(source), str(out))


def run(module: str, *arguments: str) -> tuple[Cost, str]:
    """Run a module; its cost, and what it said.  Raises `Failed`."""
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "PYTHONHASHSEED": "0", "NO_COLOR": "1"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # else each start compiles what is not installed by pip
    with tempfile.TemporaryFile("w+") as log:
        started = time.perf_counter()
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, start_new_session=True)
        limit = threading.Timer(PATIENCE, os.killpg, (process.pid, signal.SIGKILL))
        limit.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            os.killpg(process.pid, signal.SIGKILL)
            raise
        finally:
            limit.cancel()
        spent = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        log.seek(0)
        said = log.read()
    if process.returncode:
        why = f"was given up after {PATIENCE} s" if spent >= PATIENCE else f"ended with {process.returncode}: {said}"
        raise Failed(f"{' '.join(command)} {why}")
    return Cost(usage.ru_utime + usage.ru_stime, spent, usage.ru_maxrss / 1024), said
