"""The edition as an e-book: nothing to be told of in the build, by EPUBCheck, or by axe on any of its pages."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import pytest

from four_texts import SOURCE
from once import once
from projects import sphinx_build
from requires import epubcheck

#: What holds for a page of a book: a reading system has its own way past what is repeated.
AXE = """async () => {
  const found = await axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: {bypass: {enabled: false}},
    resultTypes: ['violations']
  });
  return found.violations.map((one) => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)]);
}"""


@pytest.fixture(scope="session")
def ebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The book, built without a warning, and its files beside it."""

    def make(folder: Path) -> None:
        places = ("-D", "apparatus_places=")
        built = folder / "epub"
        result = sphinx_build(SOURCE, built, "-b", "epub", "-W", "--keep-going", "-d", str(folder / "trees"), *places)
        assert (result.status, result.messages) == (0, "")
        with zipfile.ZipFile(built / "korea-and-russia.epub") as archive:
            archive.extractall(folder / "pages")

    return once(tmp_path_factory, "ebook", make)


def test_epubcheck_finds_nothing(ebook: Path) -> None:
    assert epubcheck(ebook / "epub" / "korea-and-russia.epub") == []


def test_axe_finds_nothing_on_any_page(ebook: Path, browser: Any, axe: str) -> None:
    pages = sorted((ebook / "pages").rglob("*.xhtml"))
    assert len(pages) > 20
    context = browser.new_context()
    page = context.new_page()
    found = {}
    for path in pages:
        page.goto(path.as_uri())
        page.evaluate(axe)
        violations = page.evaluate(AXE)
        if violations:
            found[path.relative_to(ebook / "pages").as_posix()] = violations
    context.close()
    assert found == {}
