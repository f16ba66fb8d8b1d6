"""What the eye of a printer looks for on a page, on small projects at two papers."""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
from base64 import b64decode
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

#: A picture of one dot, in Base64.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


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
BOTH = '\nsource_suffix = {".md": "markdown", ".rst": "restructuredtext"}\n'


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


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("ar", "مرحبا بالعالم، هذه رسالة من عام"),
        ("he", "שָׁלוֹם עוֹלָם"),
        ("el", "ἐν ἀρχῇ ἦν ὁ λόγος"),
    ],
)
def test_words_are_set_whole(project: Project, lang: str, text: str) -> None:
    """Each line is one string of the source: nothing parts letters that join, nor a mark from its letter."""
    project.add_page("more", f"# More\n\n```{{ed:text}} more.txt\n:siglum: X\n:lang: {lang}\n```\n", text.encode())
    assert project.build(builder="typst").status == 0
    assert f'"{text}",' in project.read("_build/main.typ")


def test_what_no_font_has_is_told_once_wherever_it_stands(project: Project) -> None:
    """In title, author and imprint, in heads, in the text: something stands in for it, and the PDF is made."""
    project.add_page("more", "# More 강\n\n```{ed:text} more.txt\n:siglum: X\n```\n", "One 정 two.\n".encode())
    extra = 'author = "김"\napparatus_title = "Moon 일: of"\napparatus_pdf_imprint = ["한"]\n'
    project.write("conf.py", project.read("conf.py") + extra)
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    told = [line for line in result.messages.splitlines() if "no font has" in line]
    assert len(told) == 1
    for character in "강정김일한":
        assert f"U+{ord(character):04X}" in told[0]


@pytest.mark.parametrize(
    ("standard", "stands_in"), [(None, True), (["a-3u", "ua-1"], False), ("a-2u", False), ("", False)]
)
def test_private_use_and_standards(project: Project, standard: object, stands_in: bool) -> None:
    """A character for private use is stood in for only where the standard wants each one's meaning."""
    if standard is not None:
        project.write("conf.py", project.read("conf.py") + f"\napparatus_pdf_standard = {standard!r}\n")
    project.add_page("more", "# More\n\n```{ed:text} more.txt\n:siglum: X\n```\n", "One \ue5b8 two.\n".encode())
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    assert ("apparatus_pdf_standard" in result.messages) == stands_in


def test_footnotes_of_headings_are_printed_once(project: Project) -> None:
    """Neither contents nor bookmarks repeat them, and a second call of one is its number."""
    project.add_page(
        "noted", "# Noted[^a]\n\nAgain[^a].\n\n## Below[^b]\n\nWords.\n\n[^a]: Alpha note.\n[^b]: Beta note.\n"
    )
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    book = read_print(project.out, project.folder / "_doctrees")
    words = [word.string for word in book.words]
    assert (words.count("Alpha"), words.count("Beta")) == (1, 1)
    with book.opened().open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert "Noted" in titles


def test_a_footnote_is_called_again_on_the_page_of_a_text(project: Project) -> None:
    """Its first call is on the page before; it has a list, code and a table, none of which is lost."""
    project.add_page(
        "more",
        "# More[^a]\n\n## Below\n\nAgain[^a].\n\n```{ed:text} more.txt\n:siglum: X\n```\n\n"
        "[^a]: Alpha note.\n\n    - Beta\n\n    ```\n    gamma\n    ```\n\n    | delta |\n    |-|\n    | 1 |\n",
        b"One two.\n",
    )
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    words = [word.string for word in read_print(project.out, project.folder / "_doctrees").words]
    assert [words.count(word) for word in ("Alpha", "Beta", "gamma", "delta")] == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("raw", "said"), [("#let x = [", "unclosed delimiter"), ("#nothing(3)", "unknown variable: nothing")]
)
def test_what_typst_refuses_of_an_editor_is_told_with_its_place(project: Project, raw: str, said: str) -> None:
    """Whether above a text, where it is measured first, or elsewhere."""
    project.add_page("more", f"# More\n\nWords.\n\n```{{raw}} typst\n#emph[So]\n```\n\n```{{raw}} typst\n{raw}\n```\n")
    result = project.build(builder="typstpdf")
    assert result.status == 2
    assert f"more.md:9: ERROR: Typst: error: {said}" in result.messages


def test_lines_that_are_set_in_are_printed_so(project: Project) -> None:
    """Verse in prose, in blocks within blocks."""
    project.write("conf.py", project.read("conf.py") + BOTH)
    project.write("more.rst", "More\n====\n\n| Alpha\n|   beta\n|     gamma\n| delta\n")
    project.replace("index.md", "moon\n", "moon\nmore\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    found = {w.string: w for w in read_print(project.out, project.folder / "_doctrees").words}
    lefts = [found[word].left for word in ("Alpha", "beta", "gamma", "delta")]
    assert lefts[0] == lefts[3] < lefts[1] - 10 < lefts[2] - 20


def test_what_is_written_beside_words_is_printed_with_them(project: Project) -> None:
    """Labels of citations, what options take, what terms are, titles of listings, which LaTeX labels once."""
    project.write("conf.py", project.read("conf.py") + BOTH)
    page = (
        "More\n====\n\nSee [Ab]_.\n\n.. [Ab] Alpha words.\n\n    More.\n\n"
        "-b FILE  beta\n--long=X  gamma\n\nterm : kind\n   delta\n\n"
        "An :abbr:`MS (manuscript)` and an :abbr:`MS (manuscript)`.\n\n"
        ".. code-block:: python\n   :caption: Listing\n   :name: one\n\n   x = 1\n"
    )
    project.write("more.rst", page)
    project.replace("index.md", "moon\n", "moon\nmore\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    words = " ".join(word.string for word in read_print(project.out, project.folder / "_doctrees").words)
    for said in ("[Ab] Alpha words.", "-b FILE", "--long=X", "term: kind", "MS (manuscript) and an MS.", "Listing x"):
        assert said in words
    assert project.build("-W", builder="latex").status == 0
    source = "".join(path.read_text("utf-8") for path in project.out.glob("*.tex"))
    assert source.count("\\label{\\detokenize{more:one}}") == 1


@pytest.mark.parametrize("title", ["", "&nbsp;", "\u200b", "![A dot](dot.png)", "<!-- nothing -->", "[^1]"])
def test_a_heading_without_words_is_told_with_its_line(project: Project, title: str) -> None:
    """PDF/UA-1 forbids one; the book, an offprint and a reading text are made without it."""
    project.write("dot.png", b64decode(DOT))
    conf = "\napparatus_pdf_offprints = True\napparatus_pdf_reading = True\n"
    project.write("conf.py", project.read("conf.py") + conf)
    page = f"# {title}\n\n```{{ed:text}} more.txt\n:siglum: X\n```\n\n## {title}\n\nWords below.\n\n[^1]: So.\n"
    project.add_page("more", page, b"One two.\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    told = re.findall(r"more\.md:(\d+): WARNING: a heading has no words", result.messages)
    assert told == ["1", "7"]
    assert "below." in [word.string for word in poppler.words(project.out / "fragments.pdf")]


def test_crop_marks_and_their_box(project: Project) -> None:
    """The sheet is larger than the page by 10 mm on each side, and says where it is cut."""
    project.write("conf.py", project.read("conf.py") + '\napparatus_pdf_crop = True\napparatus_pdf_paper = "a5"\n')
    assert project.build("-W", builder="typstpdf").status == 0
    book = read_print(project.out, project.folder / "_doctrees")
    pdf = book.opened()
    page = pdf.pages[0]
    left, low, right, high = (float(edge) for edge in page.obj.TrimBox)
    assert (round((right - left) / 72 * 25.4), round((high - low) / 72 * 25.4)) == (148, 210)
    assert float(page.mediabox[2]) - right == pytest.approx(28.35, abs=0.1)


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('apparatus_pdf_paper = "a99"', "apparatus_pdf_paper is 'a99'; it is one of royal, a4, letter, a5"),
        ('apparatus_pdf_margins = {"left": 3}', "apparatus_pdf_margins has 'left': 3"),
        ("apparatus_pdf_size = 40", "apparatus_pdf_size is 40; it is 7 to 16 points"),
        ('apparatus_pdf_standard = "a-9"', "apparatus_pdf_standard has a-9; the standards are"),
        ("apparatus_pdf_imprint = [3]", "apparatus_pdf_imprint has 3; it lists strings"),
        ("apparatus_pdf_fonts = [None]", "apparatus_pdf_fonts has None; it lists strings"),
        ("apparatus_pdf_volumes = [(1, 2, [3])]", "apparatus_pdf_volumes: entry 1 is (1, 2, [3]). Remedy: a file name"),
    ],
)
def test_a_wrong_setting_is_told(project: Project, setting: str, message: str) -> None:
    """With its file and line."""
    project.write("conf.py", project.read("conf.py") + f"\n{setting}\n")
    messages = project.build(builder="typst").messages
    assert message in messages
    assert "conf.py:" in messages


@pytest.mark.parametrize(
    ("standard", "said"),
    [
        (["1.4", "ua-1"], r"PDF/UA-1 error"),
        (["a-4f", "ua-1"], r"PDF standards error: PDF/A-4f and PDF/UA-1 are mutually incompatible [^\"]+\n"),
    ],
)
def test_standards_that_no_file_can_keep_are_told(project: Project, standard: list[str], said: str) -> None:
    """With the line that asks for them."""
    project.write("conf.py", project.read("conf.py") + f"\napparatus_pdf_standard = {standard!r}\n")
    result = project.build(builder="typstpdf")
    assert result.status == 2
    assert re.search(rf"conf\.py:\d+: ERROR: Typst: error: {said}", result.messages)
    assert "Traceback" not in result.messages


def test_latex_accepts_the_notes(project: Project) -> None:
    """pdfLaTeX sets what the ``latex`` builder writes without an error, and every link has an end."""
    plain = 'latex_elements = {"fontpkg": "", "babel": ""}\n'
    # What no font of pdfLaTeX has, a citation within a caption, and what means something to TeX.
    project.write("dot.png", b64decode(DOT))
    project.write("cut.png", b64decode(DOT)[:40])
    project.write("x.bmp", b"BM" + bytes(70))
    project.add_page(
        "more",
        "# More 100 % & #_{}\n\n한국, 𐌰, 日本, ħ.\n\n![Two lines](x.bmp) ![](cut.png)\n\n"
        "```{figure} dot.png\nOf {cite:p}`campbell1982`[^1]\n```\n\n[^1]: So.\n\n"
        "```{ed:text} more.txt\n:siglum: C\n```\n\n```{ed:note} C1\n:lemma: $5 & _x_ 한\n\nOf 국.\n```\n"
        "\n% 달: a remark\n",
        "100 % of $5 & _x_ 한 #1 {a} ~b ^c \\d\n".encode(),
    )
    project.write("conf.py", project.read("conf.py") + plain)
    result = project.build(builder="latex")
    assert result.status == 0
    for picture in ("x.bmp", "cut.png"):
        assert f"more.md:5: WARNING: TeX cannot read the picture {picture}" in result.messages
    assert "more.md:3: WARNING: pdflatex has no font for U+0127 U+65E5 U+672C U+AD6D U+D55C U+10330;" in result.messages
    main = next(path for path in project.out.glob("*.tex") if "\\documentclass" in path.read_text("utf-8"))
    source = main.read_text("utf-8")
    assert re.search(r"midnight\\sphinxfootnotemark\[\d+\]", source)
    log = pdflatex(project.out, main)
    assert "No font has U+D55C" in log
    words = " ".join(word.string for word in poppler.words(main.with_suffix(".pdf")))
    assert "Two lines" in words
    assert "cut.png" in words


def pdflatex(folder: Path, main: Path) -> str:
    """The log of pdfLaTeX, without an error or a link that ends nowhere."""
    if not shutil.which("pdflatex"):
        pytest.skip("needs pdflatex (Debian: texlive-latex-extra)")  # half a gigabyte: where it is
    for _ in range(2):
        subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", main.name], cwd=folder, capture_output=True, check=False
        )
    log = main.with_suffix(".log").read_text("utf-8", "replace")
    amiss = "has been referenced but does not exist"
    assert [line for line in log.splitlines() if line.startswith("!") or amiss in line] == []
    assert "undefined" not in log
    return log


def test_latex_accepts_what_stands_in_notes_and_headings(project: Project) -> None:
    """Within a footnote TeX has no figures, a heading is repeated in capitals, and a footnote is called by a number."""
    plain = 'latex_elements = {"fontpkg": "", "babel": ""}\n' + BOTH
    project.write("dot.png", b64decode(DOT))
    project.write("conf.py", project.read("conf.py") + plain)
    figure = "```{figure} dot.png\n:alt: A dot\nIts *caption*\n\nIts legend\n```"
    project.add_page(
        "more",
        "# More of {ed:ref}`C1`\n\nSee [the box](#box).\n\n```{container}\n:name: box\n\nBoxed.\n```\n\n"
        "````{ed:text} more.txt\n:siglum: C\n````\n\n"
        f"````{{ed:note}} C1\n:lemma: two\n\nSee[^in]:\n\n{figure}\n````\n\n[^in]: Inner words.\n\n"
        '````{ed:emendation} C2\n:lemma: "three\\n\\nfour"\n:reading: "tri\\n\\nquattuor"\n\nSo.\n````\n',
        b"One \x1b two.\n\nthree\n\nfour\n",
    )
    project.write(
        "signs.rst", "Signs\n=====\n\nA [#]_ and a [*]_ and a [*]_.\n\n.. [#] One.\n.. [*] Two.\n.. [*] Three.\n"
    )
    project.replace("index.md", "moon\n", "moon\nsigns\n")
    result = project.build("-W", builder="latex")
    assert result.status == 0, result.messages
    main = next(path for path in project.out.glob("*.tex") if "\\documentclass" in path.read_text("utf-8"))
    source = main.read_text("utf-8")
    assert "hyperref" not in next(line for line in source.splitlines() if line.startswith("\\chapter{More of"))
    assert "\\begin{figure}" not in source
    assert re.findall(r"\\begin\{footnote\}\[(.+?)\]", source) == ["1", "2", "3"]
    assert "\x1b" not in source
    assert "\\label{\\detokenize{more:box}}" in source
    pdflatex(project.out, main)
    words = [word.string for word in poppler.words(main.with_suffix(".pdf"))]
    assert {"caption", "legend", "Three.", "Inner", "<U+241B>"} <= set(words)


def test_what_pdflatex_prints_is_not_told_as_lost(project: Project) -> None:
    """What nobody sees, what is for another format, and what it prints with the help of babel or of Ghostscript."""
    page = "# Луна\n\nОна. {} ![A line](line.eps)\n\n% λόγος\n\n```{{raw}} html\n<p>λόγος</p>\n```\n"
    project.write("line.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n0 0 moveto 9 9 lineto stroke\n")
    project.add_page("more", page.format(""))
    result = project.build("-D", "language=ru", builder="latex")
    assert "[ed.latex]" not in result.messages
    project.write("more.md", page.format("ħ"))
    result = project.build("-D", "language=ru", builder="latex")
    assert "more.md:3: WARNING: pdflatex has no font for U+0127;" in result.messages


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
