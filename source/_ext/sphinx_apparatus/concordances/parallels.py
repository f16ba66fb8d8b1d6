"""Parallels: passages that share wording, with each other or with a named source.

Between the texts they are found, not listed: a shared run is a longest run of words
that two texts have in common in the same order, letter case, punctuation, apostrophes
and calls to notes left out of account; runs of fewer than ``least`` words are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, pieces, spaced, table
from sphinx_apparatus.concordances.words import Collation, Word, collate, sentences, words_of
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext.locale import _

#: Runs of fewer words are common speech.
LEAST = 6


@dataclass(frozen=True, slots=True)
class Run:
    """A shared run: where it begins in the words of each text, and its length in words."""

    first: int
    second: int
    length: int


@dataclass(frozen=True, slots=True)
class Shared:
    """A passage that two texts share: the sentences around the runs, collated."""

    places: tuple[Passage, Passage]
    collation: Collation
    #: the lengths of the runs in words
    runs: tuple[int, ...]

    @property
    def length(self) -> int:
        """The words of all its runs."""
        return sum(self.runs)


@dataclass(frozen=True, slots=True)
class Sourced:
    """A lemma beside the words of a named source."""

    annotation: str
    source: str
    collation: Collation


def runs(first: Sequence[str], second: Sequence[str], least: int) -> list[Run]:
    """The maximal common runs of at least ``least`` words, by their place in the first."""
    before = [0] * (len(second) + 1)
    found: list[Run] = []
    for i, word in enumerate(first):
        here = [0] * (len(second) + 1)
        for j, other in enumerate(second):
            if word != other:
                continue
            here[j + 1] = before[j] + 1
            ends = i + 1 == len(first) or j + 1 == len(second) or first[i + 1] != second[j + 1]
            if ends and here[j + 1] >= least:
                length = here[j + 1]
                found.append(Run(i + 1 - length, j + 1 - length, length))
        before = here
    return sorted(found, key=lambda run: (run.first, run.second))


def between(texts: Iterable[Text], least: int = LEAST) -> list[Shared]:
    """The passages that any two of the texts share, the longest first."""
    found: list[Shared] = []
    for one, other in combinations(texts, 2):
        left, right = _words(one), _words(other)
        around: dict[tuple[Span, Span], list[int]] = {}
        for run in runs([word.key for word in left], [word.key for word in right], least):
            spans = (_around(one, left, run.first, run.length), _around(other, right, run.second, run.length))
            around.setdefault(spans, []).append(run.length)
        for (a, b), lengths in around.items():
            collation = collate(one.string[a.start : a.end], other.string[b.start : b.end])
            found.append(Shared((_passage(one, a), _passage(other, b)), collation, tuple(lengths)))
    return sorted(found, key=lambda shared: -shared.length)


def sourced(annotations: Iterable[Annotation]) -> list[Sourced]:
    """The lemmata that stand beside a source's words, in the order given."""
    return [
        Sourced(annotation.id, annotation.wording.source, collate(annotation.lemma, annotation.wording.quotation))
        for annotation in annotations
        if annotation.wording is not None
    ]


def _words(text: Text) -> list[Word]:
    return [word for p in text.paragraphs for word in words_of(text.string, p.start, p.end)]


def _around(text: Text, words: Sequence[Word], first: int, length: int) -> Span:
    """The sentences in which a run begins and ends."""
    start, end = words[first].start, words[first + length - 1].end
    spans = [
        span
        for p in text.paragraphs
        if p.start < end and p.end > start
        for span in sentences(text.string, p.start, p.end)
        if span.start < end and span.end > start
    ]
    return Span(spans[0].start, spans[-1].end)


def _passage(text: Text, span: Span) -> Passage:
    paragraph = text.paragraph_at(span.start)
    return Passage(text.siglum, paragraph.number if paragraph else None)


_RULE = (
    "The rule: every run of {least} or more words that two of the texts have in common, in the same order, letter "
    "case, punctuation, apostrophes and calls to notes left out of account; each run is as long as it can be. Every "
    "pair of texts has been compared. A run is shown with the whole of the sentences in which it stands, and what "
    "differs between the two is marked."
)


def parallels_tables(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The rule, and each passage beside its parallel."""
    made: list[nodes.Node] = []
    only = placeholder["options"].get("of")
    if only != "sources":
        least = placeholder["options"]["words"]
        made.append(nodes.paragraph("", _(_RULE).format(least=least), classes=["ed-rule"]))
        shared = between(page.texts, least)
        if not shared:
            made.append(nodes.paragraph("", _("No two of the texts share so long a run.")))
        for found in shared:
            made.append(_beside([page.ref(place) for place in found.places], found.collation))
            lengths = ", ".join(str(run) for run in found.runs)
            made.append(
                nodes.paragraph(
                    "", _("Words in common, one after another: {lengths}.").format(lengths=lengths), classes=["ed-rule"]
                )
            )
    if only != "texts":
        for beside in sourced(page.annotations):
            annotation = page.edition.annotations[beside.annotation]
            heads = [
                spaced(page.ref(page.place(annotation)), " (", page.ref(annotation.id), ")"),
                page.cite(beside.source),
            ]
            made.append(_beside(heads, beside.collation))
    return made


def _beside(heads: list[Any], collation: Any) -> nodes.table:
    made = table((Column("", 50), Column("", 50)), [(pieces(collation.first), pieces(collation.second))], "ed-beside")
    for entry, head in zip(made.findall(nodes.entry), heads, strict=False):
        paragraph = nodes.paragraph("", "", *spaced(head))
        entry.children.clear()
        entry += paragraph
    return made


class ParallelsDirective(ListDirective):
    """``ed:parallels``: shared wording; ``:words:`` is the least length of a run, ``:of:`` *texts* or *sources*."""

    shows = "parallels"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "words": directives.positive_int,
        "of": lambda argument: directives.choice(argument, ("texts", "sources")),
    }

    def run(self) -> list[nodes.Node]:
        """Take the usual least length where none is given."""
        self.options.setdefault("words", LEAST)
        return super().run()


#: The list: its directive, and what renders it.
LIST = List(ParallelsDirective, parallels_tables)
