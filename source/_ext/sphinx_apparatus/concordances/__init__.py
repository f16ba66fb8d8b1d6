"""Concordances: the lists and pictures that an edition computes from its data, a list a module."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Make all lists known, and the transform that fills them in."""
    from sphinx_apparatus.concordances import (
        chronology,
        contradictions,
        diagnostics,
        editors,
        emendations,
        names,
        parallels,
        sigla,
        statistics,
        stemma_picture,
        timeline,
    )
    from sphinx_apparatus.concordances.lists import Concordances, shown_lists
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    for module in (
        contradictions,
        parallels,
        chronology,
        timeline,
        names,
        emendations,
        stemma_picture,
        sigla,
        statistics,
        diagnostics,
        editors,
    ):
        module.setup(app)
    app.add_post_transform(Concordances)
    add_shown(shown_lists)
