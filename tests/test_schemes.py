"""References as a discipline has them: as addresses, in citations, in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from once import built
from poppler import words as printed_words
from projects import Project
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.scheme import find, label, renumbered, units
from sphinx_apparatus.model.structure import Milestone, Structure, number_verses, paragraph_spans


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory, "schemes")


def test_verses_are_numbered_anew_in_each_scene(site: Project) -> None:
    rows = site.page("hamlet").find_class("ed-verse")
    assert [row.find_class("ed-pn")[0].get("data-c") for row in rows] == [
        "1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.5", "1.2.1", "1.2.2",
    ]  # fmt: skip


def test_a_reference_leads_to_its_verse_or_to_the_beginning_of_its_page(site: Project) -> None:
    links = {link.text_content(): link.get("href") for link in site.page("hamlet").xpath("//div[@id='Ham1']//a")}
    assert (links["Ham 1.1.2"], links["Ham. 1.2.1"]) == ("#Ham-p5", "#Ham-p14")
    links = {link.text_content(): link.get("href") for link in site.page("prose").xpath("//div[@id='N1']//a")}
    assert (links["N p. 13"], links["N p. 12"]) == ("#N-page-13", "#N-page-12")


def test_it_is_an_address(site: Project) -> None:
    assert site.page("hamlet").get_element_by_id("Ham-1.2.2").getparent().get("id") == "Ham-p15"


def test_citations_say_it(site: Project) -> None:
    assert "(Ham 1.2.2)" in site.read("_build/corrections/Ham1.html")
    assert "(N p. 13)" in site.read("_build/corrections/N1.bib")
    assert "(Ham 1.1.2)" in site.read("_build/passages/Ham-p5.html")


@pytest.mark.pdf
def test_the_book_says_it_in_its_heads_and_margins(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "schemes")
    project.write("texts/hamlet.txt", project.read("texts/hamlet.txt") + "More of it.\n" * 60)
    sums = project.read("texts/SHA256SUMS").splitlines()
    project.write("texts/SHA256SUMS", "\n".join(line for line in sums if "hamlet" not in line) + "\n")
    project.add_text("hamlet.txt", project.read("texts/hamlet.txt").encode())
    assert project.build(builder="typstpdf").status == 0
    words = [word.string.replace("\u00a0", " ") for word in printed_words(next(project.out.glob("*.pdf")))]
    said = " ".join(words)
    assert "Ham 1.2." in said
    assert "| 13" in said


def test_a_milestone_at_the_first_words_of_a_verse_has_all_of_it(tmp_path: Path) -> None:
    """Indentation, and the name of who speaks, stand before them."""
    project = Project.at(tmp_path / "project", "schemes")
    page = (
        "# Two\n\n```{ed:text} two.txt\n:siglum: T\n:structure: drama\n:speakers: A.\n:reference: '{book}.{verse}'\n"
        ":numbering: book\n:pages: book\n```\n\n```{ed:milestones} T\nbook 1: one\nbook 2: two\nbook 3: four\n```\n"
    )
    project.add_text("two.txt", b"\xef\xbb\xbf  one\n  two\nthree\nA. four\n")
    project.write("two.md", page)
    project.replace("index.md", "prose\n", "prose\ntwo\n")
    assert project.build("-W").messages == ""
    numbers = {
        name: [row.find_class("ed-pn")[0].get("data-c") for row in project.page(name).find_class("ed-verse")]
        for name in ("two", "two-p2", "two-p4")
    }
    assert numbers == {"two": ["1.1"], "two-p2": ["2.1", "2.2"], "two-p4": ["3.1"]}


def test_what_has_no_milestone_is_told(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "schemes")
    project.replace("prose.md", "p. {page}", "fol. {folio}")
    result = project.build(builder="dummy")
    assert ":reference: goes by 'folio', of which ed:milestones N has none" in result.messages


PLAY = "A\nb\nc\n\nD\ne\n"
SPANS = paragraph_spans(PLAY, Structure.VERSE)
STONES = (Milestone("book", "1", 0), Milestone("book", "2", PLAY.index("D")), Milestone("page", "12r", 2))
VERSES = renumbered(number_verses(PLAY, SPANS, ()), SPANS, STONES, "book")


def test_labels_and_places_are_the_same_both_ways() -> None:
    said = [label("{book}.{verse}", span.start, n, VERSES, STONES) for n, span in enumerate(SPANS, 1)]
    assert said == ["1.1", "1.2", "1.3", "2.1", "2.2"]
    assert [find("{book}.{verse}", one, PLAY, SPANS, VERSES, STONES) for one in said] == SPANS
    assert label("fol. {page}", 0, 1, VERSES, STONES) == ""
    assert label("fol. {page}", 3, 2, VERSES, STONES) == "fol. 12r"


@pytest.mark.parametrize(
    ("words", "said"), [("3.1", "there is no book 3"), ("1.9", "there is no verse 9"), ("2.3", "there is no verse 3")]
)
def test_what_is_not_there_is_told(words: str, said: str) -> None:
    with pytest.raises(ModelError, match=said):
        find("{book}.{verse}", words, PLAY, SPANS, VERSES, STONES)


def test_words_of_another_form_are_none_of_the_pattern() -> None:
    assert find("p. {page}", "l. 3", PLAY, SPANS, VERSES, STONES) is None


@pytest.mark.parametrize("pattern", ["p. 12", "{a}.{a}", "{", "¶{paragraph}", "{1}", "{book}{verse}"])
def test_a_pattern_that_is_none_is_told(pattern: str) -> None:
    with pytest.raises(ModelError, match="is a pattern as"):
        units(pattern)


def test_a_reference_by_paragraph_is_of_those_there_are() -> None:
    assert [find("{paragraph}", str(n), PLAY, SPANS, VERSES, STONES) for n in (1, 5)] == [SPANS[0], SPANS[4]]
    assert label("no. {paragraph}", 0, 3, VERSES, STONES) == "no. 3"
    for number in ("0", "6", "x", "²"):
        with pytest.raises(ModelError, match=f"there is no paragraph {number}"):
            find("no. {paragraph}", f"no. {number}", PLAY, SPANS, VERSES, STONES)
