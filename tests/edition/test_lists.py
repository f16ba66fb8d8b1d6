"""The data files of this edition fit its texts."""

from __future__ import annotations

import re

import pytest

from four_texts import FILES, SEEDS, SOURCE
from sphinx_apparatus.concordances.chronology import problems, read_events
from sphinx_apparatus.concordances.names import index, read_names
from sphinx_apparatus.concordances.stemma import read_stemma
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.stores.checksums import load_text


@pytest.fixture(scope="module")
def texts() -> dict[str, Text]:
    """The four texts by siglum."""
    return {siglum: load_text(siglum, SEEDS, name) for siglum, name in FILES.items()}


def test_the_chronology_fits_the_texts(texts: dict[str, Text]) -> None:
    events = read_events(SOURCE / "chronology.toml")
    assert problems(events, texts) == []
    assert events[0].date.first.year == 1654
    assert events[-1].date.first.year == 2024
    assert set(FILES) == {mention.siglum for event in events for mention in event.mentions}


def test_every_form_of_a_name_is_in_a_text(texts: dict[str, Text]) -> None:
    names = read_names(SOURCE / "names.toml")
    missing = [
        (entry.name.heading, form.spelling) for entry in index(names, list(texts.values())) for form in entry.missing
    ]
    assert missing == []
    assert len({name.heading for name in names}) == len(names)


def test_the_index_says_how_many_names_have_a_number() -> None:
    names = [name for name in read_names(SOURCE / "names.toml") if name.kind != "subject"]
    said = (SOURCE / "concordances" / "names.md").read_text("utf-8")
    (written,) = re.findall(r"Of the (\d+) headings that are no subjects (\d+) have a number", said)
    assert written == (str(len(names)), str(sum(bool(name.authorities) for name in names)))


def test_no_number_stands_twice() -> None:
    numbers = [one for name in read_names(SOURCE / "names.toml") for one in name.authorities]
    assert sorted(set(numbers)) == sorted(numbers)


def test_every_node_of_the_stemma_is_joined() -> None:
    stemma = read_stemma(SOURCE / "stemma.toml")
    assert {node.siglum for node in stemma.nodes} - {""} == set(FILES)
    joined = {edge.parent for edge in stemma.edges} | {edge.child for edge in stemma.edges}
    assert joined == {node.id for node in stemma.nodes}
