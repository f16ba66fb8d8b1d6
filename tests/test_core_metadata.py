"""What machines read in a page's head is what the page says."""

from __future__ import annotations

import dataclasses

import pytest

from annotating import annotate
from making import IMPRINT
from sphinx_apparatus.bibliography import items
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.taxonomy import Layer
from sphinx_apparatus.outputs.citations import metadata, schema

MOON = annotate("moon", 0, 4, "sun", id="M7")
ITEM = items.annotation_item(IMPRINT, MOON, Passage("M", 4), "corrections/M7.html", None)
WORK = schema.work("The Moon", [])
BARE = dataclasses.replace(IMPRINT, base_url="", licence="")


def test_highwire_tags_cite_a_part_of_the_edition() -> None:
    assert metadata.highwire(ITEM).tags == (
        ("citation_title", "M7: moon] sun (M ¶4)"),
        ("citation_author", f"{IMPRINT.editors},"),
        ("citation_publication_date", "2026/03/05"),
        ("citation_inbook_title", IMPRINT.title),
        ("citation_language", "en"),
        ("citation_public_url", "https://example.org/fr/corrections/M7.html"),
        ("prism.edition", "Version 1.1"),
    )
    assert [name for name, _ in metadata.highwire(items.edition_item(BARE)).tags] == [
        "citation_title", "citation_author", "citation_publication_date", "citation_language", "prism.edition",
    ]  # fmt: skip


@pytest.mark.parametrize("canonical", [True, False])
def test_signposts_lead_to_what_to_cite(canonical: bool) -> None:
    address = "https://example.org/fr/corrections/M7.html"
    assert metadata.signposts(address, canonical=canonical).links == (
        *([metadata.Link("canonical", address)] if canonical else []),
        metadata.Link("cite-as", address),
    )
    assert metadata.signposts("", canonical=canonical).links == ()


def test_a_licence_is_given_for_what_the_editors_wrote_and_for_nothing_else() -> None:
    assert metadata.rights(IMPRINT, ours=True).links == (metadata.Link("license", "https://example.org/licence"),)
    assert metadata.rights(IMPRINT, ours=False).links == metadata.rights(BARE, ours=True).links == ()
    assert "remains its author’s" in dict(metadata.rights(IMPRINT, ours=False).tags)["DC.rights"]


def test_each_download_is_described_by_its_type() -> None:
    assert metadata.descriptions({"ris": "M7.ris", "bib": "M7.bib"}).links == (
        metadata.Link("describedby", "M7.ris", "application/x-research-info-systems"),
        metadata.Link("describedby", "M7.bib", "application/x-bibtex"),
    )


def test_open_graph_has_what_is_known() -> None:
    assert metadata.open_graph(IMPRINT, "M7", "moon] sun", "").properties == (
        ("og:title", "M7"),
        ("og:type", "article"),
        ("og:description", "moon] sun"),
        ("og:site_name", IMPRINT.title),
    )
    assert metadata.open_graph(IMPRINT, "M7", "", "https://example.org").properties[-1] == (
        "og:url",
        "https://example.org",
    )


def test_the_edition_is_a_book_and_a_dataset() -> None:
    data = schema.edition_data(IMPRINT)
    assert data["@type"] == ["Book", "Dataset"]
    assert (data["version"], data["datePublished"], data["inLanguage"]) == ("1.1", "2026-03-05", "en")
    assert (data["url"], data["license"]) == ("https://example.org/fr/index.html", "https://example.org/licence")
    assert data.keys() - schema.edition_data(BARE).keys() == {"url", "license", "@id"}


@pytest.mark.parametrize(
    ("layer", "reading", "kind"),
    [(Layer.EMENDATION, "sun", "CorrectionComment"), (Layer.CORRECTION, "sun", "CorrectionComment"),
     (Layer.VARIANT, "sun", "Comment"), (Layer.NOTE, None, "Comment")],
)  # fmt: skip
def test_an_annotation_is_a_comment_on_a_quotation(layer: Layer, reading: str | None, kind: str) -> None:
    data = schema.annotation_data(IMPRINT, annotate("moon", 0, 4, reading, layer, id="M7"), "Said.", ITEM, WORK)
    assert (data["@type"], data["identifier"], data["text"]) == (kind, "M7", "Said.")
    assert data["name"] == "M7: moon] sun (M ¶4)"
    assert data["about"] == {
        "@type": "Quotation",
        "text": "moon",
        "isPartOf": WORK,
    }
    assert (data.get("correctedWork") == WORK) is (kind == "CorrectionComment")
    assert data["isPartOf"] == schema.edition_data(IMPRINT)
    assert data["url"] == "https://example.org/fr/corrections/M7.html"


FONTES = dataclasses.replace(Layer.NOTE, name="fontes", plural="fontes")


@pytest.mark.parametrize(
    ("layer", "kind", "does"),
    [
        (Layer.EMENDATION, "slip", "corrects"),
        (Layer.CORRECTION, "fact", "corrects"),
        (Layer.VARIANT, "reading", "discusses"),
        (Layer.NOTE, "contested", "qualifies"),
        (Layer.NOTE, "contradiction", "disputes"),
        (Layer.NOTE, "confirmation", "confirms"),
        (Layer.NOTE, "gloss", "discusses"),
        (FONTES, "fontes", "discusses"),
    ],
)
def test_what_an_annotation_does_is_said_in_the_terms_of_cito(layer: Layer, kind: str, does: str) -> None:
    one = dataclasses.replace(annotate("moon", 0, 4, None, id="M7"), layer=layer, kind=kind)
    work = {"@id": "https://x.org/text"}
    data = schema.annotation_data(
        IMPRINT, one, "Said.", ITEM, work, [{"type": "book", "title": "B", "URL": "https://b.org"}]
    )
    assert {key: said for key, said in data.items() if key.startswith("cito:")} == {
        f"cito:{does}": work,
        "cito:citesAsEvidence": [{"@id": "https://b.org"}],
    }


def test_a_text_is_an_article_in_the_edition() -> None:
    moon = items.text_item(IMPRINT, "M", "The Moon", "passages/M.html", [{"family": "Roe", "given": "Jane"}])
    data = schema.text_data(IMPRINT, moon)
    assert (data["@type"], data["name"]) == ("ScholarlyArticle", "M: The Moon")
    assert (data["url"], data["version"]) == ("https://example.org/fr/passages/M.html", "1.1")
    assert (data["author"]["name"], data["editor"]["name"]) == ("Jane Roe", IMPRINT.editors)
    assert data["isPartOf"] == schema.edition_data(IMPRINT)
    assert "url" not in schema.text_data(BARE, items.text_item(BARE, "M", "The Moon", "passages/M.html"))
