"""The apparatus entry of an annotation: the short form a margin or a page foot holds.

``Kim Jung Il] Kim Jong Il`` — lemma, square bracket, reading, as printed editions set it.
"""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import NamedTuple

from unicode_segmentation_rs import split_word_bounds

from sphinx_apparatus.anchoring.edits import Edit, compare
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.anchoring.words import is_word_edge
from sphinx_apparatus.model.annotation import Annotation

#: A lemma of more words than this is cut to its first two and last two.
LONG = 6

#: A reading of more words is cut, too: it would fill the foot of a page.
TOO_LONG = 40

#: An emendation of a longer lemma shows only the words that change, place by place.
WHOLE = 4

#: What stands for a lemma without words.
CARET = "‸"


class Part(NamedTuple):
    """A lemma, shortened, and its reading, whole if it may be; ``reading`` is ``None`` in a note's entry."""

    lemma: str
    reading: str | None


class Entry(NamedTuple):
    """An apparatus entry: a part for each place that changes."""

    parts: tuple[Part, ...]


#: A correction shares so many of its lemma's words with what is right, or more: else all of them are meant.
_SHARED = 0.4


def mistaken(annotation: Annotation) -> list[Span]:
    """The words that a correction says are wrong: those of its lemma that what is right has not.

    Where the two have too little in common to tell, it is the whole lemma.
    """
    lemma = annotation.lemma
    edits = compare(lemma, annotation.reading or "")
    gone = sum(len(lemma[edit.start : edit.end].split()) for edit in edits)
    if gone > (1 - _SHARED) * len(lemma.split()):
        return [annotation.span]
    start = annotation.span.start
    spans: list[Span] = []
    for edit in edits:
        if edit.start == edit.end:
            continue
        if spans and not lemma[spans[-1].end - start : edit.start].strip():
            spans[-1] = Span(spans[-1].start, start + edit.end)
        else:
            spans.append(Span(start + edit.start, start + edit.end))
    return spans or [annotation.span]


def shorten(string: str, most: int = LONG) -> str:
    """At most ``most`` words: the first two, an ellipsis, the last two."""
    words = string.split()
    if len(words) <= most:
        return " ".join(_cut(word, most) for word in words)
    return f"{words[0]} {words[1]} … {words[-2]} {words[-1]}"


def abridged(string: str, width: int) -> str:
    """A string on one line of at most ``width`` code points, cut between two words."""
    line = " ".join(string.split())
    # What stands far behind the cut need not be read for it.
    return line if len(line) <= width else textwrap.shorten(line[: 2 * width], width, placeholder=" …")


def _cut(word: str, most: int) -> str:
    """A word; of a long run in a script without spaces its beginning and its end."""
    if len(word) <= 4 * most or word.isascii():
        return word
    parts = list(split_word_bounds(word))
    return word if len(parts) <= 4 * most else f"{''.join(parts[:6])}…{''.join(parts[-6:])}"


def entry(annotation: Annotation, string: str, edits: Sequence[Edit] | None = None) -> Entry:
    """The entry of an annotation in the text ``string``.

    ``edits`` are all that change words of its lemma, those of emendations within it among them
    (`sphinx_apparatus.model.edition.Edition.edits_within`): its reading is one, as the emended
    text has it.  Without them its own are taken.
    """
    lemma = annotation.short or shorten(annotation.lemma) or CARET
    if not annotation.layer.reads:
        return Entry((Part(lemma, None),))
    edits = annotation.edits if edits is None else edits
    if _whole(annotation):
        reading = annotation.reading or ""
        if annotation.layer.emends:
            reading = inside(string, *annotation.span, edits)
        return Entry((Part(lemma, shorten(reading, TOO_LONG)),))
    return Entry(tuple(_part(string, span, edits) for span in _changed_spans(annotation, string)))


def briefly(annotation: Annotation, string: str, edits: Sequence[Edit]) -> list[tuple[Span, Part]]:
    """The parts of an emendation's entry at their shortest, each with its place: the words that change.

    Of a note call that stands fused with a word only the figures are given: ``25] ²⁵``.
    """
    if not annotation.edits:
        return [(annotation.span, part) for part in entry(annotation, string, edits).parts]
    calls = [edit for edit in annotation.edits if _is_call(string, edit)]
    others = [edit for edit in annotation.edits if edit not in calls]
    found = [Span(call.start, call.end) for call in calls] + _widened(annotation, string, others)
    return [(span, _part(string, span, edits)) for span in sorted(found)]


def raised_only(string: str, annotation: Annotation) -> bool:
    """Whether an emendation does nothing but raise note calls."""
    return bool(annotation.edits) and all(_is_call(string, edit) for edit in annotation.edits)


def _is_call(string: str, edit: Edit) -> bool:
    """Whether an edit does nothing but raise figures that stand behind a letter."""
    figures = string[edit.start : edit.end]
    behind = string[edit.start - 1 : edit.start] if edit.start else ""
    return figures.isdecimal() and behind.isalpha() and edit.text.isdigit() and not edit.text.isdecimal()


def _part(string: str, span: Span, edits: Sequence[Edit]) -> Part:
    return Part(shorten(string[slice(*span)]) or CARET, shorten(inside(string, *span, edits), TOO_LONG))


def spans(annotation: Annotation, string: str) -> tuple[Span, ...]:
    """Where the parts of the entry stand in the text, part by part."""
    if _whole(annotation):
        return (annotation.span,)
    return tuple(_changed_spans(annotation, string))


def _whole(annotation: Annotation) -> bool:
    """Whether the entry has one part, which is the whole lemma."""
    if not annotation.layer.emends or annotation.short or not annotation.lemma:
        return True
    if not annotation.edits:
        return True
    words = annotation.lemma.split()
    return len(words) <= WHOLE and all(_cut(word, WHOLE) == word for word in words)


def _changed_spans(annotation: Annotation, string: str) -> list[Span]:
    """Each edit widened to whole words; edits in one word, or in neighbours, are one span."""
    return _widened(annotation, string, annotation.edits)


def _widened(annotation: Annotation, string: str, edits: Sequence[Edit]) -> list[Span]:
    low, high = annotation.span
    groups: list[tuple[int, int]] = []
    for edit in edits:
        start, end = edit.start, edit.end
        while start > low and not _parts(string, start, start - 1):
            start -= 1
        while end < high and not _parts(string, end, end):
            end += 1
        if not string[start:end].strip() or not inside(string, start, end, annotation.edits).strip():
            start, end = _with_neighbour(string, start, end, low, high)
        if groups and not string[groups[-1][1] : start].strip():
            groups[-1] = (groups[-1][0], max(end, groups[-1][1]))
        else:
            groups.append((start, end))
    return [Span(start, end) for start, end in groups]


def _with_neighbour(string: str, start: int, end: int, low: int, high: int) -> tuple[int, int]:
    """Take in the word before, or else the word after: a change needs words to be known by."""
    at = start
    while at > low and string[at - 1].isspace():
        at -= 1
    if at > low:
        at -= 1
        while at > low and not _parts(string, at, at - 1):
            at -= 1
        return at, end
    while end < high and string[end].isspace():
        end += 1
    end = min(end + 1, high)
    while end < high and not _parts(string, end, end):
        end += 1
    return start, end


def _parts(string: str, at: int, outer: int) -> bool:
    """Whether a word ends at a place: the ``outer`` character is a space, or the script puts none between words."""
    if string[outer].isspace():
        return True
    before, behind = string[at - 1 : at], string[at : at + 1]
    if not before or not behind or before.isascii() or behind.isascii() or before.isspace() or behind.isspace():
        return False
    return is_word_edge(string, at) and (before.isalnum() or behind.isalnum())


def inside(string: str, start: int, end: int, edits: Sequence[Edit]) -> str:
    """The words between two places, emended; ``edits`` are in their order and do not overlap."""
    parts: list[str] = []
    at = start
    for edit in edits:
        if edit.start < start or edit.end > end:
            continue
        parts += (string[at : edit.start], edit.text)
        at = edit.end
    return "".join((*parts, string[at:end]))
