"""The lists, as a reader finds them, and what is said of data that do not fit the texts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree
from lxml import html as lxml_html

from once import built
from projects import Project
from sphinx_apparatus.concordances.chronology import read_events
from sphinx_apparatus.concordances.names import Form, Name, cross_references, index, occurrences, sorting
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.stores.tables import DataError


@pytest.fixture
def lists(tmp_path: Path) -> Project:
    return Project.at(tmp_path / "lists", "concordances")


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> lxml_html.HtmlElement:
    """The page of the lists, built without a warning."""
    return built(tmp_path_factory, "concordances").page("lists")


def having(element: lxml_html.HtmlElement, name: str, within: str = "") -> list[lxml_html.HtmlElement]:
    """The elements of a class, or those of a path within them."""
    path = f"descendant::*[contains(concat(' ', @class, ' '), ' {name} ')]{within}"
    return element.xpath(path)  # type: ignore[no-any-return]


def text(element: lxml_html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def rows(document: lxml_html.HtmlElement, name: str) -> list[list[str]]:
    found = having(document, name)[0]
    return [[text(cell) for cell in row.iter("td")] for row in found.xpath(".//tbody/tr")]


def test_every_list_is_made_without_a_warning(document: lxml_html.HtmlElement) -> None:
    assert rows(document, "ed-contradictions") == [
        [
            "The proclamation",
            "A ¶2 “In 1948 the two republics were proclaimed” (A1) B ¶2 “In 1949 the republics were proclaimed” (B1)",
            "They were proclaimed in 1948. (A1)",
        ]
    ]
    table = having(document, "ed-contradictions")[0]
    assert [text(words) for words in having(table, "ed-wrong")] == ["“In 1949 the republics were proclaimed”"]
    assert [text(words) for words in having(table, "ed-right")] == ["They were proclaimed in 1948. (A1)"]
    assert rows(document, "ed-emendations") == [
        ["A2", "A ¶2", "Kim20", "Kim²⁰", "numbering", "high"],
        ["B1", "B ¶2", "In 1949 the republics were proclaimed", "In 1948", "correction: fact", "medium"],
    ]
    shared, sourced = (found for found in having(document, "ed-beside") if found.tag == "table")
    assert [text(head) for head in shared.iter("th")] == ["A ¶3", "B ¶1"]
    assert [mark.text for mark in having(shared, "ed-differs")][:2] == ["Pusan", "north"]
    assert "Campbell" in text(list(sourced.iter("th"))[1])
    assert "7 or more words" in document.text_content()
    ((date, event, said),) = rows(document, "ed-chronology")
    assert date == "15 August – 9 September 1948 1948-08-15/ 1948-09-09"
    assert event.startswith("Two republics are proclaimed In Seoul and Pyongyang")
    assert "Campbell" in event
    assert said == "A ¶2 1948, right: “In 1948 the two republics” B ¶2 1949, wrong: “In 1949 the republics”"
    assert rows(document, "ed-sigla")[0] == ["A", "One", "3", "31", "1", "0", "1"]
    assert ["Notes", "1", "1", "2"] in rows(document, "ed-counts")
    codes = [row[0] for row in rows(document, "ed-diagnostics")]
    assert "ed.concordance" in codes


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "latex"])
def test_an_event_has_a_name_by_its_date(lists: Project, builder: str) -> None:
    """The second of one date has another; an unknown one is Sphinx's own warning."""
    event = lists.read("events.toml")
    lists.write("events.toml", event + event.replace("Two republics", "Once more two republics"))
    names = ("event-1948-08-15-1948-09-09", "event-1948-08-15-1948-09-09-2")
    lists.write("index.md", lists.read("index.md") + "".join(f"\n{{ref}}`then <{name}>`\n" for name in names))
    # (Of Hangul pdflatex has no font, and that is told.)
    result = lists.build("-W", "-D", "latex_engine=lualatex", builder=builder)
    assert result.status == 0, result.messages
    if builder == "html":
        index = lists.page("index")
        for name in names:
            assert index.xpath(f"//a[@href='lists.html#{name}']")
            assert lists.page("lists").xpath(f"//tr[.//*[@id='{name}']]")
    lists.write("events.toml", event)
    assert f"undefined label: '{names[1]}'" in lists.build("-E").messages


def test_names_are_found_and_lead_to_their_headings(document: lxml_html.HtmlElement) -> None:
    terms = [text(term) for term in having(document, "ed-names", "//dt")]
    assert terms == ["Kim", "Busan 부산", "North"]
    assert having(document, "ed-names", "//*[@lang='ko']")[0].text == "부산"
    found = [text(p) for p in having(document, "ed-names", "//dd/p")]
    assert "Busan: B ¶1, B ¶2; Pusan: A ¶3" in found
    assert "Kim: A ¶2" in found
    (see,) = having(document, "ed-see", "/li")
    assert text(see) == "Pusan, see Busan"
    (link,) = see.iter("a")
    assert document.get_element_by_id(link.get("href")[1:]).text_content().startswith("Busan")


def test_pictures_are_part_of_the_page_and_have_names(document: lxml_html.HtmlElement) -> None:
    pictures = having(document, "ed-picture")
    assert len(pictures) == 2
    for svg in pictures:
        for attribute in ("aria-labelledby", "aria-describedby"):
            assert svg.get_element_by_id(svg.get(attribute)).text
    descents = [text(item) for item in having(document, "ed-descents", "/li")]
    assert descents == [
        "A (One), ¶2: from a lost chronicle (conjectured).",
        "B (Two): from A (One) (wordings compared). Copied.",
    ]


@pytest.mark.parametrize("builder", ["text", "latex", "epub", "singlehtml"])
def test_other_builders_give_the_lists_too(lists: Project, builder: str) -> None:
    result = lists.build(builder=builder)
    assert result.status == 0, result.messages
    assert "ed.concordance" not in result.messages
    if builder == "text":
        written = lists.read("_build/lists.txt")
        assert "They were proclaimed in 1948." in written
        assert "witnesses and sources" in written


@pytest.mark.parametrize(
    ("file", "old", "new", "said"),
    [
        ("events.toml", "1948-08-15/1948-09-09", "9/1948", "events.toml:1: WARNING: event: '9/1948' is not a date"),
        ("events.toml", "In 1949 the republics", "In 1950", "B: the quotation 'In 1950' is not in the text"),
        ("events.toml", 'text = "B"', 'text = "C"', "there is no text C"),
        ("events.toml", "title =", "titel =", "event: needs title"),
        ("names.toml", '"Busan", "Pusan"', '"Busan", "Fusan"', "names.toml:1: WARNING: Busan: the form 'Fusan' is not"),
        ("names.toml", "wikidata", "wikipedia", "unknown key wikipedia"),
        ("names.toml", '"Busan", "Pusan"', '"Busan", ""', "name, forms: needs words"),
        ("names.toml", 'heading = "Kim"', 'heading = "Busan"', "names.toml:8: WARNING: name: the heading 'Busan' is"),
        ("stemma.toml", 'from = "lost"\n', "", "edge: needs from"),
        ("stemma.toml", 'to = "B"', 'to = "Z"', "there is no node 'Z'"),
        ("stemma.toml", 'kind = "lost"', 'kind = "gone"', "kind is one of extant, lost, inferred; not 'gone'"),
        ("stemma.toml", 'from = "lost"', 'from = "B"', "circle"),
        ("stemma.toml", '[[node]]\nid = "lost"', '[[node\nid = "lost"', "not TOML"),
    ],
)
def test_data_that_do_not_fit_are_warned_of_with_their_place(
    lists: Project, file: str, old: str, new: str, said: str
) -> None:
    lists.replace(file, old, new)
    result = lists.build(builder="dummy")
    assert result.status == 0
    assert said in result.messages
    assert "[ed.concordance]" in result.messages


def test_a_missing_data_file_is_warned_of(lists: Project) -> None:
    (lists.folder / "stemma.toml").unlink()
    assert "cannot be read" in lists.build(builder="dummy").messages


def test_a_list_is_made_anew_when_an_annotation_changes(lists: Project) -> None:
    lists.build()
    lists.replace("one.md", "They were proclaimed in 1948.", "In 1948, both.")
    lists.build()
    assert "In 1948, both." in lists.read("_build/lists.html")
    lists.replace("events.toml", "Two republics are proclaimed", "Both republics are proclaimed")
    lists.build()
    assert "Both republics are proclaimed" in lists.read("_build/lists.html")


@pytest.mark.parametrize(
    ("string", "form", "count"),
    [
        ("Kim20 and Kims", "Kim", 1),
        ("US$15 and US troops", "US", 1),
        ("alsoCold War", "Cold War", 0),
        ("U.S.-Korean", "U.S.", 1),
    ],
)
def test_a_form_is_a_whole_word(string: str, form: str, count: int) -> None:
    assert len(occurrences(string, form)) == count


def test_the_longest_form_is_meant() -> None:
    names = [
        Name("Korea", "place", (Form("Korea"),)),
        Name("North Korea", "place", (Form("North Korea"), Form("Nowhere"))),
    ]
    korea, north = index(names, [Text("A", "a", "", "North Korea and Korea, Korea\n")])
    assert [(str(p), n) for p, n in korea.places[0].passages] == [("A ¶1", 2)]
    assert [(str(p), n) for p, n in north.places[0].passages] == [("A ¶1", 1)]
    assert north.missing == (Form("Nowhere"),)


def test_forms_lead_to_headings_sorted_without_marks() -> None:
    names = [Name("Busan", "place", (Form("Pusan"), Form("Busan City")), romanisations=("Ŭlsan",))]
    assert [see.spelling for see in cross_references(names)] == ["Pusan", "Ŭlsan"]
    assert sorting("P’yŏng-yang") == "pyongyang"
    assert sorting("the North") == "north"


def test_a_mistake_in_a_data_file_names_its_line(tmp_path: Path) -> None:
    path = tmp_path / "events.toml"
    path.write_text('[[event]]\ndate = "1945"\ntitle = "A"\n\n[[event]]\ndate = "45"\ntitle = "B"\n', "utf-8")
    with pytest.raises(DataError) as error:
        read_events(path)
    assert error.value.location == f"{path}:5"


def test_a_number_in_a_sentence_is_counted(lists: Project) -> None:
    """It follows the edition, of the whole or of one text."""
    counts = "{ed:count}`texts` texts, {ed:count}`annotations A` of A, {ed:count}`matters` in dispute."
    lists.write("index.md", lists.read("index.md") + f"\n{counts}\n")
    assert lists.build("-W").status == 0
    words = text(lxml_html.fromstring(lists.read("_build/index.html")))
    assert "2 texts, 2 of A, 1 in dispute." in words


@pytest.mark.parametrize(
    ("address", "uri", "words"),
    [
        ("", None, "Write to nobody"),
        ("ed@example.org", "mailto:ed@example.org", "Write to ed@example.org"),
        ("mailto:ed@example.org", "mailto:ed@example.org", "Write to ed@example.org"),
        ("https://example.org/kr", "https://example.org/kr", "Write to https://example.org/kr"),
    ],
)
def test_the_publishers_address_is_linked_where_it_is_set(
    lists: Project, address: str, uri: str | None, words: str
) -> None:
    lists.write("index.md", lists.read("index.md") + "\nWrite to {ed:contact}`nobody`.\n")
    assert lists.build("-W", "-D", f"apparatus_contact={address}", builder="xml").status == 0
    page = etree.fromstring(lists.read("_build/index.xml").encode())
    assert words in " ".join("".join(page.itertext()).split())
    links = [unquote(link.get("refuri")) for link in page.xpath("//paragraph[contains(., 'Write to')]/reference")]
    assert links == ([uri] if uri else [])


def test_what_cannot_be_counted_is_warned_of(lists: Project) -> None:
    lists.write("index.md", lists.read("index.md") + "\n{ed:count}`moons`, {ed:count}`words Q`\n")
    messages = lists.build(builder="text").messages
    assert messages.count("cannot be counted") == 2
    assert "[ed.concordance]" in messages


def test_nobody_is_sent_from_a_form_that_nobody_looks_up() -> None:
    """Neither from a name in its natural order to the inverted one, nor from what the editor sets aside."""
    clinton = Name("Clinton, Bill", "person", (Form("Bill Clinton"), Form("the President")))
    north = Name("Korea, North", "place", (Form("Compared to North", see=False), Form("the DPRK")))
    assert [(see.spelling, see.headings) for see in cross_references([clinton, north])] == [
        ("the DPRK", ("Korea, North",)),
        ("the President", ("Clinton, Bill",)),
    ]


def test_a_phrase_in_small_letters_is_looked_up_where_the_editor_says_so() -> None:
    """A verb or a description that a text happens to have is found there, but leads nobody to its heading."""
    invasion = Name("War", "event", (Form("invaded"), Form("police action", see=True), Form("2. war"), Form("전쟁")))
    assert [see.spelling for see in cross_references([invasion])] == ["2. war", "police action", "전쟁"]


def test_one_reference_stands_for_forms_beside_each_other() -> None:
    """For those that differ in capitals or marks alone, and for a longer one that begins alike."""
    forms = (Form("Korean Peninsula"), Form("Chosŏn"), Form("Korean peninsula"), Form("Chosŏn Wangjo"))
    names = [Name("Korea", "place", forms), Name("Kingdom", "event", (Form("Chosŏn Wangjo Age"),))]
    assert [(see.spelling, see.headings) for see in cross_references(names)] == [
        ("Chosŏn", ("Korea",)),
        ("Chosŏn Wangjo Age", ("Kingdom",)),
        ("Korean Peninsula", ("Korea",)),
    ]
