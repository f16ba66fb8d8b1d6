"""What a reader of this edition finds, in Chromium, Firefox and WebKitGTK alike."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest

from engines import Engine

pytestmark = [pytest.mark.browser, pytest.mark.edition]

Open = Callable[..., Engine]


@pytest.fixture
def read(each_browser: Engine, edition: Path) -> Open:
    """Open a page of the edition from its file."""

    def open_page(name: str, rest: str = "", width: int = 1440, height: int = 900) -> Engine:
        each_browser.open((edition / name).as_uri() + rest, width, height)
        each_browser.until("document.readyState === 'complete'")
        return each_browser

    return open_page


FOUND = """[...document.querySelectorAll('.ed-results > section')].map((group) => [
  group.querySelector('h3').firstChild.data,
  [...group.querySelectorAll('li')].map((one) => one.textContent.replace(/\\s+/g, ' ').trim())
])"""


def results(read: Open, query: str) -> dict[str, list[str]]:
    page = read("search.html", f"?q={quote(query)}")
    page.until("document.querySelector('.search-summary')?.textContent")
    return dict(page.run(FOUND))


@pytest.mark.parametrize("query", ["Kim Jung Il", "Kim Jong Il", "K25"])
def test_the_search_has_the_correction_first(read: Open, query: str) -> None:
    groups = results(read, query)
    assert next(iter(groups)) == "Annotations"
    assert groups["Annotations"][0].startswith("Kim Jung Il] Kim Jong Il")
    assert "K25" in groups["Annotations"][0]


def test_the_search_finds_figures_letters_without_marks_and_passages(read: Open) -> None:
    assert any("K7 " in one for one in results(read, "194521")["Annotations"][:3])
    assert any("E31 " in one for one in results(read, "July 26")["Annotations"][:3])
    assert results(read, "Choson") == results(read, "Chosŏn") != {}
    assert any(one.startswith("K ¶4") for one in results(read, "K ¶4")["Texts"])


def test_between_quotation_marks_words_stand_so(read: Open) -> None:
    assert results(read, '"cult of personality"')["Texts"][0].startswith("K ¶4")
    assert results(read, '"personality of cult"') == {}


def test_a_result_leads_to_the_note(read: Open) -> None:
    page = read("search.html", f"?q={quote('Kim Jung Il')}")
    page.until("document.querySelector('.ed-results a')")
    page.run("document.querySelector('.ed-results a').click()")
    page.until("document.querySelector('#K25')?.getClientRects().length")
    assert "Kim Jong Il" in page.run("document.querySelector('#K25').textContent")


def test_by_keys_one_goes_on_from_the_results(read: Open) -> None:
    page = read("search.html", "?q=K25")
    page.until("document.activeElement.matches('#search-results > h2')")
    page.press("Tab")
    assert page.run("document.activeElement === document.querySelector('.ed-results a')")


def test_a_permanent_link_opens_the_note_below_its_line(read: Open) -> None:
    """Its words would be on the first screen, at its foot, with no room below them."""
    page = read("texts/khan.html", "#K25")
    page.until(
        "(() => {const box = document.querySelector('#K25').getBoundingClientRect();"
        "const line = document.querySelector('#K-l19').getBoundingClientRect();"
        "return box.top >= line.bottom - 1 && line.top > 0 && box.bottom <= innerHeight})()"
    )


def test_while_one_types_words_are_suggested(read: Open) -> None:
    page = read("index.html")
    page.run("document.querySelector('input[name=q]').focus()")
    page.until("document.querySelector('input[name=q]').list?.options.length > 100")
    said = page.run("[...document.querySelector('input[name=q]').list.options].map((one) => one.value)")
    assert {"Kim Jung Il", "Kim Jong Il"} <= set(said)


def test_a_paragraph_unfolds_what_connects_it_with_others(read: Open) -> None:
    page = read("texts/khan.html", "#K-p4")
    box = "document.querySelector('#K-p4 .ed-cx')"
    assert not page.run(f"{box}.querySelector('dl').checkVisibility()")
    page.click_on("#K-p4 .ed-cx summary")
    page.until(f"{box}.open")
    titles = page.run(f"[...{box}.querySelectorAll('dt')].map((one) => one.textContent)")
    assert {"Events", "Contradictions", "Names"} <= set(titles)
    assert page.run(f"{box}.querySelector('dd').checkVisibility()")
    links = page.run(f"[...{box}.querySelectorAll('a')].map((one) => one.getAttribute('href'))")
    assert any(one.startswith("encyclopedia.html#E") for one in links)


def test_on_a_phone_notes_and_connections_are_opened_from_one_line(read: Open) -> None:
    page = read("texts/khan.html", "", 390, 844)
    top = "document.querySelector('#K-p4 {}').getBoundingClientRect().top"
    page.until(f"Math.abs({top.format('.ed-fl')} - {top.format('.ed-cx > summary')}) < 10")
    page.click_on("#K-p4 .ed-cx > summary")
    page.until("document.querySelector('#K-p4 .ed-cx').open")
    page.click_on("#K-p4 .ed-fl")
    page.until("document.querySelector('#K-p4 .ed-fold').checked")
    page.until(f"{top.format('.ed-cx > summary')} > {top.format('.ed-app > li:last-child')}")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


PAIRS = "[...document.querySelectorAll('.ed-pair')].filter((one) => one.getClientRects().length).map((one) => one.id)"


def test_of_two_texts_beside_each_other_the_chosen_pair_stands_alone(read: Open) -> None:
    page = read("concordances/beside.html")
    assert page.run(PAIRS) == ["K-G", "K-E", "K-T", "G-E", "G-T", "E-T"]
    page.click_on(".ed-pairs a[href='#K-E']")
    page.until("location.hash === '#K-E'")
    assert page.run(PAIRS) == ["K-E"]
    heads = page.run("[...document.querySelectorAll('#K-E thead th')].map((one) => one.textContent)")
    assert heads == ["Event or matter", "K", "E"]
    level = """[...document.querySelectorAll('#K-E tbody tr')].every((row) => {
      const [, one, other] = [...row.cells].map((cell) => cell.getBoundingClientRect());
      return one.right <= other.left + 1 && one.top === other.top;
    })"""
    assert page.run(level), "each event in one row, the texts side by side"
    page.run("document.querySelector('#K-E tbody a[href*=\"khan.html#K-p\"]').click()")
    page.until("location.pathname.endsWith('khan.html') && document.querySelector('.ed-row:target')")


def test_a_text_leads_to_help(read: Open) -> None:
    page = read("texts/khan.html")
    page.click_on(".ed-ctl .ed-to-help")
    page.until("location.pathname.endsWith('help.html')")


LABELS = """[...document.querySelectorAll('.ed-labelled .ed-no')].filter((one) => {
  one.scrollIntoView({block: 'center', behavior: 'instant'});
  const {left, top} = one.getBoundingClientRect();
  const circle = getComputedStyle(one, '::before');
  const [x, y, width, height] = ['left', 'top', 'width', 'height'].map((side) => parseFloat(circle[side]));
  return document.elementFromPoint(left + x + width / 2, top + y + height / 2) === one;
}).map((one) => one.dataset.no).sort().join()"""


@pytest.mark.parametrize("width", [1440, 1100, 390])
def test_the_picture_in_help_shows_its_note_whole_and_each_number(read: Open, width: int) -> None:
    page = read("help.html", "", width, 900)
    parts = page.run("document.querySelectorAll('.ed-labelled ~ ol:first-of-type > li').length")
    numbers = ",".join(map(str, range(1, parts + 1)))
    page.until("(({clientHeight: h, scrollHeight: all}) => h > 100 && all <= h)(document.querySelector('.ed-open'))")
    page.until(f"{LABELS} === '{numbers}'")
    entry = "document.querySelector('.ed-app > li:has(> .ed-open) > .en')"
    page.until(f"{entry}.scrollWidth <= Math.max({entry}.clientWidth, {entry}.offsetWidth)")
    page.click_on(".ed-open .ed-x")  # no number lies on it
    page.until("!document.querySelector('.ed-open').checkVisibility()")


CONTENTS = "[...document.querySelectorAll('.toc-overlay-icon')].filter((one) => one.checkVisibility()).length"


@pytest.mark.parametrize("name", ["index.html", "help.html", "texts/khan.html", "concordances/annotations.html"])
@pytest.mark.parametrize("width", [390, 1100])
def test_a_page_without_contents_of_its_own_has_no_sign_for_them(read: Open, name: str, width: int) -> None:
    page = read(name, "", width, 844)
    page.until(f"{CONTENTS} === 0")


def test_a_page_with_contents_has_the_sign_that_opens_them(read: Open) -> None:
    page = read("introduction.html", "", 390, 844)
    page.until(f"{CONTENTS} === 1")
    page.run("document.querySelector('.toc-header-icon').click()")
    page.until("document.querySelector('.toc-drawer').getBoundingClientRect().right <= innerWidth + 1")
    assert page.run("document.querySelector('.toc-tree a').checkVisibility({visibilityProperty: true})")


def test_on_a_phone_a_citation_has_the_width_of_the_page(read: Open) -> None:
    page = read("corrections/K25.html", "", 390, 844)
    widths = "[...document.querySelectorAll('.ed-citations dd')].map((one) => one.getBoundingClientRect().width)"
    page.until(f"Math.min(...{widths}) > 300")
    page = read("corrections/K25.html")
    page.until(f"Math.min(...{widths}) > 300")
