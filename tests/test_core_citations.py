"""A citation says the same in every format, whatever a lemma or a reading holds."""

from __future__ import annotations

import json
import logging
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import pytest
import rispy
from hypothesis import given
from hypothesis import strategies as st
from pybtex.database import parse_string

from annotating import annotate
from making import IMPRINT
from sphinx_apparatus.bibliography import items, persons
from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import NAMES, TYPES, WRITERS, to_json
from sphinx_apparatus.bibliography.ris import to_ris
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import Passage, PrintReference
from sphinx_apparatus.model.taxonomy import Layer
from texts_of import strings

EDITION = items.edition_item(IMPRINT)
TEXT = items.text_item(IMPRINT, "M", "The Moon", "passages/M.html")
PASSAGE = items.passage_item(IMPRINT, Passage("M", 4), "The Moon", "passages/M-p4.html", PrintReference("18"))


def item(lemma: str, reading: str | None, layer: Layer = Layer.EMENDATION, **fields: Any) -> items.Item:
    """The item of an annotation M7 in M ¶4."""
    annotation = annotate(lemma, 0, len(lemma), reading, layer, id="M7", **fields)
    return items.annotation_item(IMPRINT, annotation, Passage("M", 4), "corrections/M7.html", None)


def test_every_part_of_the_edition_is_cited_as_a_part_of_it() -> None:
    assert (EDITION["type"], EDITION["id"], EDITION["URL"]) == ("book", "FR", "https://example.org/fr/index.html")
    assert "container-title" not in EDITION
    for part, identifier, title in (
        (TEXT, "FR-M", "M: The Moon"),
        (PASSAGE, "FR-M-p4", "The Moon (M ¶4)"),
        (item("moon", "sun"), "FR-M7", "M7: moon] sun (M ¶4)"),
    ):
        assert (part["type"], part["id"], items.title_of(part)) == ("chapter", identifier, title)
        assert part["title"] == f'<span class="nocase">{title}</span>'
        assert part["container-title"] == items.title_of(EDITION) == IMPRINT.title
        for key in ("author", "issued", "edition", "language"):
            assert part[key] == EDITION[key]
        assert part["URL"].startswith(IMPRINT.base_url)
    assert PASSAGE["page"] == "18", "a page is of one printing, and no part of the title"


def test_an_edition_without_short_title_and_address_is_cited_without_them() -> None:
    bare = Imprint("T", "E", "1", date(2026, 3, 5))
    assert items.edition_item(bare)["id"] == "edition"
    assert items.text_item(bare, "M", "Moon", "passages/M.html")["id"] == "M"
    assert "URL" not in items.edition_item(bare)
    assert items.short_form(bare, "M7") == "M7"
    assert items.short_form(IMPRINT, "M ¶4") == "FR M ¶4"


#: Layer, lemma, reading, and the annotation in a few words.
WORDS = [
    (Layer.EMENDATION, "moon", "sun", "moon] sun"),
    (Layer.EMENDATION, "moon", "", "moon] (delete)"),
    (Layer.EMENDATION, "", "sun", "a place in M] sun"),
    (Layer.CORRECTION, "moon", "sun", "moon] recte sun"),
    (Layer.NOTE, "moon", None, "gloss on moon"),
    (Layer.NOTE, "", None, "gloss on a place in M"),
    (Layer.EMENDATION, "a b c d e f g h", "x", "a b c d e f g h] x"),
    (Layer.EMENDATION, "a b c d e f g h i", "1 2 3 4 5 6 7 8 9", "a b … h i] 1 2 … 8 9"),
]


@pytest.mark.parametrize(("layer", "lemma", "reading", "words"), WORDS)
def test_an_annotation_is_called(layer: Layer, lemma: str, reading: str | None, words: str) -> None:
    annotation = annotate(lemma, 0, len(lemma), reading, layer)
    assert items.words(annotation) == words


def test_a_lemma_shortened_by_hand_is_called_as_it_is() -> None:
    assert items.words(annotate("the full moon", 0, 13, "sun", short="the … moon")) == "the … moon] sun"


# -- RIS -------------------------------------------------------------------------------


def test_a_line_of_ris_ends_in_crlf_and_its_day_has_two_digits() -> None:
    written = to_ris(item("moon", "sun"))
    assert written.count("\n") == written.count("\r\n") == len(written.splitlines())
    assert written.endswith("\r\nER  - \r\n")
    assert "\r\nPY  - 2026\r\nDA  - 2026/03/05/\r\n" in written


@given(strings.filter(bool), strings)
def test_ris_is_one_record_that_is_read_back_whole(lemma: str, reading: str) -> None:
    cited = item(lemma, reading)
    written = to_ris(cited)
    assert all(line[2:6] == "  - " for line in written.splitlines())
    [entry] = rispy.loads(written)
    assert entry["title"] == " ".join(items.title_of(cited).split())
    assert (entry["year"], entry["date"], entry["edition"]) == ("2026", "2026/03/05/", "Version 1.1")
    assert (entry["language"], entry["urls"], entry["id"]) == ("en", [cited["URL"]], "FR-M7")


#: CSL's types, and RIS's.
RIS_TYPES = [
    ("book", "BOOK"), ("entry", "CHAP"), ("chapter", "CHAP"), ("article-journal", "JOUR"),
    ("article-newspaper", "NEWS"), ("webpage", "ELEC"), ("entry-encyclopedia", "ENCYC"), ("report", "RPRT"), ("document", "GEN"),  # noqa: E501
]  # fmt: skip


@pytest.mark.parametrize(("kind", "ris"), RIS_TYPES)
def test_ris_has_its_own_name_for_what_is_cited(kind: str, ris: str) -> None:
    work = {
        "id": "a", "type": kind, "title": "T", "publisher": "P", "publisher-place": "Seoul", "note": "N",
        "author": [{"family": "Suh", "given": "Dae-Sook"}], "editor": [{"literal": "TASS Agency"}],
    }  # fmt: skip
    assert to_ris(work) == (
        f"TY  - {ris}\r\nAU  - Suh, Dae-Sook\r\n{'A3' if ris == 'BOOK' else 'ED'}  - TASS Agency,\r\nTI  - T\r\nPB  - P\r\nCY  - Seoul\r\nID  - a\r\n"  # noqa: E501
        "N1  - N\r\nER  - \r\n"
    )


# -- COinS -----------------------------------------------------------------------------


def test_coins_names_the_genre_of_a_book_and_of_a_part_of_one() -> None:
    book = parse_qsl(to_coins(EDITION), strict_parsing=True)
    assert ("rft.genre", "book") in book
    assert ("rft.btitle", IMPRINT.title) in book
    assert "rft.atitle" not in dict(book)
    for cited in (TEXT, PASSAGE, item("moon", "sun")):
        part = parse_qsl(to_coins(cited), strict_parsing=True)
        assert ("rft.genre", "bookitem") in part
        assert ("rft.atitle", items.title_of(cited)) in part
        assert ("rft.btitle", IMPRINT.title) in part


def test_coins_says_all_that_a_citation_needs_and_nothing_that_is_empty() -> None:
    pairs = dict(parse_qsl(to_coins(item("moon & sun", "“a”=b")), strict_parsing=True))
    assert pairs == {
        "ctx_ver": "Z39.88-2004",
        "rft_val_fmt": "info:ofi/fmt:kev:mtx:book",
        "rft.genre": "bookitem",
        "rft.atitle": "M7: moon & sun] “a”=b (M ¶4)",
        "rft.btitle": IMPRINT.title,
        "rft.aucorp": IMPRINT.editors,
        "rft.date": "2026-03-05",
        "rft.edition": "Version 1.1",
        "rft.language": "en",
        "rft_id": "https://example.org/fr/corrections/M7.html",
    }
    assert all(value for _, value in parse_qsl(to_coins({"type": "book", "title": "T"}), keep_blank_values=True))


# -- BibTeX ----------------------------------------------------------------------------

#: Readings that have broken BibTeX files, and what the file says in their place.
BRACES = [
    ("a { b", r"a \textbraceleft{} b"),
    ("a } b", r"a \textbraceright{} b"),
    ("} a {", r"\textbraceright{} a \textbraceleft{}"),
    ("a {{b} c", r"a \textbraceleft{}\textbraceleft{}b\textbraceright{} c"),
    ("{a} b", r"\{a\} b"),
    ('a "b" c', 'a "b" c'),
    ("@book{a,", r"@book\textbraceleft{}a,"),
]

#: Readings with backslashes.
BACKSLASHES = ["a \\ b", "\\alpha", "C:\\", "\\input{x}"]

FIELDS = ["title", "booktitle", "edition", "note", "year", "month", "date", "langid", "language", "url"]


@pytest.mark.parametrize(("reading", "said"), BRACES)
def test_an_unpaired_brace_leaves_a_bibtex_file_whole(reading: str, said: str) -> None:
    [(key, entry)] = parse_string(to_bibtex(item("moon", reading)), "bibtex").entries.items()
    assert (key, entry.type) == ("FR-M7", "incollection")
    assert " ".join(entry.fields["title"].split()) == f"{{M7: moon] {said} (M ¶4)}}"
    assert list(entry.fields) == FIELDS


@pytest.mark.parametrize("reading", BACKSLASHES)
def test_a_backslash_leaves_a_bibtex_file_whole(reading: str) -> None:
    [(key, entry)] = parse_string(to_bibtex(item("moon", reading)), "bibtex").entries.items()
    assert (key, entry.type) == ("FR-M7", "incollection")
    assert list(entry.fields) == FIELDS


@pytest.mark.parametrize("reading", [*(reading for reading, _ in BRACES), *BACKSLASHES])
def test_another_reader_of_bibtex_finds_it_whole_too(reading: str, caplog: pytest.LogCaptureFixture) -> None:
    bibtexparser = pytest.importorskip("bibtexparser", minversion="2")
    with caplog.at_level(logging.ERROR):
        library = bibtexparser.parse_string(to_bibtex(item("moon", reading)))
    assert library.failed_blocks == []
    assert caplog.records == []
    [entry] = library.entries
    assert entry.key == "FR-M7"
    assert entry["langid"] == "english"


pieces = st.lists(st.sampled_from([*'ab{}"@%#$&~^_=,', "\\", "김"]), max_size=9).map("".join)


@given(pieces.filter(str.strip), pieces)
def test_whatever_signs_a_reading_has_its_bibtex_is_one_entry(lemma: str, reading: str) -> None:
    [entry] = parse_string(to_bibtex(item(lemma, reading)), "bibtex").entries.values()
    assert entry.fields["langid"] == "english"
    assert str(entry.persons["author"][0]) == "{The editors of Fragments}"


#: CSL's types, BibTeX's, and the field of what a work stands in.
BIBTEX_TYPES = [
    ("article-newspaper", "article", "journal"), ("entry", "incollection", "booktitle"), ("chapter", "incollection", "booktitle"),  # noqa: E501
    ("entry-encyclopedia", "incollection", "booktitle"), ("article-journal", "article", "journal"),
    ("webpage", "online", "organization"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "bibtex", "field"), BIBTEX_TYPES)
def test_bibtex_has_its_own_name_for_what_is_cited(kind: str, bibtex: str, field: str) -> None:
    work = {
        "id": "a b§c", "type": kind, "title": "T", "container-title": "C", "publisher": "P", "note": "N",
        "publisher-place": "Seoul", "author": [{"family": "Suh", "given": "Dae-Sook"}], "language": "ko-KR",
        "editor": [{"family": "Kim"}, {"literal": "The TASS Agency"}], "issued": {"date-parts": [[988, 7]]},
    }  # fmt: skip
    [(key, entry)] = parse_string(to_bibtex(work), "bibtex").entries.items()
    assert (key, entry.type) == ("a-b-c", bibtex)
    said = {name: value for name, value in entry.fields.items() if name != "entrysubtype"}
    assert said == {
        "title": "{T}", field: "{C}", "publisher": "P", "address": "Seoul", "year": "988", "month": "July",
        "date": "0988-07", "langid": "korean", "language": "ko-KR", "note": "N",
    }  # fmt: skip
    assert list(map(str, entry.persons["author"])) == ["Suh, Dae-Sook"]
    assert list(map(str, entry.persons["editor"])) == ["Kim", "{The TASS Agency}"]


@pytest.mark.parametrize(
    ("tag", "name"), [("en", "english"), ("de-AT", "naustrian"), ("ru", "russian"), ("qqq", "qqq"), ("x", "x")]
)
def test_a_language_is_named_as_biblatex_has_it_or_else_by_its_tag(tag: str, name: str) -> None:
    work = {"id": "a", "type": "book", "title": "T", "language": tag}
    assert parse_string(to_bibtex(work), "bibtex").entries["a"].fields["langid"] == name


# -- all formats -----------------------------------------------------------------------


def test_csl_json_is_a_list_of_the_item() -> None:
    assert json.loads(to_json(item("moon", "태양"))) == [items.public(item("moon", "태양"))]
    assert "태양" in to_json(item("moon", "태양"))


def test_every_format_has_a_writer_a_type_and_a_name() -> None:
    assert WRITERS.keys() == TYPES.keys() == NAMES.keys()
    for write in WRITERS.values():
        assert "M7: moon] sun" in write(item("moon", "sun"))


@pytest.mark.parametrize(
    ("name", "inverted"),
    [
        ({"literal": "TASS"}, "TASS"),
        ({"family": "King", "given": "M.", "suffix": "Jr."}, "King, M., Jr."),
        ({"family": "Suh"}, "Suh"),
        ({"family": "Suh", "given": "D."}, "Suh, D."),
    ],
)
def test_a_name_is_inverted_but_that_of_a_body(name: dict[str, str], inverted: str) -> None:
    assert persons.inverted(name) == inverted


def test_the_day_of_an_item_is_as_much_of_it_as_is_known() -> None:
    assert items.date_of({}) == items.date_of({"issued": {}}) == items.date_of({"issued": {"date-parts": []}}) == []
    assert items.date_of({"issued": {"date-parts": [[1988, 3]]}}) == [1988, 3]
