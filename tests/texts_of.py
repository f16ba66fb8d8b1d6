"""Texts of every sort, for Hypothesis: what a file may really hold."""

from __future__ import annotations

from hypothesis import strategies as st

#: Pieces that have broken editions: astral, combining, bidirectional controls, every
#: kind of line end and of white space, a byte order mark, U+0000, mark-up of other systems.
PIECES = (
    "a", "b", " ", "moon", "the moon ", "\n", "\r", "\r\n", "\n\n", "\ufeff", "\0", "\t", "\v", "\f",
    "\x85", "\u2028", "\u2029", "\xa0", "\u200b", "\u0301", "e\u0301", "\u202e", "\u2066", "\u2069",
    "\U0001f319", "\U00020000", "김정일", "’", "²¹", "21", "</p>", "<script>", "{{", "]]>", "#eval", "\\input",
)  # fmt: skip

#: A text: pieces of the list, or any code points that UTF-8 can hold.
strings = st.one_of(
    st.lists(st.sampled_from(PIECES), max_size=40).map("".join),
    st.text(st.characters(codec="utf-8"), max_size=60),
)


@st.composite
def spans(draw: st.DrawFn, string: str) -> tuple[int, int]:
    """Start and end of a span of a string; equal for a place."""
    start = draw(st.integers(0, len(string)))
    return start, draw(st.integers(start, len(string)))


@st.composite
def texts_with_span(draw: st.DrawFn) -> tuple[str, int, int]:
    """A text and one span of it."""
    string = draw(strings)
    return string, *draw(spans(string))


@st.composite
def texts_with_spans(draw: st.DrawFn) -> tuple[str, list[tuple[int, int]]]:
    """A text and spans of it, overlapping as they please."""
    string = draw(strings)
    return string, draw(st.lists(spans(string), max_size=12))
