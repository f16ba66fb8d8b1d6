"""Milestones: their places in every script, and the pictures of pages and folios."""

from __future__ import annotations

from pathlib import Path

import lxml.etree
import pytest

from projects import Project
from sphinx_apparatus.cli import main
from sphinx_apparatus.model.reference import fragment

PAGE = """# Folios

```{ed:text} folio.txt
:siglum: F
:structure: paragraph
```

```{ed:milestones} F
folio 1r <https://example.org/iiif/f1.jpg?a=1&b=2>: Quic mor
folio 1v: et venit
κεφάλαιον α: venit ad
κεφάλαιον β: ad nos
```

```{ed:note} F1
:lemma: venit
:in: folio 1v

{ed:ref}`F folio 1r`, {ed:ref}`F κεφάλαιον α`, {ed:ref}`F κεφάλαιον β`.
```
"""


@pytest.fixture(scope="module")
def folios(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("folios") / "project")
    project.add_page("folio", PAGE, b"Quic mor\net venit ad nos\n")
    result = project.build("-W", "--keep-going")
    assert (result.status, result.messages) == (0, "")
    return project


def test_a_mark_leads_to_its_picture_and_is_no_word_of_the_text(folios: Project) -> None:
    (link,) = folios.page("folio").xpath("//span[@id='F-folio-1r']/a")
    assert (link.get("href"), link.get("aria-label")) == (
        "https://example.org/iiif/f1.jpg?a=1&b=2",
        "Picture of folio 1r",
    )
    assert folios.verbatim("folio") == "Quic mor\net venit ad nos\n"


def test_milestones_without_a_text_or_a_line_are_told(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    lost = "```{ed:milestones} Q\npage 1: Quic\n```\n\n```{ed:milestones} F\n```\n"
    project.add_page("folio", f"{PAGE}\n{lost}", b"Quic mor\net venit ad nos\n")
    said = project.build().messages
    assert "folio.md:22: WARNING: ed:milestones Q: the text Q is not on this page; put the milestones on" in said
    assert "folio.md:26: WARNING: ed:milestones F: needs a line for each milestone" in said


def test_numbers_of_every_script_are_addresses_of_their_own(folios: Project) -> None:
    whole = folios.page("folio")
    links = [link.get("href") for link in whole.xpath("//div[@id='F1']//a[contains(., 'κεφ')]")]
    assert links == ["#F-κεφάλαιον-α", "#F-κεφάλαιον-β"]
    assert all(whole.get_element_by_id(link[1:]) is not None for link in links)


def test_tei_and_what_is_imported_from_it_have_the_picture(folios: Project, tmp_path: Path) -> None:
    assert folios.build("-W", builder="tei").status == 0
    tree = lxml.etree.parse(folios.out / "F.xml")
    (found,) = tree.xpath("//*[local-name()='milestone'][@facs]")
    assert (found.get("n"), found.get("facs")) == ("1r", "https://example.org/iiif/f1.jpg?a=1&b=2")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("folio 1r <file:///etc/passwd>: Quic", "is not of the form 'page 12: the words"),
        ("folio 1r <javascript:x>: Quic", "is not of the form 'page 12: the words"),
        ("folio 1/r: Quic\nfolio 1-r: et venit", "there are two of folio 1-r"),
    ],
)
def test_what_is_no_milestone_is_told(tmp_path: Path, line: str, said: str) -> None:
    project = Project.at(tmp_path / "project")
    rows = PAGE[PAGE.index("folio 1r") : PAGE.index("```\n\n```{ed:note}")]
    page = PAGE.replace(rows, f"{line}\n").replace(":in: folio 1v\n", "").split("\n{ed:ref}")[0]
    project.add_page("folio", f"{page}\nSo.\n```\n", b"Quic mor\net venit ad nos\n")
    messages = project.build().messages
    assert said in messages
    assert "folio.md:" in messages


@pytest.mark.parametrize(
    ("words", "there"),
    [
        ("page 12", "page-12"),
        ("folio α", "folio-α"),
        ("a_b", "a-b"),
        ("12º ²", "12-"),
        ("§ 3.4", "-3.4"),
        ("第 三", "第-三"),
    ],
)
def test_what_an_address_says(words: str, there: str) -> None:
    assert fragment(words) == there


TEI = """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Moon</title></titleStmt>
<publicationStmt><p/></publicationStmt><sourceDesc><p/></sourceDesc></fileDesc></teiHeader><text><body>
<pb n="1" facs="https://example.org/1.jpg"/><p>The moon rose <cb n="b"/>over the sea,
and the mo<pb n="2" facs="f2.jpg"/>on set <choice><sic>ovr</sic><corr>over</corr></choice> the sea.</p>
<milestone unit="section" n="3.4"/><p>The moon <pb n="2"/><pb/>rose again.</p><pb n="9"/></body></text></TEI>
"""


def test_what_a_source_has_of_pages_and_columns_is_imported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, folder = tmp_path / "moon.xml", tmp_path / "edition"
    source.write_text(TEI, "utf-8")
    assert main(["import", str(source), str(folder)]) == 0
    page = (folder / "a.md").read_text("utf-8")
    assert page.count("```{ed:milestones} A\n") == 1
    rows = page.split("```{ed:milestones} A\n")[1].split("\n```")[0].splitlines()
    assert rows == [
        "page 1 <https://example.org/1.jpg>: The moon rose over",
        "column b: over",
        "page 2: on set",
        "section 3.4: The moon rose again.",
    ]
    project = Project(folder)
    assert (project.build("-W").status, project.page("a").get_element_by_id("A-page-2").text) == (0, "2")
    assert "pb has no place" in capsys.readouterr().err + capsys.readouterr().out
