"""The tutorial, followed to the letter: what it has one write builds, and says what it says."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from projects import REPOSITORY, Project

PAGE = (REPOSITORY / "source" / "tool" / "tutorial.md").read_text("utf-8")

_BLOCK = re.compile(r"^(?P<fence>```+)(?P<language>\w+)\n(?P<content>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`(\w+\.(?:py|md|bib))`")


class Block(NamedTuple):
    """A block of the tutorial, and the file that the words before it name."""

    language: str
    content: str
    file: str


def blocks() -> list[Block]:
    """Every block; where two follow one paragraph, it names their files in order."""
    found: list[Block] = []
    names: list[str] = []
    end = 0
    for match in _BLOCK.finditer(PAGE):
        prose = PAGE[end : match.start()]
        names = _FILE.findall(prose) if prose.strip() else names[1:]
        found.append(Block(match["language"], match["content"], names[0] if names else ""))
        end = match.end()
    return found


@pytest.fixture
def followed(tmp_path: Path) -> Project:
    """The edition that one has after following the tutorial as far as *Build*."""
    project = Project(tmp_path / "comet")
    project.folder.mkdir()
    for block in blocks():
        if block.language == "sh" and "mkdir" in block.content:
            subprocess.run(["bash", "-ec", block.content], cwd=project.folder, check=True)
        elif block.file and not (project.folder / block.file).exists():
            project.write(block.file, block.content)
    return project


def test_it_has_all_files(followed: Project) -> None:
    names = {path.name for path in followed.folder.rglob("*") if path.is_file()}
    assert names == {"conf.py", "index.md", "letter.md", "works.md", "works.bib", "letter.txt", "SHA256SUMS"}


@pytest.mark.parametrize("builder", ["html", "typstpdf"])
def test_it_builds_without_a_warning(followed: Project, builder: str) -> None:
    result = followed.build("-W", "--keep-going", builder=builder)
    assert (result.status, result.messages) == (0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [(":prefix: recieved\n", ""), (":lemma: recieved", ":lemma: received"), (" {cite:p}`halley1705`", "")],
)
def test_mistakes_are_answered_as_it_says(followed: Project, old: str, new: str) -> None:
    promised = {block.content.strip() for block in blocks() if block.content.startswith("letter.md:")}
    followed.replace("letter.md", old, new)
    said = followed.build(builder="dummy").messages.replace(f"{followed.folder}/", "").splitlines()
    assert len(promised.intersection(said)) == 1, said
