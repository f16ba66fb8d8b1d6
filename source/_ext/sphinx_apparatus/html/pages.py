"""HTML assets: what each page loads, and the files made for each text."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.files import write
from sphinx_apparatus.html.style import rules

STATIC = Path(__file__).parent.parent / "static"

#: What we add to the theme's templates.
TEMPLATES = Path(__file__).parent.parent / "templates" / "theme"


def configure(app: Sphinx, config: Config) -> None:
    """Add the static files, and the template bridge that writes the policy (``config-inited``)."""
    config.html_static_path.append(str(STATIC))
    config.templates_path = [*config.templates_path, str(TEMPLATES)]
    app.add_css_file("apparatus.css")
    for script in ("apparatus.js", "passage.js"):
        app.add_js_file(script, loading_method="defer")
    if config.apparatus_csp and not config.template_bridge:
        config.template_bridge = "sphinx_apparatus.html.policy.PolicyTemplates"


def write_styles(app: Sphinx, env: BuildEnvironment) -> None:
    """Write each text's style sheet before any page asks for it (``env-updated``)."""
    if app.builder.format != "html":
        return
    domain: Any = env.domains["ed"]
    for siglum, record in domain.texts.items():
        target = Path(app.outdir, "_static", f"ed-{siglum}.css")
        write(target, rules(record.text, domain.annotations_of(siglum)))


def add_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Load a text's style sheet on its page (``html-page-context``)."""
    domain: Any = app.env.domains["ed"]
    for siglum, record in domain.texts.items():
        if record.docname == pagename or app.builder.name == "singlehtml":
            app.add_css_file(f"ed-{siglum}.css", priority=900)
    if pagename in getattr(app.env, "apparatus_lists", ()) or app.builder.name == "singlehtml":
        app.add_css_file("lists.css")
        app.add_js_file("lists.js", loading_method="defer")
