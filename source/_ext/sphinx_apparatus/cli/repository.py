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
        if _git(self.root, "symbolic-ref", "-q", "HEAD").returncode:
            raise RepositoryError("HEAD is on no branch, and the release would be on none: check one out (git switch)")
        if self._run("rev-parse", "--is-shallow-repository").strip() == "true":
            raise RepositoryError("the history is cut short here: fetch it whole first (git fetch --unshallow --tags)")
        changed = self._run("status", "--porcelain", "--untracked-files=all").splitlines()
        if changed:
            names = ", ".join(line[3:] for line in changed[:5]) + (" …" if len(changed) > 5 else "")
            raise RepositoryError(
                f"not everything is committed, and the tag would be of something else than the release: {names}. "
                "Commit it first, or write the files without a tag (--no-tag)"
            )

    def has(self, path: Path) -> bool:
        """Whether a file is committed."""
        real, root = path.resolve(), self.root.resolve()
        if not real.is_relative_to(root):
            return False
        return _git(self.root, "cat-file", "-e", f"HEAD:{real.relative_to(root).as_posix()}").returncode == 0

    def last(self, path: Path, tag: str) -> None:
        """See that what releases a version, if it is committed, is the last commit.  Raises `RepositoryError`."""
        commit = self._run("log", "-1", "--format=%h", "--", str(path.resolve())).strip()
        if self.has(path) and commit != self._run("log", "-1", "--format=%h").strip():
            raise RepositoryError(
                f"{path.name} was committed in {commit}, which released this version, and other commits came after it. "
                f"If the tag {tag} was made elsewhere, fetch it (git fetch --tags), and give the next version another "
                f"number in conf.py; else make it (git tag -a {tag} {commit})"
            )

    def deleted(self, folder: Path) -> list[str]:
        """The files of a folder that were committed once and are gone."""
        said = self._run("log", "-z", "--diff-filter=D", "--name-only", "--format=", "--", f"{folder.resolve()}/*.json")
        return sorted({name for name in said.split("\0") if name and not (self.root / name).exists()})

    def commit(self, files: Sequence[Path], message: str) -> None:
        """Commit files, if they have changed; of what fails nothing stays staged.  Raises `RepositoryError`."""
        names = [str(path.resolve()) for path in files]
        try:
            self._run("add", "--", *names)
            if _git(self.root, "diff", "--cached", "--quiet").returncode:
                self._run("commit", "--quiet", "-m", message)
        except BaseException:
            self._run("reset", "--quiet")  # nothing was staged before: `prepare` has seen to it
            raise

    def tag(self, tag: str, message: str) -> None:
        """Tag the last commit.  Raises `RepositoryError`."""
        try:
            self._run("tag", "--annotate", tag, "-m", message)
        except RepositoryError as error:
            raise RepositoryError(
                f"{error}. The release is committed, and has no tag; release again to make it"
            ) from None

    def _run(self, *arguments: str) -> str:
        done = _git(self.root, *arguments)
        if done.returncode:
            said = " ".join((done.stderr or done.stdout).split())
            said = said or f"it ended with {done.returncode} and said nothing; a hook may have stopped it"
            raise RepositoryError(f"git {arguments[0]}: {said}")
        return done.stdout


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["git", "-C", str(folder), *arguments], capture_output=True, encoding="utf-8", errors="replace", check=False
    )
