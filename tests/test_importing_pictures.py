"""Pictures of notes that are taken over: each to its place, and none anywhere else."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from projects import Project
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.importing.archive import unpack
from taking import TEXT, imported, take

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'


def test_the_picture_of_a_directive_has_any_name(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    project.write("pics/달(1).svg", SVG)
    figure = "~~~{figure} pics/달(1).svg\n:alt: A moon\n\nThe moon\n~~~\n"
    project.replace("moon.md", "*Hour* is the narrower word.\n", f"*Hour* is the narrower word.\n\n{figure}")
    assert project.build("-W", builder="dataset").messages == ""
    (archive,) = (project.out / "data").glob("*.zip")
    assert main(["import", str(archive), str(tmp_path / "new")]) == 0
    imported(tmp_path / "new", "html")
    assert (tmp_path / "new" / "pics" / "달(1).svg").read_text("utf-8") == SVG


def told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str], note: str, *names: str) -> tuple[str, Path]:
    for name in names:
        path = tmp_path / "pictures" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    content = f"lemma,note\nA moon,{note}\n"
    status, folder = take(tmp_path, content, f"--text={tmp_path / 't.txt'}", name="in.csv")
    assert status == 0
    return capsys.readouterr().err, folder


def test_of_two_pictures_of_a_name_the_one_at_the_place_is_taken(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told, folder = told_of(tmp_path, capsys, "![x](b/moon.png)", "a/b/moon.png", "b/moon.png")
    assert "moon.png" not in told
    assert (folder / "b" / "moon.png").read_text("utf-8") == "b/moon.png"


def test_of_two_pictures_none_of_which_is_at_the_place_none_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    told, folder = told_of(tmp_path, capsys, "![x](moon.png) ![y](sun.png)", "a/moon.png", "b/moon.png", "a/sun.png")
    assert "in.csv:2: A1: the picture moon.png could be one of several; put it at moon.png" in told
    assert not (folder / "moon.png").exists()
    assert (folder / "sun.png").read_text("utf-8") == "a/sun.png"


@pytest.mark.parametrize("name", ["a\\..\\..\\evil.png", "C:/evil.png"])
def test_an_archive_writes_nothing_outside_its_folder_on_any_system(tmp_path: Path, name: str) -> None:
    path = archive_with(tmp_path / "in.zip", name)
    (tmp_path / "unpacked").mkdir()
    unpack(path, tmp_path / "unpacked")
    assert [one.name for one in (tmp_path / "unpacked").rglob("*")] == ["edition.xml"]


@pytest.mark.parametrize("names", [["a" * 300], ["a", "a/b.png"]])
def test_names_that_no_folder_can_have_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], names: list[str]
) -> None:
    path = archive_with(tmp_path / "in.zip", *names)
    assert main(["import", str(path), str(tmp_path / "new")]) == 2
    assert "in.zip: data/pictures/a" in capsys.readouterr().err


def archive_with(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("data/edition.xml", "<TEI/>")
        for name in names:
            archive.writestr(f"data/pictures/{name}", b"evil")
    return path


def test_an_address_too_long_for_a_file_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = Project.at(tmp_path / "project")
    project.write("pics/moon.svg", SVG)
    figure = "~~~{figure} pics/moon.svg\n:alt: A moon\n~~~\n"
    project.replace("moon.md", "*Hour* is the narrower word.\n", f"*Hour* is the narrower word.\n\n{figure}")
    assert project.build("-W", builder="tei").messages == ""
    content = project.read("_build/M.xml").replace("pictures/pics/moon.svg", "p" * 5000)
    status, _folder = take(tmp_path, content)
    assert status == 0
    assert "annotation M1: the picture ppp" in capsys.readouterr().err
