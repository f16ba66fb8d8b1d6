"""The model of an annotation: ids, passages, kinds, readings."""

from __future__ import annotations

import dataclasses

import pytest

from annotating import NOTE
from sphinx_apparatus.anchoring.selector import Selector, Span
from sphinx_apparatus.model.annotation import check_reading
from sphinx_apparatus.model.reference import ModelError, Passage, parse_id, parse_target
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS, Certainty, Evidence, Layer, Taxonomy

IDS = {"K25": ("K", 25), "K1": ("K", 1), "Abcdefgh1": ("Abcdefgh", 1), "K9999999": ("K", 9999999), " K25 ": ("K", 25)}

NO_IDS = (
    "",
    "K",
    "25",
    "K0",
    "K025",
    "k25",
    "K-25",
    "K 25",
    "K25a",
    "Ä1",
    "Abcdefghi1",
    "K10000000",
    "K٢٥",
    "K²",
    "K25\nK26",
)


@pytest.mark.parametrize(("written", "parts"), IDS.items())
def test_an_id_is_a_siglum_and_a_number(written: str, parts: tuple[str, int]) -> None:
    assert parse_id(written) == parts


@pytest.mark.parametrize("written", NO_IDS)
def test_anything_else_is_no_id(written: str) -> None:
    with pytest.raises(ModelError, match="is not an id: a siglum and a number, as K25"):
        parse_id(written)


PASSAGES = {
    "K": Passage("K"),
    "K ¶4": Passage("K", 4),
    "K¶4": Passage("K", 4),
    "K ¶ 4": Passage("K", 4),
    "K\xa0¶\xa04": Passage("K", 4),
    " Ab ¶12 ": Passage("Ab", 12),
}

NO_PASSAGES = (
    "",
    "¶4",
    "K ¶",
    "K ¶0",
    "K ¶04",
    "k ¶4",
    "K ¶4-5",
    "K 4",
    "K §4",
    "K p4",
    "K-p4",
    "K ¶4 ¶5",
    "K ¶1234567",
)


@pytest.mark.parametrize(("written", "passage"), PASSAGES.items())
def test_a_passage_is_a_text_or_a_paragraph_of_it(written: str, passage: Passage) -> None:
    assert parse_target(written) == passage
    assert parse_target(str(passage)) == passage


@pytest.mark.parametrize("written", [name for name in IDS if name == name.strip()])
def test_a_target_may_be_an_id(written: str) -> None:
    assert parse_target(written) == written


@pytest.mark.parametrize("written", NO_PASSAGES)
def test_anything_else_is_no_target(written: str) -> None:
    with pytest.raises(ModelError, match="is neither an id, as K25, nor a passage, as K or K ¶4"):
        parse_target(written)


def test_passages_have_addresses_that_no_id_has() -> None:
    anchors = {Passage("K").anchor, Passage("K", 4).anchor}
    assert anchors == {"K", "K-p4"}
    for anchor in anchors:
        with pytest.raises(ModelError):
            parse_id(anchor)


def test_every_kind_belongs_to_one_layer() -> None:
    taxonomy = Taxonomy()
    names = [kind.name for kind in KINDS]
    assert len(names) == len(set(names))
    assert {kind.layer for kind in KINDS} == set(LAYERS)
    for layer in LAYERS:
        own = [kind.name for kind in taxonomy.kinds_of(layer)]
        assert taxonomy.kind(layer, None).name == own[0]
        for name in names:
            if name in own:
                assert taxonomy.kind(layer, name).name == name
            else:
                with pytest.raises(ModelError, match=f"an? {layer.name} has no kind '{name}'; its kinds are: {own[0]}"):
                    taxonomy.kind(layer, name)


#: Layer, reading of the lemma ``moon``, and what is wrong with it.
READINGS = [
    (Layer.EMENDATION, "Moon", ""),
    (Layer.EMENDATION, "", ""),
    (Layer.EMENDATION, " moon", ""),
    (Layer.EMENDATION, "moon", "the reading is the same as the lemma, 'moon'"),
    (Layer.EMENDATION, None, "an emendation needs a :reading:"),
    (Layer.CORRECTION, "sun", ""),
    (Layer.CORRECTION, "moon", "the reading is the same as the lemma"),
    (Layer.CORRECTION, " ", "a correction needs a :reading: with words in it"),
    (Layer.CORRECTION, None, "a correction needs a :reading:"),
    (Layer.NOTE, None, ""),
    (Layer.NOTE, "sun", "a note has no reading; write an ed:emendation"),
    (Layer.NOTE, "", "a note has no reading"),
]


@pytest.mark.parametrize(("layer", "reading", "message"), READINGS)
def test_layer_lemma_and_reading_agree(layer: Layer, reading: str | None, message: str) -> None:
    if not message:
        check_reading(layer, "moon", reading)
        return
    with pytest.raises(ModelError, match=message):
        check_reading(layer, "moon", reading)


@pytest.mark.parametrize(
    "change",
    [
        {"layer": Layer.CORRECTION},
        {"kind": "contested"},
        {"lemma": "moons"},
        {"reading": ""},
        {"certainty": Certainty.LOW},
        {"evidence": Evidence.EXTERNAL},
        {"body": "A body!"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_an_annotation_says_is_in_its_digest(change: dict[str, object]) -> None:
    assert dataclasses.replace(NOTE, **change).digest != NOTE.digest


@pytest.mark.parametrize(
    "change",
    [
        {"docname": "sun"},
        {"line": 7},
        {"span": Span(5, 9)},
        {"body": "A\n  body."},
        {"selector": Selector("moon", "The")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_where_it_says_it_is_not(change: dict[str, object]) -> None:
    assert dataclasses.replace(NOTE, **change).digest == NOTE.digest


def test_a_reader_meets_annotations_by_their_place_the_longest_first() -> None:
    spans = {"M1": (4, 8), "M2": (4, 4), "M3": (0, 1), "M4": (4, 20), "M10": (4, 8)}
    notes = [dataclasses.replace(NOTE, id=name, span=Span(*span)) for name, span in spans.items()]
    assert [note.id for note in sorted(notes, key=lambda note: note.order)] == ["M3", "M4", "M1", "M10", "M2"]


def test_an_annotation_knows_siglum_and_number() -> None:
    assert (NOTE.siglum, NOTE.number) == ("M", 3)
