"""The list of the edition's data on a page: the placeholder, and what puts the list in its place."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import builder_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _

#: What the list is called among what a page shows.
SHOWS = "data"


class ed_data(nodes.General, nodes.Element):
    """Where the list of files shall stand; ``parts`` if those of each part are meant."""


class Files(SphinxPostTransform):
    """Put the list in its place: with links where the files are beside the page or the edition has an address."""

    default_priority = 3

    def run(self, **kwargs: Any) -> None:
        """Make a table of each placeholder."""
        for node in list(self.document.findall(ed_data)):
            from sphinx_apparatus.concordances.nodes import Column, table
            from sphinx_apparatus.outputs.dataset.directive import parts, whole

            edition = edition_of(self.env)
            rows = parts(edition, pages=self.config.apparatus_pages) if node["parts"] else whole(self.env, edition)
            columns = (Column(_("Of") if node["parts"] else _("What"), 40), Column(_("File"), 60))
            node.replace_self(table(columns, ([words, self._cell(files)] for words, files in rows), "ed-data"))

    def _cell(self, files: list[str]) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        for path in files:
            made += [nodes.Text(" · ")] if made else []
            address = self._address(path)
            name = nodes.literal("", path)
            made.append(nodes.reference("", "", name, refuri=address) if address else name)
        return made

    def _address(self, path: str) -> str:
        if output_of(builder_of(self.env)).own_pages and self.config.apparatus_data:
            return to_file(builder_of(self.env), self.env.current_document.docname, path)
        return edition_of(self.env).imprint.address(path)
