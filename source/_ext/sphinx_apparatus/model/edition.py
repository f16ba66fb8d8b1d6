"""An edition: one frozen value, made when all pages are read, that answers every question.

Each answer is computed once, in time linear in the size of the edition and of the answer.
What reads an edition, outputs, lists and checks, asks here and nowhere else.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.contributor import Contributor
from sphinx_apparatus.model.emended import Emended
from sphinx_apparatus.model.entry import TOO_LONG, Entry, Part, briefly, entry, inside, mistaken, shorten, spans
from sphinx_apparatus.model.history import History, in_order
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.place import Place, canonical, locate
from sphinx_apparatus.model.reference import ModelError, Passage, PrintReference, parse_id
from sphinx_apparatus.model.relations import Astray, beside, overlapping, target_order
from sphinx_apparatus.model.state import States
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import Reading, Witness, having_lemma, parse_readings
from sphinx_apparatus.model.work import Work, named


class Neighbours(NamedTuple):
    """The annotations before and after one in its text, by their ids."""

    previous: str | None = None
    following: str | None = None


@dataclass(frozen=True)
class Edition:
    """The texts, their annotations, and what is known of them.

    ``texts`` are in the order of the table of contents, ``titles`` those of their pages by
    siglum; ``places`` are print references by id and anchor, ``lines`` the code points at
    which the lines of a text begin, where they are known.
    """

    imprint: Imprint
    texts: Mapping[str, TextRecord]
    annotations: Mapping[str, Annotation]
    tombstones: Mapping[str, Tombstone] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    taxonomy: Taxonomy = field(default_factory=Taxonomy)
    contributors: Mapping[str, Contributor] = field(default_factory=dict)
    default_editor: str = ""
    #: the plain words of notes in the language of the build, by id, where they are translated
    translated: Mapping[str, str] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    register: Mapping[str, History] = field(default_factory=dict)
    register_path: str = ""
    states: States = field(default_factory=dict)
    #: the day of each released version, the oldest first
    releases: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, PrintReference] = field(default_factory=dict)
    lines: Mapping[str, Sequence[int]] = field(default_factory=dict)
    #: the lines that are kept, by siglum; ask `lines_of`
    kept_lines: Mapping[str, Lines] = field(default_factory=dict)
    #: by text and siglum (*K A*)
    witnesses: Mapping[str, Witness] = field(default_factory=dict)
    #: sigla of texts that could not be read, which was told
    unread: frozenset[str] = frozenset()
    #: relations that lead nowhere, and are not among those of the annotations
    astray: tuple[Astray, ...] = ()
    #: whether the apparatus names the witnesses that have the lemma
    positive: bool = False
    #: how a verse is referred to
    verse: str = "l. {number}"

    # -- texts and paragraphs ------------------------------------------------------------

    @cached_property
    def _by_text(self) -> dict[str, tuple[Annotation, ...]]:
        groups: dict[str, list[Annotation]] = {siglum: [] for siglum in self.texts}
        for annotation in self.annotations.values():
            groups.setdefault(annotation.siglum, []).append(annotation)
        return {siglum: tuple(sorted(group, key=lambda a: a.order)) for siglum, group in groups.items()}

    @cached_property
    def gone(self) -> dict[str, tuple[str, ...]]:
        """The ids of texts that are withdrawn as a whole, by siglum; they keep their pages."""
        found: dict[str, list[str]] = {}
        for identifier in in_order(self.tombstones):
            siglum = parse_id(identifier)[0]
            if siglum not in self.texts:
                found.setdefault(siglum, []).append(identifier)
        return {siglum: tuple(ids) for siglum, ids in found.items()}

    def of_text(self, siglum: str) -> tuple[Annotation, ...]:
        """A text's annotations in the order in which a reader meets them."""
        return self._by_text.get(siglum, ())

    @cached_property
    def in_order(self) -> tuple[Annotation, ...]:
        """All annotations of texts that are there, text by text."""
        return tuple(annotation for siglum in self.texts for annotation in self.of_text(siglum))

    @cached_property
    def _passages(self) -> dict[str, Passage]:
        found: dict[str, Passage] = {}
        for annotation in self.in_order:
            record, start = self.texts[annotation.siglum], annotation.span.start
            paragraph = record.text.paragraph_at(start)
            said = record.label(start, self.verse)
            found[annotation.id] = Passage(annotation.siglum, paragraph.number if paragraph else None, said)
        return found

    def passage(self, siglum: str, number: int) -> Passage:
        """A paragraph, counted from 1, with what it is called."""
        record = self.texts[siglum]
        return Passage(siglum, number, record.label(record.text.paragraph(number).start, self.verse))

    def passage_of(self, identifier: str) -> Passage:
        """The paragraph in which an annotation begins; its text, where that has no paragraph."""
        return self._passages[identifier]

    @cached_property
    def _by_paragraph(self) -> dict[Passage, list[Annotation]]:
        groups: dict[Passage, list[Annotation]] = {}
        for annotation in self.in_order:
            groups.setdefault(self._passages[annotation.id], []).append(annotation)
        return groups

    def of_paragraph(self, passage: Passage) -> Sequence[Annotation]:
        """The annotations that begin in a paragraph, in order."""
        return self._by_paragraph.get(passage, ())

    def lines_of(self, siglum: str) -> Lines:
        """The lines of a text: those that are kept, or else those by rule.  Raises ``KeyError`` for no text."""
        kept = self.kept_lines.get(siglum)
        return self.texts[siglum].text.lines if kept is None else kept

    def lines_at(self, identifier: str) -> tuple[int, int]:
        """The first and the last line of an annotation's lemma."""
        annotation = self.annotations[identifier]
        return self.lines_of(annotation.siglum).of_span(annotation.span)

    # -- readings --------------------------------------------------------------------------

    @cached_property
    def _emended(self) -> Emended:
        return Emended(self.annotations.values())

    def emender(self, siglum: str, offset: int) -> str | None:
        """The emendation that changes the text at a code point, or puts something in before it."""
        return self._emended.emender(siglum, offset)

    def edits_within(self, identifier: str) -> tuple[Edit, ...]:
        """All edits that change words of an annotation's lemma, whoever made them, in order."""
        return self._emended.within(self.annotations[identifier])

    def reading(self, identifier: str) -> str | None:
        """The reading of an annotation; of an emendation, as the emended text has it, with those within it."""
        annotation = self.annotations[identifier]
        if not annotation.layer.emends or annotation.reading is None:
            return annotation.reading
        string = self.texts[annotation.siglum].text.string
        return inside(string, *annotation.span, self.edits_within(identifier))

    @cached_property
    def _mistaken(self) -> dict[str, dict[str, list[Span]]]:
        return {
            siglum: {one.id: mistaken(one) for one in self.of_text(siglum) if one.layer.corrects}
            for siglum in self.texts
        }

    def mistaken(self, siglum: str) -> Mapping[str, Sequence[Span]]:
        """What each correction of a text says is wrong, by its id."""
        return self._mistaken[siglum]

    @cached_property
    def _mistaken_edges(self) -> dict[str, list[int]]:
        return {
            siglum: sorted({edge for spans in found.values() for span in spans for edge in span})
            for siglum, found in self._mistaken.items()
        }

    def mistaken_edges(self, siglum: str, start: int, end: int) -> Sequence[int]:
        """Where, between two code points, words begin and end that are wrong in fact; in order."""
        edges = self._mistaken_edges[siglum]
        return edges[bisect_right(edges, start) : bisect_left(edges, end)]

    # -- one annotation among the others -------------------------------------------------

    @cached_property
    def _neighbours(self) -> dict[str, Neighbours]:
        found: dict[str, Neighbours] = {}
        for siglum in self.texts:
            ids = [annotation.id for annotation in self.of_text(siglum)]
            around = zip(ids, [None, *ids], [*ids[1:], None], strict=False)
            found.update({own: Neighbours(before, after) for own, before, after in around})
        return found

    def neighbours(self, identifier: str) -> Neighbours:
        """The annotations before and after one."""
        return self._neighbours.get(identifier, Neighbours())

    @cached_property
    def _overlaps(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for siglum in self.texts:
            for one, other in overlapping(self.of_text(siglum)):
                found.setdefault(one.id, []).append(other.id)
                found.setdefault(other.id, []).append(one.id)
        return found

    def overlaps(self, identifier: str) -> Sequence[str]:
        """The annotations that speak of some of the same words, in their order."""
        order = self._positions
        return sorted(self._overlaps.get(identifier, ()), key=lambda other: order[other])

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {annotation.id: number for number, annotation in enumerate(self.in_order)}

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {}

    def entry(self, identifier: str) -> Entry:
        """The apparatus entry of an annotation."""
        made = self._entries.get(identifier)
        if made is None:
            annotation = self.annotations[identifier]
            string = self.texts[annotation.siglum].text.string
            made = entry(annotation, string, self.edits_within(identifier))
            if annotation.layer.says:
                said = shorten(" ".join(self.words(identifier).split()), TOO_LONG)
                made = Entry((Part(made.parts[0].lemma, said or None),))
            if self.positive and annotation.layer.varies:
                made = self._with_lemma(annotation, made)
            self._entries[identifier] = made
        return made

    def _with_lemma(self, annotation: Annotation, made: Entry) -> Entry:
        """A variant's entry, the witnesses that have the lemma before the other readings (a positive apparatus).

        Where a reading repeats the lemma, the editor has named them.
        """
        try:
            readings = self.readings(annotation.id)
            if any(one.repeats(annotation.lemma) for one in readings):
                return made
            having = having_lemma(readings, self.witnesses_of(annotation.siglum))
        except ModelError:
            return made  # a reading names no witness, which is told
        ((lemma, reading),) = made.parts
        return Entry((Part(lemma, f"{' '.join(having)} : {reading}" if having else reading),))

    def entered_at(self, identifier: str) -> list[Span]:
        """The places at which a margin enters an annotation: of an emendation, each of its changes."""
        annotation = self.annotations[identifier]
        if not annotation.layer.emends:
            return [annotation.span]
        string = self.texts[annotation.siglum].text.string
        return [span for span, _ in briefly(annotation, string, self.edits_within(identifier))]

    def spans(self, identifier: str) -> tuple[Span, ...]:
        """Where the parts of an annotation's entry stand in the text."""
        annotation = self.annotations[identifier]
        return spans(annotation, self.texts[annotation.siglum].text.string)

    def words(self, identifier: str) -> str:
        """The plain words of a note, in the language of the build, the works in it called by name."""
        said = self.translated.get(identifier)
        return named(self.annotations[identifier].body if said is None else said, self.works)

    @cached_property
    def _so_far(self) -> frozenset[str]:
        """The released versions up to this one; none where this one is not released."""
        known = list(self.releases)
        return frozenset(known[: known.index(self.imprint.version) + 1] if self.imprint.version in known else ())

    def unreleased(self, identifier: str) -> bool:
        """Whether the version of the edition is released, and did not say what the annotation says now."""
        if self.imprint.version not in self._so_far:
            return False
        states = [state for state in self.states.get(identifier, ()) if state.version in self._so_far]
        return not states or states[-1].digest != self.annotations[identifier].digest

    # -- who -----------------------------------------------------------------------------

    @cached_property
    def editors(self) -> dict[str, str]:
        """The names of those who annotate, by their keys."""
        return {key: one.name for key, one in self.contributors.items()}

    def writer(self, identifier: str) -> Contributor | None:
        """Who wrote an annotation; nobody by himself if it is of the editors as a body."""
        key = self.annotations[identifier].editor
        one = self.contributors.get(key)
        if one is None or (key == self.default_editor and not one.family):
            return None
        return one

    @cached_property
    def used_taxonomy(self) -> Taxonomy:
        """Layers and kinds; that of variants only where there are some."""
        if any(annotation.layer.varies for annotation in self.annotations.values()):
            return self.taxonomy
        return Taxonomy(tuple(layer for layer in self.taxonomy.layers if not layer.varies), self.taxonomy.kinds)

    # -- witnesses -----------------------------------------------------------------------

    def witnesses_of(self, siglum: str) -> dict[str, Witness]:
        """The witnesses of a text by their own sigla."""
        return {witness.siglum: witness for witness in self.witnesses.values() if witness.text == siglum}

    def sigla_of(self, siglum: str) -> set[str]:
        """The sigla that readings of a text may name: those of its witnesses, and of their families."""
        known = self.witnesses_of(siglum)
        return {*known, *(witness.family for witness in known.values() if witness.family)}

    def readings(self, identifier: str) -> tuple[Reading, ...]:
        """The readings of a variant.  Raises `ModelError` where one names no witness."""
        annotation = self.annotations[identifier]
        return parse_readings(annotation.reading or "", self.sigla_of(annotation.siglum))

    # -- references ----------------------------------------------------------------------

    @cached_property
    def relations(self) -> dict[str, dict[str, list[str]]]:
        """For each id, by kind of relation, the ids and passages it stands beside, read both ways."""
        return beside(self.annotations)

    @cached_property
    def cited_at(self) -> dict[str, list[str]]:
        """For each work, by its key, the annotations that cite it."""
        found: dict[str, list[str]] = {}
        for annotation in self.annotations.values():
            for key in annotation.cites:
                found.setdefault(key, []).append(annotation.id)
        return {key: sorted(ids, key=target_order) for key, ids in found.items()}

    def canonical(self, target: str) -> str:
        """What a reference by verse or milestone names, as a passage (``B ¶6``); any other as it is."""
        return canonical(target, self.texts)

    def locate(self, target: str) -> Place | None:
        """Where a reference leads (``K25``, ``K ¶4``, ``K-p4``), or ``None``."""
        return locate(target, self.texts, self.annotations)
