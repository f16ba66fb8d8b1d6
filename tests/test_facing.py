"""A translation beside its text: side by side on the page, on facing pages in print."""

from __future__ import annotations

from pathlib import Path

import pytest

from once import built
from poppler import words as printed_words
from projects import Project
from sphinx_apparatus.model.alignment import Band, align, edges, parse_aligned
from sphinx_apparatus.model.lines import divide
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.text import find_paragraphs
from sphinx_apparatus.outputs.print.facing import Page, Side, openings


@pytest.fixture(scope="module")
def facing(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory, "facing")


@pytest.mark.parametrize("name", ["iliad", "genesis"])
def test_both_stand_in_one_edition_each_with_its_very_characters(facing: Project, name: str) -> None:
    (edition,) = facing.page(name).xpath("//div[@class='edition']")
    assert len(edition.find_class("ed-ctl")) == 1
    one, other = edition.xpath("./div[starts-with(@class, 'ed-facing')]/div[starts-with(@class, 'ed-text')]")
    for text, file in ((one, name), (other, {"iliad": "butler", "genesis": "authorised"}[name])):
        for editorial in text.xpath(".//*[@data-editorial]"):
            editorial.drop_tree()
        assert text.text_content() == (facing.folder / "texts" / f"{file}.txt").read_text("utf-8")


def test_passages_stand_in_the_same_row_whatever_their_paragraphs_are(facing: Project) -> None:
    texts = facing.page("iliad").xpath("//div[starts-with(@class, 'ed-text')]")
    rows = [
        [(band.get("class"), [row.get("id") for row in band.xpath("./*[starts-with(@class, 'ed-row')]")])
         for band in text.xpath("./div[starts-with(@class, 'ed-band')]")]
        for text in texts
    ]  # fmt: skip
    assert rows == [
        [("ed-band r1", [f"I-p{n}" for n in range(1, 8)]), ("ed-band r3", ["I-p8"])],
        [("ed-band r1", ["B-p1"]), ("ed-band r3", ["B-p2"])],
    ]


def test_each_has_its_own_apparatus(facing: Project) -> None:
    one, other = facing.page("iliad").xpath("//div[starts-with(@class, 'ed-text')]")
    assert [card.get("id") for card in one.find_class("ed-card")] == ["I1", "I2"]
    assert [card.get("id") for card in other.find_class("ed-card")] == ["B2", "B1"]


def test_each_keeps_its_direction(facing: Project) -> None:
    ways = [text.get("dir") for text in facing.page("genesis").xpath("//div[starts-with(@class, 'ed-text')]")]
    assert ways == ["rtl", "ltr"]


@pytest.mark.pdf
def test_in_print_a_text_is_on_the_left_page_and_its_translation_on_the_right(facing: Project, tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "facing")
    project.replace("index.md", "genesis\n", "")  # no font of the book has its points
    result = project.build(builder="typstpdf")
    assert result.status == 0
    pages = {word.string: word.page for word in reversed(printed_words(next(project.out.glob("*.pdf"))))}
    assert pages["μῆνιν"] % 2 == 0
    assert pages["Peleus,"] == pages["quarrel?"] == pages["μῆνιν"] + 1
    assert pages["birds"] == pages["Peleus,"]  # its apparatus at its own foot
    assert pages["δαῖτα"] == pages["μῆνιν"]


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "tei", "singlehtml"])
def test_every_other_output_has_both(tmp_path: Path, builder: str) -> None:
    project = Project.at(tmp_path / "project", "facing")
    # (Of Greek pdflatex has no font, and that is told.)
    engine = ("-D", "latex_engine=lualatex") if builder == "latex" else ()
    assert project.build("-W", *engine, builder=builder).status == 0
    if builder in ("text", "latex"):
        said = "".join(path.read_text("utf-8") for path in project.out.rglob("*.t*x*"))
        assert "μῆνιν ἄειδε" in said
        assert "Sing, O goddess" in said


# -- what stands beside what -------------------------------------------------------------------


def test_without_a_word_paragraph_stands_by_paragraph() -> None:
    assert align(2, 2, ()) == (Band(range(1, 2), range(1, 2)), Band(range(2, 3), range(2, 3)))


def test_a_side_may_have_nothing() -> None:
    assert [str(band) for band in align(8, 3, parse_aligned("¶1–7 = 1; - = 2; 8 = 3"))] == ["1-7 = 1", "- = 2", "8 = 3"]


def test_a_passage_begins_and_ends_with_paragraphs_of_its_side() -> None:
    bands = align(8, 3, parse_aligned("¶1–7 = 1; - = 2; 8 = 3"))
    assert [list(edges(bands, side)) for side in (0, 1)] == [[(1, 1, 7), (3, 8, 8)], [(1, 1, 1), (2, 2, 2), (3, 3, 3)]]


@pytest.mark.parametrize(
    ("count", "own", "option", "said"),
    [
        (7, 1, "", "the text has 7 paragraphs and its translation 1; say in :aligned:"),
        (7, 1, "1-6 = 1", "of the text, which has ¶1 to ¶7, ¶7 has no place"),
        (7, 1, "1-8 = 1", "of the text, which has ¶1 to ¶7, there is no ¶8"),
        (7, 2, "1-3 = 1; 5-7 = 2", "'5-7 = 2': of the text, ¶4 comes next"),
        (2, 2, "1 = 1; 2 = 1", "'2 = 1': of the translation, ¶2 comes next"),
        (2, 2, "1 ~ 1", "'1 ~ 1' is not of the form '1-7 = 1'"),
        (2, 2, "- = -", "sets nothing beside nothing"),
        (2, 2, "2-1 = 1", "¶2–1 is no run of paragraphs"),
        (2, 2, "0 = 1", "¶0–0 is no run of paragraphs"),
    ],
)
def test_a_paragraph_that_would_stand_nowhere_is_told(count: int, own: int, option: str, said: str) -> None:
    with pytest.raises(ModelError) as told:
        align(count, own, parse_aligned(option))
    assert said in str(told.value)


def test_openings_have_what_fits_and_a_passage_too_long_for_a_page_goes_on() -> None:
    page = Page(high=200.0, wide=300.0, size=10.0, skip=14.0, foot_size=8.0, foot_skip=10.0, spare=10.0)

    def side(string: str) -> Side:
        paragraphs = find_paragraphs(string)
        lines = divide(string, tuple(paragraphs))
        strings = {n: string[slice(*lines.span(n))] for n in range(1, len(lines) + 1)}
        return Side(strings, lines, {}, (), page)

    short, long = "word " * 60, "word " * 200  # 5 and 17 lines
    string = f"{short}\n{short}\n{short}\n{long}\n{short}\n"
    text = side(string)
    found = openings(align(5, 5, ()), text, text, page)
    assert all(left == right for left, right in found)
    assert [[run.paragraph for run in left] for left, _ in found] == [[1, 2], [3], [4], [4], [5]]
    lines = [number for left, _ in found for run in left for number in range(run.first, run.last + 1)]
    assert lines == list(range(1, len(text.lines) + 1))
