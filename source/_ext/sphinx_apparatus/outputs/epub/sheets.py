"""The e-book's own style sheet, on each of its pages."""

from __future__ import annotations

from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx

from sphinx_apparatus.outputs.epub.builder import Sheet


def add_sheet(app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None) -> None:
    """Load it (``html-page-context``)."""
    app.add_css_file(Sheet.NAME)
