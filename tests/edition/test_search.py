"""The search of the site finds what a reader asks, from its file."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import quote

import pytest

from four_texts import Visit, eventually

#: The groups of results: title, and of each result its words.
GROUPS = """() => [...document.querySelectorAll('.ed-results > section')].map((group) => [
  group.querySelector('h3').firstChild.data,
  [...group.querySelectorAll('li')].map((one) => one.innerText.replace(/\\s+/g, ' '))
])"""


#: The search has said how much it found.
DONE = "Boolean(document.querySelector('.search-summary')?.innerText)"


def search(visit: Visit, query: str) -> Any:
    page = visit(f"search.html?q={quote(query)}")
    eventually(page, lambda: "" if page.evaluate(DONE) else f"{query}: never finished")
    return page


def results(visit: Visit, query: str) -> dict[str, list[str]]:
    page = search(visit, query)
    page.evaluate("document.querySelectorAll('.ed-results details').forEach((one) => { one.open = true; })")
    return dict(page.evaluate(GROUPS))


@pytest.mark.parametrize("query", ["Kim Jung Il", "Kim Jong Il", "K25", "kim jung il", "“Kim Jung Il”"])
def test_what_stands_and_what_should_stand_lead_to_the_correction(visit: Visit, query: str) -> None:
    groups = results(visit, query)
    assert next(iter(groups)) == "Annotations"
    first = groups["Annotations"][0]
    assert first.startswith("Kim Jung Il] Kim Jong Il K25 · K ¶4, l. 19 · emendation, name"), first


@pytest.mark.parametrize(
    ("query", "identifier"),
    [("July 26", "E31"), ("194521", "K7"), ("July 26, 1950", "E31"), ("1910-194521", "K7")],
)
def test_figures_are_found(visit: Visit, query: str, identifier: str) -> None:
    found = results(visit, query)["Annotations"]
    assert any(f" {identifier} · " in one for one in found[:3]), found[:3]


def test_a_year_is_found_in_texts_notes_and_lists(visit: Visit) -> None:
    groups = results(visit, "1950")
    assert {"Annotations", "Texts"} <= set(groups)
    assert any(one.startswith("E ¶8") for one in groups["Texts"])


def test_letters_are_found_without_their_marks(visit: Visit) -> None:
    assert results(visit, "Choson") == results(visit, "Chosŏn") != {}


def test_a_passage_is_found_by_its_name(visit: Visit) -> None:
    page = search(visit, "K ¶4")
    assert page.locator(".ed-results a").first.get_attribute("href").endswith("texts/khan.html#K-p4")


def test_between_quotation_marks_words_stand_so(visit: Visit) -> None:
    loose, strict = results(visit, "cult of personality"), results(visit, '"cult of personality"')
    count = {name: len(found) for name, found in loose.items()}
    assert all(len(found) <= count.get(name, 0) for name, found in strict.items())
    assert strict["Texts"][0].startswith("K ¶4")
    assert results(visit, '"personality of cult"') == {}
    assert any(one.startswith("K ¶4") for one in results(visit, '"by his"')["Texts"]), "common words only"


def test_results_stand_in_groups_with_their_words(visit: Visit) -> None:
    groups = results(visit, "emendation")
    assert {"Annotations", "The edition", "Concordances", "Reference", "The tool"} <= set(groups)
    assert all("emend" in one.lower() for one in groups["The edition"])


def test_a_title_leads_its_group_to_the_front(visit: Visit) -> None:
    groups = results(visit, "Glossary")
    assert next(iter(groups)) == "Reference"
    assert groups["Reference"][0].startswith("Glossary")


def test_a_result_leads_to_the_note_in_its_text(visit: Visit) -> None:
    page = search(visit, "Kim Jung Il")
    page.locator(".ed-results a").first.click()
    page.locator("#K25").wait_for(state="visible")


LISTED = "document.querySelector('input[name=q]').list?.options.length > 100"


def test_while_one_types_words_are_suggested(visit: Visit) -> None:
    page = visit("index.html")
    assert page.locator("datalist").count() == 0, "nothing is loaded before"
    page.locator("input[name=q]").focus()
    eventually(page, lambda: "" if page.evaluate(LISTED) else "nothing is suggested")
    said = page.evaluate("[...document.querySelector('input[name=q]').list.options].map((one) => one.value)")
    assert {"Kim Jung Il", "Kim Jong Il", "Amur River"} <= set(said)


def test_without_scripts_the_search_leads_to_the_index_of_words(visit: Visit) -> None:
    page = visit("search.html", java_script_enabled=False)
    page.locator("noscript a", has_text="index of words").click()
    assert page.locator("h1").inner_text().startswith("Index of words")


def test_an_asterisk_stands_for_any_letters(visit: Visit) -> None:
    """In the search of the site, which finds parts of words, and in a list's own."""
    assert results(visit, "uran*") == results(visit, "uran") != {}
    page = visit("concordances/annotations.html")
    shown = {}
    for words in ("Kim Ju*l", "Kim Xu*l", "![]("):
        page.locator(".ed-search-box input").first.fill(words)
        shown[words] = page.locator("table tbody tr:visible").count()
    assert shown["Kim Ju*l"] >= 1
    assert shown["Kim Xu*l"] == 0
    assert shown["![]("] == 1


def test_the_list_of_all_annotations_is_chosen_by_name_and_by_work(visit: Visit) -> None:
    page = visit("concordances/annotations.html")

    def shown() -> list[str]:
        return [words.strip() for words in page.locator("table tbody tr:visible td:first-child").all_inner_texts()]

    def chosen(name: str, value: str) -> list[str]:
        page.locator(".ed-controls label", has_text=re.compile(f"^{name}")).locator("select").select_option(value)
        return shown()

    kim = chosen("Name", "Kim Jong Il")
    assert {"K25", "K24"} <= set(kim)
    assert "K11" not in kim
    assert "K18" not in kim
    chosen("Name", "all")
    savada = chosen("Work cited", "Savada 1994")
    assert "K111" in savada
    assert len(savada) < 60
    both = chosen("Name", "Agriculture")
    assert "K111" in both
    assert set(both) < set(savada), "what is chosen twice fits twice"
