"""Where Sphinx is met: configuration, domain, directives, nodes, transforms."""

from __future__ import annotations

from sphinx.application import Sphinx


def setup(app: Sphinx) -> None:
    """Register values, domain, transforms and events."""
    from sphinx_apparatus.sphinx_ext import (
        conditions,
        config,
        imprint,
        locale,
        nodes,
        outdated,
        references,
        verify,
        warnings,
    )
    from sphinx_apparatus.sphinx_ext.capabilities import Output, declare
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain, note_app
    from sphinx_apparatus.sphinx_ext.late import in_edition, late_transform
    from sphinx_apparatus.sphinx_ext.scripts import ForeignScripts

    declare(Output("gettext", messages=True))
    locale.add_catalogue(app)
    config.add_values(app)
    app.add_domain(ApparatusDomain)
    app.add_transform(ForeignScripts)
    # After SmartQuotes (855), so that no transform that rewrites prose ever meets the text; before UIDTransform (880),
    # which marks what a translator is given.
    app.add_transform(late_transform(f"{__name__}.weave", "Weave", 875, nodes.__name__))
    # Before references are resolved (10).
    app.add_post_transform(late_transform(f"{__name__}.post_transforms", "Relations", 4, nodes.__name__))
    app.connect("config-inited", config.check)
    app.connect("config-inited", imprint.check_date)
    app.connect("builder-inited", note_app, priority=1)
    app.connect("env-get-outdated", conditions.outdated_conditions)
    app.connect("env-get-outdated", outdated.renamed)
    app.connect("env-get-outdated", outdated.rivalled)
    app.connect("env-before-read-docs", verify.verify_texts)
    app.connect("env-before-read-docs", outdated.forget_read)
    app.connect("doctree-read", outdated.note_references)
    app.connect("env-check-consistency", warnings.report)
    app.connect("env-check-consistency", in_edition(config.__name__, "check_pages"))
    app.connect("warn-missing-reference", references.warn_unresolved)


def connect_last(app: Sphinx) -> None:
    """Register what must come after the events of all rooms."""
    from sphinx_apparatus.sphinx_ext import outdated

    app.connect("env-updated", outdated.outdated, priority=900)
    app.connect("build-finished", outdated.remember, priority=900)
