"""An incremental build is a clean build, byte for byte and file by file, whatever has changed."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from projects import Project, sphinx_build

pytestmark = pytest.mark.slow

NOTES = {
    "M1": ("note", ":lemma: Moon\n", "Who lives there is told by {cite:t}`page1955`."),
    "M2": ("emendation", ":lemma: rises\n:reading: rose\n:see: M1\n", "A slip {cite:p}`page1955`."),
    "M3": ("correction", ":lemma: east\n:reading: west\n:contradicts: S1\n", "See {cite:p}`sun1900` and {ed:ref}`S1`."),
}
TEXT = b"The Moon rises in the east.\n\nShe sets late.\n"
SUN = """# {title}

```{{ed:text}} sun.txt
:siglum: S
```

```{{ed:note}} S1
:lemma: sun

A star, for {{cite:t}}`sun1900`.
```
"""
STATE = {"layer": "note", "kind": "gloss", "lemma": "Moon", "certainty": "", "evidence": "", "body": ""}
LISTS = """# Lists

{ed:ref}`M1` and {ed:ref}`M ¶2`.

```{ed:emendations}
```

```{ed:statistics}
```

```{ed:data}
```

```{ed:data}
:parts:
```

```{bibliography}
```
"""
CONF = """
project = {project!r}
author = "Those who watch"
release = version = "1.0"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {{".md": "markdown"}}
bibtex_bibfiles = ["works.bib"]
bibtex_default_style = bibtex_reference_style = "humanities"
suppress_warnings = ["ed.uncited", "ed.register", "ed.unresolved", "bibtex", "toc", "config.cache", "ref"]
html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["own.css"]
apparatus_released = "2026-01-01"
apparatus_places = "places.json"
apparatus_pdf = "book.pdf"
apparatus_short = {short!r}
apparatus_csp = {csp!r}
apparatus_pages = {pages!r}
apparatus_data = {data!r}
apparatus_kinds = {kinds!r}
html_baseurl = {base!r}
"""


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


class Changes(RuleBasedStateMachine):
    """A small edition that is changed at random, and built after each change both ways."""

    builder = "html"

    @initialize()
    def begin(self) -> None:
        """Write the edition."""
        self.folder = Path(tempfile.mkdtemp())
        self.project = Project(self.folder / "project")
        self.conf = {
            "project": "Heavens",
            "short": "H",
            "csp": True,
            "pages": True,
            "data": True,
            "kinds": {},
            "base": "",
        }
        self.notes = dict(NOTES)
        self.gone: dict[str, str] = {}
        self.title, self.sun, self.year, self.third = "The moon", "The sun", "1955", ""
        self.write_all()
        self.project.write("places.json", "{}")
        self.project.write("register.json", '{"version": "1.0", "ids": {}}')
        self.project.write("_static/own.css", "p{color:red}")
        self.project.write("texts/SHA256SUMS", "")
        self.project.add_text("moon.txt", TEXT)
        self.project.add_text("sun.txt", b"The sun is hot.\n")

    def write_all(self) -> None:
        """Write what has changed; a file that is as it was is left alone."""
        page = f"# {self.title}\n\n```{{ed:text}} moon.txt\n:siglum: M\n:source: page1955\n```\n"
        for identifier, (layer, options, body) in self.notes.items():
            page += f"\n```{{ed:{layer}}} {identifier}\n{options}\n{body}\n```\n"
        for identifier, reason in self.gone.items():
            page += f"\n```{{ed:tombstone}} {identifier}\n:version: 1.0\n\n{reason}\n```\n"
        works = f"@book{{page1955, author={{Page, A.}}, title={{Moons}}, year={{{self.year}}}, publisher={{P}}}}\n"
        works += "@book{sun1900, author={Sun, B.}, title={Suns}, year={1900}, publisher={P}}\n" + self.third
        pages = {
            "index.md": "# Heavens\n\n```{toctree}\nmoon\n" + ("sun\n" if self.sun else "") + "lists\n```\n",
            "moon.md": page,
            "lists.md": LISTS,
            "works.bib": works,
            "conf.py": CONF.format(**self.conf),
        }
        if self.sun:
            pages["sun.md"] = SUN.format(title=self.sun)
        elif (self.project.folder / "sun.md").exists():
            (self.project.folder / "sun.md").unlink()
        for name, content in pages.items():
            path = self.project.folder / name
            if not path.exists() or path.read_text("utf-8") != content:
                self.project.write(name, content)

    @rule(identifier=st.sampled_from(sorted(NOTES)), word=st.sampled_from(["plainly", "$x<y$", "김정일"]))
    def change_a_note(self, identifier: str, word: str) -> None:
        """Other words in a note, if it is there."""
        if identifier in self.notes:
            layer, options, body = self.notes[identifier]
            self.notes[identifier] = (layer, options, f"{body.partition(' So ')[0]} So {word}.")

    @rule(identifier=st.sampled_from(sorted(NOTES)), kept=st.booleans())
    def take_a_note_away(self, identifier: str, kept: bool) -> None:
        """An annotation is removed, with a tombstone or without."""
        if self.notes.pop(identifier, None) and kept:
            self.gone[identifier] = "It was wrong."

    @rule(identifier=st.sampled_from(sorted(NOTES)))
    def put_a_note_back(self, identifier: str) -> None:
        """An annotation comes back."""
        self.gone.pop(identifier, None)
        self.notes.setdefault(identifier, NOTES[identifier])

    @rule(year=st.sampled_from(["1955", "1956", "1900"]), third=st.booleans())
    def change_the_works(self, year: str, third: bool) -> None:
        """Another year, or a second work of the same author and year, so that there are letters."""
        self.year = year
        second = f"@book{{other, author={{Page, C.}}, title={{Tides}}, year={{{year}}}, publisher={{P}}}}\n"
        self.third = second if third else ""

    @rule(title=st.sampled_from(["The moon", "Luna"]), sun=st.sampled_from(["The sun", "Sol", ""]))
    def change_the_pages(self, title: str, sun: str) -> None:
        """Another title, or a page less."""
        self.title, self.sun = title, sun

    @rule(page=st.sampled_from(["", "7", "99"]))
    def print_again(self, page: str) -> None:
        """The PDF has other pages."""
        where = {"page": page, "sheet": int(page or 0), "first": 1, "last": 1, "file": "book.pdf", "volume": ""}
        places = {"places": {"M1": where, "M-p1": where, "M": where}, "lines": {"M": [0]}} if page else {}
        self.project.write("places.json", json.dumps(places))

    @rule(changed=st.lists(st.sampled_from(["0.8", "0.9"]), unique=True))
    def release(self, changed: list[str]) -> None:
        """The register knows M1, and so does each release that changed it; another did not."""
        entry = {"since": "0.7", "digest": "0" * 16, "changed": changed}
        self.project.write("register.json", json.dumps({"version": "1.0", "ids": {"M1": entry}}))
        shutil.rmtree(self.project.folder / "states", ignore_errors=True)
        for version in ("0.7", "0.8", "0.9")[: 2 + len(changed)]:
            said = STATE | {"body": f"Of {version}."}
            states = {"M1": said} if version in ("0.7", *changed) else {}
            released = {"version": version, "released": "2025-12-31", "states": states}
            self.project.write(f"states/{version}.json", json.dumps(released))

    @rule(name=st.sampled_from(["short", "csp", "pages", "data", "project", "kinds", "base"]), first=st.booleans())
    def configure(self, name: str, first: bool) -> None:
        """A value of conf.py."""
        values = {
            "short": ("H", "HV"),
            "csp": (True, False),
            "pages": (True, False),
            "data": (True, False),
            "project": ("Heavens", "Skies"),
            "kinds": ({}, {"note": {"realia": "realia"}}),
            "base": ("", "https://example.org/h/"),
        }
        self.conf[name] = values[name][first]

    @rule(color=st.sampled_from(["red", "blue"]))
    def style(self, color: str) -> None:
        """The project's own style sheet."""
        self.project.write("_static/own.css", f"p{{color:{color}}}")

    @invariant()
    def builds_are_alike(self) -> None:
        """What has been built again and again is what is built for the first time."""
        if not hasattr(self, "project"):
            return
        self.write_all()
        again = sphinx_build(
            self.project.folder, self.folder / "again", "-b", self.builder, "-d", str(self.folder / "doctrees")
        )
        clean = self.folder / "clean"
        shutil.rmtree(clean, ignore_errors=True)
        first = sphinx_build(self.project.folder, clean / "out", "-b", self.builder, "-d", str(clean / "doctrees"))
        assert again.status == first.status == 0, again.messages
        built, fresh = listing(self.folder / "again"), listing(clean / "out")
        assert sorted(built) == sorted(fresh)
        assert [name for name in fresh if built[name] != fresh[name]] == []

    def teardown(self) -> None:
        """Leave nothing behind."""
        if hasattr(self, "folder"):
            shutil.rmtree(self.folder, ignore_errors=True)


class ChangesOfFolders(Changes):
    """The same with a folder for each page."""

    builder = "dirhtml"


_SETTINGS = settings(
    max_examples=6,
    stateful_step_count=8,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.generate),  # a failure is told as it was met: to shrink it takes minutes
)
TestHtml = Changes.TestCase
TestHtml.settings = _SETTINGS
TestDirhtml = ChangesOfFolders.TestCase
TestDirhtml.settings = settings(_SETTINGS, max_examples=3)
