"""References as a discipline has them: *p. 12*, *1.23*, *ch. 3.4*, by a pattern that the edition declares.

``{verse}`` and ``{paragraph}`` stand for the numbers of either, any other name for the number of
the milestone of that unit in whose part of the text a place is: ``{book}.{verse}``, ``p. {page}``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.structure import Milestone, Verse

_NAME = re.compile(r"\{([^\W\d_]+)\}")


def units(pattern: str) -> list[str]:
    """The names in a pattern, in order.  Raises `ModelError` for a pattern that is none."""
    names = _NAME.findall(pattern)
    rest = _NAME.sub("", pattern)
    fused = "}{" in pattern  # 112 would be 1.12, or 11.2
    if not names or len(set(names)) < len(names) or set(rest) & set("{}") or rest.strip().startswith("¶") or fused:
        raise ModelError(
            ":reference: is a pattern as {book}.{verse} or p. {page}, each name in it once, and something between "
            f"two of them; not {pattern!r}"
        )
    return names


def label(
    pattern: str, offset: int, paragraph: int, verses: Mapping[int, Verse], milestones: Sequence[Milestone]
) -> str:
    """How a place is referred to; empty where it is in no verse, or before the first milestone of a unit."""
    values = {}
    for name in units(pattern):
        if name == "paragraph":
            values[name] = str(paragraph)
        elif name == "verse":
            verse = verses.get(paragraph)
            values[name] = str(verse.number) if verse and verse.number else ""
        else:
            last = [one for one in milestones if one.unit == name and one.offset <= offset]
            values[name] = max(last, key=lambda one: one.offset).number if last else ""
    if not all(values.values()):
        return ""
    return _NAME.sub(lambda match: values[match[1]], pattern)


def find(
    pattern: str,
    words: str,
    string: str,
    spans: Sequence[Span],
    verses: Mapping[int, Verse],
    milestones: Sequence[Milestone],
) -> Span | None:
    """The part of the text that words of this pattern name, or ``None`` where they are not of it.

    Raises `ModelError` for what is not in the text.
    """  # fmt: skip
    names = units(pattern)
    parts = _NAME.split(pattern)
    written = "".join(f"(?P<{part}>\\S+?)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    match = re.fullmatch(written, words)
    if match is None:
        return None
    part = Span(0, len(string))
    for name in names:
        if name in ("verse", "paragraph"):
            continue
        part = _within(part, name, match[name], milestones, words)
    if "verse" in names:
        part = _verse(part, match["verse"], spans, verses, words)
    elif "paragraph" in names:
        number = int(match["paragraph"]) if match["paragraph"].isdecimal() else 0
        if not 0 < number <= len(spans):
            raise ModelError(f"{words!r}: there is no paragraph {match['paragraph']}")
        part = spans[number - 1]
    return part


def _within(part: Span, unit: str, number: str, milestones: Sequence[Milestone], words: str) -> Span:
    ordered = sorted((one for one in milestones if one.unit == unit), key=lambda one: one.offset)
    for at, one in enumerate(ordered):
        end = ordered[at + 1].offset if at + 1 < len(ordered) else part.end
        if one.number == number and one.offset < part.end and end > part.start:
            return Span(max(one.offset, part.start), min(end, part.end))
    raise ModelError(f"{words!r}: there is no {unit} {number} there")


def _verse(part: Span, number: str, spans: Sequence[Span], verses: Mapping[int, Verse], words: str) -> Span:
    for paragraph, verse in verses.items():
        span = spans[paragraph - 1]
        if part.start <= span.start < part.end and verse.number and str(verse.number) == number:
            return span
    raise ModelError(f"{words!r}: there is no verse {number} there")


def renumbered(
    verses: Mapping[int, Verse], spans: Sequence[Span], milestones: Sequence[Milestone], unit: str
) -> dict[int, Verse]:
    """Verses numbered anew from each milestone of a unit on, from the number of the first of all."""
    starts = sorted(one.offset for one in milestones if one.unit == unit)
    first = next((verse.number for verse in verses.values() if verse.number), 1)
    found: dict[int, Verse] = {}
    number, at = first - 1, 0
    for paragraph, verse in verses.items():
        while at < len(starts) and starts[at] < spans[paragraph - 1].end:
            number, at = first - 1, at + 1
        number += bool(verse.number) and not (verse.joined and number >= first)
        found[paragraph] = verse._replace(number=number if verse.number else 0)
    return found
