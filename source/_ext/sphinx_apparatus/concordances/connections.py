"""Connections: what a paragraph has in common with others, from what the lists of an edition know.

Events are those of the chronologies, contradictions the matters and relations of annotations,
parallels the wording that is shared, names the headings of the index.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.concordances.chronology import Event, locate, read_events
from sphinx_apparatus.concordances.contradictions import matters
from sphinx_apparatus.concordances.names import Heading, anchor, index, read_names
from sphinx_apparatus.concordances.parallels import between
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import Passage, parse_target
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.pages import DataFile
from sphinx_apparatus.stores.tables import DataError

#: The sorts of connections in the order in which they are shown, with their headings.
SORTS = {"events": "Events", "contradictions": "Contradictions", "parallels": "Parallels", "names": "Names"}


class Connection(NamedTuple):
    """What connects a paragraph with others.

    ``targets`` are the ids and passages where else it is; ``docname`` and ``fragment`` lead to
    what a list says of it; ``note`` is the annotation of this paragraph that speaks of it.
    """

    words: str
    targets: tuple[str, ...] = ()
    docname: str = ""
    fragment: str = ""
    note: str = ""


#: The connections of a paragraph, by their sort.
Connections = dict[str, list[Connection]]


class Index(NamedTuple):
    """The headings of an index of names, and the page on which each stands, by its kind."""

    headings: Sequence[Heading]
    pages: Mapping[str, str]


def connect(edition: Edition, events: Iterable[Event], index_of_names: Index) -> dict[Passage, Connections]:
    """The connections of each paragraph that has some; a paragraph is not connected with itself."""
    found: dict[Passage, Connections] = {}
    texts = [record.text for record in edition.texts.values()]
    for sort, pairs in (
        ("events", _events(events, texts)),
        ("contradictions", _contradictions(edition)),
        ("parallels", _parallels(edition, texts)),
        ("names", _names(index_of_names)),
    ):
        for passage, connection in pairs:
            own = found.setdefault(passage, {}).setdefault(sort, [])
            if connection not in own:
                own.append(connection)
    return found


def _events(events: Iterable[Event], texts: Sequence[Text]) -> Iterator[tuple[Passage, Connection]]:
    by_siglum = {text.siglum: text for text in texts}
    for event in events:
        places: dict[Passage, None] = {}
        for mention in event.mentions:
            try:
                places[locate(mention, by_siglum)] = None
            except LookupError:
                continue  # which the chronology tells
        for place in places:
            others = tuple(str(other) for other in places if other != place)
            yield place, Connection(f"{event.date}: {event.label}", others)


def _contradictions(edition: Edition) -> Iterator[tuple[Passage, Connection]]:
    for matter in matters(edition.in_order):
        for annotation in matter.annotations:
            here = edition.passage_of(annotation.id)
            others = (one for one in matter.annotations if edition.passage_of(one.id) != here)
            targets = tuple(one.id for one in others)
            if targets:
                yield here, Connection(matter.name, targets, note=annotation.id)
    yield from _related(edition, "contradicts", without_matter=True)


def _related(edition: Edition, kind: str, *, without_matter: bool = False) -> Iterator[tuple[Passage, Connection]]:
    """What annotations say that they stand beside."""
    for annotation in edition.in_order:
        targets = edition.relations.get(annotation.id, {}).get(kind, ())
        if not targets or (without_matter and annotation.matter):
            continue
        here = edition.passage_of(annotation.id)
        elsewhere = tuple(target for target in targets if _passage(edition, target) not in (None, here))
        if elsewhere:
            yield here, Connection("", elsewhere, note=annotation.id)


def _passage(edition: Edition, target: str) -> Passage | None:
    parsed = parse_target(target)
    if isinstance(parsed, Passage):
        return parsed
    return edition.passage_of(target) if target in edition.annotations else None


def _parallels(edition: Edition, texts: Sequence[Text]) -> Iterator[tuple[Passage, Connection]]:
    for shared in between(texts):
        for here, there in (shared.places, shared.places[::-1]):
            yield here, Connection(_("“{words}”").format(words=shared.opening), (str(there),))
    yield from _related(edition, "parallel")


def _names(known: Index) -> Iterator[tuple[Passage, Connection]]:
    for heading in known.headings:
        page = known.pages.get(heading.name.kind, "")
        connection = Connection(heading.name.heading, (), page, anchor(heading.name.heading))
        for passage in dict.fromkeys(found[0] for place in heading.places for found in place.passages):
            yield passage, connection


# -- from the data files of the edition ----------------------------------------------------


def events_of(env: BuildEnvironment) -> list[Event]:
    """The events of all chronologies of the edition, in order; what is wrong in a file was told."""
    found: list[Event] = []
    for path in sorted({file.path for page in domain_of(env).pages.values() for file in page.data if _dates(file)}):
        try:
            found += read_events(Path(env.srcdir, path))
        except DataError:
            continue
    return sorted(found, key=lambda event: event.date.order)


def _dates(file: DataFile) -> bool:
    return file.shows in ("chronology", "timeline")


def index_of(env: BuildEnvironment) -> Index:
    """The headings of all indices of names of the edition, where each kind stands."""
    stands: dict[str, dict[str, str]] = {}
    for docname, page in sorted(domain_of(env).pages.items()):
        for file in sorted(page.data):
            if file.shows == "names":
                kinds = stands.setdefault(file.path, {})
                kinds.update((kind, docname) for kind in file.kinds or ("",) if kind not in kinds)
    texts = [record.text for record in edition_of(env).texts.values()]
    headings: list[Heading] = []
    pages: dict[str, str] = {}
    for path, kinds in stands.items():
        try:
            found = index(read_names(Path(env.srcdir, path)), texts)
        except DataError:
            continue
        for heading in found:
            kind = heading.name.kind
            if "" in kinds or kind in kinds:
                headings.append(heading)
                pages.setdefault(kind, kinds.get(kind) or kinds[""])
    return Index(headings, pages)


def connections_of(env: BuildEnvironment, builder: Builder) -> dict[Passage, Connections]:
    """The connections of each paragraph, found once in a build."""
    found: dict[Passage, Connections] | None = builder.__dict__.get("apparatus_connections")
    if found is None:
        found = connect(edition_of(env), events_of(env), index_of(env))
        builder.__dict__["apparatus_connections"] = found
    return found
