"""The works: the only room that knows pybtex, citeproc and the insides of sphinxcontrib-bibtex."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config


def setup(app: Sphinx) -> None:
    """Load sphinxcontrib-bibtex, and register what reads it; a project with neither texts nor works does not pay."""
    if not Path(app.srcdir, app.config.apparatus_text_dir).is_dir() and not _has_works(app.config):
        return
    app.setup_extension("sphinxcontrib.bibtex")

    from sphinx_apparatus.bibliography import citations
    from sphinx_apparatus.bibliography.listing import Bibliography
    from sphinx_apparatus.bibliography.takeover import check_styles, take_over
    from sphinx_apparatus.sphinx_ext.outdated import add_shown

    app.add_transform(citations.NoteCitations)
    app.add_transform(citations.TranslatedNotes)
    app.add_post_transform(Bibliography)
    app.connect("config-inited", take_over)
    app.connect("config-inited", check_styles)
    app.connect("builder-inited", citations.prepare)
    app.connect("env-updated", citations.note_works)
    add_shown(citations.shown_works)


def _has_works(config: Config) -> bool:
    """Whether the project names .bib files; sphinxcontrib-bibtex, which declares the value, is not loaded yet."""
    if "bibtex_bibfiles" in config:
        return True
    config.add("bibtex_bibfiles", None, "", ())
    named = bool(config.bibtex_bibfiles)
    del config.values["bibtex_bibfiles"]
    return named
