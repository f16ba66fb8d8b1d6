"""The edition and the extension have each a version of their own, everywhere the same."""

from __future__ import annotations

import json
import re
import runpy
import subprocess
from pathlib import Path

import pytest

import sphinx_apparatus
from four_texts import SOURCE, edition_version
from projects import REPOSITORY
from requires import program


def newest(changelog: Path) -> str:
    """The version that a changelog has first, what is not released yet passed over."""
    return next(
        one for one in re.findall(r"^## (\S+)", changelog.read_text("utf-8"), re.MULTILINE) if one != "Unreleased"
    )


def test_the_version_of_the_edition_is_everywhere_the_same() -> None:
    """It is set in conf.py; the register, the file for citing and the changelog follow."""
    version = edition_version()
    register = json.loads((SOURCE / "register.json").read_text("utf-8"))
    assert register["version"] == version
    assert f"\nversion: {version}\n" in (REPOSITORY / "CITATION.cff").read_text("utf-8")
    assert newest(REPOSITORY / "CHANGELOG.md") == version


def test_the_version_of_the_extension_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is set in the package; the package's changelog follows, and the edition's version does not."""
    assert newest(SOURCE / "_ext" / "CHANGELOG.md") == sphinx_apparatus.__version__
    before = edition_version()
    monkeypatch.setattr(sphinx_apparatus, "__version__", "99.0.0")
    assert edition_version() == before


def test_the_kit_for_deposit_says_what_the_edition_says() -> None:
    """Zenodo, CodeMeta, RO-Crate and the files for citing: one title, one version, one day, one licence each."""
    version, conf = edition_version(), runpy.run_path(str(SOURCE / "conf.py"))
    zenodo = json.loads((REPOSITORY / ".zenodo.json").read_text("utf-8"))
    crate = json.loads((REPOSITORY / "ro-crate-metadata.json").read_text("utf-8"))
    [root] = [one for one in crate["@graph"] if one["@id"] == "./"]
    assert (zenodo["title"], zenodo["version"]) == (root["name"], root["version"]) == (conf["apparatus_title"], version)
    assert zenodo["publication_date"] == root["datePublished"] == conf["apparatus_released"]
    assert all((REPOSITORY / part["@id"]).exists() for part in root["hasPart"])
    cff = (REPOSITORY / "CITATION.cff").read_text("utf-8")
    assert "\nlicense: CC-BY-4.0\n" in cff, "Zenodo takes one licence, as a string"
    tool = sphinx_apparatus.__version__
    assert json.loads((REPOSITORY / "codemeta.json").read_text("utf-8"))["version"] == tool
    assert f"\nversion: {tool}\n" in (SOURCE / "_ext" / "CITATION.cff").read_text("utf-8")
    assert "doi" not in cff + str(zenodo), "nothing invents one"


@pytest.mark.parametrize("name", ["CITATION.cff", "source/_ext/CITATION.cff"])
def test_cffconvert_finds_a_file_for_citing_valid_and_zenodo_one_licence_in_it(name: str) -> None:
    command = [program("cffconvert"), "-i", str(REPOSITORY / name)]
    assert subprocess.run([*command, "--validate"], check=False, capture_output=True).returncode == 0
    made = json.loads(subprocess.run([*command, "-f", "zenodo"], check=True, capture_output=True, text=True).stdout)
    assert made["license"] == {"id": "CC-BY-4.0" if name == "CITATION.cff" else "MIT"}
    assert made["version"] == (edition_version() if name == "CITATION.cff" else sphinx_apparatus.__version__)
