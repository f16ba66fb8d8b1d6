"""The way to the page of help, from where somebody may need it: the controls of a text, and the search."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.warnings import place, warn

_LINK = Markup('<a class="ed-to-help" href="{}">{}</a>')


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of a page of help that is not there (``env-check-consistency``)."""
    docname = app.config.apparatus_help
    if docname and docname not in env.found_docs:
        message = f"apparatus_help is {docname!r}, and there is no such page; a page is named as in a toctree"
        warn(Code.CONFIG, message, place(Path(app.confdir, "conf.py"), "apparatus_help"))


def help_link(builder: Any, here: str) -> Markup:
    """A link from the page ``here`` to that of help, if the edition has one."""
    docname = builder.config.apparatus_help
    if not output_of(builder).own_pages or docname not in builder.env.found_docs:
        return Markup("")
    return _LINK.format(builder.get_relative_uri(here, docname), _("Help"))
