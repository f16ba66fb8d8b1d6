"""The rules, a rule a module: each a pure function from the edition to findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from sphinx_apparatus.checks.findings import Finding
from sphinx_apparatus.checks.rules import bibliography, empty, evidence, register, relations, witnesses
from sphinx_apparatus.model.edition import Edition

Rule = Callable[[Edition], Iterable[Finding]]

#: All rules, in the order in which their findings are told.
RULES: tuple[Rule, ...] = (
    evidence.check,
    empty.check,
    witnesses.check,
    relations.check,
    bibliography.check,
    register.check,
)


def findings(edition: Edition) -> Iterator[Finding]:
    """What all rules find in an edition."""
    for rule in RULES:
        yield from rule(edition)
