"""What is made of an edition: pages, citations, the book, plain forms for other builders."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Set up every output."""
    from sphinx_apparatus.outputs import citations, dataset, epub, html, plain, tei, tex
    from sphinx_apparatus.outputs import print as book

    for output in (html, citations, book, epub, tei, dataset, tex):
        output.setup(app)
    app.add_post_transform(plain.Footnotes)
