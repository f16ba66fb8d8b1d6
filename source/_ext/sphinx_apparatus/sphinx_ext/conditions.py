"""What stands under ``only`` or ``ifconfig`` and is left out there is left out everywhere.

A text, its annotations and its withdrawn ids become part of the edition when a page is read, for
all outputs at once: so what decides on them is decided then.  A condition that asks for the
output cannot be: that is told, and what stands under it is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.warnings import warn

_NAME = re.compile(r"[^\W\d]\w*")


def holds(app: Sphinx, kind: str, expression: str) -> bool | None:
    """Whether a condition holds, for every output alike; ``None`` where it asks for the output.

    One that cannot be evaluated holds, as in Sphinx, which warns of it.
    """
    names = set(_NAME.findall(expression))
    if kind == "ifconfig":
        if "builder" in names:
            return None
        values: dict[str, Any] = {value.name: value.value for value in app.config}
        try:
            return bool(eval(expression, {**app.config.__dict__, **values}))
        except Exception:
            return True
    if names & _outputs(app):
        return None
    try:
        return bool(app.tags.eval_condition(expression))
    except Exception:
        return True


def _outputs(app: Sphinx) -> set[str]:
    """The tags by which a condition asks for the output: names and formats of builders."""
    found = {"builder", "format"}
    for name, builder in app.registry.builders.items():
        form = getattr(builder, "format", "")
        found |= {name, form, f"builder_{name}", f"format_{form}"}
    return found - {""}


def conditions_above(node: nodes.Node) -> Iterator[tuple[str, str]]:
    """The conditions under which a node stands: their kind, and their expression."""
    for above in ed.around(node):
        if isinstance(above, addnodes.only):
            yield "only", above["expr"]
        elif type(above).__name__ == "ifconfig":
            yield "ifconfig", above["expr"]


def stands(app: Sphinx, node: nodes.Element, name: str, decided: dict[tuple[str, str], bool]) -> bool:
    """Whether what a node says is part of the edition; the conditions that decide are noted in ``decided``."""
    for kind, expression in conditions_above(node):
        held = holds(app, kind, expression)
        if held is None:
            warn(
                Code.CONDITION,
                f"{name} stands under {kind} {expression!r}, which asks for the output; what is of the edition is in "
                "all outputs or in none. It is left out: take it out of the block, or ask for a tag of your own",
                location=node,
            )
            return False
        decided[kind, expression] = held
        if not held:
            return False
    return True


def outdated_conditions(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """The pages on which a condition is decided otherwise than when they were read (``env-get-outdated``)."""
    domain: Any = env.domains["ed"]
    return [
        docname
        for docname, page in domain.pages.items()
        if docname not in removed
        and any(holds(app, *condition) is not held for condition, held in page.conditions.items())
    ]
