"""The print edition in volumes, on small projects."""

from __future__ import annotations

import pytest

import poppler
from projects import Project
from sphinx_apparatus.outputs.print.volumes import stem
from sphinx_apparatus.stores.pages import read_places

pytestmark = pytest.mark.pdf

SUN = (
    "# The Sun\n\n```{ed:text} sun.txt\n:siglum: S\n```\n\n"
    "```{ed:note} S1\n:lemma: A sun\n\nNot the moon of {ed:ref}`M3`, nor {ed:ref}`M ¶2`.\n```\n"
)
VOLUMES = 'apparatus_pdf_volumes = [("one", "The Moon", ["moon"]), ("two.pdf", "The Sun", ["sun", "works"])]\n'


def in_volumes(project: Project, volumes: str = VOLUMES) -> Project:
    """The small edition and one text more."""
    project.add_page("sun", SUN, b"A sun rises.\n")
    project.write("conf.py", project.read("conf.py") + volumes)
    return project


def test_volumes(project: Project) -> None:
    """Each is a PDF of its own texts, and refers to the other by volume, page and line."""
    result = in_volumes(project).build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    assert sorted(path.name for path in project.out.glob("*.pdf")) == ["one.pdf", "two.pdf"]
    places = read_places(project.out / "places.json").places
    assert {name: (place.volume, place.file) for name, place in places.items() if name in ("M", "M1", "S1")} == {
        "M": ("1", "one.pdf"),
        "M1": ("1", "one.pdf"),
        "S1": ("2", "two.pdf"),
    }
    assert places["S"].first == 1, "the lines of a text begin anew"
    words = {
        name: " ".join(word.string for word in poppler.words(project.out / name)) for name in ("one.pdf", "two.pdf")
    }
    assert f"M3 ({places['M3']}; note p. 1)" in words["two.pdf"].replace("\xa0", " ")
    assert "Volume 1: The Moon" in words["one.pdf"]
    assert "A sun" not in words["one.pdf"]
    assert "The moon has set again." not in words["two.pdf"]


def test_a_volume_of_the_front_page_has_the_pages_below_it(project: Project) -> None:
    whole = '\napparatus_pdf_volumes = [("one", "All", ["index"])]\n'
    assert in_volumes(project, whole).build("-W", builder="typstpdf").status == 0
    words = " ".join(word.string for word in poppler.words(project.out / "one.pdf"))
    assert "The moon has set again." in words
    assert "A sun" in words


def test_volumes_are_the_same_when_built_again(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a build finds of an earlier one does not change it."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    in_volumes(project)
    outputs = []
    for _ in range(2):
        assert project.build("-E", builder="typstpdf").status == 0
        outputs.append({path: path.read_bytes() for path in project.out.rglob("*") if path.is_file()})
    assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("volumes", "message"),
    [
        ('["one"]', "entry 1 is 'one'"),
        ('[("one", "Moon", ["moon", "mars"])]', "there is no page 'mars' for 'one'"),
        ('[("one", "Moon", ["moon"]), ("two", "Both", ["moon", "sun"])]', "page 'moon' is both in 'one' and in 'two'"),
        ('[("one", "Moon", ["moon"]), ("one.pdf", "Sun", ["sun"])]', "two volumes are called 'one.pdf'"),
        ('[("one", "Moon", ["moon"])]', "text S is in no volume. Remedy: list its page, 'sun'"),
        ('[("One", "Moon", ["moon"]), ("one", "Sun", ["sun"])]', "two volumes are called 'one'"),
        ('[(".pdf", "Moon", ["moon", "sun"])]', "entry 1 is ('.pdf', 'Moon'"),
        ('"one"', "it is 'one'. Remedy: a list; of each volume file name, title, list of pages"),
        ("5", "it is 5. Remedy: a list"),
    ],
)
def test_wrong_volumes_are_told(project: Project, volumes: str, message: str) -> None:
    """With the file, the line and what to do."""
    in_volumes(project, f"\n\napparatus_pdf_volumes = {volumes}\n")
    line = project.read("conf.py").splitlines().index(f"apparatus_pdf_volumes = {volumes}") + 1
    told = [row for row in project.build(builder="typst").messages.splitlines() if message in row]
    assert len(told) == 1
    assert f"conf.py:{line}:" in told[0]
    assert told[0].endswith("[ed.config]")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("vol. 1", "vol. 1"), ("edition-1.5.0", "edition-1.5.0"), ("a.pdf", "a"), ("../b/c.pdf", "c"), ("..", "")],
)
def test_a_file_is_called_as_the_configuration_says(name: str, expected: str) -> None:
    """A full stop within a name is no ending, and a folder is none of the output."""
    assert stem(name) == expected
