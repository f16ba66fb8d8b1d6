"""What a process of tests keeps from build to build, because no build changes it: it would be half of their time.

The templates as jinja2 has compiled them, and the entry points of the installed packages, for which all their
metadata are read.  ``sphinx-build`` has a process of its own and makes both once.
"""

from __future__ import annotations

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
    """Keep both from now on."""
    compiled, load = Compiled(), jinja2.BaseLoader.load

    def loaded(self: Any, environment: Any, name: str, *arguments: Any) -> Any:
        environment.bytecode_cache = compiled
        return load(self, environment, name, *arguments)

    jinja2.BaseLoader.load = loaded  # type: ignore[method-assign]
    for module in (sphinx.registry, sphinx.theming, pybtex.plugin, sphinxcontrib.bibtex.plugin):
        vars(module)["entry_points"] = cache(vars(module)["entry_points"])
