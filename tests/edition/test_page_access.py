"""The reading page for everybody: keys, no JavaScript, every width, assistive technology."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from four_texts import GENERATED, SELECT, SORTS, TEXTS, Visit, lemma, name, of_sort, opened, seed

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


def focused(page: Any) -> str:
    """What has the focus: where it leads, or its id."""
    found: str = page.evaluate("document.activeElement.getAttribute('href') || `#${document.activeElement.id}`")
    return found


@pytest.mark.parametrize("siglum", TEXTS)
def test_from_a_lemma_the_focus_goes_into_its_note_and_with_escape_back(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    link = page.locator(".ed-tx a.r").nth(4)
    identifier = link.get_attribute("href")[1:-2]
    link.focus()
    page.keyboard.press("Enter")
    assert opened(page) == [identifier]
    assert focused(page) == f"#{identifier}"
    page.keyboard.press("Escape")
    assert opened(page) == []
    assert focused(page) == f"#{identifier}-n"
    assert link.evaluate("(link) => link === document.activeElement")


def test_from_an_entry_escape_leads_back_to_the_entry(visit: Visit) -> None:
    page = visit(name("K"))
    page.locator("#K25-e > summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "#K-p4-shut"
    page.keyboard.press("Escape")
    assert page.locator("#K25-e > summary").evaluate("(entry) => entry === document.activeElement")


def test_the_link_back_to_the_text_leads_the_focus_to_the_lemma(visit: Visit) -> None:
    page = visit(name("K", "#K25"))
    page.locator("#K25 a[href='#K25-t']").focus()
    page.keyboard.press("Enter")
    assert "K25" in page.evaluate("document.activeElement.className").split()


def test_from_note_to_note_on_the_same_words_the_focus_goes_along(visit: Visit) -> None:
    page = visit(name("K"))
    other = page.locator(".ed-others a").first
    there = other.get_attribute("href")[1:-2]
    here = other.evaluate("(link) => link.closest('.ed-card').id")
    page.evaluate("(id) => { document.getElementById(`${id}-e`).open = true; }", here)
    other.focus()
    page.keyboard.press("Enter")
    assert opened(page) == [there]
    assert focused(page) == f"#{there}"


@pytest.mark.parametrize("siglum", TEXTS)
def test_past_long_lists_of_notes_links_skip_to_the_next_paragraph(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    skips = page.locator(".ed-skip")
    assert skips.count() > 1
    for skip in (skips.nth(0), skips.nth(1), skips.last):
        skip.focus()
        assert skip.bounding_box()["width"] > 60, "shown while it has the focus"
        label, row = skip.inner_text(), skip.evaluate("(skip) => Number(skip.closest('.ed-row').id.split('-p')[1])")
        page.keyboard.press("Enter")
        assert focused(page) == f"#{siglum}-p{row + 1}"
        assert label == f"Skip to paragraph {row + 1}"
        assert skip.bounding_box()["width"] < 2


def test_by_tab_a_skip_link_comes_before_the_words_and_before_the_notes(visit: Visit) -> None:
    page = visit(name("K"))
    page.locator("#K-p4 > .ed-pn").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to paragraph 5"
    page.locator("#K-p4 .ed-tx a.r").last.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to paragraph 5"


COPIES = "navigator.clipboard.writeText = async (words) => { window.copied = words; }"

#: Nothing is selected any more, and the page has been told so.
COLLAPSED = """() => new Promise((done) => {
  document.addEventListener('selectionchange', () => setTimeout(() => requestAnimationFrame(done)), {once: true});
  getSelection().collapse(document.querySelector('#K-p4 .ed-tx'), 0);
})"""

#: A lemma is selected, and a character after it.
WORDS = """() => {
  const run = document.querySelector('#K-p4 .ed-tx a.r.K25');
  getSelection().setBaseAndExtent(run.firstChild.firstChild, 0, run.nextSibling, 1);
}"""


def test_what_cites_a_passage_comes_next_after_it_and_says_that_it_has_copied(visit: Visit) -> None:
    page = visit(name("K"))
    page.evaluate(COPIES)
    page.evaluate(WORDS)
    page.locator(".ed-cite-passage").wait_for(state="visible")
    lemma(page, "K25").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "ed-cite-passage"
    status = page.locator(".edition > [role=status]")
    assert status.inner_text() == ""
    page.keyboard.press("Enter")
    page.wait_for_function("window.copied")
    assert page.evaluate("window.copied").startswith("KR K ¶4, ")
    assert status.inner_text() == "Copied: KR K ¶4"
    page.keyboard.press("Tab")
    after = page.evaluate("document.activeElement.compareDocumentPosition(document.querySelector('.r.K25'))")
    assert after & 2, "on to the next in the text"


def test_with_the_focus_what_cites_a_passage_stays(visit: Visit) -> None:
    page = visit(name("K"))
    page.evaluate(COPIES)
    page.evaluate(WORDS)
    button = page.locator(".ed-cite-passage")
    button.focus()
    page.evaluate(COLLAPSED)
    assert button.is_visible()
    page.keyboard.press("Enter")
    page.wait_for_function("window.copied")
    page.keyboard.press("Tab")
    button.wait_for(state="hidden")


def test_a_citation_that_is_copied_is_said_to_be(visit: Visit) -> None:
    page = visit("corrections/K25.html")
    page.evaluate(COPIES)
    page.locator(".ed-copy-button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("window.copied")
    assert page.locator("[role=status]").inner_text() == "Copied: KR K25"
    names = page.locator(".ed-copy-button").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert len(set(names)) == len(names) > 4


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


def apart(page: Any, one: str, other: str) -> bool:
    """Whether two elements stand one above the other."""
    first, second = page.locator(one).first.bounding_box(), page.locator(other).bounding_box()
    return bool(first["y"] + first["height"] <= second["y"] + 1 or second["y"] + second["height"] <= first["y"] + 1)


@pytest.mark.parametrize("siglum", TEXTS)
def test_wide_a_note_does_not_cover_the_entry_from_which_it_was_opened(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum), height=1000, reduced_motion="reduce")
    entries = page.locator(".en > summary")
    for number in range(0, entries.count(), 7):
        entry = entries.nth(number)
        identifier = entry.locator("xpath=..").get_attribute("id").removesuffix("-e")
        entry.evaluate("(entry) => entry.scrollIntoView({block: 'center'})")
        entry.focus()
        page.keyboard.press("Space")
        assert opened(page) == [identifier]
        assert apart(page, f"#{identifier}-e > summary", f"#{identifier}"), identifier
        page.keyboard.press("Escape")


@pytest.mark.parametrize("opener", [".ed-tx a.r[href='#K25-n']", "#K25-e > summary"])
def test_narrow_what_opens_a_note_stays_in_sight_above_it(visit: Visit, opener: str) -> None:
    page = visit(name("K"), width=390, height=800, reduced_motion="reduce")
    page.locator(opener).evaluate("(opener) => opener.scrollIntoView({block: 'end'})")
    page.locator(opener).focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(s) => document.querySelector(s).getBoundingClientRect().bottom"
        " <= document.querySelector('#K25').getBoundingClientRect().top",
        arg=opener,
    )
    assert page.locator(opener).bounding_box()["y"] > 0


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
@pytest.mark.parametrize("sort", SORTS)
def test_axe_finds_nothing_on_the_other_pages(visit: Visit, axe: str, edition: Path, mode: str, sort: str) -> None:
    paths = [path.relative_to(edition).as_posix() for path in of_sort(edition, sort)]
    named = ("concordances", "tool", "citing.html", "editorial.html", *GENERATED)
    others = [path for path in paths if path.partition("/")[0] in named]
    assert len(others) > 6 if sort == "written" else set(others) == set(GENERATED)
    for path in others if sort == "generated" else (*others, "corrections/K25.html"):
        page = visit(path, **MODES[mode])
        assert violations(page, axe) == [], path
        page.context.close()


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
