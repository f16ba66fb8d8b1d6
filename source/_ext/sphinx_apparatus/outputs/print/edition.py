"""Visitors for our own nodes: a text with its apparatus, and behind it the commentary."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Any

from docutils import nodes

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.direction import direction, turning
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.reference import ModelError, Passage, parse_target
from sphinx_apparatus.model.text import Paragraph, TextRecord
from sphinx_apparatus.outputs.print.facing import Side, facing_page, openings
from sphinx_apparatus.outputs.print.literal import array, fixed
from sphinx_apparatus.outputs.print.tables import Tables
from sphinx_apparatus.outputs.print.texts import (
    Foot,
    Spot,
    beside_place,
    feet,
    lemma_words,
    line_strings,
    spot,
    wide_gaps,
)
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _

#: The certainty of a note, where it is not high, and the evidence, in short (TEI ``cert`` and ``evidence``).
CERTAINTY = {"high": "", "medium": "medium", "low": "low", "unknown": "uncertain"}
EVIDENCE = {"internal": "int.", "external": "ext.", "conjecture": "conj."}

#: How many characters a code may have that no line parts.
CODE = 40

#: What ends a line where a paragraph goes on (UAX 14, classes BK and NL).
FORCING = frozenset("\v\f\x85\u2028\u2029")


class EditionVisitors(Tables):
    """Texts, the entries at their feet, their commentaries."""

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        #: entries by id, lines by siglum, what is to be located by name, and what is to be measured
        self.feet: dict[str, Foot] = {}
        self.lines: dict[str, Lines] = {}
        self.spots: dict[str, Spot] = {}
        self.rows: list[str] = []
        #: what stands above a text on its page, with its first line; and by how many lines paragraphs are set apart
        self.starts: list[str] = []
        self.whites: dict[str, dict[int, float]] = {}
        #: where in the body the chapter with the first text begins, and how many chapters are before it
        self.first: tuple[int, int] | None = None
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
        return any(isinstance(child, (ed.ed_text, ed.ed_facing)) for child in node.children)

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
        return fixed(name)

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
        text, lines = record.text, self.edition.lines_of(siglum)
        self._locate(record, lines)
        self.anchor(f"{self.files[-1]}#{siglum}")
        self._open(record)
        if text.paragraphs:
            begin = self.string(line_strings(text, lines, text.paragraphs[0])[0])
            head = ", head: true" if 1 in record.headings else ""
            above = "".join(self.body[self.begins :])
            self.starts.append(f"{above}#paragraph({fixed(siglum)}, 1, 1{head}, ({begin},))\n]\n")
        for paragraph in text.paragraphs:
            self._paragraph(record, lines, paragraph)
        self.add("]\n")
        self._commentary(node)
        raise nodes.SkipNode

    def visit_ed_facing(self, node: nodes.Element) -> None:
        """Write a text and its translation on facing pages, and behind them the commentary of each."""
        sides = []
        builder: Any = self.builder
        page = facing_page(builder.measures)
        texts = [child for child in node.children if isinstance(child, ed.ed_text)]
        records = [self.edition.texts[text["siglum"]] for text in texts]
        for record in records:
            siglum, lines = record.text.siglum, self.edition.lines_of(record.text.siglum)
            self._locate(record, lines)
            strings = dict(
                enumerate((s for p in record.text.paragraphs for s in line_strings(record.text, lines, p)), 1)
            )
            own = [foot for foot in self.feet.values() if foot.text == siglum]
            sides.append(Side(strings, lines, self.whites[siglum], own, page))
        one, other = sides
        for number, opening in enumerate(openings(node["bands"], one, other, page)):
            for record, side, runs, parity in zip(records, sides, opening, ("even", "odd"), strict=True):
                self.add(f'\n#pagebreak(to: "{parity}", weak: true)\n')
                if not number:
                    self.anchor(f"{self.files[-1]}#{record.text.siglum}")
                self._open(record)
                for run in runs:
                    self._paragraph(record, side.lines, record.text.paragraph(run.paragraph), (run.first, run.last))
                self.add("]\n")
        self.add("\n#pagebreak(weak: true)\n")
        for text in texts:
            self._commentary(text, named=True)
        raise nodes.SkipNode

    def _open(self, record: TextRecord) -> None:
        language = fixed(record.language.split("-")[0])
        self.add(f"\n#source-text({fixed(record.text.siglum)}, lang: {language}, dir: {record.direction})[\n")

    def _locate(self, record: TextRecord, lines: Lines) -> None:
        """Note where the text, its paragraphs and its annotations stand."""
        text = record.text
        if self.first is None:
            self.first = self.opened, self.earlier
        self.lines[text.siglum] = lines
        self.feet.update({foot.id: foot for foot in feet(self.edition, text, lines)})
        gaps = wide_gaps(text) | {n for n, verse in record.verses.items() if verse.first and n > 1}
        self.whites[text.siglum] = {
            p.number: 1.0 if p.number in gaps else 0.5
            for p in text.paragraphs[1:]
            if p.number in gaps or p.number in record.headings
        }
        if text.paragraphs:
            self.spots[text.siglum] = Spot(text.siglum, 1, len(lines))
        for paragraph in text.paragraphs:
            own = lines.of_paragraph(paragraph.number)
            self.spots[Passage(text.siglum, paragraph.number).anchor] = Spot(text.siglum, own[0], own[-1])
        for annotation in self.edition.of_text(text.siglum):
            self.spots[annotation.id] = spot(text, lines, annotation.span)

    def _paragraph(
        self, record: TextRecord, lines: Lines, paragraph: Paragraph, within: tuple[int, int] | None = None
    ) -> None:
        """Write a paragraph, or the lines ``within`` it that are on a page."""
        siglum = record.text.siglum
        home = lines.of_paragraph(paragraph.number)
        first, last = within or (home[0], home[-1])
        strings = line_strings(record.text, lines, paragraph)[first - home[0] : last - home[0] + 1]
        head = paragraph.number in record.headings
        verse = record.verses.get(paragraph.number)
        wide = self.whites[siglum].get(paragraph.number) == 1.0
        options = (", head: true" if head else "") + (", gap: true" if wide else "")
        options += (", follows: true" if first > home[0] else "") + (", goes-on: true" if last < home[-1] else "")
        if first == home[0]:
            self.anchor(f"{self.files[-1]}#{siglum}-p{paragraph.number}")
        if verse is not None:
            line = record.text.string[paragraph.start : paragraph.end].expandtabs()
            indent = len(line) - len(line.lstrip())
            options += f", verse: (indent: {indent}, role: {fixed(verse.role)}, name: {verse.name})"
        words = [self.string(string) for string in strings]
        # White space at the end of a line parts its words from the next for who hears or copies them; two spaces say
        # that the text itself ends the line, which is not stretched then.
        own = [record.text.string[slice(*lines.span(number))] for number in range(first, last + 1)]
        ends = [line[len(line.rstrip()) :] for line in own]
        behind = [
            "  " if FORCING & set(end) else " " if end and number < home[-1] else ""
            for number, end in enumerate(ends, first)
        ]
        spaced = [string + space for string, space in zip(strings, behind, strict=True)]
        rows = "".join(f"{self.string(string)},\n" for string in spaced)
        self.add(f"#paragraph({fixed(siglum)}, {paragraph.number}, {first}{options}, (\n{rows}))\n")
        indented = home[0] if paragraph.number != 1 and not head and verse is None else 0
        told = array(
            array((str(number), line, str(string.count(" ")), str(number == indented).lower()))
            for number, (line, string) in enumerate(zip(words, strings, strict=True), first)
        )
        self.rows.append(array((fixed(siglum), fixed(record.language.split("-")[0]), str(head).lower(), told)))

    # -- the commentary ----------------------------------------------------------------

    def _commentary(self, node: nodes.Element, *, named: bool = False) -> None:
        """Write the commentary of a text, ``named`` where that of another stands beside it."""
        notes: dict[str, nodes.Element] = {note["annotation"]: note for note in node.findall(ed.ed_annotation)}
        if not notes:
            return
        level = max(2, self.depth - 1)
        title = f"{_('Commentary')} ({node['siglum']})" if named else _("Commentary")
        self.add(f"\n#heading(level: {level})[#{self.literal(title)};]\n#commentary(\n")
        for annotation in self.edition.of_text(node["siglum"]):
            note = notes.get(annotation.id)
            if note is None:
                continue
            self.add(f"note({fixed(annotation.id)}, [{self._head(annotation)}], [{self._details(annotation)}], [\n")
            self.anchor(f"{self.files[-1]}#{annotation.id}")
            body = self.inner(note).strip()
            self.add(f"{body}]{'' if body else ', bare: true'}),\n")
        self.add(")\n")

    def _head(self, annotation: Annotation) -> str:
        """Lemma and reading, the reading in full."""
        string = self.edition.texts[annotation.siglum].text.string
        if annotation.span.start == annotation.span.end:
            side, word = beside_place(string, annotation.span.start)
            lemma = f"#emph[{side}] #{self.literal(word)};"
        else:
            shown = annotation.short or shorten(annotation.lemma)
            lemma = f"#{self.literal(' '.join(lemma_words(annotation, string, annotation.span, shown)))};"
        lemma = f"#strong[{lemma}]{turning(annotation.lemma, direction(self.edition.imprint.language))}"
        if annotation.reading is None:
            return f"{lemma}\\]"
        recte = f"#emph[#{self.literal(_('recte'))};] " if annotation.layer.corrects else ""
        reading = " ".join((self.edition.reading(annotation.id) or "").split())
        return f"{lemma}\\] {recte}" + (
            f"#{self.literal(reading)};" if reading else f"#emph[#{self.literal(_('delete'))};]"
        )

    def _details(self, annotation: Annotation) -> str:
        """The code of a note, of which no line has a part."""
        code = _code(annotation)
        return f"#{'box' if len(code) <= CODE else ''}[#{self.literal(code)};];"

    def visit_ed_wording(self, node: nodes.Element) -> None:
        """Write the words of a source beside the lemma."""
        self.add(f"\n#aside([#emph[#{self.literal(_('Its source has'))};]])[{self.inner(node).strip()}]\n")
        raise nodes.SkipNode

    def visit_ed_relations(self, node: nodes.Element) -> None:
        """Write what a note stands beside, in the line in which it ends: a line of its own might begin a page."""
        told = [self.inner(line).strip() for line in node.children if isinstance(line, nodes.Element)]
        parent = node.parent
        follows = isinstance(parent[parent.index(node) - 1], nodes.paragraph)
        self.body = ["".join(self.body).rstrip(), "#h(0.8em);" if follows else "\n\n", "#h(0.8em);".join(told)]
        raise nodes.SkipNode


def _code(annotation: Annotation) -> str:
    """Kind and evidence; of the certainty, what is not high: a code that the page of signs explains."""
    certainty = CERTAINTY[annotation.certainty.value] if annotation.certainty else ""
    evidence = EVIDENCE[annotation.evidence.value] if annotation.evidence else ""
    return ", ".join((_(annotation.kind), *(_(word) for word in (certainty, evidence) if word)))


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
