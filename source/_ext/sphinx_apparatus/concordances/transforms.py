"""The post-transform that puts each list in the place of its placeholder."""

from __future__ import annotations

from typing import Any

from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.concordances.data_pages import DATA_RENDERERS
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.concordances.pages import RENDERERS, Page


class Concordances(SphinxPostTransform):
    """Make the lists of a page; before citations (5) and references (10) are resolved."""

    default_priority = 2

    def run(self, **kwargs: Any) -> None:
        """Replace each placeholder."""
        page = Page(self.env.current_document.docname, self.env.domains["ed"], self.env, self.app.builder)
        renderers = {**RENDERERS, **DATA_RENDERERS}
        for placeholder in list(self.document.findall(ed_list)):
            placeholder.replace_self(renderers[placeholder["list"]](page, placeholder))
