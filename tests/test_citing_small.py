"""The own pages of a small edition: with a book beside it, without an address, of an id that is withdrawn."""

from __future__ import annotations

from pathlib import Path

from lxml import html as lxml_html

from projects import Project
from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.stores.pages import write_places


def page(folder: Path, name: str) -> lxml_html.HtmlElement:
    """A page, parsed."""
    return lxml_html.fromstring((folder / name).read_bytes())


def test_page_and_lines_of_the_pdf_are_cited_and_linked(project: Project) -> None:
    """The HTML reads them from the ``places.json`` of the PDF's builder."""
    places = {
        "M1": PrintReference("12", 3, 4, 16),
        "M-p1": PrintReference("12", 1, 4, 16),
        "M": PrintReference("12", 1, 9, 16),
    }
    project.write("places.json", write_places(places, {"M": [0, 20, 41]}))
    settings = 'apparatus_places = "places.json"\napparatus_pdf = "book.pdf"\n'
    project.write("conf.py", f"{project.read('conf.py')}\n{settings}")
    result = project.build()
    assert result.status == 0, result.messages
    tree = page(project.out, "corrections/M1.html")
    [title] = tree.xpath("//meta[@name='citation_title']/@content")
    assert title.endswith("(M ¶2)"), "a page is of one printing, and no part of the title"
    assert tree.xpath("//meta[@name='citation_firstpage']/@content") == ["12"]
    assert "p. 12, ll. 3–4" in project.read("_build/corrections/M1.ris")
    assert tree.xpath("//a[@href='../book.pdf#page=16']")
    assert page(project.out, "passages/M-p1.html").xpath("//a[@href='../book.pdf#page=16']")
    reading = page(project.out, "moon.html")
    assert reading.xpath("//a[@href='book.pdf#page=16']/text()") == ["PDF, p. 12"]
    assert reading.xpath("//div[@id='M']/@data-lines") == ["0 10 72 76 94"], "the lines are the edition's"


def test_a_withdrawn_annotation_keeps_its_page(project: Project) -> None:
    project.replace(
        "moon.md",
        "```{ed:note} M3",
        "```{ed:tombstone} M4\n:version: 1.1.0\n\nIt said M1 again.\n```\n\n```{ed:note} M3",
    )
    result = project.build()
    assert result.status == 0, result.messages
    said = page(project.out, "corrections/M4.html").text_content()
    assert "withdrawn in version 1.1.0" in said
    assert "It said M1 again." in said


def test_without_addresses_there_are_none(project: Project) -> None:
    """No base address, no place for reports: no link invents one."""
    assert project.build("-W").status == 0
    text = project.read("_build/corrections/M1.html")
    assert "ed-report" not in text
    assert "example.org" not in text
    assert 'rel="canonical"' not in text
    assert not (project.out / "sitemap.xml").exists()
