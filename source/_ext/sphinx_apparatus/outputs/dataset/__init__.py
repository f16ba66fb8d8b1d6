"""The edition as data: tables, Web Annotations, TEI, texts, in one package, part by part and whole."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare, output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of
from sphinx_apparatus.sphinx_ext.late import in_edition, late_builder
from sphinx_apparatus.stores.upkeep import forget

#: The group of the files beside the pages of a site.
GROUP = "data"


def setup(app: Sphinx) -> None:
    """Declare the output, register its builder, and write the same beside the pages of a site."""
    from sphinx_apparatus.outputs.dataset.listing import SHOWS, Files, ed_data
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    declare(Output("dataset", beside=True))
    app.add_builder(late_builder("dataset", "dataset", f"{__name__}.builder", "DatasetBuilder"))
    ApparatusDomain.late[SHOWS] = f"{__name__}.directive"
    app.add_node(ed_data)
    app.add_post_transform(Files)
    add_shown(in_edition(f"{__name__}.directive", "shown_data", otherwise=()))
    app.connect("build-finished", in_edition(f"{__name__}.site", "write_data"), priority=400)
    app.connect("build-finished", clear_away)


def clear_away(app: Sphinx, exception: Exception | None) -> None:
    """Remove the data of an edition that is none any more (``build-finished``)."""
    if exception is None and output_of(app.builder).own_pages and not domain_of(app.env).texts:
        forget(Path(app.outdir), GROUP)
