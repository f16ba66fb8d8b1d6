"""What other programs say of the pages: the Nu HTML checker, HTML_CodeSniffer."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any

import pytest

from four_texts import GENERATED, TEXTS, Visit, name
from npm import package
from requires import program

#: The messages of HTML_CodeSniffer that are errors.
ERRORS = """() => new Promise((done) => HTMLCS.process('WCAG2AA', document, () => done(HTMLCS.getMessages()
  .filter((one) => one.type === HTMLCS.ERROR)
  .map((one) => `${one.code}: ${one.msg} ${one.element.outerHTML.slice(0, 120)}`))))"""


@pytest.mark.slow
def test_the_nu_checker_finds_no_error_on_any_page(edition: Path) -> None:
    java, jar = program("java"), package("vnu-jar") / "build/dist/vnu.jar"
    command = [java, "-Xss4m", "-jar", str(jar), "--errors-only", "--format", "gnu", "--skip-non-html"]
    done = subprocess.run([*command, str(edition)], check=False, capture_output=True, text=True)
    assert done.stderr.strip() == ""
    assert done.returncode == 0


@pytest.fixture(scope="module")
def sniffer() -> str:
    """The source of HTML_CodeSniffer."""
    return (package("html_codesniffer") / "build/HTMLCS.js").read_text("utf-8")


PAGES = (
    *(name(siglum) for siglum in TEXTS),
    *("index.html", "help.html", "bibliography.html", "tool/reference.html", *GENERATED),
    *(f"concordances/{page}.html" for page in ("beside", "annotations", "lemmata", "names", "contradictions")),
    *("corrections/K25.html", "passages/K-p4.html", "passages/K.html"),
)


@pytest.mark.parametrize("path", PAGES)
def test_html_codesniffer_finds_no_error(visit: Visit, sniffer: str, path: str) -> None:
    page: Any = visit(path)
    page.evaluate(sniffer)
    assert page.evaluate(ERRORS) == []
