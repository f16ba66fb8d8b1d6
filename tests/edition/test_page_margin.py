"""The margin of the four texts in a browser: each entry at its line, whole, and covered whole by a note."""

from __future__ import annotations

import pytest

from four_texts import TEXTS, Visit, eventually, name

DRIFT = """() => [...document.querySelectorAll('.ed-app > li')].map((entry) => {
  const line = document.querySelector(`.l[data-n="${entry.dataset.n}"]`).getClientRects()[0];
  const box = entry.getBoundingClientRect();
  return Math.abs((line.top + line.bottom) / 2 - (box.top + box.bottom) / 2);
})"""


TOPS = """() => [...document.querySelectorAll('.ed-app > li')].map((entry) => Math.abs(
  document.querySelector(`.l[data-n="${entry.dataset.n}"]`).getBoundingClientRect().top
  - entry.getBoundingClientRect().top
))"""


@pytest.mark.parametrize("siglum", TEXTS)
@pytest.mark.parametrize("width", [1024, 1440])
def test_each_entry_stands_at_its_line(visit: Visit, siglum: str, width: int) -> None:
    page = visit(name(siglum), width)
    drift = page.evaluate(DRIFT)
    assert len(drift) > 20
    assert max(drift) < 2
    page.locator("#ed-emended").check()
    assert max(page.evaluate(TOPS)) < 2, "in the emended text, too, whose lines are longer"


CUT = """() => [...document.querySelectorAll('.ed-app > li')].flatMap((line) => {
  const right = line.getBoundingClientRect().right;
  return [...line.querySelectorAll(':scope > .en')].filter((one, at, all) => {
    const before = at ? all[at - 1].getBoundingClientRect().right : 0;
    const box = one.getBoundingClientRect();
    return one.scrollWidth > one.clientWidth + 1 || box.right > right + 1 || box.left < before - 1;
  }).map((one) => one.hash);
})"""


@pytest.mark.parametrize("width", [1024, 1280, 1440, 1920])
@pytest.mark.parametrize("siglum", TEXTS)
def test_no_entry_of_the_margin_is_cut_or_lies_on_another(visit: Visit, siglum: str, width: int) -> None:
    page = visit(name(siglum), width)
    for marks in ("m-reading", "m-all"):
        page.locator(f"#ed-{marks}").check()
        assert page.evaluate(CUT) == [], marks


HALF = """() => {
  const box = document.querySelector('.ph:target + .ed-card').getBoundingClientRect();
  return [...document.querySelectorAll('.ed-app > li, .ed-cx > summary')].filter((one) => {
    const line = one.getBoundingClientRect();
    const half = (edge) => line.top < edge - 1 && line.bottom > edge + 1;
    return !one.querySelector(':target') && (half(box.top) || half(box.bottom));
  }).map((one) => one.id || one.textContent);
}"""


@pytest.mark.parametrize("height", [1000, 500])
def test_a_note_covers_lines_of_the_margin_whole(visit: Visit, height: int) -> None:
    page = visit("texts/khan.html", 1440, height)

    def half() -> str:
        found = page.evaluate(HALF)
        return f"{page.url} covers half of {found}" if found else ""

    for _ in range(40):
        page.keyboard.press("n")
        eventually(page, half)
    page.set_viewport_size({"width": 1300, "height": height})
    eventually(page, half)
