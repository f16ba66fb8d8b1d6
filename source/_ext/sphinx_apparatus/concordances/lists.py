"""What all lists share: the placeholder a directive leaves, and the transform that puts the list in its place.

A list is a module: it reads its data, if it has a file of its own, computes, renders docutils
nodes that any builder knows, and says so in its `LIST`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.concordances import LISTS
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.sphinx_ext.domain import builder_of, domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import language_of
from sphinx_apparatus.sphinx_ext.pages import DataFile
from sphinx_apparatus.sphinx_ext.post_transforms import reference
from sphinx_apparatus.sphinx_ext.scripts import mark_scripts
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.tables import DataError
from sphinx_apparatus.stores.upkeep import fingerprint

if TYPE_CHECKING:
    from sphinx_apparatus.model.annotation import Annotation
    from sphinx_apparatus.model.edition import Edition
    from sphinx_apparatus.model.reference import Passage
    from sphinx_apparatus.model.text import Text


@dataclass(frozen=True)
class Page:
    """The page a list stands on, and what it may look up."""

    docname: str
    edition: Edition
    env: BuildEnvironment
    builder: Builder

    def ref(self, target: str | Passage) -> pending_xref:
        """A link to an annotation or a passage."""
        return reference(self.docname, str(target), self.edition)

    def cite(self, key: str) -> pending_xref:
        """A citation."""
        node = pending_xref("", refdomain="cite", reftype="t", reftarget=key, refexplicit=False)
        node["refwarn"], node["refdoc"] = True, self.docname
        node += nodes.inline("", key)
        return node

    def place(self, annotation: Annotation) -> Passage:
        """The paragraph in which an annotation begins."""
        return self.edition.passage_of(annotation.id)

    @property
    def annotations(self) -> Sequence[Annotation]:
        """All annotations in the order of the texts."""
        return self.edition.in_order

    @property
    def texts(self) -> list[Text]:
        """The texts in order."""
        return [record.text for record in self.edition.texts.values()]

    @property
    def sigla(self) -> list[str]:
        """The sigla in order."""
        return list(self.edition.texts)


class ListDirective(SphinxDirective):
    """Base: a list made from the annotations and texts alone."""

    #: the name of the list
    shows: ClassVar[str]

    def run(self) -> list[nodes.Node]:
        """Leave the placeholder, and note that this page shows data of others."""
        placeholder = ed_list(list=self.shows, options=dict(self.options), serial=self.env.new_serialno("ed-list"))
        self.set_source_info(placeholder)
        domain_of(self.env).page(self.env.current_document.docname).lists.add(self.shows)
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
            warn(Code.CONCORDANCE, str(error), error.location)
            return []
        self.record(relative)
        made = super().run()
        for placeholder in made:
            if isinstance(placeholder, ed_list):
                placeholder["data"] = data
                placeholder["path"] = str(path)
                placeholder += [
                    nodes.container("", *(self.parse_text_to_nodes(note) if note else ())) for note in self.notes(data)
                ]
        return made

    def record(self, path: str, *kinds: str) -> None:
        """Remember the file, whose data the boxes of paragraphs show, too."""
        domain_of(self.env).page(self.env.current_document.docname).data.add(DataFile(self.shows, path, kinds))

    def read(self, path: Path) -> Any:
        """The data of the file.  Raises `DataError`."""
        raise NotImplementedError

    def notes(self, data: Any) -> Sequence[str]:
        """The markup to be parsed with the page, one string an item, empty where there is none."""
        return ()


def words(argument: str | None) -> tuple[str, ...]:
    """An option that is a list of words, divided by commas."""
    return tuple(word.strip() for word in (argument or "").split(",") if word.strip())


class Concordances(SphinxPostTransform):
    """Make the lists of a page."""

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder."""
        make_lists(self.document, self.env, self.env.current_document.docname)


def make_lists(document: nodes.document, env: BuildEnvironment, docname: str) -> None:
    """Put the lists of a page in the places that the directives have left."""
    placeholders = list(document.findall(ed_list))
    if not placeholders:
        return
    page = Page(docname, edition_of(env), env, builder_of(env))
    for placeholder in placeholders:
        made = nodes.container("", *_list(placeholder["list"]).render(page, placeholder))
        mark_scripts(made, env.config.apparatus_scripts, language_of(env.config))
        placeholder.replace_self(made.children)


Renderer = Callable[[Page, ed_list], list[nodes.Node]]


class List(NamedTuple):
    """A list: the directive that asks for it, and what puts it in the place of the placeholder."""

    directive: type[ListDirective]
    render: Renderer


def shown_lists(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What pages with lists show: the whole edition, for `sphinx_apparatus.sphinx_ext.outdated`."""
    pages = [docname for docname, page in domain_of(app.env).pages.items() if page.lists]
    if not pages:
        return
    edition = edition_of(app.env)
    texts = [(siglum, record.text.sha256, record.docname) for siglum, record in edition.texts.items()]
    everything = fingerprint(
        (edition.in_order, texts, edition.titles, edition.editors, edition.taxonomy, _files(app), edition.works)
    )
    for docname in pages:
        yield docname, everything


def _files(app: Sphinx) -> list[tuple[str, str]]:
    """The data files of all lists, each with a hash of its content."""
    paths = sorted({file.path for page in domain_of(app.env).pages.values() for file in page.data})
    found = ((path, Path(app.srcdir, path)) for path in paths)
    return [(path, fingerprint(file.read_bytes()) if file.is_file() else "") for path, file in found]


def _list(name: str) -> List:
    """A list by its name, its module loaded when it is first asked for."""
    found: List = import_module(LISTS[name]).LIST
    return found
