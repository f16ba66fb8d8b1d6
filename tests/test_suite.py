"""The tests themselves: none imports another, and none sleeps."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = sorted(path.relative_to(HERE).as_posix() for path in HERE.rglob("*.py") if path.name != "conf.py")


@cache
def nodes(module: str) -> list[ast.AST]:
    """What a module of tests consists of."""
    return list(ast.walk(ast.parse((HERE / module).read_text("utf-8"))))


@pytest.mark.parametrize("module", MODULES)
def test_no_module_of_tests_is_imported(module: str) -> None:
    """What two of them need is in a helper, whose name does not begin so."""
    imported: set[str] = set()
    for node in nodes(module):
        if isinstance(node, ast.Import):
            imported |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(node.module or "")
    last = {name.split(".")[-1] for name in imported}
    assert {name for name in last if name.startswith("test_") or name == "conftest"} == set()


@pytest.mark.parametrize("module", [name for name in MODULES if Path(name).name.startswith("test_")])
def test_no_test_waits_for_a_time_instead_of_an_event(module: str) -> None:
    for node in nodes(module):
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("sleep", "wait_for_timeout", "monotonic", "perf_counter"), node.lineno


def test_no_two_modules_have_one_name() -> None:
    names = [Path(name).name for name in MODULES if not name.endswith("conftest.py")]
    assert len(names) == len(set(names))
