"""The contract: what the JSON and the CSV of an annotation have, in which order, and what it means.

Version 1.  A field may be added; to take one away or to change what it means makes version 2.
Both schemas, JSON Schema and Table Schema, are made of this table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import ID
from sphinx_apparatus.model.taxonomy import Certainty, Evidence

#: The version of the contract.
CONTRACT = 1

#: Between the items of a list in a cell.
BETWEEN = "; "


class Field(NamedTuple):
    """A field: its type (*string*, *integer*, *list*), what it says, and where it is in the model."""

    name: str
    type: str
    says: str
    value: Callable[[Edition, Annotation], Any]
    #: constraints as both schemas have them
    constraints: dict[str, Any] = {}  # noqa: RUF012 (read only)


def _paragraph(edition: Edition, annotation: Annotation) -> int | None:
    return edition.passage_of(annotation.id).paragraph


def _since(edition: Edition, annotation: Annotation) -> str:
    history = edition.register.get(annotation.id)
    return history.since if history else edition.imprint.version


def _changed(edition: Edition, annotation: Annotation) -> list[str]:
    history = edition.register.get(annotation.id)
    return list(history.changed) if history else []


#: An id, without the names of its groups, which are Python's.
_ID = f"^{ID.pattern.replace('?P<siglum>', '').replace('?P<number>', '')}$"

FIELDS = (
    Field("id", "string", "The permanent id: siglum and number.", lambda e, a: a.id,
          {"required": True, "unique": True, "pattern": _ID}),
    Field("text", "string", "The siglum of the text.", lambda e, a: a.siglum, {"required": True}),
    Field("paragraph", "integer", "The paragraph in which it begins, from 1; none in a text without any.", _paragraph),
    Field("layer", "string", "What it does to its lemma.", lambda e, a: a.layer.name, {"required": True}),
    Field("kind", "string", "A finer heading within the layer.", lambda e, a: a.kind, {"required": True}),
    Field("lemma", "string", "The words annotated; none for a place between two characters.", lambda e, a: a.lemma),
    Field("prefix", "string", "What the editor quoted before them, if anything.", lambda e, a: a.selector.prefix),
    Field("suffix", "string", "What the editor quoted behind them, if anything.", lambda e, a: a.selector.suffix),
    Field("start", "integer", "The first code point, from 0, in the text as decoded from UTF-8.",
          lambda e, a: a.span.start, {"required": True, "minimum": 0}),
    Field("end", "integer", "The code point behind the last one.", lambda e, a: a.span.end,
          {"required": True, "minimum": 0}),
    Field("reading", "string", "What the text should say, or what is right; empty for an emendation that deletes; null "
          "for a note, whose cell is empty in CSV.", lambda e, a: a.reading),
    Field("certainty", "string", "How sure the editor is.", lambda e, a: a.certainty.value,
          {"enum": [one.value for one in Certainty if one]}),
    Field("evidence", "string", "What the judgement rests on.", lambda e, a: a.evidence.value,
          {"enum": [one.value for one in Evidence if one]}),
    Field("editor", "string", "The editor, by key.", lambda e, a: a.editor, {"required": True}),
    Field("note", "string", "The note as written: MyST Markdown.", lambda e, a: a.written),
    Field("words", "string", "The words of the note on one line, without citations.", lambda e, a: e.words(a.id)),
    Field("cites", "list", "Keys of the bibliography that the note cites.", lambda e, a: list(a.cites)),
    Field("see", "list", "Ids and passages it refers to.", lambda e, a: list(a.relations.see)),
    Field("contradicts", "list", "Ids and passages it contradicts.", lambda e, a: list(a.relations.contradicts)),
    Field("parallel", "list", "Ids and passages of the same wording.", lambda e, a: list(a.relations.parallel)),
    Field("source", "string", "The key of a work whose words stand beside the lemma.",
          lambda e, a: a.wording.source if a.wording else ""),
    Field("wording", "string", "These words.", lambda e, a: a.wording.quotation if a.wording else ""),
    Field("short", "string", "The lemma as the apparatus shortens it by hand.", lambda e, a: a.short),
    Field("matter", "string", "What several texts disagree in.", lambda e, a: a.matter),
    Field("right", "string", "What is the case in that matter.", lambda e, a: a.right),
    Field("page", "string", "The page of the project on which the text stands.", lambda e, a: a.docname),
    Field("since", "string", "The version that first published it.", _since),
    Field("changed", "list", "The versions that changed it.", _changed),
)  # fmt: skip


def row(edition: Edition, annotation: Annotation) -> dict[str, Any]:
    """An annotation as JSON has it."""
    return {field.name: field.value(edition, annotation) for field in FIELDS}


def cell(value: Any) -> str:
    """A value as CSV has it."""
    if isinstance(value, list):
        return BETWEEN.join(value)
    return "" if value is None else str(value)


def json_schema() -> dict[str, Any]:
    """JSON Schema of the file ``annotations.json``: ``contract.json``."""
    properties: dict[str, Any] = {}
    for field in FIELDS:
        kind: Any = {"list": {"type": "array", "items": {"type": "string"}}}.get(field.type, {"type": field.type})
        if field.name in ("reading", "paragraph"):
            kind = {"type": [field.type, "null"]}
        keys = {name: field.constraints[name] for name in ("pattern", "enum", "minimum") if name in field.constraints}
        properties[field.name] = {**kind, "description": field.says, **keys}
    record = {
        "type": "object",
        "properties": properties,
        "required": [field.name for field in FIELDS],
        "additionalProperties": True,
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Annotations, contract {CONTRACT}",
        "type": "object",
        "properties": {
            "contract": {"const": CONTRACT},
            "edition": {"type": "object"},
            "annotations": {"type": "array", "items": record},
        },
        "required": ["contract", "edition", "annotations"],
    }


def table_schema() -> dict[str, Any]:
    """Table Schema (Frictionless) of ``annotations.csv``."""
    return {
        "fields": [
            {
                "name": field.name,
                "type": "integer" if field.type == "integer" else "string",
                "description": field.says + (f" Several are divided by “{BETWEEN}”." if field.type == "list" else ""),
                **({"constraints": field.constraints} if field.constraints else {}),
            }
            for field in FIELDS
        ],
        "primaryKey": ["id"],
        "missingValues": [""],
    }
