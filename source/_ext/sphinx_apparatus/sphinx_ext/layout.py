"""From a text and its annotations to the rows of the reading page, as nodes."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from docutils import nodes

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.anchoring.weaving import Mark, Run, weave
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.structure import Milestone
from sphinx_apparatus.model.text import Paragraph, Text, TextRecord
from sphinx_apparatus.sphinx_ext import nodes as ed


class Change(NamedTuple):
    """An edit and the id of its emendation: a mark of its own in the weave."""

    edit: Edit
    annotation: str


_Key = str | Change | Milestone


def build(
    record: TextRecord, annotations: Sequence[Annotation], notes: Mapping[str, ed.ed_annotation]
) -> list[nodes.Node]:
    """The children of an ``ed_text``: rows, and the gaps between them.  ``annotations`` are in their order."""
    text = record.text
    string = text.string
    known = {annotation.id: annotation for annotation in annotations}
    here: dict[int, list[Annotation]] = {}
    for annotation in annotations:
        here.setdefault(_home(record, annotation), []).append(annotation)
    local = _local(text, annotations, record.milestones)

    children: list[nodes.Node] = []
    at = 0
    for paragraph in _paragraphs(text):
        if at < paragraph.start:
            children.append(_gap(string[at : paragraph.start]))
        line_end = _line_end(string, paragraph.end)
        row = ed.ed_row(number=paragraph.number, siglum=text.siglum)
        if paragraph.number in record.verses:
            row["verse"] = record.verses[paragraph.number]
        marks = local.get(paragraph.number, [])
        row += _paragraph(string, paragraph, line_end, marks, record)
        own = here.get(paragraph.number, [])
        ids = {annotation.id for annotation in own}
        # Those that are not noted here reach in from before; in their order.
        touching = {mark.key for mark in marks if isinstance(mark.key, str)}
        continued = [a.id for a in sorted((known[key] for key in touching - ids), key=lambda a: a.order)]
        apparatus = ed.ed_apparatus(number=paragraph.number, siglum=text.siglum, continued=continued)
        apparatus.extend(notes[annotation.id] for annotation in own)
        row += apparatus
        children.append(row)
        at = line_end
    if at < len(string):
        children.append(_gap(string[at:]))
    return children


def _paragraphs(text: Text) -> Sequence[Paragraph]:
    return text.paragraphs or (Paragraph(1, len(text.string), len(text.string)),)


def _home(record: TextRecord, annotation: Annotation) -> int:
    paragraph = record.text.paragraph_at(annotation.span.start)
    return paragraph.number if paragraph else 1


def _local(
    text: Text, annotations: Sequence[Annotation], milestones: Sequence[Milestone]
) -> dict[int, list[Mark[_Key]]]:
    """The marks that touch each paragraph, by its number; what touches none is a place at the end of the one before it.

    A mark begins and ends with characters of paragraphs, not with what is between two of them.
    """
    ranked = sorted(annotations, key=lambda a: (a.layer.rank, a.number))
    marks: list[Mark[_Key]] = [Mark(Change(edit, a.id), edit.start, edit.end) for a in ranked for edit in a.edits]
    marks += [Mark(a.id, *a.span) for a in ranked]
    marks += [Mark(milestone, milestone.offset, milestone.offset) for milestone in milestones]
    marks.sort(key=lambda mark: mark.start)
    paragraphs = _paragraphs(text)
    starts = [paragraph.start for paragraph in paragraphs]
    found: dict[int, list[Mark[_Key]]] = {}
    for mark in marks:
        index = max(0, bisect_right(starts, mark.start) - 1)
        home = paragraphs[index]
        touched: list[Paragraph] = []
        while index < len(paragraphs) and paragraphs[index].start < mark.end:
            touched += [paragraphs[index]] if mark.start < paragraphs[index].end else []
            index += 1
        if touched:
            whole = Mark(mark.key, max(mark.start, touched[0].start), min(mark.end, touched[-1].end))
        else:
            at = min(max(mark.start, home.start), home.end)
            whole = Mark(mark.key, at, at)
        for paragraph in touched or [home]:
            found.setdefault(paragraph.number, []).append(whole)
    return found


def _paragraph(
    string: str, paragraph: Paragraph, line_end: int, marks: list[Mark[_Key]], record: TextRecord
) -> ed.ed_paragraph:
    node = ed.ed_paragraph(
        number=paragraph.number,
        siglum=record.text.siglum,
        heading=paragraph.number in record.headings,
        support_smartquotes=False,
    )
    node.extend(_grouped(string, weave(Span(paragraph.start, paragraph.end), marks), record.text.siglum))
    if line_end > paragraph.end:
        node += nodes.Text(string[paragraph.end : line_end])
    return node


def _grouped(string: str, runs: list[Run[_Key]], siglum: str) -> Iterator[nodes.Node]:
    """One ``ed_run`` for each stretch under the same annotations, edits inside it."""
    group: ed.ed_run | None = None
    waiting: list[ed.ed_new] = []
    for run in runs:
        cover = [key for key in run.cover if isinstance(key, str)]
        changes = [key for key in run.cover if isinstance(key, Change)]
        if run.start == run.end:
            place = run.first[0]
            if isinstance(place, str):
                if group is not None:
                    yield group
                    group = None
                yield ed.ed_run(cover=cover, first=[place], last=[place], place=True)
            elif isinstance(place, Milestone):
                # Never within a link: a place of its own, that addresses lead to.
                if group is not None:
                    yield group
                    group = None
                yield ed.ed_milestone(
                    siglum=siglum,
                    unit=place.unit,
                    label=place.number,
                    fragment=f"{siglum}-{place.fragment}",
                    facsimile=place.facsimile,
                )
            elif group is not None and place.annotation in group["cover"]:
                group += _new(place.edit, insertion=True)
            else:
                waiting.append(_new(place.edit, insertion=True))
            continue
        if group is not None and (group["cover"] != cover or not cover):
            yield group
            group = None
        if not cover:
            yield from waiting
            waiting = []
            yield nodes.Text(string[run.start : run.end])
            continue
        if group is None:
            group = ed.ed_run(cover=cover, first=[], last=[], place=False)
        group["first"] = group["first"] + [key for key in run.first if isinstance(key, str)]
        group["last"] = group["last"] + [key for key in run.last if isinstance(key, str)]
        group.extend(waiting)
        waiting = []
        piece: nodes.Node = nodes.Text(string[run.start : run.end])
        if changes:
            edit = changes[0].edit
            piece = ed.ed_old("", "", piece, deletion=not edit.text)
            group += piece
            if run.end == edit.end and edit.text:
                group += _new(edit, insertion=False)
        else:
            group += piece
    if group is not None:
        group.extend(waiting)
        waiting = []
        yield group
    yield from waiting


def _new(edit: Edit, *, insertion: bool) -> ed.ed_new:
    return ed.ed_new("", "", nodes.Text(edit.text), insertion=insertion)


def _line_end(string: str, at: int) -> int:
    if string.startswith("\r\n", at):
        return at + 2
    return at + 1 if string[at : at + 1] in ("\n", "\r") else at


def _gap(string: str) -> ed.ed_gap:
    return ed.ed_gap("", "", nodes.Text(string), support_smartquotes=False)
