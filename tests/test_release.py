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
        (project.folder / "states" / f"{version}.json").unlink(missing_ok=True)
        assert run(project) == 0
    assert read_register(project.folder / "register.json")["M1"].changed == ("1.1",)


def test_what_was_released_is_not_written_over(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Where there is no git to say that nobody has it, as in an archive that was fetched."""
    project.write("conf.py", project.read("conf.py") + '\nrelease = "1.0"\n')
    assert run(project) == run(project) == 0
    assert "there is no tag v1.0" in capsys.readouterr().out
    before = project.read("states/1.0.json")
    project.replace("moon.md", "the hour goes by", "the night goes by")
    assert run(project) == 1
    assert "1.0.json says something else than the edition now" in capsys.readouterr().err
    assert project.read("states/1.0.json") == before


@pytest.mark.parametrize(
    "version", ['"v1"', '"1.0/2"', '"1.0 beta"', '"../x"', '"1.0..2"', '"1.0²"', '"latest"', "1.10"]
)
def test_a_version_that_is_no_name_is_told(project: Project, version: str, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("conf.py", project.read("conf.py") + f"\nrelease = {version}\n")
    assert run(project) == 1
    assert "set release in conf.py" in capsys.readouterr().err
    assert not (project.folder / "register.json").exists()


@pytest.mark.parametrize("version", ["1", "1.0.0", "2026-11-28", "1.1rc1", "1.0-beta.2", "1.0+1"])
def test_a_version_is_numbers_and_what_stands_behind_them(project: Project, version: str) -> None:
    project.write("conf.py", project.read("conf.py") + f'\nrelease = "{version}"\n')
    assert run(project) == 0
    assert (project.folder / "states" / f"{version}.json").exists()


def test_a_withdrawn_id_does_not_come_back(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    conf, moon, index = (project.read(name) for name in ("conf.py", "moon.md", "index.md"))
    without = moon[: moon.index("```{ed:note} M3")] + "```{ed:tombstone} M3\n:version: 1.1\n\nGone.\n```\n"
    for version, text in (("1.0", moon), ("1.1", without)):
        project.write("conf.py", f'{conf}\nrelease = "{version}"\n')
        project.write("moon.md", text)
        project.write("index.md", index if text is moon else index.replace("see {ed:ref}`M3`.", "."))
        assert run(project) == 0
    project.write("moon.md", moon)
    assert run(project) == 0, "while the version that withdrew it is not published"
    assert read_register(project.folder / "register.json")["M3"].withdrawn == ""
    project.write("moon.md", without)
    assert run(project) == 0
    project.write("conf.py", f'{conf}\nrelease = "1.2"\n')
    project.write("moon.md", moon)
    for arguments in ((), ("--check",)):
        assert run(project, *arguments) == 1
        assert "withdrawn ids are in use again: M3" in capsys.readouterr().err


def test_a_release_is_not_before_the_one_before_it(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    conf = project.read("conf.py")
    for version, day, status in (("1.0", "2026-03-05", 0), ("1.1", "2026-03-05", 0), ("1.2", "2026-03-04", 1)):
        project.write("conf.py", f'{conf}\nrelease = "{version}"\napparatus_released = "{day}"\n')
        assert run(project) == status
    assert "1.2 is of 2026-03-04, before 1.1 of 2026-03-05" in capsys.readouterr().err


def test_what_cannot_be_written_leaves_all_as_it_was(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("states", "no folder")
    assert run(project) == 1
    assert "nothing is written" in capsys.readouterr().err
    assert not (project.folder / "register.json").exists()
    (project.folder / "states").unlink()
    project.write("CHANGELOG.md", "# Ä\n\n## Unreleased\n".encode("latin-1"))
    for conf in (project.read("conf.py"), project.read("conf.py") + '\nexclude_patterns = ["CHANGELOG.md"]\n'):
        project.write("conf.py", conf)
        assert run(project) == 1
        assert "CHANGELOG.md is not UTF-8" in capsys.readouterr().err
    assert not (project.folder / "register.json").exists()
