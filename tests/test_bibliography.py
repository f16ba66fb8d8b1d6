"""Citations and lists of works, as the style of the edition prints them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator

import pytest
from lxml import html
from pybtex.database import parse_string

from projects import Project
from sphinx_apparatus.bibliography.style import AuthorYearTitle, HumanitiesStyle
from sphinx_apparatus.bibliography.years import lettered, remember, tell_apart

WORKS = """
@misc{b, author={{TASS}}, year={2024}, month={1 November}, title={B}}
@misc{a, author={{TASS}}, year={2024}, title={A}}
@misc{c, author={{TASS}}, year={2023}, title={C}}
@book{yi, author={Yi, Chang-hun}, year={1995}, title={Y}}
@book{li, author={Yi, Chong-jae}, year={1995}, title={X}}
@misc{n, author={{Archives}}, title={One}}
@misc{m, author={{Archives}}, title={Two}}
@book{x, author={Oh, J. and Kim, I. and Wertz, D.}, year={2016}, title={P}}
@book{y, author={Oh, K. and Lee, S. and Pak, T.}, year={2016}, title={Q}}
@book{o, author={Oh, J. and Kim, I.}, year={2016}, title={R}}
"""
YEARS = {
    "a": "2024a", "b": "2024b", "c": "2023", "yi": "1995a", "li": "1995b", "n": "n.d.-a", "m": "n.d.-b",
    "x": "2016a", "y": "2016b", "o": "2016",
}  # fmt: skip


@pytest.fixture
def years() -> Iterator[Callable[[str], dict[str, str]]]:
    """The years of works as they are shown, by key."""

    def shown(source: str) -> dict[str, str]:
        entries = parse_string(source, "bibtex").entries
        before = {key: dict(entry.fields.items()) for key, entry in entries.items()}
        remember(tell_apart(entries.values()))
        found = {key: lettered(entry).fields["year"] for key, entry in entries.items()}
        assert {key: dict(entry.fields.items()) for key, entry in entries.items()} == before, "records are left alone"
        return found

    yield shown
    remember({})


def test_works_that_would_be_cited_alike_have_letters(years: Callable[[str], dict[str, str]]) -> None:
    """In the order of the list: by first names, then title; and as often as one likes."""
    for _ in range(2):
        assert years(WORKS) == YEARS


def test_after_thirty_works_letters_are_doubled(years: Callable[[str], dict[str, str]]) -> None:
    found = years("".join(f"@misc{{k{n:02}, author={{{{A}}}}, year={{1988}}, title={{T{n:02}}}}}" for n in range(30)))
    assert [found[key] for key in ("k00", "k25", "k26", "k29")] == ["1988a", "1988z", "1988aa", "1988ad"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Chŏng, Hwan", "Christian, Ann"),
        ("{Chosun Ilbo}", "{Christian Science Monitor}"),
        ("{Central Agency}", "{Central Agency, Branch}"),
        ("{van} Ree, Erik", "Weathersby, Kathryn"),
    ],
)
def test_the_list_is_in_the_order_in_which_one_looks_for_names(one: str, other: str) -> None:
    """Without marks on letters, capitals or braces."""
    source = (
        f"@book{{p, author={{{other}}}, year=1990, title={{T}}}}\n@book{{q, author={{{one}}}, year=1991, title={{T}}}}"
    )
    entries = parse_string(source, "bibtex").entries.values()
    assert [entry.key for entry in AuthorYearTitle().sort(entries)] == ["q", "p"]


@pytest.mark.parametrize(
    ("fields", "end"),
    [
        ("url={https://a.org/b}, urldate={2026-11-28}", "Accessed 28 November 2026. https://a.org/b."),
        ("url={https://a.org/b}, urldate={3 May 2024}", "Accessed 3 May 2024. https://a.org/b."),
        ("url={https://a.org/b}, urldate={2024-05}", "Accessed May 2024. https://a.org/b."),
        ("url={https://a.org/b}, urldate={2024-02-30}", "“One”. https://a.org/b."),
        ("url={https://a.org/b}, urldate={}", "“One”. https://a.org/b."),
        ("howpublished={\\url{https://a.org/b}}, urldate={2026-11-28}", "https://a.org/b. Accessed 28 November 2026."),
        ("doi={10.1000/b}, url={https://a.org/b}, urldate={2026-11-28}", "“One”. https://doi.org/10.1000/b."),
    ],
)
def test_an_address_has_the_day_on_which_it_was_read(fields: str, end: str) -> None:
    """Before it; a DOI stands for what does not change."""
    entries = parse_string(
        f"@misc{{k, author={{X, Y}}, title={{One}}, year=1990, {fields}}}", "bibtex"
    ).entries.values()
    (entry,) = HumanitiesStyle().format_entries(entries)
    assert entry.text.render_as("text").endswith(end)


def test_citation_and_list_have_the_same_letter_and_the_day_none(project: Project) -> None:
    page = (
        "# The Sun\n\n```{ed:text} sun.txt\n:siglum: S\n```\n\n```{ed:note} S1\n:lemma: sun\n\n"
        "So {cite:p}`one,two`, and {cite:t}`two`.\n```\n"
    )
    project.add_page("sun", page, b"A sun rises.\n")
    project.write("conf.py", project.read("conf.py") + 'bibtex_reference_style = "humanities"\n')
    project.write(
        "works.bib",
        project.read("works.bib")
        + "@misc{two, author={{TASS}}, year={2024}, month={5 December}, title={Two}, url={https://example.org/2}}\n"
        + "@misc{one, author={{TASS}}, year={2024}, month={1 November}, title={One}}\n",
    )
    assert project.build("-W").status == 0
    bare = json.loads(html.fromstring(project.read("_build/corrections/S1.html")).findtext(".//script"))
    assert "So, and TASS." in json.dumps(bare), "where a note is words alone, whom it names is named"
    cited = " ".join(html.fromstring(project.read("_build/sun.html")).text_content().split())
    assert "So (TASS 2024a; TASS 2024b), and TASS (2024b)." in cited
    listed = " ".join(html.fromstring(project.read("_build/works.html")).text_content().split())
    assert re.search(r"TASS\. 2024a\. “One”\. 1 November 2024\.", listed)
    assert re.search(r"TASS\. 2024b\. “Two”\. 5 December 2024\.", listed)


def test_a_title_in_another_script_is_marked_with_its_language(project: Project) -> None:
    """In the list of works as in prose (WCAG 2.2, 3.1.2)."""
    title = "한중수교 [Relations between Korea and China]"
    project.write("works.bib", project.read("works.bib").replace("Greek Lyric", title))
    assert project.build("-W").status == 0
    marked = html.fromstring(project.read("_build/works.html")).xpath("//li//*[@lang = 'ko']")
    assert [each.text_content() for each in marked] == ["한중수교"]


def test_what_stands_in_no_address_is_written_by_its_octets_where_a_doi_leads() -> None:
    """And as it is where it is read."""
    source = "@book{k, author={X, Y}, title={One}, year=1990, doi={10.1002/(SICI)10<16::A>3.0;2}}"
    (entry,) = HumanitiesStyle().format_entries(parse_string(source, "bibtex").entries.values())
    said = entry.text.render_as("html")
    assert 'href="https://doi.org/10.1002/(SICI)10%3C16::A%3E3.0;2"' in said
    assert "https://doi.org/10.1002/(SICI)10&lt;16::A&gt;3.0;2<" in said


@pytest.mark.parametrize(
    ("default", "reference", "label"),
    [
        ("alpha", "label", "[Cam82] "),
        ("alpha", "super", "[Cam82] "),
        ("plain", "label", "[1] "),
        ("humanities", "humanities", ""),
        ("humanities", "author_year", ""),
    ],
)
def test_a_work_is_listed_by_the_label_that_cites_it(
    project: Project, default: str, reference: str, label: str
) -> None:
    """Where a label stands for it in the text: on paper there is no link."""
    settings = f"bibtex_default_style = {default!r}\nbibtex_reference_style = {reference!r}\n"
    project.write("conf.py", f"{project.read('conf.py')}\n{settings}")
    assert project.build("-W").status == 0
    work = project.page("works").xpath('//ul[contains(@class, "ed-bibliography")]/li')[0]
    assert re.match(rf"{re.escape(label)}(David|Campbell)", work.text_content().strip())
