"""The PDF of this edition: its standards, its text, its apparatus, as other programs read them."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import poppler
import verapdf
from apparatus_in_print import Print, overlaps
from four_texts import SEEDS, SOURCE, edition_version
from pages_of_print import (
    empty_pages,
    hyphens_over_pages,
    inner_numbers,
    lonely_lines,
    small_type,
    text_pages,
    wandering_ids,
)
from projects import REPOSITORY, remembered
from requires import lacking


def test_is_built_without_a_warning(book: Print) -> None:
    assert (book.out.parent / "messages").read_text("utf-8") == ""


def test_what_two_processes_read_for_the_pages_one_read_for_the_book(known: Any, book: Print) -> None:
    """The build of the pages has two processes, that of the book one."""
    pages, alone = known["pages"], remembered(book.out.parent / "doctrees")["pages"]
    assert pages.keys() == alone.keys()
    assert {name for name in pages if pages[name] != alone[name]} == set()


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_passes_vera(book: Print, profile: str) -> None:
    """One file is PDF/A-3a and PDF/UA-1."""
    verdict = verapdf.validate(book.pdf, profile)
    assert verdict.failures == {}
    assert verdict.compliant


def test_every_entry_is_keyed_to_its_line(on_paper: Print) -> None:
    """The line before each entry is the one on which poppler finds the lemma."""
    expected = {name: on_paper.expected_keys(annotation) for name, annotation in on_paper.annotations.items()}
    printed = on_paper.printed_keys()
    assert {name: keys for name, keys in printed.items() if keys != expected.get(name)} == {}


def test_every_annotation_has_one_entry(book: Print) -> None:
    """Nothing is lost at the foot of a page, nothing is there twice: one note, one tag."""
    assert sorted(book.entries_in_tags()) == sorted(book.annotations)


def test_every_entry_is_on_the_page_of_its_line(on_paper: Print) -> None:
    """At the foot of that page, once; of a lemma on two pages, of one of them."""
    feet = on_paper.foot_pages()
    assert [(name, feet.get(name), pages) for name, pages in on_paper.pages_of_entries().items()
            if len(feet.get(name, ())) != 1 or not feet[name] <= pages] == []  # fmt: skip


def test_every_annotation_is_in_the_commentary(book: Print) -> None:
    """In the order of the texts, each with the page and the lines of its lemma."""
    found = book.commentary()
    assert [name for name, _ in found] == [a.id for siglum in book.texts for a in book.annotations_of(siglum)]
    for name, reference in found:
        assert reference == book.reference(book.annotations[name]), name


def test_the_words_are_the_seeds(book: Print) -> None:
    """Read without the notes, each text is the seed's words in order, paragraph by paragraph."""
    read = book.paragraphs_in_tags()
    for siglum, text in book.texts.items():
        paragraphs = [text.string[p.start : p.end].split() for p in text.paragraphs]
        assert read[siglum] == paragraphs, siglum


def test_no_line_is_overfull(on_paper: Print) -> None:
    """No word of a text reaches over its measure by more than hanging punctuation does."""
    lines = [line for siglum in on_paper.texts for line in on_paper.lines(siglum)]
    for side in (0, 1):  # left and right pages have margins of their own
        here = [line for line in lines if line[0].page % 2 == side]
        edge = Counter(round(max(word.right for word in line)) for line in here).most_common(1)[0][0]
        assert [word for line in here for word in line if word.right > edge + 3.5] == []


def test_no_word_lies_upon_another(on_paper: Print) -> None:
    """Neither at the foot of a page, nor in the narrow columns of a table."""
    assert overlaps(on_paper.words) == []


def test_pages_are_as_a_printer_wants_them(on_paper: Print) -> None:
    """No line alone, no type too small, no page nearly empty, no word over a leaf; numbers in the outer margin."""
    assert lonely_lines(on_paper) == []
    assert small_type(on_paper) == set()
    assert wandering_ids(on_paper) == []
    measures = json.loads((on_paper.out / "settings.json").read_text("utf-8"))
    assert empty_pages(on_paper, measures["height"], measures["bottom"]) == []
    assert hyphens_over_pages(on_paper) == []
    assert inner_numbers(on_paper) == []


def test_digits_of_evidence_are_lining(on_paper: Print) -> None:
    """The numbers of lost notes that the texts have in their words: 1910-194521, 199039."""
    pages = text_pages(on_paper)
    numbers = [w for w in on_paper.words if w.page in pages and re.fullmatch(r"(1910-|19)\d{4,6}[.,]?", w.string)]
    assert numbers
    assert [w.string for w in numbers if poppler.ink(on_paper.pdf, w) < 0.5 * w.height] == []


def test_every_id_of_the_works_has_its_page(on_paper: Print) -> None:
    """Where the list of works says that a note cites one, the page of the note follows."""
    found = 0
    for at, word in enumerate(on_paper.words):
        if word.string != "Cited":
            continue
        rest = [each.string.rstrip(",") for each in on_paper.words[at + 2 : at + 200]]
        while len(rest) > 1 and rest[0] in on_paper.annotations:
            assert rest[1].isdecimal(), rest[:4]
            rest, found = rest[2:], found + 1
    assert found > 500


def test_the_columns_of_the_index_are_of_one_height(on_paper: Print) -> None:
    """On its last page, too."""
    last = max(word.page for word in on_paper.words)
    words = [word for word in on_paper.words if word.page == last]
    head = min(word.top for word in words)
    body = [word for word in words if word.top > head + 12]
    middle = (min(word.left for word in words) + max(word.right for word in words)) / 2
    left, right = (max(word.top for word in body if (word.left > middle) == side) for side in (False, True))
    assert abs(left - right) < 30


def test_a_work_and_where_it_is_cited_are_on_one_page(on_paper: Print) -> None:
    """No page begins with the line that says where the work before it is cited."""
    cited = [word for word in on_paper.words if word.string == "Cited"]
    pages = {word.page for word in cited}
    assert len(pages) > 1
    for page in pages:
        words = [word for word in on_paper.words if word.page == page]
        head = min(word.top for word in words)
        first = min(word.top for word in words if word.top > head + word.height)
        assert [word.page for word in cited if word.page == page and word.top < first + word.height / 2] == []


def test_places_agree_with_the_page(book: Print) -> None:
    """``places.json`` has every annotation, paragraph and text, and the lines poppler sees."""
    told = json.loads((book.out / "places.json").read_text("utf-8"))
    for name, annotation in book.annotations.items():
        place = told["places"][name]
        assert book.span_text((place["first"], place["last"])) == book.expected_keys(annotation, whole=True)[0], name
    for siglum, text in book.texts.items():
        assert {siglum, *(f"{siglum}-p{p.number}" for p in text.paragraphs)} <= set(told["places"])
        starts = told["lines"][siglum]
        assert starts == sorted(starts)
        assert len(starts) == len(book.lines(siglum))


def test_carries_its_data(book: Print) -> None:
    """Inside are the seeds, byte for byte, and every annotation."""
    pdf = book.opened()
    for text in book.texts.values():
        held = pdf.attachments[text.filename].get_file().read_bytes()
        assert held == (SEEDS / text.filename).read_bytes()
    data = json.loads(pdf.attachments["annotations.jsonld"].get_file().read_bytes())
    assert {item["ed:id"] for item in data["first"]["items"]} == set(book.annotations)


def test_says_what_it_is(book: Print) -> None:
    """Title, language, outline, page labels, and the languages of foreign names."""
    pdf = book.opened()
    assert str(pdf.docinfo["/Title"]) == "Korea and Russia: Four Texts. An Annotated Critical Edition"
    assert str(pdf.docinfo["/Keywords"]) == f"Version {edition_version()}"
    assert str(pdf.Root.Lang).startswith("en")
    assert "/PageLabels" in pdf.Root
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
    assert any(title.startswith("K: ") for title in titles)
    languages = set(re.findall(rb"/Lang *\(([a-z]+)", poppler.unpacked(book.pdf)))
    assert {b"en", b"ko", b"ru"} <= languages


def test_every_character_has_a_glyph() -> None:
    """The edition's font has all its Hangul and hanja; `tools/subset_fonts.py` makes it anew."""
    try:
        from fontTools.ttLib import TTFont
    except ImportError:
        lacking("fonttools (dependency group pdf)")
    import importlib.util

    spec = importlib.util.spec_from_file_location("subset_fonts", REPOSITORY / "tools" / "subset_fonts.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    wanted = set(tool.characters(REPOSITORY))
    for path in (SOURCE / "fonts/EditionHangul.otf", SOURCE / "_static/fonts/EditionHangul.woff2"):
        has = {chr(point) for point in TTFont(str(path)).getBestCmap()}
        assert wanted - has == set(), f"{path.name}: run tools/subset_fonts.py"
        assert path.stat().st_size < 200_000
        assert (path.parent / "OFL.txt").exists()


def test_is_small_enough_to_be_sent(book: Print) -> None:
    """At most 2.2 MB, with its tags, its data and a named destination for every line."""
    assert book.pdf.stat().st_size <= 2_200_000


def test_is_named_after_the_project(book: Print) -> None:
    """Without a name given it has the project's."""
    assert [path.name for path in Path(book.out).glob("*.pdf")] == ["korea-and-russia.pdf"]
