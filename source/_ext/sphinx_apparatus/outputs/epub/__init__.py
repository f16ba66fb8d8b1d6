"""The e-book: Sphinx's own EPUB, with the texts in both readings and their notes as EPUB footnotes."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare


def setup(app: Sphinx) -> None:
    """Declare the output, and register its builder, its nodes and its events."""
    from sphinx_apparatus.outputs.epub import elements
    from sphinx_apparatus.outputs.epub.builder import EditionEpubBuilder
    from sphinx_apparatus.outputs.epub.reading import EpubTexts
    from sphinx_apparatus.sphinx_ext.late import in_edition

    declare(Output(EditionEpubBuilder.name, beside=True))
    app.add_builder(EditionEpubBuilder, override=True)
    for node, visitors in elements.VISITORS.items():
        app.add_node(node, html=visitors)
    app.add_post_transform(EpubTexts)
    app.connect("html-page-context", in_edition(f"{__name__}.sheets", "add_sheet"))
