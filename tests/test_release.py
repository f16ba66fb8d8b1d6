"""A release is compared with the register of what was published."""

from __future__ import annotations

import re

import pytest

from projects import Project
from sphinx_apparatus.cli.release import main
from sphinx_apparatus.stores.register import read_register


def run(project: Project, *arguments: str) -> int:
    """The command on a project."""
    return main([*arguments, str(project.folder)])


def test_the_first_release_publishes_every_id(project: Project) -> None:
    project.write("conf.py", project.read("conf.py") + '\nrelease = "1.0"\n')
    assert run(project) == 0
    register = read_register(project.folder / "register.json")
    assert list(register) == ["M1", "M2", "M3"]
    assert {entry.since for entry in register.values()} == {"1.0"}


def test_the_check_says_what_is_new_changed_and_withdrawn(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("conf.py", project.read("conf.py") + '\nrelease = "1.0"\n')
    run(project)
    moon = project.read("moon.md")
    moon = moon.replace("the hour goes by", "the night goes by")
    moon = moon.replace("```{ed:note} M3", "```{ed:note} M4")
    project.write("moon.md", moon + "\n```{ed:tombstone} M3\n:version: 1.1\n\nSaid otherwise by M4.\n```\n")
    project.write("index.md", project.read("index.md").replace("M3", "M4"))
    capsys.readouterr()
    before = project.read("register.json")
    assert run(project, "--check") == 0
    said = capsys.readouterr().out.splitlines()
    assert said[:4] == ["new: 1: M4", "changed: 1: M1", "withdrawn: 1: M3", "lost: 0"]
    assert project.read("register.json") == before, "a check writes nothing"


def test_a_lost_id_fails_the_check_and_the_build(project: Project) -> None:
    run(project)
    moon = project.read("moon.md")
    project.write("moon.md", moon[: moon.index("```{ed:note} M3")])
    project.write("index.md", project.read("index.md").replace("see {ed:ref}`M3`.", "."))
    assert run(project, "--check") == 1
    assert run(project) == 1
    assert "M3" in read_register(project.folder / "register.json"), "nothing is lost from the register"
    result = project.build("-W", "--keep-going")
    assert result.status != 0
    assert "M3 was published in" in result.messages


def test_a_folder_without_an_edition_is_said_so(tmp_path: object, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path)])
    assert stop.value.code == 2
    assert "has no conf.py" in capsys.readouterr().err


def test_a_release_made_again_changes_nothing_twice(project: Project) -> None:
    conf = project.read("conf.py")
    for version, hour in (("1.0", "hour"), ("1.1", "night"), ("1.1", "evening")):
        project.write("conf.py", f'{conf}\nrelease = "{version}"\n')
        project.write("moon.md", re.sub(r"the \w+ goes by", f"the {hour} goes by", project.read("moon.md")))
        assert run(project) == 0
    assert read_register(project.folder / "register.json")["M1"].changed == ("1.1",)
