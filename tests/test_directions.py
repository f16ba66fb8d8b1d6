"""The house: which rooms may know which, and that the core is importable alone."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import sphinx_apparatus

PACKAGE = Path(sphinx_apparatus.__file__).parent
#: Each room may import those after it.
ROOMS = (
    *("cli", "outputs", "concordances", "bibliography", "sphinx_ext"),
    *("checks", "stores", "model", "anchoring"),
)
MODULES = sorted(path.relative_to(PACKAGE.parent) for path in PACKAGE.rglob("*.py"))


def imported(module: Path) -> set[str]:
    """The rooms that a module imports from, wherever in it the import stands."""
    found: set[str] = set()
    for node in ast.walk(ast.parse((PACKAGE.parent / module).read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{module}:{node.lineno}: imports are absolute"
            base = node.module or ""
            found |= {f"{base}.{name.name}" for name in node.names}
        elif isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
    return {name.split(".")[1] for name in found if name.startswith("sphinx_apparatus.")} & set(ROOMS)


def test_every_module_is_in_a_room() -> None:
    assert {module.parts[1] for module in MODULES if len(module.parts) > 2} == set(ROOMS)


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_knows_only_those_below_it(room: str) -> None:
    own = [module for module in MODULES if module.parts[1] == room]
    above = set(ROOMS[: ROOMS.index(room)])
    assert own
    assert {module.as_posix(): found for module in own if (found := imported(module) & above)} == {}


def test_the_core_needs_no_builder() -> None:
    """Its modules load neither docutils, Sphinx, pybtex, citeproc nor Typst."""
    core = [m for m in MODULES if m.parts[1] in ("anchoring", "model", "stores", "checks")]
    names = [".".join(module.with_suffix("").parts).removesuffix(".__init__") for module in core]
    script = f"import sys; [__import__(name) for name in {names}]; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert set(names) <= set(loaded)
    assert {"docutils", "sphinx", "pybtex", "citeproc", "typst"} & {name.split(".")[0] for name in loaded} == set()


@pytest.mark.parametrize(
    ("files", "works"),
    [({}, False), ({"works.bib": "@book{a,\n author = {A, B},\n title = {C},\n year = 1900,\n}\n"}, True)],
    ids=["neither texts nor works", "works"],
)
def test_what_a_project_does_not_use_is_not_loaded(tmp_path: Path, files: dict[str, str], works: bool) -> None:
    """Without works there is no need of pybtex, nor of an edition; for pages none of what sets books or reads TEI."""
    conf = f"extensions = ['sphinx_apparatus']\nbibtex_bibfiles = {list(files)}\nsuppress_warnings = ['ed.uncited']\n"
    for name, content in {"conf.py": conf, "index.rst": "A page\n======\n\nWords, 韓國.\n", **files}.items():
        (tmp_path / name).write_text(content, "utf-8")
    script = (
        "import sys; from sphinx.cmd.build import main\n"
        f"assert main(['-q', '-W', '-b', 'html', {str(tmp_path)!r}, {str(tmp_path / 'out')!r}]) == 0\n"
        "print(*sys.modules)"
    )
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded = {name.split(".")[0] for name in said.split()}
    assert "sphinx_apparatus" in loaded
    assert {"typst", "pikepdf", "lxml", "citeproc"} & loaded == set()
    assert ("pybtex" in loaded) is works
    assert ("sphinx_apparatus.sphinx_ext.gather" in said.split()) is works
