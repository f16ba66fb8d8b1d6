"""The directives of the lists: each leaves a placeholder that `transforms` fills."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.annotations import Layer
from sphinx_apparatus.concordances import chronology, names, stemma
from sphinx_apparatus.concordances.datafiles import DataError
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.concordances.parallels import LEAST
from sphinx_apparatus.diagnostics import Diagnostic


def _layers(argument: str) -> tuple[Layer, ...]:
    return tuple(Layer(word.strip()) for word in argument.split(",") if word.strip())


def _words(argument: str | None) -> tuple[str, ...]:
    return tuple(word.strip() for word in (argument or "").split(",") if word.strip())


class ListDirective(SphinxDirective):
    """Base: a list made from the annotations and texts alone."""

    #: the name of the list
    shows: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Leave the placeholder, and note that this page shows data of others."""
        placeholder = ed_list(list=self.shows, options=dict(self.options), serial=self.env.new_serialno("ed-list"))
        self.set_source_info(placeholder)
        lists: set[str] = getattr(self.env, "apparatus_lists", set())
        self.env.apparatus_lists = lists | {self.env.current_document.docname}  # type: ignore[attr-defined]
        return [placeholder]


class DataDirective(ListDirective):
    """Base: a list made from a data file, the argument; a path as Sphinx reads one."""

    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Read the file; what is wrong in it is a warning, and no list."""
        relative, path = self.env.relfn2path(self.arguments[0].strip())
        self.env.note_dependency(relative)
        try:
            data = self.read(Path(path))
        except DataError as error:
            Diagnostic.CONCORDANCE.warn(str(error), error.location)
            return []
        made = super().run()
        for placeholder in made:
            if isinstance(placeholder, ed_list):
                placeholder["data"] = data
                placeholder["path"] = str(path)
                placeholder += [
                    nodes.container("", *(self.parse_text_to_nodes(note) if note else ())) for note in self.notes(data)
                ]
        return made

    def read(self, path: Path) -> Any:
        """The data of the file.  Raises `DataError`."""
        raise NotImplementedError

    def notes(self, data: Any) -> Sequence[str]:
        """The markup to be parsed with the page, one string an item, empty where there is none."""
        return ()


class ContradictionsDirective(ListDirective):
    """``ed:contradictions``: what each text says of a matter, and what is right."""

    shows = "contradictions"


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


class ChronologyDirective(DataDirective):
    """``ed:chronology``: a table of events."""

    shows = "chronology"

    def read(self, path: Path) -> list[chronology.Event]:
        """The events."""
        return chronology.read_events(path)

    def notes(self, data: list[chronology.Event]) -> list[str]:
        """The notes on the events."""
        return [event.note for event in data]


class TimelineDirective(DataDirective):
    """``ed:timeline``: the same events drawn; ``:title:`` names the picture."""

    shows = "timeline"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"title": directives.unchanged}

    def read(self, path: Path) -> list[chronology.Event]:
        """The events."""
        return chronology.read_events(path)


class NamesDirective(DataDirective):
    """``ed:names``: an index of names; ``:kind:`` takes some kinds, ``:forms:`` lists cross-references."""

    shows = "names"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"kind": _words, "forms": directives.flag}

    def read(self, path: Path) -> list[names.Name]:
        """The names."""
        return names.read_names(path)

    def notes(self, data: list[names.Name]) -> list[str]:
        """The notes on the names, of the kinds shown."""
        kinds = self.options.get("kind", ())
        if "forms" in self.options:
            return []
        return [name.note if not kinds or name.kind in kinds else "" for name in data]


class EmendationsDirective(ListDirective):
    """``ed:emendations``: the list of emendations and corrections; ``:layers:`` takes some layers."""

    shows = "emendations"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"layers": _layers}


class StemmaDirective(DataDirective):
    """``ed:stemma``: a stemma and the list of its descents; ``:of:`` takes the ancestry of some sigla."""

    shows = "stemma"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"of": _words, "title": directives.unchanged}

    def read(self, path: Path) -> stemma.Stemma:
        """The stemma, or the part asked for."""
        return stemma.read_stemma(path).ancestry(self.options.get("of", ()))

    def notes(self, data: stemma.Stemma) -> list[str]:
        """The notes on the descents."""
        return [edge.note for edge in data.edges]


class SiglaDirective(ListDirective):
    """``ed:sigla``: the texts, their files and their sizes."""

    shows = "sigla"


class StatisticsDirective(ListDirective):
    """``ed:statistics``: counts by layer, kind, certainty and evidence."""

    shows = "statistics"


class DiagnosticsDirective(ListDirective):
    """``ed:diagnostics``: every code of a warning, and what it means."""

    shows = "diagnostics"


class EditorsDirective(ListDirective):
    """``ed:editors``: who is responsible for which annotations."""

    shows = "editors"


DIRECTIVES: dict[str, type[ListDirective]] = {
    directive.shows: directive
    for directive in (
        ContradictionsDirective,
        ParallelsDirective,
        ChronologyDirective,
        TimelineDirective,
        NamesDirective,
        EmendationsDirective,
        StemmaDirective,
        SiglaDirective,
        StatisticsDirective,
        DiagnosticsDirective,
        EditorsDirective,
    )
}
