"""sphinx-apparatus: annotated critical editions with Sphinx.

A text is reproduced verbatim beside annotations that are anchored in it by
quotation; each annotation is an object with a permanent id.
"""

from __future__ import annotations

from typing import Any

from sphinx.application import Sphinx

from sphinx_apparatus import bibstyle, config, consistency
from sphinx_apparatus.citing import edition, reading
from sphinx_apparatus.citing import pages as citing_pages
from sphinx_apparatus.concordances.transforms import Concordances
from sphinx_apparatus.domain import ApparatusDomain
from sphinx_apparatus.html import pages
from sphinx_apparatus.html.visitors import VISITORS
from sphinx_apparatus.transforms import ForeignScripts, Weave
from sphinx_apparatus.typst.builder import TypstBuilder, TypstPdfBuilder
from sphinx_apparatus.version import __version__
from sphinx_apparatus.writing import Bibliography, Footnotes, Relations


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx."""
    app.setup_extension("sphinxcontrib.bibtex")
    bibstyle.remember_backend()
    config.add_values(app)
    app.connect("config-inited", config.check)
    app.connect("config-inited", pages.configure)
    app.add_domain(ApparatusDomain)
    app.add_builder(TypstBuilder)
    app.add_builder(TypstPdfBuilder)
    for node, visitors in VISITORS.items():
        app.add_node(node, html=visitors)
    app.add_transform(ForeignScripts)
    app.add_transform(Weave)
    app.add_post_transform(Concordances)
    app.add_post_transform(Relations)
    app.add_post_transform(Bibliography)
    app.add_post_transform(Footnotes)
    app.connect("builder-inited", bibstyle.tell_works_apart)
    app.connect("env-before-read-docs", consistency.verify_texts)
    app.connect("doctree-read", consistency.note_references)
    app.connect("env-purge-doc", consistency.purge)
    app.connect("env-merge-info", consistency.merge)
    app.connect("env-updated", consistency.outdated)
    app.connect("env-updated", pages.write_styles)
    app.connect("env-check-consistency", consistency.check)
    app.connect("warn-missing-reference", consistency.warn_unresolved)
    app.connect("html-page-context", pages.add_styles)
    app.connect("html-page-context", reading.describe_page)
    app.connect("build-finished", reading.write_sitemap)
    app.connect("config-inited", edition.check_date)
    app.connect("html-collect-pages", citing_pages.write_pages)
    return {
        "version": __version__,
        "env_version": 1,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
