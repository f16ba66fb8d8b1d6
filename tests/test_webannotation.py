"""The annotations as W3C Web Annotations."""

from __future__ import annotations

import json
from datetime import date

from annotating import annotate
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.text import Text, TextRecord
from sphinx_apparatus.outputs.webannotation import CONTEXT, collection, item
from sphinx_apparatus.outputs.webannotation.annotation import quoted

TEXT = Text("M", "moon.txt", "0" * 64, "The moon has set, and the Pleiades; it is midnight.\n")


def annotation(start: int, end: int, reading: str | None) -> Annotation:
    """An annotation on a span of the text."""
    return annotate(TEXT.string, start, end, reading, body="Said of the night.")


def test_selectors_find_the_lemma() -> None:
    """Position and quotation name the same characters."""
    made = item(annotation(4, 8, "sun"), "Said of the night.", TEXT)
    quote, position = made["target"]["selector"]
    assert TEXT.string[position["start"] : position["end"]] == quote["exact"] == "moon"
    assert f"{quote['prefix']}{quote['exact']}{quote['suffix']}" in TEXT.string
    assert len(quote["suffix"]) == CONTEXT


def test_the_context_of_a_quotation_stays_in_its_paragraph_if_that_suffices() -> None:
    """Between the paragraphs of a page stand notes, and what is quoted across them is not found there."""
    string = "One moon.\n\nTwo moons.\n\nOne moon.\n"
    assert quoted(string, 15, 20) == {"type": "TextQuoteSelector", "exact": "moons", "prefix": "Two ", "suffix": "."}
    assert quoted(string, 11, 21) == {"type": "TextQuoteSelector", "exact": "Two moons."}
    assert quoted(string, 4, 8)["suffix"].startswith(".\n\nTwo moons."), "the same words stand twice"


def test_a_reading_is_a_body_of_its_own() -> None:
    """An emendation has two bodies, its reading and the note on it; a note has one."""
    assert [body["purpose"] for body in item(annotation(4, 8, "sun"), "", TEXT)["body"]] == ["editing", "commenting"]
    assert [body["purpose"] for body in item(annotation(4, 8, None), "", TEXT)["body"]] == ["commenting"]


def test_a_collection_counts_its_items() -> None:
    """The collection is JSON, says how many it has and of which texts."""
    note = annotation(4, 8, None)
    imprint = Imprint("Fragments", "The editors", "1.0", date(2026, 11, 22))
    edition = Edition(imprint, {"M": TextRecord(TEXT, "moon", "", (), (), "en")}, {note.id: note})
    made = json.loads(collection(edition, [note], {"M": TEXT}, "Fragments"))
    assert made["ed:version"] == "1.0"
    assert made["first"]["items"][0]["body"][0]["value"] == note.body
    assert made["type"] == "AnnotationCollection"
    assert made["total"] == len(made["first"]["items"]) == 1
    assert made["ed:texts"] == [{"ed:siglum": "M", "ed:file": "moon.txt", "ed:sha256": "0" * 64}]
