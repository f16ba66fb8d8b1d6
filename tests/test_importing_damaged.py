"""Files of ours that others have changed or broken: read whole, or refused with a message."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from odd import ODD, PAGE
from projects import Project
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.sphinx_ext.domain import edition_of
from taking import imported, said, take, taken_back, tei


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An edition one of whose texts is on its first page, and an id of which is withdrawn."""
    project = Project.at(tmp_path_factory.mktemp("export") / "project")
    project.add_text("odd.txt", ODD.encode())
    project.write("index.md", f"{project.read('index.md')}\n{PAGE.partition(chr(10))[2]}")
    assert project.build("-W", builder="dataset").messages == ""
    return project


@pytest.mark.parametrize("how", ["edition.xml", "annotations.jsonld", "annotations.csv"])
def test_withdrawn_ids_and_a_text_on_the_first_page_come_back(exported: Project, tmp_path: Path, how: str) -> None:
    taken_back(exported, how, tmp_path / "new")
    before = edition_of(read_project(exported.folder).env)
    assert said(imported(tmp_path / "new")) == said(dict(before.annotations))
    after = edition_of(read_project(tmp_path / "new").env)
    assert [one._replace(docname="") for one in after.tombstones.values()] == [
        one._replace(docname="") for one in before.tombstones.values()
    ]


@pytest.mark.parametrize(
    ("old", "new", "status", "says"),
    [
        ('<anchor xml:id="O1.start"/>', "", 1, "annotation O1 lacks"),
        (' mainLang="en"', "", 0, ""),
        ("<textLang", "<lang", 2, "O.xml:2: a text that this program has written lacks something"),
        ("seven", "eight", 0, "not the one whose checksum"),
    ],
)
def test_a_file_of_ours_that_others_changed_is_read_or_refused(
    exported: Project, tmp_path: Path, old: str, new: str, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (exported.out / "data" / "O.xml").read_text("utf-8")
    assert old in content
    found, _ = take(tmp_path, content.replace(old, new), name="O.xml")
    assert found == status
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["bytes", "folder", "sums"])
def test_an_archive_that_came_over_broken_is_refused(
    exported: Project, tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive,) = (exported.out / "data").glob("*.zip")
    path = tmp_path / "in.zip"
    content = bytearray(archive.read_bytes())
    if broken == "bytes":
        with zipfile.ZipFile(archive) as whole:
            at = whole.getinfo("data/edition.xml").header_offset
        content[at + 60 : at + 160] = bytes(100)
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(path, "w") as other:
            for name in whole.namelist():
                said_of = b"[[[" if (broken, name) == ("sums", "datapackage.json") else whole.read(name)
                other.writestr(f"../{name}" if broken == "folder" else name, said_of)
    assert main(["import", str(path), str(tmp_path / "new")]) == 2
    assert "in.zip: " in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.zip"]


def test_an_archive_whose_register_is_none_is_refused(
    exported: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It would stop every build of what is imported."""
    path = tmp_path / "in.zip"
    with zipfile.ZipFile(path, "w") as other:
        other.write(exported.out / "data" / "edition.xml", "data/edition.xml")
        other.writestr("data/register.json", '{"version": "1.0"}')
    assert main(["import", str(path), str(tmp_path / "new")]) == 2
    assert "register.json is not a register of ids ('ids' is missing)" in capsys.readouterr().err
    assert not (tmp_path / "new").exists()


def test_a_bibliography_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(tmp_path, tei("<p>a</p>"), f"--bib={tmp_path / 'none.bib'}")[0] == 2
    assert "none.bib" in capsys.readouterr().err
