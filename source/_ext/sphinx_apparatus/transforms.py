"""The transforms: anchoring and weaving when a page is read, relations when it is written."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_apparatus import nodes as ed
from sphinx_apparatus import rows
from sphinx_apparatus.anchoring import AnchorAmbiguous, AnchorError
from sphinx_apparatus.annotations import Annotation, Layer, ModelError, parse_id
from sphinx_apparatus.diagnostics import Diagnostic
from sphinx_apparatus.drafts import Draft
from sphinx_apparatus.editing import EditConflict, check


class Weave(SphinxTransform):
    """Anchor the annotations of a page and lay them over its text.

    After SmartQuotes (priority 855), so that no transform that rewrites prose ever
    meets the text; before UIDTransform (880), which marks what a translator is given.
    """

    default_priority = 875

    def apply(self, **kwargs: Any) -> None:
        """Weave each text of the page."""
        domain: Any = self.env.domains["ed"]
        pending = list(self.document.findall(ed.ed_annotation))
        for node in pending:
            node.parent.remove(node)
        for text_node in self.document.findall(ed.ed_text):
            siglum = text_node["siglum"]
            record = domain.texts[siglum]
            own = [node for node in pending if parse_id(node["annotation"])[0] == siglum]
            pending = [node for node in pending if node not in own]
            placed = self._anchor(own, domain)
            notes = {}
            for annotation, node in placed:
                domain.annotations[annotation.id] = annotation
                del node["draft"]
                notes[annotation.id] = node
            ordered = sorted((annotation for annotation, _ in placed), key=lambda a: a.order)
            text_node.extend(rows.build(record, ordered, notes))
            for paragraph in text_node.findall(ed.ed_paragraph):
                paragraph.source, paragraph.line = text_node.source, text_node.line
        for node in pending:
            siglum = parse_id(node["annotation"])[0]
            Diagnostic.NO_TEXT.warn(
                f"{node['annotation']}: the text {siglum} is not on this page; put the annotation on the page "
                f"that has the ed:text with :siglum: {siglum}",
                location=node,
            )

    def _anchor(self, own: list[ed.ed_annotation], domain: Any) -> list[tuple[Annotation, ed.ed_annotation]]:
        placed: dict[str, tuple[Annotation, ed.ed_annotation]] = {}
        edits: dict[Any, str] = {}
        for node in own:
            draft: Draft = node["draft"]
            text = domain.texts[parse_id(draft.id)[0]].text
            if draft.id in placed or domain.has(draft.id):
                Diagnostic.DUPLICATE_ID.warn(
                    f"{draft.id}: this id is given twice; take the next free number", location=node
                )
                continue
            try:
                annotation = draft.anchor(text)
            except AnchorError as error:
                code = Diagnostic.LEMMA_AMBIGUOUS if isinstance(error, AnchorAmbiguous) else Diagnostic.LEMMA_MISSING
                code.warn(f"{draft.id}: {error}", location=node)
                continue
            except ModelError as error:
                Diagnostic.READING.warn(f"{draft.id}: {error}", location=node)
                continue
            try:
                check([*edits, *annotation.edits])
            except EditConflict as error:
                first = edits.get(error.first) or edits.get(error.second) or annotation.id
                Diagnostic.EDIT_OVERLAP.warn(
                    f"{draft.id}: changes {text.string[error.second.start : error.second.end]!r}, which {first} "
                    "changes too; shorten one lemma or join the two",
                    location=node,
                )
                continue
            edits.update(dict.fromkeys(annotation.edits, annotation.id))
            if annotation.layer is Layer.CORRECTION and not annotation.cites:
                Diagnostic.NO_EVIDENCE.warn(
                    f"{draft.id}: a correction of fact needs a citation of the work that shows it", location=node
                )
            placed[annotation.id] = (annotation, node)
        return list(placed.values())


#: Scripts that are marked with their language; Unicode blocks, BCP 47 tags.
_SCRIPTS = (
    ("ko", "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af"),
    ("ko-Hani", "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"),
    ("ru", "\u0400-\u04ff"),
)
_FOREIGN = re.compile(
    "|".join(f"(?P<s{n}>[{block}](?:[{block} ]*[{block}])?)" for n, (_, block) in enumerate(_SCRIPTS))
)


class ForeignScripts(SphinxTransform):
    """Mark Hangul, hanja and Cyrillic in the editors' prose with their language (WCAG 3.1.2)."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Wrap each run of such a script."""
        for text in list(self.document.findall(nodes.Text)):
            string = text.astext()
            if not _FOREIGN.search(string) or _is_literal(text):
                continue
            made: list[nodes.Node] = []
            at = 0
            for match in _FOREIGN.finditer(string):
                if match.start() > at:
                    made.append(nodes.Text(string[at : match.start()]))
                language = _SCRIPTS[int((match.lastgroup or "s0")[1:])][0]
                made.append(ed.ed_foreign("", match[0], lang=language))
                at = match.end()
            if at < len(string):
                made.append(nodes.Text(string[at:]))
            text.parent.replace(text, made)


def _is_literal(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.title, ed.ed_foreign, ed.ed_text)):
            return True
        node = node.parent
    return False
