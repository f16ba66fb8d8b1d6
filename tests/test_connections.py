"""What connects paragraphs: their boxes, the pages of passages, and two texts beside each other."""

from __future__ import annotations

from pathlib import Path

import pytest
from lxml import html as lxml_html

from making import note
from projects import Project
from sphinx_apparatus.anchoring.selector import Selector
from sphinx_apparatus.concordances.beside import pairs
from sphinx_apparatus.concordances.chronology import Event, Mention, Verdict
from sphinx_apparatus.concordances.contradictions import Matter
from sphinx_apparatus.concordances.edtf import parse


@pytest.fixture
def lists(tmp_path: Path) -> Project:
    project = Project.at(tmp_path / "lists", "concordances")
    project.write("beside.md", "# Beside\n\n```{ed:beside}\n```\n")
    project.write("index.md", (project.folder / "index.md").read_text("utf-8").replace("lists\n", "lists\nbeside\n"))
    return project


def document(project: Project, name: str) -> lxml_html.HtmlElement:
    return lxml_html.fromstring(project.read(f"_build/{name}"))


def text(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def box(project: Project, page: str, row: str) -> dict[str, list[str]]:
    """The box of a paragraph: its headings, and what stands below each."""
    found: dict[str, list[str]] = {}
    for part in document(project, page).xpath(f"//*[@id='{row}']/footer/details[contains(@class, 'ed-cx')]/dl/*"):
        if part.tag == "dt":
            found[text(part)] = []
        else:
            found[next(reversed(found))].append(text(part))
    return found


def test_a_paragraph_says_what_connects_it_with_others(lists: Project) -> None:
    result = lists.build("-W")
    assert result.status == 0, result.messages
    assert box(lists, "one.html", "A-p2") == {
        "Events": ["15 August – 9 September 1948: Two republics are proclaimed: B ¶2"],
        "Contradictions": ["The proclamation (A1): B1"],
        "Names": ["Kim"],
    }
    assert box(lists, "one.html", "A-p3")["Parallels"] == ["“was full of ships from the”: B ¶1"]
    assert box(lists, "two.html", "B-p2")["Contradictions"] == ["The proclamation (B1): A1"]
    assert box(lists, "one.html", "A-p1") == {}


def test_every_link_of_a_box_leads_somewhere(lists: Project) -> None:
    assert lists.build("-W").status == 0
    for page in ("one.html", "passages/A-p2.html"):
        links = document(lists, page).xpath("//*[contains(@class, 'ed-cx')]//a/@href")
        assert len(links) > 3
        for link in links:
            path, _, fragment = link.partition("#")
            target = ((lists.out / page).parent / path).resolve() if path else lists.out / page
            assert target.is_file(), link
            if fragment:
                assert lxml_html.parse(str(target)).getroot().get_element_by_id(fragment) is not None


def test_the_page_of_a_passage_has_them_open(lists: Project) -> None:
    assert lists.build("-W").status == 0
    [section] = document(lists, "passages/A-p2.html").xpath("//section[@aria-labelledby='connections']")
    assert "Two republics are proclaimed: B ¶2" in text(section)
    assert section.xpath(".//a[text()='B1']/@href") == ["../corrections/B1.html"]


def test_two_texts_have_in_common_what_speaks_of_both() -> None:
    """And not what one of them has with a third."""

    def event(title: str, *sigla: str) -> Event:
        mentions = tuple(Mention(one, Selector("x"), None, Verdict.UNDATED) for one in sigla)
        return Event(parse("1948"), title, title, "", mentions, 1)

    def matter(name: str, *sigla: str) -> Matter:
        return Matter(name, tuple(note("x", "x", f"{one}1") for one in sigla), ())

    events = [event("of A and C", "A", "C"), event("of all", "C", "B", "A"), event("of B", "B", "B")]
    found = pairs("ABCD", events, [matter("a", "A", "B"), matter("b", "B", "B")], [])
    assert [(one.fragment, [e.title for e in one.events], [m.name for m in one.matters]) for one in found] == [
        ("A-B", ["of all"], ["a"]),
        ("A-C", ["of A and C", "of all"], []),
        ("B-C", ["of all"], []),
    ]


def test_two_texts_stand_beside_each_other(lists: Project) -> None:
    assert lists.build("-W").status == 0
    page = document(lists, "beside.html")
    assert [text(one) for one in page.xpath("//ul[contains(@class, 'ed-pairs')]/li")] == ["A and B"]
    assert page.xpath("//ul[contains(@class, 'ed-pairs')]//a/@href") == ["#A-B"]
    rows = [[text(cell) for cell in row.iter("td")] for row in page.get_element_by_id("A-B").xpath(".//tbody/tr")]
    event, matter, wording = rows
    assert event == [
        "Two republics are proclaimed 15 August – 9 September 1948",
        "A ¶2 1948, right: In 1948 the two republics were proclaimed, and Kim20 was glad of it.",
        "B ¶2 1949, wrong: In 1949 the republics were proclaimed.",
    ]
    assert matter[0] == "The proclamation They were proclaimed in 1948. (A1)"
    assert matter[2].endswith("(B1)")
    assert wording[0].endswith("words in common")
    meant = page.xpath("//span[contains(@class, 'ed-meant')]")
    assert text(meant[0]) == "In 1948 the two republics"


def test_a_change_of_the_data_reaches_the_boxes(lists: Project) -> None:
    assert lists.build("-W").status == 0
    events = (lists.folder / "events.toml").read_text("utf-8")
    lists.write("events.toml", events.replace('title = "Two', 'label = "The founding"\ntitle = "Two'))
    assert lists.build("-W").status == 0
    assert "The founding: B ¶2" in box(lists, "one.html", "A-p2")["Events"][0]
    assert "The founding" in lists.read("_build/passages/B-p2.html")
    assert "The founding" in lists.read("_build/beside.html")


def test_without_lists_there_is_no_box(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "plain", "edition")
    assert project.build().status == 0
    assert "ed-cx" not in "".join(path.read_text("utf-8") for path in project.out.glob("*.html"))
