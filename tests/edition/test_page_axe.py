"""The pages for everybody, as axe-core judges them: wide and narrow, dark, in forced colours."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from four_texts import GENERATED, OTHERS, SORTS, TEXTS, Visit, name, of_sort, opened

MODES: dict[str, dict[str, Any]] = {
    "light": {},
    "dark": {"color_scheme": "dark"},
    "narrow": {"width": 390, "height": 844},
    "forced colours": {"forced_colors": "active"},
}

#: Preloading style sheets fails from a file, and is of no use to rules that need no network; WCAG 2.2's rule on
#: the size of targets is off unless it is asked for.  Of what is right no list is made.
OPTIONS = {"preload": False, "resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}


def violations(page: Any, axe: str) -> list[str]:
    """What axe-core finds wrong with a page, and where."""
    page.evaluate(axe)
    found = page.evaluate("(options) => axe.run(document, options).then((r) => r.violations)", OPTIONS)
    return [f"{one['id']}: {node['target']} {node['html'][:120]}" for one in found for node in one["nodes"]]


@pytest.mark.parametrize("path", [*(name(siglum) for siglum in TEXTS), *OTHERS])
@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing(visit: Visit, axe: str, path: str, mode: str) -> None:
    assert violations(visit(path, **MODES[mode]), axe) == []


@pytest.mark.parametrize("mode", ["light", "narrow"])
@pytest.mark.parametrize("sort", SORTS)
def test_axe_finds_nothing_on_the_other_pages(visit: Visit, axe: str, edition: Path, mode: str, sort: str) -> None:
    paths = [path.relative_to(edition).as_posix() for path in of_sort(edition, sort)]
    named = ("concordances", "tool", "citing.html", "editorial.html", *GENERATED)
    others = [path for path in paths if path.partition("/")[0] in named]
    assert len(others) > 6 if sort == "written" else set(others) == set(GENERATED)
    for path in others if sort == "generated" else (*others, "corrections/K25.html"):
        page = visit(path, **MODES[mode])
        assert violations(page, axe) == [], path
        page.context.close()


@pytest.mark.parametrize("mode", MODES)
def test_axe_finds_nothing_with_a_note_open(visit: Visit, axe: str, mode: str) -> None:
    page = visit(name("K", "#K25"), **MODES[mode])
    assert opened(page) == ["K25"]
    assert violations(page, axe) == []


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing_in_the_emended_view(visit: Visit, axe: str, mode: str) -> None:
    page = visit(name("T"), **MODES[mode])
    page.locator("#ed-emended").check()
    page.locator(".ed-kinds > summary").click()
    assert violations(page, axe) == []
