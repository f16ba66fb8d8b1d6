"""What an annotation is set beside: some relations hold both ways, others lead one way."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import note
from sphinx_apparatus.model.annotation import Annotation, Relations
from sphinx_apparatus.model.relations import LABELS, beside, target_order

STRING = "the moon"


def related(**relations: Relations) -> dict[str, Annotation]:
    """Annotations by id, with their relations."""
    return {identifier: note(STRING, "moon", identifier, relations=own) for identifier, own in relations.items()}


def test_see_leads_one_way() -> None:
    assert beside(related(M1=Relations(see=("M2",)), M2=Relations())) == {"M1": {"see": ["M2"]}}


@pytest.mark.parametrize("kind", ["contradicts", "parallel"])
def test_a_contradiction_and_a_parallel_hold_both_ways(kind: str) -> None:
    found = beside(related(M1=Relations(**{kind: ("M2",)}), M2=Relations()))
    assert found == {"M1": {kind: ["M2"]}, "M2": {kind: ["M1"]}}


def test_a_relation_said_on_both_sides_is_shown_once_on_each() -> None:
    found = beside(related(M1=Relations(parallel=("M2",)), M2=Relations(parallel=("M1",))))
    assert found == {"M1": {"parallel": ["M2"]}, "M2": {"parallel": ["M1"]}}


def test_what_is_set_beside_a_passage_or_an_id_that_is_not_there_is_shown_on_its_own_side() -> None:
    found = beside(related(M1=Relations(contradicts=("K ¶4", "K9"))))
    assert found == {"M1": {"contradicts": ["K ¶4", "K9"]}}


def test_relations_are_shown_by_kind_in_one_order_and_targets_by_siglum_passages_first_then_by_number() -> None:
    targets = ("M10", "M9", "M ¶10", "M ¶9", "M", "B2")
    found = beside(related(M1=Relations(see=targets, parallel=targets, contradicts=targets)))
    assert list(found["M1"]) == list(LABELS) == ["contradicts", "parallel", "see"]
    assert found["M1"]["see"] == ["B2", "M", "M ¶9", "M ¶10", "M9", "M10"]


def test_an_annotation_without_relations_is_beside_nothing() -> None:
    assert not Relations()
    assert beside(related(M1=Relations())) == {}
    for kind in LABELS:
        assert Relations(**{kind: ("M2",)})


ids = st.sampled_from([f"M{number}" for number in range(1, 6)])
relations = st.builds(Relations, *[st.lists(ids, max_size=3).map(tuple)] * 3)


@given(st.dictionaries(ids, relations))
def test_what_stands_beside_what_is_what_the_editors_wrote_read_both_ways_but_for_see(
    written: dict[str, Relations],
) -> None:
    found = beside(related(**written))
    for one in written:
        for kind in LABELS:
            said = set(getattr(written[one], kind))
            if kind != "see":
                said |= {other for other in written if one in getattr(written[other], kind)}
            assert found.get(one, {}).get(kind, []) == sorted(said, key=target_order)
