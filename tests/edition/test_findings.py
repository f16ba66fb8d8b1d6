"""Every finding of the preparatory reading is decided: annotated, or rejected with a reason.

``data/findings.json`` has each finding by number; the numbers begin with the text: E0 is
K, E1 is G, 002 is E, 003 is T.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from sphinx_apparatus.model.annotation import Annotation

FINDINGS: dict[str, str | dict[str, str]] = json.loads(
    (Path(__file__).parent / "data" / "findings.json").read_text("utf-8")
)

#: The siglum of the text that a finding is about.
SIGLA = {"E0": "K", "E1": "G", "002": "E", "003": "T"}


def test_there_are_as_many_findings_as_were_made() -> None:
    """The lists number 340; three that G's list only mentions in others were decided too."""
    assert Counter(number.partition("-")[0] for number in FINDINGS) == {"E0": 81, "E1": 85, "002": 95, "003": 82}


@pytest.mark.parametrize("number", FINDINGS)
def test_a_finding_is_annotated_or_rejected_with_a_reason(number: str, annotations: dict[str, Annotation]) -> None:
    decision = FINDINGS[number]
    if isinstance(decision, str):
        assert decision in annotations
        assert annotations[decision].siglum == SIGLA[number.partition("-")[0]]
    else:
        assert len(decision["rejected"].split()) > 5


def test_the_edition_has_more_than_was_found_at_first(annotations: dict[str, Annotation]) -> None:
    decided = {decision for decision in FINDINGS.values() if isinstance(decision, str)}
    assert len(annotations) >= 350
    assert len(set(annotations) - decided) > 100


def test_a_correction_of_fact_cites_what_shows_it(annotations: dict[str, Annotation]) -> None:
    assert [a.id for a in annotations.values() if a.layer.corrects and not a.cites] == []


def test_no_note_is_longer_than_a_note_should_be(words: dict[str, str]) -> None:
    assert {name: len(said.split()) for name, said in words.items() if len(said.split()) > 150} == {}
