"""The transform that anchors the annotations of a page and lays them over its text."""

from __future__ import annotations

from typing import Any, TypeVar

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.edits import EditConflict, Edits
from sphinx_apparatus.anchoring.remedies import LISTED, describe
from sphinx_apparatus.anchoring.selector import AnchorAmbiguous, AnchorError, Selector, Span
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.pages import HEADINGS, begins, name
from sphinx_apparatus.model.reference import ModelError, parse_id
from sphinx_apparatus.model.scheme import renumbered, units
from sphinx_apparatus.model.structure import Milestone
from sphinx_apparatus.model.text import Text, TextRecord
from sphinx_apparatus.model.witness import Witness
from sphinx_apparatus.sphinx_ext import layout
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.conditions import conditions_above, stands
from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain, domain_of
from sphinx_apparatus.sphinx_ext.facing import set_beside
from sphinx_apparatus.sphinx_ext.merging import told_of_tombstone, told_of_witness
from sphinx_apparatus.sphinx_ext.warnings import warn

Found = TypeVar("Found", bound=nodes.Element)


class Weave(SphinxTransform):
    """Anchor the annotations of a page and lay them over its text.

    After SmartQuotes (priority 855), so that no transform that rewrites prose ever
    meets the text; before UIDTransform (880), which marks what a translator is given.
    """

    default_priority = 875

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
            _anchor_milestones(text_node, milestones, domain)
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
        here = {node["siglum"] for node in self.document.findall(ed.ed_text)} | unread
        for lost in milestones:
            if lost["siglum"] not in here and "" not in unread:
                warn(
                    Code.NO_TEXT,
                    f"ed:milestones {lost['siglum']}: the text {lost['siglum']} is not on this page; put the "
                    "milestones on the page of their text",
                    location=lost,
                )
        set_beside(self.document, domain)
        _settle_pages(self.document, domain)
        for siglum, homeless in pending.items():
            if siglum not in unread and "" not in unread:
                _warn_no_text(siglum, homeless)

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
        for node in list(self.document.findall(ed.ed_text)):
            if not self._stands(node):
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
    above = node.parent
    while above is not None and not isinstance(above, nodes.document):
        if isinstance(above, ed.ed_annotation):
            inside = f"within {above['annotation']}"
        elif isinstance(above, nodes.Admonition) or (isinstance(above, nodes.container) and above["classes"]):
            inside = f"within a block of its page ({type(above).__name__})"
        else:
            above = above.parent
            continue
        warn(
            Code.CONDITION,
            f"{node['annotation']} stands {inside}, which does not hold it: a note is shown beside its text. Put it "
            "on the page by itself",
            location=node,
        )
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


def _anchor_milestones(text_node: ed.ed_text, found: list[ed.ed_milestones], domain: ApparatusDomain) -> None:
    """Anchor the milestones of a text; one that has no place is warned of."""
    siglum = text_node["siglum"]
    record = domain.texts[siglum]
    made: list[Milestone] = []
    for node in found:
        for unit, number, words, facsimile, line in node["rows"] if node["siglum"] == siglum else ():
            location = (domain.env.current_document.docname, line)
            try:
                text = record.text
                start = resolve(text.string, Selector(words), folded=True).start
            except AnchorAmbiguous as error:
                shown = "; ".join(describe(text.string, span) for span in error.candidates[:LISTED])
                times = f"{words!r} is in the text {len(error.candidates)} times: {shown}"
                warn(Code.LEMMA_AMBIGUOUS, f"{unit} {number}: {times}; quote more of what follows", location=location)
                continue
            except AnchorError as error:
                warn(Code.LEMMA_MISSING, f"{unit} {number}: {error}", location=location)
                continue
            milestone = Milestone(unit, number, _begin(record, start), facsimile)
            if any(other.fragment == milestone.fragment for other in made):
                warn(Code.OPTION, f"ed:milestones {siglum}: there are two of {unit} {number}", location=location)
                continue
            made.append(milestone)
    if made:
        record = record._replace(milestones=tuple(sorted(made, key=lambda milestone: milestone.offset)))
    _check_units(record, text_node)
    record = record._replace(pages=begins(record))
    if record.restarts:
        spans = [Span(paragraph.start, paragraph.end) for paragraph in record.text.paragraphs]
        record = record._replace(verses=renumbered(record.verses, spans, record.milestones, record.restarts))
    domain.add_text(record)


def _begin(record: TextRecord, offset: int) -> int:
    """Where a milestone is: at the first words of a paragraph, with its indentation and the name of who speaks."""
    paragraph = record.text.paragraph_at(offset)
    if paragraph is None:
        return offset
    before = record.text.string[paragraph.start : offset].lstrip("\ufeff").lstrip()
    verse = record.verses.get(paragraph.number)
    return offset if before[verse.name if verse else 0 :].strip() else paragraph.start


def _check_units(record: TextRecord, text_node: ed.ed_text) -> None:
    """Warn of a unit that numbering or references go by, and of which there is no milestone."""
    named = dict.fromkeys(units(record.reference), ":reference:") if record.reference else {}
    named |= {record.restarts: ":numbering:"} if record.restarts else {}
    named |= {} if record.paged.isdecimal() or not record.paged else {record.paged: ":pages:"}
    for unit, option in named.items():
        if unit == HEADINGS and option == ":pages:":
            if not record.headings:
                _warn_option(record, text_node, ":pages: goes by headings; :headings: has none")
        elif unit not in ("verse", "paragraph") and all(one.unit != unit for one in record.milestones):
            _warn_option(
                record, text_node, f"{option} goes by {unit!r}, of which ed:milestones {record.text.siglum} has none"
            )


def _warn_option(record: TextRecord, text_node: ed.ed_text, message: str) -> None:
    warn(Code.OPTION, f"ed:text {record.text.filename}: {message}", location=text_node)


def _settle_pages(document: nodes.document, domain: ApparatusDomain) -> None:
    """Let one text of a page have further pages, and none of them the name of a page of the project."""
    texts = {node["siglum"]: node for node in document.findall(ed.ed_text)}
    sigla = list(texts)
    divided = [record for siglum in sigla if (record := domain.texts[siglum]).pages and not record.translates]
    for number, record in enumerate(divided):
        taken = [one for first in record.pages if (one := name(record.docname, first)) in domain.env.found_docs]
        node = texts[record.text.siglum]
        if number:
            _warn_option(
                record, node, f":pages: are those of {divided[0].text.siglum} already; give it a page of its own"
            )
        elif taken:
            _warn_option(record, node, f":pages: makes a page {taken[0]}, and there is one; give that another name")
        else:
            continue
        for own in (record, *(domain.texts[siglum] for siglum in sigla)):
            if own is record or own.translates == record.text.siglum:
                domain.add_text(own._replace(pages=()))


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
