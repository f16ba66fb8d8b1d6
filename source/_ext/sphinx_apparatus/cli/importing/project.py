"""A project to begin with, where the folder has none."""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_apparatus.cli.importing.found import Whole
from sphinx_apparatus.cli.importing.page import escaped

#: What an edition is called of which nothing is said.
_UNNAMED = {"project": "Edition", "author": "The editors"}


def configuration(whole: Whole, bibs: Sequence[str], texts: Sequence[str]) -> str:
    """Its ``conf.py``.  A text whose file is called like a page is none; pages may stand in the folder of texts."""
    excluded = ["_build", "_doctrees", *(f"texts/{name}" for name in texts if name.endswith(".md"))]
    named = whole.editors or {"ed": "The editors"}
    default = "ed" if "ed" in named else next(iter(named))
    # An edition of ours that names nobody has nobody.
    said = {"project": _UNNAMED["project"], **whole.values} if whole.values else _UNNAMED
    values = "".join(f"{name} = {value!r}\n" for name, value in said.items())
    if whole.layers:
        values += f"apparatus_layers = {whole.layers!r}\n"
    if whole.kinds:
        values += f"apparatus_kinds = {whole.kinds!r}\n"
    if whole.markdown:
        values += f"myst_enable_extensions = {whole.markdown!r}\n"
    return f'''"""An edition begun with an import."""

{values}extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {{".md": "markdown"}}
exclude_patterns = {excluded!r}
apparatus_editors = {named!r}
apparatus_default_editor = {default!r}
bibtex_bibfiles = {list(bibs)!r}
bibtex_default_style = bibtex_reference_style = "humanities"
suppress_warnings = ["ed.no-evidence", "ed.uncited"]
'''


def root(whole: Whole, pages: Sequence[str], works: bool) -> str:
    """Its first page."""
    listed = "\n".join((*pages, *(("works",) if works else ())))
    return f"# {escaped((_UNNAMED | whole.values)['project'])}\n\n```{{toctree}}\n{listed}\n```\n"
