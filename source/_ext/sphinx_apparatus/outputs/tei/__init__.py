"""TEI P5: a file a text, and the corpus."""

from __future__ import annotations

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare
from sphinx_apparatus.sphinx_ext.late import late_builder


def setup(app: Sphinx) -> None:
    """Declare the output, and register its builder."""
    declare(Output("tei", beside=True))
    app.add_builder(late_builder("tei", "tei", f"{__name__}.builder", "TeiBuilder"))
