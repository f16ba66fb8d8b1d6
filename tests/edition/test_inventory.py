"""Other projects link to this edition."""

from __future__ import annotations

from pathlib import Path

from lxml import html

from projects import Project


def test_another_project_cites_k25_and_a_passage_of_this_edition(edition: Path, tmp_path: Path) -> None:
    """As *How to cite* says it is done."""
    other = Project(tmp_path / "other")
    other.write(
        "conf.py",
        'extensions = ["myst_parser", "sphinx.ext.intersphinx", "sphinx_apparatus"]\n'
        f'intersphinx_mapping = {{"kr": ("https://example.org/kr/", {str(edition / "objects.inv")!r})}}\n'
        "nitpicky = True\n",
    )
    other.write("index.md", "# Of it\n\n{external:ed:ref}`K25`, {external:ed:ref}`E ¶8`, {ed:ref}`K25`\n")
    result = other.build("-W")
    assert (result.status, result.messages) == (0, "")
    links = html.parse(other.out / "index.html").xpath("//a[starts-with(@href, 'https://example.org')]/@href")
    k25 = "https://example.org/kr/corrections/K25.html"
    assert links == [k25, "https://example.org/kr/passages/E-p8.html", k25]
