"""The reading page in a browser, from its file: text, views, filters, notes."""

from __future__ import annotations

from typing import Any

import pytest

from four_texts import FILES, SEEDS, SELECT, TEXTS, Visit, eventually, lemma, name, opened, seed
from sphinx_apparatus.anchoring.edits import apply
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import LAYERS

VERBATIM = """() => {
  const text = document.querySelector('.ed-text').cloneNode(true);
  text.querySelectorAll('[data-editorial]').forEach((element) => element.remove());
  return text.textContent;
}"""


@pytest.mark.parametrize("siglum", TEXTS)
@pytest.mark.parametrize("view", ["printed", "emended"])
def test_less_what_is_editorial_the_text_is_the_file(visit: Visit, siglum: str, view: str) -> None:
    page = visit(name(siglum))
    page.locator(f"#ed-{view}").check()
    assert page.evaluate(VERBATIM).encode() == (SEEDS / FILES[siglum]).read_bytes()


@pytest.mark.parametrize("siglum", TEXTS)
def test_as_printed_a_selection_has_the_words_of_the_text(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    assert page.evaluate(SELECT).split() == seed(siglum).split()
    page.locator(".en > summary").nth(3).click()
    page.mouse.move(5, 500)
    assert len(opened(page)) == 1
    assert page.evaluate(SELECT).split() == seed(siglum).split(), "with a note open"


@pytest.mark.parametrize("siglum", TEXTS)
def test_emended_a_selection_has_the_words_of_the_emended_text(
    visit: Visit, annotations: dict[str, Annotation], siglum: str
) -> None:
    page = visit(name(siglum))
    page.locator("#ed-emended").check()
    edits = [edit for annotation in annotations.values() if annotation.siglum == siglum for edit in annotation.edits]
    assert edits
    assert page.evaluate(SELECT).split() == apply(seed(siglum), edits).split()
    page.locator("#ed-printed").check()
    assert page.evaluate(SELECT).split() == seed(siglum).split()


def test_what_is_copied_is_the_text(visit: Visit) -> None:
    page = visit(name("K"))
    page.evaluate(SELECT)
    page.keyboard.press("Control+C")
    page.evaluate("document.body.append(Object.assign(document.createElement('textarea'), {id: 'paste'}))")
    page.locator("#paste").focus()
    page.keyboard.press("Control+V")
    assert page.locator("#paste").input_value().split() == seed("K").split()


@pytest.mark.parametrize("start", [1, 20], ids=["at its first letter", "within it"])
@pytest.mark.parametrize("identifier", ["K25", "K21", "K5", "K70"])
def test_a_drag_may_begin_in_a_lemma(visit: Visit, identifier: str, start: int) -> None:
    page = visit(name("K"))
    link = lemma(page, identifier)
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    page.mouse.move(box["x"] + start, box["y"] + 8)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 20, steps=5)
    page.mouse.move(box["x"] + 90, box["y"] + 70, steps=8)
    selected = page.evaluate("getSelection().toString()")
    page.mouse.up()
    assert len(selected.split()) > 4
    assert " ".join(selected.split()) in " ".join(seed("K").split())
    if start == 1:
        assert selected.split()[0].startswith(link.inner_text().split()[0])


def test_a_drag_within_a_lemma_selects_and_opens_nothing(visit: Visit) -> None:
    page = visit(name("K"))
    link = lemma(page, "K25")
    link.scroll_into_view_if_needed()
    box = link.bounding_box()
    page.mouse.move(box["x"] + 1, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 70, box["y"] + 12, steps=6)
    page.mouse.up()
    assert page.evaluate("getSelection().toString()").startswith("Kim Ju")
    assert opened(page) == []
    page.evaluate("getSelection().removeAllRanges()")
    link.click()
    assert opened(page) == ["K25"]


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
def test_a_layer_can_be_hidden(visit: Visit, annotations: dict[str, Annotation], siglum: str) -> None:
    page = visit(name(siglum))
    own = [annotation for annotation in annotations.values() if annotation.siglum == siglum]
    for layer in LAYERS:
        expected = {annotation.id for annotation in own if annotation.layer != layer}
        assert len(expected) < len(own)
        page.locator(f"#ed-{layer.letter}").uncheck()
        assert shown(page) == expected
        page.locator(f"#ed-{layer.letter}").check()
        assert shown(page) == {annotation.id for annotation in own}


@pytest.mark.parametrize("siglum", TEXTS)
def test_a_kind_can_be_hidden(visit: Visit, annotations: dict[str, Annotation], siglum: str) -> None:
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


def shown(page: Any) -> set[str]:
    """The annotations whose entries are shown."""
    return set(
        page.evaluate(
            "[...document.querySelectorAll('.en')].filter((e) => e.checkVisibility()).map((e) => e.id.slice(0, -2))"
        )
    )


def test_a_lemma_under_a_hidden_layer_leads_to_the_next_that_is_shown(visit: Visit) -> None:
    page = visit(name("K"))
    runs = "[...document.querySelectorAll('.ed-tx a.r.e.n')].map((e) => e.getAttribute('href').slice(1, -2))"
    before = page.evaluate(runs)
    page.locator("#ed-e").uncheck()
    assert set(page.evaluate(runs)) <= shown(page)
    assert not set(before) <= shown(page)
    page.locator("#ed-e").check()
    assert page.evaluate(runs) == before


def test_a_lemma_under_a_hidden_kind_leads_to_the_next_that_is_shown(
    visit: Visit, annotations: dict[str, Annotation]
) -> None:
    page = visit(name("K"))
    runs = """[...document.querySelectorAll('.ed-tx a.r')].map(
      (e) => [e.getAttribute('href').slice(1, -2), [...e.classList].filter((name) => /[0-9]/.test(name))])"""
    before = page.evaluate(runs)
    kinds = [{annotations[one].kind for one in cover} for _, cover in before]
    inner = next(annotations[target].kind for (target, _), found in zip(before, kinds, strict=True) if len(found) > 1)
    page.locator(".ed-kinds > summary").click()
    page.locator(f"#ed-k-{inner}").uncheck()
    after = [target for (target, _), found in zip(page.evaluate(runs), kinds, strict=True) if found != {inner}]
    assert after
    assert set(after) <= shown(page)
    page.locator(f"#ed-k-{inner}").check()
    assert page.evaluate(runs) == before


def test_words_that_only_a_hidden_kind_speaks_of_are_unmarked(visit: Visit) -> None:
    page = visit(name("K"))
    call = page.locator(".ed-tx .r.K5 .o").first
    line = "(old) => getComputedStyle(old).textDecorationLine"
    assert call.evaluate(line) == "underline"
    page.locator(".ed-kinds > summary").click()
    page.locator("#ed-k-numbering").uncheck()
    assert call.evaluate(line) == "none"
    page.locator("#ed-k-numbering").check()
    assert call.evaluate(line) == "underline"


def test_the_view_is_remembered_from_page_to_page(visit: Visit, edition: Any) -> None:
    page = visit(name("K"))
    page.locator("#ed-emended").check()
    page.locator("#ed-n").uncheck()
    page.goto((edition / name("T")).as_uri())
    assert page.locator("#ed-emended").is_checked()
    assert not page.locator("#ed-n").is_checked()


def test_a_lemma_opens_its_note_and_nothing_scrolls(visit: Visit) -> None:
    page = visit(name("K"))
    lemma(page, "K25").scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    lemma(page, "K25").click()
    assert opened(page) == ["K25"]
    assert page.locator("#K25").is_visible()
    assert page.evaluate("scrollY") == before
    box = page.locator("#K25").bounding_box()
    assert 0 <= box["y"] <= box["y"] + box["height"] <= 1000


def test_one_note_is_open_at_a_time(visit: Visit) -> None:
    page = visit(name("K"))
    lemma(page, "K25").click()
    page.keyboard.press("Escape")
    lemma(page, "K21").click()
    assert opened(page) == ["K21"]
    page.evaluate("document.querySelector('#K25-e').open = true")
    assert opened(page) == ["K25"]


def test_a_note_closes_and_opens_again(visit: Visit) -> None:
    page = visit(name("K"))
    for _ in range(2):
        lemma(page, "K25").click()
        assert opened(page) == ["K25"]
        page.locator("#K25 .ed-x").click()
        assert opened(page) == []
    page.locator("#K25-e > summary .rdg").click()
    assert opened(page) == ["K25"]
    page.locator("#K25-e > summary .rdg").click()
    assert opened(page) == []


def out_of_sight(page: Any, selector: str, height: int) -> str:
    """What to say of an element of which nothing is in the window; nothing where some of it is."""
    box = page.locator(selector).bounding_box()
    seen = box is not None and box["y"] < height and box["y"] + box["height"] > 0
    return "" if seen else f"{selector} is at {box}"


def cut_off(page: Any, selector: str, height: int) -> str:
    """What to say of an element that is not wholly in the window; nothing where it is."""
    box = page.locator(selector).bounding_box()
    whole = box is not None and box["y"] >= 0 and box["y"] + box["height"] <= height
    return "" if whole else f"{selector} is at {box}"


@pytest.mark.parametrize("siglum", TEXTS)
def test_every_annotation_has_an_address_that_opens_it(
    visit: Visit, annotations: dict[str, Annotation], siglum: str
) -> None:
    own = sorted((a for a in annotations.values() if a.siglum == siglum), key=lambda a: a.order)
    for annotation in own[:: max(1, len(own) // 6)]:
        page = visit(name(siglum, f"#{annotation.id}"))
        page.wait_for_function("(id) => document.getElementById(id).closest('details').open", arg=annotation.id)
        assert opened(page) == [annotation.id]
        eventually(page, lambda page=page, one=f"#{annotation.id}": out_of_sight(page, one, 1000))
        page.context.close()


@pytest.mark.parametrize("identifier", ["K25", "K60", "K88"])
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
@pytest.mark.parametrize("width", [1440, 1000, 390])
def test_the_address_of_an_annotation_leads_to_its_words(
    visit: Visit, width: int, scripts: bool, identifier: str
) -> None:
    """Words and note are both in sight; in a narrow window without scripts, the entry with the note."""
    height = 860
    page = visit(f"{name('K')}#{identifier}", width, height, java_script_enabled=scripts, reduced_motion="reduce")
    places = [f"#{identifier}-t" if scripts or width > 1300 else f"#{identifier}-e>summary", f"#{identifier}"]
    eventually(page, lambda: "; ".join(filter(None, (cut_off(page, place, height) for place in places))))


@pytest.mark.parametrize("siglum", TEXTS)
def test_every_paragraph_has_an_address(visit: Visit, siglum: str) -> None:
    page = visit(name(siglum))
    numbers = page.locator(".ed-pn")
    addresses = numbers.evaluate_all("(all) => all.map((e) => [e.textContent, e.getAttribute('href')])")
    assert addresses == [[str(n), f"#{siglum}-p{n}"] for n in range(1, len(addresses) + 1)]
    numbers.last.click()
    eventually(page, lambda: out_of_sight(page, f"#{siglum}-p{len(addresses)}", 1000))


def background(page: Any, selector: str) -> str:
    """The background of an element."""
    found: str = page.evaluate("(s) => getComputedStyle(document.querySelector(s)).backgroundColor", selector)
    return found


def test_lemma_and_entry_light_each_other(visit: Visit) -> None:
    page = visit(name("K"))
    clear = "rgba(0, 0, 0, 0)"
    assert background(page, ".r.K25") == background(page, "#K25-e > summary") == clear
    lemma(page, "K25").hover()
    assert background(page, "#K25-e > summary") != clear
    page.locator("#K25-e > summary").hover()
    assert background(page, ".r.K25") != clear
    page.mouse.move(0, 0)
    assert background(page, ".r.K25") == clear
