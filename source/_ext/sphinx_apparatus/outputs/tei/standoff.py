"""The annotations in TEI, stand-off: each points at its lemma (TEI P5, 17.10).

``annotation`` has no attribute for layer, kind and evidence: they are categories of the
header's taxonomy, to which ``ana`` points.  Its ``motivation`` is a closed list without
*correcting*; *editing* is what the W3C has nearest.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei.body import editor_id
from sphinx_apparatus.outputs.tei.notes import Notes
from sphinx_apparatus.outputs.tei.xml import bibl_id, element, text


def annotation_list(material: Material, notes: Notes, found: Iterable[Annotation]) -> str:
    """The list."""
    made = "".join(annotation(material, notes, one) for one in found)
    return element("listAnnotation", made) if made else ""


def annotation(material: Material, notes: Notes, said: Annotation) -> str:
    """One annotation, all its fields."""
    base = notes.file(said.siglum)
    return element(
        "annotation",
        _selector(said),
        _field("reading", said.reading),
        _field("short", said.short or None),
        _field("matter", said.matter or None),
        _field("right", said.right or None),
        _wording(said),
        element("note", notes.note(material.note(said), said.written) or element("p"), type_="commentary"),
        *(
            element("ref", type_=kind, target=notes.pointer(target))
            for kind in ("see", "contradicts", "parallel")
            for target in getattr(said.relations, kind)
        ),
        xml__id=said.id,
        motivation=said.layer.motivation,
        target=f"{base}#range({said.id}.start,{said.id}.end)",
        resp=f"{base}#{editor_id(said.editor)}",
        cert=said.certainty.value,
        source=" ".join(f"#{bibl_id(key)}" for key in said.cites),
        ana=f"{base}#layer.{said.layer.name} {base}#kind.{said.kind}"
        + (f" {base}#evidence.{said.evidence.value}" if said.evidence else ""),
    )


def _selector(said: Annotation) -> str:
    selector = said.selector
    return element(
        "note",
        *(
            element("seg", text(words), type_=name)
            for name, words in (("prefix", selector.prefix), ("lemma", selector.quote), ("suffix", selector.suffix))
            if words or name == "lemma"
        ),
        type_="selector",
        xml__space="preserve",
    )


def _field(name: str, words: str | None) -> str:
    return "" if words is None else element("note", text(words), type_=name, xml__space="preserve")


def _wording(said: Annotation) -> str:
    if said.wording is None:
        return ""
    quote = element("quote", text(said.wording.quotation), xml__space="preserve")
    return element("note", quote, type_="wording", source=f"#{bibl_id(said.wording.source)}")
