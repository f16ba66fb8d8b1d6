"""Works of the bibliography: as items of a citation, and told apart where they would be cited alike."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pybtex.database import Entry, parse_string

from sphinx_apparatus.bibliography import years
from sphinx_apparatus.bibliography.items import Item, public
from sphinx_apparatus.bibliography.works import item_of, printed_item


def work(source: str) -> Entry:
    """The one work of a BibTeX file."""
    [entry] = parse_string(source, "bibtex").entries.values()
    return entry


#: A record, and its item.
ITEMS = [
    (
        r"@article{a, author={van der Suh, Dae-Sook Kim and {The {TASS} Agency}}, editor={Yi, A.}, journal={J {S}},"
        r' title={The {Korean} {\"U}ber \& So}, year={1988}, month={March}, volume=2, number=3, pages={1--9},'
        r" doi={10.1/x}, url={https://example.org/}, note={N}}",
        {
            "type": "article-journal", "title": 'The <span class="nocase">Korean</span> Über & So', "container-title": 'J <span class="nocase">S</span>', "volume": "2",  # noqa: E501
            "issue": "3", "page": "1-9", "URL": "https://example.org/", "DOI": "10.1/x", "note": "N",
            "author": [{"family": "Suh", "given": "Dae-Sook Kim", "non-dropping-particle": "van der"}, {"literal": "The TASS Agency"}],  # noqa: E501
            "editor": [{"family": "Yi", "given": "A."}], "issued": {"date-parts": [[1988, 3]]},
        },
    ),
    (
        "@book{a, title={B}, publisher={P}, address={Seoul}, edition={2nd}, year={2001}, month={1 May}}",
        {
            "type": "book", "title": "B", "publisher": "P", "publisher-place": "Seoul", "edition": "2nd",
            "issued": {"date-parts": [[2001, 5, 1]]},
        },
    ),
    (
        "@incollection{a, title={C}, booktitle={B}, year={n.d.}, volume={}}",
        {"type": "chapter", "title": "C", "container-title": "B"},
    ),
    (
        "@misc{a, title={W}, howpublished={The {Site}}, url={https://x.org}, year={2001}, month={{dec}}}",
        {
            "type": "webpage", "title": "W", "container-title": 'The <span class="nocase">Site</span>', "issued": {"date-parts": [[2001, 12]]},  # noqa: E501
            "URL": "https://x.org",
        },
    ),
    ("@online{a, title={W}}", {"type": "webpage", "title": "W"}),
    ("@techreport{a, title={R}, howpublished={X}}", {"type": "report", "title": "R", "medium": "X"}),
    ("@phdthesis{a, title={D}}", {"type": "thesis", "title": "D", "genre": "PhD diss."}),
    ("@inbook{a, title={D}}", {"type": "book", "title": "D"}),
    ("@unpublished{a, title={U}}", {"type": "manuscript", "title": "U"}),
]  # fmt: skip


@pytest.mark.parametrize(("source", "item"), ITEMS, ids=[item["type"] for _, item in ITEMS])
def test_a_record_is_an_item_without_its_mark_up(source: str, item: Item) -> None:
    assert public(item_of("a", work(source))) == {"id": "a", **item}


def test_the_work_of_a_text_is_that_of_its_key() -> None:
    data = SimpleNamespace(bibdata=SimpleNamespace(data=parse_string("@book{suh, title={S}}", "bibtex")))
    env = SimpleNamespace(get_domain={"cite": data}.__getitem__)
    assert printed_item(env, "suh")["title"] == "S"
    with pytest.raises(KeyError):
        printed_item(env, "yi")


#: A record, and whom a citation names.
NAMES = [
    ("@book{a, author={Suh, Dae-Sook}}", "Suh"),
    ("@book{a, author={van Ree, Erik}}", "van Ree"),
    ("@book{a, author={Oberdorfer, Don and Carlin, Robert}}", "Oberdorfer and Carlin"),
    ("@book{a, author={Kim, A. and Yi, B. and Pak, C.}}", "Kim et al."),
    ("@book{a, author={{The {TASS} Agency}}}", "The TASS Agency"),
    ("@book{a, editor={Yi, B.}}", "Yi"),
    ("@book{a, author={Suh, D.}, editor={Yi, B.}}", "Suh"),
    ("@book{a, title={The {Moon}}}", "The Moon"),
    ("@book{a, year={1988}}", "a"),
]


@pytest.mark.parametrize(("source", "names"), NAMES)
def test_a_citation_names(source: str, names: str) -> None:
    assert years.cited_names(work(source)) == names


@pytest.mark.parametrize(
    ("string", "words"),
    [("The {Moon}", "the moon"), ("Chŏng  Hwan", "chong hwan"), ("STRASSE Straße", "strasse strasse"), ("ﬁn", "fin")],
)
def test_words_are_looked_for_without_capitals_braces_and_marks_on_letters(string: str, words: str) -> None:
    assert years.plain_words(string) == words


WORKS = """
@misc{b, author={{TASS}}, year={2024}, title={B}}
@misc{a, author={{TASS}}, year={2024}, title={A}}
@misc{c, author={{TASS}}, year={2023}, title={C}}
@misc{d, author={{Tass}}, year={2025}, title={D}}
@misc{e, author={{TASS}}, year={2025}, title={D}}
@misc{n, author={{Archives}}, title={One}}
@misc{m, author={{Archives}}, title={Two}}
"""
LETTERS = {"a": "a", "b": "b", "d": "a", "e": "b", "n": "a", "m": "b"}


@pytest.fixture
def letters() -> Iterator[None]:
    """Letters of one project, forgotten again."""
    yield
    years.remember({})


def test_works_that_would_be_cited_alike_have_letters_in_the_order_of_the_list() -> None:
    """By title, and of one title by key; whatever the order of the records."""
    entries = list(parse_string(WORKS, "bibtex").entries.values())
    assert years.tell_apart(entries) == years.tell_apart(reversed(entries)) == LETTERS


@pytest.mark.usefixtures("letters")
def test_a_letter_is_shown_behind_the_year_and_the_record_is_as_it_was() -> None:
    entries = parse_string(WORKS, "bibtex").entries
    years.remember(LETTERS)
    shown = {key: years.lettered(entry) for key, entry in entries.items()}
    assert {key: entry.fields["year"] for key, entry in shown.items() if "year" in entry.fields} == {
        "a": "2024a", "b": "2024b", "c": "2023", "d": "2025a", "e": "2025b", "n": "n.d.-a", "m": "n.d.-b",
    }  # fmt: skip
    assert shown["a"].fields[years.PLAIN_YEAR] == "2024"
    assert (shown["a"].key, shown["a"].type, shown["a"].persons) == ("a", "misc", entries["a"].persons)
    assert shown["c"] is entries["c"]
    assert entries["a"].fields["year"] == "2024"
    assert "year" not in entries["n"].fields


@pytest.mark.usefixtures("letters")
def test_letters_of_another_project_are_forgotten() -> None:
    entry = parse_string(WORKS, "bibtex").entries["a"]
    years.remember({"a": "a"})
    years.remember({"b": "a"})
    assert years.lettered(entry) is entry


def test_after_z_letters_are_doubled() -> None:
    records = "".join(f"@misc{{k{n:02}, author={{{{A}}}}, year={{1988}}, title={{T{n:02}}}}}" for n in range(54))
    found = years.tell_apart(parse_string(records, "bibtex").entries.values())
    assert [found[f"k{n:02}"] for n in (0, 25, 26, 51, 52, 53)] == ["a", "z", "aa", "az", "ba", "bb"]
