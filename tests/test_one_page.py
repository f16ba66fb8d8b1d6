"""All pages in one: every link leads to a place on it, and no place has the name of another."""

from __future__ import annotations

import pytest
from lxml import html

from odd import ODD, PAGE
from projects import Project

#: A page whose footnotes and headings have the names that another page's have.
OTHER = (
    "# Odd\n\n{ed:ref}`M1`, {cite:p}`campbell1982`.[^1] See [the moon](moon.md) and {ref}`there`.\n\n[^1]: A note.\n"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> html.HtmlElement:
    project = Project.at(tmp_path_factory.mktemp("one") / "project")
    project.add_page("odd", PAGE.replace("It overlaps", "It[^1] overlaps") + "\n[^1]: Not a word.\n", ODD.encode())
    project.add_page("other", f"{OTHER}\n(there)=\n\n## Odd\n\nThere.\n")
    result = project.build("-W", "--keep-going", builder="singlehtml")
    assert result.status == 0, result.messages
    return html.fromstring((project.out / "index.html").read_bytes())


def test_every_link_leads_to_a_place_on_the_page(page: html.HtmlElement) -> None:
    places = {f"#{identifier}" for identifier in page.xpath("//@id")} | {"#"}
    links = [link for link in page.xpath("//a/@href") if link.startswith("#")]
    assert len(links) > 20
    assert [link for link in links if link not in places] == []


def test_what_two_pages_call_the_same_is_two_things(page: html.HtmlElement) -> None:
    content = list(page.xpath("//*[not(ancestor-or-self::*[contains(@class, 'ed-ctl')])]/@id"))
    assert sorted(content) == sorted(set(content))
    calls = page.xpath("//a[contains(@class, 'footnote-reference')]/@href")
    said = {page.get_element_by_id(call[1:]).text_content().split()[-1] for call in calls}
    assert said == {"note.", "word."}
    (link,) = page.xpath("//span[contains(@class, 'std-ref')]/../@href")
    assert "There." in page.get_element_by_id(link[1:]).text_content()
