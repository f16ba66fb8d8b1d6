"""HTML assets: what each page loads, and the files made for each text."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.concordances import LISTS
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import script as words_of_scripts
from sphinx_apparatus.stores.atomic import write

_ROOT = Path(__file__).parent.parent.parent

STATIC = _ROOT / "static"

#: What we add to the theme's templates.
TEMPLATES = _ROOT / "templates" / "theme"

#: Where a page's scripts find their words.
WORDS = "ed-words.js"

#: On the pages of texts, and on those with lists.
_READING = ("apparatus.js", "passage.js")


def configure(app: Sphinx, config: Config) -> None:
    """Add the theme's template (``config-inited``)."""
    config.templates_path = [*config.templates_path, str(TEMPLATES)]


def add_static(app: Sphinx, env: BuildEnvironment) -> None:
    """Add the static files of an edition (``env-updated``, before any are copied).

    Style sheets and scripts go to the reader without what only we read: comments and white space.
    """
    if not output_of(app.builder).assets:
        return
    import rjsmin

    made = Path(app.doctreedir, "apparatus-static")
    shutil.rmtree(made, ignore_errors=True)
    for suffix, shorter in ((".css", _without_comments), (".js", rjsmin.jsmin)):
        for path in STATIC.glob(f"*{suffix}"):
            write(made / path.name, shorter(path.read_text(encoding="utf-8")))
    app.config.html_static_path.extend((str(STATIC), str(made)))


def _without_comments(css: str) -> str:
    """A style sheet of ours, in whose strings no comment begins; blanks stay, for one before a colon has a meaning."""
    return re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)).lstrip()


def words_script(app: Sphinx) -> bool:
    """Write the words of our scripts, where the edition is in another language; whether it is."""
    words = words_of_scripts()
    if words:
        write(Path(app.outdir, "_static", WORDS), words)
    return bool(words)


def add_styles(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Load our styles and scripts on a page of an edition (``html-page-context``)."""
    output = output_of(app.builder)
    edition = edition_of(app.env)
    if not output.assets:
        return
    from sphinx_apparatus.outputs.html.paging import home
    from sphinx_apparatus.outputs.html.style import rules, sheets, tints, unscripted, view_of_sheets

    static = Path(app.outdir, "_static")
    app.add_css_file("apparatus.css")
    # Before the page is rendered, which names the sheet's checksum.
    write(static / "ed-print.css", sheets(edition.imprint.title, edition.imprint.version))
    app.add_css_file("ed-print.css")
    if words_script(app):
        app.add_js_file(WORDS, priority=100)
    for script in _READING:
        app.add_js_file(script, loading_method="defer")
    of = home(app, pagename)
    for siglum, record in edition.texts.items():
        if record.docname == of or output.one_page:
            if of == pagename:  # further pages of the text have the sheets of the first
                path = app.builder.get_target_uri(pagename)
                paper = view_of_sheets(edition.imprint.address(path) or path)
                write(static / f"ed-{siglum}.css", rules(edition, siglum) + paper)
                opened = unscripted(*((STATIC / name).read_text("utf-8") for name in ("apparatus.css", "facing.css")))
                noscript = _without_comments(opened) + tints(edition.of_text(siglum))
                write(static / f"ed-{siglum}-noscript.css", noscript)
            app.add_css_file(f"ed-{siglum}.css", priority=900)
            app.add_css_file(f"ed-{siglum}-noscript.css", priority=900, media="(scripting: none)")
    page = domain_of(app.env).pages.get(pagename)
    if any(record.bands and (record.docname == of or output.one_page) for record in edition.texts.values()):
        app.add_css_file("facing.css")
    if page and "specimen" in page.lists:
        app.add_css_file("specimen.css")
    if (page and page.lists & LISTS.keys()) or output.one_page:
        app.add_css_file("lists.css")
        app.add_js_file("lists.js", loading_method="defer")


def drop_unused(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Leave out what the page of a text needs not (``html-page-context``, late).

    That is the style of listings, if it has none, and Sphinx's script that marks words searched for: it would put
    mark-up of its own among those of the text.
    """
    from sphinx_apparatus.outputs.html.paging import home

    own = any(record.docname == home(app, pagename) for record in edition_of(app.env).texts.values())
    if own:
        files = context.get("script_files", [])
        context["script_files"] = [one for one in files if "sphinx_highlight" not in str(getattr(one, "filename", one))]
    if own and 'class="highlight' not in context.get("body", ""):
        context["css_files"] = [one for one in context["css_files"] if "pygments" not in str(one.filename)]
