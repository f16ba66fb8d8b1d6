"""Concordances: the lists and pictures that an edition computes from its data, a list a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: The lists by the names of their directives, each in its module.
LISTS = {
    name: f"{__name__}.{module}"
    for name, module in {
        "beside": "beside",
        "contradictions": "contradictions",
        "parallels": "parallels",
        "chronology": "chronology",
        "timeline": "timeline",
        "names": "names_index",
        "annotations": "annotations",
        "emendations": "emendations",
        "lemmata": "lemmata",
        "stemma": "stemma_picture",
        "sigla": "sigla",
        "statistics": "statistics",
        "diagnostics": "diagnostics",
        "editors": "editors",
    }.items()
}


def setup(app: Sphinx) -> None:
    """Make all lists known, and the transform that fills them in."""
    from sphinx_apparatus.concordances.contact import ContactRole
    from sphinx_apparatus.concordances.counts import CountRole, Counts, ed_count
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain
    from sphinx_apparatus.sphinx_ext.late import in_edition, late_transform
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    ApparatusDomain.late.update(LISTS)
    app.add_role_to_domain("ed", "contact", ContactRole())
    app.add_role_to_domain("ed", "count", CountRole())
    app.add_node(ed_count)
    # Before citations (5) and references (10) are resolved.
    app.add_post_transform(late_transform(f"{__name__}.lists", "Concordances", 2, f"{__name__}.nodes"))
    app.add_post_transform(Counts)
    add_shown(in_edition(f"{__name__}.lists", "shown_lists", otherwise=()))
