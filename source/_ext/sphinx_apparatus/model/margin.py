"""The margin of a text: the entries of its annotations, each at its line, as short as the line's room asks.

An emendation is entered line by line, edit by edit, as in a printed apparatus.  How much stands
in a line is decided here and not by a window, so that the margin never moves: an entry stands
whole, or by its id, and is never cut.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET, Part, briefly, raised_only, shorten
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.reference import Passage

#: What a line of the margin takes, in the size of its type (em), where there is much room, and where there is little.
WIDE, NARROW = 34.6, 20.0

#: The width of the space between two entries, and of *recte*, in em; an entry has room for a finger.
_GAP, _RECTE, _LEAST = 0.9, 2.7, 1.9

#: About how wide letters are, in em; the others are as wide as an n.
_WIDTHS = {
    **dict.fromkeys(" .,;:'’‘|·", 0.26),
    **dict.fromkeys("ijlft()[]!-", 0.34),
    **dict.fromkeys('rsczJ“”"⁰¹²³⁴⁵⁶⁷⁸⁹', 0.42),
    **dict.fromkeys("aegkvxy0123456789ILSEFP", 0.53),
    **dict.fromkeys("wABCDGHKNOQRTUVXYZ…—", 0.74),
    **dict.fromkeys("mMW", 0.9),
}
_LETTER = 0.59


class MarginEntry(NamedTuple):
    """What one line says of one annotation.

    ``first`` is set where the annotation is entered first: that is the entry which is heard, and
    by which its note stands.  ``parts`` is empty where all was said in the paragraph before.
    """

    annotation: Annotation
    parts: tuple[Part, ...]
    first: bool = True
    #: it began in an earlier paragraph
    continued: bool = False
    #: where its words have no room, and its id stands for them: ``narrow``, in a narrow margin, or ``any``
    short_of: str = ""


class MarginLine(NamedTuple):
    """The entries of a line; ``crowded`` says where not even their ids have room, as ``short_of``."""

    number: int
    entries: tuple[MarginEntry, ...]
    crowded: str = ""


class _Said(NamedTuple):
    """The ways, from long to short, to say in one line what is to be said of an annotation."""

    annotation: Annotation
    ways: tuple[tuple[Part, ...], ...]
    first: bool
    continued: bool = False


def margin(edition: Edition, passage: Passage, continued: Sequence[str] = ()) -> list[MarginLine]:
    """The lines of a paragraph's margin that have entries; ``continued`` reach in from before."""
    lines = edition.lines_of(passage.siglum)
    said: dict[int, list[_Said]] = {}
    if continued:
        first = lines.of_paragraph(passage.paragraph or 1)[0]
        said[first] = [_Said(edition.annotations[one], ((),), first=False, continued=True) for one in continued]
    for annotation in edition.of_paragraph(passage):
        ways = (
            _emended(edition, annotation, lines) if annotation.layer.emends else _remarked(edition, annotation, lines)
        )
        for number, (line, forms) in enumerate(sorted(ways.items())):
            said.setdefault(line, []).append(_Said(annotation, forms, first=number == 0))
    return [_fitted(line, entries) for line, entries in sorted(said.items())]


def _emended(edition: Edition, annotation: Annotation, lines: Lines) -> dict[int, tuple[tuple[Part, ...], ...]]:
    """The ways to enter an emendation, by line: whole if it is short and within one line, else its changes."""
    string = edition.texts[annotation.siglum].text.string
    brief: dict[int, list[Part]] = {}
    for span, part in briefly(annotation, string, edition.edits_within(annotation.id)):
        brief.setdefault(lines.of_span(span)[0], []).append(part)
    whole = edition.entry(annotation.id).parts
    if len(brief) == 1 and len(whole) == 1 and not raised_only(string, annotation):
        [(line, parts)] = brief.items()
        return {line: (whole, tuple(parts))}
    return {line: (tuple(parts),) for line, parts in brief.items()}


def _remarked(edition: Edition, annotation: Annotation, lines: Lines) -> dict[int, tuple[tuple[Part, ...], ...]]:
    line, _ = lines.of_span(annotation.span)
    if annotation.layer.varies:
        # Which witnesses have which words is not told by halves.
        return {line: (edition.entry(annotation.id).parts,)}
    if annotation.layer.reads:
        lemma, reading = _different(annotation.short or annotation.lemma, annotation.reading or "")
        return {line: ((Part(lemma, reading),), (Part(_clipped(lemma, 2), _clipped(reading, 3)),))}
    if annotation.layer.says:
        ((lemma, said),) = edition.entry(annotation.id).parts
        short = Part(_clipped(lemma, 4), said and _clipped(said, 6))
        return {line: ((Part(_clipped(lemma, 5), said),), (short,))}
    lemma = annotation.short or annotation.lemma or CARET
    return {line: ((Part(_clipped(lemma, 5), None),), (Part(_clipped(lemma, 3), None),))}


def _different(lemma: str, reading: str) -> tuple[str, str]:
    """A lemma and what is right, without the words that they share at either end."""
    old, new = lemma.split(), reading.split()
    while len(old) > 1 and len(new) > 1 and old[0] == new[0]:
        del old[0], new[0]
    while len(old) > 1 and len(new) > 1 and old[-1] == new[-1]:
        del old[-1], new[-1]
    return _clipped(" ".join(old), 4) or CARET, _clipped(" ".join(new), 6)


def _clipped(words: str, most: int) -> str:
    """At most so many words: the first two, an ellipsis, the last."""
    found = words.split()
    return shorten(words, most) if len(found) <= most else f"{' '.join(found[:2])} … {found[-1]}"


def _fitted(line: int, said: list[_Said]) -> MarginLine:
    """The longest ways that have room; then the longest entries give way to their ids, notes before all others."""
    chosen = [0] * len(said)
    for note in (True, False):
        for at in sorted(range(len(said)), key=lambda at: -_width(said[at], chosen[at])):
            if _total(said, chosen, set()) > WIDE and said[at].annotation.layer.reads is not note:
                chosen[at] = min(1, len(said[at].ways) - 1)
    without = _by_ids(said, chosen, WIDE, set())
    narrow = _by_ids(said, chosen, NARROW, without)
    all_of = set(range(len(said)))
    return MarginLine(
        line,
        tuple(
            MarginEntry(
                one.annotation,
                one.ways[way],
                one.first,
                one.continued,
                "any" if at in without else "narrow" if at in narrow else "",
            )
            for at, (one, way) in enumerate(zip(said, chosen, strict=True))
        ),
        next((name for name, room in (("any", WIDE), ("narrow", NARROW)) if _total(said, chosen, all_of) > room), ""),
    )


def _by_ids(said: list[_Said], chosen: list[int], room: float, already: set[int]) -> set[int]:
    """The entries for which their ids stand, so that all have room."""
    found = set(already)

    def turn(at: int) -> tuple[bool, bool, float]:
        # What goes on from the line before stands there, too.
        return said[at].annotation.layer.reads, said[at].first, -_width(said[at], chosen[at])

    for at in sorted(range(len(said)), key=turn):
        if _total(said, chosen, found) <= room:
            break
        found.add(at)
    return found


def _total(said: list[_Said], chosen: list[int], by_ids: set[int]) -> float:
    return sum(
        (_set(one.annotation.id) if at in by_ids else _width(one, way)) + _GAP
        for at, (one, way) in enumerate(zip(said, chosen, strict=True))
    ) - (_GAP if said else 0)


def _width(one: _Said, way: int) -> float:
    """About how wide an entry is, in em."""
    parts = one.ways[way]
    said = " · ".join(lemma if reading is None else f"{lemma}] {reading}" for lemma, reading in parts)
    return _set(said or one.annotation.id) + (_RECTE if one.annotation.layer.corrects else 0)


def _set(words: str) -> float:
    return max(_LEAST, sum(map(_wide, words)))


def _wide(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    return 1.0 if unicodedata.east_asian_width(letter) in "WF" else _WIDTHS.get(letter, _LETTER)
