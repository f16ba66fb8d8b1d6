"""Post-transforms: what a page shows of the rest of the edition, made as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.model.reference import Passage, parse_target
from sphinx_apparatus.model.relations import LABELS
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition


def reference(docname: str, target: str, edition: Edition) -> pending_xref:
    """A reference to an id or a passage, to be resolved by Sphinx; if it leads nowhere, that was told before."""
    parsed = parse_target(target)
    anchor = parsed.anchor if isinstance(parsed, Passage) else parsed
    title = named(edition, parsed).replace(" ", "\u00a0")
    node = pending_xref(
        "", refdomain="ed", reftype="ref", reftarget=anchor, refexplicit=False, refdoc=docname, told=True
    )
    node += nodes.inline("", title, classes=["xref", "ed", "ed-ref"])
    return node


def named(edition: Edition, parsed: str | Passage) -> str:
    """What a target is called: a passage as its edition refers to it."""
    if isinstance(parsed, Passage) and parsed.paragraph and edition.locate(str(parsed)):
        record = edition.texts[parsed.siglum]
        return edition.passage(parsed.siglum, parsed.paragraph).name if record.reference else str(parsed)
    return str(parsed)


def references(docname: str, targets: Iterable[str], edition: Edition) -> list[nodes.Node]:
    """References set apart by commas."""
    made: list[nodes.Node] = []
    for target in targets:
        if made:
            made.append(nodes.Text(", "))
        made.append(reference(docname, target, edition))
    return made


class Relations(SphinxPostTransform):
    """Say at the end of each note what it stands beside."""

    def run(self, **kwargs: Any) -> None:
        """Add the relations, both ways."""
        found = list(self.document.findall(ed.ed_annotation))
        if not found:
            return
        edition = edition_of(self.env)
        table = edition.relations
        for node in found:
            kinds = table.get(node["annotation"])
            if not kinds:
                continue
            relations = ed.ed_relations()
            for kind, targets in kinds.items():
                relations += nodes.paragraph(
                    "",
                    "",
                    nodes.inline("", _(LABELS[kind]), classes=["ed-label"]),
                    nodes.Text(" "),
                    *references(self.env.current_document.docname, targets, edition),
                )
            node += relations
