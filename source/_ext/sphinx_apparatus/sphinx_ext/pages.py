"""What one page of the project says of the edition; the domain keeps it, and Sphinx its pickle."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from sphinx_apparatus.model.annotation import Annotation
    from sphinx_apparatus.model.text import TextRecord
    from sphinx_apparatus.model.tombstone import Tombstone
    from sphinx_apparatus.model.witness import Witness


class DataFile(NamedTuple):
    """A data file of a list: the list's name, the file's path from the source folder, the kinds taken, if not all."""

    shows: str
    path: str
    kinds: tuple[str, ...] = ()


@dataclass
class Page:
    """What one page of the project says."""

    #: its texts by siglum
    texts: dict[str, TextRecord] = field(default_factory=dict)
    #: its annotations by id
    annotations: dict[str, Annotation] = field(default_factory=dict)
    #: its withdrawn ids
    tombstones: dict[str, Tombstone] = field(default_factory=dict)
    #: the plain words of its notes in the language of the build, where they are translated
    translated: dict[str, str] = field(default_factory=dict)
    #: the ids and passages it refers to
    references: tuple[str, ...] = ()
    #: the generated lists that stand on it
    lists: set[str] = field(default_factory=set)
    #: what lists on it are made of
    data: set[DataFile] = field(default_factory=set)
    #: sigla of its texts that could not be read
    unread: set[str] = field(default_factory=set)
    #: whether something on it was left out, since another page has the same siglum or id
    rivalled: bool = False
    #: the conditions, kind and expression, that decided on what it says, and whether they held
    conditions: dict[tuple[str, str], bool] = field(default_factory=dict)
    #: its witnesses by siglum
    witnesses: dict[str, Witness] = field(default_factory=dict)
    #: the ids of its events, to which Sphinx's role ``ref`` leads
    events: list[str] = field(default_factory=list)
