"""The edition and the extension have each a version of their own, everywhere the same."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import sphinx_apparatus
from four_texts import SOURCE, edition_version
from projects import REPOSITORY


def newest(changelog: Path) -> str:
    """The version that a changelog has first."""
    return re.findall(r"^## (\S+)", changelog.read_text("utf-8"), re.MULTILINE)[0]


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
