"""All that an edition has to give as data: the edition, its notes, names, events, works, its declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.works import printed_item
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of

if TYPE_CHECKING:
    from sphinx_apparatus.concordances.chronology import Event
    from sphinx_apparatus.concordances.names import Name

#: The nodes of something said.
Said = Sequence[nodes.Node]


def _nothing(annotation: Annotation) -> Said:
    """The nodes of a note where none are known."""
    return ()


@dataclass(frozen=True)
class Material:
    """``note`` gives the nodes of an annotation's note; ``names`` and ``events`` are with theirs."""

    edition: Edition
    note: Callable[[Annotation], Said] = _nothing
    names: Sequence[tuple[Name, Said]] = ()
    events: Sequence[tuple[Event, Said]] = ()
    works: Mapping[str, Item] = field(default_factory=dict)
    declaration: Said = ()
    #: the extensions of MyST in which notes are written
    markdown: Sequence[str] = ()
    #: the pictures of notes, by their paths in the project
    pictures: Mapping[str, Path] = field(default_factory=dict)

    @cached_property
    def cited(self) -> dict[str, Item]:
        """The works that an annotation or a text names, by key, in alphabetical order."""
        keys = {key for annotation in self.edition.annotations.values() for key in annotation.cites}
        for record in self.edition.texts.values():
            keys |= {record.source, *(part.source for part in record.parts)}
        for annotation in self.edition.annotations.values():
            if annotation.wording:
                keys.add(annotation.wording.source)
        return {key: item for key, item in self.works.items() if key in keys}


def material(env: BuildEnvironment) -> Material:
    """Read it off the pages as they were parsed; one with notes when the first of them is asked for."""
    edition = edition_of(env)

    @cache
    def notes(docname: str) -> dict[str, Said]:
        document = env.get_doctree(docname)
        _call(document)
        return {node["annotation"]: node.children for node in document.findall(ed.ed_annotation)}

    def note(annotation: Annotation) -> Said:
        return notes(annotation.docname).get(annotation.id, ())

    names, events = _lists(env)
    declaration = env.config.apparatus_declaration
    said = _page(env, declaration) if declaration in env.found_docs else ()
    works = {key: printed_item(env, key) for key in sorted(edition.works)}
    markdown = sorted(getattr(env.config, "myst_enable_extensions", ()))
    return Material(edition, note, names, events, works, said, markdown, _pictures(env, edition))


def _pictures(env: BuildEnvironment, edition: Edition) -> dict[str, Path]:
    """The pictures that notes and footnotes show, and those of the declaration and of the pages of names and events."""
    annotated = {annotation.docname for annotation in edition.annotations.values()}
    noted = {docname: _shown(env.get_doctree(docname)) for docname in annotated & _pictured(env)}
    whole = {docname for docname, page in domain_of(env).pages.items() if page.lists & {"names", "chronology"}}
    whole.add(env.config.apparatus_declaration)
    found = {}
    for path, (docnames, _file) in sorted(env.images.items()):
        shown = whole & docnames or any(path in noted.get(docname, ()) for docname in docnames)
        if shown and "://" not in path and Path(env.srcdir, path).is_file():
            found[path] = Path(env.srcdir, path)
    return found


def _pictured(env: BuildEnvironment) -> set[str]:
    """The pages with pictures."""
    return {docname for docnames, _file in env.images.values() for docname in docnames}


def _shown(document: nodes.document) -> set[str]:
    """The pictures in the notes of a page, by their paths; a footnote may be called in any of them."""
    parts: list[nodes.Element] = [*document.findall(ed.ed_annotation), *document.findall(nodes.footnote)]
    found: set[str] = set()
    for image in (image for part in parts for image in part.findall(nodes.image)):
        found.update(image.get("candidates", {}).values())
    return found


def _call(document: nodes.document) -> None:
    """Give each call of a footnote the footnote, which stands at the end of the page: as ``footnote`` of the call."""
    footnotes = {identifier: one for one in document.findall(nodes.footnote) for identifier in one["ids"]}
    for call in document.findall(nodes.footnote_reference):
        if call.get("refid") in footnotes:
            call["footnote"] = footnotes[call["refid"]]


def _page(env: BuildEnvironment, docname: str) -> Said:
    """What a page says, its lists and numbers made; where one cannot be, that was told of the page itself."""
    from sphinx_apparatus.concordances.counts import make_counts
    from sphinx_apparatus.concordances.lists import make_lists

    document = env.get_doctree(docname)
    make_lists(document, env, docname)
    make_counts(document, edition_of(env))
    return document.children


def _lists(env: BuildEnvironment) -> tuple[list[Any], list[Any]]:
    """The names and events of the pages that list them, each once."""
    found: dict[str, dict[str, list[Any]]] = {"names": {}, "chronology": {}}
    for docname, page in sorted(domain_of(env).pages.items()):
        if not page.lists & found.keys():
            continue
        from sphinx_apparatus.concordances.nodes import ed_list

        for node in env.get_doctree(docname).findall(ed_list):
            if node["list"] in found:
                notes = [child.children for child in node.children] or [()] * len(node["data"])
                found[node["list"]][node["path"]] = list(zip(node["data"], notes, strict=False))
    return tuple([pair for pairs in found[name].values() for pair in pairs] for name in found)  # type: ignore[return-value]
