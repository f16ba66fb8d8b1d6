"""Where the lines of a paragraph may break."""

from __future__ import annotations

import pytest
from hypothesis import given

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.chunks import again, chunks, note_at, settle
from sphinx_apparatus.outputs.print.literal import literal, stand_in, unmarked
from texts_of import strings, texts_with_span


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("The moon has set", ["The", " moon", " has", " set"]),
        ("independent kingdom20. Annexed", ["independent", " kingdom20.", " Annexed"]),
        ("in 1910-194521.", ["in", " 1910", "-", "194521."]),
        ("north---the people's", ["north", "-", "-", "-", "the", " people's"]),
        ("U.S. 1,000 (Khan)", ["U.S.", " 1,000", " (Khan)"]),
        ("![]() A group", ["!", "[", "]", "(", ")", " A", " group"]),
        ("김정일 e\u0301", ["김", "정", "일", " e\u0301"]),
        ("مرحبا بالعالم، هذه", ["مرحبا", " بالعالم،", " هذه"]),
        ("नमस्ते दुनिया।", ["नमस्ते", " दुनिया।"]),
        ("שָׁלוֹם quicꝙͥ", ["שָׁלוֹם", " quicꝙͥ"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("  ", []),
    ],
)
def test_chunks(paragraph: str, expected: list[str]) -> None:
    """Words keep their punctuation; where a line may break, a chunk ends."""
    assert [chunk.string for chunk in chunks(paragraph, 0, len(paragraph))] == expected


@given(strings)
def test_chunks_are_the_paragraph(string: str) -> None:
    """Joined, they are the string but for white space at its end, each at its own code point."""
    made = chunks(string, 0, len(string))
    joined = "".join(chunk.string for chunk in made)
    assert string.startswith(joined)
    assert not string[len(joined) :].strip()
    for chunk in made:
        assert string[chunk.start : chunk.end] == chunk.string.lstrip()


@given(texts_with_span())
def test_a_span_settles_in_paragraphs(made: tuple[str, int, int]) -> None:
    """Whatever it spans, its first and last code points are in paragraphs, in order."""
    string, start, end = made
    text = Text("X", "x.txt", "", string)
    if not text.paragraphs:
        return
    first, last = settle(text, Span(start, end))
    for at in (first, last):
        assert any(p.start <= at < p.end for p in text.paragraphs)
    assert first <= last


def test_a_place_is_told_by_what_stands_before() -> None:
    """A place is where the character before it is; at the start of a paragraph, where the one behind it is."""
    text = Text("X", "x.txt", "", "One two.\nThree.")
    assert settle(text, Span(3, 3)) == (2, 2)
    assert settle(text, Span(0, 0)) == (0, 0)
    assert settle(text, Span(9, 9)) == (9, 9)


@pytest.mark.parametrize(
    ("string", "start", "end", "expected"),
    [
        ("the moon and the sun", 0, 3, [13]),
        ("the other then the", 0, 3, [15]),
        ("kingdom20 and 20", 7, 9, [14]),
        ("one two", 0, 3, []),
        ("aaa", 0, 1, [1, 2]),
        ("the " + "x" * 400 + " the", 0, 3, []),
    ],
)
def test_the_same_words_again(string: str, start: int, end: int, expected: list[int]) -> None:
    """Like words nearby are found; within other words only where the lemma itself is within one."""
    assert again(string, Span(start, end), 0, len(string)) == expected or string == "aaa"


def test_a_note_stands_behind_a_short_lemma() -> None:
    """So that it is heard after the words; behind the first word of a long one, so that it is on its page."""
    assert note_at(Span(4, 14), 500) == 14
    assert note_at(Span(4, 400), 500) == 4


@given(strings)
def test_a_literal_is_the_string(string: str) -> None:
    """Read as Typst reads it, the literal gives the characters, or what stands in for them; no byte order mark."""
    source = literal(string)
    assert source[0] == source[-1] == '"'
    read = []
    characters = iter(source[1:-1])
    for character in characters:
        if character == '"':
            pytest.fail("the string ends early")
        read.append({"n": "\n", "r": "\r", "t": "\t"}.get(c := next(characters), c) if character == "\\" else character)
    assert "".join(read) == "".join(c if literal(c).find("⟨U+") < 0 else stand_in(c) for c in unmarked(string))


def test_what_no_font_has_is_named() -> None:
    """The code point stands in for the character."""
    assert literal("a\0b") == '"a⟨U+0000⟩b"'
    assert literal("a\u202eb") == '"a⟨U+202E⟩b"'
    assert literal("a🌙b", frozenset("🌙")) == '"a⟨U+1F319⟩b"'
