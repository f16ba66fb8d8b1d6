"""A project to begin with, where the folder has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def configuration(editors: Mapping[str, str], bibs: Sequence[str]) -> str:
    """Its ``conf.py``."""
    named = dict(editors) or {"ed": "The editors"}
    default = "ed" if "ed" in named else next(iter(named))
    return f'''"""An edition begun with an import."""

project = "Edition"
author = "The editors"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {{".md": "markdown"}}
exclude_patterns = ["_build", "_doctrees"]
apparatus_editors = {named!r}
apparatus_default_editor = {default!r}
bibtex_bibfiles = {list(bibs)!r}
bibtex_default_style = bibtex_reference_style = "humanities"
suppress_warnings = ["ed.no-evidence", "ed.uncited"]
'''


def root(pages: Sequence[str], works: bool) -> str:
    """Its first page."""
    listed = "\n".join((*pages, *(("works",) if works else ())))
    return f"# Edition\n\n```{{toctree}}\n{listed}\n```\n"
