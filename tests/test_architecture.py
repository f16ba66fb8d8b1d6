"""The picture of the house says what the imports say; the page names what is there."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from draw_house import PACKAGE, CircleError, Room, described, draw, rooms
from lxml import html

from projects import REPOSITORY, Project

PAGES = ("architecture.md", "recipes.md")
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def found() -> list[Room]:
    """The rooms of this house."""
    return rooms()


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A package of three rooms, and a module that is in none."""
    package = tmp_path / "small"
    for name, content in {
        "__init__.py": "from small.roof import tiles\n",
        "cellar/__init__.py": '"""Where ``wine`` lies.\n\nAnd more.\n"""\n',
        "cellar/wine.py": "import os\nclass Wine: pass\n",
        "kitchen/__init__.py": "",
        "kitchen/oven.py": "from small.cellar import wine\nfrom small.cellar.wine import Wine\nimport small.cellar\n",
        "roof/__init__.py": "from small.roof.tiles import Tile\n",
        "roof/tiles.py": "def lay():\n    from small.cellar.wine import Wine\n    from small.kitchen import oven\n",
    }.items():
        (package / name).parent.mkdir(parents=True, exist_ok=True)
        (package / name).write_text(content, "utf-8")
    return package


def test_pairs_of_modules_are_counted_wherever_the_import_stands(small: Path) -> None:
    assert rooms(small) == [
        Room("roof", "", 2, {"kitchen": 1, "cellar": 1}),
        Room("kitchen", "", 2, {"cellar": 2}),
        Room("cellar", "Where wine lies.", 2, {}),
    ]


def test_a_circle_has_no_picture(small: Path) -> None:
    (small / "cellar" / "ladder.py").write_text("from small.roof.tiles import lay\n", "utf-8")
    with pytest.raises(CircleError, match=r"import from one another: .*cellar"):
        rooms(small)


def test_the_picture_has_each_room_and_each_arrow(small: Path) -> None:
    found = rooms(small)
    picture = ElementTree.fromstring(draw(found))
    assert picture.get("role") == "img"
    assert picture.findtext(f"{SVG}desc") == described(found)
    assert described(found).endswith("roof from kitchen (1), cellar (1); kitchen from cellar (2).")
    assert [text.text for text in picture.iter(f"{SVG}text") if text.get("font-weight")] == [
        "roof",
        "kitchen",
        "cellar",
    ]
    arrows = [path.get("d") or "" for path in picture.iter(f"{SVG}path") if path.get("fill") == "none"]
    ends = [(float(d.split()[1].split("C")[0]), float(d.split()[-1])) for d in arrows]
    assert len(ends) == 3
    assert all(start < end for start, end in ends), "arrows run down"


def test_this_house_is_drawn_alike_each_time(found: list[Room]) -> None:
    again = rooms()
    assert [room.name for room in found] == [room.name for room in again]
    assert draw(found) == draw(again)
    assert all(room.purpose for room in found)
    assert sum(room.modules for room in found) == len(list(PACKAGE.glob("*/**/*.py")))


def test_it_stands_on_the_page_as_any_builder_can_show_it(project: Project, found: list[Room]) -> None:
    project.replace("conf.py", '"sphinx_apparatus"]', '"sphinx_apparatus", "draw_house"]')
    project.write("house.md", "---\norphan: true\n---\n# House\n\n```{house}\n```\n")
    for builder in ("html", "text"):
        result = project.build("-W", "-D", "apparatus_pages=0", builder=builder)
        assert (result.status, result.messages) == (0, "")
        if builder == "html":
            page = html.fromstring(project.read("_build/house.html"))
            assert len(page.xpath("//div[@class='ed-figure']//*[local-name()='rect']")) == len(found)
    assert described(found)[:40] in " ".join(project.read("_build/house.txt").split())


@pytest.mark.parametrize("page", PAGES)
def test_the_files_a_page_names_are_there(page: str) -> None:
    text = (REPOSITORY / "source" / "tool" / page).read_text("utf-8")
    made = set(re.findall(r"[Tt]his (?:is|one)[^`]*`([\w/.]+)`", text))
    named = set(re.findall(r"`((?:\w+/)+(?:\w+\.\w+)?)`", text)) - made
    where = (REPOSITORY, PACKAGE, PACKAGE.parent)
    assert len(named) > 3
    assert {name for name in named if not any((root / name).exists() for root in where)} == set()
