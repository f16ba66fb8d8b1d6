"""An editor's words name one place or none, and the answer to words that fail says what would do."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.remedies import LISTED, MANY, QUOTED, decide, describe, nearest
from sphinx_apparatus.anchoring.selector import (
    AnchorAmbiguous,
    AnchorNotFound,
    Selector,
    Span,
    follows,
    occurrences,
    precedes,
)
from sphinx_apparatus.anchoring.words import is_letter_edge
from texts_of import texts_with_span

MOON = "The moon has set,\nand the Pleiades; the moon is gone."


def refusal(string: str, selector: Selector) -> AnchorNotFound:
    """Why words are not found."""
    with pytest.raises(AnchorNotFound) as caught:
        resolve(string, selector)
    return caught.value


def doubt(string: str, selector: Selector) -> AnchorAmbiguous:
    """Why words do not name one place."""
    with pytest.raises(AnchorAmbiguous) as caught:
        resolve(string, selector)
    return caught.value


def test_a_lemma_like_nothing_in_the_text_is_answered_without_a_guess() -> None:
    error = refusal(MOON, Selector("Zarathustra"))
    assert str(error) == "the lemma 'Zarathustra' is not in the text"
    assert error.candidates == ()


def test_a_lemma_spelt_otherwise_is_answered_with_the_words_of_the_text_and_not_taken_for_them() -> None:
    error = refusal(MOON, Selector("Pleyades"))
    assert [MOON[low:high] for low, high in error.candidates] == ["Pleiades"]
    assert str(error).endswith("; the text has: The moon has set,␊and the ›Pleiades‹; the moon is gone.")


def test_words_that_stand_elsewhere_than_their_context_says_are_shown_where_they_stand() -> None:
    error = refusal(MOON, Selector("moon", prefix="full", suffix="light"))
    assert error.candidates == (Span(4, 8), Span(40, 44))
    assert str(error).startswith("the lemma 'moon' is not in the text, prefix 'full', suffix 'light'; the text has: ")


def test_a_place_is_sought_by_what_would_stand_about_it() -> None:
    error = refusal(MOON, Selector("", prefix="the Pleyades", suffix="; the"))
    assert str(error).startswith("the place is not in the text, prefix 'the Pleyades', suffix '; the'; the text has: ")
    assert [MOON[low:high] for low, high in error.candidates] == ["the Pleiades; the"]


@pytest.mark.parametrize("string", ["", MOON])
def test_an_empty_lemma_without_context_is_told_what_it_needs(string: str) -> None:
    error = refusal(string, Selector(""))
    assert str(error) == "an empty lemma needs a prefix or a suffix to say where its place is"
    assert error.candidates == ()


def test_nothing_is_like_anything_in_a_text_without_characters() -> None:
    assert nearest("", Selector("moon")) == []
    assert nearest(MOON, Selector("")) == []


#: What stands before and behind a place, and whether a selector's context fits.
CONTEXTS = [
    ("as written", "the |moon", "the ", True, "moon", True),
    ("without the blanks at the joint", "the \n|  moon", "the", True, "moon", True),
    ("with blanks that are not there", "the|moon", "the ", False, " moon", False),
    ("at both ends of the text", "|", "", True, "", True),
    ("beyond the ends of the text", "|", "a", False, "a", False),
    ("with words that stand farther off", "the full |new moon", "the", False, "moon", False),
]


@pytest.mark.parametrize(
    ("place", "prefix", "before", "suffix", "behind"), [case[1:] for case in CONTEXTS], ids=[c[0] for c in CONTEXTS]
)
def test_a_context_fits(place: str, prefix: str, before: bool, suffix: str, behind: bool) -> None:
    at = place.index("|")
    string = place.replace("|", "")
    assert precedes(string, at, prefix) is before
    assert follows(string, at, suffix) is behind


#: Text with the lemma marked, and what decides between it and its like.
DECIDED = [
    ("what stands before", "a moon, b ›moon‹", Selector("moon", prefix="b ")),
    ("what stands behind, where what stands before is alike", "›a‹b ac", Selector("a", suffix="b")),
    ("no prefix that begins with a blank", "xa y›a‹", Selector("a", prefix="y")),
    ("no suffix that ends with a blank", "›a‹ b a c", Selector("a", suffix=" b")),
    ("both, for a place", "ab a›‹b", Selector("", prefix=" a", suffix="b")),
]


@pytest.mark.parametrize(("marked", "selector"), [case[1:] for case in DECIDED], ids=[case[0] for case in DECIDED])
def test_a_place_is_told_from_its_like_by(marked: str, selector: Selector) -> None:
    start, end = marked.index("›"), marked.index("‹") - 1
    string = marked.replace("›", "").replace("‹", "")
    rivals = occurrences(string, Selector(selector.quote)) if selector.quote else []
    assert decide(string, selector.quote, Span(start, end), rivals) == selector


@given(texts_with_span())
def test_what_decides_decides_and_is_no_longer_than_it_must_be(case: tuple[str, int, int]) -> None:
    string, start, end = case
    quote = string[start:end]
    assume(quote)
    selector = decide(string, quote, Span(start, end), occurrences(string, Selector(quote)))
    assert resolve(string, selector) == (start, end)
    if selector.prefix and not selector.suffix:
        shorter = [Selector(quote, prefix=selector.prefix[-n:]) for n in range(1, len(selector.prefix))]
    elif selector.suffix and not selector.prefix:
        shorter = [Selector(quote, suffix=selector.suffix[:n]) for n in range(1, len(selector.suffix))]
    else:
        shorter = []
    for one in shorter:
        blank = one.prefix[:1].isspace() or one.suffix[-1:].isspace()
        cut = start - len(one.prefix) if one.prefix else end + len(one.suffix)
        mark = unicodedata.category(string[min(cut, len(string) - 1)])[0] == "M"
        assert blank or mark or not is_letter_edge(string, cut) or len(occurrences(string, one)) > 1


def test_words_that_are_there_twice_are_answered_with_what_to_write() -> None:
    error = doubt(MOON, Selector("moon"))
    assert str(error) == (
        "the lemma 'moon' is in the text 2 times: "
        'The ›moon‹ has set,␊and the Pleiades; the … (write :prefix: "The "); '
        '… has set,␊and the Pleiades; the ›moon‹ is gone. (write :prefix: "the ")'
    )
    assert error.candidates == (Span(4, 8), Span(40, 44))


def test_what_to_write_is_written_so_that_a_directive_reads_it() -> None:
    """Quotation marks and characters that cannot be seen are escaped as YAML has them."""
    said = str(doubt('a"x \u200bx \U000e0001x', Selector("x")))
    assert r':prefix: "\""' in said
    assert r':prefix: "\u200b"' in said
    assert r':prefix: "\U000e0001"' in said
    assert "⟨U+200B⟩" in said
    assert "⟨U+E0001⟩" in said


def test_only_the_first_of_many_places_are_listed() -> None:
    said = str(doubt("moon. " * (LISTED + 3), Selector("moon")))
    assert said.count("›moon‹") == LISTED
    assert said.endswith("; and 3 more; or say in which passage it is, as :in: ¶3")


@pytest.mark.parametrize(("times", "more"), [(MANY, False), (MANY + 1, True)])
def test_words_that_are_everywhere_are_answered_with_quote_more(times: int, more: bool) -> None:
    said = str(doubt("x" * times, Selector("x")))
    assert said.endswith("; quote more of the text") is more
    assert ("write :" in said or "nothing near it decides" in said) is not more


def test_what_only_much_context_would_tell_apart_is_answered_with_quote_more() -> None:
    string = f"A{'y' * QUOTED}x{'y' * QUOTED}xx{'y' * QUOTED}x{'y' * QUOTED}B"
    assert str(doubt(string, Selector("x"))).count("(nothing near it decides: quote more)") == 2


#: A text with a span marked, context on each side, and how it is shown.
SHOWN = [
    ("at both ends", "›moon‹", 4, "›moon‹"),
    ("all of the text that stands about it", "the ›moon‹ set", 4, "the ›moon‹ set"),
    ("cut on both sides", "all the ›moon‹ set here", 4, "…the ›moon‹ set…"),
    ("a place", "the ›‹moon", 9, "the ›‹moon"),
    ("line endings by their signs", "a\r›b\n‹c", 9, "a␍›b␊‹c"),
    ("what cannot be seen by its number", "\0›\u202e‹\ufeff", 9, "⟨U+0000⟩›⟨U+202E⟩‹⟨U+FEFF⟩"),
]


@pytest.mark.parametrize(("marked", "context", "shown"), [case[1:] for case in SHOWN], ids=[case[0] for case in SHOWN])
def test_a_span_is_shown(marked: str, context: int, shown: str) -> None:
    start, end = marked.index("›"), marked.index("‹") - 1
    assert describe(marked.replace("›", "").replace("‹", ""), Span(start, end), context) == shown


@given(st.integers(QUOTED - 2, QUOTED + 3))
def test_a_long_lemma_is_quoted_by_its_beginning_and_its_end(length: int) -> None:
    lemma = ("abcdefghij" * length)[:length]
    said = describe(lemma, Span(0, length))
    if length <= QUOTED:
        assert said == f"›{lemma}‹"
    else:
        assert said == f"›{lemma[: QUOTED // 2]} … {lemma[-QUOTED // 2 :]}‹"
    assert len(said) <= QUOTED + 5


def test_between_a_prefix_and_a_short_lemma_there_may_be_blanks_and_nothing_else() -> None:
    string = "the full moon \r\n x, the full moon, x, the full moon"
    assert resolve(string, Selector("x", prefix="the full moon")) == Span(17, 18)
    with pytest.raises(AnchorNotFound):
        resolve(string, Selector("y", prefix="the full moon"))
