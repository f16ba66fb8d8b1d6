"""The reading page in Chromium, Firefox and WebKitGTK: its text, its views, its marks, copying."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest

from engines import Engine
from sky import SELECTED, TEXT, VERBATIM, Open, choose, style

pytestmark = pytest.mark.browser


def test_less_what_is_editorial_the_text_is_the_file_in_every_view(read: Open) -> None:
    page = read()
    for view in ("printed", "above", "emended", "printed"):
        choose(page, view)
        assert page.run(VERBATIM) == TEXT, view


def test_nothing_editorial_stands_among_the_words_and_no_link(read: Open) -> None:
    page = read()
    assert page.run("[...document.querySelectorAll('.ed-tx')].map((p) => p.textContent).join('')") == "".join(
        line for line in TEXT.splitlines(keepends=True) if line.strip()
    )
    assert page.run("document.querySelectorAll('.ed-tx :is(a, button, input, [role], [tabindex])').length") == 0


def test_what_is_mended_is_underlined_what_is_wrong_broken_and_notes_are_not(read: Open) -> None:
    page = read()
    assert style(page, ".ed-tx .o", "textDecorationLine") == "underline"
    assert style(page, ".ed-tx .o", "textDecorationStyle") == "solid"
    assert style(page, ".ed-tx .c", "textDecorationStyle") == "dashed"
    assert style(page, ".ed-tx .c", "textDecorationLine") == "underline"
    assert style(page, ".ed-tx .n", "textDecorationLine") == "none"
    assert style(page, ".ed-tx .a", "borderTopStyle", "::before") == "solid"
    assert style(page, ".ed-tx .a", "position", "::before") == "absolute", "in the line it has no width"


def test_marks_are_all_or_none(read: Open) -> None:
    page = read()
    choose(page, "m-all")
    assert style(page, ".ed-tx .n", "textDecorationLine") == "underline"
    choose(page, "m-none")
    assert {style(page, one, "textDecorationLine") for one in (".ed-tx .o", ".ed-tx .n", ".ed-tx .c")} == {"none"}
    assert style(page, ".ed-tx .a", "display", "::before") == "none", "nor is there a caret"
    assert style(page, ".ed-ap", "visibility") == "hidden", "nor is anything left for a screen reader"
    assert page.run(SELECTED).split() == TEXT.split()


def test_wide_each_entry_stands_at_its_line(read: Open) -> None:
    page = read()
    drift = page.run(
        """[...document.querySelectorAll('.ed-app > li')].map((entry) => {
          const line = document.querySelector(`.l[data-n="${entry.dataset.n}"]`).getClientRects()[0];
          const box = entry.getBoundingClientRect();
          return Math.abs((line.top + line.bottom) / 2 - (box.top + box.bottom) / 2);
        })"""
    )
    assert len(drift) == 3
    assert max(drift) <= 2.5
    beside = page.run(
        "document.querySelector('.ed-ap').getBoundingClientRect().left >= "
        "document.querySelector('.ed-tx').getBoundingClientRect().right"
    )
    assert beside


def test_wide_each_line_of_the_edition_is_a_line(read: Open) -> None:
    page = read()
    assert page.run("[...document.querySelectorAll('.l')].every((line) => line.getBoundingClientRect().height < 40)")


def test_the_text_begins_on_the_first_screen(read: Open) -> None:
    top = "document.querySelector('.ed-tx').getBoundingClientRect().top"
    assert read().run(top) < 300
    assert read(width=390, height=844).run(top) < 400


def test_selected_the_text_is_its_words(read: Open) -> None:
    assert read().run(SELECTED).split() == TEXT.split()


EMENDED = (
    TEXT.replace("set and the Pleiads", "set, and the Pleiades")
    .replace("Kim Jung Il lies", "But Kim Jong Il lies")
)  # fmt: skip


COPYING = """(() => {
  window.copied = null;
  document.addEventListener('copy', (event) => {
    window.copied = ['plain', 'html'].map((form) => event.clipboardData.getData(`text/${form}`));
  });
  getSelection().selectAllChildren(document.querySelector('.ed-text'));
})()"""


@pytest.mark.parametrize("note", ["", "#S2"])
@pytest.mark.parametrize("view", ["printed", "emended"])
def test_copied_it_is_the_text_letter_for_letter_with_a_note_open_too(read: Open, view: str, note: str) -> None:
    page = read(note)
    choose(page, view)
    page.run(COPYING)
    page.press("Control+c")
    page.until("window.copied")
    plain, marked = page.run("window.copied")
    assert plain == (TEXT if view == "printed" else EMENDED)
    assert marked.count("<") == 2 * len([line for line in TEXT.splitlines() if line]), "paragraphs, and nothing else"


def test_emended_the_readings_are_words_of_the_page_and_copied(read: Open) -> None:
    page = read()
    choose(page, "emended")
    assert page.run(SELECTED).split() == EMENDED.split()
    assert page.run("document.querySelector('#S-p2 .ed-tx').innerText").split() == EMENDED.split()[2:39]
    choose(page, "printed")
    assert page.run(SELECTED).split() == TEXT.split()
    assert page.run("document.querySelectorAll('.ed-tx .i').length") == 0


def test_the_key_names_the_marks_that_are_shown(read: Open) -> None:
    page = read()
    key = "document.querySelector('.ed-key').innerText"
    assert "underlined 3 emendations" in page.run(key)
    assert "something put in" in page.run(key)
    choose(page, "emended")
    page.until(f"!{key}.includes('underlined')")
    assert "something put in" not in page.run(key)
    assert "marked 3 emendations, put into the text" in page.run(key)
    assert style(page, ".ed-key .i", "color") == style(page, ".ed-tx .i", "color")


def test_readings_stand_above_the_words_and_are_no_text(read: Open) -> None:
    page = read()
    choose(page, "above")
    content = style(page, '[data-r="Jong"]', "content", "::after")
    assert "Jong" in content or "attr(data-r)" in content
    assert style(page, '[data-r="Jong"]', "position", "::after") == "absolute"
    assert page.run(SELECTED).split() == TEXT.split()


def test_narrow_the_words_flow_and_nothing_runs_out(read: Open) -> None:
    page = read(width=390, height=844)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert style(page, ".l", "whiteSpace") == "normal"
    assert page.run(SELECTED).split() == TEXT.split()


def test_at_twice_the_size_of_type_there_is_room(read: Open) -> None:
    page = read()
    page.run("(() => {document.documentElement.style.fontSize = '200%'})()")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert style(page, ".l", "whiteSpace") == "normal", "the lines flow"


def test_what_is_chosen_is_remembered(read: Open) -> None:
    page = read()
    choose(page, "above")
    page.again()
    assert page.run("document.getElementById('ed-above').checked")


def picture_differs(page: Engine, change: Callable[[], Any]) -> bool:
    """Whether something looks different after a change."""
    before = hashlib.sha256(page.picture()).digest()
    change()
    return hashlib.sha256(page.picture()).digest() != before


def test_the_marks_are_seen(read: Open) -> None:
    page = read()
    assert picture_differs(page, lambda: choose(page, "m-none"))
