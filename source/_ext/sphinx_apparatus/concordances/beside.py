"""Two texts beside each other: what both tell of an event, where they differ, and the words they share.

Every pair of texts that have something in common gets its table; a style sheet shows the one that is chosen.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from typing import NamedTuple

from docutils import nodes

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.concordances.chronology import Event, Mention, locate
from sphinx_apparatus.concordances.connections import events_of
from sphinx_apparatus.concordances.contradictions import Matter, matters
from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, items, pieces, spaced, table
from sphinx_apparatus.concordances.parallels import Shared, between
from sphinx_apparatus.concordances.words import around
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext.locale import _


class Pair(NamedTuple):
    """What two texts have in common; each list in its own order."""

    first: str
    second: str
    events: Sequence[Event]
    matters: Sequence[Matter]
    wording: Sequence[Shared]

    @property
    def fragment(self) -> str:
        """Its place on the page."""
        return f"{self.first}-{self.second}"


def pairs(
    sigla: Iterable[str], events: Sequence[Event], found: Sequence[Matter], wording: Sequence[Shared]
) -> Iterator[Pair]:
    """The pairs of texts that have something in common, in the order of the texts."""
    for one, other in combinations(sigla, 2):
        both = {one, other}
        pair = Pair(
            one,
            other,
            [event for event in events if both <= {mention.siglum for mention in event.mentions}],
            [matter for matter in found if both <= {annotation.siglum for annotation in matter.annotations}],
            [shared for shared in wording if both == {place.siglum for place in shared.places}],
        )
        if pair.events or pair.matters or pair.wording:
            yield pair


def beside_tables(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """A choice of pairs, and for each its table."""
    texts = {text.siglum: text for text in page.texts}
    events = [_found(event, texts) for event in events_of(page.env)]
    found = list(pairs(texts, events, matters(page.annotations), between(page.texts)))
    if not found:
        return [nodes.paragraph("", _("No two texts have anything in common."))]
    choice = items(spaced(_link(pair)) for pair in found)
    choice["classes"].append("ed-pairs")
    return [choice, *(_shown(page, texts, pair) for pair in found)]


def _found(event: Event, texts: Mapping[str, Text]) -> Event:
    """An event with the mentions that are in their texts; the others were told by the chronology."""

    def there(mention: Mention) -> bool:
        try:
            locate(mention, texts)
        except LookupError:
            return False
        return True

    return replace(event, mentions=tuple(mention for mention in event.mentions if there(mention)))


def _link(pair: Pair) -> nodes.reference:
    return nodes.reference(
        "", _("{first} and {second}").format(first=pair.first, second=pair.second), refid=pair.fragment, internal=True
    )


def _shown(page: Page, texts: Mapping[str, Text], pair: Pair) -> nodes.container:
    """A pair: its heading, what it is, its table."""
    first, second = (page.edition.titles[siglum] for siglum in (pair.first, pair.second))
    heading = nodes.rubric("", f"{pair.first}: {first} · {pair.second}: {second}")
    heading["heading-level"] = 2
    columns = (Column(_("Event or matter"), 24), Column(pair.first, 38), Column(pair.second, 38))
    rows = [
        *(_event(page, texts, pair, event) for event in pair.events),
        *(_matter(page, texts, pair, matter) for matter in pair.matters),
        *(_wording(page, pair, shared) for shared in pair.wording),
    ]
    return nodes.container("", heading, table(columns, rows, "ed-two"), ids=[pair.fragment], classes=["ed-pair"])


def _event(page: Page, texts: Mapping[str, Text], pair: Pair, event: Event) -> list[Cell]:
    told: list[Cell] = []
    for siglum in (pair.first, pair.second):
        told.append(
            [
                nodes.paragraph("", "", *_told(page, texts[siglum], mention))
                for mention in event.mentions
                if mention.siglum == siglum
            ]
        )
    head: Cell = [nodes.paragraph("", "", nodes.strong("", event.label)), nodes.paragraph("", str(event.date))]
    return [head, *told]


def _told(page: Page, text: Text, mention: Mention) -> list[nodes.Node]:
    span = resolve(text.string, mention.selector)
    given = f"{mention.gives}, {_(mention.verdict.value)}: " if mention.gives else _("undated: ")
    verdict = nodes.inline("", given, classes=[f"ed-{mention.verdict.value}"])
    return spaced(page.ref(locate(mention, {text.siglum: text})), " ", verdict, _in_sentence(text, span))


def _matter(page: Page, texts: Mapping[str, Text], pair: Pair, matter: Matter) -> list[Cell]:
    head = [nodes.paragraph("", "", nodes.strong("", matter.name))]
    head += [nodes.paragraph("", "", *spaced(f"{one.words} (", page.ref(one.annotation), ")")) for one in matter.right]
    said: list[Cell] = [
        [
            nodes.paragraph("", "", *_said(page, texts[siglum], one))
            for one in matter.annotations
            if one.siglum == siglum
        ]
        for siglum in (pair.first, pair.second)
    ]
    return [head, *said]


def _said(page: Page, text: Text, annotation: Annotation) -> list[nodes.Node]:
    words = _in_sentence(text, annotation.span)
    return spaced(page.ref(page.place(annotation)), " ", words, " (", page.ref(annotation.id), ")")


def _wording(page: Page, pair: Pair, shared: Shared) -> list[Cell]:
    words = _("{count} words in common").format(count=shared.length)
    sides: dict[str, tuple[Passage, list[nodes.Node]]] = {
        place.siglum: (place, pieces(wording))
        for place, wording in zip(shared.places, (shared.collation.first, shared.collation.second), strict=True)
    }
    cells: list[Cell] = []
    for siglum in (pair.first, pair.second):
        place, wording = sides[siglum]
        words_of = nodes.inline("", "", *wording, classes=["ed-sentence"])
        cells.append([nodes.paragraph("", "", *spaced(page.ref(place), " ", words_of))])
    return [[nodes.paragraph("", "", nodes.strong("", words))], *cells]


def _in_sentence(text: Text, span: Span) -> nodes.inline:
    """Words in their sentence, marked."""
    start, end = around(text, span)
    string = text.string
    parts = [
        nodes.Text(_one_line(string[start : span.start])),
        nodes.inline("", _one_line(string[span.start : span.end]), classes=["ed-meant"]),
        nodes.Text(_one_line(string[span.end : end])),
    ]
    return nodes.inline("", "", *parts, classes=["ed-sentence"], support_smartquotes=False)


def _one_line(string: str) -> str:
    """Words on one line; the blanks at their ends are kept."""
    return string.replace("\r\n", " ").replace("\n", " ").replace("\r", " ")


class BesideDirective(ListDirective):
    """``ed:beside``: any two texts beside each other, by event and matter."""

    shows = "beside"


#: The list: its directive, and what renders it.
LIST = List(BesideDirective, beside_tables)
