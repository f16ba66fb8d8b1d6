"""The reading page as a browser may be set: dark, in the colours of the system, without scripts; and on paper."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from engines import Engine, engine
from poppler import Word, words
from sky import TEXT, choose, shown, style

pytestmark = pytest.mark.browser

#: A function that starts a browser as it is to be set, and ends it.
Start = Callable[..., Any]

#: The driver of WebKitGTK sets no colours and no scripts, and does not print.
TWO = pytest.mark.parametrize("start", ["chromium", "firefox"], indirect=True)


@pytest.fixture(params=["chromium", "firefox", "webkit"])
def start(request: pytest.FixtureRequest, tmp_path: Path) -> Start:
    """One of the three browsers."""
    return partial(engine, request.param, tmp_path)


def opened(page: Engine, sky: Path, fragment: str = "", width: int = 1440, height: int = 900) -> Engine:
    page.open((sky / "sky.html").as_uri() + fragment, width, height)
    page.until("document.readyState === 'complete' && document.fonts.status === 'loaded'")
    return page


LIGHTNESS = """(() => {
  const light = (color) => color.match(/[\\d.]+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0) / 765;
  const of = (selector) => getComputedStyle(document.querySelector(selector));
  return [of('.ed-tx').color, of('body').backgroundColor, of('#S2').backgroundColor].map(light);
})()"""


def picture(page: Engine) -> str:
    return hashlib.sha256(page.picture()).hexdigest()


def test_in_the_dark_words_are_light_and_marks_are_seen(start: Start, sky: Path) -> None:
    with start("dark") as page:
        opened(page, sky, "#S2")
        page.until("matchMedia('(prefers-color-scheme: dark)').matches")
        ink, paper, note = page.run(LIGHTNESS)
        assert ink > 0.7
        assert max(paper, note) < 0.3
        assert shown(page, "#S2")
        assert style(page, ".ed-tx .o", "textDecorationLine") == "underline"
        page.until("document.activeElement.id === 'S2'")
        before = picture(page)
        choose(page, "m-none")
        assert picture(page) != before


@TWO
def test_in_the_colours_of_the_system_marks_and_the_words_of_a_note_are_seen(start: Start, sky: Path) -> None:
    with start("forced colours") as page:
        opened(page, sky, "#S2")
        page.until("matchMedia('(forced-colors: active)').matches && document.querySelector('.ed-tx .hi')")
        assert style(page, ".ed-tx .hi", "outlineStyle") == "solid", "no background is shown"
        assert style(page, "#S2", "borderBottomStyle") == "solid"
        assert style(page, ".ed-tx .o", "textDecorationLine") == "underline"
        assert style(page, ".en .rdg", "fontWeight") == "600", "a reading is told by more than its colour"
        before = picture(page)
        choose(page, "m-none")
        assert picture(page) != before


@TWO
@pytest.mark.parametrize("width", [1440, 390])
def test_without_scripts_notes_open_and_views_change(start: Start, sky: Path, width: int) -> None:
    with start("no scripts") as page:
        opened(page, sky, "", width)
        assert page.run("matchMedia('(scripting: none)').matches && !document.querySelector('dialog')")
        if width < 1000:
            assert not shown(page, "a.en[href='#S2-n']")
            page.click_on("label[for='S-p2-f']")
        page.click_on("a.en[href='#S2-n']")
        page.until("location.hash === '#S2-n'")
        assert shown(page, "#S2")
        clear = "rgba(0, 0, 0, 0)"
        assert style(page, ".ed-tx .S2", "backgroundColor") != clear == style(page, ".ed-tx .S6", "backgroundColor")
        page.press("Tab")
        page.until("document.querySelector('#S2').contains(document.activeElement)")
        page.click_on("#S2 .ed-x")
        page.until("!document.querySelector('#S2').getClientRects().length")
        page.click_on("label:has(#ed-emended)")
        page.until("!document.querySelector('.o > span').getClientRects().length")
        assert style(page, '[data-r="Jong"]', "content", "::after") not in ("none", "normal")


def letters(string: str) -> str:
    """The letters of a string."""
    return re.sub(r"[\W\d_]+", "", string)


def on_paper(page: Any, folder: Path) -> list[Word]:
    """The words of the sheets that a page is printed on."""
    path = folder / "page.pdf"
    path.write_bytes(page.printed())
    return words(path)


@TWO
def test_on_paper_the_text_is_whole_and_no_word_lies_upon_another(start: Start, sky: Path, tmp_path: Path) -> None:
    with start("") as page:
        opened(page, sky, "#S2", 1280)
        found = on_paper(page, tmp_path)
        # In the PDFs of Firefox figures of the old style are no characters.
        said = letters("".join(word.string for word in found))
        for line in TEXT.splitlines():
            assert letters(line) in said
        assert "Soheiscalled" in said
        assert "Thetextasprinted" in said
        assert "readingsabove" not in said
        bottom = max(word.bottom for word in found)
        assert bottom < 842, "an A4 sheet"
        for sheet in {word.page for word in found}:
            own = sorted((word for word in found if word.page == sheet), key=lambda word: word.top)
            for at, one in enumerate(own):
                for other in own[at + 1 :]:
                    if other.top > one.bottom:
                        break
                    across = min(one.right, other.right) - max(one.left, other.left)
                    down = min(one.bottom, other.bottom) - max(one.top, other.top)
                    assert across < 1 or down < 0.5 * min(one.height, other.height), (one, other)
