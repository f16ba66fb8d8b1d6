"""The tutorial and the README of the package, followed to the letter.

What they have one write builds, and says what they say.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from lxml import html
from sphinx.cmd.build import main as sphinx_build

from projects import REPOSITORY, Project
from requires import program

TUTORIAL = REPOSITORY / "source" / "tool" / "tutorial.md"
README = REPOSITORY / "source" / "_ext" / "README.md"

_BLOCK = re.compile(r"^(?P<fence>```+)(?P<language>\w+)\n(?P<content>.*?)^(?P=fence)$", re.MULTILINE | re.DOTALL)
_ENDING = r"\.(?:py|md|bib|txt|gitignore|gitattributes)"
_FILE = re.compile(rf"(?P<empty>empty file )?`(?P<name>(?:\w+/)*(?:\w*{_ENDING}|SHA256SUMS))`")
_LINE_TO_ADD = re.compile(r"add this line to (\S+): ([0-9a-f]{64}  \S+)")


class Block(NamedTuple):
    """A block of a page, and the file that the words before it name."""

    language: str
    content: str
    file: str


def blocks(page: Path) -> Iterator[Block]:
    """Every block; where two follow one paragraph, it names their files in order."""
    text = page.read_text("utf-8")
    names: list[str] = []
    end = 0
    for match in _BLOCK.finditer(text):
        prose = text[end : match.start()]
        found = list(_FILE.finditer(prose))
        yield from (Block("text", "", file["name"]) for file in found if file["empty"])
        names = [file["name"] for file in found if not file["empty"]] if prose.strip() else names[1:]
        yield Block(match["language"], match["content"], names[0] if names else "")
        end = match.end()


class Walk:
    """A project that grows as a page is followed, and what was said on the way."""

    def __init__(self, folder: Path) -> None:
        self.project = Project(folder)
        self.said: list[tuple[str, int, str]] = []
        folder.mkdir()

    def follow(self, page: Path) -> None:
        """Write each file, call each command, in their order."""
        for block in blocks(page):
            if block.language == "sh":
                for line in block.content.splitlines():
                    self.command(shlex.split(line))
            elif block.file:
                self.write(block.file, block.content)

    def write(self, name: str, content: str) -> None:
        """Write a file, or add to it."""
        before = self.project.read(name) if (self.project.folder / name).exists() else ""
        self.project.write(name, before + content)

    def command(self, words: list[str]) -> None:
        """Call what the extension has to do with; add a checksum where a build asks for it."""
        if words[0].endswith("python") and words[1:3] == ["-m", "sphinx_apparatus.release"]:
            subprocess.run([sys.executable, *words[1:]], cwd=self.project.folder, check=True, capture_output=True)
        elif words[0].endswith("sphinx-build"):
            messages = io.StringIO()
            with contextlib.chdir(self.project.folder), contextlib.redirect_stderr(messages):
                status = sphinx_build(words[1:])
            plain = messages.getvalue().replace(f"{self.project.folder}/", "")
            self.said.append((words[2], status, plain))
            for file, line in _LINE_TO_ADD.findall(plain):
                self.write(file, f"{line}\n")


@pytest.fixture(scope="module")
def tutorial(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    """The edition that one has at the end of the tutorial."""
    walk = Walk(tmp_path_factory.mktemp("tutorial") / "comet")
    walk.follow(TUTORIAL)
    return walk


@pytest.fixture
def comet(tutorial: Walk, tmp_path: Path) -> Project:
    """A copy of it, not built."""
    shutil.copytree(tutorial.project.folder, tmp_path / "comet", ignore=shutil.ignore_patterns("_build"))
    return Project(tmp_path / "comet")


def promised(page: Path) -> set[str]:
    """The messages that a page quotes."""
    return {block.content for block in blocks(page) if "WARNING: " in block.content}


def test_it_builds_but_for_the_checksum_that_the_first_build_gives(tutorial: Walk) -> None:
    [(first, status, said), *others] = tutorial.said
    assert (first, status) == ("html", 1)
    assert said.splitlines(keepends=True)[0] in promised(TUTORIAL)
    assert others == [(builder, 0, "") for builder in ("html", "typstpdf", "typstpdf", "html")]


def test_what_is_published_is_whole(tutorial: Walk) -> None:
    """After the PDF is copied no link leads nowhere; the pages say whose they are, and cite the book."""
    out = tutorial.project.out / "html"
    shutil.copy(tutorial.project.out / "typstpdf" / "a-letter-on-the-comet.pdf", out)
    page = html.parse(out / "letter.html")
    local = [link for link in page.xpath("//a/@href") if not re.match(r"\w+:|#", link)]
    assert [link for link in local if not (out / link.partition("#")[0]).exists()] == []
    assert any(link.startswith("a-letter-on-the-comet.pdf#page=") for link in local)
    assert page.findtext("head/title") == "The letter - A Letter on the Comet"
    assert "Copyright © 2026, A. N. Editor" in " ".join(page.getroot().text_content().split())
    assert [*page.xpath("//link[@rel='canonical']/@href")] == ["https://edition.example.org/letter.html"]
    assert '"A3": {"since": "1.0"' in tutorial.project.read("register.json")


def test_git_keeps_what_was_written_and_nothing_else(tutorial: Walk, tmp_path: Path) -> None:
    """And a clone on Windows has the texts as they are."""
    tutorial.project.write("sphinx_apparatus-1.0-py3-none-any.whl", "copied here to be installed")
    git = [program("git"), "-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "core.autocrlf=true"]
    for words in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message", "1.0"]):
        subprocess.run([*git, *words], cwd=tutorial.project.folder, check=True, capture_output=True)
    subprocess.run([*git, "clone", "--quiet", tutorial.project.folder, tmp_path / "clone"], check=True)
    clone = Project(tmp_path / "clone")
    names = {path.relative_to(clone.folder).as_posix() for path in clone.folder.rglob("*") if path.is_file()}
    assert {name for name in names if not name.startswith(".git/")} == {
        *("conf.py", "index.md", "letter.md", "works.md", "works.bib", "texts/letter.txt", "texts/SHA256SUMS"),
        *("register.json", "states/1.0.json", ".gitignore", ".gitattributes"),
    }
    assert "\r\n" in clone.read("letter.md"), "git writes other files as Windows does"
    result = clone.build("-W", builder="dummy")
    assert (result.status, result.messages) == (0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [(":prefix: recieved\n", ""), (":lemma: recieved", ":lemma: received"), (" {cite:p}`halley1705`", "")],
)
def test_mistakes_are_answered_as_it_says(comet: Project, old: str, new: str) -> None:
    comet.replace("letter.md", old, new)
    said = comet.build(builder="dummy").messages.replace(f"{comet.folder}/", "").splitlines(keepends=True)
    assert len(promised(TUTORIAL).intersection(said)) == 1, said


#: The words of a text, and how the tutorial writes them in an option.
QUOTED = re.findall(r"^\| `(.+?)` \| `(.+?)` \| ", TUTORIAL.read_text("utf-8"), re.MULTILINE)
[PLAIN] = re.findall(r"whatever they look like: (`.+`)\. These cannot", TUTORIAL.read_text("utf-8"))


def with_a_lemma(project: Project, words: str, lemma: str) -> str:
    """What a build says where the text has the words, and the option the lemma."""
    project.add_page(
        "sun",
        f"# Sun\n\n```{{ed:text}} sun.txt\n:siglum: S\n```\n\n```{{ed:note}} S1\n:lemma: {lemma}\n\nSo.\n```\n",
        f"Here it says {words} and no more.\n".encode(),
    )
    return project.build(builder="dummy").messages


def test_it_has_words_of_both_sorts() -> None:
    assert len(QUOTED) == 4
    assert len(PLAIN.split("`, `")) == 6


@pytest.mark.parametrize(("words", "lemma"), QUOTED)
def test_some_words_need_inverted_commas(project: Project, words: str, lemma: str) -> None:
    assert with_a_lemma(project, words, lemma) == ""


@pytest.mark.parametrize("words", [words for words, _ in QUOTED])
def test_without_them_these_are_not_understood(project: Project, words: str) -> None:
    assert "WARNING: 'ed:note': " in with_a_lemma(project, words, words)


@pytest.mark.parametrize("words", PLAIN.strip("`").split("`, `"))
def test_most_words_need_none(project: Project, words: str) -> None:
    assert with_a_lemma(project, words, words) == ""


def test_a_lemma_may_go_over_the_end_of_a_line(comet: Project) -> None:
    assert '`"pleasure.\\n\\nThe comet"`' in TUTORIAL.read_text("utf-8")
    comet.replace("letter.md", ":lemma: your letter\n:prefix: recieved\n", ':lemma: "pleasure.\\n\\nThe comet"\n')
    result = comet.build("-W", builder="dummy")
    assert (result.status, result.messages) == (0, "")


@pytest.mark.pdf
def test_the_readme_of_the_package_makes_an_edition(tmp_path: Path) -> None:
    walk = Walk(tmp_path / "letter")
    walk.follow(README)
    [(_, status, said), *others] = walk.said
    assert status == 0
    assert _LINE_TO_ADD.search(said)
    assert others == [("typstpdf", 0, "")]
    walk.command(["sphinx-build", "-M", "html", ".", "_build", "-W"])
    assert walk.said[-1] == ("html", 0, "")
    assert (walk.project.out / "html" / "corrections" / "A2.html").exists()
