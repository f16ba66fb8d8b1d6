"""From what the pure modules compute to docutils nodes: one function a list."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder

from sphinx_apparatus.annotations import Annotation, Layer, Passage
from sphinx_apparatus.concordances import census, contradictions, parallels
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, items, pieces, quoted, spaced, table
from sphinx_apparatus.concordances.words import Piece, outside
from sphinx_apparatus.diagnostics import Diagnostic
from sphinx_apparatus.texts import Text
from sphinx_apparatus.writing import reference


@dataclass(frozen=True)
class Page:
    """The page a list stands on, and what it may look up."""

    docname: str
    domain: Any
    env: Any
    builder: Builder

    def ref(self, target: str | Passage) -> pending_xref:
        """A link to an annotation or a passage."""
        return reference(self.docname, str(target))

    def cite(self, key: str) -> pending_xref:
        """A citation."""
        node = pending_xref("", refdomain="cite", reftype="t", reftarget=key, refexplicit=False)
        node["refwarn"], node["refdoc"] = True, self.docname
        node += nodes.inline("", key)
        return node

    def place(self, annotation: Annotation) -> Passage:
        """The paragraph in which an annotation begins."""
        return Passage(annotation.siglum, self.domain.paragraph_of(annotation) or None)

    @property
    def annotations(self) -> list[Annotation]:
        """All annotations in the order of the texts."""
        return self.domain.sorted_annotations()  # type: ignore[no-any-return]

    @property
    def texts(self) -> list[Text]:
        """The texts in order."""
        return [self.domain.texts[siglum].text for siglum in self.domain.sigla()]


def contradictions_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Matter, what each text says, what is right."""
    columns = (Column("Matter", 20), Column("What the texts say", 50), Column("What is right", 30))
    rows = []
    for matter in contradictions.matters(page.annotations):
        said = items(
            spaced(page.ref(page.place(a)), " ", quoted(a.lemma), " (", page.ref(a.id), ")") for a in matter.annotations
        )
        right = [
            nodes.paragraph("", "", *spaced(f"{right.words} (", page.ref(right.annotation), ")"))
            for right in matter.right
        ]
        rows.append((matter.name, said, right or "Not decided."))
    return [table(columns, rows, "ed-contradictions")] if rows else [_nothing("No annotation names a matter.")]


def parallels_tables(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The rule, and each passage beside its parallel."""
    made: list[nodes.Node] = []
    only = placeholder["options"].get("of")
    if only != "sources":
        least = placeholder["options"]["words"]
        made.append(nodes.paragraph("", _RULE.format(least=least), classes=["ed-rule"]))
        shared = parallels.between(page.texts, least)
        if not shared:
            made.append(_nothing("No two of the texts share so long a run."))
        for found in shared:
            made.append(_beside([page.ref(place) for place in found.places], found.collation))
            lengths = ", ".join(str(run) for run in found.runs)
            made.append(nodes.paragraph("", f"Words in common, one after another: {lengths}.", classes=["ed-rule"]))
    if only != "texts":
        for sourced in parallels.sourced(page.annotations):
            annotation = page.domain.annotations[sourced.annotation]
            heads = [
                spaced(page.ref(page.place(annotation)), " (", page.ref(annotation.id), ")"),
                page.cite(sourced.source),
            ]
            made.append(_beside(heads, sourced.collation))
    return made


_RULE = (
    "The rule: every run of {least} or more words that two of the texts have in common, in the same order, letter "
    "case, punctuation, apostrophes and calls to notes left out of account; each run is as long as it can be. Every "
    "pair of texts has been compared. A run is shown with the whole of the sentences in which it stands, and what "
    "differs between the two is marked."
)


def _beside(heads: list[Any], collation: Any) -> nodes.table:
    made = table((Column("", 50), Column("", 50)), [(pieces(collation.first), pieces(collation.second))], "ed-beside")
    for entry, head in zip(made.findall(nodes.entry), heads, strict=False):
        paragraph = nodes.paragraph("", "", *spaced(head))
        entry.children.clear()
        entry += paragraph
    return made


def emendations_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Every emendation and correction, or the layers asked for."""
    layers = placeholder["options"].get("layers") or (Layer.EMENDATION, Layer.CORRECTION)
    columns = (
        Column("Id", 15, ("sort",)),
        Column("Place", 8, ("sort", "filter-text")),
        Column("What stands", 26, ("sort", "search")),
        Column("What should stand", 25, ("sort", "search")),
        Column("Kind", 14, ("sort", "filter")),
        Column("Certainty", 12, ("sort", "filter")),
    )
    rows = [
        (
            page.ref(annotation.id),
            page.ref(page.place(annotation)),
            pieces(stands(annotation)) or "‸",
            pieces(should_stand(annotation)) or nodes.emphasis("", "delete"),
            annotation.kind if annotation.layer is Layer.EMENDATION else f"{annotation.layer.value}: {annotation.kind}",
            annotation.certainty.value,
        )
        for annotation in page.annotations
        if annotation.layer in layers
    ]
    return [table(columns, rows, "ed-emendations", "ed-sortable")]


def stands(annotation: Annotation) -> list[Piece]:
    """The lemma in pieces, what an emendation changes marked."""
    found: list[Piece] = []
    at = annotation.span.start
    for edit in annotation.edits:
        found += (_piece(annotation, at, edit.start, False), _piece(annotation, edit.start, edit.end, True))
        at = edit.end
    return outside((*found, _piece(annotation, at, annotation.span.end, False)))


def should_stand(annotation: Annotation) -> list[Piece]:
    """The reading in pieces, what an emendation supplies marked."""
    if not annotation.edits:
        return [Piece(annotation.reading, False)] if annotation.reading else []
    found: list[Piece] = []
    at = annotation.span.start
    for edit in annotation.edits:
        found += (_piece(annotation, at, edit.start, False), Piece(edit.text, True))
        at = edit.end
    return outside((*found, _piece(annotation, at, annotation.span.end, False)))


def _piece(annotation: Annotation, start: int, end: int, differs: bool) -> Piece:
    base = annotation.span.start
    return Piece(annotation.lemma[start - base : end - base], differs)


def sigla_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Siglum, text, size, annotations; and the files."""
    columns = (
        Column("Siglum", 12),
        Column("Text", 24),
        Column("Paragraphs", 13),
        Column("Words", 9),
        *(Column(name.capitalize(), 14) for name in census.LAYERS.values()),
    )
    rows: list[list[Cell]] = []
    for text in page.texts:
        name = page.domain.title_of(text.siglum)
        size = (len(text.paragraphs), f"{census.count_words(text):,}")
        rows.append([page.ref(text.siglum), name, *size, *census.by_layer(page.annotations, text.siglum)])
    files: list[list[Cell]] = [
        [text.siglum, nodes.literal("", text.filename), nodes.literal("", f"{text.sha256[:16]}…")]
        for text in page.texts
    ]
    about = (Column("Siglum", 9), Column("File", 50), Column("SHA-256, its first 16 digits", 41))
    return [table(columns, rows, "ed-sigla"), table(about, files, "ed-files")]


def statistics_tables(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Counts by layer and kind, by certainty, by evidence."""
    sigla = page.domain.sigla()
    made: list[nodes.Node] = []
    for heading, rows in (
        ("Layer and kind", census.by_kind(page.annotations, sigla)),
        ("Certainty", census.by_certainty(page.annotations, sigla)),
        ("Evidence", census.by_evidence(page.annotations, sigla)),
    ):
        columns = (Column(heading, 40), *(Column(siglum, 10) for siglum in sigla), Column("All", 10))
        cells: list[list[Cell]] = [
            [nodes.strong("", row.label) if row.head else row.label, *row.counts, row.total] for row in rows
        ]
        made.append(table(columns, cells, "ed-counts"))
    return made


def diagnostics_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Every code and its meaning."""
    rows = [(nodes.literal("", f"ed.{code.value}"), _marked(code.__doc__ or "")) for code in Diagnostic]
    return [table((Column("Code", 22), Column("Meaning and remedy", 78)), rows, "ed-diagnostics")]


def _marked(words: str) -> list[nodes.Node]:
    """Text with its ``literals``."""
    return [
        nodes.literal("", part) if number % 2 else nodes.Text(part)
        for number, part in enumerate(re.split(r"``(.+?)``", " ".join(words.split())))
        if part
    ]


def editors_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Editors, and how many annotations of each text are theirs."""
    sigla = page.domain.sigla()
    columns = (Column("Key", 12), Column("Responsible", 48), *(Column(siglum, 8) for siglum in sigla), Column("All", 8))
    rows: list[list[Cell]] = []
    for key, name in page.env.config.apparatus_editors.items():
        own = [annotation.siglum for annotation in page.annotations if annotation.editor == key]
        rows.append([nodes.literal("", key), str(name), *(own.count(siglum) for siglum in sigla), len(own)])
    return [table(columns, rows, "ed-counts", "ed-editors")]


def _nothing(words: str) -> nodes.paragraph:
    return nodes.paragraph("", words)


RENDERERS: dict[str, Callable[[Page, ed_list], list[nodes.Node]]] = {
    "contradictions": contradictions_table,
    "parallels": parallels_tables,
    "emendations": emendations_table,
    "sigla": sigla_table,
    "statistics": statistics_tables,
    "diagnostics": diagnostics_table,
    "editors": editors_table,
}
