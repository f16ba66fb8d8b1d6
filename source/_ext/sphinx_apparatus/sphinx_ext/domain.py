"""The Sphinx domain ``ed``: what each page says of the edition, and references to it."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, cast

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_apparatus.model.direction import direction, isolated
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage, parse_id
from sphinx_apparatus.sphinx_ext.locale import language_of
from sphinx_apparatus.sphinx_ext.roles import ReferenceRole

if TYPE_CHECKING:  # what a project without a text does without is loaded where it is used
    from sphinx_apparatus.model.annotation import Annotation
    from sphinx_apparatus.model.edition import Edition
    from sphinx_apparatus.model.place import Place
    from sphinx_apparatus.model.text import TextRecord
    from sphinx_apparatus.model.tombstone import Tombstone
    from sphinx_apparatus.model.witness import Witness
    from sphinx_apparatus.model.work import Work
    from sphinx_apparatus.sphinx_ext.pages import Page


class ApparatusDomain(Domain):
    """Texts by siglum, annotations and tombstones by id."""

    name = "ed"
    label = "edition"
    data_version = 8
    object_types: ClassVar[dict[str, ObjType]] = {
        "annotation": ObjType("annotation", "ref"),
        "passage": ObjType("passage", "ref"),
    }
    #: those that a page has asked for
    directives: ClassVar[dict[str, Any]] = {}
    #: those of other rooms: the module whose ``LIST`` has each
    late: ClassVar[dict[str, str]] = {}
    roles: ClassVar[dict[str, Any]] = {"ref": ReferenceRole(warn_dangling=True)}
    initial_data: ClassVar[dict[str, Any]] = {"pages": {}, "works": {}}
    #: who builds; transforms ask for it here, since Sphinx 9 gives them no other way
    app: Sphinx

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        #: all texts by siglum, annotations and tombstones by id; the pages own them
        self.texts: dict[str, TextRecord] = {}
        self.annotations: dict[str, Annotation] = {}
        self.tombstones: dict[str, Tombstone] = {}
        for page in self.pages.values():
            self._index(page)
        self._edition: Edition | None = None

    @property
    def pages(self) -> dict[str, Page]:
        """What the pages say, by their names."""
        return cast("dict[str, Page]", self.data.setdefault("pages", {}))

    @property
    def works(self) -> dict[str, Work]:
        """The works of the bibliography by key."""
        return cast("dict[str, Work]", self.data.setdefault("works", {}))

    @works.setter
    def works(self, works: dict[str, Work]) -> None:
        self.data["works"] = works
        self._edition = None

    @property
    def edition(self) -> Edition:
        """The edition as the pages give it; asked for when all have been read."""
        if self._edition is None:
            from sphinx_apparatus.sphinx_ext.gather import gather

            self._edition = gather(self)
        return self._edition

    @property
    def in_use(self) -> bool:
        """Whether anything of the project is of an edition: on its pages, or one of the files beside them."""
        config = self.env.config
        named = (config.apparatus_register, config.apparatus_states, config.apparatus_lines)
        return bool(self.pages or self.works or config.apparatus_places) or any(
            Path(self.env.srcdir, name).exists() for name in named
        )

    def forget(self) -> None:
        """Let the edition be made anew, since a file it is made of may have changed."""
        self._edition = None

    # -- what directives and transforms record -------------------------------------------

    def page(self, docname: str) -> Page:
        """What a page says, to be added to."""
        from sphinx_apparatus.sphinx_ext.pages import Page

        self._edition = None
        return self.pages.setdefault(docname, Page())

    def add_text(self, record: TextRecord) -> None:
        """Record a text."""
        self.page(record.docname).texts[record.text.siglum] = record
        self.texts[record.text.siglum] = record

    def add_annotation(self, annotation: Annotation) -> None:
        """Record an annotation."""
        self.page(annotation.docname).annotations[annotation.id] = annotation
        self.annotations[annotation.id] = annotation

    @property
    def translated(self) -> dict[str, str]:
        """The plain words of the notes that are translated, by id."""
        return {key: words for page in self.pages.values() for key, words in page.translated.items()}

    def add_tombstone(self, tombstone: Tombstone) -> None:
        """Record a withdrawn id."""
        self.page(tombstone.docname).tombstones[tombstone.id] = tombstone
        self.tombstones[tombstone.id] = tombstone

    def add_witness(self, witness: Witness) -> None:
        """Record a witness."""
        self.page(witness.docname).witnesses[witness.key] = witness

    @property
    def witnesses(self) -> dict[str, Witness]:
        """All witnesses by text and siglum, in the order of their pages."""
        return {key: witness for _, page in sorted(self.pages.items()) for key, witness in page.witnesses.items()}

    def witness(self, key: str) -> Witness | None:
        """A witness by text and siglum."""
        return next((page.witnesses[key] for page in self.pages.values() if key in page.witnesses), None)

    def take_out(self, siglum: str) -> None:
        """Leave out a text that was read and is not to stand."""
        record = self.texts.pop(siglum)
        del self.page(record.docname).texts[siglum]

    def next_free(self, siglum: str, others: Iterable[str] = ()) -> str:
        """The first id of a text behind all that were ever given out."""
        from sphinx_apparatus.stores.register import registered

        path = Path(self.env.srcdir, self.env.config.apparatus_register)
        given = {*self.annotations, *self.tombstones, *others, *registered(path)}
        numbers = [number for own, number in map(parse_id, given) if own == siglum]
        return f"{siglum}{max(numbers, default=0) + 1}"

    def has(self, identifier: str) -> bool:
        """Whether an id is in use or withdrawn."""
        return identifier in self.annotations or identifier in self.tombstones

    def locate(self, target: str) -> Place | None:
        """Where a reference leads (``K25``, ``K ¶4``, ``K-p4``), or ``None``."""
        from sphinx_apparatus.model.place import locate

        return locate(target, self.texts, self.annotations)

    def _index(self, page: Page) -> None:
        for own, all_ in self._tables(page):
            all_.update(own)

    def _tables(self, page: Page) -> tuple[tuple[dict[str, Any], dict[str, Any]], ...]:
        return (
            (page.texts, self.texts),
            (page.annotations, self.annotations),
            (page.tombstones, self.tombstones),
        )

    # -- Sphinx ------------------------------------------------------------------------

    def directive(self, name: str) -> Any:
        """The directive of a name, loaded when a page first asks for it."""
        from sphinx_apparatus.sphinx_ext.directives import DIRECTIVES, annotates
        from sphinx_apparatus.sphinx_ext.gather import taxonomy

        if name in DIRECTIVES:
            self.directives[name] = DIRECTIVES[name]
        elif name in self.late and name not in self.directives:
            self.directives[name] = import_module(self.late[name]).LIST.directive
        elif name in self.env.config.apparatus_layers and name not in self.directives:
            own = next((layer for layer in taxonomy(self.env).layers if layer.name == name), None)
            return None if own is None else annotates(own)  # what is wrong with it was told
        return super().directive(name)

    def clear_doc(self, docname: str) -> None:
        """Forget what a page said."""
        page = self.pages.pop(docname, None)
        if page is None:
            return
        self._edition = None
        for own, all_ in self._tables(page):
            for key, value in own.items():
                if all_.get(key) is value:
                    del all_[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        from sphinx_apparatus.sphinx_ext.merging import leave_out

        self._edition = None
        for docname, page in otherdata.get("pages", {}).items():
            if docname in docnames:
                leave_out(self, docname, page)
                self.pages[docname] = page
                self._index(page)

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> nodes.reference | None:
        """Resolve an ``ed:ref``."""
        place = self.locate(target)
        if place is None:
            return None
        hint = self.annotations[place.title].lemma if place.title in self.annotations else place.title
        hint = isolated(" ".join(hint.split())[:80], direction(language_of(env.config)))
        return make_refnode(builder, fromdocname, place.docname, place.fragment, contnode, hint)

    def resolve_any_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        target: str,
        node: pending_xref,
        contnode: Element,
    ) -> list[tuple[str, nodes.reference]]:
        """Resolve an ``any`` reference."""
        found = self.resolve_xref(env, fromdocname, builder, "ref", target, node, contnode)
        return [("ed:ref", found)] if found is not None else []

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Annotations and passages for ``objects.inv``: their own pages, which are what is cited, if there are any."""
        own = self.env.config.apparatus_pages

        def at(folder: str, docname: str, anchor: str) -> tuple[str, str]:
            return (f"{folder}/{anchor}", "") if own else (docname, anchor)

        for identifier, annotation in sorted(self.annotations.items()):
            yield identifier, identifier, "annotation", *at(CORRECTIONS, annotation.docname, identifier), 1
        # A withdrawn id keeps its page, and whoever refers to it a link.
        for identifier in sorted(self.tombstones.keys() - self.annotations.keys()) if own else ():
            yield identifier, identifier, "annotation", f"{CORRECTIONS}/{identifier}", "", -1
        for siglum, record in sorted(self.texts.items()):
            yield siglum, siglum, "passage", *at(PASSAGES, record.docname, siglum), 1
            for paragraph in record.text.paragraphs:
                passage = Passage(siglum, paragraph.number)
                yield passage.anchor, str(passage), "passage", *at(PASSAGES, record.docname, passage.anchor), -1

    def note_labels(self) -> None:
        """Let other projects refer to ids without this extension: by Sphinx's own labels, too."""
        labels = self.env.domains.standard_domain
        passages = (
            Passage(siglum, number).anchor
            for siglum, record in self.texts.items()
            for number in (None, *(paragraph.number for paragraph in record.text.paragraphs))
        )
        for name in (*self.annotations, *passages):
            place = self.locate(name)
            if place is not None and name.lower() not in labels.anonlabels:
                labels.labels[name.lower()] = place.docname, place.fragment, name
                labels.anonlabels[name.lower()] = place.docname, place.fragment
        # Of two pages with an event of one name the first has it, whichever was read first, or in another process.
        told: dict[str, list[str]] = {}
        for docname, page in sorted(self.pages.items()):
            for event in page.events:
                told.setdefault(event, []).append(docname)
        for event, docnames in told.items():
            if labels.anonlabels.get(event, docnames)[0] in docnames:
                labels.anonlabels[event] = docnames[0], event

    def get_full_qualified_name(self, node: Element) -> str | None:
        """The name under which an inventory of another project lists the target."""
        target: str | None = node.get("reftarget")
        return target


def domain_of(env: BuildEnvironment) -> ApparatusDomain:
    """The domain of an environment."""
    return cast(ApparatusDomain, env.get_domain("ed"))


def note_app(app: Sphinx) -> None:
    """Tell the domain who builds (``builder-inited``)."""
    domain_of(app.env).app = app


def builder_of(env: BuildEnvironment) -> Builder:
    """The builder at work."""
    return domain_of(env).app.builder


def edition_of(env: BuildEnvironment) -> Edition:
    """The edition, when all pages have been read."""
    return domain_of(env).edition
