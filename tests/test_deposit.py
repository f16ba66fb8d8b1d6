"""DOI and address are set once, and every output says them; where they are not set nothing invents them."""

from __future__ import annotations

import json

import pytest
from lxml import etree, html
from pybtex.database import parse_string

from poppler import words
from projects import Project

DOI, BASE = "10.5281/zenodo.123", "https://example.org/f/"


@pytest.fixture(scope="module", params=[True, False], ids=["set", "absent"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, bool]:
    """An edition with both, and one with neither."""
    project = Project.at(tmp_path_factory.mktemp("deposit") / "project")
    if request.param:
        conf = f'apparatus_doi = "https://doi.org/{DOI}"\nhtml_baseurl = "{BASE}"\n'
        project.write("conf.py", f"{project.read('conf.py')}\n{conf}")
    assert project.build("-W").status == 0
    return project, request.param


def test_every_citation_of_the_edition_has_both(built: tuple[Project, bool]) -> None:
    project, both = built
    [item] = json.loads(project.read("_build/citations/edition.json"))
    [entry] = parse_string(project.read("_build/citations/edition.bib"), "bibtex").entries.values()
    assert item.get("DOI") == entry.fields.get("doi") == (DOI if both else None)
    assert item.get("URL") == entry.fields.get("url") == (f"{BASE}index.html" if both else None)
    assert (f"DO  - {DOI}" in project.read("_build/citations/edition.ris")) == both
    root = html.parse(project.out / "index.html")
    assert root.xpath("//link[@rel='cite-as']/@href") == ([f"https://doi.org/{DOI}"] if both else [])
    data = json.loads(root.xpath("string(//script[@type='application/ld+json'])"))
    assert data.get("@id") == (f"https://doi.org/{DOI}" if both else None)


def test_a_page_of_an_annotation_says_where_it_is_or_that_this_is_not_set(built: tuple[Project, bool]) -> None:
    project, both = built
    page = html.parse(project.out / "corrections" / "M1.html")
    assert page.xpath("//link[@rel='cite-as']/@href") == ([f"{BASE}corrections/M1.html"] if both else [])
    assert bool(page.xpath("//p[@class='ed-unaddressed']")) != both
    assert bool(page.xpath(f"//footer//a[@href='https://doi.org/{DOI}']")) == both


def test_the_data_name_the_edition_by_both(built: tuple[Project, bool]) -> None:
    project, both = built
    tei = etree.parse(project.out / "data" / "edition.xml")
    found = {one.get("type"): one.text for one in tei.iterfind("./{*}teiHeader//{*}publicationStmt/{*}idno")}
    assert found == ({"URL": BASE, "DOI": DOI} if both else {})


@pytest.mark.pdf
def test_the_book_says_both_in_its_imprint(built: tuple[Project, bool]) -> None:
    project, both = built
    assert project.build("-W", builder="typstpdf").status == 0
    said = "".join(word.string for word in words(next(project.out.glob("*.pdf"))))
    assert (f"https://doi.org/{DOI}" in said) == (BASE in said) == both


def test_where_nobody_is_named_nobody_is_cited(built: tuple[Project, bool]) -> None:
    project, _ = built
    [item] = json.loads(project.read("_build/corrections/M1.json"))
    assert item["author"] == []
    for name in ("corrections/M1.html", "corrections/M1.bib", "corrections/M1.ris", "index.html", "moon.html"):
        said = project.read(f"_build/{name}")
        assert "name not set" not in said.replace("© Copyright 2026, Author name not set", ""), name
