"""The reading page for everybody: keys, no JavaScript, every width, assistive technology."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from four_texts import (
    OTHERS,
    SELECT,
    TEXTS,
    Visit,
    entry,
    eventually,
    lemma,
    name,
    opened,
    seed,
)
from reading import emended, printed

WIDTHS = (320, 390, 768, 1024, 1200, 1320, 1440, 1920)


def focused(page: Any) -> str:
    """What has the focus: where it leads, or its id."""
    found: str = page.evaluate("document.activeElement.getAttribute('href') || `#${document.activeElement.id}`")
    return found


@pytest.mark.parametrize("siglum", TEXTS)
def test_from_an_entry_the_focus_goes_into_its_note_and_with_escape_back(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    link = page.locator("a.en:not([aria-hidden])").nth(4)
    identifier = link.get_attribute("href")[1:-2]
    link.focus()
    page.keyboard.press("Enter")
    assert opened(page) == [identifier]
    assert focused(page) == f"#{identifier}"
    page.keyboard.press("Tab")
    assert page.evaluate("(id) => document.getElementById(id).contains(document.activeElement)", identifier)
    page.keyboard.press("Escape")
    assert opened(page) == []
    assert link.evaluate("(link) => link === document.activeElement")


def test_the_cross_closes_a_note_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit(name("K"))
    entry(page, "K25").focus()
    page.keyboard.press("Enter")
    page.locator("#K25 .ed-x").focus()
    page.keyboard.press("Enter")
    assert opened(page) == []
    assert focused(page) == "#K25-n"


def test_from_note_to_note_on_the_same_words_the_focus_goes_along(visit: Visit) -> None:
    page = visit(name("K", "#K25"))
    page.locator("#K25 .ed-others a").first.focus()
    page.keyboard.press("Enter")
    assert opened(page) == ["K24"]
    assert focused(page) == "#K24"


def test_the_first_stop_leads_to_the_text(visit: Visit) -> None:
    page = visit(name("K"))
    page.keyboard.press("Tab")
    assert focused(page) == "#K"
    assert page.locator(".ed-skip").bounding_box()["width"] > 40, "shown while it has the focus"


#: Where what has the focus is seen: a box to be ticked may be seen as its label.
FOCUSED = """() => {
  const has = document.activeElement;
  const seen = has.matches('[type=radio], [type=checkbox]') ? has.closest('label') ?? has.nextElementSibling : has;
  const box = seen.getBoundingClientRect();
  return [box.left, box.right, box.width, has.outerHTML.slice(0, 80)];
}"""


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_has_the_focus_out_of_sight(visit: Visit, width: int) -> None:
    page = visit(name("K"), width, 844)
    for _ in range(25):
        page.keyboard.press("Tab")
        box = page.evaluate(FOCUSED)
        assert box[1] > 0, box
        assert box[0] < width, box
        assert box[2] > 1, box


COPIES = "navigator.clipboard.writeText = async (words) => { window.copied = words; }"

#: Nothing is selected any more, and the page has been told so.
COLLAPSED = """() => new Promise((done) => {
  document.addEventListener('selectionchange', () => setTimeout(() => requestAnimationFrame(done)), {once: true});
  getSelection().collapse(document.querySelector('#K-p4 .ed-tx'), 0);
})"""

#: Words are selected.
WORDS = """() => {
  const run = document.querySelector('#K-p4 .ed-tx .K25');
  getSelection().setBaseAndExtent(run.firstChild, 0, run.firstChild, 3);
}"""


def test_what_cites_a_passage_says_that_it_has_copied(visit: Visit) -> None:
    page = visit(name("K"))
    page.evaluate(COPIES)
    page.evaluate(WORDS)
    button = page.locator(".ed-cite-passage")
    button.wait_for(state="visible")
    button.focus()
    page.evaluate(COLLAPSED)
    assert button.is_visible(), "with the focus it stays"
    page.keyboard.press("Enter")
    page.locator("[role=status]", has_text="Copied: KR K ¶4, l. 19").wait_for(state="attached")
    assert page.evaluate("window.copied").startswith("KR K ¶4, l. 19, ")
    page.keyboard.press("Tab")
    button.wait_for(state="hidden")


def test_a_citation_that_is_copied_is_said_to_be(visit: Visit) -> None:
    page = visit("corrections/K25.html")
    page.evaluate(COPIES)
    page.locator(".ed-copy-button").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_function("window.copied")
    assert page.locator("[role=status]").inner_text().startswith("Copied: KR K25")
    names = page.locator(".ed-copy-button").evaluate_all("(all) => all.map((one) => one.ariaLabel)")
    assert len(set(names)) == len(names) > 4


def test_in_the_order_of_the_page_the_text_comes_before_its_notes(visit: Visit) -> None:
    page = visit(name("K"))
    assert page.evaluate(
        "[...document.querySelectorAll('.ed-ap')].every((ap) => "
        "ap.previousElementSibling.matches('.ed-tx') && ap.closest('.ed-row'))"
    )


def test_to_the_ear_the_text_is_not_interrupted(visit: Visit) -> None:
    """In the tree for assistive technology the words of a paragraph have no link, button or mark among them."""
    page = visit(name("K"))
    told = page.locator("#K-p4 .ed-tx").aria_snapshot()
    assert "link" not in told
    assert "button" not in told
    notes = page.locator("#K-p4 .ed-ap").aria_snapshot()
    assert notes.count("listitem") > 20
    assert "K25 emendation: Jung, read Jong" in notes
    page.locator("#ed-m-none").check()
    assert "link" not in page.locator("#K-p4 .ed-ap").aria_snapshot()


def test_a_raised_figure_is_told_in_words(visit: Visit) -> None:
    """Not every voice says that a figure is raised."""
    told = visit(name("K")).locator("#K-p3 .ed-ap").aria_snapshot()
    assert "K5 emendation: 20, read, with figures raised, ²⁰" in told


@pytest.mark.parametrize(("path", "width"), [("index.html", 390), (name("K"), 1280)])
def test_the_menu_that_is_folded_away_is_opened_by_keys(visit: Visit, path: str, width: int) -> None:
    page = visit(path, width=width)
    menu = page.locator("button.nav-overlay-icon")
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.locator("button.nav-overlay-icon:focus").count():
            break
    assert menu.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    eventually(page, lambda: "" if page.locator(".sidebar-drawer .sidebar-search").is_visible() else "no menu")
    assert menu.get_attribute("aria-expanded") == "true"


def test_a_key_says_what_it_chose_and_the_focus_stays_on_what_is_shown(visit: Visit) -> None:
    page = visit(name("K", "#K25"))
    told = page.locator("p.ed-status")
    page.keyboard.press("3")
    eventually(page, lambda: "" if told.inner_text() == "emended" else told.inner_text() or "nothing")
    page.keyboard.press("Escape")
    page.keyboard.press("m")
    eventually(page, lambda: "" if told.inner_text() == "all" else told.inner_text() or "nothing")
    assert page.locator(".ed-app a.en:focus").count() == 1
    page.keyboard.press("m")
    eventually(page, lambda: "" if told.inner_text() == "none" else told.inner_text() or "nothing")
    assert page.locator(".ed-tx:focus").count() == 1


def test_the_note_of_a_specimen_gives_the_focus_back_to_its_entry(visit: Visit) -> None:
    page = visit("index.html")
    page.locator(".ed-open .ed-permalink").focus()
    page.keyboard.press("Escape")
    eventually(page, lambda: "" if page.locator("a.en.k-name[href$='#K25']:focus").count() else focused(page))


def heard(page: Any, selector: str) -> list[str]:
    """What assistive technology is told of the words of each such element, its parts without anything between them."""
    session = page.context.new_cdp_session(page)
    nodes = session.send("Accessibility.getFullAXTree")["nodes"]
    by = {node["nodeId"]: node for node in nodes}
    of = {node.get("backendDOMNodeId"): node for node in nodes}

    def words(node: Any) -> str:
        if node.get("role", {}).get("value") == "StaticText":
            return "" if node["ignored"] else str(node["name"]["value"])
        return "".join(words(by[child]) for child in node.get("childIds", ()))

    root = session.send("DOM.getDocument", {"depth": 0})["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": selector})["nodeIds"]
    ids = [session.send("DOM.describeNode", {"nodeId": node})["node"]["backendNodeId"] for node in found]
    return [words(of[identifier]) for identifier in ids]


@pytest.mark.parametrize(("view", "width"), [("printed", 390), ("above", 390), ("emended", 390), ("emended", 1440)])
@pytest.mark.parametrize("siglum", TEXTS)
def test_to_the_ear_every_word_is_whole(visit: Visit, edition: Path, siglum: str, view: str, width: int) -> None:
    """Between two words nothing swallows the blank, and what is put in is heard only where it is read."""
    page = visit(name(siglum), width, 844)
    page.evaluate(f"document.getElementById('ed-{view}').click()")
    file = (edition / name(siglum)).read_bytes()
    text = (emended if view == "emended" else printed)(file, siglum)
    want = [line.split() for line in text.splitlines() if line.strip()]
    eventually(page, lambda: differs([line.split() for line in heard(page, ".ed-tx") if line.strip()], want))


def differs(found: list[list[str]], want: list[list[str]]) -> str:
    """The first words that differ."""
    pairs = [pair for one, other in zip(found, want, strict=False) for pair in zip(one, other, strict=False)]
    wrong = next((f"heard {one}, is {other}" for one, other in pairs if one != other), "")
    return wrong or ("" if found == want else f"heard {len(found)} paragraphs, or less of one")


@pytest.mark.parametrize("siglum", TEXTS)
def test_the_name_of_an_entry_is_in_plain_words(visit: Visit, siglum: str) -> None:
    """It says which annotation it is, and of what sort; no sign of the page, and no part of a word, is heard."""
    page = visit(name(siglum))
    entries = set(
        page.locator("a.en:not([aria-hidden]) .id").evaluate_all("(all) => all.map((e) => e.firstChild.data.trim())")
    )
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    links = [node["name"]["value"] for node in tree if not node["ignored"] and node["role"]["value"] == "link"]
    names = [one for one in links if ": " in one and one.split()[0] in entries]
    assert len(names) == len(entries) > 80
    for one in names:
        assert re.match(rf"{siglum}\d+ (emendation|correction|note|variant): \S", one), one
        assert not re.search(r" · |\S\]( |$)", one), one
    middles = page.locator(".ed-cut").evaluate_all("(all) => all.map((one) => one.dataset.m)")
    assert [one for one in middles if not (one.startswith(" ") and one.endswith(" "))] == [], "cut within a word"


def test_in_the_specimen_of_the_front_page_keys_stop_at_the_open_note_only(visit: Visit) -> None:
    page = visit("index.html")
    stops = page.locator(".ed-spec a").evaluate_all("(all) => all.filter((one) => one.tabIndex >= 0).length")
    assert stops < 8
    assert page.locator(".ed-spec a.en").count() > 15
    assert page.locator(".ed-spec .ed-permalink").inner_text() == "permanent link to K25"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("path", ["index.html", "help.html"])
def test_the_note_of_a_specimen_can_be_shut(visit: Visit, path: str, scripts: bool) -> None:
    page = visit(path, java_script_enabled=scripts)
    note = page.locator(".ed-spec .ed-open")
    note.wait_for(state="visible")
    note.locator(".ed-x").click()
    note.wait_for(state="hidden")
    assert page.locator(".ed-spec .ed-app .en").first.is_visible()


@pytest.mark.parametrize("path", ["index.html", "help.html"])
def test_a_specimen_has_keys_and_a_list_of_them(visit: Visit, path: str) -> None:
    page = visit(path)
    page.keyboard.press("?")
    page.locator("dialog.ed-help", has_text="close the note").wait_for(state="visible")
    page.keyboard.press("Escape")
    page.locator("dialog.ed-help").wait_for(state="hidden")
    assert page.locator(".ed-spec .ed-open").is_visible()
    page.keyboard.press("Escape")
    page.locator(".ed-spec .ed-open").wait_for(state="hidden")


def test_everything_works_without_javascript(visit: Visit) -> None:
    page = visit(name("K"), java_script_enabled=False)
    entry(page, "K25").click()
    assert page.locator("#K25").is_visible()
    tint = "(e) => getComputedStyle(e).backgroundColor"
    assert lemma(page, "K25").evaluate(tint) != lemma(page, "K5").evaluate(tint)
    page.locator("#K25 .ed-x").click()
    assert not page.locator("#K25").is_visible()
    old = page.locator(".ed-tx .K25 .o > span").first
    assert old.is_visible()
    page.locator("#ed-emended").check()
    assert not old.is_visible()
    page.locator(".ed-kinds > summary").click()
    page.locator("#ed-k-name").uncheck()
    assert not entry(page, "K25").is_visible()


def test_without_javascript_a_phone_has_the_list_of_each_paragraph(visit: Visit) -> None:
    page = visit(name("K"), 390, 844, java_script_enabled=False)
    assert not entry(page, "K25").is_visible()
    page.locator("label[for='K-p4-f']").click()
    assert entry(page, "K25").is_visible()
    entry(page, "K25").click()
    assert page.locator("#K25").is_visible()


def test_by_touch_a_figure_opens_its_line_words_their_note_and_a_note_the_next(visit: Visit) -> None:
    page = visit(name("K"), 390, 844, has_touch=True, is_mobile=True, reduced_motion="reduce")
    line = page.locator("#K-p4 .l.m").nth(7)
    line.evaluate("(line) => line.scrollIntoView({block: 'center', behavior: 'instant'})")
    place = line.evaluate(
        "(line) => {const range = document.createRange(); range.selectNodeContents(line);"
        "const box = range.getClientRects()[0]; return [box.left - 5, box.top + 8]}"
    )
    page.touchscreen.tap(*place)
    page.wait_for_url("**#K-l19")
    page.locator("#K-l19 a.en[href='#K25-n']").tap()
    page.locator("#K25").wait_for(state="visible")
    page.locator("#K25 .nx").tap()
    page.locator("#K26").wait_for(state="visible")
    page.locator("#K26 .ed-x").tap()
    page.locator("#K26").wait_for(state="hidden")
    lemma(page, "K25").tap()
    page.locator("#K25").wait_for(state="visible")
    assert opened(page) == ["K25"]


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
    page.locator("#K25").wait_for(state="visible")
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


@pytest.mark.parametrize("siglum", TEXTS)
def test_wide_a_note_does_not_cover_the_line_from_which_it_was_opened(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum), height=1000, reduced_motion="reduce")
    entries = page.locator("a.en:not([aria-hidden])")
    for number in range(0, entries.count(), 12):
        link = entries.nth(number)
        link.evaluate("(link) => link.scrollIntoView({block: 'center', behavior: 'instant'})")
        link.focus()
        page.keyboard.press("Enter")
        [identifier] = opened(page)
        line, note = link.bounding_box(), page.locator(f"#{identifier}").bounding_box()
        assert line["y"] + line["height"] <= note["y"] + 3 or note["y"] + note["height"] <= line["y"] + 3, identifier
        page.keyboard.press("Escape")


def test_printed_the_controls_are_gone_and_the_notes_are_there(visit: Visit) -> None:
    page = visit(name("K"))
    page.emulate_media(media="print")
    assert not page.locator(".ed-ctl").is_visible()
    assert page.locator("#K25").is_visible()
    assert not page.locator(".sidebar-drawer").is_visible()
