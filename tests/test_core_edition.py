"""An edition answers every question about itself, as one would find it by looking through it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotating import annotate
from making import IMPRINT, edition, emendation, note, record
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.annotation import Annotation, Relations
from sphinx_apparatus.model.edition import Edition, Neighbours
from sphinx_apparatus.model.entry import Part
from sphinx_apparatus.model.place import Place
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.relations import overlapping
from sphinx_apparatus.model.state import state_of
from sphinx_apparatus.model.structure import Milestone, number_verses
from sphinx_apparatus.model.work import Work
from texts_of import spans, strings

MOON = "The moon has set,\n\nand the Pleiades.\n"

SMALL = edition(
    {"M": MOON, "B": "One line."},
    note(MOON, "Pleiades", "M1"),
    note(MOON, "moon has", "M2", relations=Relations(see=("M1",), parallel=("B1",))),
    emendation(MOON, "moon", "sun", "M3"),
    note("One line.", "line", "B1", cites=("b", "a")),
    note(MOON, "set", "M4", cites=("a",), body="So [@a]."),
    note("Gone.", "Gone", "X1"),
    works={"a": Work("a", "works.bib", "Suh", True)},
)


def test_a_text_has_its_annotations_in_the_order_in_which_a_reader_meets_them() -> None:
    assert [one.id for one in SMALL.of_text("M")] == ["M2", "M3", "M4", "M1"]
    assert SMALL.of_text("Q") == ()


def test_the_edition_has_them_text_by_text_and_leaves_out_those_of_texts_that_are_not_there() -> None:
    assert [one.id for one in SMALL.in_order] == ["M2", "M3", "M4", "M1", "B1"]


def test_an_annotation_is_cited_by_the_paragraph_in_which_it_begins() -> None:
    assert [str(SMALL.passage_of(one.id)) for one in SMALL.in_order] == ["M ¶1", "M ¶1", "M ¶1", "M ¶2", "B ¶1"]
    assert [one.id for one in SMALL.of_paragraph(Passage("M", 1))] == ["M2", "M3", "M4"]
    assert SMALL.of_paragraph(Passage("M", 3)) == ()


def test_in_a_text_without_paragraphs_an_annotation_is_cited_by_the_text() -> None:
    blank = edition("\n", annotate("\n", 0, 0, "x"))
    assert blank.passage_of("M1") == Passage("M")
    assert [one.id for one in blank.of_paragraph(Passage("M"))] == ["M1"]


def test_an_annotation_has_neighbours_in_its_own_text() -> None:
    assert SMALL.neighbours("M2") == Neighbours(None, "M3")
    assert SMALL.neighbours("M3") == Neighbours("M2", "M4")
    assert SMALL.neighbours("M1") == Neighbours("M4", None)
    assert SMALL.neighbours("B1") == SMALL.neighbours("X1") == Neighbours()


def test_annotations_overlap_where_they_speak_of_the_same_words() -> None:
    assert SMALL.overlaps("M2") == ["M3"]
    assert SMALL.overlaps("M3") == ["M2"]
    assert SMALL.overlaps("M4") == SMALL.overlaps("X1") == []


#: Spans of annotations M1, M2 of a text, and whether they overlap.
PAIRS = [
    ("the same words", (0, 3), (0, 3), True),
    ("a word in common", (0, 3), (2, 5), True),
    ("words that touch", (0, 3), (3, 5), False),
    ("a place and what stands behind it", (3, 3), (3, 5), True),
    ("a place and what stands before it", (0, 3), (3, 3), False),
    ("a place among words", (0, 3), (1, 1), True),
    ("a place and the next character but one", (3, 3), (4, 5), False),
    ("two at one place", (3, 3), (3, 3), True),
    ("two places", (2, 2), (3, 3), False),
]


@pytest.mark.parametrize(("one", "other", "overlap"), [case[1:] for case in PAIRS], ids=[case[0] for case in PAIRS])
def test_overlapping(one: tuple[int, int], other: tuple[int, int], overlap: bool) -> None:
    pair = edition("abcdefgh", annotate("abcdefgh", *one, None, id="M1"), annotate("abcdefgh", *other, None, id="M2"))
    assert pair.overlaps("M1") == (["M2"] if overlap else [])
    assert pair.overlaps("M2") == (["M1"] if overlap else [])


@st.composite
def editions(draw: st.DrawFn) -> Edition:
    """Editions of two texts and annotations as they please."""
    texts = {"M": draw(strings), "B": draw(strings)}
    made: list[Annotation] = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        siglum = draw(st.sampled_from(["M", "B"]))
        cites = tuple(draw(st.lists(st.sampled_from("ab"), unique=True)))
        span = draw(spans(texts[siglum]))
        made.append(annotate(texts[siglum], *span, None, id=f"{siglum}{number}", cites=cites))
    return edition(texts, *made)


def _reach(annotation: Annotation) -> set[int]:
    """The characters an annotation speaks of; a place speaks of the one behind it."""
    start, end = annotation.span
    return set(range(start, max(end, start + 1)))


@given(editions())
def test_every_answer_is_what_one_finds_by_looking_at_each_annotation(made: Edition) -> None:
    everything = list(made.annotations.values())
    assert sorted(one.id for one in made.in_order) == sorted(made.annotations)
    for siglum in made.texts:
        own = sorted((one for one in everything if one.siglum == siglum), key=lambda one: one.order)
        assert list(made.of_text(siglum)) == own
    for one in everything:
        text = made.texts[one.siglum].text
        paragraph = text.paragraph_at(one.span.start)
        passage = Passage(one.siglum, paragraph.number if paragraph else None)
        assert made.passage_of(one.id) == passage
        assert one in made.of_paragraph(passage)
        over = [other.id for other in made.of_text(one.siglum) if other != one and _reach(other) & _reach(one)]
        assert made.overlaps(one.id) == over
    for key, ids in made.cited_at.items():
        assert sorted(ids) == sorted(one.id for one in everything if key in one.cites)


@given(editions())
def test_to_go_from_neighbour_to_neighbour_is_to_read_the_text(made: Edition) -> None:
    for siglum in made.texts:
        ids = [one.id for one in made.of_text(siglum)]
        for before, behind in pairwise(ids):
            assert made.neighbours(before).following == behind
            assert made.neighbours(behind).previous == before
        if ids:
            assert made.neighbours(ids[0]).previous is None
            assert made.neighbours(ids[-1]).following is None


def test_of_many_annotations_one_after_the_other_each_pair_is_looked_at_that_overlaps_and_no_other() -> None:
    string = "x" * 4_000
    chain = [annotate(string, at, at + 2, None, id=f"M{at + 1}") for at in range(3_998)]
    assert [(one.number, other.number) for one, other in overlapping(chain)] == [(n, n + 1) for n in range(1, 3_998)]


def test_a_work_is_cited_at_annotations_in_the_order_of_their_ids() -> None:
    ten = edition(MOON, *(note(MOON, "moon", f"M{number}", cites=("a",)) for number in (10, 9, 1)))
    assert ten.cited_at == {"a": ["M1", "M9", "M10"]}
    assert SMALL.cited_at == {"a": ["B1", "M4"], "b": ["B1"]}


def test_relations_are_read_both_ways() -> None:
    assert SMALL.relations == {"M2": {"parallel": ["B1"], "see": ["M1"]}, "B1": {"parallel": ["M2"]}}


def test_an_annotation_has_its_entry_its_places_and_its_words() -> None:
    assert SMALL.entry("M3").parts == (Part("moon", "sun"),)
    assert SMALL.entry("M3") is SMALL.entry("M3")
    assert SMALL.spans("M3") == (SMALL.annotations["M3"].span,)
    assert SMALL.words("M4") == "So Suh."


#: What a reference names, and where it leads.
LED = [
    ("M2", Place("m", "M2", "M2")),
    (" M2 ", Place("m", "M2", "M2")),
    ("M", Place("m", "M", "M")),
    ("M ¶2", Place("m", "M-p2", "M ¶2")),
    ("M-p2", Place("m", "M-p2", "M ¶2")),
    ("M¶2", Place("m", "M-p2", "M ¶2")),
    ("M ¶3", None),
    ("M-p", None),
    ("Q", None),
    ("Q ¶1", None),
    ("M l. 9", None),
    ("M page 9", None),
    ("M99", None),
    ("the moon", None),
    ("", None),
]


@pytest.mark.parametrize(("target", "place"), LED)
def test_a_reference_leads(target: str, place: Place | None) -> None:
    texts = {"M": record(MOON, docname="m")}
    small = Edition(IMPRINT, texts, {"M2": note(MOON, "moon", "M2", docname="m")})
    assert small.locate(target) == place


def test_an_annotation_is_found_on_its_own_page_and_a_text_on_its() -> None:
    assert SMALL.locate("M2") == Place("moon", "M2", "M2")
    assert SMALL.locate("M") == Place("m", "M", "M")


#: A reference, and the passage that it names.
CANONICAL = [
    ("M l. 2", "M ¶2"),
    ("M. page 7", "M ¶2"),
    ("M page 8", "M page 8"),
    ("M ¶1", "M ¶1"),
    ("Q l. 2", "Q l. 2"),
    ("M1", "M1"),
]


@pytest.mark.parametrize(("target", "passage"), CANONICAL)
def test_a_reference_by_verse_or_by_page_names_a_passage(target: str, passage: str) -> None:
    string = "a\nb\n"
    text = record(string).text
    own = record(string, verses=number_verses(string, [Span(one.start, one.end) for one in text.paragraphs], ()),
                 milestones=(Milestone("page", "7", 2),))  # fmt: skip
    assert Edition(IMPRINT, {"M": own}, {}).canonical(target) == passage


@pytest.mark.parametrize(("version", "unreleased"), [("1.0", True), ("1.1", False), ("1.2", False), ("1.3", False)])
def test_what_an_annotation_says_is_held_against_its_own_version_and_no_later_one(
    version: str, unreleased: bool
) -> None:
    said = note(MOON, "Pleiades", "M1")
    before = replace(state_of(said, "1.0", "2026-01-01"), body="Another body.")
    found = edition(MOON, said, states={"M1": (before, state_of(said, "1.1", "2026-01-02"))})
    days = dict.fromkeys(("1.0", "1.1", "1.2"), "2026-01-01")
    found = replace(found, imprint=replace(IMPRINT, version=version), releases=days)
    assert found.unreleased("M1") is unreleased
    assert replace(found, states={}).unreleased("M1") is (version in days)
