"""Figures beside their targets, as a table and as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Sequence
from importlib.metadata import distributions, version
from pathlib import Path
from typing import NamedTuple

#: Packages on whose versions the figures depend.
_PACKAGES = ("sphinx-apparatus", "sphinx", "myst-parser", "furo", "sphinxcontrib-bibtex")


class Row(NamedTuple):
    """One figure, what it is made of, and what it should be.

    ``ours`` and ``beside`` are in ``unit``; ``figure`` is a ratio, or in the unit that ``case`` names.  A target is
    the most that the figure may be, or the least where ``least``.
    """

    measure: str
    case: str
    ours: float | None = None
    beside: float | None = None
    unit: str = "s"
    figure: float | None = None
    target: float | None = None
    least: bool = False

    @property
    def met(self) -> bool | None:
        """Whether the target is met; ``None`` where there is none, or no figure."""
        if self.figure is None or self.target is None:
            return None
        return self.figure >= self.target if self.least else self.figure <= self.target


def ratio(measure: str, case: str, ours: float, beside: float, target: float | None = None, unit: str = "s") -> Row:
    """The row of how many times ``beside`` goes into ``ours``."""
    return Row(measure, case, ours, beside, unit, ours / beside, target)


def line(row: Row) -> str:
    """A row as a line of the table."""
    ours, beside = (f"{value:.4g} {row.unit}" if value is not None else "" for value in (row.ours, row.beside))
    figure = f"{row.figure:.3g}" if row.figure is not None else "–"
    target = f"{'≥' if row.least else '≤'} {row.target:g}" if row.target is not None else ""
    met = "" if row.met is None else "met" if row.met else "MISSED"
    return _columns(row.measure, row.case, ours, beside, figure, target, met)


def head() -> str:
    """The first line of the table."""
    return _columns("measure", "case", "apparatus", "beside", "figure", "target", "")


def save(rows: Sequence[Row], path: Path) -> None:
    """Write the rows with what they were measured on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    machine = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "load": os.getloadavg()[0],
        "distributions": len(list(distributions())),  # pybtex looks through all for each citation in plain Sphinx
        "command": sys.argv[1:],
        **{package: version(package) for package in _PACKAGES},
    }
    data = {"on": machine, "rows": [{**row._asdict(), "met": row.met} for row in rows]}
    path.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", "utf-8")


def _columns(measure: str, case: str, ours: str, beside: str, figure: str, target: str, met: str) -> str:
    return f"{measure:<9}{case:<44}{ours:>12}{beside:>12}{figure:>9}  {target:<8}{met}".rstrip()
