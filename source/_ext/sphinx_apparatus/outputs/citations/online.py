"""Links to files and pages that stand beside the pages of the project, where the output has them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import builder_of


class ed_online(nodes.General, nodes.Element):
    """A paragraph of links beside the pages: ``label``, and ``targets``, pairs of words and a file or a page.

    A target whose name ends as a file's does is one; another is a page.  Only an output that has
    pages of annotations has what they lead to.
    """


class Online(SphinxPostTransform):
    """Link files and pages beside the page, where the output has them."""

    default_priority = 3

    def run(self, **kwargs: Any) -> None:
        """Write the links, or leave them out."""
        there = output_of(builder_of(self.env)).own_pages
        for node in list(self.document.findall(ed_online)):
            node.replace_self(self._linked(node) if there else [])

    def _linked(self, node: ed_online) -> nodes.paragraph:
        paragraph = nodes.paragraph("", node["label"])
        for number, (name, target) in enumerate(node["targets"]):
            if number:
                paragraph += nodes.Text(" · ")
            paragraph += nodes.reference("", name, refuri=self._address(target))
        return paragraph

    def _address(self, target: str) -> str:
        builder, here = builder_of(self.env), self.env.current_document.docname
        if Path(target).suffix:
            return to_file(builder, here, target)
        return builder.get_relative_uri(here, target)
