"""What the edition knows of itself: for other processes, for the next build."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sphinx.util.inventory import InventoryFile

from annotating import NOTE
from projects import Project, Result, remembered, sphinx_build
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain

PAGE = """# The {name}

```{{ed:text}} {name}.txt
:siglum: {siglum}
```

```{{ed:emendation}} {siglum}1
:lemma: The {name} hath set
:reading: The {name} has set

An older form.
```

```{{ed:note}} {siglum}2
:lemma: twice
:parallel: M2

Compare {{ed:ref}}`M ¶3`.
```
"""

NAMES = ("sun", "star", "wind", "rain", "frost", "night")


def enlarged(project: Project) -> Project:
    """An edition of seven texts: Sphinx reads and writes that many pages in several processes."""
    for name in NAMES:
        project.add_text(f"{name}.txt", f"The {name} hath set.\r\nIt has set twice.\r\n".encode())
        project.write(f"{name}.md", PAGE.format(name=name, siglum=name.title()))
    project.write("prose.md", "# Prose\n\nOf the hour see {ed:ref}`M1`.\n")
    project.replace("index.md", "works\n", "works\nprose\n" + "".join(f"{name}\n" for name in NAMES))
    return project


@pytest.fixture
def large(project: Project) -> Project:
    """Such an edition, not yet built."""
    return enlarged(project)


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path]:
    """Such an edition, built, and a copy of its folder with all times of its files."""
    folder = tmp_path_factory.mktemp("built")
    project = enlarged(Project.at(folder / "project"))
    assert project.build("-W").status == 0
    return project, Path(shutil.copytree(project.folder, folder / "as built"))


@pytest.fixture
def built(built_once: tuple[Project, Path]) -> Project:
    """The edition as it was built, in the place where it was built, which Sphinx remembers."""
    project, kept = built_once
    shutil.rmtree(project.folder)
    shutil.copytree(kept, project.folder)
    return project


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a build."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def differing(one: dict[str, bytes], two: dict[str, bytes]) -> list[str]:
    """The names of files that are not the same in two builds."""
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def done(result: Result, what: str) -> set[str]:
    """The pages that a build has read, or written."""
    return set(re.findall(rf"{what}\.\.\. \[ *\d+%\] (\S+)", result.said))


@pytest.mark.slow
def test_in_many_processes_the_output_is_the_same(large: Project, tmp_path: Path) -> None:
    one = sphinx_build(large.folder, tmp_path / "one", "-b", "html", "-W", "-j", "1", "-d", str(tmp_path / "d1"))
    many = sphinx_build(large.folder, tmp_path / "many", "-b", "html", "-W", "-j", "4", "-d", str(tmp_path / "d4"))
    assert (one.status, one.messages) == (0, "")
    assert (many.status, many.messages) == (0, "")
    # Whether the record is the same is a matter of the order in which pages are read; see the test below.
    assert set(differing(files(tmp_path / "one"), files(tmp_path / "many"))) <= {".apparatus/shown.seen"}


EVENT = '[[event]]\ndate = "1910-08-29"\ntitle = "The moon has set"\n'


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["html", "text"])
def test_in_many_processes_footnotes_and_names_of_events_lead_where_they_do_in_one(
    large: Project, tmp_path: Path, builder: str
) -> None:
    """Of two pages with an event of one name the first has it, also when it is built anew alone."""
    large.write("events.toml", EVENT)
    chronology = "\n\n```{ed:chronology} events.toml\n```\n"
    for name in ("rain", "moon"):
        large.write(f"{name}.md", large.read(f"{name}.md") + chronology)
    large.replace("moon.md", "narrower word", "narrower word[^a]")
    large.write("moon.md", large.read("moon.md") + "\n[^a]: Of it.\n")
    large.write("prose.md", large.read("prose.md") + "\n{ref}`then <event-1910-08-29>`\n")
    made = []
    for jobs in ("1", "4", "4"):
        out = tmp_path / str(len(made))
        result = sphinx_build(large.folder, out, "-b", builder, "-W", "-j", jobs, "-d", str(tmp_path / f"d{len(made)}"))
        assert (result.status, result.messages) == (0, "")
        made.append(files(out))
    for other in made[1:]:
        assert set(differing(made[0], other)) <= {".apparatus/shown.seen"}
    if builder == "html":
        assert b"moon.html#event-1910-08-29" in made[0]["prose.html"]
        large.write("moon.md", large.read("moon.md") + "\n")
        assert sphinx_build(large.folder, tmp_path / "1", "-b", builder, "-d", str(tmp_path / "d1")).status == 0
        assert b"moon.html#event-1910-08-29" in (tmp_path / "1" / "prose.html").read_bytes()


@pytest.mark.slow
def test_the_record_of_what_pages_show_does_not_depend_on_the_order_in_which_they_are_read(
    built: Project, tmp_path: Path
) -> None:
    for name in NAMES:
        built.write(f"{name}.md", built.read(f"{name}.md") + "\n")
    assert built.build("-W").status == 0
    fresh = sphinx_build(built.folder, tmp_path / "fresh", "-b", "html", "-d", str(tmp_path / "fresh-doctrees"))
    assert fresh.status == 0
    assert ".apparatus/shown.seen" not in differing(files(built.out), files(tmp_path / "fresh"))


#: What stands on another page as well: the siglum of a text, with a note on it; a witness; an id, here withdrawn.
TWICE = """# Prose

```{ed:text} rain.txt
:siglum: Frost
```

```{ed:note} Frost7
:lemma: The rain hath set.

Of the rain.
```

```{ed:witness} A
:text: M
```

```{ed:tombstone} M1
:version: "1.0"

It was wrong.
```
"""


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_in_many_processes_what_is_given_twice_is_told_and_left_out(large: Project, jobs: str) -> None:
    """Which page comes first is, in many processes, not known before."""
    large.write("aaa.md", "# First\n\n```{ed:witness} A\n:text: M\n```\n")
    large.write("prose.md", TWICE)
    large.replace("index.md", "prose\n", "prose\naaa\n")
    result = large.build("-E", "-j", jobs)
    assert result.status == 0
    told = ("text-duplicate", "witness", "duplicate-id")
    assert [result.messages.count(f"[ed.{code}]") for code in told] == [1, 1, 1], result.messages
    shown = [page for page in ("frost", "prose") if large.page(page).xpath("//*[@id='Frost']")]
    assert len(shown) == 1
    pages = remembered(large.folder / "_doctrees")["pages"]
    assert [page for page in ("frost", "prose") if pages[page].annotations] == shown
    assert len([page for page in ("aaa", "prose") if pages[page].witnesses]) == 1
    assert not pages["prose"].tombstones or "M1" not in pages["moon"].annotations
    assert large.build(builder="text").status == 0


WANDERING = """# {name}

```{{ed:text}} rain.txt
:siglum: Q
```

```{{ed:note}} Q1
:lemma: rain

Of the rain.
```

```{{ed:witness}} A
:text: M
```

```{{ed:tombstone}} M7
:version: "1.0"

It was wrong.
```
"""


def of_edition(project: Project) -> dict[str, tuple[list[str], list[str], list[str]]]:
    """The texts, witnesses and withdrawn ids of each page that has any."""
    pages = remembered(project.folder / "_doctrees")["pages"]
    said = {name: (list(page.texts), list(page.witnesses), list(page.tombstones)) for name, page in pages.items()}
    return {name: own for name, own in said.items() if any(own)}


@pytest.mark.parametrize(("origin", "target"), [("aaa", "zzz"), ("zzz", "aaa")])
def test_what_goes_from_one_page_to_another_is_found_there(project: Project, origin: str, target: str) -> None:
    project.add_text("rain.txt", b"The rain hath set.\n")
    project.replace("index.md", "works\n", "works\naaa\nzzz\n")
    for name, page in ((origin, WANDERING), (target, "# {name}\n")):
        project.write(f"{name}.md", page.format(name=name))
    assert project.build("-W", builder="dummy").status == 0
    for name, page in ((target, WANDERING), (origin, "# {name}, empty\n")):
        project.write(f"{name}.md", page.format(name=name))
    result = project.build("-W", builder="dummy")
    assert (result.status, result.messages) == (0, "")
    assert of_edition(project) == {"moon": (["M"], [], []), target: (["Q"], ["M A"], ["M7"])}


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_what_was_left_out_is_there_when_the_page_that_had_it_has_it_no_more(large: Project, jobs: str) -> None:
    for name in ("aaa", "zzz"):
        large.write(f"{name}.md", WANDERING.format(name=name))
        large.replace("index.md", "prose\n", f"prose\n{name}\n")
    result = large.build("-j", jobs, builder="dummy")
    assert [result.messages.count(f"[ed.{code}]") for code in ("text-duplicate", "witness", "duplicate-id")] == [
        1,
        1,
        1,
    ]
    (had,) = [name for name in ("aaa", "zzz") if of_edition(large).get(name, ([], [], []))[0]]
    (other,) = {"aaa", "zzz"} - {had}
    large.write(f"{had}.md", "# Empty\n")
    result = large.build("-W", builder="dummy")
    assert (result.status, result.messages) == (0, "")
    assert of_edition(large)[other] == (["Q"], ["M A"], ["M7"])
    assert done(large.build("-W", builder="dummy"), "reading sources") == set()


#: What is changed in a built edition: file, old and new words; and the pages that show it.
CHANGES = [
    ("a note's words", "moon.md", "narrower word", "narrower one", {"moon"}),
    ("a reading", "rain.md", "The rain has set", "The rain had set", {"rain"}),
    ("a lemma in the title of links", "moon.md",
     ":lemma: time goes by\n:reading: the hour goes by", ":lemma: time\n:reading: the hour", {"moon", "prose"}),
    ("a parallel, told on both pages", "sun.md", ":parallel: M2", ":parallel: M2, Star2", {"sun", "star"}),
    ("a lemma in the title of a parallel", "sun.md", ":lemma: twice", ":lemma: set twice", {"sun", "moon"}),
    ("a citation, told in the bibliography", "rain.md",
     "An older form.", "An older form {cite:p}`campbell1982`.", {"rain", "works"}),
    ("prose", "prose.md", "Of the hour", "On the hour", {"prose"}),
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize(("name", "old", "new", "pages"), [case[1:] for case in CHANGES], ids=[c[0] for c in CHANGES])
def test_a_change_rewrites_the_pages_that_show_it_and_no_other(
    built: Project, tmp_path: Path, name: str, old: str, new: str, pages: set[str]
) -> None:
    built.replace(name, old, new)
    result = built.build("-W")
    assert (result.status, result.messages) == (0, "")
    assert done(result, "reading sources") == {name.removesuffix(".md")}
    # The page of the table of contents is written by Sphinx whenever a page in it is.
    assert done(result, "writing output") - {"index"} == pages
    fresh = sphinx_build(built.folder, tmp_path / "fresh", "-b", "html", "-d", str(tmp_path / "fresh-doctrees"))
    assert fresh.status == 0
    # Sphinx keeps a word that is no longer there in its search index, with no page beside it.
    assert set(differing(files(built.out), files(tmp_path / "fresh"))) <= {"searchindex.js"}


def test_an_annotation_taken_out_is_missed_where_it_was_referred_to(built: Project) -> None:
    moon = built.read("moon.md")
    start = moon.index("```{ed:emendation} M1")
    built.write("moon.md", moon[:start] + moon[moon.index("```{ed:correction}") :].replace(":see: M1, ", ":see: "))
    result = built.build("-W", "--keep-going")
    assert result.status == 1
    assert "prose.md:3: WARNING: 'M1' is neither an annotation nor a passage of this edition" in result.messages


def test_a_page_taken_out_takes_its_objects_with_it(built: Project) -> None:
    (built.folder / "frost.md").unlink()
    built.replace("index.md", "frost\n", "")
    assert built.build("-W").status == 0
    inventory = InventoryFile.loads((built.out / "objects.inv").read_bytes(), uri="").data
    assert "Night1" in inventory["ed:annotation"]
    assert not [
        name for kind in ("ed:annotation", "ed:passage") for name in inventory[kind] if name.startswith("Frost")
    ]


def test_nothing_changed_nothing_is_read_or_written(built: Project) -> None:
    result = built.build("-W")
    assert done(result, "reading sources") == done(result, "writing output") == set()


def domain() -> Any:
    """A domain with an annotation of the page *moon*."""
    made: Any = ApparatusDomain(SimpleNamespace(domaindata={}, config=SimpleNamespace()))  # type: ignore[arg-type]
    made.add_annotation(NOTE)
    return made


def test_a_page_is_forgotten_and_no_other() -> None:
    known = domain()
    known.add_tombstone(Tombstone("M9", "sun", "1.1", "Said twice."))
    known.clear_doc("sun")
    assert (list(known.annotations), list(known.tombstones)) == (["M3"], [])
    known.clear_doc("moon")
    assert list(known.annotations) == []


def test_of_what_another_process_read_its_own_pages_are_taken_over() -> None:
    mine, other = domain(), domain()
    other.add_tombstone(Tombstone("M9", "sun", "1.1", "Said twice."))
    other.add_tombstone(Tombstone("M8", "stale", "1.1", "Of a page that this process did not read."))
    mine.merge_domaindata({"sun"}, other.data)
    assert (list(mine.annotations), list(mine.tombstones)) == (["M3"], ["M9"])


@pytest.mark.parametrize("builder", ["html", "dirhtml", "epub", "latex"])
def test_a_project_without_a_text_is_left_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    """Who loads the extension only to cite gets no policy, style, script, metadata or file, and no other title."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")
    pages = {}
    for name, extensions in (("with", '"sphinx_apparatus"'), ("without", "")):
        project = Project(tmp_path / name)
        settings = 'html_baseurl = "https://x.example/"\nhtml_theme = "furo"\n'
        project.write("conf.py", f"extensions = [{extensions}]\n{settings}")
        project.write("index.rst", "X\n=\n\nOne.\n\n.. raw:: html\n\n   <script>1</script>\n")
        assert project.build("-W", "-D", "version=1", "-D", "copyright=2026", builder=builder).status == 0
        pages[name] = {
            path.relative_to(project.out).as_posix(): path.read_bytes()
            for path in project.out.rglob("*")
            # Two name the extensions that are loaded; an archive has the times of its files.
            if path.is_file() and path.name not in ("searchindex.js", ".buildinfo") and path.suffix != ".epub"
        }
    assert pages["with"] == pages["without"]


def test_latex_is_told_to_go_on_at_a_character_that_it_has_not(project: Project) -> None:
    project.build("-D", "project=Moon", builder="latex")
    assert project.read("_build/moon.tex").count(r"\def\UTFviii@undefined@err") == 1
