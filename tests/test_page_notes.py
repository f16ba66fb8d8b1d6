"""The notes of the reading page in Chromium, Firefox and WebKitGTK: by pointer, by keys, on a narrow screen, heard."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from engines import Engine
from sky import Open, choose, focused, shown, style

pytestmark = pytest.mark.browser


def test_from_an_entry_the_focus_goes_into_its_note_and_back(read: Open) -> None:
    page = read()
    page.run("document.querySelector('a.en[href=\"#S2-n\"]').focus()")
    before = page.run("scrollY")
    page.press("Enter")
    page.until("document.activeElement.id === 'S2'")
    assert shown(page, "#S2")
    assert page.run("scrollY") == before, "nothing moves"
    page.press("Tab")
    assert page.run("document.querySelector('#S2').contains(document.activeElement)")
    page.press("Escape")
    page.until("!document.querySelector('#S2').getClientRects().length")
    assert focused(page) == "#S2-n"


def test_by_keys_one_goes_from_note_to_note(read: Open) -> None:
    page = read()
    for one in ("S1", "S4", "S5", "S3", "S2", "S6"):  # in the order of their words
        page.press("n")
        page.until(f"location.hash === '#{one}'")
    page.press("p")
    page.until("location.hash === '#S2'")


def test_the_address_bar_says_the_address_of_the_open_note_which_opens_it_again(read: Open) -> None:
    page = read()
    page.click_on("a.en[href='#S2-n']")
    page.until("location.hash === '#S2'")
    assert shown(page, "#S2")
    page.again()
    page.until("document.activeElement.id === 'S2'")
    page.press("Escape")
    page.until("location.hash === ''")
    assert not shown(page, "#S2")
    page.click_on("a.en[href='#S2-n']")
    page.until("location.hash === '#S2'")
    assert shown(page, "#S2"), "once more"


def test_an_entry_that_has_the_focus_is_not_behind_an_open_note(read: Open) -> None:
    """What has the focus is seen (WCAG 2.2, 2.4.11)."""
    page = read("#S2")
    page.until("document.activeElement.id === 'S2'")
    # The note, made as high as two lines, would cover the entries of the line below it.
    page.run(
        """(() => {
          const note = document.querySelector('#S2');
          const line = note.parentElement.cloneNode(true);
          line.removeAttribute('id');
          line.className = note.parentElement.className.replace(/r(\\d+).*/, (row, number) => `r${+number + 2} below`);
          for (const one of line.querySelectorAll('.ph, .ed-card')) one.remove();
          note.parentElement.after(line);
          document.querySelector('.below a.en').focus();
        })()"""
    )
    page.until(
        """(() => {
          const box = document.querySelector('.below a.en').getBoundingClientRect();
          const seen = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
          const note = document.querySelector('#S2').getBoundingClientRect();
          return note.bottom > box.top && seen?.closest('.below');
        })()"""
    )


def test_by_keys_one_comes_to_the_first_note_on_a_phone_too(read: Open) -> None:
    page = read(width=390, height=844)
    page.press("n")
    page.until("location.hash === '#S1'")


def test_a_text_of_which_nothing_is_said_is_a_page_like_others(each_browser: Engine, sky: Path) -> None:
    each_browser.open((sky / "calm.html").as_uri())
    each_browser.until("document.querySelector('dialog.ed-help')")
    each_browser.run("(() => {window.wrong = []; addEventListener('error', (event) => wrong.push(event.message))})()")
    for key in ("n", "p", "Escape", "m", "3", "c"):
        each_browser.press(key)
    assert each_browser.run("window.wrong") == []
    assert each_browser.run("document.querySelector('.ed-tx').textContent.trim()") == "Of this nothing is said."


@pytest.mark.parametrize("width", [1024, 1440])
def test_of_a_thronged_line_the_entries_that_have_no_room_are_shown_when_it_has_the_focus(
    each_browser: Engine, sky: Path, width: int
) -> None:
    each_browser.open((sky / "thronged.html").as_uri(), width)
    each_browser.until("document.readyState === 'complete'")
    assert each_browser.run("document.documentElement.scrollWidth <= innerWidth")
    seen = """[...document.querySelectorAll('a.en')].filter((one) => {
      const line = getComputedStyle(one.parentElement).overflowY === 'hidden' ? one.parentElement : one;
      const [box, room] = [one, line].map((element) => element.getBoundingClientRect());
      return box.right <= innerWidth && box.bottom <= room.bottom + 1;
    }).length"""
    assert 5 < each_browser.run(seen) < 25
    each_browser.run("document.querySelector('a.en').focus()")
    assert each_browser.run(seen) == 25
    assert each_browser.run("document.documentElement.scrollWidth <= innerWidth")


def test_a_question_mark_lists_the_keys(read: Open) -> None:
    page = read()
    page.press("?")
    assert page.run("document.querySelector('dialog').open")
    assert "next note" in page.run("document.querySelector('dialog').innerText")
    page.press("?")
    assert not page.run("document.querySelector('dialog').open")


def test_words_open_their_note_and_again_the_next_one_on_them(read: Open) -> None:
    page = read()
    page.click_on(".ed-tx .S2")
    page.until("location.hash === '#S2'")
    assert shown(page, "#S2")
    page.click_on(".ed-tx .S2 ~ .S2 ~ .S2")
    page.until("location.hash === '#S3'")
    assert not shown(page, "#S2"), "one note at a time"


def test_a_related_note_is_shown_within_a_note(read: Open) -> None:
    page = read("#S2")
    page.run("document.querySelector('#S2 .ed-relations a').click()")
    page.until("document.querySelector('#S2 .ed-near')")
    assert "The middle of the night" in page.run("document.querySelector('#S2 .ed-near').innerText")
    assert page.run("location.hash") == "#S2"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 800), (390, 844)])
def test_a_permanent_link_leads_to_words_and_note(read: Open, width: int, height: int) -> None:
    page = read("#S6", width, height)
    page.until("document.activeElement.id === 'S6'")
    for selector in ("#S6", ".ed-tx .S6"):
        page.until(
            f"(() => {{const box = document.querySelector('{selector}').getClientRects()[0];"
            "return box.top >= 0 && box.bottom <= innerHeight + 1})()"
        )
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


def test_narrow_the_address_of_a_line_leads_to_its_words(read: Open) -> None:
    last = "[...document.querySelectorAll('.ed-app > li')].at(-1)"
    line = read().run(f"{last}.dataset.n")
    page = read(f"#S-l{line}", 390, 844)
    page.until(
        f"(() => {{const words = document.querySelector('.l[data-n=\"{line}\"]').getClientRects()[0];"
        f"return words.top >= 0 && words.bottom <= {last}.getBoundingClientRect().top}})()"
    )
    assert page.run("scrollY") > 0, "they are not on the first screen"


@pytest.mark.parametrize("width", [390, 1440])
def test_a_note_opens_where_scripts_run_but_ours_is_kept_back(
    each_browser: Engine, sky: Path, tmp_path: Path, width: int
) -> None:
    """By a filter, or a connection that broke: the rules for who runs no scripts are not obeyed then."""
    site = tmp_path / "site"
    shutil.copytree(sky, site)
    (site / "_static/apparatus.js").write_text("", "utf-8")
    each_browser.open(f"{(site / 'sky.html').as_uri()}#S2", width)
    each_browser.until("document.readyState === 'complete'")
    assert shown(each_browser, "#S2")
    each_browser.click_on("#S2 .nx")
    each_browser.until("location.hash === '#S6-n'")
    assert shown(each_browser, "#S6")
    assert not shown(each_browser, "#S2")
    each_browser.click_on("#S6 .ed-x")
    each_browser.until("!document.querySelector('#S6').getClientRects().length")
    assert shown(each_browser, "a.en[href='#S2-n']") == (width > 1000), "the list of a phone is folded"


def test_without_scripts_the_theme_has_our_voice_too(sky: Path) -> None:
    """Furo names its theme on the body by a script, and our style of its headings asks for that name."""
    assert '<body data-theme="auto">' in (sky / "sky.html").read_text("utf-8")


def test_a_kind_that_is_left_out_has_no_entry_and_no_mark(read: Open) -> None:
    page = read()
    choose(page, "k-name")
    assert not shown(page, "a.en[href='#S2-n']")
    assert style(page, ".o.k-name", "textDecorationLine") == "none"
    assert style(page, ".o.k-slip", "textDecorationLine") == "underline"
    choose(page, "m-all")
    choose(page, "k-gloss")
    assert style(page, ".ed-tx .S4", "textDecorationLine") == "none"


def test_narrow_the_figure_of_a_line_opens_its_entries(read: Open) -> None:
    page = read(width=390, height=844)
    assert style(page, ".l.m", "content", "::before").strip('"') not in ("none", "normal", "")
    assert not shown(page, "a.en[href='#S2-n']")
    place = page.run(
        """(() => {
          const line = document.querySelector('#S-p2 .l.m');
          line.scrollIntoView({block: 'center', behavior: 'instant'});
          const range = document.createRange();
          range.selectNodeContents(line);
          const box = range.getClientRects()[0];
          return [box.left - 4, box.top + 8];
        })()"""
    )
    page.click(*place)
    page.until("document.querySelector('li:target')")
    assert shown(page, "li:target .en")


def test_a_screen_reader_has_one_link_for_each_annotation_in_lists(read: Open) -> None:
    page = read()
    links = page.run("[...document.querySelectorAll('a.en:not([aria-hidden])')].map((one) => one.textContent)")
    assert [one.split()[:2] for one in links] == [
        ["S1", "emendation:"], ["S4", "note:"], ["S5", "correction:"], ["S3", "emendation:"], ["S2", "emendation:"],
        ["S6", "note:"],
    ]  # fmt: skip
    assert page.run("[...document.querySelectorAll('a.en')].every((one) => one.closest('ol[role=list] > li'))")
    hidden = page.run("[...document.querySelectorAll('a.en[aria-hidden]')].map((one) => one.tabIndex)")
    assert set(hidden) <= {-1}


def test_the_first_stop_leads_to_the_text(read: Open) -> None:
    page = read()
    page.press("Tab")
    assert focused(page) == "#S"
    assert page.run("document.activeElement.getBoundingClientRect().width") > 40, "and is seen"
