"""The reading page survives in other themes than the one it is made for: text, marks, notes, policy."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from engines import PATIENCE, playwright
from projects import Project
from requires import chromium, lacking

pytestmark = pytest.mark.browser

THEMES = ("alabaster", "pydata_sphinx_theme", "sphinx_book_theme", "sphinx_rtd_theme")

#: The text of the page less what is editorial.
TEXT = """() => {
  const text = document.querySelector('.ed-text').cloneNode(true);
  for (const one of text.querySelectorAll('[data-editorial]')) one.remove();
  return text.textContent;
}"""

#: Its first emendation: whether its words have a line below them.
LINE = "() => getComputedStyle(document.querySelector('.ed-tx .o')).textDecorationLine"

#: How much wider the page is than its window.
EXCESS = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module", params=THEMES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A small edition in a theme."""
    theme: str = request.param
    if find_spec(theme) is None:
        lacking(f"the theme {theme}")
    project = Project.at(tmp_path_factory.mktemp(theme) / "project")
    assert project.build("-D", f"html_theme={theme}").status == 0
    return project


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """A headless Chromium."""
    started = playwright().chromium.launch(
        executable_path=chromium(), args=["--no-sandbox", "--disable-dev-shm-usage"], timeout=PATIENCE * 1000
    )
    yield started
    started.close()


@pytest.mark.parametrize("width", [1440, 390])
def test_the_reading_page_survives(built: Project, browser: Any, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    page.goto((built.out / "moon.html").as_uri())
    [seed] = [path for path in (built.folder / "texts").glob("*.txt") if path.stem == "moon"]
    assert page.evaluate(TEXT).encode() == seed.read_bytes()
    assert page.evaluate(LINE) == "underline"
    identifier = page.locator(".ed-card.e").first.get_attribute("id")
    assert not page.locator(f"#{identifier}").is_visible()
    page.locator(f".ed-tx .{identifier}").first.click()
    page.locator(f"#{identifier}").wait_for(state="visible")
    box = page.locator(f"#{identifier}").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    page.keyboard.press("Escape")
    page.locator(f"#{identifier}").wait_for(state="hidden")
    page.locator("#ed-emended").check()
    assert page.locator(".ed-tx ins").count() > 0
    assert page.evaluate(EXCESS) <= 0
    # A script may not write styles of its own into the page; whatever the theme has there itself runs.
    assert [one for one in said if one.startswith("Executing")] == []
    page.close()


def test_the_policy_allows_what_the_theme_has_and_nothing_of_the_page(built: Project) -> None:
    page = built.read("_build/moon.html")
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "unsafe-inline" not in page


def test_built_again_with_other_static_files_a_theme_has_all_that_it_needs(tmp_path: Path) -> None:
    """Some themes write jquery before anything else of the build."""
    if find_spec("sphinx_rtd_theme") is None:
        lacking("the theme sphinx_rtd_theme")
    project = Project.at(tmp_path / "project")
    settings = ("-D", "html_theme=sphinx_rtd_theme", "-D", "html_static_path=own")
    project.write("own/one.css", "p{color:red}")
    assert project.build(*settings).status == 0
    (project.folder / "own/one.css").unlink()
    project.write("own/two.css", "p{color:blue}")
    assert project.build(*settings).status == 0
    static = project.out / "_static"
    assert not (static / "one.css").exists(), "what was removed is gone"
    needed = re.findall(r'src="(_static/[^"?]+)', project.read("_build/moon.html"))
    assert "_static/jquery.js" in needed
    assert [one for one in needed if not (project.out / one).exists()] == []


def test_a_static_file_that_cannot_be_removed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows keeps what a program has open."""
    project = Project.at(tmp_path / "project")
    project.write("own/one.css", "p{color:red}")
    assert project.build("-D", "html_static_path=own").status == 0
    (project.folder / "own/one.css").unlink()
    unlink = Path.unlink

    def kept(path: Path, missing_ok: bool = False) -> None:
        if path.name == "one.css":
            raise PermissionError(13, "in use by another program", str(path))
        unlink(path, missing_ok)

    with monkeypatch.context() as windows:
        windows.setattr(Path, "unlink", kept)
        result = project.build("-D", "html_static_path=own")
    assert result.status != 0
    said = r"one\.css is of an earlier build, and cannot be removed .*Remedy: Close.*\[ed\.output\]"
    assert re.search(said, result.messages)
    assert "Traceback" not in result.messages
    assert project.build("-D", "html_static_path=own").status == 0
    assert not (project.out / "_static/one.css").exists()
