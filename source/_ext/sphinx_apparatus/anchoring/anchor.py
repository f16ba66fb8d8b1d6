"""From the words an editor quotes to one span of the text, or an error that names the candidates."""

from __future__ import annotations

from sphinx_apparatus.anchoring.remedies import nearest, say_ambiguous, say_missing
from sphinx_apparatus.anchoring.selector import AnchorAmbiguous, AnchorNotFound, Selector, Span, occurrences


def resolve(string: str, selector: Selector) -> Span:
    """The one span a selector names.  Raises `AnchorNotFound` or `AnchorAmbiguous`."""
    found = occurrences(string, selector)
    if len(found) == 1:
        return found[0]
    if found:
        raise AnchorAmbiguous(say_ambiguous(string, selector, found), tuple(found))
    elsewhere = occurrences(string, Selector(selector.quote)) if selector.quote else []
    if not elsewhere:
        elsewhere = nearest(string, selector)
    raise AnchorNotFound(say_missing(string, selector, elsewhere), tuple(elsewhere))
