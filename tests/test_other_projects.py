"""What other projects know of an edition: its inventory, and links by it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import html
from sphinx.util.inventory import InventoryFile

from projects import Project


def test_another_project_can_link_to_annotations_and_passages(project: Project, tmp_path: Path) -> None:
    assert project.build("-W").status == 0
    other = Project(tmp_path / "other")
    other.write(
        "conf.py",
        'extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_apparatus"]\n'
        f'intersphinx_mapping = {{"fragments": ("https://edition.example/", {str(project.out / "objects.inv")!r})}}\n'
        "nitpicky = True\n",
    )
    other.write(
        "index.md", "# Of it\n\n{ed:ref}`M1`, {ed:ref}`M ¶2`, {ed:ref}`the text <M>`, {external+fragments:ed:ref}`M3`\n"
    )
    result = other.build("-W")
    assert (result.status, result.messages) == (0, "")
    links = html.parse(other.out / "index.html").xpath("//a[starts-with(@href, 'https://edition.example')]")
    assert [(link.text_content(), link.get("href").removeprefix("https://edition.example/")) for link in links] == [
        ("M1", "corrections/M1.html"),
        ("M ¶2", "passages/M-p2.html"),
        ("the text", "passages/M.html"),
        ("M3", "corrections/M3.html"),
    ]


def test_a_project_without_the_extension_can_link_too(project: Project, tmp_path: Path) -> None:
    assert project.build("-W").status == 0
    other = Project(tmp_path / "other")
    other.write(
        "conf.py",
        'extensions = ["myst_parser", "sphinx.ext.intersphinx"]\n'
        f'intersphinx_mapping = {{"fragments": ("https://edition.example/", {str(project.out / "objects.inv")!r})}}\n',
    )
    said, expected = "# Of it\n", []
    for page, place in (
        ("corrections/M1.html", "moon.html#M1"),
        ("passages/M-p2.html", "moon.html#M-p2"),
        ("passages/M.html", "moon.html#M"),
    ):
        offered = html.parse(project.out / page).xpath("//dd/code/text()")
        [myst] = [snippet for snippet in offered if "inv:" in snippet]
        [label] = [snippet for snippet in offered if snippet.startswith(":external:")]
        said += f"\n{myst}\n\n```{{eval-rst}}\n{label}\n```\n"
        expected += [f"https://edition.example/{address}" for address in (page, place)]
    other.write("index.md", said)
    assert other.build("-W").messages == ""
    links = html.parse(other.out / "index.html").xpath("//a[@class='reference external']/@href")
    assert [link for link in links if "edition.example" in link] == expected


def test_a_withdrawn_annotation_stays_in_the_inventory(project: Project) -> None:
    project.write("moon.md", project.read("moon.md") + "\n```{ed:tombstone} M9\n:version: 1.1\n\nIt was right.\n```\n")
    assert project.build("-W").status == 0
    inventory: Any = InventoryFile.loads((project.out / "objects.inv").read_bytes(), uri="").data
    assert inventory["ed:annotation"]["M9"].uri == "corrections/M9.html"


def test_the_inventory_lists_every_annotation_and_every_paragraph(project: Project) -> None:
    assert project.build("-W").status == 0
    inventory: Any = InventoryFile.loads((project.out / "objects.inv").read_bytes(), uri="").data
    assert sorted(inventory["ed:annotation"]) == ["M1", "M2", "M3"]
    assert sorted(inventory["ed:passage"]) == ["M", "M-p1", "M-p2", "M-p3", "M-p4"]
    for kind in ("ed:annotation", "ed:passage"):
        for item in inventory[kind].values():
            assert (project.out / item.uri).is_file(), "the page that is cited"
