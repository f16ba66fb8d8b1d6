"""The e-book: Sphinx's own EPUB, with the texts in both readings and their notes as EPUB footnotes."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.capabilities import Output, declare
from sphinx_apparatus.sphinx_ext.late import in_edition, late_builder


def setup(app: Sphinx) -> None:
    """Declare the output, and register its builder."""
    declare(Output("epub", beside=True))
    app.add_builder(late_builder("epub", "html", f"{__name__}.builder", "EditionEpubBuilder"), override=True)
    app.connect("builder-inited", prepare)
    # Sphinx asks for these before (500), and has no way not to.
    app.connect("builder-inited", hold, priority=400)
    app.connect("builder-inited", release, priority=600)


def prepare(app: Sphinx) -> None:
    """Register the nodes and the events of an e-book where one is made (``builder-inited``)."""
    if app.builder.name != "epub":
        return
    from sphinx_apparatus.outputs.epub import elements, reading

    for node, visitors in elements.VISITORS.items():
        app.add_node(node, override=True, html=visitors)
    app.add_post_transform(reading.EpubTexts)
    app.connect("html-page-context", in_edition(f"{__name__}.sheets", "add_sheet"))


#: Values that the package of an edition takes from its imprint where a project leaves them empty.
_OPTIONAL = ("epub_copyright", "version")


def hold(app: Sphinx) -> None:
    """Let nobody ask for a value that is not needed (``builder-inited``, early)."""
    if app.builder.name == "epub" and Path(app.confdir, app.config.apparatus_text_dir).is_dir():
        for name in _OPTIONAL:
            app.config[name] = app.config[name] or _HELD


def release(app: Sphinx) -> None:
    """Put the values back as they were (``builder-inited``, late)."""
    for name in _OPTIONAL:
        if app.config[name] is _HELD:
            app.config[name] = ""


_HELD = "not asked for"
