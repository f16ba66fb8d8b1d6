"""The reading page for everybody: keys, no JavaScript, every width, assistive technology."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from test_html_static import TEXTS
from test_page_browser import SELECT, lemma, name, opened, seed

Visit = Callable[..., Any]

WIDTHS = (320, 390, 768, 1024, 1200, 1320, 1440, 1920)

#: Pages that are no texts.
OTHERS = ("index.html", "introduction.html", "bibliography.html")


def test_enter_opens_a_note_and_tab_leads_into_it(visit: Visit) -> None:
    page = visit(name("K"))
    lemma(page, "K25").focus()
    page.keyboard.press("Enter")
    assert opened(page) == ["K25"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('#K25').contains(document.activeElement)")


def test_escape_closes_a_note_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(name("K"))
    lemma(page, "K25").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    assert opened(page) == []
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#K25-n"


def test_the_cross_closes_a_note_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(name("K"))
    lemma(page, "K25").focus()
    page.keyboard.press("Enter")
    page.locator("#K25 .ed-x").focus()
    page.keyboard.press("Enter")
    assert opened(page) == []
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#K25-n"


def test_from_a_note_there_is_a_way_back_to_the_text(visit: Visit) -> None:
    page = visit(name("K", "#K25"))
    page.locator("#K25 a[href='#K25-t']").click()
    page.keyboard.press("Tab")
    assert "K25" in page.evaluate("document.activeElement.className").split()


def test_an_entry_opens_with_the_space_bar(visit: Visit) -> None:
    page = visit(name("K"))
    page.locator("#K25-e > summary").focus()
    page.keyboard.press("Space")
    assert opened(page) == ["K25"]


def test_in_the_order_of_the_page_the_text_comes_before_its_notes(visit: Visit) -> None:
    page = visit(name("K"))
    assert page.evaluate(
        "[...document.querySelectorAll('.ed-app')].every((app) => "
        "app.previousElementSibling.matches('.ed-tx') && app.closest('.ed-row'))"
    )


def test_everything_works_without_javascript(visit: Visit) -> None:
    page = visit(name("K"), java_script_enabled=False)
    lemma(page, "K25").click()
    assert page.locator("#K25").is_visible()
    page.locator("#K25 .ed-x").click()
    assert not page.locator("#K25").is_visible()
    old, new = page.locator(".r.K25 .o").first, page.locator(".r.K25 .i").first
    assert old.is_visible()
    assert not new.is_visible()
    page.locator("#ed-emended").check()
    assert not old.is_visible()
    assert new.is_visible()
    page.locator("#ed-e").uncheck()
    assert not page.locator("#K25-e").is_visible()
    assert page.locator(".en.n").first.is_visible()


def test_without_javascript_an_address_opens_its_note(visit: Visit) -> None:
    page = visit(name("K", "#K25"), java_script_enabled=False)
    assert page.locator("#K25").is_visible()


@pytest.mark.parametrize("path", [*(name(siglum) for siglum in TEXTS), *OTHERS])
def test_no_width_scrolls_sideways(visit: Visit, path: str) -> None:
    page = visit(path)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert excess <= 0, f"{path} at {width}"


@pytest.mark.parametrize("width", WIDTHS)
def test_at_every_width_an_open_note_is_within_the_window(visit: Visit, width: int) -> None:
    page = visit(name("K"), width=width, height=900)
    lemma(page, "K25").click()
    box = page.locator("#K25").bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 900
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("width", [390, 1024])
def test_at_narrow_widths_too_a_selection_has_the_words_of_the_text(visit: Visit, width: int) -> None:
    page = visit(name("E"), width=width)
    assert page.evaluate(SELECT).split() == seed("E").split()


def test_wide_the_notes_stand_beside_their_paragraph_and_do_not_collide(visit: Visit) -> None:
    page = visit(name("K"), width=1440)
    boxes = page.evaluate(
        "[...document.querySelectorAll('.ed-row')].map((row) => ['.ed-tx', '.ed-app'].map((s) => "
        "{const r = row.querySelector(s)?.getBoundingClientRect(); return r && [r.left, r.right, r.top, r.bottom]}))"
    )
    bottom = 0.0
    for text, notes in boxes:
        if notes:
            assert notes[0] >= text[1]
            assert abs(notes[2] - text[2]) < 40
            assert notes[2] >= bottom - 1
            bottom = notes[3]


def test_printed_the_controls_are_gone_and_the_notes_are_there(visit: Visit) -> None:
    page = visit(name("K"))
    page.emulate_media(media="print")
    assert not page.locator(".ed-ctl").is_visible()
    assert page.locator("#K25").is_visible()
    assert not page.locator(".sidebar-drawer").is_visible()


MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"width": 390, "height": 844},
    "forced colours": {"forced_colors": "active"},
}

#: Furo's own: its link "Back to top" stands outside every landmark (furo/theme/furo/page.html).
NOT_OURS = {"exclude": [[".back-to-top"]]}


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds wrong with a page, and where."""
    page.evaluate(axe)
    # Preloading style sheets fails from a file, and is of no use to rules that need no network.
    found = page.evaluate("(context) => axe.run(context, {preload: false}).then((r) => r.violations)", NOT_OURS)
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", [*(name(siglum) for siglum in TEXTS), *OTHERS])
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(visit: Visit, axe: str, path: str, mode: str) -> None:
    assert violations(visit(path, **MODES[mode]), axe) == []


@pytest.mark.parametrize("mode", ["light", "narrow"])
def test_axe_finds_nothing_on_the_other_pages(visit: Visit, axe: str, edition: Path, mode: str) -> None:
    paths = [path.relative_to(edition).as_posix() for path in edition.rglob("*.html")]
    others = [
        path for path in paths if path.partition("/")[0] in ("concordances", "tool", "citing.html", "editorial.html")
    ]
    assert len(others) > 8
    for path in (*others, "corrections/K25.html"):
        assert violations(visit(path, **MODES[mode]), axe) == [], path


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_with_a_note_open(visit: Visit, axe: str, mode: str) -> None:
    page = visit(name("K", "#K25"), **MODES[mode])
    assert opened(page) == ["K25"]
    assert violations(page, axe) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_in_the_emended_view(visit: Visit, axe: str, mode: str) -> None:
    page = visit(name("T"), **MODES[mode])
    page.locator("#ed-emended").check()
    page.locator(".ed-kinds > summary").click()
    assert violations(page, axe) == []
