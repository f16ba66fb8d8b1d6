"""From the words an editor quotes to one span of the text, or an error that names the candidates."""

from __future__ import annotations

from sphinx_apparatus.anchoring.alike import alike
from sphinx_apparatus.anchoring.remedies import nearest, ranked, say_alike, say_ambiguous, say_missing
from sphinx_apparatus.anchoring.selector import (
    AnchorAmbiguous,
    AnchorNotFound,
    Selector,
    Span,
    occurrences,
    over_lines,
)


def resolve(string: str, selector: Selector, within: Span | None = None, *, folded: bool = False) -> Span:
    """The one span a selector names; ``within`` a part of the text, if one is given.

    With ``folded`` a run of white space in the selector, or a slash between two spaces, stands for
    any run of white space in the text, so that words may be quoted over a line end.

    Raises `AnchorNotFound` or `AnchorAmbiguous`.
    """
    found = _inside(occurrences(string, selector), within)
    if not found and folded:
        found = _inside(over_lines(string, selector), within)
    if len(found) == 1:
        return found[0]
    if found:
        found = ranked(string, found)
        raise AnchorAmbiguous(say_ambiguous(string, selector, found), tuple(found))
    elsewhere = occurrences(string, Selector(selector.quote)) if selector.quote else []
    if not elsewhere and selector.quote:
        same = alike(string, selector)
        if same:
            raise AnchorNotFound(say_alike(string, selector, same), tuple(same))
    if not elsewhere:
        elsewhere = nearest(string, selector)
    raise AnchorNotFound(say_missing(string, selector, elsewhere, within), tuple(elsewhere))


def _inside(found: list[Span], within: Span | None) -> list[Span]:
    if within is None:
        return found
    return [span for span in found if within.start <= span.start and span.end <= within.end]
