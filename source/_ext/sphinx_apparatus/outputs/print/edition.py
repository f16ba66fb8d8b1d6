"""Visitors for our own nodes: a text with its apparatus, and behind it the commentary."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from docutils import nodes

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import shorten, spans
from sphinx_apparatus.model.reference import ModelError, Passage, parse_target
from sphinx_apparatus.model.text import Paragraph, Text, TextRecord
from sphinx_apparatus.outputs.print.chunks import again, behind, chunks, note_at, settle
from sphinx_apparatus.outputs.print.literal import array
from sphinx_apparatus.outputs.print.tables import Tables
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import edition_of


class EditionVisitors(Tables):
    """Texts, the entries at their feet, their commentaries."""

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        # Our nodes have no ids: it is the visitors who give annotations and passages anchors.
        self.pages: Sequence[str] = builder.volume.pages
        self.printed: AbstractSet[str] = builder.printed
        for annotation in self.edition.annotations.values():
            if annotation.docname in self.pages:
                self.known.add(f"{annotation.docname}#{annotation.id}")
        for siglum, record in self.edition.texts.items():
            if record.docname in self.pages:
                self.known.add(f"{record.docname}#{siglum}")
                for paragraph in record.text.paragraphs:
                    self.known.add(f"{record.docname}#{Passage(siglum, paragraph.number).anchor}")

    @property
    def edition(self) -> Edition:
        """The edition that is printed."""
        return edition_of(self.builder.env)

    def holds_text(self, node: nodes.Element) -> bool:
        """Whether a text stands directly in a section."""
        return any(isinstance(child, ed.ed_text) for child in node.children)

    def span(self, fragment: str) -> str:
        """The name under which ``where`` finds an annotation or a paragraph, if it is printed."""
        target = named(fragment)
        if isinstance(target, Passage):
            record = self.edition.texts.get(target.siglum)
            if record is None or (target.paragraph or 0) > len(record.text.paragraphs):
                return ""
            name, docname = target.anchor, record.docname
        elif target in self.edition.annotations:
            name, docname = target, self.edition.annotations[target].docname
        else:
            return ""
        if docname not in self.pages:
            if docname not in self.printed:
                return ""
            self.abroad.add(name)
        return self.literal(name)

    def place(self, name: str, node: nodes.Element) -> str:
        """Page and line; in a table not of a paragraph beside one of its annotations, which has them nearer."""
        passage = named(name.partition("#")[2])
        beside = _line_of_table(node) if isinstance(passage, Passage) else None
        if beside is not None:
            for reference in beside.findall(nodes.reference):
                other = named(self.target(reference).partition("#")[2])
                annotation = None if isinstance(other, Passage) else self.edition.annotations.get(other)
                if annotation and self.edition.passage_of(annotation.id) == passage:
                    return ""
        return super().place(name, node)

    # -- the text ----------------------------------------------------------------------

    def visit_ed_text(self, node: nodes.Element) -> None:
        """Write a text, and behind it its commentary.

        The characters are those of the record, not of the nodes: what is printed is the
        text as it was read, whatever transforms have been at work.
        """
        siglum = node["siglum"]
        record: TextRecord = self.edition.texts[siglum]
        annotations = self.edition.of_text(siglum)
        notes: dict[str, nodes.Element] = {note["annotation"]: note for note in node.findall(ed.ed_annotation)}
        self.anchor(f"{self.files[-1]}#{siglum}")
        self.add(f"\n#source-text({self.literal(siglum)}, lang: {self.literal(node['lang'].split('-')[0])})[\n")
        labels = self._labels(record.text, annotations)
        placed: list[tuple[int, bool, Annotation]] = []
        for annotation in annotations:
            span = settle(record.text, spans(annotation, record.text.string)[0])
            home = record.text.paragraph_at(span.start)
            at = note_at(span, home.end if home else 0)
            placed.append((at, at == span.end, annotation))
        placed.sort(key=lambda triple: triple[0])
        order = {annotation.id: number for number, annotation in enumerate(annotations)}
        ids = [self.literal(annotation.id) for _, _, annotation in placed]
        entries: dict[int, list[str]] = {}
        for (at, late, annotation), before, following in zip(placed, ["none", *ids], [*ids[1:], "none"], strict=False):
            chain = f"order: {order[annotation.id]}, late: {_bool(late)}, previous: {before}, next: {following}"
            entries.setdefault(at, []).append(self._entry(record.text, annotation, chain))
        for paragraph in record.text.paragraphs:
            self.anchor(f"{self.files[-1]}#{siglum}-p{paragraph.number}")
            self._paragraph(record, paragraph, labels, entries)
        self.add("]\n")
        if notes:
            self._commentary(record.text, annotations, notes)
        raise nodes.SkipNode

    def _labels(self, text: Text, annotations: Sequence[Annotation]) -> dict[int, list[str]]:
        """What stands where: names of labels by code point."""
        found: dict[int, list[str]] = {}

        def put(at: int, name: str) -> None:
            found.setdefault(at, []).append(name)

        for paragraph in text.paragraphs:
            anchor = Passage(text.siglum, paragraph.number).anchor
            put(paragraph.start, f"a-{anchor}")
            put(paragraph.end - 1, f"e-{anchor}")
        if text.paragraphs:
            put(text.paragraphs[0].start, f"a-{text.siglum}")
            put(text.paragraphs[-1].end - 1, f"e-{text.siglum}")
        for annotation in annotations:
            home = text.paragraph_at(annotation.span.start)
            for number, span in enumerate((annotation.span, *spans(annotation, text.string))):
                name = annotation.id if number == 0 else f"{annotation.id}.{number}"
                first, last = settle(text, span)
                put(first, f"a-{name}")
                put(last, f"e-{name}")
                if number and home:
                    for other in again(text.string, span, home.start, home.end):
                        put(other, f"{'before' if other < span.start else 'after'}-{name}")
        return found

    def _paragraph(
        self, record: TextRecord, paragraph: Paragraph, labels: dict[int, list[str]], entries: dict[int, list[str]]
    ) -> None:
        text = record.text
        made = chunks(text.string, paragraph.start, paragraph.end)
        names: dict[int, list[str]] = {}
        notes: dict[int, list[str]] = {}
        for table, sorted_in in ((labels, names), (entries, notes)):
            for at in range(paragraph.start, paragraph.end):
                if at in table:
                    sorted_in.setdefault(behind(made, at), []).extend(table[at])
        lines = ""
        for index, chunk in enumerate(made):
            # A tab or the like is a space: a line of a book has no other white space.
            words = chunk.string.lstrip()
            space = " " if len(words) < len(chunk.string) and index else ""
            marks = f", {array(map(self.literal, names[index]))}" if index in names else ""
            lines += f"({chunk.start}, {self.literal(space + words)}{marks}),\n"
            lines += "".join(f"{note},\n" for note in notes.get(index, ()))
        head = ", head: true" if paragraph.number in record.headings else ""
        self.add(f"#paragraph({self.literal(text.siglum)}, {paragraph.number}{head}, (\n{lines}))\n")

    def _entry(self, text: Text, annotation: Annotation, chain: str) -> str:
        shown = self.edition.entry(annotation.id)
        parts = []
        for number, (part, span) in enumerate(zip(shown.parts, spans(annotation, text.string), strict=True), 1):
            place = span.start == span.end
            lemma = " ".join(beside_place(text.string, span.start)) if place else part.lemma
            parts.append(
                f"(id: {self.literal(f'{annotation.id}.{number}')}, after: {_bool(place)}, "
                f"lemma: {self.literal(lemma)}, reading: {self.literal(' '.join((part.reading or '').split()))})"
            )
        return (
            f"entry((text: {self.literal(text.siglum)}, id: {self.literal(annotation.id)}, {chain}, "
            f"layer: {self.literal(annotation.layer.name)}, parts: {array(parts)}))"
        )

    # -- the commentary ----------------------------------------------------------------

    def _commentary(self, text: Text, annotations: Sequence[Annotation], notes: dict[str, nodes.Element]) -> None:
        level = max(2, self.depth - 1)
        self.add(f"\n#heading(level: {level})[Commentary]\n#commentary(\n")
        for annotation in annotations:
            node = notes.get(annotation.id)
            if node is None:
                continue
            paragraph = text.paragraph_at(annotation.span.start)
            self.add(
                f"note({self.literal(text.siglum)}, {self.literal(annotation.id)}, "
                f"{paragraph.number if paragraph else 0}, "
                f"[{self._head(text, annotation)}], [{self._details(annotation)}], [\n"
            )
            self.anchor(f"{self.files[-1]}#{annotation.id}")
            self.add(f"{self.inner(node).strip()}]),\n")
        self.add(")\n")

    def _head(self, text: Text, annotation: Annotation) -> str:
        """Lemma and reading, the reading in full."""
        if annotation.span.start == annotation.span.end:
            side, word = beside_place(text.string, annotation.span.start)
            lemma = f"#emph[{side}] #{self.literal(word)};"
        else:
            lemma = f"#{self.literal(annotation.short or shorten(annotation.lemma))};"
        if annotation.reading is None:
            return f"#strong[{lemma}]\\]"
        recte = "#emph[recte] " if annotation.layer.corrects else ""
        reading = " ".join((self.edition.reading(annotation.id) or "").split())
        return f"#strong[{lemma}]\\] {recte}" + (f"#{self.literal(reading)};" if reading else "#emph[delete]")

    def _details(self, annotation: Annotation) -> str:
        return (
            f"{annotation.kind.capitalize()}; certainty {annotation.certainty.value}, "
            f"evidence {annotation.evidence.value}."
        )

    def visit_ed_wording(self, node: nodes.Element) -> None:
        """Write the words of a source beside the lemma."""
        self.add(f"\n#aside([_Its source has_])[{self.inner(node).strip()}]\n")
        raise nodes.SkipNode

    def visit_ed_relations(self, node: nodes.Element) -> None:
        """Write what a note stands beside: lines of its last paragraph, so that no page begins with one alone."""
        lines = [self.inner(line).strip() for line in node.children if isinstance(line, nodes.Element)]
        parent = node.parent
        follows = isinstance(parent[parent.index(node) - 1], nodes.paragraph)
        self.body = ["".join(self.body).rstrip(), "#linebreak();" if follows else "\n\n", "#linebreak();".join(lines)]
        raise nodes.SkipNode


def beside_place(string: str, at: int) -> tuple[str, str]:
    """How an entry names a place: by the word before it, or where there is none, by the one behind."""
    before = string[:at].rsplit("\n", 1)[-1].split()
    if before:
        return "after", before[-1]
    behind_it = string[at:].split("\n", 1)[0].split()
    return "before", behind_it[0] if behind_it else ""


def _bool(value: bool) -> str:
    return "true" if value else "false"


def named(fragment: str) -> str | Passage:
    """What the anchor of an annotation, a text or a paragraph names; empty for any other."""
    try:
        return parse_target(fragment.replace("-p", " ¶"))
    except ModelError:
        return ""


def _line_of_table(node: nodes.Element) -> nodes.Element | None:
    """The row in which a node stands, or its item of a list there."""
    item: nodes.Element | None = None
    above = node.parent
    while isinstance(above, nodes.Element) and not isinstance(above, nodes.row):
        if item is None and isinstance(above, nodes.list_item):
            item = above
        above = above.parent
    return None if above is None else item or above
