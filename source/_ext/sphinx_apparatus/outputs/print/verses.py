"""In verse the line that a book names is the verse, whatever is turned over and whatever stands between."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import TextRecord


def verses(edition: Edition) -> dict[str, tuple[int, int]]:
    """The first and the last verse of each annotation, of each part of its entry, of each passage, by its name.

    Of what is no verse, a title or the name of a speaker, both are 0.
    """
    found: dict[str, tuple[int, int]] = {}
    for siglum, record in edition.texts.items():
        if not record.verses:
            continue
        numbers = [verse.number for verse in record.verses.values() if verse.number]
        found[siglum] = (min(numbers, default=0), max(numbers, default=0))
        for paragraph, verse in record.verses.items():
            found[Passage(siglum, paragraph).anchor] = (verse.number, verse.number)
        for annotation in edition.of_text(siglum):
            found[annotation.id] = _of(record, annotation.span)
            for part, span in enumerate(edition.spans(annotation.id), 1):
                found[f"{annotation.id}.{part}"] = _of(record, span)
    return found


def _of(record: TextRecord, span: Span) -> tuple[int, int]:
    first = record.text.paragraph_at(span.start)
    last = record.text.paragraph_at(max(span.start, span.end - 1))
    numbers = [
        record.verses[paragraph].number
        for paragraph in range(first.number if first else 1, (last.number if last else 1) + 1)
        if paragraph in record.verses and record.verses[paragraph].number
    ]
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def labels(edition: Edition) -> dict[str, str]:
    """How paragraphs are referred to, by their names, where an edition does not count them."""
    return {
        passage.anchor: passage.label
        for siglum, record in edition.texts.items()
        if record.verses or record.reference
        for paragraph in record.text.paragraphs
        if (passage := edition.passage(siglum, paragraph.number)).label
    }


def marks(edition: Edition, sigla: Iterable[str]) -> dict[str, list[tuple[int, str]]]:
    """The lines in which pages, folios, sections begin, and their numbers, by siglum."""
    return {
        siglum: [(edition.lines_of(siglum).at(one.offset), one.number) for one in edition.texts[siglum].milestones]
        for siglum in sigla
        if edition.texts[siglum].text.paragraphs
    }
