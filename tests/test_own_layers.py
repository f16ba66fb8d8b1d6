"""Layers that an edition names itself, and several apparatuses on one text: variants, conjectures, rivals."""

from __future__ import annotations

from pathlib import Path

import pytest

from once import built
from poppler import words as printed_words
from projects import Project
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import LAYERS, RESERVED, Taxonomy
from sphinx_apparatus.sphinx_ext.directives import DIRECTIVES
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory, "layers")


def test_each_layer_has_its_directive_its_mark_and_its_filter(site: Project) -> None:
    page = site.page("aeneid")
    heads = {
        card.get("id"): card.find_class("ed-hd")[0].text_content().split(",")[0] for card in page.find_class("ed-card")
    }
    assert (heads["A6"], heads["A7"], heads["A8"]) == ("A6 fontes", "A7 testimonia", "A8 realia")
    style = site.read("_build/_static/ed-A.css")
    assert "text-decoration-style:wavy" in style
    assert "#ed-k-testimonia" in style
    entries = [" ".join(entry.text_content().split()) for entry in page.xpath("//a[contains(@class, 'k-realia')]/span")]
    assert entries == ["Albānīque, Of Alba Longa."]


def test_one_reading_is_adopted_and_its_rivals_are_readings(site: Project) -> None:
    page = site.page("aeneid")
    said = [entry.text_content().split("emendation")[-1].strip() for entry in page.xpath("//li[@data-n='4']/a")]
    assert "īram, read īrās" in said[0]
    assert "īram, īrās coni. Bentley : minas coni. Peerlkamp" in said[1]
    assert page.xpath("//span[@data-r='īrās']")


def test_each_witness_has_its_text(site: Project) -> None:
    lines = {}
    for siglum in "MPF":
        page = site.page(f"witnesses/A-{siglum}")
        lines[siglum] = [
            "".join(line.xpath(".//text()[not(ancestor::*[@data-editorial])]")) for line in page.xpath("//ol//p")
        ]
    assert lines["M"][4] == "multa quoque et bellō passus, urbem dum conderet"
    assert lines["M"][1] == "Ītaliam fātō profugus Lāvīniaque vēnit"
    assert lines["P"][1] == "Ītaliam fātō profugus Lāvināque vēnit"
    assert lines["P"][2] == "lītora, multum ille et iactātus et altō"
    assert lines["F"][0] == "ille ego Arma virumque canō, Trōiae quī prīmus ab ōrīs"
    assert lines["F"][2] == "lītora, multum ille et terrīs procul iactātus et altō"


@pytest.mark.pdf
def test_each_layer_has_its_row_at_the_foot(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "layers")
    result = project.build("-W", builder="typstpdf")
    assert (result.status, result.messages) == (0, "")
    words = printed_words(next(project.out.glob("*.pdf")))
    page = next(word.page for word in words if word.string == "virumque")
    rows = {word.string: word for word in words if word.page == page}
    tops = [rows[name].top for name in ("Fontes:", "Testimonia:", "Realia:", "Notes,")]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4
    beside = {word.string for word in words if word.page == page and abs(word.top - rows["Fontes:"].top) < 3}
    assert {"virumque]", "Hom.", "A6"} <= beside


def test_a_layer_comes_back(site: Project, tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "layers")
    assert project.build("-W", builder="tei").status == 0
    assert main(["import", str(project.out / "A.xml"), str(tmp_path / "new")]) == 0
    after = edition_of(read_project(tmp_path / "new").env).annotations
    assert {key: (one.layer.name, one.lemma, one.reading) for key, one in after.items()} == {
        key: (one.layer.name, one.lemma, one.reading)
        for key, one in edition_of(read_project(site.folder).env).annotations.items()
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"Fontes": "x"}, "'Fontes' is no name of a layer"),
        ({"note": "notes"}, "'note' is the name of something else"),
        ({"witness": "witnesses"}, "'witness' is the name of something else"),
        ({"fontes": 3}, "'fontes' has a plural, or a table"),
        ({"fontes": {"colour": "red"}}, "'fontes' has a plural, or a table"),
        ({"fontes": {"color": "red"}}, "the color of 'fontes' is two"),
        *(({"fontes": {"color": wrong}}, "the color of 'fontes' is two") for wrong in (5, None, {"a": 1}, [1, 2])),
        ({"fontes": {"color": ["red", "x;}"]}}, "the color of 'fontes' is two"),
        ({"fontes": {"line": "thick"}}, "the line of 'fontes' is one of dotted"),
    ],
)
def test_a_layer_that_is_none_is_told(given: dict[str, object], said: str) -> None:
    with pytest.raises(ModelError) as told:
        Taxonomy().with_layers(given)
    assert said in str(told.value)


def test_no_layer_takes_the_name_of_a_directive_or_of_a_role(site: Project) -> None:
    """A domain has one directive of a name: the layer would never be one."""
    domain = domain_of(read_project(site.folder).env)
    names = {*DIRECTIVES, *domain.late, *domain.roles} - {layer.name for layer in LAYERS}
    assert names == RESERVED


def test_a_wrong_table_of_layers_is_a_message(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "layers")
    project.write("conf.py", project.read("conf.py") + 'apparatus_layers = {"fontes": ["x"]}\n')
    result = project.build(builder="dummy")
    assert "apparatus_layers: 'fontes' has a plural, or a table" in result.messages
    assert "Traceback" not in result.messages + result.said
