"""Sphinx's warnings: how a message of the extension reaches who builds."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NoReturn

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util import logging

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Where

_logger = logging.getLogger(__name__)

#: The warning type; with it ``suppress_warnings = ["ed.uncited"]`` silences one code.
TYPE = "ed"


def warn(code: Code, message: str, location: Any = None) -> None:
    """Give a Sphinx warning of a code; ``location`` as Sphinx's loggers take it."""
    _logger.warning(message, location=location, type=TYPE, subtype=code.value)


def stop(code: Code, message: str, location: Any = None) -> NoReturn:
    """Say what is wrong and end the build with status 2.

    An exception would do too, but Sphinx adds a traceback to any.
    """
    _logger.error(f"{message} [{TYPE}.{code.value}]", location=location)
    raise SystemExit(2)


def place(path: Path, words: str = "") -> nodes.Node:
    """A place in a file that is no document, for a warning: the line on which ``words`` first stand, or its first."""
    node = nodes.comment()
    node.source = str(path)
    lines = path.read_text("utf-8", errors="replace").splitlines() if words and path.exists() else []
    node.line = next((number for number, line in enumerate(lines, 1) if words in line), 1)
    return node


def report(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of what the rules find (``env-check-consistency``)."""
    domain: Any = env.domains["ed"]
    if not domain.in_use:
        return
    from sphinx_apparatus.checks.rules import findings

    for finding in findings(domain.edition):
        warn(finding.code, finding.message, _location(finding.where))


def _location(where: Where) -> Any:
    return place(Path(where.path), where.words) if where.path else (where.docname, where.line)
