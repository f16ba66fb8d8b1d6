"""The transform that anchors the annotations of a page and lays them over its text."""

from __future__ import annotations

from typing import Any

from sphinx.transforms import SphinxTransform

from sphinx_apparatus.anchoring.edits import EditConflict, Edits
from sphinx_apparatus.anchoring.selector import AnchorAmbiguous, AnchorError
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.reference import ModelError, parse_id
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext import layout
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain, domain_of
from sphinx_apparatus.sphinx_ext.warnings import warn


class Weave(SphinxTransform):
    """Anchor the annotations of a page and lay them over its text.

    After SmartQuotes (priority 855), so that no transform that rewrites prose ever
    meets the text; before UIDTransform (880), which marks what a translator is given.
    """

    default_priority = 875

    def apply(self, **kwargs: Any) -> None:
        """Weave each text of the page."""
        domain = domain_of(self.env)
        pending: dict[str, list[ed.ed_annotation]] = {}
        for node in list(self.document.findall(ed.ed_annotation)):
            node.parent.remove(node)
            pending.setdefault(parse_id(node["annotation"])[0], []).append(node)
        for text_node in self.document.findall(ed.ed_text):
            siglum = text_node["siglum"]
            placed = self._anchor(pending.pop(siglum, []), domain)
            notes = {}
            for annotation, node in placed:
                domain.add_annotation(annotation)
                if "translated" in node:
                    domain.page(annotation.docname).translated[annotation.id] = node["translated"]
                    del node["translated"]
                del node["draft"]
                notes[annotation.id] = node
            ordered = sorted((annotation for annotation, _ in placed), key=lambda a: a.order)
            text_node.extend(layout.build(domain.texts[siglum], ordered, notes))
            for paragraph in text_node.findall(ed.ed_paragraph):
                paragraph.source, paragraph.line = text_node.source, text_node.line
        for siglum, nodes in pending.items():
            for node in nodes:
                warn(
                    Code.NO_TEXT,
                    f"{node['annotation']}: the text {siglum} is not on this page; put the annotation on the page "
                    f"that has the ed:text with :siglum: {siglum}",
                    location=node,
                )

    def _anchor(
        self, own: list[ed.ed_annotation], domain: ApparatusDomain
    ) -> list[tuple[Annotation, ed.ed_annotation]]:
        placed: dict[str, tuple[Annotation, ed.ed_annotation]] = {}
        edits = Edits()
        for node in own:
            draft: Draft = node["draft"]
            text = domain.texts[parse_id(draft.id)[0]].text
            if draft.id in placed or domain.has(draft.id):
                warn(Code.DUPLICATE_ID, f"{draft.id}: this id is given twice; take the next free number", location=node)
                continue
            annotation = _place(draft, text, node)
            if annotation is not None and _fits(annotation, text, edits, node):
                placed[annotation.id] = (annotation, node)
        return list(placed.values())


def _place(draft: Draft, text: Text, node: ed.ed_annotation) -> Annotation | None:
    """The annotation in its text; what hinders it is warned of."""
    try:
        return draft.anchor(text)
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
