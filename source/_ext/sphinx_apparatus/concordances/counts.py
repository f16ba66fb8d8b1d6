"""The role ``ed:count``: a number in a sentence, counted when the page is written and never by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxRole

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.warnings import warn

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition


class ed_count(nodes.Inline, nodes.Element):
    """Where a number shall stand; attribute ``of``: what is counted, and the siglum of a text where it is of one."""


class CountRole(SphinxRole):
    """``words``, ``words K``, ``annotations``, ``corrections K`` ..."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Leave the place, and note that this page shows data of others."""
        domain_of(self.env).page(self.env.current_document.docname).lists.add("count")
        node = ed_count(of=self.text.strip())
        self.set_source_info(node)
        return [node], []


class Counts(SphinxPostTransform):
    """Count."""

    default_priority = 2

    def run(self, **kwargs: Any) -> None:
        """Put each number in its place; what cannot be counted is warned of."""
        if next(self.document.findall(ed_count), None) is None:
            return
        for node in make_counts(self.document, edition_of(self.env)):
            warn(
                Code.CONCORDANCE,
                f"{node['of']!r} cannot be counted. Remedy: texts, words, paragraphs, annotations, matters, or the "
                "plural of a layer, and the siglum of a text that is there",
                location=node,
            )


def make_counts(document: nodes.document, edition: Edition) -> list[ed_count]:
    """Put the numbers of a page in their places; returns what cannot be counted, whose words stand there."""
    lost = []
    for node in list(document.findall(ed_count)):
        what, _, siglum = node["of"].partition(" ")
        number = count(edition, what, siglum.strip())
        if number is None:
            lost.append(node)
        node.replace_self(nodes.Text(node["of"] if number is None else f"{number:,}"))
    return lost


def count(edition: Edition, what: str, siglum: str = "") -> int | None:
    """How many there are, of the whole edition or of one text; ``None`` for what is not counted."""
    if siglum and siglum not in edition.texts:
        return None
    texts = [edition.texts[siglum].text] if siglum else [record.text for record in edition.texts.values()]
    annotations = edition.of_text(siglum) if siglum else edition.in_order
    if what == "texts":
        return len(texts)
    if what == "annotations":
        return len(annotations)
    if what == "paragraphs":
        return sum(len(text.paragraphs) for text in texts)
    if what == "words":
        return sum(len(text.string.split()) for text in texts)
    if what == "matters":
        return len({annotation.matter for annotation in annotations} - {""})
    for layer in edition.taxonomy.layers:
        if what == layer.plural:
            return sum(annotation.layer == layer for annotation in annotations)
    return None
