"""A text over several pages: where each begins, by a rule that the edition declares.

A page is known by the paragraph with which it begins, whose number never changes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.structure import Milestone, Verse
from sphinx_apparatus.model.text import TextRecord

#: Begins a page at each heading.
HEADINGS = "headings"

_NUMBER = re.compile(r"[0-9]{1,6}")


def rule(words: str) -> str:
    """A rule as it is declared: *headings*, a unit of milestones, or a number of paragraphs.  Raises `ModelError`."""
    words = words.strip()
    if words.isalpha() or (_NUMBER.fullmatch(words) and int(words)):
        return words
    raise ModelError(
        f":pages: is headings, a unit of ed:milestones, as chapter, or a number of paragraphs, as 50; not {words!r}"
    )


def begins(record: TextRecord) -> tuple[int, ...]:
    """The paragraphs with which the second page and each one behind it begin; none without a rule."""
    count = len(record.text.paragraphs)
    if not record.paged:
        return ()
    if record.paged.isdecimal():
        return tuple(range(1 + int(record.paged), count + 1, int(record.paged)))
    if record.paged == HEADINGS:
        # A title and a subtitle are one beginning.
        found = [number for number in sorted(set(record.headings)) if number - 1 not in record.headings]
    else:
        own = [one for one in record.milestones if one.unit == record.paged]
        found = sorted({number for one in own if (number := _behind(record, one)) <= count})
    return tuple(number for number in found if _before(record, number))


def _before(record: TextRecord, number: int) -> bool:
    """Whether something of the text, and not its title only, is before a paragraph."""
    return any(other not in record.headings for other in range(1, number))


def _behind(record: TextRecord, milestone: Milestone) -> int:
    """The first paragraph that begins at a milestone, or behind it."""
    paragraph = record.text.paragraph_at(milestone.offset)
    if paragraph is None:
        return 1
    if paragraph.start < milestone.offset:
        return paragraph.number + 1
    number = paragraph.number
    # The titles above a chapter's first words, and the name of a speaker, go with them.
    while number > 1 and _introduces(record, number - 1):
        number -= 1
    return number


def _introduces(record: TextRecord, number: int) -> bool:
    verse: Verse | None = record.verses.get(number)
    return number in record.headings or (verse is not None and verse.role == "speaker")


def page_of(pages: Sequence[int], paragraph: int) -> int:
    """The number of the page, from 1, on which a paragraph is."""
    return 1 + sum(first <= paragraph for first in pages)


def name(docname: str, first: int) -> str:
    """The name of a further page, beside that of the text: so are links the same from both."""
    return f"{docname}-p{first}"


def title(record: TextRecord, first: int, following: int, line: str = "l.", lines: str = "ll.") -> str:
    """What a page is called: its heading, its milestone, or what it has; ``following`` begins the next one."""
    if record.paged.isdecimal():
        ends = [record.label(record.text.paragraph(number).start, "{number}") for number in (first, following - 1)]
        of_verse = bool(record.verses) and not record.reference
        one, several = (f"{line} ", f"{lines} ") if of_verse else ("", "")
        if not all(ends):
            ends, one, several = [str(first), str(following - 1)], "¶", "¶¶"
        return f"{one}{ends[0]}" if ends[0] == ends[1] else f"{several}{ends[0]}–{ends[1]}"
    if first in record.headings:
        words = []
        for number in range(first, following):
            if number not in record.headings:
                break
            paragraph = record.text.paragraph(number)
            words.append(" ".join(record.text.string[paragraph.start : paragraph.end].split()))
        return ". ".join(word.rstrip(".") for word in words)
    if record.paged != HEADINGS:
        end = record.text.paragraph(first).end
        own = [one for one in record.milestones if one.unit == record.paged and one.offset <= end]
        if own:
            return own[-1].title
    return f"¶{first}"
