"""What a process of tests keeps from build to build, because no build changes it: it would be half of their time.

The templates as jinja2 has compiled them, and the entry points of the installed packages, for which all their
metadata are read.  ``sphinx-build`` has a process of its own and makes both once.  And what it does not do without
being asked for it is not done here either: to word messages that only ``-vv`` shows.
"""

from __future__ import annotations

import logging
from functools import cache
from typing import Any

import jinja2
import pybtex.plugin
import sphinx.registry
import sphinx.theming
import sphinxcontrib.bibtex.plugin


class Compiled(jinja2.BytecodeCache):
    """Templates by their name, place and words."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], Any] = {}

    def load_bytecode(self, bucket: Any) -> None:
        bucket.code = self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Any) -> None:
        self.known[bucket.key, bucket.checksum] = bucket.code


def keep() -> None:
    """Keep them from now on."""
    compiled, load, compile_ = Compiled(), jinja2.BaseLoader.load, jinja2.Environment.compile
    nameless: dict[Any, Any] = {}

    def loaded(self: Any, environment: Any, name: str, *arguments: Any) -> Any:
        environment.bytecode_cache = compiled
        return load(self, environment, name, *arguments)

    def compiled_once(self: Any, source: Any, name: Any = None, *arguments: Any) -> Any:
        key = (type(self), *sorted(self.extensions), source)
        if name is not None or arguments:
            return compile_(self, source, name, *arguments)
        if key not in nameless:
            nameless[key] = compile_(self, source)
        return nameless[key]

    jinja2.BaseLoader.load = loaded  # type: ignore[method-assign]
    jinja2.Environment.compile = compiled_once  # type: ignore[method-assign]
    logging.disable(logging.DEBUG)
    for module in (sphinx.registry, sphinx.theming, pybtex.plugin, sphinxcontrib.bibtex.plugin):
        vars(module)["entry_points"] = cache(vars(module)["entry_points"])
