"""Laid out in rows, a text is itself; emended, it is what its emendations make of it."""

from __future__ import annotations

import dataclasses

import pytest
from docutils import nodes
from hypothesis import given
from hypothesis import strategies as st

from annotating import NOTE
from sphinx_apparatus.anchoring.edits import Edit, EditConflict, apply, check, compare
from sphinx_apparatus.anchoring.selector import Selector, Span
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.draft import Draft, check_edits
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import Layer
from sphinx_apparatus.model.text import Text, TextRecord
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.layout import build
from texts_of import spans, strings


def lay_out(text: Text, annotations: list[Annotation]) -> ed.ed_text:
    """The text's node with its rows."""
    record = TextRecord(text, "moon", "", (), (), "en")
    node = ed.ed_text(siglum="M", lang="en")
    notes = {annotation.id: ed.ed_annotation(annotation=annotation.id) for annotation in annotations}
    node.extend(build(record, sorted(annotations, key=lambda a: a.order), notes))
    return node


def emended(node: nodes.Node) -> str:
    """The characters of the emended view."""
    if isinstance(node, nodes.Text):
        return str(node)
    if isinstance(node, (ed.ed_old, ed.ed_apparatus)):
        return ""
    return "".join(emended(child) for child in node.children)


def sound(text: Text, edits: list[Edit], more: tuple[Edit, ...]) -> bool:
    """Whether an emendation may stand beside others."""
    try:
        check_edits(text, more)
        check([*edits, *more])
    except (ModelError, EditConflict):
        return False
    return True


@st.composite
def editions(draw: st.DrawFn) -> tuple[Text, list[Annotation]]:
    """A text with annotations of every layer."""
    text = Text("M", "moon.txt", "", draw(strings))
    annotations: list[Annotation] = []
    edits: list[Edit] = []
    for number in range(1, draw(st.integers(0, 8)) + 1):
        start, end = draw(spans(text.string))
        lemma = text.string[start:end]
        note = dataclasses.replace(NOTE, id=f"M{number}", span=Span(start, end), lemma=lemma)
        reading = draw(st.one_of(st.none(), strings, st.just("")))
        if reading is not None and reading != lemma:
            made = compare(lemma, reading, start)
            if sound(text, edits, made):
                edits += made
                note = dataclasses.replace(note, layer=Layer.EMENDATION, reading=reading, edits=made)
        annotations.append(note)
    return text, annotations


@given(editions())
def test_less_what_is_editorial_the_rows_are_the_text(edition: tuple[Text, list[Annotation]]) -> None:
    text, annotations = edition
    assert ed.verbatim(lay_out(text, annotations)) == text.string


@given(editions())
def test_the_emended_view_is_the_text_with_its_edits(edition: tuple[Text, list[Annotation]]) -> None:
    text, annotations = edition
    edits = [edit for annotation in annotations for edit in annotation.edits]
    assert emended(lay_out(text, annotations)) == apply(text.string, edits)


@given(editions())
def test_every_annotation_is_noted_once_in_the_row_where_it_begins(edition: tuple[Text, list[Annotation]]) -> None:
    text, annotations = edition
    node = lay_out(text, annotations)
    noted = [note["annotation"] for note in node.findall(ed.ed_annotation)]
    assert sorted(noted) == sorted(annotation.id for annotation in annotations)
    assert [row["number"] for row in node.findall(ed.ed_row)] == [
        p.number for p in text.paragraphs
    ] or not text.paragraphs
    for row in node.findall(ed.ed_row):
        for note in row.findall(ed.ed_annotation):
            start = next(a.span.start for a in annotations if a.id == note["annotation"])
            paragraph = text.paragraph_at(start)
            assert row["number"] == (paragraph.number if paragraph else 1)


@given(editions())
def test_every_annotation_begins_once_and_ends_once_in_the_text(edition: tuple[Text, list[Annotation]]) -> None:
    """Also one on a line end, or on nothing but what is between two paragraphs: at its end its note is called."""
    text, annotations = edition
    runs = list(lay_out(text, annotations).findall(ed.ed_run))
    for end in ("first", "last"):
        assert sorted(name for run in runs for name in run[end]) == sorted(one.id for one in annotations)


def draft(lemma: str, reading: str) -> Draft:
    """An emendation that has not been anchored."""
    return Draft(
        id="M1",
        layer=Layer.EMENDATION,
        kind="slip",
        selector=Selector(lemma),
        reading=reading,
        certainty=NOTE.certainty,
        evidence=NOTE.evidence,
        editor="ed",
        body="",
        docname="moon",
        line=1,
    )


@pytest.mark.parametrize(
    ("lemma", "reading"),
    [("set,\nand", "set, and"), ("and the", "and\nthe"), ("has\n\nset", "has set"), ("\n\n", "\n")],
    ids=["joins two paragraphs", "parts one", "joins over a blank line", "takes a blank line out"],
)
def test_no_emendation(lemma: str, reading: str) -> None:
    text = Text("M", "moon.txt", "", "The moon has\n\nset,\nand the stars.")
    with pytest.raises(ModelError, match="changes where a paragraph ends or begins"):
        draft(lemma, reading).anchor(text)


def test_an_emendation_may_reach_over_paragraphs_and_keep_them() -> None:
    text = Text("M", "moon.txt", "", "The moon has\n\nset,\nand the stars.")
    annotation = draft("moon has\n\nset,\nand", "moons have\n\nset;\nand").anchor(text)
    assert emended(lay_out(text, [annotation])) == "The moons have\n\nset;\nand the stars."
