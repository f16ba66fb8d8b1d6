"""A citation says the same in every format and style, and no style alters a reading."""

from __future__ import annotations

import json
from datetime import date
from html import unescape

import pytest
import rispy
from pybtex.database import parse_string
from pybtex.richtext import Text

from annotating import annotate
from sphinx_apparatus.bibliography import csl, items
from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import to_json
from sphinx_apparatus.bibliography.processor import render
from sphinx_apparatus.bibliography.ris import to_ris
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import Passage, PrintReference
from sphinx_apparatus.model.taxonomy import Layer

EDITION = Imprint(
    title="Fragments. A Critical Edition",
    editors="The editors of Fragments",
    version="1.2.0",
    released=date(2026, 11, 22),
    short="FR",
    base_url="https://example.org/fr/",
)

#: Ten styles of the CSL repository, of as many kinds: notes, author-date, numbers, sciences, law.
TEN = (
    "chicago-notes-bibliography",
    "chicago-author-date",
    "modern-language-association",
    "apa",
    "harvard-cite-them-right",
    "iso690-author-date-en",
    "ieee",
    "elsevier-vancouver",
    "nature",
    "american-medical-association",
)

#: Readings a style would like to change: punctuation before inverted commas, capitals, stops.
READINGS = (
    ("Kim Jung Il", "Kim Jong Il"),
    ("communism”,", "communism,”"),
    ("the end.", "The End"),
    ("usa and ussr", "U.S.A. and USSR?"),
    ("kingdom20", "kingdom²⁰"),
    ("needsoil", "needs—oil"),
    ("a & b < c", "a {b} \\c %d_$#"),
    ("says “no”.", "says ‘no’."),
)


def annotation(lemma: str, reading: str | None, layer: Layer = Layer.EMENDATION) -> Annotation:
    """An annotation of a text M."""
    return annotate(lemma, 0, len(lemma), reading, layer, id="M7", body="Said.")


def item(lemma: str, reading: str | None, place: PrintReference | None = None) -> items.Item:
    """The item of such an annotation."""
    layer = Layer.NOTE if reading is None else Layer.EMENDATION
    return items.annotation_item(
        EDITION, annotation(lemma, reading, layer), Passage("M", 4), "corrections/M7.html", place
    )


@pytest.mark.parametrize("style", TEN)
@pytest.mark.parametrize(("lemma", "reading"), READINGS)
def test_no_style_alters_a_reading(style: str, lemma: str, reading: str) -> None:
    assert f"{lemma}] {reading} (M ¶4)" in unescape(csl.cite(item(lemma, reading), style))


@pytest.mark.parametrize("style", TEN)
def test_a_readers_own_processor_leaves_the_exported_reading_as_it_is(style: str) -> None:
    """The item as exported, formatted by citeproc-py without our help."""
    exported = json.loads(to_json(item("the Soviet’s policy", "the Soviet Union’s policy")))[0]
    said = unescape(render(style, {**exported, "id": "item"}))
    assert "M7: the Soviet’s policy] the Soviet Union’s policy (M ¶4)" in said


def test_a_citation_carries_id_version_date_address_page_and_line() -> None:
    said = csl.cite(item("Kim Jung Il", "Kim Jong Il", PrintReference("18", 7, 8, 22)), "chicago-notes-bibliography")
    for part in (
        "M7",
        "Version 1.2.0",
        "2026",
        "https://example.org/fr/corrections/M7.html",
    ):
        assert part in said


def test_without_a_base_address_no_citation_has_one() -> None:
    homeless = Imprint(EDITION.title, EDITION.editors, EDITION.version, EDITION.released)
    found = items.annotation_item(homeless, annotation("a", "b"), Passage("M", 1), "corrections/M7.html", None)
    assert "URL" not in found
    for style in csl.STYLES:
        assert "http" not in csl.cite(found, style.name)
    for written in (to_bibtex(found), to_ris(found), to_json(found), to_coins(found)):
        assert "http" not in written


def test_an_unknown_style_is_named() -> None:
    with pytest.raises(LookupError, match="no-such-style"):
        csl.cite(item("a", "b"), "no-such-style")


@pytest.mark.parametrize(("lemma", "reading"), [pair for pair in READINGS if "\\" not in pair[1]])
def test_bibtex_is_read_back_by_pybtex(lemma: str, reading: str) -> None:
    entry = parse_string(to_bibtex(item(lemma, reading)), "bibtex").entries["FR-M7"]
    assert entry.type == "incollection"
    assert entry.fields["edition"] == "Version 1.2.0"
    assert "version" not in entry.fields
    assert entry.fields["year"] == "2026"
    assert entry.fields["url"] == "https://example.org/fr/corrections/M7.html"
    assert entry.fields["booktitle"] == f"{{{EDITION.title}}}"
    assert entry.fields["title"] == "{M7: " + f"{lemma}] {reading} (M ¶4)" + "}"
    assert str(entry.persons["author"][0]) == "{The editors of Fragments}"


@pytest.mark.parametrize(("lemma", "reading"), READINGS)
def test_ris_is_read_back_by_rispy(lemma: str, reading: str) -> None:
    [entry] = rispy.loads(to_ris(item(lemma, reading)))
    assert entry["type_of_reference"] == "CHAP"
    assert entry["title"] == f"M7: {lemma}] {reading} (M ¶4)"
    assert entry["secondary_title"] == EDITION.title
    assert entry["authors"] == ["The editors of Fragments,"], "a body has a comma at its end, else it is cut in two"
    assert entry["year"] == "2026"
    assert entry["edition"] == "Version 1.2.0"
    assert entry["urls"] == ["https://example.org/fr/corrections/M7.html"]


def test_bibtex_escapes_what_latex_would_take_for_a_command() -> None:
    entry = parse_string(to_bibtex(item("50 %", "#1_b & c---d")), "bibtex").entries["FR-M7"]
    assert str(Text.from_latex(entry.fields["title"])) == "M7: 50 %] #1_b & c---d (M ¶4)"


def test_csl_json_is_a_list_of_one_item_that_citeproc_reads() -> None:
    [entry] = json.loads(to_json(item("a", "b")))
    assert entry["type"] == "chapter"
    assert entry["issued"] == {"date-parts": [[2026, 11, 22]]}
    assert EDITION.title in render("apa", {**entry, "id": "item"})


def test_a_note_is_cited_by_kind_and_lemma() -> None:
    assert items.words(annotation("The moon has set", None, Layer.NOTE)) == "gloss on The moon has set"


def test_a_correction_says_recte() -> None:
    assert items.words(annotation("midnight", "one o’clock", Layer.CORRECTION)) == "midnight] recte one o’clock"


@pytest.mark.parametrize(("target", "said"), [("K25", "FR K25"), ("K ¶4", "FR K ¶4")])
def test_the_short_form(target: str, said: str) -> None:
    assert items.short_form(EDITION, target) == said
