"""Ids, passages and print references, as they are written and as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import IMPRINT
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import ModelError, Passage, PrintReference, fragment, parse_id, parse_target
from sphinx_apparatus.sphinx_ext.locale import in_print

sigla = st.from_regex(r"[A-Z][A-Za-z]{0,7}", fullmatch=True)
blanks = st.sampled_from(["", " ", "\xa0", " \t "])


@given(sigla, st.integers(1, 9_999_999), blanks)
def test_an_id_is_read_as_siglum_and_number(siglum: str, number: int, blank: str) -> None:
    assert parse_id(f"{blank}{siglum}{number}{blank}") == (siglum, number)
    assert parse_target(f"{blank}{siglum}{number}{blank}") == f"{siglum}{number}"


@given(sigla, st.none() | st.integers(1, 999_999), blanks)
def test_a_passage_is_read_as_it_is_shown_whatever_blanks_are_about_its_sign(
    siglum: str, paragraph: int | None, blank: str
) -> None:
    passage = Passage(siglum, paragraph)
    assert parse_target(str(passage)) == passage
    written = siglum if paragraph is None else f"{siglum}{blank}¶{blank}{paragraph}"
    assert parse_target(f"{blank}{written}{blank}") == passage
    assert passage.anchor == (siglum if paragraph is None else f"{siglum}-p{paragraph}")


#: What is neither an id nor a passage.
NEITHER = (
    "", "25", "K0", "k25", "K025", "K-25", "K 25", "K25a", "K10000000", "Ä1", "Abcdefghi1", "K٢٥", "K²", "K25\nK26",
    "¶4", "K¶", "K ¶0", "K ¶04", "k ¶4", "K ¶4-5", "K §4", "K p4", "K-p4", "K ¶4 ¶5", "K ¶1000000",
)  # fmt: skip


@pytest.mark.parametrize("written", NEITHER)
def test_what_is_neither_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(ModelError, match="is neither an id, as K25, nor a passage, as K or K ¶4"):
        parse_target(written)
    with pytest.raises(ModelError, match="is not an id: a siglum and a number, as K25"):
        parse_id(written)


def test_passages_have_addresses_that_no_id_has() -> None:
    for passage in (Passage("K"), Passage("K", 4)):
        with pytest.raises(ModelError):
            parse_id(passage.anchor)


#: A print reference, as it is printed.
PRINTED = [
    (PrintReference("18"), "p. 18"),
    (PrintReference("18", 7, 7), "p. 18, l. 7"),
    (PrintReference("18", 7), "p. 18, l. 7"),
    (PrintReference("18", 7, 9), "p. 18, ll. 7–9"),
    (PrintReference("18", until="18"), "p. 18"),
    (PrintReference("18", until="19"), "pp. 18–19"),
    (PrintReference("18", 7, 30, until="19"), "pp. 18–19, ll. 7–30"),
    (PrintReference("18", 7, 9, volume="2"), "vol. 2, p. 18, ll. 7–9"),
    (PrintReference("ix", volume="2", until="x"), "vol. 2, pp. ix–x"),
]


@pytest.mark.parametrize(("place", "said"), PRINTED, ids=[said for _, said in PRINTED])
def test_a_print_reference_is_printed(place: PrintReference, said: str) -> None:
    assert str(place) == said
    assert in_print(place) == said, "in the words of the language of the build"


#: The address of the PDF that a page links to, a print reference, and where that leads.
ADDRESSES = [
    ("../pdf/book.pdf", PrintReference("18", sheet=22, file="book.pdf"), "../pdf/book.pdf#page=22"),
    ("book.pdf", PrintReference("18", sheet=22, file="other.pdf"), "book.pdf#page=22"),
    ("../pdf/book.pdf", PrintReference("18", sheet=2, file="two.pdf", volume="2"), "../pdf/two.pdf#page=2"),
    ("book.pdf", PrintReference("18", sheet=2, file="two.pdf", volume="2"), "two.pdf#page=2"),
]


@pytest.mark.parametrize(("pdf", "place", "address"), ADDRESSES)
def test_a_print_reference_leads_to_its_page_of_the_book_or_of_the_volume_beside_it(
    pdf: str, place: PrintReference, address: str
) -> None:
    assert place.address(pdf) == address


@pytest.mark.parametrize("base", ["https://example.org/fr", "https://example.org/fr/"])
def test_an_address_of_the_edition_has_one_stroke_between_its_parts(base: str) -> None:
    imprint = Imprint("T", "E", "1", IMPRINT.released, base_url=base)
    assert imprint.address("corrections/M1.html") == "https://example.org/fr/corrections/M1.html"


def test_an_edition_is_in_english_and_says_nothing_else_unless_it_is_told_to() -> None:
    imprint = Imprint("T", "E", "1", IMPRINT.released)
    assert imprint == Imprint("T", "E", "1", IMPRINT.released, "", "", "en", "", "")


def test_an_edition_without_an_address_has_none_for_its_pages() -> None:
    assert Imprint("T", "E", "1", IMPRINT.released).address("index.html") == ""


@pytest.mark.parametrize(
    ("words", "part"),
    [("1.23", "1.23"), ("p. 12r", "p.-12r"), ("fol. 3–4", "fol.-3-4"), ("II, 1 ", "II-1-"), ("卷 二", "卷-二"),
     ("a_b«c»²", "a-b-c-"), ("הָ", "הָ"), ("٢", "٢")],
)  # fmt: skip
def test_words_are_part_of_an_address_by_their_letters_and_figures(words: str, part: str) -> None:
    assert fragment(words) == part
