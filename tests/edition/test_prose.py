"""What the pages of the edition say in numbers: where a number is written and not counted, it is right."""

from __future__ import annotations

import re

import pytest

from four_texts import FILES, SEEDS, SOURCE, TEXTS
from projects import REPOSITORY

DIRECTIVE = re.compile(
    r"^```\{ed:(emendation|correction|variant|note)\} ([A-Z]\d+)\n(.*?)^```", re.MULTILINE | re.DOTALL
)


def _seed(siglum: str) -> str:
    return (SEEDS / FILES[siglum]).read_text("utf-8")


def _annotations() -> list[tuple[str, str, dict[str, str]]]:
    """Layer, id and options of each annotation."""
    pages = [(SOURCE / "texts" / f"{name}.md").read_text("utf-8") for name in TEXTS.values()]
    found = [match.groups() for page in pages for match in DIRECTIVE.finditer(page)]
    return [(layer, id_, dict(re.findall(r"^:(\w+): *(.*)$", body, re.MULTILINE))) for layer, id_, body in found]


@pytest.mark.parametrize("siglum", TEXTS)
def test_the_table_of_characters_is_right(siglum: str) -> None:
    declaration = (SOURCE / "editorial.md").read_text("utf-8")
    row = re.search(rf"^\| {siglum} \| ([\d,]+) \| (none|\d+)", declaration, re.MULTILINE)
    assert row
    words = _seed(siglum)
    outside = sum(not character.isascii() for character in words)
    assert row.groups() == (f"{len(words):,}", str(outside or "none"))


def test_no_text_is_longer_than_the_introduction_says() -> None:
    introduction = (SOURCE / "introduction.md").read_text("utf-8")
    (longest,) = re.findall(r"none to more than ([\d,]+)", introduction)
    assert max(len(_seed(siglum).split()) for siglum in TEXTS) <= int(longest.replace(",", ""))


def test_about_half_of_the_matters_are_contradictions() -> None:
    matters: dict[str, bool] = {}
    for layer, _, options in _annotations():
        if matter := options.get("matter", "").strip('"'):
            matters[matter] = matters.get(matter, False) or layer == "correction" or "contradicts" in options
    assert "on about half of these" in (SOURCE / "introduction.md").read_text("utf-8")
    assert 0.4 < sum(matters.values()) / len(matters) < 0.6


def test_totals_are_counted_and_not_written() -> None:
    layers = [layer for layer, *_ in _annotations()]
    totals = {len(layers), layers.count("note"), layers.count("emendation"), sum(len(_seed(s).split()) for s in TEXTS)}
    written = re.compile("|".join(rf"(?<![\w,.]){number:,}(?![\d,.])" for number in totals))
    pages = [*SOURCE.glob("*.md"), *(SOURCE / "concordances").glob("*.md"), REPOSITORY / "README.md"]
    specimen = re.compile(r"^```\{ed:specimen\}.*$", re.M)  # the lines it shows are no total
    prose = {path.name: specimen.sub("", path.read_text("utf-8")) for path in pages}
    assert {name: found for name, text in prose.items() if (found := written.findall(text))} == {}
    assert len(layers) > 500
    assert "more than 500 annotations" in (REPOSITORY / "README.md").read_text("utf-8")
