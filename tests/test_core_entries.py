"""The apparatus entry: what changes, told in as few words as one needs to find it."""

from __future__ import annotations

import pytest
from hypothesis import assume, given

from annotating import annotate
from making import emendation, note
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import CARET, TOO_LONG, Part, briefly, entry, mistaken, shorten, spans
from sphinx_apparatus.model.taxonomy import Layer
from texts_of import strings, texts_with_span

#: Words, how many at most, and what is left of them.
SHORTENED = [
    ("", 6, ""),
    (" a \r\n b ", 6, "a b"),
    ("a b c d e f", 6, "a b c d e f"),
    ("a b c d e f g", 6, "a b … f g"),
    ("a b c d e f", 5, "a b … e f"),
    ("學而時習之不亦說乎有朋自遠方來不亦樂乎人不知而不慍", 6, "學而時習之不…人不知而不慍"),
    ("學而時習之不亦說乎有朋自遠方來不亦樂乎人不知而", 6, "學而時習之不亦說乎有朋自遠方來不亦樂乎人不知而"),
    ("é" * 25, 6, "é" * 25),
    ("e" * 25, 6, "e" * 25),
]


@pytest.mark.parametrize(("string", "most", "left"), SHORTENED)
def test_words_are_shortened(string: str, most: int, left: str) -> None:
    assert shorten(string, most) == left


def told(annotation: Annotation, string: str) -> list[str]:
    """The entry's parts as ``lemma] reading``, each with its place in the text."""
    parts = entry(annotation, string).parts
    places = spans(annotation, string)
    assert len(parts) == len(places)
    return [
        f"{part.lemma}] {part.reading} @{' '.join(string[start:end].split())}"
        for part, (start, end) in zip(parts, places, strict=True)
    ]


#: A lemma in ``Lo, … there.``, its reading, and the entry with its places.
TOLD = [
    ("a lemma of four words is shown whole", "a b c d", "a b c x", ["a b c d] a b c x @a b c d"]),
    ("of five words, the one that changes", "a b c d e", "a b x d e", ["c] x @c"]),
    ("the first word", "a b c d e", "x b c d e", ["a] x @a"]),
    ("the last word", "a b c d e", "a b c d x", ["e] x @e"]),
    ("what goes, by the word behind", "a b c d e", "a b d e", ["c d] d @c d"]),
    ("what goes at the beginning, by the word behind", "a b c d e", "b c d e", ["a b] b @a b"]),
    ("what goes at the end, by the word before", "a b c d e", "a b c d", ["d e] d @d e"]),
    ("what goes and leaves its blank behind, by the word behind", "a b c d e", " b c d e", ["a b] b @a b"]),
    ("what goes and leaves its blank before, by the word before", "a b c d e", "a b c d ", ["d e] d @d e"]),
    (
        "what goes at the beginning, by all of the word behind",
        "one two three four five",
        "two three four five",
        ["one two] two @one two"],
    ),
    (
        "what goes at the end, by all of the word before",
        "one two three four five",
        "one two three four",
        ["four five] four @four five"],
    ),
    (
        "what goes and leaves its blank behind, by all of the word behind",
        "one two three four five",
        " two three four five",
        ["one two] two @one two"],
    ),
    (
        "what goes and leaves its blank before, by all of the word before",
        "one two three four five",
        "one two three four ",
        ["four five] four @four five"],
    ),
    ("what is put in, by the word behind", "a b c d e", "a b x c d e", ["c] x c @c"]),
    ("what is put in at the beginning, by the word behind", "a b c d e", "x a b c d e", ["a] x a @a"]),
    ("what is put in at the end, by the word before", "a b c d e", "a b c d e x", ["e] e x @e"]),
    ("what is put in behind the last blank, by the word before", "a b c d e ", "a b c d e x", ["e] e x @e"]),
    ("what is put in before the first blank, by the word behind", " a b c d e", "x a b c d e", ["a] x a @a"]),
    ("a word widened to its letters", "a b c-d-e f g", "a b c-x-e f g", ["c-d-e] c-x-e @c-d-e"]),
    ("two changes in one word are one place", "a b c-d-e f g", "a b x-d-y f g", ["c-d-e] x-d-y @c-d-e"]),
    ("changes in neighbours are one place", "a b c d e", "a x y d e", ["b c] x y @b c"]),
    ("what goes beside what changes is one place with it", "a b c d e", "a x d e", ["b c] x @b c"]),
    ("changes apart are places of their own", "a b c d e", "x b y d z", ["a] x @a", "c] y @c", "e] z @e"]),
    ("all words give way", "a b c d e", "x", ["a b c d e] x @a b c d e"]),
    ("all words go", "a b c d e", "", ["a b c d e]  @a b c d e"]),
    ("blanks that change, with the words they part", "a b  c d e", "a b c d e", ["b c] b c @b c"]),
]


@pytest.mark.parametrize(("lemma", "reading", "parts"), [case[1:] for case in TOLD], ids=[case[0] for case in TOLD])
def test_an_entry_tells(lemma: str, reading: str, parts: list[str]) -> None:
    string = f"Lo, {lemma} there."
    assert told(emendation(string, lemma, reading), string) == parts


def test_a_lemma_without_words_is_told_by_a_caret() -> None:
    assert told(annotate("a b", 1, 1, "x"), "a b") == [f"{CARET}] x @"]
    assert told(annotate("a \n b", 1, 4, "x"), "a \n b") == [f"{CARET}] x @"]
    assert entry(annotate("a b", 1, 1, None), "a b").parts == ((CARET, None),)


def test_a_lemma_shortened_by_hand_is_told_as_it_is_and_its_place_is_the_whole() -> None:
    string = "one two three four five six"
    annotation = emendation(string, string, string.replace("two", "2"), short="one … six")
    assert told(annotation, string) == ["one … six] one 2 three four five six @one two three four five six"]
    assert entry(note(string, "two", short="2nd"), string).parts == (("2nd", None),)


def test_a_correction_is_told_whole_however_long() -> None:
    string = "a b c d e f g"
    annotation = annotate(string, 0, len(string), "a x c", Layer.CORRECTION)
    assert told(annotation, string) == [f"a b … f g] a x c @{string}"]


@pytest.mark.parametrize(("words", "whole"), [(TOO_LONG, True), (TOO_LONG + 1, False)])
def test_a_reading_is_told_whole_unless_it_would_fill_the_foot_of_a_page(words: int, whole: bool) -> None:
    reading = " ".join("x" * words)
    for lemma in ("a", "a b c d e"):
        [part] = entry(emendation(lemma, lemma, reading), lemma).parts
        assert part.reading == (reading if whole else "x x … x x")


@given(texts_with_span(), strings)
def test_put_in_place_of_their_lemmas_the_readings_of_an_entry_are_the_reading(
    case: tuple[str, int, int], reading: str
) -> None:
    string, start, end = case
    assume(reading != string[start:end])
    assume(len(reading.split()) <= TOO_LONG)
    annotation = annotate(string, start, end, reading)
    made: list[str] = []
    at = start
    for part, span in zip(entry(annotation, string).parts, spans(annotation, string), strict=True):
        assert at <= span.start <= span.end <= end
        made += (string[at : span.start], part.reading or "")
        at = span.end
    made.append(string[at:end])
    assert "".join("".join(made).split()) == "".join(reading.split())


#: A lemma in ``Lo, … there.``, what is right, and the words that are wrong.
MISTAKEN = [
    ("the word that what is right has not", "on 26 July 1950 at noon", "on 26 July 1953 at noon", ["1950"]),
    ("words apart", "on 26 July 1950 at noon they say", "on 27 July 1953 at noon they say", ["26", "1950"]),
    ("neighbours are one place", "on 26 July 1950 at noon they", "on 27 June 1950 at noon they", ["26 July"]),
    ("what is put in is in no place", "on 26 July 1950 at noon", "on 26 July 1953 at about noon", ["1950"]),
    ("all, if only something is put in", "on 26 July", "on 26 July 1950", ["on 26 July"]),
    ("all, if there is too little in common", "on 26 July 1950", "by 3 June 1950", ["on 26 July 1950"]),
    ("all, if nothing is right", "on 26 July", "", ["on 26 July"]),
]


@pytest.mark.parametrize(("lemma", "right", "wrong"), [case[1:] for case in MISTAKEN], ids=[c[0] for c in MISTAKEN])
def test_a_correction_says_that_words_are_wrong(lemma: str, right: str, wrong: list[str]) -> None:
    string = f"Lo, {lemma} there."
    annotation = annotate(string, 4, 4 + len(lemma), right, Layer.CORRECTION)
    assert [string[slice(*span)] for span in mistaken(annotation)] == wrong


def test_an_emendation_that_changes_nothing_has_its_lemma_for_an_entry() -> None:
    string = "one two three four five six"
    same = emendation(string, "two three four five six", "two three four five six")
    assert same.edits == ()
    [(span, part)] = briefly(same, string, ())
    assert (span, part) == (same.span, Part("two three four five six", "two three four five six"))
    assert spans(same, string) == (same.span,)
