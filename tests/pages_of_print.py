"""What a printer's eye looks for on any page of a book, measured; each says where it is amiss."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby, pairwise

from apparatus_in_print import Print
from poppler import Word
from sphinx_apparatus.model.reference import ID

#: What of a page is full, at least, where a chapter does not end on it.
FULL = 0.6

#: The least size of type in points.
LEAST = 6.5


def by_page(book: Print) -> Iterator[tuple[int, list[Word]]]:
    """The words of each page."""
    for page, words in groupby(book.words, key=lambda word: word.page):
        yield page, list(words)


def chapters(book: Print) -> set[int]:
    """The sheets on which chapters begin."""
    with book.opened() as pdf, pdf.open_outline() as outline:
        sheets = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {sheets[item.destination[0].objgen] for item in outline.root}


def text_pages(book: Print) -> set[int]:
    """The sheets of the texts."""
    return {line[0].page for siglum in book.texts for line in book.lines(siglum)}


def lonely_lines(book: Print) -> list[str]:
    """Paragraphs of a text whose first line is alone at the foot of a page, or whose last is at the head of one."""
    found = []
    for siglum, text in book.texts.items():
        line_of, lines = book._lines[siglum][1], book.lines(siglum)
        for paragraph in text.paragraphs:
            numbers = sorted({line_of[at] for at in range(paragraph.start, paragraph.end) if at in line_of})
            pages = [lines[number - 1][0].page for number in numbers]
            if len(pages) > 1 and (pages[0] != pages[1] or pages[-1] != pages[-2]):
                found.append(f"{siglum} ¶{paragraph.number}")
    return found


def small_type(book: Print) -> set[str]:
    """Words in type that is too small, superior figures aside; words that are turned are as high as they are long."""
    return {
        word.string
        for word in book.words
        if word.height < LEAST
        and len(word.string) > 2
        and not re.fullmatch(r"[¶\d]+", word.string)
        and word.right - word.left > 0.3 * len(word.string) * word.height
    }


def wandering_ids(book: Print) -> list[str]:
    """Ids at the foot of a page of text that stand a little higher or lower than those beside them."""
    found = []
    texts = text_pages(book)
    for page, words in by_page(book):
        # In the small type of the foot; of all with one size, equal boxes are on one line.
        ids = [word for word in words if page in texts and ID.fullmatch(word.string)]
        ordered = sorted(ids, key=lambda word: word.bottom)
        found += [
            f"page {page}: {one.string} and {other.string}"
            for one, other in pairwise(ordered)
            if 0.3 < other.bottom - one.bottom < 4
        ]
    return found


def empty_pages(book: Print, height: float, bottom: float) -> list[tuple[int, float]]:
    """Pages that are less full than they may be: not the last of a chapter or of a text; of a page in points."""
    begins = chapters(book)
    last = max(word.page for word in book.words)
    texts = text_pages(book)
    # A half-title has one line, and no head.
    halves = {page for page, words in by_page(book) if max(w.top for w in words) - min(w.top for w in words) < 20}
    full = {page for page, _words in by_page(book)} - halves
    ends = {page - 1 for page in begins} | {last} | {page for page in texts if page + 1 not in texts}
    ends |= halves | {page for page in full if page + 1 not in full}
    found = []
    for page, words in by_page(book):
        if page < min(begins) or page in ends:
            continue
        head = min(word.top for word in words)
        area = [word for word in words if word.top < height - bottom + 2 and word.top > head + 3]
        full = (max(word.bottom for word in area) - head) / (height - bottom - head) if area else 0.0
        if full < FULL:
            found.append((page, round(full, 2)))
    return found


def hyphens_over_pages(book: Print) -> list[int]:
    """Right pages whose last line, or last line of text, ends in a hyphen: the word goes on over the leaf."""
    found = []
    texts = text_pages(book)
    for page, words in by_page(book):
        rows = [words] if page % 2 else []
        if page % 2 and page in texts:
            rows.append([word for s in book.texts for line in book.lines(s) if line[0].page == page for word in line])
        for row in rows:
            # A folio at the foot has a line of its own.
            body = [word for word in row if not re.fullmatch(r"\d+|[ivxl]+", word.string)]
            low = max((word.bottom for word in body), default=0.0)
            last = max((word for word in body if word.bottom > low - 3), key=lambda word: word.right, default=None)
            if last is not None and last.string.endswith(("-", "\u2010", "\u00ad")):
                found.append(page)
    return found


def parted_ranges(book: Print) -> list[str]:
    """Ranges of pages or lines that a line parts behind the dash."""
    return [
        f"page {one.page}: {one.string} {other.string}"
        for one, other in pairwise(book.words)
        if re.search(r"\d\u2013$", one.string) and other.string[:1].isdecimal()
    ]


def inner_numbers(book: Print) -> list[str]:
    """Numbers beside the lines of texts that stand in the inner margin."""
    found = []
    words = dict(by_page(book))
    for page in text_pages(book):
        lines = [line for siglum in book.texts for line in book.lines(siglum) if line[0].page == page]
        left, right = min(line[0].left for line in lines), max(line[-1].right for line in lines)
        top, bottom = min(line[0].top for line in lines), max(line[0].bottom for line in lines)
        for word in words[page]:
            beside = word.right < left - 4 or word.left > right + 4
            if top - 5 < word.top < bottom and beside and (word.left > right) != bool(page % 2):
                found.append(f"page {page}: {word.string}")
    return found
