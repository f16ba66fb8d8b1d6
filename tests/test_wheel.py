"""The wheel holds the extension with its static files, and nothing of the edition."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from conftest import REPOSITORY
from sphinx_apparatus import __version__


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The files of the wheel."""
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(out)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)
    [wheel] = out.glob("*.whl")
    assert wheel.name == f"sphinx_apparatus-{__version__}-py3-none-any.whl"
    return zipfile.ZipFile(wheel).namelist()


def test_it_holds_every_module_and_static_file(names: list[str]) -> None:
    package = REPOSITORY / "source" / "_ext" / "sphinx_apparatus"
    kept = {path for path in package.rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    missing = {str(Path("sphinx_apparatus", path.relative_to(package))) for path in kept} - set(names)
    assert missing == set()
    assert "sphinx_apparatus/static/apparatus.css" in names
    assert any(name.endswith(".woff2") for name in names)


def test_it_holds_nothing_of_the_edition(names: list[str]) -> None:
    top = {name.partition("/")[0] for name in names}
    assert top == {"sphinx_apparatus", f"sphinx_apparatus-{__version__}.dist-info"}
    assert not [
        name
        for name in names
        if name.endswith((".md", ".bib", ".txt")) and "OFL" not in name and "dist-info" not in name
    ]
