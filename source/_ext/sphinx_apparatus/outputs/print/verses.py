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
    numbers = [
        record.verses[paragraph].number
        for paragraph in _touched(record, span)
        if paragraph in record.verses and record.verses[paragraph].number
    ]
    return (numbers[0], numbers[-1]) if numbers else (0, 0)


def _touched(record: TextRecord, span: Span) -> range:
    """The paragraphs of a span."""
    first = record.text.paragraph_at(span.start)
    last = record.text.paragraph_at(max(span.start, span.end - 1))
    return range(first.number if first else 1, (last.number if last else 1) + 1)


def scheme_key(record: TextRecord, span: Span) -> str:
    """The verses of a span as the edition refers to them: ``1.2.5``, ``1.2.5–7``; empty where it is in none."""
    numbers = [number for number in _touched(record, span) if number in record.verses and record.verses[number].number]
    if not numbers:
        return ""
    first, last = (record.label(record.text.paragraph(number).start) for number in (numbers[0], numbers[-1]))
    if first == last or not first or not last:
        return first or last
    # Of the second what is the same is not said again.
    shared = 0
    for at, (one, other) in enumerate(zip(first, last, strict=False), 1):
        if one != other:
            break
        shared = at if one in ".,: " else shared
    return f"{first}–{last[shared:]}"


def keys(edition: Edition) -> dict[str, str]:
    """What stands in place of lines, by the name of an annotation or a passage: ``1.2.5``, in verse with a scheme."""
    found: dict[str, str] = {}
    for siglum, record in edition.texts.items():
        if record.verses and record.reference:
            passages = (edition.passage(siglum, paragraph.number) for paragraph in record.text.paragraphs)
            found |= {passage.anchor: passage.label for passage in passages}
            found |= {one.id: scheme_key(record, one.span) for one in edition.of_text(siglum)}
    return {name: key for name, key in found.items() if key}


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
