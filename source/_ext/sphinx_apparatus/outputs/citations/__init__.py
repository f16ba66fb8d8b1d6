"""The pages of single annotations, of texts and of paragraphs, with their citations; what machines read of them."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register directive and events."""
    from sphinx_apparatus.outputs.citations import clearing, search
    from sphinx_apparatus.outputs.citations.online import Online, ed_online
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain
    from sphinx_apparatus.sphinx_ext.late import in_edition
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    pages = f"{__name__}.pages"
    ApparatusDomain.late["citation"] = f"{__name__}.directive"
    app.add_node(ed_online)
    app.add_post_transform(Online)
    app.connect("builder-inited", search.keep_own_pages)
    app.connect("env-check-consistency", in_edition(f"{__name__}.clearing", "check_names"))
    app.connect("doctree-resolved", search.feed_own_pages)
    app.connect("html-page-context", in_edition(pages, "write_own_pages"), priority=400)
    app.connect("html-page-context", in_edition(f"{__name__}.head", "describe_page"))
    app.connect("html-collect-pages", in_edition(pages, "write_exports", otherwise=()))
    app.connect("build-finished", in_edition(f"{__name__}.sitemap", "write_sitemap"))
    app.connect("build-finished", clearing.clear_away)
    app.connect("build-finished", search.remember_fed)
    app.connect("html-collect-pages", in_edition(f"{__name__}.feeds", "write_feeds", otherwise=()))
    add_shown(in_edition(pages, "shown_citations", otherwise=()))
