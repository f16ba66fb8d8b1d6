"""Selectors of the Web Annotation Data Model (4.2): from any that a plain text can answer to a span of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import AnchorError, Selector, Span

#: What a fragment of a plain text may say (RFC 5147): characters, or lines.
_FRAGMENT = re.compile(r"(?P<unit>char|line)=(?P<first>\d+)(?:,(?P<last>\d+))?(?:;.*)?")

_QUOTE, _POSITION = "TextQuoteSelector", "TextPositionSelector"


def spanned(string: str, selectors: Any) -> Span:
    """Where selectors lead that all name the same place; what is quoted has the last word on a position.

    Raises ``ValueError`` with the reason.
    """
    found = [one for one in _flat(selectors) if isinstance(one, Mapping)]
    if not found:
        raise ValueError("it names no place in the text, as a reply or a note on a whole page does")
    quote = next((one for one in found if kind_of(one) == _QUOTE), None)
    position = next((one for one in found if kind_of(one) == _POSITION), None)
    if quote is not None and position is not None:
        span = _agreed(string, quote, position)
        if span is not None:
            return span
    whole = Span(0, len(string))
    reasons = []
    for one in [quote] if quote is not None else found:
        try:
            return _refined(string, one, whole)
        except (AnchorError, ValueError) as error:
            reasons.append(str(error))
    raise ValueError(reasons[0] if len(set(reasons)) == 1 else "; ".join(dict.fromkeys(reasons)))


def _flat(selectors: Any) -> list[Any]:
    if isinstance(selectors, list):
        return [one for each in selectors for one in _flat(each)]
    if isinstance(selectors, Mapping) and isinstance(selectors.get("items"), list):
        return _flat(selectors["items"])
    return [selectors]


def kind_of(one: Mapping[str, Any]) -> str:
    """The type of a thing, without the vocabulary's prefix."""
    kind = one.get("type") or one.get("@type") or ""
    kind = kind[0] if isinstance(kind, list) and kind else kind
    return re.split("[:#/]", str(kind))[-1]


def _agreed(string: str, quote: Mapping[str, Any], position: Mapping[str, Any]) -> Span | None:
    """The position, if what is quoted stands there, or around it where the quotation is refined to it."""
    try:
        span, exact, inner = _position(position, len(string)), _words(quote, "exact"), quote.get("refinedBy")
        if "refinedBy" in position:
            return None
        if inner is None:
            return span if string[span.start : span.end] == exact else None
        if not isinstance(inner, Mapping) or kind_of(inner) != _POSITION:
            return None
        low = span.start - _number(inner, "start")
    except ValueError:
        return None
    return span if low >= 0 and string.startswith(exact, low) else None


def _refined(string: str, one: Mapping[str, Any], within: Span) -> Span:
    """Where a selector leads, within what one before it selected.  Raises ``ValueError`` or `AnchorError`."""
    kind, inner = kind_of(one), one.get("refinedBy")
    read = {
        _QUOTE: _quoted,
        _POSITION: _positioned,
        "DataPositionSelector": _bytes,
        "FragmentSelector": _fragment,
        "RangeSelector": _range,
    }.get(kind)
    try:
        if read is None:
            raise ValueError(f"{kind or 'a selector without a type'} names no place in a plain text; quote its words")
        span = read(string, one, within)
    except ValueError:
        # What is unknown here may have been refined by a quotation, which the text itself answers.
        if not any(isinstance(refined, Mapping) and kind_of(refined) == _QUOTE for refined in _flat(inner)):
            raise
        span = within
    reasons: list[Exception] = []
    for refined in _flat(inner) if inner is not None else ():
        if isinstance(refined, Mapping):
            try:
                return _refined(string, refined, span)
            except (AnchorError, ValueError) as error:
                reasons.append(error)
    if reasons:
        raise reasons[0]
    return span


def _quoted(string: str, one: Mapping[str, Any], within: Span) -> Span:
    selector = Selector(_words(one, "exact"), _words(one, "prefix", ""), _words(one, "suffix", ""))
    return resolve(string, selector, None if within == (0, len(string)) else within)


def _positioned(string: str, one: Mapping[str, Any], within: Span) -> Span:
    span = _position(one, within.end - within.start)
    return Span(within.start + span.start, within.start + span.end)


def _bytes(string: str, one: Mapping[str, Any], within: Span) -> Span:
    """Bytes of the text in UTF-8."""
    content = string[within.start : within.end].encode()
    span = _position(one, len(content))
    try:
        before, inside = content[: span.start].decode(), content[span.start : span.end].decode()
    except UnicodeDecodeError as error:
        raise ValueError(f"bytes {span.start} to {span.end} are no whole characters") from error
    start = within.start + len(before)
    return Span(start, start + len(inside))


def _fragment(string: str, one: Mapping[str, Any], within: Span) -> Span:
    match = _FRAGMENT.fullmatch(str(one.get("value") or "").lstrip("#"))
    if match is None:
        raise ValueError(f"the fragment {one.get('value')!r} is no place in a plain text; char=0,9 would be (RFC 5147)")
    first, last = int(match["first"]), int(match["last"] or match["first"])
    if match["unit"] == "line":
        starts = [0, *(end.end() for end in re.finditer(r"\r\n|\r|\n", string[within.start : within.end]))]
        starts.append(within.end - within.start)
        if max(first, last) >= len(starts):
            raise ValueError(f"the text has no line {max(first, last)}")
        first, last = starts[first], starts[last]
    return _positioned(string, {"start": first, "end": last}, within)


def _range(string: str, one: Mapping[str, Any], within: Span) -> Span:
    """From the beginning of what the one selects to the beginning of what the other does (4.2.8)."""
    ends = []
    for name in ("startSelector", "endSelector"):
        if not isinstance(one.get(name), Mapping):
            raise ValueError(f"RangeSelector without {name} names no place in a plain text; quote its words")
        ends.append(_refined(string, one[name], within).start)
    if ends[0] > ends[1]:
        raise ValueError("a range that ends before it begins")
    return Span(*ends)


def _position(one: Mapping[str, Any], length: int) -> Span:
    start, end = _number(one, "start"), _number(one, "end")
    if not 0 <= start <= end <= length:
        raise ValueError(f"the position {start} to {end} is not within the {length} there are")
    return Span(start, end)


def _number(one: Mapping[str, Any], name: str) -> int:
    said = one.get(name)
    if isinstance(said, bool) or not str(said).removeprefix("-").isascii() or not re.fullmatch(r"-?\d+", str(said)):
        raise ValueError(f"{name} of a position is a whole number, not {said!r}")
    return int(said)  # type: ignore[arg-type]  # the digits of a string, or an integer


def _words(one: Mapping[str, Any], name: str, otherwise: str | None = None) -> str:
    said = one.get(name)
    if said is None and otherwise is not None:
        return otherwise
    if not isinstance(said, str):
        raise ValueError(f"{name} of a quotation is a string, not {said!r}")
    return said
