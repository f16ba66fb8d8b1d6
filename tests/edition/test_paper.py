"""What leaves the reading page: on paper, and as the citation of a passage that is selected."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from four_texts import BASE, FILES, SEEDS, SORTS, TEXTS, Visit, of_sort
from requires import program
from sphinx_apparatus.model.annotation import Annotation

#: What is said to who uses the page, and not to who reads it on paper.
CONTROLS = """() => [...document.querySelectorAll(
  '.ed-ctl > *, .ed-key, .ed-fl, .ed-skip, .ed-ft, .ed-x, .skip-to-content, .toc-title, .page-info'
)].map((element) => element.textContent)"""

PASSAGE = """(words) => {
  const walker = document.createTreeWalker(document.querySelector('#K-p4 .ed-tx'), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at >= 0) getSelection().setBaseAndExtent(node, at, node, at + words.length);
  }
}"""


def squeezed(string: str) -> str:
    """A string without its white space: where lines and pages break is not its words."""
    return re.sub(r"\s+", "", string)


def sheets(page: Any, folder: Path) -> list[str]:
    """The words of a page as printed, a string a sheet."""
    path = folder / "page.pdf"
    page.pdf(path=path, format="A4")
    done = subprocess.run([program("pdftotext"), "-raw", str(path), "-"], capture_output=True, check=True)
    return done.stdout.decode().split("\f")[:-1]


def on_paper(page: Any, folder: Path) -> str:
    """The words of a page as printed, without white space and what stands in the margins of the sheets."""
    name, address = map(squeezed, page.locator(".ed-imprint span").all_text_contents())
    margins = re.compile(rf"^(?:{re.escape(address)})?\d*{re.escape(name)}")
    found = "".join(margins.sub("", squeezed(sheet)) for sheet in sheets(page, folder))
    return found.replace(name, "").replace(address, "")


@pytest.mark.parametrize("siglum", TEXTS)
def test_the_text_and_every_note_are_printed(
    visit: Visit, annotations: dict[str, Annotation], words: dict[str, str], tmp_path: Path, siglum: str
) -> None:
    page = visit(f"texts/{TEXTS[siglum]}.html")
    printed = on_paper(page, tmp_path)
    labels = {squeezed(label) for label in page.evaluate(CONTROLS)} - {""}
    paragraphs = (SEEDS / FILES[siglum]).read_bytes().decode().splitlines()
    assert [paragraph for paragraph in paragraphs if squeezed(paragraph) not in printed] == []
    own = [annotation for annotation in annotations.values() if annotation.siglum == siglum]
    assert own
    assert [annotation.id for annotation in own if not noted(annotation, words[annotation.id], printed)] == []
    assert {label for label in labels if label in printed} == set()


PRINTED = (
    *(f"texts/{page}.html" for page in TEXTS.values()),
    "index.html",
    "bibliography.html",
    "editorial.html",
    "concordances/emendations.html",
    "corrections/K25.html",
    "passages/K-p4.html",
)


@pytest.mark.parametrize("path", PRINTED)
def test_each_sheet_names_the_edition_and_its_version(visit: Visit, tmp_path: Path, path: str) -> None:
    """The page's address is on the first one, of a page of its own on the last, and on each sheet of a text."""
    page = visit(path)
    line = page.locator(".ed-imprint")
    assert not line.is_visible(), "on the screen, and so to a screen reader, it is not there"
    name, address = map(squeezed, line.locator("span").all_text_contents())
    assert re.fullmatch(r"KoreaandRussia:FourTexts\.AnAnnotatedCriticalEdition,version[\d.]+", name)
    assert address == BASE + path
    printed = [squeezed(sheet) for sheet in sheets(page, tmp_path)]
    assert address in printed[-1 if path.startswith(("corrections/", "passages/")) else 0]
    if not path.startswith(("corrections/", "passages/")):
        assert [number for number, sheet in enumerate(printed, 1) if name not in sheet] == []
    if path.startswith("texts/"):
        assert [number for number, sheet in enumerate(printed, 1) if address not in sheet] == []


@pytest.mark.parametrize(
    ("view", "words"),
    [("printed", "Thetextasprinted."), ("above", "withthereadings"), ("emended", "Theemendedtext,notasprinted")],
)
def test_a_printed_text_says_which_text_it_is(visit: Visit, tmp_path: Path, view: str, words: str) -> None:
    page = visit("texts/khan.html")
    page.locator(f"#ed-{view}").check()
    printed = [squeezed(sheet) for sheet in sheets(page, tmp_path)]
    assert words in printed[0]
    if view == "emended":
        assert [number for number, sheet in enumerate(printed, 1) if "emendedtext" not in sheet] == []


@pytest.mark.parametrize("sort", SORTS)
def test_no_sheet_is_empty(visit: Visit, edition: Path, tmp_path: Path, sort: str) -> None:
    paths = [path.relative_to(edition).as_posix() for path in of_sort(edition, sort)]
    printed = [path for path in paths if path in PRINTED or not path.startswith(("corrections/", "passages/", "data/"))]
    assert ("concordances/emendations.html" in printed) is (sort == "written")
    empty = []
    for path in printed:
        page = visit(path)
        name, address = map(squeezed, page.locator(".ed-imprint span").all_text_contents())
        for at, sheet in enumerate(sheets(page, tmp_path), 1):
            if not re.sub(rf"{re.escape(name)}|{re.escape(address)}|\d+$", "", squeezed(sheet)).strip("0123456789"):
                empty.append((path, at))
        page.context.close()
    assert empty == []


def test_the_head_of_a_table_is_on_each_of_its_sheets(visit: Visit, tmp_path: Path) -> None:
    page = visit("concordances/emendations.html")
    page.locator(".ed-sort-button").first.wait_for()
    printed = sheets(page, tmp_path)
    assert len(printed) > 1
    assert [sheet.count("What stands What should stand Kind Certainty") for sheet in printed] == [1] * len(printed)


@pytest.mark.parametrize("path", PRINTED)
def test_on_paper_nothing_runs_into_the_line_at_the_foot(visit: Visit, tmp_path: Path, path: str) -> None:
    """The foot stands in the margin of the sheet, 17 mm high: of the page's own words none is there."""
    page = visit(path)
    sheets(page, tmp_path)
    command = [program("pdftotext"), "-bbox", str(tmp_path / "page.pdf"), "-"]
    found = subprocess.run(command, capture_output=True, check=True).stdout.decode()
    name = squeezed(page.locator(".ed-imprint span").first.text_content())
    for sheet in found.split("<page ")[1:]:
        height = float(re.search(r'height="([\d.]+)"', sheet)[1])
        words = re.findall(r'yMax="([\d.]+)">([^<]*)<', sheet)
        below = "".join(word for bottom, word in words if float(bottom) > height - 17 * 72 / 25.4 + 2)
        assert re.fullmatch(rf"({re.escape(name)})?\d*", below), below


def test_where_a_link_leads_is_printed_where_the_words_do_not_say_it(visit: Visit, tmp_path: Path) -> None:
    told = {}
    for path in ("tool/index.html", "concordances/names.html", "bibliography.html"):
        page = visit(path)
        told[path] = on_paper(page, tmp_path)
    assert "Sphinx(https://www.sphinx-doc.org/)" in told["tool/index.html"]
    assert "Wikidata" in told["concordances/names.html"]
    assert "https://www.wikidata.org" not in told["concordances/names.html"], "its number says it"
    assert "https://" in told["bibliography.html"]
    assert "(https://" not in told["bibliography.html"], "an address is printed once"


def noted(annotation: Annotation, said: str, printed: str) -> bool:
    """Whether a note is printed: its id, its layer, and then its first words, with or without a citation."""
    words = [word.replace("'", "’") for word in re.findall(r"[\w']+", said)[:5]]
    begins = r"\W*(?:\([^()]*\))?\W*".join(words)
    # Printed, no blank may part what stands before an id from it: "ZULU" and "G98".
    head = rf"{annotation.id}(?:emendation|correction|variant|note),"
    return re.search(rf"{head}.{{0,3000}}?{begins}", printed, re.DOTALL) is not None


def test_a_passage_that_is_selected_can_be_cited(visit: Visit) -> None:
    page = visit("texts/khan.html")
    page.evaluate("navigator.clipboard.writeText = async (words) => { window.copied = words; }")
    button = page.locator(".ed-cite-passage")
    assert button.is_hidden()
    page.evaluate(PASSAGE, "unreconstructed Stalinism")
    button.wait_for(state="visible")
    assert button.inner_text() == "Cite this passage: KR K ¶4, l. 18"
    button.click()
    page.wait_for_function("window.copied")
    passage, line, address = page.evaluate("window.copied").split(", ")
    assert (passage, line) == ("KR K ¶4", "l. 18")
    assert unquote(address).endswith("texts/khan.html#K-p4:~:text=unreconstructed Stalinism")
    assert " " not in address
    page.evaluate("getSelection().removeAllRanges()")
    button.wait_for(state="hidden")


def test_of_a_long_passage_the_address_has_both_ends(visit: Visit) -> None:
    page = visit("texts/khan.html")
    page.evaluate("navigator.clipboard.writeText = async (words) => { window.copied = words; }")
    page.evaluate("getSelection().selectAllChildren(document.querySelector('#K-p4 .ed-tx'))")
    selected = page.evaluate("getSelection().toString()").split()
    page.locator(".ed-cite-passage").click()
    page.wait_for_function("window.copied")
    first, _, last = page.evaluate("window.copied").partition(":~:text=")[2].partition(",")
    assert unquote(first).split() == selected[:4]
    assert unquote(last).split() == selected[-4:]
