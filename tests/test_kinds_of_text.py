"""Editions of each kind of text: verse, wrapped prose, drama, right to left, Chinese."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from poppler import words as printed_words
from projects import Project


@pytest.mark.parametrize(
    "name", ["verse", "prose", "drama", "hebrew", "arabic", "chinese", "sanskrit", "greek", "catullus"]
)
def test_a_page_has_the_very_characters_of_its_text(kinds: Project, name: str) -> None:
    assert kinds.verbatim(name) == (kinds.folder / "texts" / f"{name}.txt").read_bytes().decode()


def test_verse_has_numbers_stanzas_and_indentation(kinds: Project) -> None:
    rows = kinds.page("verse").xpath("//*[contains(@class, 'ed-row')]")
    assert [row.xpath("./a[@class='ed-pn']")[0].get("data-n") for row in rows] == ["", *"12345678"]
    assert [("ed-opens" in row.get("class"), "ed-fifth" in row.get("class")) for row in rows][1:7] == [
        (True, False), (False, False), (False, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert rows[4].xpath("./p")[0].text_content().startswith("  Could frame")


def test_a_verse_a_page_and_a_passage_are_addresses(kinds: Project) -> None:
    (reference,) = kinds.page("verse").xpath("//div[@id='B1']//a[contains(., 'B l.')]")
    assert reference.get("href").endswith("#B-p6")
    (reference,) = kinds.page("prose").xpath("//div[@id='N1']//a[contains(., 'N page')]")
    assert reference.get("href").endswith("#N-page-2")
    assert kinds.page("prose").get_element_by_id("N-page-2").get("aria-label") == "page 2"


def test_lines_that_a_copy_broke_are_one_paragraph(kinds: Project) -> None:
    assert len(kinds.page("prose").xpath("//*[contains(@class, 'ed-row')]")) == 2
    (lemma,) = kinds.page("prose").xpath("//div[@id='N1']/p[@class='ed-lm']/q")
    (middle,) = lemma.xpath("span/@data-m")
    assert f"{lemma.text}{middle}{lemma[0].tail}" == "a brisk conversational discussion"


def test_drama_tells_speakers_and_directions_from_lines(kinds: Project) -> None:
    roles = re.findall(r"ed-row s1 ed-(\w+)", kinds.read("_build/drama.html"))
    assert roles[:5] == ["heading", "direction", "speaker", "verse", "speaker"]


@pytest.mark.parametrize(
    ("name", "siglum", "way"), [("hebrew", "G", "rtl"), ("arabic", "Q", "rtl"), ("verse", "B", "ltr")]
)
def test_words_of_a_text_keep_their_direction_wherever_they_are_shown(
    kinds: Project, name: str, siglum: str, way: str
) -> None:
    whole = kinds.page(name)
    assert whole.get_element_by_id(siglum).get("dir") == way
    if way == "rtl":
        assert {aside.get("dir") for aside in whole.xpath("//aside[contains(@class, 'ed-ap')]")} == {"ltr"}
        for place in whole.xpath("//*[@class='lem' or ../@class='ed-lm' and name()='q']"):
            assert place.get("dir") == "rtl"
        (word,) = whole.xpath(f"//div[@id='{siglum}1']//span[starts-with(@lang, 'und-')]")
        assert word.get("dir") == "rtl"
    own = kinds.page(f"corrections/{siglum}1")
    assert own.xpath("//blockquote")[0].get("dir") == way
    if way == "rtl":
        assert own.xpath("//h1//span[@class='lem']")[0].get("dir") == "rtl"
        assert "\u2068" in own.xpath("//title")[0].text
    assert kinds.page(f"passages/{siglum}-p1").xpath("//blockquote")[0].get("dir") == way


@pytest.mark.parametrize("page", ["arabic", "corrections/Q1", "passages/Q-p2"])
def test_between_lemma_and_reading_is_one_bracket(kinds: Project, page: str) -> None:
    """That of the page, or that of the style sheet, which draws one before what is of class ``br``."""
    whole = kinds.page(page)
    assert [sign.text_content() for sign in whole.find_class("br") if "]" in sign.text_content()] == []
    drawn = [
        lemma
        for lemma in whole.find_class("lem")
        if (after := lemma.getnext()) is not None and after.get("class") == "br"
    ]
    written = [lemma for lemma in whole.find_class("lem") if (lemma.tail or "").startswith("]")]
    assert drawn + written != []


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_text_in_utf_16_without_a_mark_is_told(tmp_path: Path, encoding: str) -> None:
    project = Project.at(tmp_path / "project")
    project.add_page("letter", "# Letter\n\n```{ed:text} letter.txt\n:siglum: L\n```\n", "A letter.\n".encode(encoding))
    said = project.build().messages
    assert "letter.md:3: WARNING: ed:text letter.txt: every second character of letter.txt is NUL" in said


def test_of_five_characters_one_is_marked_and_its_neighbour_may_be_another_s(kinds: Project) -> None:
    old = kinds.page("chinese").xpath("//span[starts-with(@class, 'o ')]")
    assert [mark.text_content() for mark in old] == ["朋", "來"]


@pytest.mark.pdf
def test_the_book_has_verses_by_their_numbers_and_variants_at_its_foot(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "kinds")
    project.replace("index.md", "chinese\n", "")  # no font of the book has its characters
    result = project.build(builder="typstpdf")
    assert result.status == 0
    words = " ".join(word.string for word in printed_words(next(project.out.glob("*.pdf"))))
    assert "2–3 the night; What immortal] the night, What immortal" in words
    assert "2 arida] arido V : arrida R C1" in words
    assert "Morrow] morrow N2" in words
