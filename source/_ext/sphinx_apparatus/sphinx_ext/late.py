"""What is loaded when it is needed: a project that has no text, or makes no book, does not pay for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

from docutils.nodes import Element
from sphinx.application import Sphinx
from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform

from sphinx_apparatus.sphinx_ext.domain import domain_of


@cache
def in_edition(module: str, function: str, otherwise: Any = None) -> Callable[..., Any]:
    """A handler that is loaded and called where the project has a text, or had one; elsewhere it answers ``otherwise``.

    The same for the same arguments, so that to register it again changes nothing.
    """

    def handle(app: Sphinx, *arguments: Any) -> Any:
        domain = domain_of(app.env)
        if not domain.texts and not domain.tombstones:
            return otherwise
        return getattr(import_module(module), function)(app, *arguments)

    return handle


def late_builder(name: str, form: str, module: str, builder: str) -> type[Builder]:
    """A builder of a name and a format, to be registered; its class in ``module`` is loaded when it is chosen."""

    def load(cls: type[Builder], app: Sphinx, env: BuildEnvironment) -> Any:
        return getattr(import_module(module), builder)(app, env)

    return type(builder, (Builder,), {"name": name, "format": form, "__new__": load})


def late_transform(module: str, transform: str, priority: int, nodes: str) -> type[SphinxTransform]:
    """A transform of a priority, to be registered; its class in ``module`` is loaded for a page that has nodes of ours.

    ``nodes`` is the module of their classes.
    """

    def apply(self: SphinxTransform, **arguments: Any) -> None:
        if any(type(node).__module__ == nodes for node in self.document.findall()):
            getattr(import_module(module), transform)(self.document, self.startnode).apply(**arguments)

    return type(transform, (SphinxTransform,), {"default_priority": priority, "apply": apply})


def late_visitors(module: str, node: type[Element]) -> tuple[Callable[..., None], Callable[..., None]]:
    """What visits a node and what departs from it, in the ``VISITORS`` of a module that is loaded with the first."""

    def visit(self: Any, visited: Element) -> None:
        import_module(module).VISITORS[node][0](self, visited)

    def depart(self: Any, visited: Element) -> None:
        import_module(module).VISITORS[node][1](self, visited)

    return visit, depart
