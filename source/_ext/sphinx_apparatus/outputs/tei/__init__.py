"""TEI P5: a file a text, and the corpus."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare


def setup(app: Sphinx) -> None:
    """Declare the output, and register its builder."""
    from sphinx_apparatus.outputs.tei.builder import TeiBuilder

    declare(Output(TeiBuilder.name, beside=True))
    app.add_builder(TeiBuilder)
