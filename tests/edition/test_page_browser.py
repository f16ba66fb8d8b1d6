"""The reading pages of the four texts in a browser, from their files: text, views, kinds, notes."""

from __future__ import annotations

import re
from typing import Any

import pytest

from four_texts import FILES, SEEDS, SELECT, TEXTS, Visit, entry, eventually, lemma, name, opened, seed
from sphinx_apparatus.anchoring.edits import apply
from sphinx_apparatus.model.annotation import Annotation

VERBATIM = """() => {
  const text = document.querySelector('.ed-text').cloneNode(true);
  text.querySelectorAll('[data-editorial]').forEach((element) => element.remove());
  return text.textContent;
}"""


@pytest.mark.parametrize("siglum", TEXTS)
@pytest.mark.parametrize("view", ["printed", "above", "emended"])
def test_less_what_is_editorial_the_text_is_the_file(visit: Visit, siglum: str, view: str) -> None:
    page = visit(name(siglum))
    page.locator(f"#ed-{view}").check()
    assert page.evaluate(VERBATIM).encode() == (SEEDS / FILES[siglum]).read_bytes()


@pytest.mark.parametrize("siglum", TEXTS)
def test_as_printed_a_selection_has_the_words_of_the_text(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    assert page.evaluate(SELECT).split() == seed(siglum).split()
    page.evaluate("getSelection().removeAllRanges()")
    page.locator("a.en:not([aria-hidden])").nth(3).click()
    page.mouse.move(5, 500)
    assert len(opened(page)) == 1
    assert page.evaluate(SELECT).split() == seed(siglum).split(), "with a note open"


COPYING = """() => {
  document.addEventListener('copy', (event) => { window.copied = event.clipboardData.getData('text/plain'); });
  getSelection().selectAllChildren(document.querySelector('.ed-text'));
}"""


@pytest.mark.parametrize("siglum", TEXTS)
def test_emended_what_is_copied_is_the_emended_text(
    visit: Visit, annotations: dict[str, Annotation], siglum: str
) -> None:
    page = visit(name(siglum))
    page.locator("#ed-emended").check()
    edits = [edit for annotation in annotations.values() if annotation.siglum == siglum for edit in annotation.edits]
    assert edits
    page.evaluate(COPYING)
    page.keyboard.press("Control+c")
    assert page.evaluate("window.copied") == apply(seed(siglum), edits)
    page.locator("#ed-printed").check()
    assert page.evaluate(SELECT).split() == seed(siglum).split()


@pytest.mark.parametrize("siglum", TEXTS)
def test_no_link_and_nothing_editorial_stands_among_the_words(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    assert page.locator(".ed-tx :is(a, button, input, [role], [tabindex])").count() == 0
    words = page.evaluate("[...document.querySelectorAll('.ed-tx')].map((e) => e.textContent).join('\\n')")
    assert words.split() == seed(siglum).split()


SHARE = """() => {
  let marked = 0, all = 0;
  for (const one of document.querySelectorAll('.ed-tx')) {
    all += one.textContent.length;
    const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode())
      for (let e = text.parentElement; e !== one; e = e.parentElement)
        if (getComputedStyle(e).textDecorationLine !== 'none') { marked += text.data.length; break; }
  }
  return marked / all;
}"""


@pytest.mark.parametrize("siglum", TEXTS)
def test_the_page_is_calm(visit: Visit, siglum: str) -> None:
    """Of a hundred letters six are marked in K, eight at most in others; far more if one wishes, or none."""
    page = visit(name(siglum))
    share = page.evaluate(SHARE)
    assert 0 < share < (0.06 if siglum == "K" else 0.08)
    page.locator("#ed-m-all").check()
    assert page.evaluate(SHARE) > 0.4
    page.locator("#ed-m-none").check()
    assert page.evaluate(SHARE) == 0


@pytest.mark.parametrize("siglum", TEXTS)
def test_the_text_begins_on_the_first_screen(visit: Visit, siglum: str) -> None:
    for width, height, highest in ((1440, 900, 300), (390, 844, 400)):
        page = visit(name(siglum), width, height)
        eventually(page, lambda page=page, highest=highest: too_low(page, highest))
        page.context.close()


def too_low(page: Any, highest: int) -> str:
    """What to say of a first line that is not above a place of the window."""
    at = page.locator(".ed-tx").first.bounding_box()["y"]
    return "" if at < highest else f"the text begins at {at}"


def test_the_index_of_names_leads_to_what_mends_a_name(visit: Visit) -> None:
    page = visit("concordances/names.html")
    page.locator("#name-kim-jong-il + dd a", has_text="K25").click()
    page.locator("#K25").wait_for(state="visible")


def test_a_term_leads_to_the_glossary(visit: Visit) -> None:
    page = visit("help.html")
    page.locator("article a", has_text="note calls").click()
    page.wait_for_url("**/glossary.html#term-note-call")
    assert page.locator("#term-note-call").inner_text().startswith("note call")


def test_another_view_keeps_the_line_that_one_reads(visit: Visit) -> None:
    page = visit(name("K"), reduced_motion="reduce")
    line = page.locator("#K-p5 .l").first
    line.evaluate("(line) => scrollTo(0, line.getBoundingClientRect().top + scrollY - 90)")
    for key in ("3", "2", "1"):
        before = line.bounding_box()["y"]
        page.keyboard.press(key)
        eventually(page, lambda before=before: "" if abs(line.bounding_box()["y"] - before) < 12 else "it has moved")


def test_a_text_ends_with_its_page(visit: Visit) -> None:
    """What follows the last line is folded, and the page of K about as long as its text."""
    page = visit(name("K"), 1440, 900)
    below = "document.documentElement.scrollHeight - document.querySelector('.ed-text').getBoundingClientRect().bottom"
    eventually(page, lambda: "" if page.evaluate(below) < 180 else f"{page.evaluate(below)} px follow the text")
    told = page.locator(".ed-conspectus")
    assert not told.is_visible()
    page.locator(".ed-head > summary", has_text="The model collated").click()
    told.wait_for(state="visible")


@pytest.mark.parametrize("start", [1, 20], ids=["at its first letter", "within it"])
@pytest.mark.parametrize("identifier", ["K25", "K21", "K5", "K70"])
def test_a_drag_may_begin_in_a_lemma(visit: Visit, identifier: str, start: int) -> None:
    page = visit(name("K"))
    words = lemma(page, identifier)
    words.scroll_into_view_if_needed()
    box = words.bounding_box()
    page.mouse.move(box["x"] + start, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 20, steps=5)
    page.mouse.move(box["x"] + 90, box["y"] + 70, steps=8)
    selected = page.evaluate("getSelection().toString()")
    page.mouse.up()
    assert len(selected.split()) > 4
    assert " ".join(selected.split()) in " ".join(seed("K").split())
    assert opened(page) == []


def test_a_note_that_is_open_can_be_selected(visit: Visit) -> None:
    page = visit(name("K", "#K25"), reduced_motion="reduce")

    def unselected() -> str:
        # The page scrolls to the note, and may carry it from under the pointer.
        page.locator("#K25").hover()
        page.evaluate("getSelection().selectAllChildren(document.querySelector('#K25'))")
        selected: str = page.evaluate("getSelection().toString()")
        return "" if "Kim Jong Il" in selected else f"selected is {selected!r}"

    eventually(page, unselected)


@pytest.mark.parametrize("siglum", TEXTS)
def test_a_kind_can_be_left_out(visit: Visit, annotations: dict[str, Annotation], siglum: str) -> None:
    page = visit(name(siglum))
    own = [annotation for annotation in annotations.values() if annotation.siglum == siglum]
    page.locator(".ed-kinds > summary").click()
    kinds = {annotation.kind for annotation in own}
    boxes = page.locator(".ed-kinds input").evaluate_all("(all) => all.map((e) => e.id.replace('ed-k-', ''))")
    assert set(boxes) == kinds
    for kind in kinds:
        page.locator(f"#ed-k-{kind}").uncheck()
        assert shown(page) == {annotation.id for annotation in own if annotation.kind != kind}
        page.locator(f"#ed-k-{kind}").check()
    assert shown(page) == {annotation.id for annotation in own}


def shown(page: Any) -> set[str]:
    """The annotations whose entries are shown."""
    return set(
        page.evaluate(
            "[...document.querySelectorAll('a.en:not([aria-hidden])')].filter((e) => e.checkVisibility())"
            ".map((e) => e.hash.slice(1, -2))"
        )
    )


def test_words_of_which_a_hidden_kind_speaks_lead_to_the_next_that_is_shown(
    visit: Visit, annotations: dict[str, Annotation]
) -> None:
    page = visit(name("K"))
    lemma(page, "K25").click()
    page.wait_for_url("**#K25-n")
    page.keyboard.press("Escape")
    page.locator(".ed-kinds > summary").click()
    page.locator("#ed-k-name").uncheck()
    page.locator(".ed-kinds > summary").click()
    lemma(page, "K25").click()
    page.wait_for_url("**#K24-n")
    assert annotations["K24"].kind != "name"


def test_the_view_is_remembered_from_page_to_page(visit: Visit, edition: Any) -> None:
    page = visit(name("K"))
    page.locator("#ed-emended").check()
    page.locator("#ed-m-all").check()
    page.goto((edition / name("T")).as_uri())
    assert page.locator("#ed-emended").is_checked()
    assert page.locator("#ed-m-all").is_checked()


@pytest.mark.parametrize("opener", [lemma, entry])
def test_a_note_opens_and_nothing_scrolls(visit: Visit, opener: Any) -> None:
    page = visit(name("K"))
    opener(page, "K25").evaluate("(e) => e.scrollIntoView({block: 'center', behavior: 'instant'})")
    before = page.evaluate("scrollY")
    opener(page, "K25").click()
    page.locator("#K25").wait_for(state="visible")
    assert opened(page) == ["K25"]
    assert page.evaluate("scrollY") == before
    box = page.locator("#K25").bounding_box()
    assert 0 <= box["y"] <= box["y"] + box["height"] <= 1000


def test_a_note_closes_and_opens_again(visit: Visit) -> None:
    page = visit(name("K"))
    for _ in range(2):
        entry(page, "K25").click()
        assert opened(page) == ["K25"]
        page.locator("#K25 .ed-x").click()
        assert opened(page) == []


def test_within_the_reading_of_one_emendation_are_those_that_lie_in_it(visit: Visit) -> None:
    page = visit(name("K", "#K24"))
    reading = page.locator("#K24 .ed-lm .rdg").inner_text()
    assert "Kim Jong Il" in reading
    assert "Jung" not in reading


@pytest.mark.parametrize("siglum", TEXTS)
def test_from_the_first_note_one_comes_to_all_of_them(
    visit: Visit, annotations: dict[str, Annotation], siglum: str
) -> None:
    page = visit(name(siglum))
    own = sorted((a for a in annotations.values() if a.siglum == siglum), key=lambda a: a.order)
    following = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('.ed-card')].map("
        "(e) => [e.id, e.querySelector('a.nx')?.hash.slice(1, -2)]))"
    )
    assert [following.get(a.id) for a in own] == [*(a.id for a in own[1:]), None]


def out_of_sight(page: Any, selector: str, height: int) -> str:
    """What to say of an element of which nothing is in the window; nothing where some of it is."""
    box = page.locator(selector).first.bounding_box()
    seen = box is not None and box["y"] < height and box["y"] + box["height"] > 0
    return "" if seen else f"{selector} is at {box}"


@pytest.mark.parametrize("siglum", TEXTS)
def test_every_annotation_has_an_address_that_opens_it(
    visit: Visit, annotations: dict[str, Annotation], siglum: str
) -> None:
    own = sorted((a for a in annotations.values() if a.siglum == siglum), key=lambda a: a.order)
    for annotation in own[:: max(1, len(own) // 6)]:
        page = visit(name(siglum, f"#{annotation.id}"))
        page.locator(f"#{annotation.id}").wait_for(state="visible")
        assert opened(page) == [annotation.id]
        eventually(page, lambda page=page, one=f"#{annotation.id}": out_of_sight(page, one, 1000))
        page.context.close()


@pytest.mark.parametrize("identifier", ["K25", "K60", "K88"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_the_address_of_an_annotation_leads_to_its_words(
    visit: Visit, width: int, scripts: bool, identifier: str
) -> None:
    """Words and note are both in sight; in a narrow window without scripts, the note below its paragraph."""
    height = 860
    page = visit(f"{name('K')}#{identifier}", width, height, java_script_enabled=scripts, reduced_motion="reduce")
    places = [f"#{identifier}", *([f".ed-tx .{identifier}"] if scripts or width > 1000 else [])]
    eventually(page, lambda: "; ".join(filter(None, (out_of_sight(page, place, height) for place in places))))


@pytest.mark.parametrize("siglum", TEXTS)
def test_every_paragraph_and_every_line_with_entries_has_an_address(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    numbers = page.locator(".ed-pn")
    addresses = numbers.evaluate_all("(all) => all.map((e) => [e.dataset.n, e.getAttribute('href')])")
    assert addresses == [[str(n), f"#{siglum}-p{n}"] for n in range(1, len(addresses) + 1)]
    numbers.last.click()
    eventually(page, lambda: out_of_sight(page, f"#{siglum}-p{len(addresses)}", 1000))
    lines = page.locator(".ed-app > li").evaluate_all("(all) => all.map((e) => e.id)")
    assert lines
    assert all(re.fullmatch(rf"{siglum}-l[1-9]\d*", one) for one in lines)


def background(page: Any, selector: str) -> str:
    """The background of an element."""
    found: str = page.evaluate("(s) => getComputedStyle(document.querySelector(s)).backgroundColor", selector)
    return found


def test_a_note_of_another_text_and_a_work_are_shown_within_a_note(visit: Visit) -> None:
    page = visit(name("K", "#K11"))
    address = page.url
    link = page.locator("#K11 .ed-relations a", has_text="T32")
    link.click()
    near = page.locator("#K11 .ed-near")
    near.wait_for(state="visible")
    assert near.locator(".ed-hd").inner_text().startswith("T32 note, ")
    assert page.evaluate("document.activeElement.className") == "ed-near"
    for inner in near.locator("a").all():
        assert "/texts/" in inner.evaluate("(a) => a.href") or "bibliography" in inner.evaluate("(a) => a.href")
    assert page.url == address
    cited = page.locator("#K11 > p a[href*='bibliography']").first
    name_of = cited.inner_text().split()[0]
    cited.click()
    work = page.locator("#K11 .ed-near", has_text=name_of).last
    work.wait_for(state="visible")
    link.click()
    page.wait_for_url("**/koreatimes.html#T32")


def test_of_a_correction_only_what_is_wrong_is_marked(visit: Visit) -> None:
    page = visit(name("K"))
    marked = page.locator(".ed-tx .c").all_inner_texts()
    assert "maintained" in marked
    assert not any("self-sufficiency" in one for one in marked), "which is right"


def test_the_words_of_an_entry_light_up(visit: Visit) -> None:
    page = visit(name("K"))
    clear = "rgba(0, 0, 0, 0)"
    assert background(page, ".ed-tx .K25") == clear
    entry(page, "K25").hover()
    assert background(page, ".ed-tx .K25") != clear
    page.mouse.move(0, 0)
    assert background(page, ".ed-tx .K25") == clear


def test_the_front_page_shows_what_was_found_and_how_to_cite(visit: Visit) -> None:
    page = visit("index.html")
    finds = page.locator(".ed-finds .ed-find")
    assert finds.count() == 3
    for find in finds.all():
        box = find.bounding_box()
        assert box["width"] > 100
        assert box["height"] > 40, "seen, and not only there"
        assert find.evaluate("(find) => getComputedStyle(find).clipPath") == "none"


def test_on_a_phone_a_caret_at_the_edge_of_a_line_is_whole(visit: Visit) -> None:
    page = visit(name("K"), 320, 844)
    cut = """() => [...document.querySelectorAll('.ed-tx .a')].filter((one) => {
      const [room, box] = [one.closest('.ed-tx'), one].map((element) => element.getBoundingClientRect());
      const size = parseFloat(getComputedStyle(one).fontSize);
      return box.left - 0.3 * size < room.left || box.left + 0.3 * size > room.right;
    }).map((one) => one.parentElement.className).join()"""
    for width in range(320, 430, 10):
        page.set_viewport_size({"width": width, "height": 844})
        eventually(page, lambda: page.evaluate(cut))
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
