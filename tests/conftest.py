"""What the tests share: the Hypothesis profile, the built edition, the browser."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from projects import REPOSITORY, Project, sphinx_build
from requires import chromium
from sphinx_apparatus.model.annotation import Annotation

settings.register_profile("edition", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("edition")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small edition of one text, to be written to and built."""
    return Project.at(tmp_path / "project")


@pytest.fixture(scope="session")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The HTML of this edition, built once, without a PDF beside it."""
    out = tmp_path_factory.mktemp("edition") / "html"
    doctrees = str(out.parent / "doctrees")
    result = sphinx_build(REPOSITORY / "source", out, "-b", "html", "-d", doctrees, "-D", "apparatus_places=")
    assert result.status == 0, result.messages
    return out


@pytest.fixture(scope="session")
def annotations(edition: Path) -> dict[str, Annotation]:
    """The annotations of this edition by id, as the build remembers them."""
    with (edition.parent / "doctrees" / "environment.pickle").open("rb") as file:
        found: dict[str, Annotation] = pickle.load(file).domaindata["ed"]["annotations"]
    return found


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    executable = chromium()
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox"])
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The source of axe-core."""
    from requires import axe_core

    return axe_core(REPOSITORY / "build").read_text("utf-8")


@pytest.fixture
def visit(browser: Any, edition: Path) -> Iterator[Callable[..., Any]]:
    """Open a page of the edition from its file; no page may complain or ask for anything elsewhere."""
    contexts: list[Any] = []
    complaints: list[str] = []

    def open_page(name: str, width: int = 1440, height: int = 1000, **options: Any) -> Any:
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "request", lambda asked: complaints.append(asked.url) if asked.url[:5] not in ("file:", "data:") else None
        )
        path, _, fragment = name.partition("#")
        page.goto((edition / path).as_uri() + (f"#{fragment}" if fragment else ""))
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []
