"""The entry of an annotation, as an apparatus prints it."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given

from annotating import annotate
from sphinx_apparatus.model.entry import Entry, entry, shorten
from sphinx_apparatus.model.taxonomy import LAYERS, Layer
from texts_of import strings, texts_with_span


def printed(shown: Entry) -> str:
    """An entry as one line."""
    parts = [part.lemma if part.reading is None else f"{part.lemma}] {part.reading}".rstrip() for part in shown.parts]
    return " · ".join(parts)


E, C, _, N = LAYERS

#: Layer, lemma, reading, entry.
ENTRIES = [
    ("a short lemma, whole", E, "Kim Jung Il", "Kim Jong Il", "Kim Jung Il] Kim Jong Il"),
    ("of a long one, the words that change", E,
     "a trade official was opened there in", "a trade office was opened there in", "official] office"),
    ("what is put in, with the word before", E,
     "when the moon has set the stars", "when the moon has set, the stars", "set] set,"),
    ("several places", E, "a b c d e f g", "A b C d E f g", "a] A · c] C · e] E"),
    ("two changes in one word", E,
     "one two three for four-fife-six", "one two three for Four-five-Six", "four-fife-six] Four-five-Six"),
    ("neighbours are one place", E, "one two three four five", "one 2 3 four five", "two three] 2 3"),
    ("words that go", E,
     "from arms to dictatorship to democracy", "from arms dictatorship to democracy", "to dictatorship] dictatorship"),
    ("all goes", E, "moon", "", "moon]"),
    ("a place", E, "", "moon", "‸] moon"),
    ("a correction, whole", C, "in May 1977", "in May 1979", "in May 1977] in May 1979"),
    ("a long lemma is cut", C, "a b c d e f g h", "x", "a b … g h] x"),
    ("a long reading is not", C, "x", "a b c d e f g h i j k l m n o p", "x] a b c d e f g h i j k l m n o p"),
    ("unless it would fill the foot", C, "x", "a " * 40 + "z", "x] a a … a z"),
    ("a note has a lemma only", N, "the moon", None, "the moon"),
    ("line endings are blanks", N, "the\r\n moon", None, "the moon"),
]  # fmt: skip


@pytest.mark.parametrize(("layer", "lemma", "reading", "line"), [c[1:] for c in ENTRIES], ids=[c[0] for c in ENTRIES])
def test_an_entry_shows(layer: Layer, lemma: str, reading: str | None, line: str) -> None:
    text = f"Before {lemma} after."
    assert printed(entry(annotate(text, 7, 7 + len(lemma), reading, layer), text)) == line


def test_a_lemma_shortened_by_hand_is_shown_as_it_is_given() -> None:
    text = "one two three four five six seven"
    annotation = dataclasses.replace(annotate(text, 0, len(text), "1 " + text[4:]), short="one … seven")
    assert printed(entry(annotation, text)).startswith("one … seven] 1 two")


@given(texts_with_span(), strings)
def test_every_annotation_has_an_entry_on_one_line(case: tuple[str, int, int], reading: str) -> None:
    string, start, end = case
    for layer, given_reading in ((E, reading), (C, reading), (N, None)):
        shown = entry(annotate(string, start, end, given_reading, layer), string)
        assert shown.parts or reading == string[start:end]
        assert all(part.lemma.strip() for part in shown.parts)
        assert not set(printed(shown)) & set("\r\n")


@given(strings)
def test_a_shortened_string_has_words_of_the_string(string: str) -> None:
    words = string.split()
    assert all(
        word == "…" or word in words or any(_is_cut(word, whole) for whole in words) for word in shorten(string).split()
    )
    assert len(shorten(string).split()) <= 6


def _is_cut(word: str, whole: str) -> bool:
    """Whether a word is the beginning and the end of a longer one, as of a run in a script without spaces."""
    begin, sign, end = word.rpartition("…")
    return bool(sign) and len(word) < len(whole) and whole.startswith(begin) and whole.endswith(end)
