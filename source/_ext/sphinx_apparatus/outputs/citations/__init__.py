"""The pages of single annotations, of texts and of paragraphs, with their citations; what machines read of them."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register directive and events."""
    from sphinx_apparatus.outputs.citations import directive, head, pages, search, sitemap
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    app.add_directive_to_domain("ed", "citation", directive.CitationDirective)
    app.add_node(directive.ed_online)
    app.add_post_transform(directive.Online)
    app.connect("builder-inited", search.keep_own_pages)
    app.connect("doctree-resolved", search.feed_own_pages)
    app.connect("html-page-context", pages.write_own_pages, priority=400)
    app.connect("html-page-context", head.describe_page)
    app.connect("html-collect-pages", pages.write_exports)
    app.connect("build-finished", sitemap.write_sitemap)
    app.connect("build-finished", pages.clear_away)
    add_shown(pages.shown_citations)
