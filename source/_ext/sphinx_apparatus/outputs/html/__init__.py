"""The HTML output: the reading page, its style, its policy."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare


def setup(app: Sphinx) -> None:
    """Declare the outputs, and register their visitors and events."""
    from sphinx_apparatus.outputs.html import assets, headnote, one_page, searching, site
    from sphinx_apparatus.sphinx_ext import nodes
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain
    from sphinx_apparatus.sphinx_ext.late import in_edition, late_transform, late_visitors
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    for name in ("html", "dirhtml"):
        declare(Output(name, beside=True, own_pages=True, assets=True, inline_pictures=True))
    declare(Output("singlehtml", beside=True, one_page=True, assets=True, inline_pictures=True))
    for node in nodes.SHOWN:
        app.add_node(node, html=late_visitors(f"{__name__}.visitors", node))
    app.add_node(headnote.ed_headnote, html=(headnote.visit, headnote.depart))
    app.add_post_transform(headnote.Fold)
    app.add_post_transform(one_page.UniqueIds)
    specimen = f"{__name__}.specimen"
    app.add_post_transform(late_transform(specimen, "Specimens", 3, nodes.__name__))
    ApparatusDomain.late["specimen"] = specimen
    app.connect("config-inited", assets.configure)
    app.connect("env-updated", in_edition(assets.__name__, "add_static"))
    written = site.stamps(Path(app.outdir, "_static"))
    app.connect("builder-inited", partial(site.clear_static, before=written), priority=1)
    app.connect("env-updated", in_edition(f"{__name__}.finishing", "install"))
    app.connect("env-updated", in_edition(site.__name__, "write_at_ease"))
    app.connect("env-updated", in_edition(site.__name__, "write_with_all"))
    app.connect("builder-inited", searching.widen_search)
    app.connect("html-page-context", in_edition(searching.__name__, "add_script"))
    app.connect("html-page-context", in_edition(assets.__name__, "add_styles"))
    app.connect("html-page-context", in_edition(f"{__name__}.related", "write_notes"))
    app.connect("html-page-context", in_edition(assets.__name__, "drop_unused"), priority=950)
    app.connect("html-page-context", in_edition(f"{__name__}.paging", "turn_pages"), priority=990)
    app.connect("build-finished", in_edition(f"{__name__}.related", "write_works"))
    app.connect("doctree-resolved", in_edition(f"{__name__}.found", "keep_words"))
    app.connect("build-finished", in_edition(f"{__name__}.found", "write_found"))
    app.connect("build-finished", site.clear_away)
    add_shown(site.shown_site)
    add_shown(site.shown_lines)
    add_shown(in_edition(f"{__name__}.paging", "shown_pages", otherwise=()))
    add_shown(in_edition(f"{__name__}.connections", "shown_connections", otherwise=()))
