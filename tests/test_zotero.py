"""What Zotero's translators make of our exports and pages: their rules, each found with its translation server.

The server runs on a machine that has a copy of it (github.com/zotero/translation-server); here stand the
rules by which its translators read, so that every run of the tests holds them.
"""

from __future__ import annotations

import json
import re
from datetime import date
from urllib.parse import parse_qs

import pytest
import rispy
from lxml import html
from pybtex.database import parse_string

from annotating import annotate
from projects import Project
from sphinx_apparatus.bibliography import items
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import to_bibtex, to_json, to_ris
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.persons import Name
from sphinx_apparatus.model.contributor import Contributor
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import Passage, PrintReference

BODY: Name = {"literal": "The editors of Korea and Russia, Seoul"}
HAN: Name = {"family": "Han", "given": "Yujin", "ORCID": "https://orcid.org/0000-0002-1825-0097"}
KHAN: Name = {"family": "Khan", "given": "Shoaib"}


def imprint(*contributors: Contributor) -> Imprint:
    return Imprint(
        "Korea and Russia: Four Texts",
        BODY["literal"],
        "1.2.0",
        date(2026, 11, 22),
        "KR",
        "https://example.org/~kr/a_b/",
        contributors=contributors,
    )


def things(edition: Imprint) -> dict[str, Item]:
    """One of each thing that is cited."""
    place = PrintReference("18", 7, 8, 22, until="19")
    note = annotate("Kim Jung Il", 0, 11, "Kim Jong Il", id="K25", body="A slip.")
    return {
        "edition": items.edition_item(edition),
        "text": items.text_item(edition, "K", "Khan", "passages/K.html", [KHAN], "en"),
        "paragraph": items.passage_item(edition, Passage("K", 4), "Khan", "passages/K-p4.html", place, [KHAN], "en"),
        "annotation": items.annotation_item(edition, note, Passage("K", 4), "corrections/K25.html", place, HAN),
    }


def split(words: str) -> tuple[str, str]:
    """A name as ``ZU.cleanAuthor`` cuts it: family and given name at the comma, or else at the last space."""
    if "," in words:
        family, _, given = words.partition(",")
        return family.strip(), given.strip()
    given, _, family = words.rpartition(" ")
    return family, given


def read(words: str) -> Name:
    """The creator that Zotero makes of it: what has no given name is a body, in one field."""
    family, given = split(words)
    return {"family": family, "given": given} if given else {"literal": family}


EXPECTED = {"literal": "The editors of Korea and Russia Seoul"}
THINGS = things(imprint())
KINDS = [pytest.param(THINGS[name], name, id=name) for name in THINGS]


def plain(name: Name) -> Name:
    return {part: words for part, words in name.items() if part != "ORCID"} if "family" in name else EXPECTED


@pytest.mark.parametrize(("item", "kind"), KINDS)
def test_ris_has_persons_and_bodies_as_they_are(item: Item, kind: str) -> None:
    [entry] = rispy.loads(to_ris(item))
    assert entry["type_of_reference"] == ("BOOK" if kind == "edition" else "CHAP")
    assert [read(name) for name in entry["authors"]] == [plain(name) for name in item["author"]]
    assert entry["urls"] == [item["URL"]]
    assert re.fullmatch(r"2026/11/22/?", entry["date"])
    assert entry.get("secondary_title", "") == item.get("container-title", "")


@pytest.mark.parametrize(("item", "kind"), KINDS)
def test_bibtex_braces_a_body_and_leaves_an_address_alone(item: Item, kind: str) -> None:
    """Zotero takes ``url`` word for word, and a name in braces for one field; it reads ``language``, not ``langid``."""
    written = to_bibtex(item)
    [entry] = parse_string(written, "bibtex").entries.values()
    assert entry.type == ("book" if kind == "edition" else "incollection")
    for name, person in zip(item["author"], entry.persons["author"], strict=True):
        assert str(person) == (f"{{{name['literal']}}}" if "literal" in name else f"{name['family']}, {name['given']}")
    for field in {"title", "booktitle"} & set(entry.fields):
        assert re.fullmatch(r"\{.*\}", entry.fields[field]), "no style has it in small letters"
    assert entry.fields["url"] == item["URL"]
    assert "\\" not in entry.fields["url"]
    assert entry.fields["language"] == "en"
    assert entry.fields["edition"] == "Version 1.2.0"
    assert "version" not in entry.fields, "said twice by every style"


@pytest.mark.parametrize(("item", "kind"), KINDS)
def test_csl_json_is_of_a_type_that_keeps_what_it_holds(item: Item, kind: str) -> None:
    """A book with a ``version`` is to Zotero a program; an ``entry`` is a document and has no container."""
    [entry] = json.loads(to_json(item))
    assert entry["type"] == ("book" if kind == "edition" else "chapter")
    assert "version" not in entry
    assert not re.search(r"\bp\. ?\d|\bl\. ?\d", entry["title"]), "page and line are no part of a title"
    assert all("ORCID" not in name for name in entry["author"]), "no variable of CSL"


@pytest.mark.parametrize(("item", "kind"), KINDS)
def test_coins_say_book_or_part_of_one_and_who(item: Item, kind: str) -> None:
    """``rft.aucorp`` is one field, ``rft.au`` is cut at the comma."""
    said = parse_qs(to_coins(item))
    assert said["rft.genre"] == ["book" if kind == "edition" else "bookitem"]
    assert [read(name) for name in said.get("rft.au", [])] == [plain(n) for n in item["author"] if "family" in n]
    assert said.get("rft.aucorp", []) == [name["literal"] for name in item["author"] if "literal" in name]
    assert said["rft_id"] == [item["URL"]]


def test_who_wrote_an_annotation_is_its_author_and_the_editors_its_editors() -> None:
    found = THINGS["annotation"]
    assert (found["author"], found["editor"]) == ([HAN], [BODY])
    alone = things(imprint(Contributor.of("Han, Yujin")))["edition"]
    assert [name["family"] for name in alone["author"]] == ["Han"]


def metas(project: Project, page: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for meta in html.parse(project.out / page).xpath("//meta[@content]"):
        found.setdefault(meta.get("name") or meta.get("property") or "", []).append(meta.get("content"))
    return found


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("zotero") / "project")
    conf = 'author = "The editors of Fragments"\nhtml_baseurl = "https://example.org/f/"\n'
    conf += 'apparatus_pdf = "book.pdf"\n'
    conf += 'apparatus_licence = "https://example.org/licence"\napparatus_licence_name = "Free"\n'
    project.write("conf.py", f"{project.read('conf.py')}\n{conf}")
    part = "\n@incollection{part, title={A Part}, booktitle={A Dictionary}, year={1990}}\n"
    project.write("works.bib", f"{project.read('works.bib')}{part}")
    project.replace("moon.md", ":source: campbell1982\n", ":source: campbell1982\n:parts: 1-2 part\n")
    assert project.build("-W").status == 0
    return project


@pytest.mark.parametrize(
    ("page", "tag"),
    [
        ("index.html", "citation_author"),
        ("works.html", "DC.creator"),
        ("corrections/M1.html", "citation_author"),
        ("passages/M-p1.html", "citation_editor"),
    ],
)
def test_embedded_metadata_name_a_body_as_one(site: Project, page: str, tag: str) -> None:
    names = metas(site, page).get(tag) or metas(site, page)["citation_author"]
    assert {"literal": "The editors of Fragments"} in [read(name) for name in names]


def test_embedded_metadata_tell_the_type(site: Project) -> None:
    """A part of a book by the book's title; a book by Open Graph's type; and no more than one of either."""
    root, part = metas(site, "index.html"), metas(site, "corrections/M1.html")
    assert root["citation_pdf_url"] == ["https://example.org/f/book.pdf"]
    assert (root["og:type"], "citation_inbook_title" in root) == (["book"], False)
    assert part["citation_inbook_title"] == ["Fragments"]
    for found in (root, part):
        assert "citation_journal_title" not in found
        assert len(found["citation_title"]) == 1
        assert found["prism.edition"] == ["Version 0"]
        assert found["citation_language"] == ["en"]
    assert part["DC.rights"] == ["Free https://example.org/licence"]
    assert "no licence" in metas(site, "passages/M-p1.html")["DC.rights"][0], "the words are another's"


def test_a_page_is_read_by_one_translator(site: Project) -> None:
    """COinS, where there are any, come before embedded metadata: on pages of texts only, where there is a choice."""
    for page in ("corrections/M1.html", "passages/M.html", "passages/M-p1.html"):
        assert html.parse(site.out / page).xpath("//span[@class='Z3988']") == []
    offered = [parse_qs(one) for one in html.parse(site.out / "moon.html").xpath("//span[@class='Z3988']/@title")]
    assert len(offered) == 6, "the work, its part, the text, and three annotations"
    assert ["A Dictionary"] in [one.get("rft.btitle") for one in offered]
    assert "citation_title" not in metas(site, "moon.html")
