"""Pictures in print: where they stand, what of a page they leave empty, and what is said of them."""

from __future__ import annotations

import random
import re
import struct
import zlib
from itertools import pairwise

import pytest

import tagtree
import verapdf
from apparatus_in_print import Print, read_print
from drawings_of import drawing
from pages_of_print import by_page, chapters, empty_pages
from poppler import resolutions, size
from projects import Project
from sphinx_apparatus.outputs.print.paper import MM, PAPERS

pytestmark = pytest.mark.pdf

WORDS = ("la", "ti", "re", "fo", "si", "ni", "le", "tu", "lami", "tire", "foni", "sile", "tura", "mita", "nilami")


def sentence(chance: random.Random, length: int) -> str:
    return " ".join(chance.choice(WORDS) for _ in range(length)) + ".\n\n"


def built(project: Project, paper: str) -> Print:
    result = project.build("-W", "-D", f"apparatus_pdf_paper={paper}", builder="typstpdf")
    assert result.status == 0, result.messages
    return read_print(project.out, project.folder / "_doctrees")


def emptier(book: Print, paper: str) -> list[tuple[int, float]]:
    return empty_pages(book, size(book.pdf)[1], PAPERS[paper].bottom * MM)


@pytest.mark.parametrize("paper", ["a5", "a4"])
@pytest.mark.parametrize("seed", range(3))
def test_a_picture_leaves_no_page_nearly_empty(project: Project, paper: str, seed: int) -> None:
    """Low ones, high ones, some higher than a page; with captions or without.  None is above a title."""
    chance = random.Random(seed)
    number = 0
    for chapter in range(4):
        page = f"# Chapter {chapter}\n\n"
        for place in range(chance.randint(3, 10)):
            page += sentence(chance, chance.choice((5, 60, 120, 250))) if chance.random() < 0.6 else ""
            page += f"## Section {place}\n\n" if chance.random() < 0.2 else ""
            number += 1
            source = drawing(chance.choice((300, 400, 700)), chance.choice((3, 12, 25, 40, 60, 90, 150)))
            captioned = chance.random() < 0.5
            project.write(f"p{number}.svg", source.encode())
            page += f"```{{{'figure' if captioned else 'image'}}} p{number}.svg\n:alt: Rows\n\n"
            page += f"What is below {number}.\n```\n\n" if captioned else "```\n\n"
        project.add_page(f"c{chapter}", page + "".join(sentence(chance, 200) for _ in range(4)))
    book = built(project, paper)
    assert emptier(book, paper) == []
    words = dict(by_page(book))
    for sheet in sorted(chapters(book)):
        assert min(words[sheet], key=lambda word: word.top).height > 14, "the title of the chapter"
    assert " ".join(word.string for word in book.words).count(" row 0 ") == number


@pytest.mark.parametrize("lines", [1, 20, 150, 240, 280, 320, 380])
def test_a_drawing_higher_than_a_page_begins_where_it_stands(project: Project, lines: int) -> None:
    """Its heading, its caption and its first rows are on one page, all of its rows on pages that follow each other."""
    rows = 90
    project.write("high.svg", drawing(400, rows, more=' data-head="25"').encode())
    words = sentence(random.Random(lines), lines)
    project.add_page(
        "drawn", f"# Drawn\n\n{words}## Below\n\n```{{image}} high.svg\n:alt: All rows\n```\n\n{words * 3}"
    )
    book = built(project, "a5")
    assert emptier(book, "a5") == []
    found: dict[int, list[int]] = {}
    for page, here in by_page(book):
        numbers = [int(b.string) for a, b in pairwise(here) if a.string == "row"]
        if numbers:
            found[page] = numbers
    first = min(found)
    # Down to 25 is its head, which stands on each page.
    assert all(numbers[0] == 0 for numbers in found.values())
    assert sorted(found) == list(range(first, first + len(found)))
    assert [n for page in sorted(found) for n in found[page] if n] == list(range(1, rows))
    told = {page: " ".join(word.string for word in here) for page, here in by_page(book)}
    assert len(found[first]) > 3
    assert "Figure 1. T" in told[first]
    assert "Below" in told[first]
    assert [page for page in told if "Figure 1, continued" in told[page]] == sorted(found)[1:]


def test_a_drawing_in_bands_is_one_figure_for_those_who_listen(project: Project) -> None:
    """One alternative text, whatever the pages; of what is on a further page again nothing is heard."""
    project.write("high.svg", drawing(400, 90, more=' data-head="25"').encode())
    project.add_page(
        "drawn", "# Drawn\n\n```{figure} high.svg\n:alt: All rows\n\nWhat is below.\n\nMore of it.\n```\n\nBehind.\n"
    )
    book = built(project, "a5")
    assert [tag.type for tag in tagtree.tags(book.pdf)].count("Figure") == 1
    with book.opened() as pdf:
        told = [
            str(item["/Alt"])
            for item in pdf.objects
            if getattr(item, "_type_name", "") == "dictionary" and "/Alt" in item
        ]
    assert told == ["All rows"]
    for profile in ("3a", "ua1"):
        assert verapdf.validate(book.pdf, profile).failures == {}


@pytest.mark.parametrize("seed", range(14, 18))
def test_a_footnote_is_on_the_page_of_its_call(project: Project, seed: int) -> None:
    """Of a heading which a picture sends to the next page, of a line that goes there so as not to leave one alone."""
    chance = random.Random(seed)
    page, notes = "# Notes\n\n", ""
    for n in range(40):
        called = chance.choice(("heading", "first", "within", "end"))
        words = sentence(chance, chance.choice((12, 30, 45, 60))).strip()[:-1].split()
        name = chr(97 + n // 26) + chr(97 + n % 26)
        word = f"called{name}x[^{name}]"
        at = {"first": 1, "within": len(words) // 2, "end": len(words)}.get(called)
        if at is None:
            page += f"## {word} of this\n\n"
            if chance.random() < 0.4:
                project.write(f"f{n}.svg", drawing(400, chance.choice((12, 20, 30))).encode())
                page += f"```{{image}} f{n}.svg\n:alt: Rows\n```\n\n"
        else:
            words.insert(at, word)
        page += " ".join(words) + ".\n\n"
        notes += f"[^{name}]: noted{name}x\n\n"
    project.add_page("notes", page + sentence(chance, 300) + notes)
    book = built(project, "a5")
    pages: dict[str, dict[str, int]] = {"called": {}, "noted": {}}
    for word in book.words:
        found = re.match(r"(called|noted)([a-z]+)x", word.string)
        if found and word.page >= min(chapters(book)):
            pages[found[1]].setdefault(found[2], word.page)
    assert len(pages["called"]) == 40
    assert pages["called"] == pages["noted"]
    assert emptier(book, "a5") == []


@pytest.mark.parametrize(
    "page",
    [
        "| a | b |\n|---|---|\n| ![All](high.svg) | c |\n",
        "```{figure} high.svg\n:target: https://example.org\n:alt: All\n\nBelow.\n```\n",
        "```{image} high.svg\n:alt:\n```\n",
        "- One.\n\n  ```{image} high.svg\n  :alt: All\n  ```\n- Two.\n",
        "> Said.\n>\n> ![All](high.svg)\n",
        "```{figure} high.svg\n:alt: All\n\nBelow[^1].\n```\n\n[^1]: Noted.\n",
    ],
)
def test_a_drawing_higher_than_a_page_is_whole_wherever_it_stands(project: Project, page: str) -> None:
    """In a cell, in a link, as an ornament, in a list, in a quotation; a footnote of its caption is on its page."""
    project.write("high.svg", drawing(400, 90).encode())
    project.add_page("drawn", f"# Drawn\n\n{sentence(random.Random(1), 120)}{page}")
    book = built(project, "a5")
    rows = [int(b.string) for a, b in pairwise(book.words) if a.string == "row"]
    assert rows == list(range(90))
    called, noted = ({word.page for word in book.words if word.string.startswith(w)} for w in ("Below", "Noted"))
    assert noted in (called, set())
    assert verapdf.validate(book.pdf, "ua1").failures == {}


@pytest.mark.parametrize(
    ("options", "points"),
    [
        (":width: 100px", 75),
        (":width: 100", 75),
        (":width: 5cm", 141.7),
        (":width: 50%", 153.1),
        (":width: 200%", 306.1),
        (":height: 1in", 72),
        (":scale: 50", 150),
        (":width: 2in\n:scale: 50", 72),
        (":width: 1000mm", 306.1),
        (":width: 100pt\n:height: 300pt", 100),
    ],
)
def test_a_picture_is_as_wide_as_its_author_says(project: Project, options: str, points: float) -> None:
    """At most as wide as the text, and never distorted."""
    project.write("square.png", square(400))
    project.add_page("square", f"# Square\n\n```{{image}} square.png\n:alt: A square\n{options}\n```\n")
    (across, down) = resolutions(built(project, "royal").pdf)
    assert across == down == pytest.approx(400 / points * 72, abs=1)


def square(side: int) -> bytes:
    """A picture in PNG of so many pixels on each side, all black."""
    rows = zlib.compress((b"\x00" + bytes(side)) * side)
    parts = ((b"IHDR", struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)), (b"IDAT", rows), (b"IEND", b""))
    told = (struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in parts)
    return b"\x89PNG\r\n\x1a\n" + b"".join(told)
