"""How a layer looks is said in its row, also where a style sheet that no build makes says it again."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

import sphinx_apparatus
from making import edition, note
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS, Effect, Layer, Taxonomy
from sphinx_apparatus.outputs.html.style import rules

#: A text.
MOON = "The moon has set."

SHEET = (Path(sphinx_apparatus.__file__).parent / "static" / "apparatus.css").read_text("utf-8")


#: The layers of which the common sheet speaks.
COMMON = [layer for layer in LAYERS if layer.letter in "ecn"]


@pytest.mark.parametrize("layer", COMMON, ids=str)
def test_the_sheet_has_the_colours_and_the_line_of_the_row(layer: Layer) -> None:
    assert f"--{layer.letter}:light-dark({','.join(layer.color)});" in SHEET
    place = r"\.o" if layer.emends else rf"\.ed-tx \.{layer.letter}"
    lines = re.findall(
        rf"(?<![\w:)]){place}(?:,\.ed-key \.c)?{{text-decoration-line:underline;text-decoration-style:(\w+)", SHEET
    ) + re.findall(rf"\) {place}{{text-decoration-line:underline;text-decoration-style:(\w+)", SHEET)
    assert set(lines) == {layer.line}


@pytest.mark.parametrize(
    ("effect", "places", "words"),
    [(Effect.EMENDS, ".o", ".rdg"), (Effect.CORRECTS, ".q", ".rdg"), (Effect.REMARKS, ".q", ".lem")],
)
def test_of_another_layer_the_sheet_of_a_text_has_them(effect: Effect, places: str, words: str) -> None:
    query = Layer("query", "queries", "q", effect, "", "questioning", 3, ("#6b4a8f", "#c3a6e6"), "double")
    asked = replace(note(MOON, "moon"), layer=query, kind="query")
    sheet = rules(replace(edition(MOON, asked), taxonomy=Taxonomy((*LAYERS, query), KINDS)), "M")
    assert ".edition{--q:light-dark(#6b4a8f,#c3a6e6)}" in sheet
    assert f".ed-tx {places},.ed-key .q{{text-decoration-line:underline;text-decoration-style:double;" in sheet
    assert f".en.q {words},.ed-card.q .ed-lm .rdg{{color:var(--q)}}" in sheet
    assert "light-dark" not in rules(edition(MOON, note(MOON, "moon")), "M"), "those of the three stand elsewhere"


def test_a_layer_without_kinds_is_its_only_kind() -> None:
    query = Layer("query", "queries", "q", Effect.REMARKS, "", "questioning", 3, ("#6b4a8f", "#c3a6e6"), "double")
    taxonomy = Taxonomy((*LAYERS, query), KINDS)
    [own] = taxonomy.kinds_of(query)
    assert (own.name, own.plural, own.layer) == ("query", "queries", query)
    assert taxonomy.kind(query, None) == taxonomy.kind(query, "query") == own
    assert [kind.name for kind in taxonomy.extended({"query": {"date": "dates"}}).kinds_of(query)] == ["date"]
