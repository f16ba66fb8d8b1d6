"""The transform that anchors the annotations of a page and lays them over its text."""

from __future__ import annotations

from typing import Any, TypeVar

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_apparatus.anchoring.edits import EditConflict, Edits
from sphinx_apparatus.anchoring.selector import AnchorAmbiguous, AnchorError
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.reference import ModelError, parse_id
from sphinx_apparatus.model.text import Text, TextRecord
from sphinx_apparatus.model.witness import Witness
from sphinx_apparatus.sphinx_ext import layout
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.conditions import conditions_above, stands
from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain, domain_of
from sphinx_apparatus.sphinx_ext.facing import set_beside
from sphinx_apparatus.sphinx_ext.merging import told_of_tombstone, told_of_witness
from sphinx_apparatus.sphinx_ext.milestones import anchor_milestones, settle_pages, warn_lost
from sphinx_apparatus.sphinx_ext.warnings import warn

#: What to do with what stands where nothing can hold it.
_ALONE = "Put it on the page by itself"

Found = TypeVar("Found", bound=nodes.Element)


class Weave(SphinxTransform):
    """Anchor the annotations of a page and lay them over its text."""

    def apply(self, **kwargs: Any) -> None:
        """Weave each text of the page."""
        domain = domain_of(self.env)
        unread = {node["siglum"] for node in self._taken(ed.ed_unread)}
        self._leave_out_texts(domain)
        for recorded in self._taken(ed.ed_record):
            self._record(recorded, domain)
        milestones = self._taken(ed.ed_milestones)
        pending: dict[str, list[ed.ed_annotation]] = {}
        for node in self._taken(ed.ed_annotation):
            pending.setdefault(parse_id(node["annotation"])[0], []).append(node)
        for text_node in self.document.findall(ed.ed_text):
            siglum = text_node["siglum"]
            anchor_milestones(text_node, milestones, domain)
            placed = self._anchor(pending.pop(siglum, []), domain)
            notes = {}
            for annotation, node in placed:
                domain.add_annotation(annotation)
                if "translated" in node:
                    domain.page(annotation.docname).translated[annotation.id] = node["translated"]
                    del node["translated"]
                del node["draft"], node["within"]
                notes[annotation.id] = node
            ordered = sorted((annotation for annotation, _ in placed), key=lambda a: a.order)
            text_node.extend(layout.build(domain.texts[siglum], ordered, notes))
            for paragraph in text_node.findall(ed.ed_paragraph):
                paragraph.source, paragraph.line = text_node.source, text_node.line
        set_beside(self.document, domain)
        settle_pages(self.document, domain)
        if "" in unread:  # of which text it is, is not known
            return
        warn_lost(milestones, {node["siglum"] for node in self.document.findall(ed.ed_text)} | unread)
        for siglum in sorted(pending.keys() - unread):
            _warn_no_text(siglum, pending[siglum])

    def _taken(self, kind: type[Found]) -> list[Found]:
        """The nodes of a kind, out of their places; without those that a condition leaves out."""
        found = list(self.document.findall(kind))
        kept = []
        for node in found:
            parent = node.parent
            if self._stands(node):
                kept.append(node)
                _warn_inside(node)
            parent.remove(node)
            _clear_away(parent)
        return kept

    def _stands(self, node: nodes.Element) -> bool:
        """Whether a node is of the edition, whatever stands around it."""
        above = list(conditions_above(node))
        if not above:
            return True
        page = domain_of(self.env).page(self.env.current_document.docname)
        record = node.get("record")
        name = (
            node.get("annotation") or node.get("siglum") or getattr(record, "id", "") or getattr(record, "siglum", "")
        )
        return stands(domain_of(self.env).app, node, str(name), page.conditions)

    def _leave_out_texts(self, domain: ApparatusDomain) -> None:
        """Leave out texts that a condition leaves out, or that stand within a note."""
        for node in list(self.document.findall(ed.ed_text)):
            note = next((above for above in ed.around(node) if isinstance(above, ed.ed_annotation)), None)
            if note is not None:
                told = f"ed:text {node['siglum']} stands within {note['annotation']}, which does not hold it. {_ALONE}"
                warn(Code.CONDITION, told, location=node)
            if note is not None or not self._stands(node):
                domain.take_out(node["siglum"])
                node.parent.remove(node)

    def _record(self, node: ed.ed_record, domain: ApparatusDomain) -> None:
        record = node["record"]
        if isinstance(record, Witness):
            other = domain.witness(record.key)
            if other is None:
                domain.add_witness(record)
                return
            warn(Code.WITNESS, told_of_witness(record.siglum, other), location=node)
        else:
            if not domain.has(record.id):
                domain.add_tombstone(record)
                return
            warn(Code.DUPLICATE_ID, told_of_tombstone(record.id), location=node)
        domain.page(record.docname).rivalled = True

    def _anchor(
        self, own: list[ed.ed_annotation], domain: ApparatusDomain
    ) -> list[tuple[Annotation, ed.ed_annotation]]:
        placed: dict[str, tuple[Annotation, ed.ed_annotation]] = {}
        seen: dict[str, ed.ed_annotation] = {}
        edits = Edits()
        for node in own:
            draft: Draft = node["draft"]
            record = domain.texts[parse_id(draft.id)[0]]
            if draft.id in seen or domain.has(draft.id):
                first = _first(draft.id, seen, domain)
                free = domain.next_free(record.text.siglum, [other["annotation"] for other in own])
                warn(
                    Code.DUPLICATE_ID,
                    f"{draft.id}: this id is given twice, first in {first}; the next free one is {free}",
                    location=node,
                )
                domain.page(draft.docname).rivalled = True
                continue
            seen[draft.id] = node
            annotation = _place(draft, record, node)
            if annotation is not None and _fits(annotation, record.text, edits, node):
                placed[annotation.id] = (annotation, node)
        return list(placed.values())


def _clear_away(holder: nodes.Element) -> None:
    """Take out a block that held nothing but what was taken from it: a quotation, a list, an admonition."""
    while (
        holder.parent is not None
        and not isinstance(holder, (nodes.document, nodes.section, ed.ed_annotation))
        and not any(not isinstance(child, (nodes.title, nodes.Invisible)) for child in holder.children)
    ):
        above = holder.parent
        above.remove(holder)
        holder = above


def _warn_inside(node: nodes.Element) -> None:
    """Warn of a block that an annotation is lifted out of, and that may have been meant to hold it."""
    if not isinstance(node, ed.ed_annotation):
        return
    for above in ed.around(node):
        if isinstance(above, ed.ed_annotation):
            inside = f"within {above['annotation']}"
        elif isinstance(above, nodes.Admonition) or (isinstance(above, nodes.container) and above["classes"]):
            inside = f"within a block of its page ({type(above).__name__})"
        else:
            continue
        told = (
            f"{node['annotation']} stands {inside}, which does not hold it: a note is shown beside its text. {_ALONE}"
        )
        warn(Code.CONDITION, told, location=node)
        return


def _warn_no_text(siglum: str, homeless: list[ed.ed_annotation]) -> None:
    for node in homeless:
        warn(
            Code.NO_TEXT,
            f"{node['annotation']}: the text {siglum} is not on this page; put the annotation on the page "
            f"that has the ed:text with :siglum: {siglum}",
            location=node,
        )


def _first(identifier: str, seen: dict[str, ed.ed_annotation], domain: ApparatusDomain) -> str:
    """Where an id stands first: file and line, or the page of its tombstone."""
    if identifier in seen:
        node = seen[identifier]
        return f"line {node.line} of this page"
    if identifier in domain.annotations:
        annotation = domain.annotations[identifier]
        return f"{annotation.docname}, line {annotation.line}"
    return f"{domain.tombstones[identifier].docname}, where it is withdrawn"


def _place(draft: Draft, record: TextRecord, node: ed.ed_annotation) -> Annotation | None:
    """The annotation in its text; what hinders it is warned of."""
    words = node["within"].removeprefix(record.text.siglum).strip()
    try:
        within = record.region(words) if words else None
    except ModelError as error:
        warn(Code.OPTION, f"{draft.id}: :in: {error}", location=node)
        return None
    try:
        return draft.anchor(record.text, within)
    except AnchorError as error:
        code = Code.LEMMA_AMBIGUOUS if isinstance(error, AnchorAmbiguous) else Code.LEMMA_MISSING
        warn(code, f"{draft.id}: {error}", location=node)
    except ModelError as error:
        warn(Code.READING, f"{draft.id}: {error}", location=node)
    return None


def _fits(annotation: Annotation, text: Text, edits: Edits, node: ed.ed_annotation) -> bool:
    """Whether an annotation changes nothing that another changes; if it does, that is warned of."""
    try:
        edits.add(annotation.edits, annotation.id)
    except EditConflict as error:
        warn(
            Code.EDIT_OVERLAP,
            f"{annotation.id}: changes {text.string[error.second.start : error.second.end]!r}, which "
            f"{error.owner or annotation.id} changes too; shorten one lemma or join the two",
            location=node,
        )
        return False
    return True
