"""Each annotation, text and paragraph has a page, which people and machines can cite."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path
from urllib.parse import parse_qs

from lxml import html as lxml_html
from pybtex.database import parse_file

from four_texts import BASE, SEEDS, SOURCE, edition_version
from projects import REPOSITORY
from sphinx_apparatus.stores.register import read_register


def page(folder: Path, name: str) -> lxml_html.HtmlElement:
    """A page, parsed."""
    return lxml_html.fromstring((folder / name).read_bytes())


def metas(tree: lxml_html.HtmlElement) -> dict[str, list[str]]:
    """The ``meta`` elements by name, as Zotero's Embedded Metadata translator collects them."""
    found: dict[str, list[str]] = {}
    for meta in tree.xpath("//meta[@content]"):
        found.setdefault(meta.get("name") or meta.get("property") or "", []).append(meta.get("content"))
    return found


def test_every_annotation_has_a_page(edition: Path) -> None:
    """Every id of the texts' pages, and no page without an id."""
    ids = {
        identifier
        for source in (SOURCE / "texts").glob("*.md")
        for identifier in re.findall(
            r"^```\{ed:(?:emendation|correction|variant|note|tombstone)\} (\w+)",
            source.read_text("utf-8"),
            re.MULTILINE,
        )
    }
    assert {path.stem for path in (edition / "corrections").glob("*.html")} == ids


def test_no_published_address_vanishes(edition: Path) -> None:
    """The contract: an id of the register keeps its page, in use or withdrawn."""
    register = read_register(SOURCE / "register.json")
    assert register
    missing = [identifier for identifier in register if not (edition / "corrections" / f"{identifier}.html").exists()]
    assert missing == []


def test_the_page_of_k25_says_what_a_reader_needs(edition: Path) -> None:
    tree = page(edition, "corrections/K25.html")
    said = " ".join(tree.xpath("//main")[0].text_content().split())
    for part in (
        "Kim Jung Il] Kim Jong Il",
        "Emendation, name",
        "his successor son Kim Jung Il",
        "Certainty high",
        "Evidence external",
        "Responsible The editors",
        "김정일",
        "History",
        "How to cite",
        "KR K25",
    ):
        assert part in said, part
    assert tree.xpath("//mark/text()") == ["Kim Jung Il"]
    assert tree.xpath("//link[@rel='prev']") or tree.xpath("//link[@rel='next']")


def test_links_of_a_page_of_its_own_lead_somewhere(edition: Path) -> None:
    for name in ("corrections/K25.html", "corrections/G23.html", "passages/E-p8.html", "passages/T.html"):
        for href in page(edition, name).xpath("//a/@href | //link/@href"):
            if re.match(r"https?:|mailto:|data:", href):
                continue
            path, _, fragment = href.partition("#")
            target = (edition / name).parent / path if path else edition / name
            assert target.exists(), f"{name}: {href}"
            if fragment and target.suffix == ".html":
                assert lxml_html.fromstring(target.read_bytes()).xpath(f"//*[@id='{fragment}']"), f"{name}: {href}"


def test_zotero_reads_an_annotation(edition: Path) -> None:
    """What Zotero's Embedded Metadata takes: Highwire tags; a bookSection by its inbook title."""
    found = metas(page(edition, "corrections/K25.html"))
    assert found["citation_title"][0].startswith("K25: Kim Jung Il] Kim Jong Il (K ¶4")
    assert found["citation_author"] == ["The editors of Korea and Russia: Four Texts,"]
    assert found["citation_inbook_title"] == ["Korea and Russia: Four Texts. An Annotated Critical Edition"]
    assert re.fullmatch(r"\d{4}/\d{2}/\d{2}", found["citation_publication_date"][0])
    assert found["citation_public_url"] == [f"{BASE}corrections/K25.html"]
    assert not page(edition, "corrections/K25.html").xpath("//span[@class='Z3988']")


def test_zotero_offers_a_choice_on_a_reading_page(edition: Path) -> None:
    """COinS for the text as printed, in this edition, and each annotation; no Highwire beside them."""
    tree = page(edition, "texts/khan.html")
    titles = [parse_qs(title) for title in tree.xpath("//span[@class='Z3988']/@title")]
    ids = {Path(path).stem for path in map(str, (edition / "corrections").glob("K*.html"))}
    assert len(titles) == len(ids) + 2
    assert any(one.get("rft.atitle", [""])[0].startswith("K25: Kim Jung Il] Kim Jong Il") for one in titles)
    assert "citation_title" not in metas(tree)


def test_signposts(edition: Path) -> None:
    tree = page(edition, "corrections/K25.html")
    links = {link.get("rel"): link.get("href") for link in tree.xpath("//link[not(@type)]")}
    assert links["cite-as"] == links["canonical"] == f"{BASE}corrections/K25.html"
    assert links["license"] == "https://creativecommons.org/licenses/by/4.0/"
    described = {link.get("type"): link.get("href") for link in tree.xpath("//link[@rel='describedby']")}
    assert described == {
        "application/x-bibtex": "K25.bib",
        "application/x-research-info-systems": "K25.ris",
        "application/vnd.citationstyles.csl+json": "K25.json",
    }
    reading = page(edition, "texts/khan.html")
    assert reading.xpath("//link[@rel='canonical']/@href") == [f"{BASE}texts/khan.html"]
    assert reading.xpath("//link[@rel='license']/@href") == [], "the text is Khan’s"
    assert reading.xpath("//link[@rel='cite-as']/@href") == [f"{BASE}passages/K.html"]


def test_json_ld(edition: Path) -> None:
    def data(name: str) -> dict[str, object]:
        [block] = page(edition, name).xpath("//script[@type='application/ld+json']/text()")
        found: dict[str, object] = json.loads(block)
        return found

    correction = data("corrections/K25.html")
    assert correction["@type"] == "CorrectionComment"
    assert correction["identifier"] == "K25"
    assert correction["about"]["text"] == "Kim Jung Il"  # type: ignore[index]
    assert "suh1988" not in str(correction["text"])
    assert data("texts/khan.html")["@type"] == "ScholarlyArticle"
    assert "Dataset" in data("index.html")["@type"]  # type: ignore[operator]


def test_open_graph_and_sitemap(edition: Path) -> None:
    assert metas(page(edition, "corrections/K25.html"))["og:url"] == [f"{BASE}corrections/K25.html"]
    places = [
        element.text for element in ElementTree.parse(edition / "sitemap.xml").iter() if element.tag.endswith("loc")
    ]
    assert len(places) == len(set(places))
    for path in ("index.html", "texts/khan.html", "corrections/K25.html", "passages/K-p4.html"):
        assert f"{BASE}{path}" in places


def test_the_search_finds_a_page_by_what_stands_and_by_what_should_stand(edition: Path) -> None:
    index = (edition / "searchindex.js").read_text("utf-8")
    found = json.loads(index[index.index("{") : index.rindex("}") + 1])
    number = found["docnames"].index("corrections/K25")
    for word in ("jung", "jong"):
        hits = [found[table].get(word, []) for table in ("terms", "titleterms")]
        assert any(number in (some if isinstance(some, list) else [some]) for some in hits), word
    assert "K25" in found["titles"][number]


def test_an_error_is_reported_with_id_version_and_lemma(edition: Path) -> None:
    [href] = page(edition, "corrections/K25.html").xpath("//a[@class='ed-report']/@href")
    assert href == f"https://example.org/report?id=K25&version={edition_version()}&lemma=Kim%20Jung%20Il"


def test_a_paragraph_is_cited_with_its_words_unchanged(edition: Path) -> None:
    text = (SEEDS / "002_258d4ec2dda50bdb.txt").read_text("utf-8")
    [quoted] = page(edition, "passages/E-p8.html").xpath("//blockquote/text()")
    assert quoted in text.split("\n")
    assert "1950" in quoted


def test_a_text_is_cited_as_printed_and_in_this_edition(edition: Path) -> None:
    tree = page(edition, "passages/E.html")
    headings = [" ".join(heading.text_content().split()) for heading in tree.xpath("//h3")]
    assert headings.count("As printed") == 3, "the page, and its two parts"
    assert headings[-1] == "In this edition"
    said = tree.text_content()
    assert "Encyclopedia of Russian History" in said
    assert "Dictionary of American History" in said


def test_versions_agree(edition: Path) -> None:
    """CITATION.cff, front page, JSON-LD, BibTeX and the changelog name one version, the edition's."""
    version = edition_version()
    citation = (REPOSITORY / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {version}\n" in citation
    [block] = page(edition, "index.html").xpath("//script[@type='application/ld+json']/text()")
    assert json.loads(block)["version"] == version
    assert f"\ndate-released: {json.loads(block)['datePublished']}\n" in citation
    assert json.loads(block)["name"] in citation
    assert version in page(edition, "index.html").text_content()
    assert parse_file(edition / "citations" / "edition.bib").entries["KR"].fields["edition"] == f"Version {version}"
    assert f"\n## {version} (" in (REPOSITORY / "CHANGELOG.md").read_text("utf-8")
    for name in ("texts/khan.html", "bibliography.html", "corrections/K25.html"):
        assert f"ersion {version}" in page(edition, name).text_content(), name
