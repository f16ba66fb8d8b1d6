"""The Sphinx domain ``ed``: texts, annotations, tombstones, and references to them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Any, ClassVar

from docutils import nodes
from docutils.nodes import Element
from sphinx.addnodes import pending_xref
from sphinx.builders import Builder
from sphinx.domains import Domain, ObjType
from sphinx.environment import BuildEnvironment
from sphinx.util.nodes import make_refnode

from sphinx_apparatus.addresses import CORRECTIONS
from sphinx_apparatus.annotations import Annotation, ModelError, Passage, parse_target
from sphinx_apparatus.citing.directive import CitationDirective
from sphinx_apparatus.concordances.directives import DIRECTIVES as CONCORDANCES
from sphinx_apparatus.diagnostics import Diagnostic
from sphinx_apparatus.directives import (
    CorrectionDirective,
    EmendationDirective,
    NoteDirective,
    TextDirective,
    TombstoneDirective,
)
from sphinx_apparatus.records import TextRecord, Tombstone
from sphinx_apparatus.roles import ReferenceRole


class ApparatusDomain(Domain):
    """Texts by siglum, annotations and tombstones by id."""

    name = "ed"
    label = "edition"
    data_version = 1
    object_types: ClassVar[dict[str, ObjType]] = {
        "annotation": ObjType("annotation", "ref"),
        "passage": ObjType("passage", "ref"),
    }
    directives: ClassVar[dict[str, Any]] = {
        "text": TextDirective,
        "emendation": EmendationDirective,
        "correction": CorrectionDirective,
        "note": NoteDirective,
        "tombstone": TombstoneDirective,
        "citation": CitationDirective,
        **CONCORDANCES,
    }
    roles: ClassVar[dict[str, Any]] = {"ref": ReferenceRole(warn_dangling=True)}
    initial_data: ClassVar[dict[str, Any]] = {"texts": {}, "annotations": {}, "tombstones": {}}

    @property
    def texts(self) -> dict[str, TextRecord]:
        """The texts by siglum."""
        return self.data.setdefault("texts", {})  # type: ignore[no-any-return]

    @property
    def annotations(self) -> dict[str, Annotation]:
        """The annotations by id."""
        return self.data.setdefault("annotations", {})  # type: ignore[no-any-return]

    @property
    def tombstones(self) -> dict[str, Tombstone]:
        """The withdrawn ids."""
        return self.data.setdefault("tombstones", {})  # type: ignore[no-any-return]

    def has(self, identifier: str) -> bool:
        """Whether an id is in use or withdrawn."""
        return identifier in self.annotations or identifier in self.tombstones

    def annotations_of(self, siglum: str) -> list[Annotation]:
        """A text's annotations in the order in which a reader meets them."""
        return sorted(
            (annotation for annotation in self.annotations.values() if annotation.siglum == siglum),
            key=lambda annotation: annotation.order,
        )

    def sorted_annotations(self) -> list[Annotation]:
        """All annotations, text by text in the order of the texts' pages."""
        return [annotation for siglum in self.sigla() for annotation in self.annotations_of(siglum)]

    def sigla(self) -> list[str]:
        """The sigla in the order of the table of contents."""
        order = {name: number for number, name in enumerate(_toctree_order(self.env))}
        return sorted(self.texts, key=lambda s: (order.get(self.texts[s].docname, len(order)), s))

    def paragraph_of(self, annotation: Annotation) -> int:
        """The number of the paragraph in which an annotation begins; 0 in a text without any."""
        paragraph = self.texts[annotation.siglum].text.paragraph_at(annotation.span.start)
        return paragraph.number if paragraph else 0

    def title_of(self, siglum: str) -> str:
        """The title of the page of a text; a siglum before it (``K: A title``) is not of it."""
        docname = self.texts[siglum].docname
        title = self.env.titles.get(docname)
        words: str = docname if title is None else title.astext()
        return re.sub(rf"^{re.escape(siglum)}[.:]\s", "", words).strip()

    # -- Sphinx ------------------------------------------------------------------------

    def clear_doc(self, docname: str) -> None:
        """Forget what a page said."""
        for table in (self.texts, self.annotations, self.tombstones):
            for key in [key for key, value in table.items() if value.docname == docname]:
                del table[key]

    def merge_domaindata(self, docnames: AbstractSet[str], otherdata: dict[str, Any]) -> None:
        """Take over what another process read."""
        for name in self.initial_data:
            for key, value in otherdata.get(name, {}).items():
                if value.docname not in docnames:
                    continue
                if key in self.data[name]:
                    _warn_twice(key, self.data[name][key], value)
                else:
                    self.data[name][key] = value

    def locate(self, target: str) -> tuple[str, str, str] | None:
        """Page, fragment and title of what a reference names (``K25``, ``K ¶4``, ``K-p4``), or ``None``."""
        try:
            parsed = parse_target(target.replace("-p", " ¶"))
        except ModelError:
            return None
        if isinstance(parsed, Passage):
            record = self.texts.get(parsed.siglum)
            if record is None:
                return None
            if parsed.paragraph is not None and parsed.paragraph > len(record.text.paragraphs):
                return None
            return record.docname, parsed.anchor, str(parsed)
        if parsed in self.annotations:
            return self.annotations[parsed].docname, parsed, parsed
        return None

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
        docname, anchor, title = place
        if fromdocname.startswith(f"{CORRECTIONS}/") and title in self.annotations:
            docname, anchor = f"{CORRECTIONS}/{title}", ""
        hint = self.annotations[title].lemma if title in self.annotations else title
        return make_refnode(builder, fromdocname, docname, anchor, contnode, " ".join(hint.split())[:80])

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
        """Annotations and passages for ``objects.inv``."""
        for identifier, annotation in sorted(self.annotations.items()):
            yield identifier, identifier, "annotation", annotation.docname, identifier, 1
        for siglum, record in sorted(self.texts.items()):
            yield siglum, siglum, "passage", record.docname, siglum, 1
            for paragraph in record.text.paragraphs:
                passage = Passage(siglum, paragraph.number)
                yield passage.anchor, str(passage), "passage", record.docname, passage.anchor, -1

    def get_full_qualified_name(self, node: Element) -> str | None:
        """The name under which an inventory of another project lists the target."""
        target: str | None = node.get("reftarget")
        return target


def _warn_twice(key: str, first: Any, second: Any) -> None:
    diagnostic = Diagnostic.TEXT_DUPLICATE if isinstance(first, TextRecord) else Diagnostic.DUPLICATE_ID
    diagnostic.warn(f"{key} is in {first.docname} and in {second.docname}", second.docname)


def _toctree_order(env: BuildEnvironment) -> Iterator[str]:
    """Page names, depth first from the root of the table of contents."""
    seen: set[str] = set()
    stack = [env.config.root_doc]
    while stack:
        docname = stack.pop()
        if docname in seen:
            continue
        seen.add(docname)
        yield docname
        stack.extend(reversed(env.toctree_includes.get(docname, [])))
