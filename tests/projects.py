"""Small editions on disk, and ``sphinx-build`` as a user runs it."""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
from sphinx.cmd.build import main

REPOSITORY = Path(__file__).parent.parent
ROOTS = Path(__file__).parent / "roots"

#: Where terminals are written to in colour.
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")

#: For ``conf.py``: pages in Markdown and in reStructuredText.
BOTH = '\nsource_suffix = {".md": "markdown", ".rst": "restructuredtext"}\n'


@dataclass(frozen=True)
class Result:
    """How a build ended: its exit status, what it said, and what it warned of."""

    status: int
    said: str
    messages: str


def sphinx_build(source: Path, out: Path, *arguments: str) -> Result:
    """Run ``sphinx-build`` in this process."""
    said, messages = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.redirect_stderr(messages):
        try:
            status = main(["--no-color", *arguments, str(source), str(out)])
        except SystemExit as stopped:
            status = int(stopped.code or 0)
    return Result(status, _COLOUR.sub("", said.getvalue()), _COLOUR.sub("", messages.getvalue()))


def remembered(doctrees: Path) -> Any:
    """What a build knew of an edition in the end: the data of the domain, its pages by name and its works."""
    with (doctrees / "environment.pickle").open("rb") as file:
        return pickle.load(file).domaindata["ed"]


@dataclass(frozen=True)
class Project:
    """An edition in a folder of its own."""

    folder: Path

    @classmethod
    def at(cls, folder: Path, *roots: str) -> Project:
        """A copy of a root, by default of ``edition``, and of others laid over it."""
        said = [(ROOTS / "conf.py").read_text("utf-8")]
        for root in roots or ("edition",):
            shutil.copytree(ROOTS / root, folder, dirs_exist_ok=True)
            conf = ROOTS / root / "conf.py"
            said += [conf.read_text("utf-8")] if conf.exists() else []
        (folder / "conf.py").write_text("\n".join(said), "utf-8")
        return cls(folder)

    @property
    def out(self) -> Path:
        """Where it is built."""
        return self.folder / "_build"

    def write(self, name: str, content: str | bytes) -> None:
        """Write a file, as it is."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def read(self, name: str) -> str:
        """Read a file of the project or, below ``_build``, of its output."""
        return (self.folder / name).read_bytes().decode()

    def page(self, name: str) -> lxml.html.HtmlElement:
        """A page that was built, as a tree."""
        return lxml.html.fromstring(self.read(f"_build/{name}.html"))

    def verbatim(self, name: str) -> str:
        """The text as its page has it, without what is the editors'."""
        (text,) = self.page(name).xpath("//div[starts-with(@class, 'ed-text')]")
        for editorial in text.xpath(".//*[@data-editorial]"):
            editorial.drop_tree()
        return str(text.text_content())

    def replace(self, name: str, old: str, new: str) -> None:
        """Change one place of a file."""
        content = self.read(name)
        assert content.count(old) == 1, f"{old!r} is {content.count(old)} times in {name}"
        self.write(name, content.replace(old, new))

    def add_text(self, name: str, content: bytes) -> None:
        """Add a text, and its checksum."""
        self.write(f"texts/{name}", content)
        sums = self.read("texts/SHA256SUMS")
        self.write("texts/SHA256SUMS", f"{sums}{hashlib.sha256(content).hexdigest()}  {name}\n")

    def add_page(self, name: str, page: str, text: bytes | None = None) -> None:
        """Add a page behind that of the moon, and a text of its name."""
        if text is not None:
            self.add_text(f"{name}.txt", text)
        self.write(f"{name}.md", page)
        self.replace("index.md", "moon\n", f"moon\n{name}\n")

    def build(self, *arguments: str, builder: str = "html") -> Result:
        """Build it into ``_build``; the working files are beside, in ``_doctrees``."""
        return sphinx_build(self.folder, self.out, "-b", builder, "-d", str(self.folder / "_doctrees"), *arguments)
