"""The lists of works: as lists, each work naming the annotations that cite it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from docutils import nodes
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _, language_of
from sphinx_apparatus.sphinx_ext.post_transforms import references
from sphinx_apparatus.sphinx_ext.scripts import mark_scripts


def listed_at(env: BuildEnvironment) -> list[str]:
    """The pages with lists of works."""
    return list(dict.fromkeys(key.docname for key in _lists(env)))


def list_anew(env: BuildEnvironment) -> None:
    """Empty the items that sphinxcontrib-bibtex has filled: in each tree that it resolves it fills the same ones."""
    for bibliography in _lists(env).values():
        for item in bibliography.citation_nodes.values():
            item.children = []


def _lists(env: BuildEnvironment) -> Mapping[Any, Any]:
    """The lists of works as sphinxcontrib-bibtex has them; it is loaded with the first text of a project."""
    found: Mapping[Any, Any] = env.domaindata.get("cite", {}).get("bibliographies", {})
    return found


#: Styles of sphinxcontrib-bibtex that cite a work by its label: who reads on paper finds it in the list by that.
_BY_LABEL = ("label", "super")


def _begin_with_label(citation: nodes.citation, item: nodes.list_item) -> None:
    label, work = citation.next_node(nodes.label), item.next_node(nodes.TextElement)
    if label is not None and work is not None:
        work.insert(0, nodes.Text(f"[{label.astext()}] "))


class Bibliography(SphinxPostTransform):
    """Make lists of sphinxcontrib-bibtex's citations, each naming the annotations that cite it.

    Its own mark-up, a ``div`` of the role *list* around entries that are no list items,
    is no list to assistive technology; its bullet lists, which are, cannot be the target
    of a citation.  After its transform (5), before references are resolved (10).
    """

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Turn each bibliography into one list."""
        cite: Any = self.env.get_domain("cite")
        keys = {citation.citation_id: citation.key for citation in cite.citations}
        backward = edition_of(self.env).cited_at
        for holder in list(self.document.findall(nodes.container)):
            if not holder.children or not all(isinstance(child, nodes.citation) for child in holder.children):
                continue
            items = nodes.bullet_list(classes=["ed-bibliography"], bullet="-")
            for citation in holder.findall(nodes.citation):
                item = nodes.list_item(ids=citation["ids"])
                item.extend(child for child in citation.children if not isinstance(child, nodes.label))
                if self.config.bibtex_reference_style in _BY_LABEL:
                    _begin_with_label(citation, item)
                key = next((keys[identifier] for identifier in citation["ids"] if identifier in keys), "")
                if key in backward:
                    item += self._cited_at(backward[key])
                items += item
            mark_scripts(items, self.config.apparatus_scripts, language_of(self.config))
            holder.replace_self(items)

    def _cited_at(self, targets: list[str]) -> nodes.paragraph:
        return nodes.paragraph(
            "",
            "",
            nodes.inline("", _("Cited at"), classes=["ed-label"]),
            nodes.Text(" "),
            *references(self.env.current_document.docname, targets, edition_of(self.env)),
            classes=["ed-cited-at"],
        )
