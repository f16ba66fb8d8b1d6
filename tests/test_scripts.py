"""Texts in many scripts: each built to HTML, PDF and TEI, with its very characters."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from collections.abc import Collection, Sequence
from pathlib import Path

import pytest
from lxml import etree

from once import built
from poppler import words as printed_words
from projects import ROOTS, Project
from requires import lacking, program
from sphinx_apparatus.model.direction import turning
from sphinx_apparatus.model.lines import divide
from sphinx_apparatus.model.structure import Structure
from sphinx_apparatus.model.text import Text, find_paragraphs
from sphinx_apparatus.outputs.print.glyphs import Ask, Glyphs, advice, survey, together
from sphinx_apparatus.outputs.print.texts import line_strings
from tei_reading import division, taken_away

NAMES = sorted(path.stem for path in (ROOTS / "scripts" / "texts").glob("*.txt"))

#: Families of fonts that have what Libertinus Serif has not, and the Debian packages that have them.
FAMILIES = (
    "Noto Serif", "Noto Naskh Arabic", "Noto Sans Syriac", "Noto Serif Hebrew", "Noto Serif Devanagari",
    "Noto Serif Thai", "Noto Serif Tibetan", "Noto Sans Gothic", "Noto Serif CJK JP", "Junicode Two Beta",
    "Noto Sans Math",
)  # fmt: skip
PACKAGES = "fonts-noto-core, fonts-noto-cjk and fonts-junicode (Debian)"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory, "scripts")


def characters(name: str) -> str:
    return (ROOTS / "scripts" / "texts" / f"{name}.txt").read_bytes().decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_the_very_characters_of_its_text(site: Project, name: str) -> None:
    assert site.verbatim(name) == characters(name)


#: What is marked as changed: whole clusters, and no more than differs.
CHANGED = [
    ("thai", ["น้ำ"]), ("tibetan", ["ཧཱུྃ"]), ("japanese", ["猫"]), ("slavonic", ["б\u0483а"]),
    ("astral", ["𐌸𐌿"]), ("emoji", ["👩🏽\u200d🔬", "cafe\u0301"]), ("persian", ["مشکل\u200cها"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "words"), CHANGED, ids=[name for name, _ in CHANGED])
def test_an_edit_is_of_whole_clusters(site: Project, name: str, words: list[str]) -> None:
    marked = [mark.text_content() for mark in site.page(name).xpath("//p//span[starts-with(@class, 'o ')]")]
    assert marked == words


@pytest.mark.parametrize("name", ["persian", "syriac"])
def test_what_runs_from_right_to_left_says_so(site: Project, name: str) -> None:
    whole = site.page(name)
    assert whole.xpath("//div[starts-with(@class, 'ed-text')]/@dir") == ["rtl"]
    assert {place.get("dir") for place in whole.find_class("lem")} == {"rtl"}


def test_tei_has_every_character(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "scripts")
    assert project.build("-W", "--keep-going", builder="tei").status == 0
    found = {}
    for path in project.out.glob("?.xml"):
        name = next(one.text for one in etree.parse(path).iter("{*}title") if one.get("type") == "file")
        found[str(name).removesuffix(".txt")] = taken_away(division(path.read_bytes()))
    assert found == {name: characters(name) for name in NAMES}


def fonts(folder: Path) -> Path:
    """A folder with the fonts of the families, as the machine has them."""
    folder.mkdir()
    for family in FAMILIES:
        listed = subprocess.run(
            [program("fc-list"), f"{family}:style=Regular", "file"], capture_output=True, text=True, check=True
        ).stdout.split(":")
        files = [Path(line.strip()) for line in listed if line.strip()]
        if not files:
            lacking(PACKAGES)
        shutil.copy(min(files, key=lambda path: len(path.name)), folder)
    return folder


@pytest.mark.pdf
def test_the_book_has_every_script_with_fonts_that_have_it(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "scripts")
    fonts(project.folder / "fonts")
    project.replace("index.md", "emoji\n", "")
    project.write("conf.py", project.read("conf.py") + (
        f'apparatus_pdf_fonts = ["fonts"]\napparatus_pdf_families = {FAMILIES!r}\n'
        'apparatus_pdf_standard = ["a-3u", "ua-1"]\n'
    ))  # fmt: skip
    result = project.build(builder="typstpdf")
    assert "no font has" not in result.messages
    assert "U+" not in result.messages
    said = "".join(word.string for word in printed_words(next(project.out.glob("*.pdf"))))
    printed = unicodedata.normalize("NFKC", re.sub(r"[\u200b-\u200f\u202a-\u202e\u2066-\u2069\s]", "", said))
    for words in ("吾輩《わがはい》は猫である。", "Искони", "𐌰𐍄𐍄𐌰", "⁊", "ในน้ำมีปลา"):
        assert unicodedata.normalize("NFKC", words) in printed


@pytest.mark.pdf
def test_a_letter_of_another_cut_is_not_lost(tmp_path: Path) -> None:
    """The bold cut of the book's face has no titlo: the words that need it are upright; no code point is printed."""
    project = Project.at(tmp_path / "project", "scripts")
    project.write("index.md", "# Scripts\n\n```{toctree}\nslavonic\n```\n")
    for name in NAMES:
        if name != "slavonic":
            (project.folder / f"{name}.md").unlink()
    project.add_text("slavonic2.txt", characters("slavonic").replace("ꙇ", "и").encode())
    project.replace("slavonic.md", "slavonic.txt", "slavonic2.txt")
    result = project.build("-W", builder="typstpdf")
    assert (result.status, result.messages) == (0, "")
    assert "U+0431" not in " ".join(word.string for word in printed_words(next(project.out.glob("*.pdf"))))


def test_fonts_are_named_with_the_place_that_has_them() -> None:
    assert advice("א\u05b8") == "Noto Serif Hebrew (fonts.google.com/noto)"
    assert advice("猫あ") == "Noto Serif CJK (github.com/notofonts/noto-cjk)"
    assert advice("\uf1ac") == "Junicode (github.com/psb1558/Junicode-font)"
    assert advice("😀") == "Noto Emoji (fonts.google.com/noto)"


def test_what_is_set_upright_is_the_cluster_and_not_its_letter() -> None:
    assert together(["б\u0483а б"], "б\u0483") == {"б\u0483"}
    assert together(["abc"], "ſ") == {"ſ"}


def test_a_bracket_behind_words_of_the_other_direction_keeps_its_place() -> None:
    assert [turning("מן"), turning("man"), turning("man", "rtl"), turning("מן", "rtl")] == ["\u200e", "", "\u200f", ""]


def test_the_line_ends_of_a_wrapped_copy_end_no_line() -> None:
    string = "one\r\ntwo three\nfour five six\r\n"
    lines = divide(string, find_paragraphs(string, Structure.PARAGRAPH), measure=14)
    text = Text("A", "a.txt", "", string, Structure.PARAGRAPH)
    assert line_strings(text, lines, text.paragraphs[0]) == ["one two three", "four five six"]


def test_a_mark_that_no_font_shows_alone_is_asked_for_on_its_letter() -> None:
    def ask(families: Sequence[str], characters: Collection[str]) -> dict[str, frozenset[str]]:
        lone = frozenset(c for c in characters if c == "\u05b8")
        return dict.fromkeys(families, lone)

    assert survey(["א\u05b8"], ["Libertinus Serif", "Noto Serif Hebrew"], ask) == Glyphs()


def fonts_with(**has: str) -> Ask:
    """Fonts, and the characters that each of them has; of a cluster each is told, and of any font the first tells."""
    first = next(iter(has))

    def ask(families: Sequence[str], characters: Collection[str]) -> dict[str, frozenset[str]]:
        told = set("".join(characters))
        return {name or first: frozenset(c for c in told if c not in has.get(name or first, "")) for name in families}

    return ask


@pytest.mark.parametrize("second", ["", "א"])
def test_each_family_is_asked_for_what_the_first_has_not(second: str) -> None:
    """And what none of them has is stood in for."""
    assert survey(["אb"], ["First", "Second"], fonts_with(First="b", Second=second)).missing == set("א") - set(second)


def test_a_letter_and_its_mark_are_set_in_the_first_family_that_has_both() -> None:
    fonts = fonts_with(First="bא", Second="\u05b8", Third="א\u05b8", Fourth="א\u05b8")
    found = survey(["b א\u05b8ב א"], ["First", "Second", "Third", "Fourth"], fonts)
    assert found.joined == (("א\u05b8ב", "Third"),), "in a script that joins, the word"
    assert found.missing == {"ב"}
    assert survey(["א\u05b8"], ["First", "Second"], fonts) == Glyphs(frozenset("\u05b8"))
