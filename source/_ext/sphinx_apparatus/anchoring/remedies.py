"""What an error of anchoring says: the candidates in their context, and what would decide between them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from itertools import zip_longest

from sphinx_apparatus.anchoring.alike import differences, is_mark, say_difference, units
from sphinx_apparatus.anchoring.selector import Selector, Span, follows, is_whole, occurrences, precedes
from sphinx_apparatus.anchoring.words import is_letter_edge, letter_before, letter_behind, snapped

#: Code points of context shown on each side of a candidate.
CONTEXT = 32

#: How many candidates an error lists.
LISTED = 8

#: Of more candidates none is told from the others: the quotation is too short.
MANY = 1_000

#: An error quotes a lemma, and a remedy, up to this length.
QUOTED = 160

#: Below this likeness (0 to 100) a passage is not worth offering as "did you mean".
LIKENESS = 60.0


def describe(string: str, span: Span, context: int = CONTEXT) -> str:
    """A span in its context, on one line: ``…son ›Kim Jung Il‹, who…``.

    Line endings are shown as ␍ and ␊, other characters that cannot be seen by their code points.
    """
    low, high = letter_before(string, max(0, span.start - context)), min(len(string), span.end + context)
    before, after = string[low : span.start], string[span.end : high]
    return (
        ("…" if span.start > context else "")
        + _visible(before)
        + "›"
        + _visible(_cut(string[span.start : span.end]))
        + "‹"
        + _visible(after)
        + ("…" if span.end + context < len(string) else "")
    )


def decide(string: str, quote: str, span: Span, rivals: list[Span]) -> Selector:
    """The shortest prefix, or else suffix, that tells a span from its rivals.

    With a place (empty quote), or words whose neighbourhood repeats on both sides,
    both are given, and as much of them as it takes.
    """
    others = [rival for rival in rivals if rival != span]
    if quote:
        for length in range(1, min(span.start, CONTEXT) + 1):
            prefix = string[span.start - length : span.start]
            others = [other for other in others if precedes(string, other.start, prefix)]
            if not others and _may_begin(string, span.start - length):
                return Selector(quote, prefix=prefix)
        others = [rival for rival in rivals if rival != span]
        for length in range(1, min(len(string) - span.end, CONTEXT) + 1):
            suffix = string[span.end : span.end + length]
            others = [other for other in others if follows(string, other.end, suffix)]
            if not others and not suffix[-1].isspace() and is_letter_edge(string, span.end + length):
                return Selector(quote, suffix=suffix)
    length = 1
    while True:
        low = letter_before(string, max(0, span.start - length))
        high = letter_behind(string, min(len(string), span.end + length))
        selector = Selector(quote, string[low : span.start], string[span.end : high])
        if length >= len(string) or occurrences(string, selector) == [span]:
            return selector
        length = length + 1 if length < CONTEXT else 2 * length


def _may_begin(string: str, at: int) -> bool:
    """Whether a proposal may begin at a place: not with a space, nor with a mark on the letter before."""
    return not string[at].isspace() and not is_mark(string[at]) and is_letter_edge(string, at)


def say_alike(string: str, selector: Selector, found: list[Span]) -> str:
    """That the text has the words in another encoding: what differs, and the lemma as the text has it."""

    def shown(span: Span) -> str:
        passage = string[span.start : span.end]
        differing = differences(selector.quote, passage)
        said = ", ".join(say_difference(difference) for difference in differing[:3])
        more = f" and {len(differing) - 3} more" if len(differing) > 3 else ""
        return (
            f"the text has {said}{more}: {describe(string, span)} (write :lemma: {as_written(selector.quote, passage)})"
        )

    return f"{_name(selector)} is in the text, but in another encoding; {_list(found, shown)}"


def as_written(quote: str, passage: str) -> str:
    """A passage as an option's value; what differs from the quotation, and is no plain letter, by its code points."""
    pieces: list[str] = []
    at = 0
    for one, other in zip_longest(units(quote), units(passage)):
        if other is None:
            break
        pieces.append(_option(passage[at : other.start])[1:-1])
        theirs = passage[other.start : other.end]
        differs = one is None or quote[one.start : one.end] != theirs
        by_points = differs and (theirs.isspace() or any(is_mark(c) for c in unicodedata.normalize("NFD", theirs)))
        pieces.append(
            "".join(c if c.isascii() and not c.isspace() else _escaped(c) for c in theirs)
            if by_points
            else _option(theirs)[1:-1]
        )
        at = other.end
    return f'"{"".join(pieces)}{_option(passage[at:])[1:-1]}"'


def say_missing(string: str, selector: Selector, elsewhere: list[Span], within: Span | None = None) -> str:
    """That a selector names nothing, and what is like it."""
    if not selector.quote and not selector.prefix and not selector.suffix:
        return "an empty lemma needs a prefix or a suffix to say where its place is"
    whole = " as a whole word" if selector.whole else ""
    message = (
        f"{_name(selector)} is not in {'that part of the text' if within else 'the text'}{whole}{_context(selector)}"
    )
    if elsewhere:
        message += "; the text has: " + _list(elsewhere, lambda span: describe(string, span))
    return message


def say_ambiguous(string: str, selector: Selector, found: list[Span]) -> str:
    """That a selector names several spans, and what would decide between them."""

    def remedy(span: Span) -> str:
        if len(found) > MANY:
            return describe(string, span)
        unique = decide(string, selector.quote, span, found)
        if len(unique.prefix) + len(unique.suffix) > QUOTED:
            return f"{describe(string, span)} (nothing near it decides: quote more)"
        written = ", ".join(
            f":{name}: {_option(value)}"
            for name, value in (("prefix", unique.prefix), ("suffix", unique.suffix))
            if value
        )
        return f"{describe(string, span)} (write {written})"

    more = "; quote more of the text" if len(found) > MANY else ""
    whole = [span for span in found if is_whole(string, *span)] if selector.quote and not more else []
    if len(whole) == 1:
        more += "; as a whole word it is there once: write :whole:"
    elif MANY >= len(found) > LISTED:
        more += "; or say in which passage it is, as :in: ¶3" + (
            f"; as a whole word it is there {len(whole)} times (:whole:)" if 0 < len(whole) < len(found) else ""
        )
    return f"{_name(selector)}{_context(selector)} is in the text {len(found)} times: {_list(found, remedy)}{more}"


def ranked(string: str, found: list[Span]) -> list[Span]:
    """Candidates, of more than are listed the whole words first: a short word is seldom sought within another."""
    if not LISTED < len(found) <= MANY:
        return found
    return sorted(found, key=lambda span: not is_whole(string, *span))


def nearest(string: str, selector: Selector) -> list[Span]:
    """The passage most like what was quoted, if any is like it at all; to be shown, never to be taken."""
    from rapidfuzz.fuzz import partial_ratio_alignment  # loaded when something was not found

    wanted = selector.quote or selector.prefix + selector.suffix
    if not wanted or not string:
        return []
    likeness = partial_ratio_alignment(wanted, string, score_cutoff=LIKENESS)
    return [] if likeness is None else [Span(*snapped(string, likeness.dest_start, likeness.dest_end))]


def _cut(string: str) -> str:
    """A string as an error quotes it: its beginning and its end, if it is long."""
    half = QUOTED // 2
    return string if len(string) <= QUOTED else f"{string[:half]} … {string[-half:]}"


def _visible(string: str) -> str:
    return "".join(
        {"\r": "␍", "\n": "␊"}.get(character, f"⟨U+{ord(character):04X}⟩") if _is_hidden(character) else character
        for character in string
    )


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs") and character != " "


def _option(string: str) -> str:
    """A string as an option's value is written, a YAML scalar in double quotes."""
    return "".join(
        _escaped(character) if _is_hidden(character) else character
        for character in json.dumps(string, ensure_ascii=False)
    )


def _escaped(character: str) -> str:
    """A character by its code point, as YAML and JSON take it."""
    if character in "\r\n\t":
        return {"\r": "\\r", "\n": "\\n", "\t": "\\t"}[character]
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"


def _name(selector: Selector) -> str:
    return f"the lemma {_cut(selector.quote)!r}" if selector.quote else "the place"


def _context(selector: Selector) -> str:
    return "".join(
        f", {name} {_cut(value)!r}"
        for name, value in (("prefix", selector.prefix), ("suffix", selector.suffix))
        if value
    )


def _list(spans: list[Span], show: Callable[[Span], str]) -> str:
    more = f"; and {len(spans) - LISTED} more" if len(spans) > LISTED else ""
    return "; ".join(show(span) for span in spans[:LISTED]) + more
