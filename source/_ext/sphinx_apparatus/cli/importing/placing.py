"""From spans to quotations: each annotation gets an id and the shortest words that name its place."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.anchoring.edits import EditConflict, Edits, compare
from sphinx_apparatus.anchoring.remedies import decide
from sphinx_apparatus.anchoring.selector import Selector, Span, follows, occurrences, precedes
from sphinx_apparatus.cli.importing.found import Found, Imported
from sphinx_apparatus.model.annotation import check_reading
from sphinx_apparatus.model.draft import check_edits
from sphinx_apparatus.model.reference import ID, ModelError
from sphinx_apparatus.model.structure import Structure
from sphinx_apparatus.model.taxonomy import Layer, Taxonomy
from sphinx_apparatus.model.text import Text

#: Context tried on one side before both sides are taken.
_ONE_SIDE = 32

#: Of words that stand in a text more often the places are not compared one by one.
_MANY = 2_000

#: Where words stand, by the words: many corrections are of the same.
Places = dict[str, list[Span]]


def place(imported: Imported) -> None:
    """Complete what was found, and set apart what the model cannot hold."""
    structure = Structure(imported.options.get("structure", Structure.LINE))
    text = Text(imported.siglum, imported.filename, "", imported.string, structure)
    taken, known = Edits(), Places()
    kept = []
    for found in sorted(imported.found, key=lambda one: (one.start, -one.end)):
        if _fits(found, text, taken, imported):
            selector = selector_of(text.string, found, known)
            if selector is None:
                imported.lose(found.line, f"nothing tells {_shown(text, found)} from other places of the text")
                continue
            found.prefix, found.suffix = selector.prefix, selector.suffix
            kept.append(found)
    imported.found = kept
    _number(imported)


def _fits(found: Found, text: Text, taken: Edits, imported: Imported) -> bool:
    """Whether the model can hold it, as it is or as a note that says the same."""
    lemma = text.string[found.start : found.end]
    layer = next((one for one in Taxonomy().layers if one.name == found.layer), Layer.NOTE)
    try:
        check_reading(layer, lemma, found.reading)
        edits = compare(lemma, found.reading or "", found.start) if layer.emends else ()
        check_edits(text, edits)
        taken.add(edits, found.id)
        return True
    except EditConflict:
        imported.tell(found.line, f"{_shown(text, found)}: another correction changes the same words; kept as a note")
    except ModelError as error:
        if found.reading == lemma:
            imported.lose(found.line, f"{_shown(text, found)}: what is read is what stands there")
            return False
        imported.tell(found.line, f"{_shown(text, found)}: {error}; kept as a note")
    if found.reading is not None:
        from sphinx_apparatus.cli.importing.page import escaped

        read = f"The source reads “{escaped(' '.join(found.reading.split()))}”." if found.reading else "Deleted."
        found.note = f"{read}\n\n{found.note}".strip()
    found.layer, found.kind, found.reading = "note", "gloss", None
    return True


def _shown(text: Text, found: Found) -> str:
    words = " ".join(text.string[found.start : found.end].split())
    return repr(words[:40]) if words else f"the place at character {found.start}"


def selector_of(string: str, found: Found, known: Places) -> Selector | None:
    """The quotation that names a span and no other; the shortest context before it, else behind it, else both."""
    quote, span = string[found.start : found.end], Span(found.start, found.end)
    if found.prefix is not None and found.suffix is not None:
        given = Selector(quote, found.prefix, found.suffix)
        if occurrences(string, given) == [span]:
            return given
    if quote:
        rivals = known.get(quote)
        if rivals is None:
            rivals = known[quote] = occurrences(string, Selector(quote))
        if len(rivals) == 1:
            return Selector(quote)
        if len(rivals) <= _MANY:
            return decide(string, quote, span, rivals)
    return next((made for made in _candidates(string, quote, span) if _names(string, made, span)), None)


def _candidates(string: str, quote: str, span: Span) -> Iterator[Selector]:
    if quote:
        yield Selector(quote)
        for length in range(1, min(span.start, _ONE_SIDE) + 1):
            yield Selector(quote, prefix=string[span.start - length : span.start])
        for length in range(1, min(len(string) - span.end, _ONE_SIDE) + 1):
            yield Selector(quote, suffix=string[span.end : span.end + length])
    length = 1
    while length <= 2 * len(string) + 2:
        yield Selector(quote, string[max(0, span.start - length) : span.start], string[span.end : span.end + length])
        length = length + 1 if length < _ONE_SIDE else 2 * length


def _names(string: str, selector: Selector, span: Span) -> bool:
    """Whether a selector names a span and no other.  Most do not, which shows at the first other place."""
    if not selector.quote and not selector.prefix and not selector.suffix:
        return False
    needle = selector.prefix + selector.quote + selector.suffix
    first = string.find(needle)
    if first != span.start - len(selector.prefix) or string.find(needle, first + 1) >= 0:
        return False
    # White space between may be left out: other places may fit for that.
    if selector.prefix and selector.prefix[-1:].isspace() and not selector.suffix:
        return True
    if not selector.prefix and not selector.suffix:
        return True
    at = string.find(selector.quote) if selector.quote else -1
    if at < 0 or len(selector.quote) < 3:
        return occurrences(string, selector) == [span]
    while at >= 0:
        end = at + len(selector.quote)
        if at != span.start and precedes(string, at, selector.prefix) and follows(string, end, selector.suffix):
            return False
        at = string.find(selector.quote, at + 1)
    return True


def _number(imported: Imported) -> None:
    """Give ids: the file's own where they are ids of this text and each is given once, else the next free numbers.

    What is withdrawn is not free.
    """
    used = {stone.id for stone in imported.withdrawn}
    for found in imported.found:
        match = ID.fullmatch(found.id)
        if match is None or match["siglum"] != imported.siglum or found.id in used:
            if found.id:
                imported.tell(found.line, f"{found.id!r} is no free id of text {imported.siglum}; a number is given")
            found.id = ""
        used.add(found.id)
    number = 0
    for found in imported.found:
        if not found.id:
            number += 1
            while f"{imported.siglum}{number}" in used:
                number += 1
            found.id = f"{imported.siglum}{number}"
