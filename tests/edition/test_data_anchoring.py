"""Programs that others have written find every annotation in the text, and lay it over the page where it came from."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from four_texts import TEXTS, seed
from npm import bundle, node, package
from sphinx_apparatus.model.annotation import Annotation

#: A page with nothing but a text, and what libraries for browsers take for granted.
PAGE = """
import { JSDOM } from "jsdom";
const { window } = new JSDOM("<!doctype html><pre></pre>");
for (const name of ["document", "Node", "NodeFilter", "Range", "Element", "HTMLElement", "DOMParser", "Text", "DOMRect",
                    "MutationObserver"])
  globalThis[name] = window[name];
globalThis.window = window;
const pre = document.querySelector("pre");
pre.textContent = given.text;
const place = (range) => range && [range.startOffset, range.endOffset];
answer = {};
"""

#: How each library is asked: by quotation and by position as far as it takes both.
LIBRARIES = {
    "dom-anchor-text-quote": """
const { toTextPosition } = await import("dom-anchor-text-quote");
for (const { id, selectors: [quote, position] } of given.items) {
  const found = toTextPosition(pre, quote, { hint: position.start });
  answer[id] = found && [found.start, found.end];
}""",
    "@apache-annotator/dom": """
const { createTextQuoteSelectorMatcher } = await import("@apache-annotator/dom");
for (const { id, selectors: [quote] } of given.items) {
  const found = [];
  for await (const range of createTextQuoteSelectorMatcher(quote)(pre)) found.push(place(range));
  answer[id] = found.length === 1 ? found[0] : found;
}""",
    "@recogito/text-annotator": """
const { W3CTextFormat, reviveAnnotation } = await import("@recogito/text-annotator");
for (const { id, item } of given.items) {
  const { parsed, error } = W3CTextFormat(given.source, pre).parse(item);
  if (error) throw error;
  answer[id] = place(reviveAnnotation(parsed, pre).target.selector[0].range);
}""",
}
NEEDS = {"@apache-annotator/dom": ("@apache-annotator/selector",)}


def items_of(edition: Path, siglum: str) -> list[dict[str, Any]]:
    """The annotations of a text, each a W3C Web Annotation."""
    found: list[dict[str, Any]] = json.loads((edition / "data" / f"annotations-{siglum}.jsonld").read_text("utf-8"))[
        "items"
    ]
    return found


@pytest.mark.parametrize("library", LIBRARIES)
@pytest.mark.parametrize("siglum", TEXTS)
def test_every_annotation_is_found_in_the_text(
    library: str, siglum: str, edition: Path, annotations: dict[str, Annotation]
) -> None:
    """And in one place; a place between two characters by the word beside it."""
    text = seed(siglum)
    asked, expected = [], {}
    for item in items_of(edition, siglum):
        own = item["target"][0] if isinstance(item["target"], list) else item["target"]
        assert own["source"].endswith(f"/texts/{siglum}.txt")
        quote, position = own["selector"]
        start, end = position["start"], position["end"]
        assert (start, end) == tuple(annotations[item["ed:id"]].span)
        if "refinedBy" in quote and library != "@recogito/text-annotator":
            start -= quote["refinedBy"]["start"]
            end = start + len(quote["exact"])
        expected[item["ed:id"]] = [start, end]
        asked.append({"id": item["ed:id"], "selectors": own["selector"], "item": {**item, "target": own}})
    given = {"text": text, "items": asked, "source": asked[0]["item"]["target"]["source"]}
    assert node(PAGE + LIBRARIES[library], given, library, "jsdom", *NEEDS.get(library, ())) == expected


#: The characters of an element without corrections, and how many of the corrections that are not empty can be seen.
SHOWN = """() => {
  const text = document.querySelector('tei-div[type=text]');
  const seen = (element) => [...element.getClientRects()].some((box) => box.width > 1 && box.height > 1);
  const corrections = [...text.querySelectorAll('tei-corr')];
  const shown = corrections.filter(seen).length, full = corrections.filter((one) => one.textContent.trim()).length;
  const paragraphs = [...text.querySelectorAll('tei-p')];
  const unseen = paragraphs.filter((one) => one.textContent.trim() && !seen(one)).length;
  corrections.forEach((one) => one.remove());
  return {text: text.textContent, shown, full, unseen, notes: document.querySelectorAll('tei-annotation').length};
}"""


@pytest.mark.parametrize("siglum", TEXTS)
def test_a_browser_shows_text_and_corrections(
    siglum: str, edition: Path, browser: Any, annotations: dict[str, Annotation], tmp_path: Path
) -> None:
    """CETEIcean makes custom elements of TEI, and nothing else is needed to see it."""
    script = package("CETEIcean") / "dist" / "CETEI.js"
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    (tmp_path / "tei.html").write_text("<!doctype html><meta charset=utf-8><title>TEI</title><body>", "utf-8")
    page.goto((tmp_path / "tei.html").as_uri())
    page.add_script_tag(path=str(script))
    xml = (edition / "data" / f"{siglum}.xml").read_text("utf-8")
    page.evaluate("(xml) => new CETEI().makeHTML5(xml, (data) => document.body.append(data))", xml)
    found = page.evaluate(SHOWN)
    context.close()
    assert errors == []
    assert found["text"] == seed(siglum)
    assert found["unseen"] == 0
    edits = [edit for one in annotations.values() if one.siglum == siglum for edit in one.edits]
    assert found["full"] == len([edit for edit in edits if edit.text.strip()])
    assert found["shown"] >= found["full"] > 0
    assert found["notes"] == len([one for one in annotations.values() if one.siglum == siglum])


def published(text: str) -> str:
    """A text as a page of somebody else has it: paragraphs, links and bold words in it, other things around."""
    rows = []
    for number, line in enumerate(filter(str.strip, text.split("\n"))):
        words = line.split(" ")
        for place in range(number % 5, len(words) - 1, 7):
            name = "b" if place % 2 else "a"
            words[place] = f"<{name}>{escape(words[place])}</{name}>"
        rows.append("<p>" + " ".join(one if one.startswith("<") else escape(one) for one in words) + "</p>")
    around = "<nav><a href='#'>Home</a> <a href='#'>Articles</a></nav>", "<footer>All rights reserved.</footer>"
    return f"<!doctype html><meta charset=utf-8><title>A page</title>{around[0]}<main>{''.join(rows)}</main>{around[1]}"


#: Lays every quotation over the page, and says what is marked then.
LAY = """async (items) => {
  const marked = {};
  for (const [id, quote] of items) {
    const ranges = [];
    for await (const range of bundled.createTextQuoteSelectorMatcher(quote)(document.body)) ranges.push(range);
    marked[id] = ranges.map(String);
    for (const range of ranges) bundled.highlightText(range, 'mark', {'data-id': id});
  }
  const shown = new Set([...document.querySelectorAll('mark')].filter((one) => one.getClientRects().length)
    .map((one) => one.dataset.id));
  return {marked, shown: [...shown]};
}"""


@pytest.mark.parametrize("siglum", TEXTS)
def test_notes_can_be_laid_over_the_page_as_published(siglum: str, edition: Path, browser: Any, tmp_path: Path) -> None:
    """The second target is where the text was published; its quotation needs no more than the words of a paragraph."""
    text, asked = seed(siglum), []
    for item in items_of(edition, siglum):
        if isinstance(item["target"], list):
            other = item["target"][1]
            assert other["source"].startswith("http")
            (quote,) = other["selector"]
            asked.append([item["ed:id"], quote])
    (tmp_path / "page.html").write_text(published(text), "utf-8")
    context = browser.new_context()
    page = context.new_page()
    page.goto((tmp_path / "page.html").as_uri())
    page.add_script_tag(path=str(bundle("@apache-annotator/dom", "@apache-annotator/selector")))
    found = page.evaluate(LAY, asked)
    context.close()
    # What only another paragraph tells from its like is found where white space is the same as in the file.
    within = {name: quote["exact"] for name, quote in asked if not any("\n" in words for words in quote.values())}
    assert {name: found["marked"][name] for name in within} == {name: [words] for name, words in within.items()}
    assert set(within) <= set(found["shown"])
    assert len(within) > 0.97 * len(asked) > 0
