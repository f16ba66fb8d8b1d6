"""The recipes of the documentation, followed block by block, on a small edition and a copy of the package."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html

import sphinx_apparatus
from projects import REPOSITORY, Project

RECIPES = REPOSITORY / "source" / "tool" / "recipes.md"
PACKAGE = Path(sphinx_apparatus.__file__).parent

pytestmark = pytest.mark.slow

_BLOCK = re.compile(r"^(?P<fence>```+)(?P<language>\w+)\n(?P<content>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_FILE = re.compile(r"`((?:\w+/)*\w+\.(?:py|md))`")


class Block(NamedTuple):
    """A block of a recipe, and the file that is named last before it."""

    language: str
    content: str
    file: str


def recipes() -> dict[str, list[Block]]:
    """The blocks of each recipe, by its heading."""
    parts = re.split(r"^## (.+)\n", RECIPES.read_text("utf-8"), flags=re.MULTILINE)
    return {name: list(_blocks(content)) for name, content in zip(parts[1::2], parts[2::2], strict=True)}


def _blocks(recipe: str) -> Iterator[Block]:
    end = 0
    for match in _BLOCK.finditer(recipe):
        *_, name = _FILE.findall(recipe[end : match.start()])
        yield Block(match["language"], match["content"], name)
        end = match.end()


class House(NamedTuple):
    """A copy of the package, beside an edition that is made with it."""

    project: Project

    def follow(self, recipe: str) -> None:
        """Do what the recipe says."""
        for block in recipes()[recipe]:
            path = self.project.folder / block.file
            before = path.read_text("utf-8") if path.exists() else ""
            after = changed(before, block.content) if block.language == "diff" else before + block.content
            path.write_text(after, "utf-8", newline="")

    def call(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Call Python in the edition's folder, with the copy of the package."""
        environment = {**os.environ, "PYTHONPATH": str(self.project.folder), "NO_COLOR": "1"}
        return subprocess.run(
            [sys.executable, *words],
            cwd=self.project.folder,
            env=environment,
            capture_output=True,
            text=True,
        )

    def build(self, builder: str = "html", *options: str) -> str:
        """Build the edition; what it warned of."""
        made = self.call("-m", "sphinx", "-b", builder, "-d", "_doctrees", *options, ".", f"_build/{builder}")
        assert made.returncode == 0, made.stderr
        return made.stderr

    def page(self, name: str) -> html.HtmlElement:
        """A page of the HTML."""
        return html.fromstring(self.project.read(f"_build/html/{name}.html"))


def changed(before: str, difference: str) -> str:
    """A file with a change made in it, which must fit one place."""
    lines = difference.splitlines(keepends=True)
    old = "".join(line[1:] for line in lines if line[0] in " -")
    assert before.count(old) == 1, f"stands {before.count(old)} times:\n{old}"
    return before.replace(old, "".join(line[1:] for line in lines if line[0] in " +"))


@pytest.fixture
def house(tmp_path: Path) -> House:
    """The package as it is, and a small edition."""
    project = Project.at(tmp_path / "project")
    project.write("conf.py", project.read("conf.py") + 'exclude_patterns += ["sphinx_apparatus"]\n')
    shutil.copytree(PACKAGE, project.folder / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    return House(project)


def test_there_is_a_recipe_for_each_sort_of_thing() -> None:
    assert list(recipes()) == ["A kind", "A layer", "A rule", "A list", "An output"]


def test_a_change_must_fit_one_place() -> None:
    assert changed("a\nb\nc\n", " a\n-b\n+d\n") == "a\nd\nc\n"
    with pytest.raises(AssertionError, match="stands 0 times"):
        changed("a\n", "-b\n+c\n")


def test_a_kind(house: House) -> None:
    house.follow("A kind")
    assert house.build("html", "-W") == ""
    page = house.page("moon")
    assert page.xpath("normalize-space(//input[@id='ed-k-metre']/..)") == "metre 1"
    assert [set(one.split()) >= {"en", "e"} for one in page.xpath("//@class[contains(., 'k-metre')]")].count(True) == 1
    assert "#ed-k-metre:not(:checked)" in house.project.read("_build/html/_static/ed-M.css")
    assert "Emendation, metre" in house.page("corrections/M4").text_content()
    house.project.replace("moon.md", ":kind: metre", ":kind: spelling")
    assert house.build("html", "-W") == "", "the kind that every edition has now"


def test_a_layer(house: House) -> None:
    house.follow("A layer")
    for builder in ("html", "text", "typst"):
        assert house.build(builder, "-W") == ""
    page = house.page("moon")
    assert page.xpath("normalize-space(//input[@id='ed-k-query']/..)") == "queries 1"
    assert [set(one.split()) >= {"en", "q"} for one in page.xpath("//@class[contains(., 'k-query')]")].count(True) == 1
    style = house.project.read("_build/html/_static/ed-M.css")
    assert "--q:light-dark(#6b4a8f,#c3a6e6)" in style
    assert "text-decoration-style:wavy;text-decoration-color:var(--q)" in style
    assert {".en.q", ".k-query"} <= set(re.findall(r"\.en\.q|\.k-query", style)), "marked by layer, filtered by kind"
    assert "Query, query" in house.page("corrections/M5").text_content()
    assert "Query, query" in house.project.read("_build/text/moon.txt")
    assert "M5" in house.project.read("_build/typst/main.typ")


def test_a_rule(house: House) -> None:
    house.follow("A rule")
    house.project.write("codes.md", "---\norphan: true\n---\n# Codes\n\n```{ed:diagnostics}\n```\n")
    line = house.project.read("moon.md").splitlines().index("```{ed:note} M6") + 1
    said = "M6: the certainty is unknown; decide, or leave the annotation out [ed.undecided]"
    assert house.build() == f"{house.project.folder}/moon.md:{line}: WARNING: {said}\n"
    assert "ed.undecided" in house.page("codes").text_content()
    checked = house.call("-c", "import sys, sphinx_apparatus.cli as cli; sys.exit(cli.main())", "check", ".")
    assert (checked.returncode, f"moon.md:{line}: warning: {said}" in checked.stdout) == (1, True), checked


def test_a_list(house: House) -> None:
    house.follow("A list")
    assert house.build("html", "-W") == ""
    rows = house.page("index").xpath("//table[contains(@class, 'ed-doubts')]/tbody/tr")
    assert [row.text_content().split() for row in rows] == [
        ["M2", "midnight", "low"],
        ["M1", "time", "goes", "by", "medium"],
    ]
    house.project.replace("moon.md", ":certainty: medium", ":certainty: high")
    house.build("html", "-W")
    assert len(house.page("index").xpath("//table[contains(@class, 'ed-doubts')]/tbody/tr")) == 1, "follows its edition"


def test_an_output(house: House) -> None:
    house.follow("An output")
    assert house.build("table", "-W") == ""
    written = house.project.read("_build/table/annotations.tsv").splitlines()
    assert written[0].split("\t")[:4] == ["M2", "correction", "midnight", "the middle of the night"]
    assert {line.split("\t")[0] for line in written} == {"M1", "M2", "M3"}
    house.project.replace("moon.md", "the middle of the night", "the mid of night")
    house.build("table", "-W")
    assert "the mid of night" in house.project.read("_build/table/annotations.tsv")
