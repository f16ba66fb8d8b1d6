"""What the eye of a printer looks for on a page, on small projects at two papers."""

from __future__ import annotations

import json
import random
import re
from itertools import pairwise, product
from pathlib import Path
from typing import Any

import pytest

import poppler
from apparatus_in_print import Print, read_print
from pages_of_print import (
    empty_pages,
    hyphens_over_pages,
    inner_numbers,
    lonely_lines,
    parted_ranges,
    small_type,
    text_pages,
)
from poppler import ink, size
from projects import Project
from sphinx_apparatus.outputs.print.compiling import Stage, compile_source
from sphinx_apparatus.outputs.print.pages import ASK

pytestmark = pytest.mark.pdf

PAPERS = ("royal", "a5")


def crowded(project: Project, paper: str) -> Print:
    """Paragraphs of all lengths, with an entry on many lines, on a paper."""
    chance = random.Random(paper)
    parts = ("la", "ti", "re", "fo", "si", "ni", "le", "tu", "ra", "mi", "ta", "do", "se")
    words = ["".join(word) for word in product(parts, repeat=3)]
    chance.shuffle(words)
    paragraphs, at = [], 0
    while at < len(words):
        length = chance.choice((9, 14, 22, 25, 31, 60, 140))
        paragraphs.append(" ".join(words[at : at + length]))
        at += length
    notes = "".join(
        f"```{{ed:emendation}} C{number}\n:lemma: {word}\n:reading: {word.upper()}\n\n"
        f"So it is; see {{ed:ref}}`C1` and {{ed:ref}}`C ¶{number % 20 + 1}`.\n```\n\n"
        for number, word in enumerate(sorted(chance.sample(words, 90)), 1)
    )
    page = f"# Crowded\n\n```{{ed:text}} crowded.txt\n:siglum: C\n```\n\n{notes}"
    project.add_page("crowded", page, "\n\n".join(paragraphs).encode())
    project.write("conf.py", project.read("conf.py") + f"\napparatus_pdf_paper = {paper!r}\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    return read_print(project.out, project.folder / "_doctrees")


@pytest.fixture(scope="module", params=PAPERS)
def book(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Print:
    return crowded(Project.at(tmp_path_factory.mktemp("pages") / "project"), request.param)


def test_no_line_stands_alone(book: Print) -> None:
    """Neither the first of a paragraph at the foot of a page, nor the last at the head of one."""
    assert lonely_lines(book) == []
    assert len(text_pages(book)) > 3


def test_each_entry_is_on_the_page_of_its_line(book: Print) -> None:
    feet = book.foot_pages()
    assert {name: feet[name] for name, pages in book.pages_of_entries().items() if not feet[name] <= pages} == {}
    assert book.printed_keys() == {a.id: book.expected_keys(a) for a in book.annotations.values() if a.id in feet}


def test_numbers_stand_in_the_outer_margin(book: Print) -> None:
    """Those of lines and of paragraphs: on the right of right pages, on the left of left ones."""
    assert inner_numbers(book) == []


def test_no_type_is_too_small(book: Print) -> None:
    """Nothing under 6.5 points, superior figures aside."""
    assert small_type(book) == set()


def test_no_page_is_nearly_empty(book: Print) -> None:
    """But the last of a chapter, or of a text."""
    assert empty_pages(book, size(book.pdf)[1], 60) == []


def test_no_word_goes_on_over_the_leaf(book: Print) -> None:
    assert hyphens_over_pages(book) == []


@pytest.mark.parametrize("paper", PAPERS)
def test_no_word_of_prose_goes_on_over_the_leaf(project: Project, paper: str) -> None:
    """Not at a hyphen of its own either: where each other word has one, and in notes."""
    chance = random.Random(paper)
    words = ("north-eastern", "non-alignment", "gas", "memorandum", "well-documented", "so", "understanding-wise", "it")

    def prose(count: int) -> str:
        return " ".join(chance.choice(words) for _ in range(count)) + "."

    for chapter in range(3):
        paragraphs = (prose(chance.choice((20, 60, 150))) for _ in range(20))
        project.add_page(f"c{chapter}", f"# Chapter {chapter}\n\n" + "\n\n".join(paragraphs) + "\n")
    project.write("conf.py", project.read("conf.py") + f"\napparatus_pdf_paper = {paper!r}\n")
    notes = "".join(f"```{{ed:note}} X{n}\n:lemma: wort{n}\n\n{prose(60 + n)}\n```\n\n" for n in range(1, 50))
    book = build(project, " ".join(f"wort{n}" for n in range(1, 50)), notes)
    ends = [one for one, other in pairwise(book.words) if other.top > one.top + 3 and one.string.endswith("-")]
    assert len(ends) > 60
    assert hyphens_over_pages(book) == []


def test_no_line_parts_a_range(book: Print) -> None:
    """Of pages or of lines: "ll. 10–15" goes to the next line whole."""
    assert sum("\u2013" in word.string for word in book.words) > 60
    assert parted_ranges(book) == []


def test_digits_are_as_high_as_each_other(book: Print) -> None:
    """Lining figures: in old-style ones a 0 is as high as an x, and a 1 as low."""
    for page in sorted(text_pages(book))[:2]:
        numbers = [w for w in book.words if w.page == page and re.fullmatch(r"\d*0\d*", w.string)]
        highs = [ink(book.pdf, word) / word.height for word in numbers]
        assert all(high > 0.5 for high in highs), list(zip(numbers, highs, strict=True))


def test_an_id_is_found(book: Print) -> None:
    """A reference says where the lemma is and where the note; the head of the notes, what pages they are on."""
    words = " ".join(word.string for word in book.words).replace("\u00a0", " ")
    place = book.places["C1"]
    lines = f"ll. {place['first']}–{place['last']}" if place["last"] > place["first"] else f"l. {place['first']}"
    note = next(iter(re.findall(rf"C1 \(p\. {place['page']}, {lines}; note p\. (\d+)\)", words)))
    pages = {word.page for word in book.words if word.string == "C1"}
    folio = place["sheet"] - int(place["page"])
    assert int(note) + folio in pages
    assert "Notes to p" in words


def test_the_head_of_a_note_has_its_note_beneath_it(project: Project) -> None:
    """On its page, of however many lines the head is; and no line has a part of the code behind it."""
    words = [f"wort{number:03}" for number in range(90)]
    notes = "".join(
        f"```{{ed:emendation}} X{n}\n:lemma: {word}\n:reading: {f'{word.upper()} head{n} ' + 'of it ' * (n % 40)}\n"
        f":certainty: medium\n:evidence: internal\n\nBody{n} of it. {'And so on. ' * (n % 7 * 9)}\n```\n\n"
        for n, word in enumerate(words, 1)
    )
    book = build(project, " ".join(words), notes)
    at = {word.string: word for word in book.words if re.fullmatch(r"(head|Body)\d+", word.string)}
    for n in range(1, 91):
        assert at[f"head{n}"].page == at[f"Body{n}"].page, n
    commentary = [word for word in book.words if word.page >= at["Body1"].page]
    codes = [[word for word in commentary if word.string == string] for string in ("slip,", "medium,", "int.")]
    assert [len(code) for code in codes] == [90] * 3
    for parts in zip(*codes, strict=True):
        assert len({(part.page, round(part.bottom)) for part in parts}) == 1


def test_what_a_note_stands_beside_is_in_its_last_line(project: Project) -> None:
    """On lines of their own references might begin a page, or leave the last line of the note to do so."""
    notes = (
        "".join(f"```{{ed:note}} X{n}\n:lemma: wort{n}\n:see: X3\n\nIt is so{n}.\n```\n\n" for n in (1, 2))
        + "```{ed:note} X3\n:lemma: wort3\n\nSo.\n```\n"
    )
    book = build(project, "wort1 wort2 wort3", notes)
    page = next(word.page for word in book.words if word.string == "so1.")
    told = [word for word in book.words if word.page == page and word.string in ("so1.", "so2.", "See")]
    by_line = {(word.page, round(word.bottom)) for word in told}
    assert [word.string for word in told] == ["so1.", "See", "so2.", "See"]
    assert len(by_line) == 2


def test_named_destinations(book: Print) -> None:
    """``…pdf#C1`` is a note, ``#C1-t`` its lemma, ``#C-p2`` a paragraph, ``#C-l5`` a line."""
    pdf = book.opened()
    names = {str(name): place for name, place in _pairs(pdf.Root.Names.Dests.Names)}
    assert {"C", "C1", "C1-t", "C-p2", "C-l5"} <= set(names)
    numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
    assert numbers[names["C1-t"][0].objgen] == book.places["C1"]["sheet"]
    annotations = [each for page in pdf.pages for each in page.obj.get("/Annots", ())]
    named = [each.Dest for each in annotations if "/Dest" in each and _is_name(each.Dest)]
    led_to = {str(name) for name in named}
    assert "n-C1" in led_to
    assert led_to <= set(names)


def _is_name(destination: Any) -> bool:
    import pikepdf

    return isinstance(destination, pikepdf.String)


def _pairs(array: Any) -> list[tuple[Any, Any]]:
    return list(zip(list(array)[::2], list(array)[1::2], strict=True))


#: Pages in reStructuredText, too.


def build(project: Project, text: str, notes: str = "") -> Print:
    """A project with one more text."""
    project.add_page("more", f"# More\n\n```{{ed:text}} more.txt\n:siglum: X\n```\n\n{notes}", text.encode())
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    return read_print(project.out, project.folder / "_doctrees")


def test_a_word_wider_than_a_page_stays_on_it(project: Project) -> None:
    """Broken at the margin, all of it."""
    book = build(project, f"See {'WQACGTWQ' * 40} end.\n")
    told = "".join(word.string for word in book.words if not set(word.string) - set("WQACGT"))
    assert told == "WQACGTWQ" * 40
    pdf = book.opened()
    assert max(word.right for word in book.words) < float(pdf.pages[0].mediabox[2]) - 20


def test_every_word_stands_where_the_pass_before_found_it(book: Print, tmp_path: Path) -> None:
    """What the pass for print adds (heads, numbers, what is drawn at the foot) moves no word by a tenth of a point."""
    done = compile_source(book.out / "main.typ", [], Stage("pages", ASK, pdf=True))
    path = tmp_path / "pages.pdf"
    path.write_bytes(done.pdf)

    def placed(words: list[poppler.Word]) -> dict[tuple[str, int], list[tuple[float, float]]]:
        found: dict[tuple[str, int], list[tuple[float, float]]] = {}
        for word in words:
            # The last pass has the dash of a range read without the word joiner that stands with it.
            string = word.string.replace("\u2012\u2060", "\u2013")
            found.setdefault((string, word.page), []).append((word.left, word.top))
        return found

    before, after = placed(poppler.words(path)), placed(book.words)
    assert sum(map(len, before.values())) > 2000
    moved = [
        (word, left, top)
        for word, places in before.items()
        for left, top in places
        if not any(abs(left - x) < 0.1 and abs(top - y) < 0.1 for x, y in after.get(word, ()))
    ]
    assert moved == []
    lines = json.loads((book.out / "settled.json").read_text("utf-8"))["found"]["lines"]
    assert [(text, number, page, round(y, 1)) for text, number, page, y in done.found["lines"]] == [
        (text, number, page, round(y, 1)) for text, number, page, y in lines
    ]


def test_a_first_line_is_as_long_as_its_indent_lets_it_be(project: Project) -> None:
    """Wide letters: a line that has no room is set smaller, and not turned over."""
    words = " ".join(["nomon"] * 60)
    page = "# Wide\n\n```{ed:text} wide.txt\n:siglum: W\n```\n\n```{ed:note} W1\n:lemma: BEGIN\n\nSo.\n```\n"
    project.add_page("wide", page, f"BEGIN\n\n{words}\n\n{words}\n".encode())
    assert project.build("-W", builder="typstpdf").status == 0
    book = read_print(project.out, project.folder / "_doctrees")
    starts = json.loads((book.out / "places.json").read_text("utf-8"))["lines"]["W"]
    text = [word for word in book.words if word.string == "nomon"]
    assert len(starts) > 8
    # The first line is another word.
    assert len({(word.page, round(word.top)) for word in text}) == len(starts) - 1


@pytest.mark.parametrize("structure", ["", ":structure: verse\n"])
def test_the_number_of_a_line_that_is_turned_over_stands_where_it_begins(project: Project, structure: str) -> None:
    """Of a line by rule that is far too wide, and of a verse that is."""
    end = "\n" if structure else " "
    row = " ".join(["WWWWWWWWWWWW"] * 4)
    words = end.join(f"B{number}QQQQQQQ {row}" for number in range(1, 7))
    project.add_page("wide", f"# Wide\n\n```{{ed:text}} wide.txt\n:siglum: W\n{structure}```\n", f"{words}\n".encode())
    assert project.build("-W", builder="typstpdf").status == 0
    words = read_print(project.out, project.folder / "_doctrees").words
    begins = {word.string[:2]: word for word in words if word.string.endswith("QQQQQQQ")}
    assert len({(word.page, word.top) for word in words if word.string == "WWWWWWWWWWWW"}) > 8
    beside = [("5", "B5")] if structure else [("5", "B5"), ("¶", "B1")]
    for number, name in beside:
        near = [w for w in words if w.string == number and w.page == begins[name].page]
        assert any(abs(word.bottom - begins[name].bottom) < 6 for word in near)


def test_a_page_before_the_first_chapter_is_headed_by_the_book(project: Project) -> None:
    """What the root page says stands before it; on narrow paper the sums of the texts stay on the page, too."""
    conf = "\napparatus_pdf_paper = (100, 150)\n"
    project.write("conf.py", project.read("conf.py") + conf)
    project.replace("index.md", "# Fragments\n", "# Fragments\n\nSome words.\n")
    assert project.build("-W", builder="typstpdf").status == 0
    book = read_print(project.out, project.folder / "_doctrees")
    page = next(word.page for word in book.words if word.string == "Some")
    first = " ".join(word.string for word in book.words if word.page == page).casefold()
    assert first.startswith("fragments")
    assert max(word.right for word in book.words) < size(book.pdf)[0] - 10


def test_the_rule_of_the_foot_is_below_a_footnote(project: Project) -> None:
    """That of a heading comes first; the entries, and the rule above them, have room of their own."""
    project.replace("moon.md", "# The Moon\n", "# The Moon[^1]\n\n[^1]: Of gypsy joy and jugglery.\n")
    assert project.build("-W", builder="typstpdf").status == 0
    book = read_print(project.out, project.folder / "_doctrees")
    note = next(word for word in book.words if word.string == "jugglery.")
    entry = next(word for word in book.words if word.page == note.page and word.string == "M1" and word.top > note.top)
    assert entry.top - note.bottom > 5
