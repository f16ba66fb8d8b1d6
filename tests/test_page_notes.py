"""The notes of the reading page in Chromium, Firefox and WebKitGTK: by pointer, by keys, on a narrow screen, heard."""

from __future__ import annotations

import pytest

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
    found = []
    for _ in range(6):
        page.press("n")
        found.append(page.run("location.hash"))
    assert found == [f"#{one}-n" for one in ("S1", "S4", "S5", "S3", "S2", "S6")], "in the order of their words"
    page.press("p")
    assert page.run("location.hash") == "#S2-n"


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
    page.until("location.hash === '#S2-n'")
    assert shown(page, "#S2")
    page.click_on(".ed-tx .S2 ~ .S2 ~ .S2")
    page.until("location.hash === '#S3-n'")
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
        ["S1", "emendation"], ["S4", "note"], ["S5", "correction"], ["S3", "emendation"], ["S2", "emendation"],
        ["S6", "note"],
    ]  # fmt: skip
    assert page.run("[...document.querySelectorAll('a.en')].every((one) => one.closest('ol[role=list] > li'))")
    hidden = page.run("[...document.querySelectorAll('a.en[aria-hidden]')].map((one) => one.tabIndex)")
    assert set(hidden) <= {-1}


def test_the_first_stop_leads_to_the_text(read: Open) -> None:
    page = read()
    page.press("Tab")
    assert focused(page) == "#S"
    assert page.run("document.activeElement.getBoundingClientRect().width") > 40, "and is seen"
