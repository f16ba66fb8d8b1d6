"""Parallels: passages that share wording, with each other or with a named source.

Between the texts they are found, not listed: a shared run is a longest run of words
that two texts have in common in the same order, letter case, punctuation, apostrophes
and calls to notes left out of account; runs of fewer than ``least`` words are passed over.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Column, ed_list, pieces, spaced, table
from sphinx_apparatus.concordances.words import Collation, Word, around, collate, words_of
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext.locale import _

#: Runs of fewer words are common speech.
LEAST = 6


@dataclass(frozen=True, slots=True, order=True)
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
    def opening(self) -> str:
        """The first words of the longest stretch that both have."""
        common = [piece.text for piece in self.collation.first if not piece.differs]
        return shorten(max(common, key=len, default=""), 6)

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


def runs(texts: Sequence[Sequence[str]], least: int) -> dict[tuple[int, int], list[Run]]:
    """The maximal common runs of at least ``least`` words of any two texts, by the numbers of the two, in order.

    The first ``least`` words of a run are looked up among those of all texts at once, so that the work grows with the
    texts and with what they share, and not with the pairs of texts.
    """

    def openings(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        return zip(*(words[n:] for n in range(least)), strict=False)

    # Few openings recur in another text: of all, only hashes are kept.
    home: dict[int, int] = {}
    recurs: set[int] = set()
    for number, words in enumerate(texts):
        recurs.update(made for made in map(hash, openings(words)) if home.setdefault(made, number) != number)
    places: dict[tuple[str, ...], list[tuple[int, int]]] = {}
    for number, words in enumerate(texts):
        for at, opening in enumerate(openings(words)):
            if hash(opening) in recurs:
                places.setdefault(opening, []).append((number, at))
    found: dict[tuple[int, int], list[Run]] = {}
    for same in places.values():
        for (one, i), (other, j) in combinations(same, 2):
            first, second = texts[one], texts[other]
            if one == other or (i and j and first[i - 1] == second[j - 1]):
                continue  # in one text, or within a run that began before
            length = least
            while i + length < len(first) and j + length < len(second) and first[i + length] == second[j + length]:
                length += 1
            found.setdefault((one, other), []).append(Run(i, j, length))
    return {pair: sorted(found[pair]) for pair in sorted(found)}


def between(texts: Iterable[Text], least: int = LEAST) -> list[Shared]:
    """The passages that any two of the texts share, the longest first."""
    found: list[Shared] = []
    known = [(text, _words(text)) for text in texts]
    for (a, b), shared in runs([[word.key for word in words] for text, words in known], least).items():
        (one, left), (other, right) = known[a], known[b]
        lengths: dict[tuple[Span, Span], list[int]] = {}
        for run in shared:
            spans = (_of_run(one, left, run.first, run.length), _of_run(other, right, run.second, run.length))
            lengths.setdefault(spans, []).append(run.length)
        for (here, there), own in lengths.items():
            collation = collate(one.string[here.start : here.end], other.string[there.start : there.end])
            found.append(Shared((_passage(one, here), _passage(other, there)), collation, tuple(own)))
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


def _of_run(text: Text, words: Sequence[Word], first: int, length: int) -> Span:
    """The sentences in which a run begins and ends."""
    return around(text, Span(words[first].start, words[first + length - 1].end))


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
