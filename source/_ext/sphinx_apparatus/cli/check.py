"""What is wrong with an edition: ``sphinx-apparatus check SOURCE``, without writing a page of it."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_apparatus.checks.codes import Level
from sphinx_apparatus.checks.findings import Finding
from sphinx_apparatus.checks.rules import findings

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 where there are findings, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="sphinx-apparatus check", description=__doc__)
    parser.add_argument("source", type=Path, help="the folder with conf.py")
    options = parser.parse_args(arguments)
    if not (options.source / "conf.py").exists():
        parser.error(f"{options.source} has no conf.py")

    from sphinx_apparatus.cli.project import ProjectError, read_project
    from sphinx_apparatus.sphinx_ext.domain import edition_of

    try:
        app = read_project(options.source)
    except ProjectError as error:
        print(error, file=sys.stderr)
        return 1
    edition = edition_of(app.env)
    found = list(findings(edition))
    for finding in found:
        print(_line(finding, app.env))
    read = app._warncount
    errors = sum(finding.code.level is Level.ERROR for finding in found)
    print(
        f"{len(edition.texts)} texts, {len(edition.annotations)} annotations: {errors} errors, "
        f"{len(found) - errors} warnings, {read} messages while reading"
    )
    return 1 if found or read else 0


def _line(finding: Finding, env: BuildEnvironment) -> str:
    """A finding as compilers tell theirs: file, line, level, message, code."""
    from sphinx_apparatus.sphinx_ext.warnings import place

    where = finding.where
    if where.path:
        found = place(Path(where.path), where.words)
        at = f"{found.source}:{found.line}"
    else:
        at = f"{env.doc2path(where.docname)}:{where.line}"
    return f"{at}: {finding.code.level.value}: {finding.message} [ed.{finding.code}]"
