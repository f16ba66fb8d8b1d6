"""A release in a git repository is one commit and an annotated tag, or a message and nothing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from projects import Project
from requires import program
from sphinx_apparatus.cli import main as commands
from sphinx_apparatus.cli.release import main
from sphinx_apparatus.cli.repository import Repository


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    command = [program("git"), "-C", str(folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


@pytest.fixture
def kept(project: Project, monkeypatch: pytest.MonkeyPatch) -> Project:
    """An edition in a repository, version 1.0 about to be released."""
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "Ed")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "ed@example.org")
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    project.write("CHANGELOG.md", "# Changes\n\n## Unreleased\n\n- First.\n")
    conf = 'release = "1.0"\napparatus_released = "2026-03-05"\nexclude_patterns += ["CHANGELOG.md"]\n'
    project.write("conf.py", f"{project.read('conf.py')}\n{conf}")
    git(project.folder, "init", "-q")
    commit(project, "An edition")
    return project


def commit(project: Project, message: str) -> None:
    git(project.folder, "add", "-A")
    git(project.folder, "commit", "-q", "-m", message)


def release(project: Project, *arguments: str) -> int:
    return main([*arguments, str(project.folder)])


def test_a_release_is_a_commit_and_an_annotated_tag(kept: Project) -> None:
    assert release(kept) == 0
    assert git(kept.folder, "status", "--porcelain") == ""
    assert git(kept.folder, "cat-file", "-t", "v1.0") == "tag"
    assert git(kept.folder, "rev-parse", "v1.0^{commit}") == git(kept.folder, "rev-parse", "HEAD")
    assert "new 3, changed 0, withdrawn 0" in git(kept.folder, "tag", "-l", "-n9", "v1.0")
    assert git(kept.folder, "show", "v1.0:states/1.0.json").startswith('{"version": "1.0", "released": "2026-03-05"')
    assert "## 1.0 (2026-03-05)\n\n- First.\n- Annotations: new 3" in kept.read("CHANGELOG.md")
    assert git(kept.folder, "diff", "--name-only", "HEAD~").split() == [
        "CHANGELOG.md",
        "register.json",
        "states/1.0.json",
    ]


def test_the_kit_for_deposit_follows(kept: Project) -> None:
    """Version and day, and nothing else; a file about another thing is left alone."""
    cff = 'cff-version: 1.2.0\ntitle: "Fragments"\nversion: 0.9\ndate-released: "2026-01-01"\n'
    zenodo = '{"title": "Fragments", "version": "0.9", "publication_date": "2026-01-01"}\n'
    crate = '{"name": "Moons", "version": "0.9", "datePublished": "2026-01-01"}\n'
    for name, words in (("CITATION.cff", cff), (".zenodo.json", zenodo), ("ro-crate-metadata.json", crate)):
        kept.write(name, words)
    commit(kept, "A kit")
    assert release(kept) == 0
    assert kept.read("CITATION.cff") == cff.replace("0.9", "1.0").replace("2026-01-01", "2026-03-05")
    assert kept.read(".zenodo.json") == zenodo.replace("0.9", "1.0").replace("2026-01-01", "2026-03-05")
    assert kept.read("ro-crate-metadata.json") == crate
    assert git(kept.folder, "status", "--porcelain") == ""


def test_a_version_is_released_once(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    release(kept)
    assert release(kept) == 1
    assert "the tag v1.0 exists" in capsys.readouterr().err
    git(kept.folder, "tag", "-d", "v1.0")
    kept.replace("moon.md", "the hour goes by", "the night goes by")
    commit(kept, "Another reading")
    before = kept.read("states/1.0.json")
    assert release(kept) == 1
    assert "1.0.json says something else than the edition now" in capsys.readouterr().err
    assert kept.read("states/1.0.json") == before


@pytest.mark.parametrize("name", ["moon.md", "new.txt"])
def test_what_is_not_committed_stops_a_release(kept: Project, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    kept.write(name, (kept.read(name) if name == "moon.md" else "") + "\n")
    assert release(kept) == 1
    said = capsys.readouterr().err
    assert f"not everything is committed, and the tag would be of something else than the release: {name}." in said
    assert not (kept.folder / "register.json").exists()
    assert release(kept, "--no-tag") == 0
    assert git(kept.folder, "tag") == ""


def test_a_version_does_not_go_back(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    release(kept)
    kept.replace("conf.py", 'release = "1.0"', 'release = "0.9"')
    assert release(kept, "--no-tag") == 1
    assert "0.9 comes before 1.0, which is released" in capsys.readouterr().err


def test_a_changelog_without_a_place_for_it_is_told(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    kept.write("CHANGELOG.md", "# Changes\n\n## 1.0.1\n")
    commit(kept, "Another")
    assert release(kept) == 1
    assert "has no heading '## 1.0' or '## Unreleased'" in capsys.readouterr().err
    assert not (kept.folder / "register.json").exists()


def test_a_changelog_keeps_its_ends_of_lines(kept: Project) -> None:
    kept.write("CHANGELOG.md", b"# Changes\r\n\r\n## Unreleased\r\n\r\n- First.\r\n\r\n## 0.9\n\n- Other ends.\n")
    commit(kept, "An editor on Windows")
    assert release(kept) == 0
    said = (kept.folder / "CHANGELOG.md").read_bytes()
    assert b"\r\n\r\n## 1.0 (2026-03-05)\r\n\r\n- First.\r\n- Annotations: new 3" in said
    assert said.endswith(b"\r\n\r\n## 0.9\n\n- Other ends.\n")


def test_what_git_refuses_is_told(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    hook = kept.folder / ".git" / "hooks" / "pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\necho 'not today' >&2\nexit 1\n")
    hook.chmod(0o755)
    assert release(kept) == 1
    assert "git commit: not today" in capsys.readouterr().err
    assert git(kept.folder, "tag") == git(kept.folder, "status", "--porcelain") == ""
    assert not (kept.folder / "states").exists()
    hook.write_text("#!/bin/sh\nexit 3\n")
    assert release(kept) == 1
    assert "git commit: it ended with 1 and said nothing" in capsys.readouterr().err
    hook.unlink()
    assert release(kept) == 0


def test_a_release_that_is_stopped_leaves_all_as_it_was(
    kept: Project, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """By Ctrl-C, while git commits."""
    real = Repository._run

    def stopped(self: Repository, *arguments: str) -> str:
        if arguments[0] == "commit":
            raise KeyboardInterrupt
        return real(self, *arguments)

    with monkeypatch.context() as patched:
        patched.setattr(Repository, "_run", stopped)
        assert commands(["release", str(kept.folder)]) == 130
    assert capsys.readouterr().err == "stopped\n"
    assert git(kept.folder, "tag") == git(kept.folder, "status", "--porcelain") == ""
    assert release(kept) == 0


def test_a_file_that_git_is_to_ignore_leaves_nothing_half_done(kept: Project) -> None:
    kept.write(".gitignore", "*.json\n")
    commit(kept, "What to ignore")
    assert release(kept) == 1
    assert git(kept.folder, "status", "--porcelain") == ""


def test_a_folder_of_any_name_has_its_states(kept: Project) -> None:
    kept.write("conf.py", kept.read("conf.py") + '\napparatus_states = "원문"\n')
    commit(kept, "A folder")
    assert release(kept) == 0
    git(kept.folder, "rm", "-q", "원문/1.0.json")
    git(kept.folder, "commit", "-q", "-m", "Gone")
    git(kept.folder, "revert", "--no-edit", "HEAD")
    kept.replace("conf.py", 'release = "1.0"', 'release = "1.1"')
    kept.replace("CHANGELOG.md", "# Changes\n", "# Changes\n\n## Unreleased\n\n- Second.\n")
    commit(kept, "The next")
    assert release(kept) == 0


def test_a_tag_that_git_refuses_can_be_made_later(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    git(kept.folder, "config", "tag.gpgSign", "true")
    git(kept.folder, "config", "gpg.program", "/bin/false")
    assert release(kept) == 1
    assert "The release is committed, and has no tag; release again" in capsys.readouterr().err
    git(kept.folder, "config", "tag.gpgSign", "false")
    assert release(kept) == 0
    assert git(kept.folder, "rev-parse", "v1.0^{commit}") == git(kept.folder, "rev-parse", "HEAD")


def test_a_clone_that_lacks_the_tag_makes_no_other(
    kept: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    release(kept)
    git(tmp_path, "clone", "-q", "--no-tags", str(kept.folder), "clone")
    clone = Project(tmp_path / "clone")
    clone.write("notes.txt", "Later.")
    commit(clone, "Later")
    assert release(clone) == 1
    assert "which released this version, and other commits came after it" in capsys.readouterr().err
    git(tmp_path, "clone", "-q", "--no-tags", "--depth", "1", f"file://{kept.folder}", "shallow")
    assert release(Project(tmp_path / "shallow")) == 1
    assert "git fetch --unshallow --tags" in capsys.readouterr().err
    assert git(clone.folder, "tag") == ""


def test_a_release_is_on_a_branch(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    git(kept.folder, "checkout", "-q", "--detach")
    assert release(kept) == 1
    assert "HEAD is on no branch" in capsys.readouterr().err


def test_states_that_are_gone_stop_the_next_release(kept: Project, capsys: pytest.CaptureFixture[str]) -> None:
    release(kept)
    (kept.folder / "states" / "1.0.json").unlink()
    kept.replace("conf.py", 'release = "1.0"', 'release = "1.1"')
    kept.replace("CHANGELOG.md", "## 1.0", "## Unreleased\n\n## 1.0")
    commit(kept, "Without")
    assert release(kept) == 1
    assert "released states are gone: states/1.0.json" in capsys.readouterr().err
