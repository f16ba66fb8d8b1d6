"""One table says what layers and kinds there are; an edition adds rows to it."""

from __future__ import annotations

from typing import Any

import pytest

from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS, Certainty, Effect, Evidence, Layer, Taxonomy

TAXONOMY = Taxonomy()


def test_the_layers_are_told_apart_by_everything_a_page_knows_them_by() -> None:
    for words in ("name", "plural", "letter", "rank", "color", "line"):
        assert len({getattr(layer, words) for layer in LAYERS}) == len(LAYERS)
    assert {layer.effect for layer in LAYERS} == set(Effect)


def test_what_pages_and_files_call_layers_and_kinds_is_published_and_stays() -> None:
    assert [(layer.name, layer.plural, layer.letter, layer.sign, layer.motivation) for layer in LAYERS] == [
        ("emendation", "emendations", "e", "]", "editing"),
        ("correction", "corrections", "c", "] recte", "editing"),
        ("variant", "variants", "v", "]", "describing"),
        ("note", "notes", "n", "", "commenting"),
    ]
    assert [f"{kind.layer} {kind.name}: {kind.plural}" for kind in KINDS] == [
        "emendation slip: slips",
        "emendation damage: damage",
        "emendation name: names",
        "emendation numbering: note calls, numbering",
        "emendation reference: references",
        "correction fact: facts",
        "variant reading: readings",
        "variant omission: omissions",
        "variant addition: additions",
        "variant transposition: transpositions",
        "note gloss: glosses",
        "note contested: contested",
        "note contradiction: contradictions",
        "note parallel: parallels",
    ]
    assert [str(one) for one in Certainty] == ["high", "medium", "low", "unknown", ""]
    assert [str(one) for one in Evidence] == ["internal", "external", "conjecture", ""]


#: Layer, its name with its article, and what it does.
LAYER_TABLE = [
    (Layer.EMENDATION, "an emendation", "emends reads"),
    (Layer.CORRECTION, "a correction", "corrects reads"),
    (Layer.VARIANT, "a variant", "reads varies"),
    (Layer.NOTE, "a note", ""),
]


@pytest.mark.parametrize(("layer", "article", "does"), LAYER_TABLE)
def test_a_layer(layer: Layer, article: str, does: str) -> None:
    assert layer.article == article
    assert " ".join(name for name in ("emends", "corrects", "reads", "varies") if getattr(layer, name)) == does
    assert str(layer) == layer.name
    assert TAXONOMY.layer(layer.name) is layer


def test_of_annotations_on_the_same_words_an_emendation_is_innermost() -> None:
    ranks = [layer.rank for layer in (Layer.EMENDATION, Layer.CORRECTION, Layer.VARIANT, Layer.NOTE)]
    assert ranks == sorted(set(ranks))
    assert Layer.EMENDATION.rank == min(layer.rank for layer in LAYERS)


def test_a_layer_that_is_not_there_is_told_with_those_that_are() -> None:
    names = ", ".join(layer.name for layer in LAYERS)
    with pytest.raises(ModelError, match=f"^there is no layer 'gloss'; the layers are {names}$"):
        TAXONOMY.layer("gloss")


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_the_first_kind_of_a_layer_is_taken_where_none_is_given(layer: Layer) -> None:
    own = TAXONOMY.kinds_of(layer)
    assert TAXONOMY.kind(layer, None) == own[0]
    assert [TAXONOMY.kind(layer, kind.name) for kind in own] == list(own)
    named = [kind.name for kind in KINDS if kind.layer is layer]
    assert [kind.name for kind in own] == (named or [layer.name])


def test_a_kind_of_another_layer_is_refused_with_those_of_its_own() -> None:
    with pytest.raises(ModelError, match=r"^a correction has no kind 'slip'; its kinds are: fact\. .*apparatus_kinds$"):
        TAXONOMY.kind(Layer.CORRECTION, "slip")


def test_an_edition_adds_kinds_and_keeps_those_there() -> None:
    more = TAXONOMY.extended({"note": {"law-2": "laws", "metre": ""}, "emendation": {"slip-2": "slips again"}})
    assert more.kinds[: len(KINDS)] == KINDS
    assert more.layers == LAYERS
    assert [(kind.name, kind.layer, kind.plural) for kind in more.kinds[len(KINDS) :]] == [
        ("law-2", Layer.NOTE, "laws"),
        ("metre", Layer.NOTE, "metre"),
        ("slip-2", Layer.EMENDATION, "slips again"),
    ]
    assert more.kind(Layer.NOTE, "law-2").plural == "laws"
    assert more.kind(Layer.NOTE, None).name == "gloss", "what an edition adds is not taken where none is given"
    assert TAXONOMY.kinds == KINDS


#: What an edition would add, and why it may not.
REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"glosses": {"a": "b"}}, "there is no layer 'glosses'"),
    ({"note": ["law"]}, r"the kinds of 'note' are a table of names and plurals; not \['law'\]"),
    ({"note": {"law": 3}}, "the plural of 'law' is words; not 3"),
    ({"note": {"gloss": "glosses"}}, "there is a kind 'gloss' already"),
    ({"note": {"slip": "slips"}}, "there is a kind 'slip' already"),
    ({"note": {"law": "laws"}, "correction": {"law": "laws"}}, "there is a kind 'law' already"),
    *(
        ({"note": {name: "x"}}, "is no name of a kind: small letters, digits and hyphens")
        for name in ("", "Law", "2nd", "the law", "law\n", "gesetz§", "a" * 32, 7)
    ),
]


@pytest.mark.parametrize(("added", "message"), REFUSED)
def test_an_edition_may_not_add(added: dict[str, Any], message: str) -> None:
    with pytest.raises(ModelError, match=message):
        TAXONOMY.extended(added)


def test_a_name_of_a_kind_may_have_31_characters() -> None:
    assert TAXONOMY.extended({"note": {"a" * 31: "x"}}).kinds[-1].name == "a" * 31
