"""The way back of what notes, witnesses and pages hold besides their words: tables, pictures, formulas, dates."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from lxml import etree

from odd import ODD, PAGE
from projects import Project, sphinx_build
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.importing.page import option
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.model.history import History
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.register import write_register
from taking import TEXT, imported, own_schema, placeless, said, take, tei


def test_tables_and_terms_in_notes_come_back(tmp_path: Path) -> None:
    """Of ours in the note of an annotation, and of others, whose lists have their terms beside the items."""
    project = Project.at(tmp_path / "project")
    rows = "| Copy | Has |\n|---|---|\n| A \\| *b* | `x` |\n| {ed:ref}`O1` | |"
    project.add_page("odd", PAGE.replace("It overlaps the other.", f"It overlaps:\n\n{rows}"), ODD.encode())
    assert project.build("-W", builder="dataset").messages == ""
    (archive,) = (project.out / "data").glob("*.zip")
    assert main(["import", str(archive), str(tmp_path / "own")]) == 0
    imported(tmp_path / "own")
    assert "It overlaps:\n\n| Copy | Has |\n| --- | --- |\n| A \\| *b* | `x` |\n| {ed:ref}`O1` |  |\n" in (
        (tmp_path / "own" / "odd.md").read_text("utf-8")
    )
    note = (
        "<note><table><head>Copies</head><row role='label'><cell cols='2'>A</cell></row><row><cell>B</cell></row>"
        "</table>"
        "<list type='gloss'><label>lib.</label><item>book</item><item>none</item></list></note>"
    )
    status, folder = take(tmp_path, tei(f"<p>The moon{note} set.</p>"))
    assert status == 0
    imported(folder)
    assert "Copies\n\n| A |  |\n| --- | --- |\n| B |  |\n\n- **lib.**: book\n- none\n" in (folder / "a.md").read_text(
        "utf-8"
    )


@pytest.mark.parametrize("root", ["kinds", "layers"])
def test_annotations_alone_bring_witnesses_layers_and_markdown(tmp_path: Path, root: str) -> None:
    """What annotations need that is said of none of them goes along with their collection."""
    project = Project.at(tmp_path / "project", root)
    more = '\nmyst_enable_extensions = ["deflist", "colon_fence"]\napparatus_kinds = {"note": {"jest": "jests"}}\n'
    project.write("conf.py", project.read("conf.py") + more)
    page = next(page for page in sorted(project.folder.glob("*.md")) if "{ed:text}" in page.read_text("utf-8"))
    siglum = page.read_text("utf-8").partition(":siglum: ")[2].split()[0]
    text = option(next(project.folder.glob(f"texts/{page.stem}*")).read_bytes().decode())
    note = f":::{{ed:note}} {siglum}99\n:lemma:\n:prefix: {text}\n:kind: jest\n\nterm\n: said of it\n:::\n"
    page.write_text(f"{page.read_text('utf-8')}\n{note}", "utf-8")
    assert project.build("-W", builder="dataset").messages == ""
    given = [f"--text={path.stem}={path}" for path in (project.out / "texts").glob("*.txt")]
    assert main(["import", str(project.out / "data" / "annotations.jsonld"), str(tmp_path / "new"), *given]) == 0
    before = edition_of(read_project(project.folder).env)
    assert said(imported(tmp_path / "new")) == said(dict(before.annotations))
    after = edition_of(read_project(tmp_path / "new").env)
    assert [one._replace(line=0, docname="") for one in after.witnesses.values()] == [
        one._replace(line=0, docname="") for one in before.witnesses.values()
    ]
    assert after.taxonomy == before.taxonomy


NOTE = """Said[^of] “set”:

~~~{math}
x^2 < 'y'
~~~

and {math}`a<b`, twice[^2].

[^of]: A *foot* "typed", see {ed:ref}`O1`.

    Its second paragraph {cite:p}`campbell1982`.

[^2]: A second -- one.
"""


@pytest.mark.parametrize("how", ["edition.xml", "annotations.jsonld", "annotations.csv"])
def test_footnotes_and_formulas_of_notes_come_back(tmp_path: Path, how: str) -> None:
    """A footnote stands at the end of its page, far from the note, and is part of it."""
    project = Project.at(tmp_path / "project")
    project.add_page("odd", PAGE.replace("It overlaps the other.", NOTE), ODD.encode())
    assert project.build("-W", builder="dataset").messages == ""
    data = project.out / "data"
    given = [] if how.endswith("xml") else [f"--text={one}={project.out / 'texts' / one}.txt" for one in "MO"]
    assert main(["import", str(data / how), str(tmp_path / "new"), f"--bib={data / 'bibliography.bib'}", *given]) == 0
    before = edition_of(read_project(project.folder).env)
    assert said(imported(tmp_path / "new", "html")) == said(dict(before.annotations))
    assert edition_of(read_project(tmp_path / "new").env).words("O2") == before.words("O2")
    note = etree.parse(data / "O.xml").xpath("//*[@xml:id='O2']/*[@type='commentary']")[0]
    feet = [" ".join("".join(one.itertext()).split()) for one in note.iterdescendants("{*}note")]
    assert feet == ['A foot "typed", see O1.Its second paragraph Campbell.', "A second -- one."]
    assert [one.text for one in note.iterdescendants("{*}formula")] == ["x^2 < 'y'", "a<b"]
    for path in data.glob("*.xml"):
        own_schema().assertValid(etree.parse(path))


ROUND = """Said[^a].

[^a]: A foot, of which see[^b] the next.

[^b]: It says "so" of itself[^b] and the first[^a].
"""


@pytest.mark.parametrize("builder", ["tei", "html", "text"])
def test_a_footnote_may_call_others_and_itself(tmp_path: Path, builder: str) -> None:
    project = Project.at(tmp_path / "project")
    project.add_page("odd", PAGE.replace("It overlaps the other.", ROUND), ODD.encode())
    assert project.build("-W", builder=builder).messages == ""
    if builder == "tei":
        note = etree.parse(project.out / "O.xml").xpath("//*[@xml:id='O2']/*[@type='commentary']")[0]
        feet = [" ".join("".join(one.itertext()).split()) for one in note.iterdescendants("{*}note")]
        second = 'It says "so" of itself and the first.'
        assert feet == [f"A foot, of which see{second} the next.", second]


SHOWN = """A picture ![a "moon"](pics/moon.svg) in a line.

~~~{figure} pics/moon.svg
:alt: A moon & <a> star

The *moon*

Said below it.
~~~

term *one*
: first

  second

term two
: said
"""


@pytest.mark.parametrize("how", ["zip", "edition.xml", "annotations.jsonld", "annotations.csv"])
def test_pictures_and_terms_of_notes_come_back(tmp_path: Path, how: str) -> None:
    """The picture itself, too: it is among the data, and is copied to where the note looks for it."""
    project = Project.at(tmp_path / "project")
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>'
    project.write("deep/pics/moon.svg", svg)
    project.write("deep/pics/other.svg", svg)
    project.write("conf.py", project.read("conf.py") + '\nmyst_enable_extensions = ["deflist"]\n')
    project.add_page("deep/odd", PAGE.replace("It overlaps the other.", SHOWN), ODD.encode())
    (project.folder / "texts" / "deep").rename(tmp_path / "gone")
    (tmp_path / "gone" / "odd.txt").rename(project.folder / "texts" / "odd.txt")
    project.write("texts/SHA256SUMS", project.read("texts/SHA256SUMS").replace("deep/odd.txt", "odd.txt"))
    assert project.build("-W", builder="dataset").messages == ""
    data = project.out / "data"
    assert sorted(path.name for path in (data / "pictures").rglob("*.svg")) == ["moon.svg"]
    path = next(data.glob("*.zip")) if how == "zip" else data / how
    given = [f"--bib={data / 'bibliography.bib'}"] if how != "zip" else []
    given += [f"--text={one}={project.out / 'texts' / one}.txt" for one in "MO"] if how.startswith("anno") else []
    assert main(["import", str(path), str(tmp_path / "new"), *given]) == 0
    found = imported(tmp_path / "new", "html") if not how.endswith("csv") else None
    before = edition_of(read_project(project.folder).env)
    if found is not None:
        assert said(found) == said(dict(before.annotations))
        assert (tmp_path / "new" / "_build" / "_images" / "moon.svg").read_text("utf-8") == svg
    note = etree.parse(data / "O.xml").xpath("//*[@xml:id='O2']")[0]
    addresses = {one.get("url") for one in note.iterdescendants("{*}graphic")}
    assert addresses == {"pictures/deep/pics/moon.svg"}
    assert (data / addresses.pop()).read_text("utf-8") == svg


def test_pictures_that_are_not_there_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And nothing is written but pictures, and none outside the folder."""
    (tmp_path / "pictures").mkdir()
    for name in ("conf.py", "a.png"):
        (tmp_path / "pictures" / name).write_bytes(b"x")
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    names = ("a.png", "b.png", "/conf.py", "../a.png", "/../../a.png", "https://example.org/c.png")
    note = " ".join(f"![x]({name})" for name in names)
    content = f"lemma,note\nA moon,{note}\n"
    status, folder = take(tmp_path, content, f"--text={tmp_path / 't.txt'}", name="in.csv")
    told = capsys.readouterr().err
    assert status == 0
    assert "in.csv:2: A1: the picture b.png is not there; put it at b.png" in told
    assert "/conf.py is no picture" in told
    assert told.count("is outside the project") == 2
    assert "example.org" not in told
    assert {path.name for path in folder.iterdir()} == {"conf.py", "index.md", "a.md", "a.png", "texts"}
    assert (folder / "conf.py").read_bytes() != b"x"


def test_all_that_is_known_of_a_witness_and_a_page_comes_back(tmp_path: Path) -> None:
    """And the edition's DOI and address, by which annotations are known."""
    project = Project.at(tmp_path / "project", "kinds")
    project.replace("catullus.md", ':date: "1375"\n', ':date: "1375"\n:extent: lines 1–4\n:hand: one\n')
    picture = "page 1 <https://example.org/1?a=b&c=d>: Up at the League"
    project.replace("prose.md", "page 1: Up at the League", picture)
    project.write(
        "conf.py",
        project.read("conf.py") + '\napparatus_doi = "10.5281/zenodo.1"\nhtml_baseurl = "https://example.org/k/"\n',
    )
    assert project.build("-W", builder="tei").messages == ""
    for path in project.out.glob("*.xml"):
        own_schema().assertValid(etree.parse(path))
    assert main(["import", str(project.out / "edition.xml"), str(tmp_path / "new")]) == 0
    imported(tmp_path / "new")
    before, after = (edition_of(read_project(folder).env) for folder in (project.folder, tmp_path / "new"))
    assert (after.imprint.base_url, after.imprint.doi) == (before.imprint.base_url, before.imprint.doi)
    assert all((before.imprint.base_url, before.imprint.doi))
    assert after.witnesses["C G"].extent == "lines 1–4"
    assert [one._replace(line=0) for one in after.witnesses.values()] == [
        one._replace(line=0) for one in before.witnesses.values()
    ]
    assert placeless(after) == placeless(before)


def test_when_an_id_was_published_and_changed_comes_back(tmp_path: Path) -> None:
    """The register is in the archive, and what it says of each annotation is a field of the data."""
    project = Project.at(tmp_path / "project")
    project.add_page("odd", PAGE, ODD.encode())
    project.write("conf.py", project.read("conf.py") + '\nrelease = "1.2"\n')
    found = edition_of(read_project(project.folder).env).annotations
    register = {key: History("1.0", one.digest, ("1.1",) if key == "O1" else ()) for key, one in found.items()}
    register["O4"] = History("0.8", "0" * 16, withdrawn="0.9")
    project.write("register.json", write_register(register, "1.2"))
    folders = [project.folder, tmp_path / "new"]
    for folder in folders:
        assert sphinx_build(folder, folder / "_build", "-b", "dataset", "-W").messages == ""
        (archive,) = (folder / "_build" / "data").glob("*.zip")
        if folder is project.folder:
            assert main(["import", str(archive), str(tmp_path / "new")]) == 0
    one, other = (json.loads((one / "_build" / "data" / "annotations.json").read_text("utf-8")) for one in folders)
    fields = [[row[name] for row in one["annotations"]] for name in ("id", "since", "changed")]
    assert fields == [[row[name] for row in other["annotations"]] for name in ("id", "since", "changed")]
    assert {tuple(changed) for changed in fields[2]} == {(), ("1.1",)}
    assert (folders[0] / "register.json").read_bytes() == (folders[1] / "register.json").read_bytes()
