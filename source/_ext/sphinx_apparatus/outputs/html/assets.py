"""HTML assets: what each page loads, and the files made for each text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.config import Config

from sphinx_apparatus.outputs.html.style import rules
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.stores.atomic import write

_ROOT = Path(__file__).parent.parent.parent

STATIC = _ROOT / "static"

#: What we add to the theme's templates.
TEMPLATES = _ROOT / "templates" / "theme"

#: On the pages of texts, and on those with lists.
_READING = ("apparatus.js", "passage.js")


def configure(app: Sphinx, config: Config) -> None:
    """Add the static files and the theme's template (``config-inited``)."""
    config.html_static_path.append(str(STATIC))
    config.templates_path = [*config.templates_path, str(TEMPLATES)]


def write_styles(app: Sphinx, builder: Builder) -> None:
    """Write each text's style sheet before any page asks for it (``write-started``)."""
    if not output_of(builder).assets:
        return
    edition = edition_of(builder.env)
    for siglum, record in edition.texts.items():
        target = Path(builder.outdir, "_static", f"ed-{siglum}.css")
        write(target, rules(record.text, edition.of_text(siglum), edition.taxonomy))


def add_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Load our styles and scripts on a page of an edition (``html-page-context``)."""
    output = output_of(app.builder)
    edition = edition_of(app.env)
    if not output.assets or not edition.texts:
        return
    app.add_css_file("apparatus.css")
    for script in _READING:
        app.add_js_file(script, loading_method="defer")
    for siglum, record in edition.texts.items():
        if record.docname == pagename or output.one_page:
            app.add_css_file(f"ed-{siglum}.css", priority=900)
    page = domain_of(app.env).pages.get(pagename)
    if (page and page.lists) or output.one_page:
        app.add_css_file("lists.css")
        app.add_js_file("lists.js", loading_method="defer")
