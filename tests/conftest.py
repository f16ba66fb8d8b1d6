"""What the tests share: the Hypothesis profile, the small edition, the speeds."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from engines import Engine, engine
from kept import keep
from once import built, once
from projects import Project
from sky import CALM, PAGE, TEXT, THRONGED, Open

settings.register_profile("edition", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow])
# For ``make quick``, whose seconds count, and whose lines: the same few at each run; ``make test`` looks at all.
settings.register_profile("quick", settings.get_profile("edition"), max_examples=10, derandomize=True)
settings.load_profile("edition")

keep()

#: What makes a test slow, by the fixture that it asks for, directly or not.  ``make quick`` leaves these out.
SLOW = {
    "browser": ("browser",),
    "each_browser": ("browser",),
    "ebook": ("edition",),
    "html": ("edition",),
    "book": ("edition", "pdf"),
    "on_paper": ("edition", "pdf"),
    "tutorial": ("pdf",),
}

#: The files of tests that take longest: where several processes share the files, none is left with one at the end.
LONGEST = (
    "test_pdf.py",
    "test_page_axe.py",
    "test_page_access.py",
    "test_paper.py",
    "test_page_browser.py",
    "test_print_builder.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, so that no test can forget it, and begin with what takes longest."""
    for item in items:
        for fixture in getattr(item, "fixturenames", ()):
            for marker in SLOW.get(fixture, ()):
                item.add_marker(marker)
    items.sort(key=lambda item: LONGEST.index(item.path.name) if item.path.name in LONGEST else len(LONGEST))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """A small edition of one text, to be written to and built."""
    return Project.at(tmp_path / "project")


@pytest.fixture(scope="session")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The pages of small editions of each kind of text."""
    return built(tmp_path_factory, "kinds")


@pytest.fixture(scope="session")
def sky(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of an edition with notes of every sort, to be read in a browser."""

    def make(folder: Path) -> None:
        project = Project.at(folder / "project")
        project.add_page("sky", PAGE, TEXT.encode())
        project.add_page("calm", CALM, b"Of this nothing is said.\n")
        project.add_page("thronged", THRONGED, b"one two three four five\n")
        result = project.build("-W", "--keep-going")
        assert (result.status, result.messages) == (0, "")

    return once(tmp_path_factory, "sky", make) / "project" / "_build"


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def each_browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each of the three browsers."""
    with engine(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


@pytest.fixture
def read(each_browser: Engine, sky: Path) -> Open:
    """Open the reading page."""

    def open_page(fragment: str = "", width: int = 1440, height: int = 900) -> Engine:
        each_browser.open((sky / "sky.html").as_uri() + fragment, width, height)
        each_browser.until("document.readyState === 'complete' && document.fonts.status === 'loaded'")
        return each_browser

    return open_page


@pytest.fixture(autouse=True)
def _as_before(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What a build leaves in the process the next test is not to find: words of another language, places of modules."""
    monkeypatch.setattr(sys, "path", sys.path[:])
    yield
    from sphinx.locale import translators

    translators.clear()
