"""What an error of anchoring says: the candidates in their context, and what would decide between them."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable

from sphinx_apparatus.anchoring.selector import Selector, Span, follows, occurrences, precedes

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
    before = string[max(0, span.start - context) : span.start]
    after = string[span.end : span.end + context]
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
            if not others and not prefix[0].isspace():
                return Selector(quote, prefix=prefix)
        others = [rival for rival in rivals if rival != span]
        for length in range(1, min(len(string) - span.end, CONTEXT) + 1):
            suffix = string[span.end : span.end + length]
            others = [other for other in others if follows(string, other.end, suffix)]
            if not others and not suffix[-1].isspace():
                return Selector(quote, suffix=suffix)
    length = 1
    while True:
        selector = Selector(
            quote,
            string[max(0, span.start - length) : span.start],
            string[span.end : span.end + length],
        )
        if length >= len(string) or occurrences(string, selector) == [span]:
            return selector
        length = length + 1 if length < CONTEXT else 2 * length


def say_missing(string: str, selector: Selector, elsewhere: list[Span]) -> str:
    """That a selector names nothing, and what is like it."""
    if not selector.quote and not selector.prefix and not selector.suffix:
        return "an empty lemma needs a prefix or a suffix to say where its place is"
    message = f"{_name(selector)} is not in the text{_context(selector)}"
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
    return f"{_name(selector)}{_context(selector)} is in the text {len(found)} times: {_list(found, remedy)}{more}"


def nearest(string: str, selector: Selector) -> list[Span]:
    """The passage most like what was quoted, if any is like it at all; to be shown, never to be taken."""
    from rapidfuzz.fuzz import partial_ratio_alignment  # loaded when something was not found

    wanted = selector.quote or selector.prefix + selector.suffix
    if not wanted or not string:
        return []
    likeness = partial_ratio_alignment(wanted, string, score_cutoff=LIKENESS)
    return [] if likeness is None else [Span(likeness.dest_start, likeness.dest_end)]


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
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")


def _option(string: str) -> str:
    """A string as an option's value is written, a YAML scalar in double quotes."""
    return "".join(
        character
        if not _is_hidden(character)
        else (f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}")
        for character in json.dumps(string, ensure_ascii=False)
    )


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
