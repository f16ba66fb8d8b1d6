"""Words, footnotes, headings and raw Typst in print, on small projects."""

from __future__ import annotations

import re

import pytest

import poppler
from apparatus_in_print import read_print
from drawings_of import DOT
from projects import BOTH, Project

pytestmark = pytest.mark.pdf


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
    project.write("dot.png", DOT)
    conf = "\napparatus_pdf_offprints = True\napparatus_pdf_reading = True\n"
    project.write("conf.py", project.read("conf.py") + conf)
    page = f"# {title}\n\n```{{ed:text}} more.txt\n:siglum: X\n```\n\n## {title}\n\nWords below.\n\n[^1]: So.\n"
    project.add_page("more", page, b"One two.\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    told = re.findall(r"more\.md:(\d+): WARNING: a heading has no words", result.messages)
    assert told == ["1", "7"]
    assert "below." in [word.string for word in poppler.words(project.out / "fragments.pdf")]
