"""The e-book: Sphinx's own EPUB, with the texts in both readings and their notes as EPUB footnotes."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare
from sphinx_apparatus.sphinx_ext.late import in_edition, late_builder


def setup(app: Sphinx) -> None:
    """Declare the output, and register its builder."""
    declare(Output("epub", beside=True))
    app.add_builder(late_builder("epub", "html", f"{__name__}.builder", "EditionEpubBuilder"), override=True)
    app.connect("builder-inited", prepare)


def prepare(app: Sphinx) -> None:
    """Register the nodes and the events of an e-book where one is made (``builder-inited``)."""
    if app.builder.name != "epub":
        return
    from sphinx_apparatus.outputs.epub import elements, reading

    for node, visitors in elements.VISITORS.items():
        app.add_node(node, html=visitors)
    app.add_post_transform(reading.EpubTexts)
    app.connect("html-page-context", in_edition(f"{__name__}.sheets", "add_sheet"))
