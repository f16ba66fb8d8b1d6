"""Lists of annotations as books print them: run on, in two columns that are of one height on their last page.

A table of many columns is for a screen; on paper the list of emendations says page and line,
lemma and reading, and the id.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from docutils import nodes

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.direction import direction, turning
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.outputs.print.edition import EditionVisitors, named
from sphinx_apparatus.outputs.print.index import COLUMN
from sphinx_apparatus.outputs.print.literal import fixed
from sphinx_apparatus.outputs.print.texts import beside_place, lemma_words
from sphinx_apparatus.sphinx_ext.locale import _


class Lists(EditionVisitors):
    """Lists that have a form of their own in print."""

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        #: the names of the lists in two columns
        self.columns: list[str] = []

    def visit_table(self, node: nodes.Element) -> None:
        """Write the list of emendations and that of all annotations run on; other tables as they are."""
        forms = {"ed-emendations": self._emendations, "ed-annotations": self._annotations}
        form = next((forms[name] for name in node["classes"] if name in forms), None)
        found = self._listed(node) if form else []
        if form is None or not found:
            super().visit_table(node)
        self.anchors(node)
        self.in_columns("run-on", form(found) if form else ())
        raise nodes.SkipNode

    def in_columns(self, function: str, rows: Iterable[str]) -> None:
        """Write a list in two columns, a call of a function of ``book.typ``.

        Where on its page it begins is measured with what stands above it in its chapter: how
        much room the first columns have.
        """
        self.columns.append(f"list-{len(self.columns) + 1}")
        name = fixed(self.columns[-1])
        if self.chapter is not None and self.chapter[0] is self.body:
            self.starts.append(f"{''.join(self.body[self.chapter[1] :])}#two-columns({name}, ())\n")
        self.chapter = None
        self.add(f"\n#{function}({name}, {', '.join(rows)})\n")

    def _listed(self, node: nodes.Element) -> list[Annotation]:
        """The annotations that the rows of a table begin with, in their order; none unless all are printed here."""
        rows = [row for part in node.findall(nodes.tbody) for row in part.children]
        found = []
        for row in rows:
            reference = row.next_node(nodes.reference)
            name = named(self.target(reference).partition("#")[2]) if reference is not None else ""
            annotation = None if isinstance(name, Passage) else self.edition.annotations.get(name)
            if annotation is None or annotation.docname not in self.pages:
                return []
            found.append(annotation)
        return found

    def _emendations(self, found: list[Annotation]) -> Iterable[str]:
        """Emendations, corrections, variants, each layer apart: one that proposes nothing is among no emendations."""
        layers = {annotation.layer for annotation in found}
        for layer in self.edition.taxonomy.layers:
            if layer in layers and len(layers) > 1:
                yield f"[#{self.literal(_(layer.plural).capitalize())};]"
            yield from map(self._entry, (annotation for annotation in found if annotation.layer == layer))

    def _annotations(self, found: list[Annotation]) -> Iterable[str]:
        """All annotations, text by text."""
        for siglum, own in groupby(found, key=lambda annotation: annotation.siglum):
            yield f"[#{self.literal(siglum)};]"
            yield from map(self._entry, own)

    def _entry(self, annotation: Annotation) -> str:
        """The id of an annotation, its lemmata and its readings, of a note the lemma alone."""
        string = self.edition.texts[annotation.siglum].text.string
        parts = []
        for part, span in zip(self.edition.entry(annotation.id).parts, self.edition.spans(annotation.id), strict=True):
            if span.start == span.end:
                side, word = beside_place(string, span.start)
                lemma = f"#emph[{side}] #{self.literal(word, COLUMN)};"
            else:
                lemma = f"#{self.literal(' '.join(lemma_words(annotation, string, span, part.lemma)), COLUMN)};"
            if part.reading is None:
                parts.append(lemma)
            else:
                reading = " ".join(part.reading.split())
                shown = f"#{self.literal(reading, COLUMN)};" if reading else f"#emph[#{self.literal(_('delete'))};]"
                turn = turning(part.lemma, direction(self.edition.imprint.language))
                parts.append(f"{lemma}{turn}\\] {shown}")
        # A semicolon would read as part of a reading.
        return f"({fixed(annotation.id)}, [{'#h(1em)'.join(parts)}])"
