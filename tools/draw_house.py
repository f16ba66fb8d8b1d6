"""The picture of the house: its rooms, and who imports from whom, read from the imports themselves.

    python tools/draw_house.py > house.svg

As an extension of Sphinx it adds the directive ``house``, which puts the picture and the same
in words on a page whenever that is built.  The order of the rooms follows from the imports; if
they run in a circle there is none, and it is said which rooms those are.
"""

from __future__ import annotations

import ast
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any, NamedTuple

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

import sphinx_apparatus
from sphinx_apparatus.concordances.nodes import Column, table
from sphinx_apparatus.concordances.pictures import show
from sphinx_apparatus.concordances.svg import element, label, picture
from sphinx_apparatus.sphinx_ext.domain import builder_of

PACKAGE = Path(sphinx_apparatus.__file__).parent

_LEFT, _BOX, _HEIGHT, _STEP = 8.0, 210.0, 42.0, 66.0
#: How far an arrow goes to the right for each room that it passes.
_REACH = 48.0
_WIDTH = 680.0


class Room(NamedTuple):
    """A room: what its ``__init__`` says of it, its modules, and from which rooms how many of them import."""

    name: str
    purpose: str
    modules: int
    imports: dict[str, int]


class CircleError(Exception):
    """Rooms import from one another; the message names them."""


def rooms(package: Path = PACKAGE) -> list[Room]:
    """The rooms of a package, each above those that it imports from.  Raises `CircleError`.

    Counted are pairs of a module and a module of another room that it imports from, wherever in
    it the import stands.
    """
    names = [path.parent.name for path in sorted(package.glob("*/__init__.py"))]
    found = [_room(package, name, names) for name in names]
    order = TopologicalSorter({room.name: sorted(room.imports) for room in found})
    try:
        below = list(order.static_order())
    except CycleError as error:
        raise CircleError(f"these rooms import from one another: {' ← '.join(error.args[1])}") from error
    above = {name: number for number, name in enumerate(reversed(below))}
    ordered = sorted(found, key=lambda room: above[room.name])
    return [
        room._replace(imports=dict(sorted(room.imports.items(), key=lambda item: above[item[0]]))) for room in ordered
    ]


def _room(package: Path, name: str, names: Sequence[str]) -> Room:
    modules = sorted((package / name).rglob("*.py"))
    purpose = ast.get_docstring(ast.parse((package / name / "__init__.py").read_text("utf-8"))) or ""
    counted: Counter[str] = Counter()
    for module in modules:
        imported = set(_imported(package, ast.parse(module.read_text("utf-8"))))
        counted.update(target.split(".")[0] for target in imported)
    imports = {other: counted[other] for other in names if other != name and counted[other]}
    return Room(name, purpose.partition("\n")[0].replace("``", ""), len(modules), imports)


def _imported(package: Path, tree: ast.Module) -> Iterator[str]:
    """The modules of the package that a module imports from, as ``model.edition``."""
    prefix = f"{package.name}."
    for node in _statements(tree):
        if isinstance(node, ast.Import):
            yield from (name.name.removeprefix(prefix) for name in node.names if name.name.startswith(prefix))
        elif isinstance(node, ast.ImportFrom) and node.module:
            for name in node.names:
                full = f"{node.module}.{name.name}"
                if full.startswith(prefix):
                    yield full.removeprefix(prefix) if _is_module(package, full) else node.module.removeprefix(prefix)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """The statements below a node, in whatever they stand; not what they consist of, which is most of a tree."""
    for field in ("body", "orelse", "handlers", "finalbody", "cases"):
        for below in getattr(node, field, None) or ():
            yield below
            yield from _statements(below)


def _is_module(package: Path, full: str) -> bool:
    path = package.parent.joinpath(*full.split("."))
    return path.with_suffix(".py").exists() or (path / "__init__.py").exists()


def described(found: Sequence[Room]) -> str:
    """The picture in words."""
    told = [f"{room.name} from {_counted(room)}" for room in found if room.imports]
    return f"Each room imports only from rooms below it: {'; '.join(told)}."


def _counted(room: Room) -> str:
    return ", ".join(f"{name} ({count})" for name, count in room.imports.items())


def draw(found: Sequence[Room]) -> str:
    """The picture as SVG: a room below the other, an arrow for each pair, with the number of its imports."""
    order = {room.name: number for number, room in enumerate(found)}
    parts = [_box(room, order[room.name]) for room in found]
    for room in found:
        parts += [_arrow(order[room.name], order[name], count) for name, count in room.imports.items()]
    entered = sorted({order[name] for room in found for name in room.imports})
    parts += [_head(number) for number in entered]
    return picture(
        "ed-house",
        _WIDTH,
        _STEP * len(found),
        "The rooms of the house and their imports",
        described(found),
        "".join(parts),
    )


def _top(number: int) -> float:
    return number * _STEP + (_STEP - _HEIGHT) / 2


def _box(room: Room, number: int) -> str:
    top = _top(number)
    frame = element(
        "rect", x=_LEFT, y=top, width=_BOX, height=_HEIGHT, rx=4, fill="none", stroke="currentColor", stroke_width=1
    )
    modules = f"{room.modules} module{'s' if room.modules > 1 else ''}"
    return (
        frame
        + label(room.name, _LEFT + 10, top + 18, font_weight="bold", font_size=14)
        + label(modules, _LEFT + 10, top + 34, font_size=12)
    )


def _arrow(start: int, end: int, count: int) -> str:
    """From the lower half of one box to the upper half of the other; the more imports, the stronger."""
    x = _LEFT + _BOX
    y1, y2 = _top(start) + 0.7 * _HEIGHT, _top(end) + 0.3 * _HEIGHT
    reach = _REACH * abs(end - start)
    line = element(
        "path",
        d=f"M{x:.0f} {y1:.1f}C{x + reach * 4 / 3:.1f} {y1:.1f} {x + reach * 4 / 3:.1f} {y2:.1f} {x + 8:.0f} {y2:.1f}",
        fill="none",
        stroke="currentColor",
        stroke_width=round(0.6 + math.log2(count) / 3, 1),
        stroke_opacity=0.7,
    )
    return line + label(str(count), x + reach + 5, (y1 + y2) / 2 + 4, font_size=11)


def _head(number: int) -> str:
    x, y = _LEFT + _BOX, _top(number) + 0.3 * _HEIGHT
    return element("path", d=f"M{x + 1:.0f} {y:.1f}l9 -4.5v9z")


class house(nodes.General, nodes.Element):
    """Where the picture shall stand; attribute ``rooms``, as they are when the page is read."""


class HouseDirective(SphinxDirective):
    """``house``: the picture, and the same in words."""

    def run(self) -> list[nodes.Node]:
        """Read the imports; the page is read again whenever a module of the package changes."""
        for module in sorted(PACKAGE.rglob("*.py")):
            self.env.note_dependency(str(module))
        try:
            return [house(rooms=rooms())]
        except CircleError as error:
            raise ExtensionError(f"the house cannot be drawn: {error}") from error


class Drawn(SphinxPostTransform):
    """Put the picture in its place, as the builder can show it."""

    default_priority = 10

    def run(self, **kwargs: Any) -> None:
        """Replace the placeholder."""
        for node in list(self.document.findall(house)):
            found: list[Room] = node["rooms"]
            rows = [(nodes.literal("", f"{room.name}/"), room.purpose, _counted(room) or "nothing") for room in found]
            columns = (Column("Room", 16), Column("What is in it", 44), Column("Imports from", 40))
            shown = show(self.env, builder_of(self.env), "ed-house", draw(found), described(found))
            node.replace_self([*shown, table(columns, rows)])


def setup(app: Sphinx) -> dict[str, Any]:
    """Add the directive."""
    app.add_node(house)
    app.add_directive("house", HouseDirective)
    app.add_post_transform(Drawn)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


if __name__ == "__main__":
    try:
        print(draw(rooms()))
    except CircleError as circle:
        sys.exit(str(circle))
