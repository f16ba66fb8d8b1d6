"""The rules, a rule a module: ``check``, a pure function from the edition to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from pkgutil import iter_modules

from sphinx_apparatus.checks.findings import Finding
from sphinx_apparatus.model.edition import Edition

Rule = Callable[[Edition], Iterable[Finding]]

#: All rules, in the order in which their findings are told: that of their modules' names.
RULES: tuple[Rule, ...] = tuple(
    import_module(f"{__name__}.{module}").check for module in sorted(found.name for found in iter_modules(__path__))
)


def findings(edition: Edition) -> Iterator[Finding]:
    """What all rules find in an edition."""
    for rule in RULES:
        yield from rule(edition)
