"""This edition, built once as HTML and once as PDF for a whole run, and the browser that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from apparatus_in_print import Print, read_print
from engines import playwright
from four_texts import BASE, SOURCE
from npm import package
from once import once
from projects import remembered, sphinx_build
from requires import chromium
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.work import Work, named

#: Milliseconds that a browser may take for anything: enough for a machine that has twenty other things to do.
PATIENCE = 90_000


@pytest.fixture(scope="session")
def html(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition as a publisher builds it, in two processes, without the books beside it; a folder for each part."""

    def make(folder: Path) -> None:
        settings = {
            "apparatus_places": "",
            "apparatus_epub": "",
            "html_baseurl": BASE,
            "apparatus_report": "https://example.org/report?id={id}&version={version}&lemma={lemma}",
        }
        options = [word for name, value in settings.items() for word in ("-D", f"{name}={value}")]
        doctrees = str(folder / "doctrees")
        result = sphinx_build(SOURCE, folder / "html", "-b", "html", "-j", "2", "-d", doctrees, *options)
        assert result.status == 0, result.messages

    return once(tmp_path_factory, "html", make)


@pytest.fixture(scope="session")
def book(tmp_path_factory: pytest.TempPathFactory) -> Print:
    """The edition's PDF, and beside it what its build said."""

    def make(folder: Path) -> None:
        result = sphinx_build(SOURCE, folder / "pdf", "-b", "typstpdf", "-d", str(folder / "doctrees"))
        assert result.status == 0, result.messages
        (folder / "messages").write_text(result.messages, "utf-8")

    folder = once(tmp_path_factory, "book", make)
    return read_print(folder / "pdf", folder / "doctrees")


@pytest.fixture(scope="session", params=["royal", "a5", "a4"])
def on_paper(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Print:
    """The edition's PDF on each of some papers."""
    paper = request.param
    if paper == "royal":
        found: Print = request.getfixturevalue("book")
        return found

    def make(folder: Path) -> None:
        options = ["-D", f"apparatus_pdf_paper={paper}", "-d", str(folder / "doctrees")]
        result = sphinx_build(SOURCE, folder / "pdf", "-b", "typstpdf", *options)
        assert (result.status, result.messages) == (0, "")

    folder = once(tmp_path_factory, f"book-{paper}", make)
    return read_print(folder / "pdf", folder / "doctrees")


@pytest.fixture(scope="session")
def edition(html: Path) -> Path:
    """The edition's pages."""
    return html / "html"


@pytest.fixture(scope="session")
def known(html: Path) -> Any:
    """What the build of the pages remembers of the edition."""
    return remembered(html / "doctrees")


@pytest.fixture(scope="session")
def annotations(known: Any) -> dict[str, Annotation]:
    """The annotations of this edition by id."""
    return {name: annotation for page in known["pages"].values() for name, annotation in page.annotations.items()}


@pytest.fixture(scope="session")
def words(known: Any, annotations: dict[str, Annotation]) -> dict[str, str]:
    """The plain words of each note by id, works called by whom a citation names."""
    works: dict[str, Work] = known["works"]
    return {name: named(annotation.body, works) for name, annotation in annotations.items()}


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    executable = chromium()
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    started = playwright().chromium.launch(executable_path=executable, args=arguments, timeout=PATIENCE)
    yield started
    started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    return (package("axe-core") / "axe.min.js").read_text("utf-8")


@pytest.fixture
def visit(browser: Any, edition: Path) -> Iterator[Callable[..., Any]]:
    """Open a page of the edition from its file, as if nothing had been opened before.

    No page may complain, or ask for anything elsewhere.
    """
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(name: str, width: int = 1440, height: int = 1000, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: complaints.append(asked.url) if asked.url[:5] not in ("file:", "data:") else None
        )
        path = re.split(r"[?#]", name)[0]
        page.goto((edition / path).as_uri() + name[len(path) :])
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
