"""A text over several pages, by rule: what is on each, and that every address leads to its place."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path

import lxml.html
import pytest

from engines import Engine
from making import record
from projects import Project
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.alignment import begins_beside, parse_aligned
from sphinx_apparatus.model.pages import begins, page_of, rule, title
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.structure import Milestone, number_verses
from sphinx_apparatus.outputs.html.paging import MANY
from sphinx_apparatus.outputs.html.paging import _listed as listed

CHAPTERS = "\n\n".join(
    words
    for chapter in ("I", "II", "III")
    for words in (
        f"CHAPTER {chapter}.",
        f"Of the moon & <the> sea, {chapter}.",
        *(f"In {chapter}, on night {night}, the moon rose\nand the sea was calm." for night in "abc"),
    )
)
PAGE = """# The moon

A headnote; see {ed:ref}`L3`.

```{ed:text} long.txt
:siglum: L
:structure: paragraph
:headings: 1, 2, 6, 7, 11, 12
:pages: RULE
```

```{ed:milestones} L
chapter 2: CHAPTER II.
folio 2r: and the sea was calm. In I, on night c
folio 3: In III, on night b
```

```{ed:emendation} L1
:lemma: In I, on night a
:reading: In I, in night a

A slip, as in {ed:ref}`L2`.
```

```{ed:note} L2
:lemma: In II, on night b

With a footnote[^1], {ed:ref}`L1` and {ed:ref}`L ¶14`.
```

```{ed:note} L3
:lemma: In III, on night c
:see: L1, L2

The end.
```

[^1]: At the foot.
"""
ABOUT = "# About\n\n{ed:ref}`L1`, {ed:ref}`L2`, {ed:ref}`L ¶15`, {ed:ref}`L folio 3`, {ed:ref}`L`.\n"


def made(folder: Path, words: str) -> Project:
    project = Project.at(folder, "edition")
    project.add_page("long", PAGE.replace("RULE", words), CHAPTERS.encode())
    project.add_page("about", ABOUT)
    return project


@pytest.fixture(scope="module")
def divided(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = made(tmp_path_factory.mktemp("pages") / "project", "headings")
    result = project.build("-W", "--keep-going")
    assert (result.status, result.messages) == (0, "")
    return project


def page(project: Project, name: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(project.read(f"_build/{name}.html"))


def verbatim(whole: lxml.html.HtmlElement) -> str:
    (text,) = whole.xpath("//div[starts-with(@class, 'ed-text')]")
    for editorial in text.xpath(".//*[@data-editorial]"):
        editorial.drop_tree()
    return str(text.text_content())


def test_the_pages_together_have_the_very_characters_of_the_text(divided: Project) -> None:
    parts = [verbatim(page(divided, name)) for name in ("long", "long-p6", "long-p11")]
    assert "".join(parts) == CHAPTERS
    assert parts[1].startswith("CHAPTER II.")


def test_each_page_has_the_notes_of_its_own_words_and_a_way_to_the_others(divided: Project) -> None:
    for name, notes, ways in (("long", ["L1"], 1), ("long-p6", ["L2"], 2), ("long-p11", ["L3"], 1)):
        whole = page(divided, name)
        assert [card.get("id") for card in whole.find_class("ed-card")] == notes
        assert len(whole.xpath("//nav//ol/li/a[contains(@href, 'long')]")) >= 3
        assert len(whole.xpath("//p[@class='ed-turn']/a")) == ways
    assert (
        page(divided, "long-p6")
        .xpath("//h1")[0]
        .text_content()
        .startswith("The moon · CHAPTER II. Of the moon & <the>")
    )


def test_each_page_is_in_the_contents_at_the_place_of_its_text(divided: Project) -> None:
    for name, href in (("long", "#"), ("long-p6", "long.html"), ("long-p11", "long.html")):
        here = page(divided, name).xpath("//*[contains(@class, 'sidebar-tree')]//li[contains(@class, 'current')]/a")
        assert [link.get("href") for link in here] == [href]


@pytest.mark.parametrize("theme", ["furo", "alabaster"])
def test_every_link_of_the_site_leads_to_a_page_that_has_its_place(
    divided: Project, tmp_path: Path, theme: str
) -> None:
    if theme != "furo":
        divided = made(tmp_path / "project", "headings")
        divided.write("long.md", f"{divided.read('long.md')}\n## Behind the text\n\nWords.\n")
        assert divided.build("-W", "-D", f"html_theme={theme}").status == 0
    whole = {
        path.relative_to(divided.out).as_posix(): lxml.html.fromstring(path.read_bytes())
        for path in divided.out.rglob("*.html")
    }
    ids = {name: [one.get("id") for one in one.xpath("//*[@id]")] for name, one in whole.items()}
    for name, document in whole.items():
        if name.startswith("long"):
            assert len(ids[name]) == len(set(ids[name]))
        for href in document.xpath("//a/@href"):
            path, _, fragment = str(href).partition("#")
            if ":" in path:
                continue
            target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
            assert (divided.out / target).exists(), (name, href)
            assert not fragment or target not in ids or fragment in ids[target], (name, href)


def test_a_text_on_the_first_page_of_a_site_of_folders_leads_out_of_it(tmp_path: Path) -> None:
    project = made(tmp_path / "project", "headings")
    project.write("index.md", f"{project.read('long.md')}\n{project.read('index.md').replace('long', '')}")
    (project.folder / "long.md").unlink()
    assert project.build("-W", "--keep-going", builder="dirhtml").messages == ""
    for path in project.out.rglob("index-p*/index.html"):
        for href in lxml.html.fromstring(path.read_bytes()).xpath("//a/@href"):
            there = str(href).partition("#")[0]
            assert ":" in there or (path.parent / there).exists(), (path, href)
    assert len([*project.out.rglob("index-p*/index.html")]) == 2


@pytest.mark.parametrize("name", ["about", "corrections/L3", "long"])
def test_links_lead_to_the_page_at_once_and_not_by_way_of_the_first(divided: Project, name: str) -> None:
    links = page(divided, name).xpath("//body//a[not(ancestor::details)]/@href")
    own = [str(href).rpartition("/")[2] for href in links]
    assert not {href for href in own if href in ("long.html#L2", "long.html#L3", "long.html#L-p15", "#L3")}
    assert any(href.startswith("long-p") and "#L" in href for href in own)


def test_an_address_by_the_page_of_the_text_finds_the_link_to_the_page_that_has_the_place(divided: Project) -> None:
    whole = page(divided, "long")
    for anchor, there in (("L-p15", "long-p11.html"), ("L2", "long-p6.html"), ("L-folio-3", "long-p11.html")):
        assert whole.get_element_by_id(anchor).getparent().get("href") == there


def test_the_search_and_the_notes_within_notes_know_the_page(divided: Project) -> None:
    assert '"long-p11.html#L-p15"' in divided.read("_build/_static/ed-found.js")
    assert '"long-p6.html#L2"' in divided.read("_build/_static/ed-notes-L.js")


def test_lines_are_counted_through_on_every_page(divided: Project) -> None:
    (text,) = page(divided, "long-p6").xpath("//div[starts-with(@class, 'ed-text')]")
    numbers = list(map(int, text.xpath(".//span[starts-with(@class, 'l')]/@data-n")))
    starts = list(map(int, text.get("data-lines").split()))
    assert (int(text.get("data-first")) + 1, len(starts), starts[0]) == (numbers[0], len(numbers), 0)


def test_a_changed_rule_leaves_no_page_of_the_old_one_and_a_new_build_is_the_same(tmp_path: Path) -> None:
    project = made(tmp_path / "project", "headings")
    assert project.build("-W").status == 0
    project.replace("long.md", ":pages: headings", ":pages: folio")
    assert project.build("-W").status == 0
    names = sorted(path.name for path in project.out.glob("long*.html"))
    assert names == ["long-p14.html", "long-p5.html", "long.html"]
    about = project.read("_build/about.html")
    clean = made(tmp_path / "clean", "folio")
    assert clean.build("-W").status == 0
    assert about == clean.read("_build/about.html")


def test_no_other_output_has_further_pages(tmp_path: Path) -> None:
    project = made(tmp_path / "project", "headings")
    assert project.build("-W", builder="singlehtml").status == 0
    assert verbatim_of(project, "index") == CHAPTERS
    assert "long-p6" not in project.read("_build/index.html")


@pytest.mark.parametrize(
    "string",
    [
        '<!--ed-page 2--> <b>\n\n<script>x</script> & "q"\n\nend\n',
        "פרק (א)\n\nאחד\n\nפרק [ב]\n\nשתים",
        "\none\n\n\ntwo \r\n\r\nthree\u2028four\n\n\U0001f319\n\n",
        "e\u0301\n\n\u0301x\n\n\0\n",
    ],
)
def test_what_a_text_has_it_has_on_its_pages(tmp_path: Path, string: str) -> None:
    project = Project.at(tmp_path / "project")
    raw = "```{raw} html\n<p><!--ed-page 99--></p>\n```\n"
    text = "```{ed:text} odd.txt\n:siglum: O\n:lang: en\n:structure: paragraph\n:pages: 1\n```\n"
    project.add_page("odd", f"# Odd\n\n{text}\n{raw}", string.encode())
    assert project.build().status == 0
    names = ["odd", *sorted((path.stem for path in project.out.glob("odd-p*.html")), key=lambda name: int(name[5:]))]
    assert len(names) > 2
    for name in names:
        marks = re.findall("<!--(.*?)-->", project.read(f"_build/{name}.html"))
        assert [mark for mark in marks if re.match(r"\w{16} ", mark)] == []
    said = "".join(project.verbatim(name) for name in names)
    assert said == string.replace("\0", "")


def verbatim_of(project: Project, name: str) -> str:
    whole = page(project, name)
    text = whole.get_element_by_id("L")
    for editorial in text.xpath(".//*[@data-editorial]"):
        editorial.drop_tree()
    return str(text.text_content())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("quire", ":pages: goes by 'quire', of which ed:milestones L has none"),
        ("0", ":pages: is headings, a unit of ed:milestones, as chapter, or a number of paragraphs"),
        ("every page", ":pages: is headings"),
        ("-3", ":pages: is headings"),
    ],
)
def test_a_rule_that_is_none_is_told(tmp_path: Path, words: str, said: str) -> None:
    project = made(tmp_path / "project", words)
    result = project.build()
    assert said in result.messages
    assert "long.md" in result.messages


def test_a_page_of_the_project_keeps_its_name(tmp_path: Path) -> None:
    project = made(tmp_path / "project", "headings")
    project.add_page("long-p6", "# A page of the project\n")
    assert "makes a page long-p6, and there is one" in project.build().messages
    assert "A page of the project" in project.read("_build/long-p6.html")


def test_a_page_of_the_project_that_comes_later_is_told_as_well(tmp_path: Path) -> None:
    project = made(tmp_path / "project", "headings")
    assert project.build().messages == ""
    project.add_page("long-p6", "# A page of the project\n")
    assert "makes a page long-p6, and there is one" in project.build().messages


@pytest.mark.parametrize(
    ("words", "first"),
    [("headings", (4, 8)), ("2", (3, 5, 7, 9)), ("9", ()), ("folio", (8,)), ("", ()), ("chapter", ())],
)
def test_pages_begin_where_the_rule_says(words: str, first: tuple[int, ...]) -> None:
    string = "\n".join(("I", "The first", "one", "II", "The second", "two", "three", "III", "four"))
    milestones = (
        Milestone("folio", "1", 0),
        Milestone("folio", "2", string.index("irst")),
        Milestone("folio", "3", string.index("four")),
    )
    divided = record(string, headings=(1, 2, 4, 5, 8), milestones=milestones, paged=words)
    assert begins(divided) == first


def test_a_page_is_called_by_what_it_has() -> None:
    divided = record("I.\nThe moon.\none\nII\ntwo\nthree", headings=(1, 2, 4), paged="headings")
    assert [title(divided, 1, 4), title(divided, 4, 7)] == ["I. The moon", "II"]
    assert title(divided._replace(paged="2"), 3, 5) == "¶¶3–4"
    assert title(divided._replace(paged="1"), 3, 4) == "¶3"
    assert [page_of((4, 6), number) for number in (1, 3, 4, 5, 6, 9)] == [1, 1, 2, 2, 3, 3]


def test_a_page_is_called_by_the_numbers_of_its_verses_by_its_milestone_or_by_all_its_headings() -> None:
    string = "Title\none\ntwo\nthree"
    spans = [Span(one.start, one.end) for one in record(string).text.paragraphs]
    verse = record(string, verses=number_verses(string, spans, (1,)), headings=(1,), paged="2")
    assert [title(verse, 2, 4), title(verse, 2, 3)] == ["ll. 1–2", "l. 1"]
    assert title(verse, 1, 4) == "¶¶1–3", "a title is no verse"
    assert title(record("I.\nThe moon.", headings=(1, 2), paged="headings"), 1, 3) == "I. The moon"
    assert title(record(string, paged="headings"), 2, 4) == "¶2"
    folios = (Milestone("folio", "1r", 6), Milestone("folio", "1v", string.index("three")))
    divided = record(string, milestones=folios, paged="folio")
    assert [title(divided, 2, 4), title(divided, 4, 5), title(divided, 1, 2)] == ["folio 1r", "folio 1v", "¶1"]


def test_a_text_without_paragraphs_has_one_page() -> None:
    assert begins(record("\n", milestones=(Milestone("folio", "1", 0),), paged="folio")) == ()


def test_a_translation_is_divided_with_its_text() -> None:
    bands = parse_aligned("1-2 = 1; 3-5 = 2-3; 6 = -; 7 = 4")
    assert begins_beside(bands, (2, 4, 6, 7)) == [(3, 2), (6, 4), (7, 4)]
    assert begins_beside(bands, (8,)) == []


def test_of_many_pages_the_first_lists_all_and_each_those_around_it() -> None:
    assert listed(0, 500) == list(range(500))
    assert listed(3, MANY) == list(range(MANY))
    found = listed(250, 500)
    assert (found[0], found[-1], len(found) <= MANY + 3) == (0, 499, True)
    assert {249, 250, 251} <= set(found)


def test_a_rule_is_a_word_or_a_number() -> None:
    assert [rule(" headings "), rule("50"), rule("Kapitel")] == ["headings", "50", "Kapitel"]
    for words in ("", "1.5", "0", "¶3", "９"):
        with pytest.raises(ModelError):
            rule(words)


def test_a_milestone_that_is_there_twice_is_told_with_its_line_and_a_remedy_that_it_takes(tmp_path: Path) -> None:
    project = made(tmp_path / "project", "headings")
    project.replace("long.md", "folio 3: In III, on night b", "folio 3: and the sea")
    line = project.read("long.md").split("\n").index("folio 3: and the sea") + 1
    (said,) = project.build().messages.splitlines()[:1]
    assert f"long.md:{line}: WARNING: folio 3: 'and the sea' is in the text 9 times" in said
    assert "quote more of what follows" in said
    assert ":prefix:" not in said


@pytest.mark.browser
def test_an_old_address_is_led_on_to_the_page_that_has_the_place(divided: Project, each_browser: Engine) -> None:
    address = (divided.out / "long.html").as_uri()
    for anchor, there in (("L-p15", "long-p11.html"), ("L2", "long-p6.html")):
        each_browser.open(f"{address}#{anchor}")
        each_browser.until(f"location.href.endsWith('{there}#{anchor}')")
    each_browser.open(address)
    each_browser.run("(location.hash = '#L3', 0)")
    each_browser.until("location.href.endsWith('long-p11.html#L3')")
    each_browser.until("document.querySelector('#L3')?.getClientRects().length > 0")


def test_a_text_and_its_translation_turn_their_pages_together(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "facing")
    project.replace("iliad.md", ":structure: verse\n", ":structure: verse\n:pages: 3\n")
    assert project.build("-W").status == 0
    said: dict[str, str] = {"I": "", "B": ""}
    for name in ("iliad", "iliad-p8"):
        for text in project.page(name).find_class("ed-text"):
            for editorial in text.xpath(".//*[@data-editorial]"):
                editorial.drop_tree()
            said[text.get("id")] += text.text_content()
    assert said == {"I": project.read("texts/iliad.txt"), "B": project.read("texts/butler.txt")}
