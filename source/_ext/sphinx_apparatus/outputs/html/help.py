"""The way to the page of help, from where somebody may need it: the controls of a text, and the search."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.locale import _

_LINK = Markup('<a class="ed-to-help" href="{}">{}</a>')


def help_link(builder: Any, here: str) -> Markup:
    """A link from the page ``here`` to that of help, if the edition has one."""
    docname = builder.config.apparatus_help
    if not output_of(builder).own_pages or docname not in builder.env.found_docs:
        return Markup("")
    return _LINK.format(builder.get_relative_uri(here, docname), _("Help"))
