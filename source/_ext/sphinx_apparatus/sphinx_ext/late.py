"""Handlers of events that only an edition needs: a project that has no text is left as it was, and does not pay."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from sphinx.application import Sphinx

from sphinx_apparatus.sphinx_ext.domain import domain_of


@cache
def in_edition(module: str, function: str, otherwise: Any = None) -> Callable[..., Any]:
    """A handler that is loaded and called where the project has a text; elsewhere its answer is ``otherwise``.

    The same for the same arguments, so that to register it again changes nothing.
    """

    def handle(app: Sphinx, *arguments: Any) -> Any:
        if not domain_of(app.env).texts:
            return otherwise
        return getattr(import_module(module), function)(app, *arguments)

    return handle
