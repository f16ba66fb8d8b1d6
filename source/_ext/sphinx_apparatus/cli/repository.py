"""The git repository in which an edition is kept, as far as a release needs it: one commit and an annotated tag."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


class RepositoryError(Exception):
    """The repository is not fit for a release, or git refuses; the message says why, and the remedy."""


@dataclass(frozen=True)
class Repository:
    """A repository by its topmost folder."""

    root: Path

    @classmethod
    def of(cls, folder: Path) -> Repository | None:
        """That to which a folder belongs; ``None`` where there is none, or no git, or it is to ignore the folder."""
        if shutil.which("git") is None:
            return None
        found = _git(folder, "rev-parse", "--show-toplevel")
        if found.returncode or _git(folder, "check-ignore", "-q", str(folder.resolve())).returncode == 0:
            return None
        return cls(Path(found.stdout.strip()))

    def prepare(self, tag: str) -> None:
        """See that a release can be recorded.  Raises `RepositoryError`."""
        if _git(self.root, "check-ref-format", f"refs/tags/{tag}").returncode:
            raise RepositoryError(f"{tag!r} is no name for a tag of git; mend the version in conf.py")
        if _git(self.root, "rev-parse", "-q", "--verify", f"refs/tags/{tag}").returncode == 0:
            raise RepositoryError(
                f"the tag {tag} exists: this version is released. Give the next one another version in conf.py; "
                f"or, while nobody has the tag, delete it (git tag -d {tag}) and release again"
            )
        changed = self._run("status", "--porcelain", "--untracked-files=all").splitlines()
        if changed:
            names = ", ".join(line[3:] for line in changed[:5]) + (" …" if len(changed) > 5 else "")
            raise RepositoryError(
                f"not everything is committed, and the tag would be of something else than the release: {names}. "
                "Commit it first, or write the files without a tag (--no-tag)"
            )

    def keep(self, path: Path, content: str) -> None:
        """See that a release which is committed is not written over.  Raises `RepositoryError`."""
        if path.exists() and path.read_text("utf-8") != content:
            raise RepositoryError(
                f"{path.name} is committed, and says something else than the edition now: this version is released. "
                "Give the next one another version in conf.py; or, while nobody has it, delete the file, commit that, "
                "and release again"
            )

    def record(self, files: Sequence[Path], tag: str, message: str) -> None:
        """Commit files, if they have changed, and tag the commit.  Raises `RepositoryError`."""
        names = [str(path.resolve()) for path in files]
        self._run("add", "--", *names)
        if _git(self.root, "diff", "--cached", "--quiet").returncode:
            self._run("commit", "--quiet", "-m", message)
        self._run("tag", "--annotate", tag, "-m", message)

    def _run(self, *arguments: str) -> str:
        done = _git(self.root, *arguments)
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split())
            raise RepositoryError(f"git {arguments[0]}: {said}")
        return done.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["git", "-C", str(folder), *arguments], capture_output=True, text=True, check=False)
