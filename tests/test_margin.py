"""The margin of a text: what is said of each line, and one reading where emendations lie in one another."""

from __future__ import annotations

import pytest

from making import edition, emendation, note
from sphinx_apparatus.anchoring.edits import apply
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.margin import MarginLine, margin
from sphinx_apparatus.model.reference import Passage

TEXT = "the cult of his son Kim Jung Il, who is likely, in 1910-194521."


def lined(string: str, *annotations: Annotation, starts: tuple[int, ...] = ()) -> Edition:
    """An edition whose lines begin where it is said, or are one a paragraph."""
    made = edition(string, *annotations)
    paragraphs = made.texts["M"].text.paragraphs
    lines = Lines(starts or tuple(one.start for one in paragraphs), paragraphs)
    return edition(string, *annotations, kept_lines={"M": lines})


def entered(line: MarginLine) -> list[str]:
    """The entries of a line as they are read."""
    return [
        " · ".join(part.lemma if part.reading is None else f"{part.lemma}] {part.reading}" for part in entry.parts)
        if entry.short_of != "any"
        else entry.annotation.id
        for entry in line.entries
    ]


def test_the_reading_of_an_emendation_has_those_within_it() -> None:
    whole = emendation(TEXT, "the cult of his son Kim Jung Il", "with the cult of his son Kim Jung Il")
    made = edition(TEXT, whole, emendation(TEXT, "Kim Jung Il", "Kim Jong Il", "M2"))
    assert made.reading("M1") == "with the cult of his son Kim Jong Il"
    assert made.reading("M2") == "Kim Jong Il"
    assert "Jung" not in "".join(part.reading or "" for part in made.entry("M1").parts)


def test_what_another_puts_in_at_the_edge_of_a_lemma_is_not_of_its_reading() -> None:
    string = "one two three"
    made = edition(string, emendation(string, "two", "2"), emendation(string, "one two", "one, two", "M2"))
    assert made.reading("M1") == "2"
    after = edition(string, emendation(string, "two", "2"), emendation(string, "two three", "two, three", "M2"))
    assert after.reading("M1") == "2"
    assert after.reading("M2") == "2, three"


def test_every_reading_is_that_of_the_emended_text() -> None:
    inner = [emendation(TEXT, "194521", "1945²¹", "M3"), emendation(TEXT, "likely", "liable", "M4")]
    outer = emendation(TEXT, "who is likely, in 1910-194521", "who was likely, in 1910-194521", "M5")
    made = edition(TEXT, *inner, outer)
    edits = [edit for one in (*inner, outer) for edit in one.edits]
    assert made.reading("M5") in apply(TEXT, edits)
    assert made.reading("M5") == "who was liable, in 1910-1945²¹"


def test_a_note_and_a_correction_keep_what_their_editor_wrote() -> None:
    made = edition(TEXT, note(TEXT, "Kim Jung Il"), emendation(TEXT, "Jung", "Jong", "M2"))
    assert made.reading("M1") is None


def test_an_emendation_is_entered_line_by_line() -> None:
    string = "one two three four five six seven eight"
    whole = emendation(string, string, "1 two three four five six seven 8")
    made = lined(string, whole, starts=(0, string.index("five")))
    first, second = margin(made, Passage("M", 1))
    assert (entered(first), entered(second)) == (["one] 1"], ["eight] 8"])
    assert [first.entries[0].first, second.entries[0].first] == [True, False], "one of them is heard"


def test_of_a_note_call_fused_with_a_word_the_figures_are_entered() -> None:
    string = "a kingdom20 and more"
    [line] = margin(lined(string, emendation(string, "kingdom20", "kingdom²⁰")), Passage("M", 1))
    assert entered(line) == ["20] ²⁰"]


def test_a_short_emendation_is_entered_whole_while_there_is_room() -> None:
    [line] = margin(lined(TEXT, emendation(TEXT, "Kim Jung Il", "Kim Jong Il")), Passage("M", 1))
    assert entered(line) == ["Kim Jung Il] Kim Jong Il"]
    assert line.entries[0].short_of == ""


@pytest.mark.parametrize("notes", [2, 3, 6])
def test_in_a_full_line_notes_give_way_and_no_reading(notes: int) -> None:
    words = [f"word{n} of some greater length here" for n in range(notes)]
    string = f"Kim Jung Il {' '.join(words)}"
    own = [note(string, one, f"M{n + 2}") for n, one in enumerate(words)]
    [line] = margin(lined(string, emendation(string, "Kim Jung Il", "Kim Jong Il"), *own), Passage("M", 1))
    assert any("Jong" in one for one in entered(line))
    assert len(entered(line)) == notes + 1
    assert line.entries[0].short_of != "any"
    by_id = [entry.short_of for entry in line.entries[1:]].count("any")
    assert by_id == {2: 0, 3: 0, 6: 4}[notes]
    assert all(entry.parts for entry in line.entries), "their words are heard none the less"


@pytest.mark.parametrize(("words", "short_of"), [(2, ""), (4, "narrow"), (12, "any")])
def test_a_reading_stands_whole_or_by_its_id_and_is_never_cut(words: int, short_of: str) -> None:
    string = " ".join(f"word{n}" for n in range(words))
    [line] = margin(lined(string, emendation(string, string, string.replace("word", "term"))), Passage("M", 1))
    assert [entry.short_of for entry in line.entries] == [short_of]


@pytest.mark.parametrize(("count", "crowded"), [(5, ""), (9, "narrow"), (15, "any")])
def test_a_line_says_where_not_even_its_ids_have_room(count: int, crowded: str) -> None:
    string = " ".join(f"word{n}" for n in range(count))
    [line] = margin(lined(string, *(note(string, f"word{n}", f"M{n + 1}") for n in range(count))), Passage("M", 1))
    assert line.crowded == crowded


def test_letters_have_widths() -> None:
    found = {}
    for letter in ("i", "m"):
        string = f"{letter * 20} {letter * 20}"
        [line] = margin(lined(string, emendation(string, letter * 20, f"{letter * 19}x")), Passage("M", 1))
        found[letter] = line.entries[0].short_of
    assert found == {"i": "", "m": "any"}


def test_a_correction_is_entered_without_the_words_that_it_shares() -> None:
    string = "commenced on July 26, 1950 they say"
    from annotating import annotate
    from sphinx_apparatus.model.taxonomy import Layer

    end = len("commenced on July 26, 1950")
    wrong = annotate(string, 0, end, "commenced on June 25, 1950", Layer.CORRECTION, id="M1")
    [line] = margin(lined(string, wrong), Passage("M", 1))
    assert entered(line) == ["July 26,] June 25,"]


def test_what_reaches_in_from_before_stands_first() -> None:
    string = "one\ntwo three"
    over = note(string, "one\ntwo")
    [line] = margin(lined(string, over, note(string, "three", "M2")), Passage("M", 2), ["M1"])
    assert [(entry.annotation.id, entry.continued) for entry in line.entries] == [("M1", True), ("M2", False)]


def test_the_emender_of_a_place_is_known() -> None:
    made = edition(TEXT, emendation(TEXT, "Jung", "Jong"), emendation(TEXT, "the cult", "with the cult", "M2"))
    assert made.emender("M", TEXT.index("Jung")) == "M1"
    assert made.emender("M", 0) == "M2"
    assert made.emender("M", TEXT.index("likely")) is None
    assert made.entered_at("M1") == [Span(TEXT.index("Jung"), TEXT.index("Jung") + 4)]
