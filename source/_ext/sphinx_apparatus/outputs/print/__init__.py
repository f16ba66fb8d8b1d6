"""The print edition: Sphinx to Typst, and by the PyPI wheel of Typst to PDF."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare
from sphinx_apparatus.sphinx_ext.late import late_builder


def setup(app: Sphinx) -> None:
    """Declare the outputs, and register their builders."""
    for name, builder in (("typst", "TypstBuilder"), ("typstpdf", "TypstPdfBuilder")):
        declare(Output(name, beside=True))
        app.add_builder(late_builder(name, "typst", f"{__name__}.builder", builder))
