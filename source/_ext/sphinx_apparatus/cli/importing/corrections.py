"""Corrections of anybody's TEI: what was printed, and what should stand there (TEI P5, 3.5, 11.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_apparatus.cli.importing.found import Found
from sphinx_apparatus.cli.importing.xmlfile import name

if TYPE_CHECKING:
    from sphinx_apparatus.cli.importing.foreign import Reader

#: Of two wordings, the one that was printed; and what the other one is.
_PRINTED = {"orig": "reg", "abbr": "expan"}

_CERTAINTY = ("high", "medium", "low", "unknown")
_EVIDENCE = ("internal", "external", "conjecture")

#: What a correction says that an emendation has no field for.
_UNSAID = ("source", "reason", "type", "subtype", "hand")


def choice(reader: Reader, element: Any) -> None:
    """Two wordings of one place."""
    parts: dict[str, Any] = {}
    for child in element:
        if name(child) in ("sic", "corr") and name(child) in parts:
            reader.imported.lose(child.sourceline or 0, f"a second {name(child)} within a choice; the first is taken")
        elif name(child):
            parts.setdefault(name(child), child)
    if "sic" in parts or "corr" in parts:
        # What was printed is called orig by some, beside corr, too.
        _corrected(reader, parts.get("sic", parts.get("orig")), parts.get("corr"), element)
        return
    for printed, other in _PRINTED.items():
        if printed in parts:
            reader.inside(parts[printed])
            if other in parts:
                reader.tell(parts[other], f"{other} beside {printed}; what was printed is taken")
            return
    for child in list(parts.values())[:1]:
        reader.tell(element, "choice without sic, orig or abbr; its first part is taken")
        reader.inside(child)


def _corrected(reader: Reader, printed: Any, right: Any, element: Any) -> None:
    if printed is None:
        reader.imported.lose(
            element.sourceline or 0, "corr without sic: what stood there is not said; its words are taken"
        )
        reader.inside(right)
    elif right is None:
        sic(reader, printed)
    else:
        _emend(reader, element, lambda: reader.inside(printed), reader.words(right), right)


def _emend(reader: Reader, element: Any, printed: Any, reading: str, said: Any, kind: str = "slip") -> None:
    mark = reader.strings.begin()
    printed()
    start, end = reader.strings.end(mark)
    if start < end and not reading and _takes_space(reader, start, element.tail):
        reader.strings.space()
        end = reader.strings.here()
    if start == end and reading:
        reading, start = reader.strings.insertion(reading, element.tail)
        end = start
    if start == end and not reading:
        reader.imported.lose(element.sourceline or 0, "neither what stood there nor what should has any words")
        return
    cert = said.get("cert", "")
    evidence = said.get("evidence", "")
    for attribute, value, values in (("cert", cert, _CERTAINTY), ("evidence", evidence, _EVIDENCE)):
        if value and value not in values:
            reader.tell(said, f"{attribute} {value!r} of a correction is none of {', '.join(values)}; left out")
    for attribute in filter(said.get, _UNSAID):
        reader.tell(said, f"{attribute} of a correction; left out")
    reader.imported.found.append(
        Found(
            start,
            end,
            kind=kind,
            reading=reading,
            certainty=cert if cert in _CERTAINTY else "",
            evidence=evidence if evidence in _EVIDENCE else "",
            editor=_editor(reader, said),
            line=element.sourceline or 0,
        )
    )


def _editor(reader: Reader, element: Any) -> str:
    """Whose a correction is: of several the first, the others are told."""
    keys = [pointer.rpartition("#")[2] for pointer in element.get("resp", "").split() if pointer.rpartition("#")[2]]
    if len(keys) > 1:
        reader.tell(element, "a correction of several persons; it is given to the first")
    return keys[0] if keys else ""


def _takes_space(reader: Reader, start: int, tail: str | None) -> bool:
    """Whether a word that is deleted takes the space behind it along, so that not two are left."""
    between = bool(tail) and tail is not None and tail[0].isspace()
    return reader.strings.is_spaced or (between and reader.strings.before(start)[-1:] in ("", " ", "\n"))


def sic(reader: Reader, element: Any) -> None:
    """What stood there and is wrong, by itself a note."""
    if element.get("corr") is not None:  # TEI P4
        _emend(reader, element, lambda: reader.inside(element), element.get("corr"), element)
        return
    mark = reader.strings.begin()
    reader.inside(element)
    start, end = reader.strings.end(mark)
    reader.imported.found.append(
        Found(start, end, "note", "gloss", None, "*Sic*: so printed.", line=element.sourceline or 0)
    )


def corr(reader: Reader, element: Any) -> None:
    """What should stand there, by itself without what did."""
    if element.get("sic") is not None:  # TEI P4
        _emend(reader, element, lambda: reader.strings.add(element.get("sic")), reader.words(element), element)
        return
    _corrected(reader, None, element, element)


def supplied(reader: Reader, element: Any) -> None:
    """What the editors have put where nothing, or nothing legible, stood."""
    _emend(reader, element, lambda: None, reader.words(element), element, "damage")


def surplus(reader: Reader, element: Any) -> None:
    """What stood there once too often."""
    _emend(reader, element, lambda: reader.inside(element), "", element)
