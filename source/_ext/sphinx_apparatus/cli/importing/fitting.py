"""What a file says in words that the edition does not know: kinds are added, of anything else it is told."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from sphinx_apparatus.cli.importing.found import Found, Imported, ImportRefused, Whole
from sphinx_apparatus.model.reference import ModelError, Passage, parse_target
from sphinx_apparatus.model.structure import Structure
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Layer, Taxonomy
from sphinx_apparatus.model.text import Text

_REFERENCE = re.compile(r"\{ed:ref\}`([^`<>]+)`")
_CITATION = re.compile(r"\{cite:[a-z]+\}`")


def fit_values(imported: Imported, whole: Whole) -> None:
    """Add the kinds that are needed; leave out what has a layer, certainty or evidence that is none, and say so."""
    try:
        table = Taxonomy().with_layers(whole.layers).extended(whole.kinds)
    except ModelError as error:
        raise ImportRefused(f"the layers and kinds of the file: {error}; export it again") from error
    kept = []
    for found in imported.found:
        try:
            layer = table.layer(found.layer)
        except ModelError as error:
            imported.lose(found.line, str(error))
            continue
        for name, values in (("certainty", Certainty), ("evidence", Evidence)):
            said = getattr(found, name)
            if said not in list(values):
                imported.tell(found.line, f"{said!r} is no {name}: {', '.join(filter(None, values))}; left out")
                setattr(found, name, "")
        if bool(found.source) != bool(found.wording):
            imported.tell(found.line, "source and wording go together; what there is of them is left out")
            found.source = found.wording = ""
        related = found.see or found.contradicts or found.parallel
        if found.reading is None and not found.note.strip() and not found.wording and not related:
            imported.lose(found.line, "it says nothing: neither a reading nor a note")
            continue
        table = _with_kind(found, layer, table, imported, whole)
        kept.append(found)
    imported.found = kept
    if not imported.witnesses and any(one.layer == "variant" for one in kept):
        imported.tell(0, f"the witnesses of {imported.siglum} are not in this file; write an ed:witness for each")


def _with_kind(found: Found, layer: Layer, table: Taxonomy, imported: Imported, whole: Whole) -> Taxonomy:
    if not found.kind or any(kind.name == found.kind for kind in table.kinds_of(layer)):
        return table
    try:
        table = table.extended({layer.name: {found.kind: found.kind}})
    except ModelError as error:
        imported.tell(found.line, f"{error}; the first kind of {layer.article} is taken")
        found.kind = ""
    else:
        whole.kinds.setdefault(layer.name, {})[found.kind] = found.kind
    return table


def fit_references(texts: Iterable[Imported]) -> None:
    """Leave out relations to what is not there; of a reference within a note the words stay."""
    texts = list(texts)
    ids = {found.id for imported in texts for found in imported.found}
    paragraphs = {
        one.siglum: len(
            Text(one.siglum, "", "", one.string, Structure(one.options.get("structure", "line"))).paragraphs
        )
        for one in texts
    }

    schemes = {one.siglum for one in texts if one.options or one.milestones}

    def leads(target: str) -> bool:
        return _leads(target, ids, paragraphs, schemes)

    for imported in texts:
        for found in imported.found:
            for kind in ("see", "contradicts", "parallel"):
                targets = getattr(found, kind)
                setattr(found, kind, tuple(filter(leads, targets)))
                gone = [target for target in targets if not leads(target)]
                if gone:
                    imported.tell(found.line, f"{kind}: {', '.join(gone)} is not among what is imported; left out")
            gone = [target for target in _REFERENCE.findall(found.note) if not leads(target)]
            if gone:
                imported.tell(
                    found.line, f"the note refers to {', '.join(gone)}, which is not imported; its words stay"
                )
                found.note = _REFERENCE.sub(lambda match: match[0] if leads(match[1]) else match[1], found.note)


def _leads(target: str, ids: Collection[str], paragraphs: dict[str, int], schemes: Collection[str]) -> bool:
    try:
        parsed = parse_target(target)
    except ModelError:
        return target.partition(" ")[0] in schemes  # by verse or milestone
    if isinstance(parsed, Passage):
        return parsed.siglum in paragraphs and (parsed.paragraph or 1) <= paragraphs[parsed.siglum]
    return parsed in ids


def cites(texts: Iterable[Imported]) -> bool:
    """Whether anything names a work of a bibliography."""
    return any(
        one.source or one.parts or any(found.source or _CITATION.search(found.note) for found in one.found)
        for one in texts
    )
