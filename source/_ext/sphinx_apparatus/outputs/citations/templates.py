"""The templates of our own pages: no theme, no toctree, and so light."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from sphinx_apparatus.outputs.citations.metadata import Head
from sphinx_apparatus.sphinx_ext.locale import _


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("sphinx_apparatus"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals["_"] = _
    return environment


@cache
def template(name: str) -> Any:
    """A template, read once."""
    return _environment().get_template(name)


def head_html(head: Head) -> Markup:
    """What machines read, as it stands in a page's head."""
    return Markup(template("head.html").render(head=head))
