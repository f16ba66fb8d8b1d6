"""What an annotation is, when it is anchored, and what it says."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from annotating import annotate
from making import note
from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.anchoring.selector import AnchorAmbiguous, Selector, Span
from sphinx_apparatus.model.annotation import Relations, check_reading
from sphinx_apparatus.model.draft import Draft, check_edits
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Layer
from sphinx_apparatus.model.text import Text

MOON = Text("M", "moon.txt", "", "The moon has set,\r\n\r\nand the moon is gone.\n")


def draft(words: str, reading: str | None, layer: Layer = Layer.EMENDATION, **context: str) -> Draft:
    """An annotation as its directive gives it."""
    return Draft(
        "M7", layer, "slip", Selector(words, **context), reading, Certainty.LOW, Evidence.EXTERNAL, "ed", "Said.",
        "moon", 12, short="moon", cites=("suh1988",), relations=Relations(see=("M1",)), matter="a", right="b",
    )  # fmt: skip


def test_an_anchored_annotation_says_all_that_its_directive_said_and_where_it_stands() -> None:
    written = draft("moon has", "moons have")
    anchored = written.anchor(MOON)
    for field in dataclasses.fields(written):
        assert getattr(anchored, field.name) == getattr(written, field.name)
    assert anchored.span == Span(4, 12)
    assert anchored.lemma == "moon has"
    assert anchored.edits == (Edit(4, 8, "moons"), Edit(9, 12, "have"))
    assert (anchored.siglum, anchored.number, anchored.order) == ("M", 7, (4, -12, 7))


@pytest.mark.parametrize(("layer", "reading"), [(Layer.CORRECTION, "sun has"), (Layer.NOTE, None)])
def test_only_an_emendation_changes_the_text(layer: Layer, reading: str | None) -> None:
    assert draft("moon has", reading, layer).anchor(MOON).edits == ()


def test_words_that_are_there_twice_are_not_anchored() -> None:
    with pytest.raises(AnchorAmbiguous):
        draft("moon", "sun").anchor(MOON)


def test_a_reading_that_says_nothing_new_is_not_anchored() -> None:
    with pytest.raises(ModelError, match="the reading is the same as the lemma, 'moon'"):
        draft("moon", "moon", suffix=" has").anchor(MOON)


#: Edits of that text, and whether they leave its paragraphs as they are.
EDITS = [
    ("within a line", [Edit(4, 8, "sun")], True),
    ("a whole line", [Edit(0, 17, "sun")], True),
    ("at the ends of a line", [Edit(0, 0, "Lo: "), Edit(17, 17, ",")], True),
    ("in two lines", [Edit(4, 8, "sun"), Edit(21, 24, "or")], True),
    ("no edit", [], True),
    ("a line ending", [Edit(17, 19, "")], False),
    ("half a line ending", [Edit(18, 19, "")], False),
    ("a blank line", [Edit(19, 21, "")], False),
    ("words and the line ending", [Edit(16, 18, "")], False),
    ("from line to line", [Edit(4, 24, "x")], False),
    ("what parts a line", [Edit(8, 9, "\n")], False),
    ("what parts a line as old Macintosh files do", [Edit(8, 9, "\r")], False),
    ("a second edit that does", [Edit(4, 8, "sun"), Edit(17, 19, "")], False),
    ("behind the last line", [Edit(43, 44, "")], False),
]


@pytest.mark.parametrize(("edits", "sound"), [case[1:] for case in EDITS], ids=[case[0] for case in EDITS])
def test_an_emendation_leaves_paragraphs_as_they_are(edits: list[Edit], sound: bool) -> None:
    if sound:
        check_edits(MOON, tuple(edits))
    else:
        with pytest.raises(ModelError, match="changes where a paragraph ends or begins; keep the line ending"):
            check_edits(MOON, tuple(edits))


def test_an_edit_before_the_first_line_or_in_a_text_without_lines_is_in_no_paragraph() -> None:
    for string in ("\n\none", "\n"):
        with pytest.raises(ModelError, match="where a paragraph ends or begins"):
            check_edits(Text("M", "moon.txt", "", string), (Edit(0, 0, "x"),))


#: Layer, reading of the lemma ``moon``, what is wrong with it.
READINGS = [
    (Layer.EMENDATION, "moons", ""),
    (Layer.EMENDATION, "", ""),
    (Layer.EMENDATION, " moon", ""),
    (Layer.EMENDATION, None, r"^an emendation needs a :reading:$"),
    (
        Layer.EMENDATION,
        "moon",
        r"^the reading is the same as the lemma, 'moon'; say what differs, or write an ed:note$",
    ),
    (Layer.CORRECTION, "sun", ""),
    (Layer.CORRECTION, "moon", "the reading is the same as the lemma"),
    (Layer.CORRECTION, None, r"^a correction needs a :reading:$"),
    (Layer.CORRECTION, "", r"^a correction needs a :reading: with words in it: what is right$"),
    (Layer.CORRECTION, " \n", "with words in it"),
    (Layer.NOTE, None, ""),
    (Layer.NOTE, "", r"^a note has no reading; write an ed:emendation .* or leave :reading: out$"),
    (Layer.NOTE, "moon", "^a note has no reading"),
]


@pytest.mark.parametrize(("layer", "reading", "message"), READINGS)
def test_layer_and_reading_agree(layer: Layer, reading: str | None, message: str) -> None:
    if message:
        with pytest.raises(ModelError, match=message):
            check_reading(layer, "moon", reading)
    else:
        check_reading(layer, "moon", reading)


NOTE = note(MOON.string, "moon", "M3", body="A body.")


@pytest.mark.parametrize(
    "change",
    [{"layer": Layer.CORRECTION}, {"kind": "contested"}, {"lemma": "moons"}, {"reading": ""},
     {"certainty": Certainty.LOW}, {"evidence": Evidence.EXTERNAL}, {"body": "A body!"}, {"cites": ("suh1988",)}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_to_say_something_else_is_a_change(change: dict[str, Any]) -> None:
    assert dataclasses.replace(NOTE, **change).digest != NOTE.digest


@pytest.mark.parametrize(
    "change",
    [{"docname": "sun"}, {"line": 7}, {"span": Span(5, 9)}, {"body": " A\n  body. "},
     {"selector": Selector("moon", "The")}, {"editor": "other"}, {"id": "M4"}],
    ids=lambda change: next(iter(change)),
)  # fmt: skip
def test_to_say_the_same_elsewhere_is_none(change: dict[str, Any]) -> None:
    assert dataclasses.replace(NOTE, **change).digest == NOTE.digest


def test_a_reader_meets_annotations_by_their_place_the_longest_first() -> None:
    spans = {"M1": (4, 8), "M2": (4, 4), "M3": (0, 1), "M4": (4, 20), "M10": (4, 8)}
    notes = [dataclasses.replace(NOTE, id=name, span=Span(*span)) for name, span in spans.items()]
    assert [one.id for one in sorted(notes, key=lambda one: one.order)] == ["M3", "M4", "M1", "M10", "M2"]


def test_a_digest_is_for_good() -> None:
    """It stands in registers that were published; a release would tell of changes that nobody made."""
    assert NOTE.digest == "e436ff7036b987d7"
    assert annotate("the moon", 4, 8, "Mond", body="Ein Körper.").digest == "9a5bb8ed57478cc7"


def test_what_it_rests_on_is_counted_by_the_keys_of_works_and_not_by_who_wrote_them() -> None:
    one = dataclasses.replace(NOTE, body="So [@suh1988].", cites=("suh1988",))
    assert one.digest != dataclasses.replace(one, cites=("suh1989",)).digest
    assert one.digest != dataclasses.replace(one, body="So [@suh1989].").digest


def test_an_annotation_moved_down_its_page_is_the_same() -> None:
    assert dataclasses.replace(NOTE, line=99) == NOTE
