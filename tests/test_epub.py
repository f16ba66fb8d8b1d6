"""The e-book: well-formed, verbatim, with its notes as EPUB footnotes."""

from __future__ import annotations

import itertools
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from odd import ODD, PAGE
from projects import Project, sphinx_build
from requires import epubcheck

X = "{http://www.w3.org/1999/xhtml}"
TYPE = "{http://www.idpf.org/2007/ops}type"


def pages_of(book: Path) -> dict[str, Any]:
    """The pages of an e-book, parsed as XML."""
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith((".xhtml", ".opf", ".ncx"))]
        return {name: etree.fromstring(archive.read(name)) for name in names}


def verbatim(element: Any) -> str:
    """The characters below an element without those that are the editors'."""
    if element.get("data-editorial") is not None:
        return ""
    if element.get("class") == "ed-control":
        return chr(int(element.get("title").removeprefix("U+"), 16))
    return (element.text or "") + "".join(verbatim(child) + (child.tail or "") for child in element)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An edition with an odd text, built twice: what the first build leaves behind disturbs no second one."""
    project = Project.at(tmp_path_factory.mktemp("epub") / "project")
    project.add_page("odd", PAGE, ODD.encode())
    for _ in range(2):
        result = project.build("-W", "--keep-going", "-D", "version=1", "-D", "copyright=2026", builder="epub")
        assert result.status == 0, result.messages
    return project


@pytest.fixture(scope="module")
def small(odd: Project) -> Path:
    return next(odd.out.glob("*.epub"))


def test_the_printed_text_is_the_file(small: Path, odd: Project) -> None:
    pages = pages_of(small)
    for page, siglum, file in (("moon", "M", "moon.txt"), ("odd", "O", "odd.txt")):
        text = pages[f"{page}.xhtml"].find(f".//{X}div[@id='{siglum}']")
        assert verbatim(text) == odd.read(f"texts/{file}")


def test_the_emended_text_has_the_readings_in_their_places(small: Path) -> None:
    text = pages_of(small)["odd.xhtml"].find(f".//{X}div[@id='O-e']")
    assert verbatim(text) == ODD.replace("three", "<3>")


def test_each_annotation_is_a_footnote_with_a_call_and_a_way_back(small: Path) -> None:
    page = pages_of(small)["odd.xhtml"]
    calls = {a.get("id"): a for a in page.iter(f"{X}a") if a.get(TYPE) == "noteref"}
    notes = {aside.get("id"): aside for aside in page.iter(f"{X}aside") if aside.get(TYPE) == "footnote"}
    assert set(calls) == {"O1-t", "O2-t", "O3-t"}
    for identifier, note in notes.items():
        assert note.get("role") == "doc-footnote"
        assert calls[f"{identifier}-t"].get("href") == f"#{identifier}"
        back = note.find(f".//{X}a[@role='doc-backlink']")
        assert back.get("href") == f"#{identifier}-t"


def test_the_package_says_how_accessible_it_is_and_has_a_cover(small: Path) -> None:
    package = pages_of(small)["content.opf"]
    opf = "{http://www.idpf.org/2007/opf}"
    said = {meta.get("property"): meta.text for meta in package.iter(f"{opf}meta")}
    assert said["schema:accessMode"] == "textual"
    assert said["schema:accessibilitySummary"]
    cover = package.find(f".//{opf}item[@properties='cover-image']")
    assert cover.get("href") == "_static/cover.png"


def test_the_contents_have_the_role_of_contents(small: Path) -> None:
    """As Ace by DAISY asks of what has an ``epub:type`` (DPUB-ARIA 1.1)."""
    (contents,) = (nav for nav in pages_of(small)["nav.xhtml"].iter(f"{X}nav") if nav.get(TYPE) == "toc")
    assert contents.get("role") == "doc-toc"


def test_each_page_says_its_language(small: Path) -> None:
    xml = "{http://www.w3.org/XML/1998/namespace}lang"
    named = ("moon.xhtml", "odd.xhtml", "works.xhtml")
    pages = [page for name, page in pages_of(small).items() if name.endswith(named)]
    assert [(page.get("lang"), page.get(xml)) for page in pages] == [("en", "en")] * 3


def test_what_is_gone_is_not_in_the_book(project: Project) -> None:
    """Whatever an earlier build has left, with other pages, another name, other values."""
    given = ("-W", "--keep-going", "-D", "version=1", "-D", "copyright=2026")
    project.add_page("odd", PAGE, ODD.encode())
    assert project.build(*given, "-D", "epub_basename=first", builder="epub").messages == ""
    (project.folder / "odd.md").unlink()
    project.replace("index.md", "odd\n", "")
    project.write("_build/anothers.epub", b"PK")
    result = project.build(*given, "-D", "html_show_copyright=0", "-D", "epub_basename=second", builder="epub")
    assert (result.status, result.messages) == (0, "")
    assert {path.name for path in project.out.glob("*.epub")} == {"anothers.epub", "second.epub"}
    with zipfile.ZipFile(project.out / "second.epub") as archive:
        assert [name for name in archive.namelist() if "odd" in name or "epub" in Path(name).suffix] == []
        assert b"odd" not in archive.read("content.opf")


def test_a_picture_stays_in_the_book_when_another_page_changes(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "concordances")
    names = []
    for more in ("", "\nMore.\n"):
        project.write("works.md", project.read("works.md") + more)
        project.build("-D", "version=1", "-D", "copyright=2026", builder="epub")
        names.append(zipfile.ZipFile(next(project.out.glob("*.epub"))).namelist())
    assert any("ed-timeline" in name for name in names[0])
    assert names[0] == names[1]


def test_a_project_without_texts_gets_what_sphinx_makes(project: Project) -> None:
    project.write("index.md", "# Nothing\n\nNo text.\n")
    project.write("moon.md", "---\norphan: true\n---\n# Moon\n")
    result = project.build(builder="epub")
    assert result.status == 0, result.messages
    with zipfile.ZipFile(next(project.out.glob("*.epub"))) as archive:
        assert not [name for name in archive.namelist() if "cover" in name or "apparatus" in name]
        assert b"schema:" not in archive.read("content.opf")


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The e-book of texts of every kind."""
    project = Project.at(tmp_path_factory.mktemp("many") / "project", "kinds")
    result = project.build("-W", "--keep-going", "-D", "version=1", "-D", "copyright=2026", builder="epub")
    assert result.status == 0, result.messages
    return next(project.out.glob("*.epub"))


@pytest.mark.slow
@pytest.mark.parametrize("name", ["small", "many"])
def test_epubcheck_finds_nothing(request: pytest.FixtureRequest, name: str) -> None:
    assert epubcheck(request.getfixturevalue(name)) == []


def test_a_text_of_any_kind_keeps_its_direction_and_its_verses(many: Path) -> None:
    with zipfile.ZipFile(many) as archive:
        hebrew, verse = (etree.fromstring(archive.read(f"{name}.xhtml")) for name in ("hebrew", "verse"))
    text = next(one for one in hebrew.iter() if one.get("id") == "G")
    assert (text.get("dir"), text.get("lang")) == ("rtl", "he")
    assert {one.get("dir") for one in hebrew.iter() if one.get("class") == "lem"} == {"rtl"}
    numbers = [one.text for one in verse.iter() if one.get("class") == "ed-pn"]
    assert numbers == ["5"]
    opening = [one.get("id") for one in verse.iter() if "ed-opens" in (one.get("class") or "")]
    assert opening[:2] == ["B-p2", "B-p6"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("root", "language"), [("facing", "ar"), ("scripts", "zh_CN"), ("layers", "fr"), ("schemes", "en")]
)
def test_books_of_every_kind_in_any_language_are_valid(tmp_path: Path, root: str, language: str) -> None:
    """Built as the manual of Sphinx says, with its working files in the same folder; nothing set that need not be."""
    project = Project.at(tmp_path / "project", root)
    for value in ("version = ", "copyright = "):
        project.write("conf.py", "\n".join(x for x in project.read("conf.py").split("\n") if not x.startswith(value)))
    result = sphinx_build(project.folder, project.out, "-b", "epub", "-W", "--keep-going", "-D", f"language={language}")
    assert (result.status, result.messages) == (0, "")
    book = next(project.out.glob("*.epub"))
    assert epubcheck(book) == []
    pages = pages_of(book)
    package = pages["content.opf"]
    assert package.get("{http://www.w3.org/XML/1998/namespace}lang") == language.replace("_", "-")
    (spine,) = package.iter("{*}spine")
    assert spine.get("page-progression-direction") == ("rtl" if language == "ar" else "ltr")
    assert {one.get("dir") for one in (pages["index.xhtml"], pages["nav.xhtml"])} == {
        "rtl" if language == "ar" else None
    }
    assert all(one.text for one in package.iter("{*}rights"))
    with zipfile.ZipFile(book) as archive:
        names = [name for name in archive.namelist() if name.endswith(".css")]
    assert sorted(names) == [f"_static/{name}.css" for name in ("apparatus", "basic", "epub", "pygments")]


FORGIVEN = """A<br>line, <b class=x>bold</b> &nbsp;<wbr> <i>never closed, <!-- a -- b --> </u> \x02.

<div hidden>
<p>One
<p>Two &eacute; <input type=checkbox checked>
</div>

<section>

*Between* two pieces.

</section>

<table><tr><td>a<td>b</table>

- [ ] to do
"""


@pytest.mark.slow
def test_what_a_browser_forgives_is_a_valid_book(tmp_path: Path) -> None:
    """HTML that a page has of its own, its titles in the contents too; characters that XML has not."""
    project = Project.at(tmp_path / "project")
    project.write("conf.py", project.read("conf.py") + '\nmyst_enable_extensions = ["tasklist"]\n')
    project.replace("moon.md", "*Hour* is the narrower word.\n", FORGIVEN)
    project.replace("moon.md", "# The Moon", "# The <br>Moon <x> \x02")
    result = project.build("-W", "--keep-going", builder="epub")
    assert (result.status, result.messages) == (0, "")
    book = next(project.out.glob("*.epub"))
    assert epubcheck(book) == []
    note = next(one for one in pages_of(book)["moon.xhtml"].iter() if one.get("id") == "M1")
    words = " ".join("".join(note.itertext()).split())
    assert "Aline, bold never closed, \ufffd. One Two é Between two pieces. ab ☐ to do" in words
    assert len(list(note.iter(f"{X}td"))) == 2
    assert [one.tag for one in note.iter(f"{X}section")]


def test_headings_follow_one_another_without_a_gap(many: Path) -> None:
    for page in pages_of(many).values():
        levels = [
            int(one.get("aria-level") or one.tag.removeprefix(f"{X}h"))
            for one in page.iter()
            if isinstance(one.tag, str)
            and (one.get("role") == "heading" or one.tag in {f"{X}h{n}" for n in range(1, 7)})
        ]
        assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
