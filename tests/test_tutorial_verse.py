"""The second part of the tutorial, followed to the letter."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from projects import REPOSITORY, Project

PAGE = (REPOSITORY / "source" / "tool" / "tutorial-verse.md").read_text("utf-8")

#: The blocks in their order: the poem, the line of its checksum, its page, and what is said of a mistake.
POEM, SUM, CATULLUS, SAID = (
    match[3] for match in re.finditer(r"^(`{3,})(text|markdown)\n(.*?)^\1$", PAGE, re.MULTILINE | re.DOTALL)
)


@pytest.fixture
def followed(tmp_path: Path) -> Project:
    project = Project.at(tmp_path / "project", "bare")
    project.write("texts/catullus.txt", POEM)
    project.write("texts/SHA256SUMS", project.read("texts/SHA256SUMS") + SUM)
    project.write("catullus.md", CATULLUS)
    index = project.read("index.md")
    project.write("index.md", index.replace("```{toctree}\n", "```{toctree}\ncatullus\n", 1))
    for page in project.folder.glob("moon.md"):
        page.unlink()
    return project


def test_what_is_written_builds(followed: Project) -> None:
    messages = followed.build().messages
    assert [line for line in messages.splitlines() if "catullus" in line or "[ed.witness]" in line] == []
    page = followed.read("_build/catullus.html")
    assert "arido O : arrida G" in page
    assert 'href="#C-p9"' in page


def test_the_mistake_is_told_as_printed(followed: Project) -> None:
    followed.replace("catullus.md", "arrida G", "arrida V")
    said = followed.build(builder="dummy").messages.replace(f"{followed.folder}/", "")
    assert SAID.strip() in said


def test_a_positive_apparatus_names_who_has_the_lemma(followed: Project) -> None:
    followed.write("conf.py", followed.read("conf.py") + "apparatus_positive = True\n")
    followed.build()
    page = followed.read("_build/catullus.html")
    assert "O : tu G" in page
