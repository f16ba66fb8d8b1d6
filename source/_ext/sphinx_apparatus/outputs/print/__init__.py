"""The print edition: Sphinx to Typst, and by the PyPI wheel of Typst to PDF."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare


def setup(app: Sphinx) -> None:
    """Declare the outputs, and register their builders."""
    from sphinx_apparatus.outputs.print.builder import TypstBuilder, TypstPdfBuilder

    for builder in (TypstBuilder, TypstPdfBuilder):
        declare(Output(builder.name, beside=True))
        app.add_builder(builder)
