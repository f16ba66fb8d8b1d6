"""The wheel holds the extension with its static files, and nothing of the edition; so does its source."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import zipfile
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from projects import REPOSITORY
from sphinx_apparatus import __version__

NAME = f"sphinx_apparatus-{__version__}"


def build(folder: Path, target: str, out: Path) -> Path:
    """The one file that hatchling makes of a folder, as of one fixed day."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(out)]
    fixed = {**os.environ, "SOURCE_DATE_EPOCH": "1790000000"}
    subprocess.run(command, cwd=folder, check=True, capture_output=True, env=fixed)
    [made] = out.iterdir()
    return made


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, made from this tree."""
    return build(REPOSITORY, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, unpacked."""
    folder = tmp_path_factory.mktemp("source")
    with tarfile.open(build(REPOSITORY, "sdist", tmp_path_factory.mktemp("sdist"))) as archive:
        archive.extractall(folder)  # our own; Debian 12's Python knows no filter
    return folder / NAME


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    """The files of the wheel."""
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def metadata(wheel: Path) -> Message:
    """What the wheel says of itself."""
    return message_from_bytes(zipfile.ZipFile(wheel).read(f"{NAME}.dist-info/METADATA"))


def package_files() -> set[Path]:
    """The files of the package in this tree, relative to its folder."""
    package = REPOSITORY / "source" / "_ext"
    found = (package / "sphinx_apparatus").rglob("*")
    return {path.relative_to(package) for path in found if path.is_file() and "__pycache__" not in path.parts}


def test_it_holds_every_module_and_static_file(wheel: Path, names: list[str]) -> None:
    assert wheel.name == f"{NAME}-py3-none-any.whl"
    assert {path.as_posix() for path in package_files()} - set(names) == set()
    assert "sphinx_apparatus/static/apparatus.css" in names
    assert any(name.endswith(".woff2") for name in names)


def test_it_holds_nothing_of_the_edition(names: list[str]) -> None:
    top = {name.partition("/")[0] for name in names}
    assert top == {"sphinx_apparatus", f"{NAME}.dist-info"}
    assert not [
        name
        for name in names
        if name.endswith((".md", ".bib", ".txt")) and "OFL" not in name and "dist-info" not in name
    ]


def test_the_source_is_that_of_the_extension_alone(source: Path) -> None:
    held = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    beside = held - {Path("source/_ext") / path for path in package_files()}
    assert len(held) == len(beside) + len(package_files()), "a file of the package is missing"
    assert {path.as_posix() for path in beside} == {
        ".gitignore",
        "PKG-INFO",
        "pyproject.toml",
        "LICENSES/MIT.txt",
        "LICENSES/OFL-1.1.txt",
        "source/_ext/CHANGELOG.md",
        "source/_ext/CITATION.cff",
        "source/_ext/README.md",
    }


def test_the_source_makes_the_same_wheel(source: Path, wheel: Path, tmp_path: Path) -> None:
    assert build(source, "wheel", tmp_path / "wheel").read_bytes() == wheel.read_bytes()


def test_it_says_under_which_licences_it_is(metadata: Message, wheel: Path) -> None:
    """As an expression, with both texts, and without the classifiers that would say it again (PEP 639)."""
    assert metadata["License-Expression"] == "MIT AND OFL-1.1"
    assert metadata["License"] is None
    assert not [said for said in metadata.get_all("Classifier", []) if said.startswith("License ::")]
    with zipfile.ZipFile(wheel) as archive:
        texts = [archive.read(f"{NAME}.dist-info/licenses/{name}") for name in metadata.get_all("License-File", [])]
        notice = archive.read("sphinx_apparatus/static/fonts/OFL.txt").decode()
    assert [text.splitlines()[0] for text in texts] == [
        b"MIT License",
        b"SIL OPEN FONT LICENSE Version 1.1 - 26 February 2007",
    ]
    assert "Adobe Systems Incorporated" in notice, "the licence of a font goes with the name of its owner"


def test_it_says_for_which_pythons_it_is_as_they_are_tried(metadata: Message) -> None:
    said = [found[1] for one in metadata.get_all("Classifier", []) if (found := re.search(r":: (3\.\d+)$", one))]
    assert said == re.findall(r'"(3\.\d+)": "sphinx', (REPOSITORY / "noxfile.py").read_text("utf-8"))
    assert metadata["Requires-Python"] == f">={said[0]}"


def test_its_readme_is_its_own(metadata: Message) -> None:
    own = (REPOSITORY / "source" / "_ext" / "README.md").read_text("utf-8")
    assert metadata.get_payload(decode=True).decode() == own
