"""Witnesses: the grammar of their readings, what each of them has, and where an edition shows it."""

from __future__ import annotations

import dataclasses
import re
from pathlib import Path

import pytest

from annotating import annotate
from making import edition
from projects import Project
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import Part
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import Layer
from sphinx_apparatus.model.text import find_paragraphs
from sphinx_apparatus.model.witness import (
    Reading,
    Witness,
    doubt,
    having,
    having_lemma,
    parse_readings,
    split_lemma,
    written,
)
from sphinx_apparatus.model.witnessed import Varied, Witnessed, pieces, witnessed


def test_the_grammar_of_an_apparatus() -> None:
    assert split_lemma("arma] arma A : om. D") == ("arma", "arma A : om. D")
    assert parse_readings("arma A B² : om. D : armis coni. Bentley (fort. recte)", "ABD") == (
        Reading("arma", ("A", "B²")),
        Reading("", ("D",), "om."),
        Reading("armis", (), author="coni. Bentley", remark="(fort. recte)"),
    )
    assert parse_readings("armis A (cf. 1 : 2) : arme B", "AB")[0].remark == "(cf. 1 : 2)"
    with pytest.raises(ModelError, match="names no witness; the witnesses are A, B"):
        parse_readings("armis", "AB")


@pytest.mark.parametrize(
    ("apparatus", "lemma", "reading"),
    [
        ("the [old] man] a man A", "the [old] man", Reading("a man", ("A",))),
        ("a[b]c] x A", "a[b]c", Reading("x", ("A",))),
        ("] add. ille A", "", Reading("ille", ("A",), "add.")),
        ("arma] : armis A :", "arma", Reading("armis", ("A",))),
        ("arma] armis A B, coni. Bentley", "arma", Reading("armis", ("A", "B"), author="coni. Bentley")),
        ("arma] A, coni. Bentley", "arma", Reading("", ("A",), author="coni. Bentley")),
        ("o] A coni. Itali", "o", Reading("A", (), author="coni. Itali")),
    ],
)
def test_brackets_of_the_lemma_and_conjectures_that_a_witness_has(apparatus: str, lemma: str, reading: Reading) -> None:
    found, readings = split_lemma(apparatus)
    assert (found, parse_readings(readings, "AB")) == (lemma, (reading,))


@pytest.mark.parametrize(
    ("reading", "said"),
    [
        ("armis A2", "a hand of A: A^2"),
        ("armis Apc", "a hand of A: A^pc"),
        ("del. Bentley", "a conjecture is written: del. coni. Name"),
    ],
)
def test_what_names_no_witness_is_told_with_what_to_write(reading: str, said: str) -> None:
    with pytest.raises(ModelError, match=re.escape(said)):
        parse_readings(reading, "AB")


@pytest.mark.parametrize(
    ("reading", "doubted"),
    [
        ("armis A: arme B", "'A'"),
        ("armis A, arme B", "'A'"),
        ("armis A | arme B", "'A'"),
        ("om. A et B", "'A'"),
        ("armis A (ut vid.) B", "'A'"),
        ("armis et add. A", "'add.'"),
        ("lac. A", "'lac.'"),
        ("om A", "'om'"),
        ("O, armis A", ""),
        ("vitamin B, armis A", ""),
        ("a / b A", ""),
        ("add. et A", ""),
        ("coni. Bentley", ""),
        ("armis coni. O", ""),
        ("armis B coni. A. Smith", ""),
        ("armis coni. Bentley A B", "'B'"),
    ],
)
def test_signs_of_another_apparatus_are_not_taken_for_words(reading: str, doubted: str) -> None:
    (found,) = parse_readings(reading, "ABO")
    assert doubt(found, "arma vitamin B,", "ABO").partition(" ")[0] == doubted


@pytest.mark.parametrize(
    "apparatus", ["arma A B² : om. D : armis coni. Bentley (fort. recte)", "add. et A (cf. 1 : 2)"]
)
def test_readings_are_written_as_they_are_read(apparatus: str) -> None:
    assert written(parse_readings(apparatus, "ABD")) == apparatus


@pytest.mark.parametrize("apparatus", ["", " : "])
def test_a_variant_without_readings_is_told(apparatus: str) -> None:
    with pytest.raises(ModelError, match="a variant needs readings, as: "):
        parse_readings(apparatus, "AB")


def test_who_has_the_lemma_and_what_each_witness_reads() -> None:
    witnesses = {siglum: Witness(siglum, "K", family="β" if siglum in "CD" else "") for siglum in "ABCD"}
    readings = parse_readings("armis A : om. β", [*witnesses, "β"])
    assert having_lemma(readings, witnesses) == ("B",)
    part = {**witnesses, "B": Witness("B", "K", extent="¶8")}
    assert having_lemma(readings, part) == ()
    assert having_lemma(parse_readings("armis A^c : arme B*", "AB"), witnesses) == ("A*", "C", "D")
    found = [having(readings, witness) for witness in witnesses.values()]
    assert [(one.mark, one.words) if one else None for one in found] == [("", "armis"), None, ("om.", ""), ("om.", "")]
    own = parse_readings("armis C : om. β : arme B* : armi B²", [*witnesses, "β"])
    found = [having(own, witnesses[siglum]) for siglum in "BCD"]
    assert [(one.mark, one.words) if one else None for one in found] == [("", "arme"), ("", "armis"), ("om.", "")]


#: A text, its variants as lemma, prefix and readings, and what a witness has.
WITNESSED = [
    ("an omission takes a space along", "one two three", [("two ", "one ", "om. A")], "one three"),
    ("one before a comma", "one two, three", [("two", "one ", "om. A")], "one, three"),
    ("an addition brings a space", "one two three", [("two", "one ", "add. and A")], "one two and three"),
    ("what is put in at a point", "one two", [("", "one ", "and A")], "one and two"),
    ("in a script without spaces", "學而時習之", [("而", "學", "add. 不 A")], "學而不時習之"),
    ("a transposition that says its order", "one two", [("one two", "", "transp. two one A")], "two one"),
    ("one that does not has no place", "one two", [("one two", "", "transp. A")], None),
    ("a hand of another's is not the witness's", "one", [("one", "", "two A² : three B")], "one"),
    ("its first hand is", "one", [("one", "", "two A* : three A²")], "two"),
    ("before it was corrected", "one", [("one", "", "two A^ac : three A^pc")], "two"),
    ("its own reading before its family's", "one", [("one", "", "two φ : three A")], "three"),
    ("on the same words the longer lemma counts", "one two", [("one two", "", "x A"), ("two", "one ", "y A")], None),
]


def positive(readings: str) -> Edition:
    """An edition whose apparatus is positive, with one variant of three witnesses."""
    variant = annotate("one two", 4, 7, readings, Layer.VARIANT)
    return edition("one two", variant, witnesses={f"M {one}": Witness(one, "M") for one in "ABC"}, positive=True)


@pytest.mark.parametrize(
    ("readings", "shown"),
    [
        ("2 B", "A C : 2 B"),
        ("2 A B C", "2 A B C"),
        ("two A : 2 B", "two A : 2 B"),
        ("2", "2"),
    ],
)
def test_a_positive_apparatus_names_who_has_the_lemma_unless_the_editor_does(readings: str, shown: str) -> None:
    assert positive(readings).entry("M1").parts == (Part("two", shown),)


def test_a_reading_without_a_witness_is_in_no_witness_s_text() -> None:
    made = positive("2")
    assert witnessed(made, made.witnesses["M A"]) == Witnessed((), ())


def test_what_stands_in_place_of_paragraphs_is_in_the_first_of_them() -> None:
    string = "one\ntwo\nthree"
    first, second, third = find_paragraphs(string)
    over = [Varied(2, 6, "x", "M1")]
    assert [list(pieces(string, one, over)) for one in (first, second)] == [[("on", ""), ("x", "M1")], [("o", "")]]
    whole = [Varied(2, 10, "x", "M1")]
    assert [[piece.words for piece in pieces(string, one, whole)] for one in (first, second, third)] == [
        ["on", "x"], [], ["ree"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("string", "variants", "words"), [case[1:] for case in WITNESSED], ids=[c[0] for c in WITNESSED]
)
def test_what_a_witness_has(string: str, variants: list[tuple[str, str, str]], words: str | None) -> None:
    witnesses = {f"M {one}": Witness(one, "M", family="φ" if one == "A" else "") for one in "AB"}
    made = []
    for number, (lemma, before, readings) in enumerate(variants, 1):
        start = string.index(before) + len(before)
        made.append(annotate(string, start, start + len(lemma), readings, Layer.VARIANT, id=f"M{number}"))
    found = witnessed(dataclasses.replace(edition(string, *made), witnesses=witnesses), witnesses["M A"])
    if words is None:
        assert len(found.unplaced) == 1
    else:
        (paragraph,) = find_paragraphs(string)
        assert "".join(piece.words for piece in pieces(string, paragraph, found.readings)) == words
        assert found.unplaced == ()


def test_variants_stand_in_the_margin_with_their_witnesses(kinds: Project) -> None:
    entries = [
        " ".join(entry.text_content().split())
        for entry in kinds.page("catullus").xpath("//a[@class='en v k-reading']/span")
    ]
    assert "arida, arido V : arrida R" in entries
    assert "o, coni. Itali : om. V" in entries
    terms = kinds.page("catullus").xpath("//dl[contains(@class, 'ed-conspectus')]/dt")
    assert [term.text_content() for term in terms] == ["V", "O", "G", "R"]


def test_on_the_page_of_a_text_a_section_with_witnesses_only_is_folded(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "kinds")
    other = "\n## Also\n\nA word.\n\n```{ed:witness} X\n:text: C\n:extent: l. 1\n```\n"
    project.write("catullus.md", project.read("catullus.md") + other)
    assert project.build("-W").status == 0
    folds = project.page("catullus").xpath("//details[contains(@class, 'ed-head')][section]")
    titles = [(fold.xpath("string(summary)"), fold.xpath("string(section/h2/text())")) for fold in folds]
    assert titles == [("Conspectus siglorum", "Conspectus siglorum")]


def test_each_witness_has_a_page_with_its_text(kinds: Project) -> None:
    own = kinds.page("witnesses/C-R")
    lines = ["".join(line.xpath(".//text()[not(ancestor::*[@data-editorial])]")) for line in own.xpath("//li/p")]
    printed = (kinds.folder / "texts" / "catullus.txt").read_text("utf-8").split("\n")
    printed[1] = printed[1].replace("arida", "arrida")
    printed[8] = printed[8].replace("quod, o patrona", "quod, patrona")
    assert lines == [line for line in printed if line]
    (link,) = (link for link in own.find_class("v") if link.text == "arrida")
    assert link.get("href") == "../catullus.html#C1"
    (term,) = kinds.page("catullus").xpath("//dt/a[. = 'R']")
    assert term.get("href") == "witnesses/C-R.html"


def test_two_lemmata_and_two_families_are_told(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "kinds")
    project.replace("catullus.md", ':readings: "tum] tu G"', ':readings: "tum] tu G"\n:lemma: dono')
    project.replace("catullus.md", "1829\n:family: V\n", "1829\n:family: α β\n")
    said = project.build().messages
    assert "C3: has two lemmata, 'dono' as :lemma: and 'tum' before the bracket in :readings:" in said
    assert ": :family: is the siglum of one family, as V, which readings name; not 'α β'" in said


def test_a_witness_of_a_part_has_no_page_of_the_whole(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "kinds")
    project.replace("catullus.md", "```{ed:witness} R\n:text: C\n", "```{ed:witness} R\n:text: C\n:extent: ll. 1–4\n")
    assert project.build("-W").status == 0
    conspectus = project.read("_build/catullus.html").partition("ed-conspectus")[2]
    assert "ll. 1–4" in conspectus
    assert "C-R.html" not in conspectus
    assert [path.name for path in sorted((project.folder / "_build" / "witnesses").glob("C-*"))]
    assert not (project.folder / "_build" / "witnesses" / "C-R.html").exists()


def test_a_witness_and_the_first_variant_reach_every_page_that_shows_them(tmp_path: Path) -> None:
    """An incremental build is a clean build, also where the layers and the witnesses of another page change."""
    project = Project.at(tmp_path / "project", "kinds")
    project.write("conf.py", project.read("conf.py") + "apparatus_positive = True\n")
    whole = project.read("catullus.md")
    bare = re.sub(r"```\{ed:variant\}.*?```\n", "", whole, flags=re.DOTALL)
    project.write("catullus.md", bare)
    assert project.build("-W").status == 0
    assert "variants" not in project.read("_build/catullus.html")
    project.write("catullus.md", whole.partition("## Conspectus")[0])
    project.write("sigla.md", "# Sigla\n\n#" + whole.partition("\n#")[2])
    project.replace("index.md", "catullus\n", "catullus\nsigla\n")
    assert project.build("-W").status == 0
    assert "variants" in project.read("_build/catullus.html")
    assert "O R : tu G" in " ".join(project.read("_build/catullus.html").split())
    project.replace("sigla.md", "```{ed:witness} R\n:text: C\n", "```{ed:witness} R\n:text: C\n:date: s. xiv\n")
    project.replace("sigla.md", "```{ed:witness} O\n:text: C\n", "```{ed:witness} P\n:text: C\n")
    assert project.build("-W").status == 0
    assert "P R : tu G" in " ".join(project.read("_build/catullus.html").split())
