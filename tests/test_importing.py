"""The way back: what others have made, and what we have, becomes texts and pages that build."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from odd import ODD, PAGE
from projects import Project, sphinx_build
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.importing.page import option
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.history import History
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.register import write_register
from taking import TEXT, imported, own_schema, said, take, tei


def placeless(edition: Edition) -> dict[str, TextRecord]:
    """Its texts, wherever on their pages they stand."""
    return {siglum: record._replace(line=0) for siglum, record in edition.texts.items()}


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("export") / "project")
    project.add_page("odd", PAGE, ODD.encode())
    result = project.build("-W", builder="dataset")
    assert result.status == 0, result.messages
    return project


@pytest.mark.parametrize("how", ["edition.xml", "annotations.jsonld", "annotations.csv"])
def test_an_edition_comes_back_whole(exported: Project, tmp_path: Path, how: str) -> None:
    data, texts = exported.out / "data", exported.out / "texts"
    given = [] if how.endswith("xml") else [f"--text=M={texts / 'M.txt'}", f"--text=O={texts / 'O.txt'}"]
    bib = f"--bib={data / 'bibliography.bib'}"
    assert main(["import", str(data / how), str(tmp_path / "new"), bib, *given]) == 0
    before = said(dict(edition_of(read_project(exported.folder).env).annotations))
    assert said(imported(tmp_path / "new", "html")) == before


def test_a_withdrawn_id_stays_withdrawn(tmp_path: Path) -> None:
    """Also that of a text that is gone; a file by itself has only those of its text."""
    project = Project.at(tmp_path / "project")
    gone = '\n```{ed:tombstone} Z3\n:version: "0.8"\n\n``a`` & *b*, <c>: the text was withdrawn.\n```\n'
    project.add_page("odd", PAGE + gone, ODD.encode())
    assert project.build("-W", builder="dataset").messages == ""
    (archive,) = (project.out / "data").glob("*.zip")
    assert main(["import", str(archive), str(tmp_path / "new")]) == 0
    imported(tmp_path / "new")
    before, after = (edition_of(read_project(folder).env).tombstones for folder in (project.folder, tmp_path / "new"))
    assert [one._replace(docname="") for one in after.values()] == [one._replace(docname="") for one in before.values()]
    assert after["O4"].docname == "odd"
    given = [str(project.out / "data" / "O.xml"), str(tmp_path / "one")]
    assert main(["import", *given, f"--bib={project.out / 'data' / 'bibliography.bib'}"]) == 0
    assert [*edition_of(read_project(tmp_path / "one").env).tombstones] == ["O4"]
    page = tmp_path / "new" / "odd.md"
    page.write_text(page.read_text("utf-8") + "\n```{ed:note} O4\n:lemma: three\n\nAgain.\n```\n", "utf-8")
    assert "[ed.duplicate-id]" in sphinx_build(tmp_path / "new", tmp_path / "out", "-b", "dummy").messages


@pytest.mark.parametrize("root", ["kinds", "facing", "layers", "schemes"])
def test_structure_witnesses_and_translations_come_back(tmp_path: Path, root: str) -> None:
    project = Project.at(tmp_path / "project", root)
    assert project.build("-W", builder="tei").status == 0
    assert main(["import", str(project.out / "edition.xml"), str(tmp_path / "new")]) == 0
    before = edition_of(read_project(project.folder).env)
    assert said(imported(tmp_path / "new")) == said(dict(before.annotations))
    after = edition_of(read_project(tmp_path / "new").env)
    assert {key: one._replace(line=0, docname="") for key, one in after.witnesses.items()} == {
        key: one._replace(line=0, docname="") for key, one in before.witnesses.items()
    }
    assert placeless(after) == placeless(before)


def test_apparatuses_of_others_become_variants(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Parallel segmentation, double end-points within the text and beside it, by anchors and by words."""
    body = (
        "<p>Litteris <app><lem wit='#M #U'>C. Caesaris</lem><rdg wit='#T.1'>a Fabio</rdg>"
        "<rdg resp='#Nipperdey'>Caesaris</rdg></app> <app><lem>redditis</lem><rdgGrp><rdg wit='#M'/></rdgGrp></app> "
        "<anchor xml:id='a'/>aegre ab his<anchor xml:id='b'/> est <app from='#a' to='#b'><rdg wit='#U'>vix</rdg></app>"
        "<w xml:id='w'>summa</w>. <app><lem>id</lem><rdg>di : vi</rdg></app></p>"
    )
    beside = "<standOff><listApp><app from='#w'><rdg wit='#V'>x</rdg></app><app from='#w' to='#w'><rdg wit='#U'>summo"
    whole = tei(body).replace("</TEI>", f"{beside}</rdg></app></listApp></standOff></TEI>")
    status, folder = take(tmp_path, whole)
    told = capsys.readouterr().err
    assert status == 1
    assert {one.lemma: (one.layer.name, one.reading) for one in imported(folder).values()} == {
        "C. Caesaris": ("variant", "a Fabio T1 : Caesaris coni. Nipperdey"),
        "redditis": ("variant", "om. M"),
        "aegre ab his": ("variant", "vix U"),
        "summa": ("variant", "summo U"),
        "id": ("note", None),
    }
    assert "left out: app: its ends, from and to, are not in the text" in told
    assert "a reading without a witness" in told
    assert [one.siglum for one in edition_of(read_project(folder).env).witnesses.values()] == ["T1", "M", "U", "V"][:3]


@pytest.mark.parametrize(
    ("body", "text", "emended"),
    [
        ("<p>The <choice><sic>mon</sic><corr>moon</corr></choice> set.</p>", "The mon set.\n", "The moon set.\n"),
        ("<p>The <choice><corr>moon</corr><sic>mon</sic></choice> set.</p>", "The mon set.\n", "The moon set.\n"),
        ("<p>The <choice><sic>big </sic><corr/></choice>moon</p>", "The big moon\n", "The moon\n"),
        ("<p>The <choice><sic/><corr>big</corr></choice> moon</p>", "The moon\n", "The big moon\n"),
        ("<p>The mo<choice><sic/><corr>o</corr></choice>n</p>", "The mon\n", "The moon\n"),
        ("<p>The <supplied>big</supplied> moon</p>", "The moon\n", "The big moon\n"),
        ("<p>The <surplus>the</surplus> moon</p>", "The the moon\n", "The moon\n"),
        ('<p>The <corr sic="mon">moon</corr> set.</p>', "The mon set.\n", "The moon set.\n"),
        ('<p>The <sic corr="moon">mon</sic> set.</p>', "The mon set.\n", "The moon set.\n"),
        ("<p>The <choice><corr>big</corr><orig/></choice> moon</p>", "The moon\n", "The big moon\n"),
        (
            "<p>The<note place='foot' n='*'>A <choice><sic>mon</sic><corr>moon</corr></choice>.</note> moon</p>"
            "\n<p>set.</p>",
            "The moon\n* A mon.\nset.\n",
            "The moon\n* A moon.\nset.\n",
        ),
        (
            "<p>A <choice>\n <!-- why --><sic>m<hi>o</hi><lb break='no'/>n</sic><?x y?>\n <corr>mo<pb/>on</corr>\n"
            "</choice> set.</p>",
            "A mon set.\n",
            "A moon set.\n",
        ),
    ],
)
def test_corrections_of_every_sort_are_taken_over(tmp_path: Path, body: str, text: str, emended: str) -> None:
    from sphinx_apparatus.anchoring.edits import apply

    status, folder = take(tmp_path, tei(body))
    assert status == 0
    assert (folder / "texts" / "a.txt").read_text("utf-8") == text
    found = imported(folder)
    assert apply(text, [edit for one in found.values() for edit in one.edits]) == emended


def test_overlapping_and_nested_matter_is_kept_or_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    body = (
        "<p>One <choice><sic>tw<choice><sic>oo</sic><corr>o</corr></choice></sic><corr>2</corr></choice> "
        "<app><lem>three <app><lem>four</lem><rdg wit='#B'>4</rdg></app></lem><rdg wit='#C'>3</rdg></app> "
        "<gap/><choice><unclear>five</unclear><unclear>fine</unclear></choice> <corr>six</corr>"
        "<note>A <hi>note</hi>.</note></p>"
    )
    status, folder = take(tmp_path, tei(body))
    told = capsys.readouterr()
    assert status == 1
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "One twoo three four five six\n"
    assert len(imported(folder)) == 5
    assert "corr without sic" in told.err
    assert "gap" in told.err
    assert "another correction changes the same words" in told.err
    assert "in.xml:2:" in told.err


#: Each entity stands for two of the one before.
BOMB = '<!DOCTYPE TEI [<!ENTITY e0 "lol">' + "".join(f'<!ENTITY e{n + 1} "&e{n};&e{n};">' for n in range(29)) + "]>\n"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (tei("<p>&e29;</p>", BOMB), "nesting depth"),
        (tei("<p>&e1;</p>", '<!DOCTYPE TEI [<!ENTITY e0 "lol"><!ENTITY e1 "&e0;&e0;">]>\n'), "other entities"),
        (tei("<p>&x;</p>", '<!DOCTYPE TEI [<!ENTITY x SYSTEM "file:///etc/passwd">]>\n'), "nothing is fetched"),
        (tei("<p>&nbsp;</p>", '<!DOCTYPE TEI SYSTEM "http://localhost/tei.dtd">\n'), "nothing is fetched"),
        (tei("<p>one"), "in.xml:2"),
        ("<html/>", "root element is html"),
        (tei("<p>" + "<hi>" * 5_000 + "</hi>" * 5_000 + "</p>"), "in.xml"),
        ("", "in.xml"),
    ],
)
def test_hostile_or_broken_files_are_refused_and_nothing_is_written(
    tmp_path: Path, content: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, folder = take(tmp_path, content)
    assert status == 2
    assert says in capsys.readouterr().err
    assert not folder.exists()


def test_an_entity_of_the_file_itself_is_its_characters(tmp_path: Path) -> None:
    status, folder = take(tmp_path, tei("<p>A&long;B</p>", '<!DOCTYPE TEI [<!ENTITY long "&#x17F;">]>\n'))
    assert status == 0
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "AſB\n"


def test_a_table_of_old_new_and_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    rows = [("old", "new", "place"), ("mon", "moon", "mon is near"), ("far", "distant", "¶1"), ("mon", "moon", ""),
            ("gone", "there", "")]  # fmt: skip
    content = "".join("\t".join(row) + "\n" for row in rows)
    status, folder = take(tmp_path, content, f"--text={tmp_path / 't.txt'}", name="in.tsv")
    told = capsys.readouterr().err
    assert status == 1
    assert "in.tsv:4" in told
    assert "2 times" in told
    assert "in.tsv:5" in told
    found = imported(folder)
    assert {(one.lemma, one.reading, one.span.start) for one in found.values()} == {
        ("mon", "moon", TEXT.index("mon is near")),
        ("far", "distant", TEXT.index("far")),
    }


def test_what_a_reader_noted_with_hypothesis(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    rows = {
        "total": 1,
        "rows": [
            {
                "id": "x",
                "user": "acct:reader@hypothes.is",
                "text": "Is it *so* far?",
                "tags": ["moon"],
                "target": [
                    {
                        "source": "https://example.org/t",
                        "selector": [
                            {"type": "RangeSelector", "startContainer": "/p"},
                            {"type": "TextPositionSelector", "start": 900, "end": 903},
                            {"type": "TextQuoteSelector", "exact": "mon", "prefix": "The ", "suffix": " is far"},
                        ],
                    }
                ],
            }
        ],
    }
    status, folder = take(tmp_path, json.dumps(rows), f"--text={tmp_path / 't.txt'}", name="in.json")
    assert status == 0
    (one,) = imported(folder).values()
    assert (one.lemma, one.span.start, one.reading) == ("mon", TEXT.index("mon is far"), None)
    assert one.body == "Is it *so* far? Tags: moon."
    assert one.editor == "reader@hypothes.is"


def test_what_is_there_is_not_replaced_unasked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    first = tei("<p>One.</p>")
    assert take(tmp_path, first)[0] == 0
    status, folder = take(tmp_path, tei("<p>Two.</p>"))
    assert status == 2
    assert "--replace" in capsys.readouterr().err
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "One.\n"
    assert take(tmp_path, tei("<p>Two.</p>"), "--replace")[0] == 0
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "Two.\n"


def test_the_shortest_context_tells_a_word_from_its_like(tmp_path: Path) -> None:
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    content = "old,new,start,end\n" + "".join(
        f"mon,moon,{at},{at + 3}\n" for at in (TEXT.index("mon is far"), TEXT.index("mon is near"))
    )
    _, folder = take(tmp_path, content, f"--text={tmp_path / 't.txt'}", name="in.csv")
    assert [one.selector.prefix + "|" + one.selector.suffix for one in imported(folder).values()] == ["The |", "the |"]


def test_the_csv_of_the_export_has_each_row_once(exported: Project) -> None:
    with (exported.out / "data" / "annotations.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["id"] for row in csv.DictReader(file)]
    assert len(ids) == len(set(ids)) == 6


def test_an_archive_is_enough(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Kinds, lines, title and version come along, and the bibliography."""
    project = Project.at(tmp_path / "project")
    project.add_page("odd", PAGE.replace(":short: th…", ":kind: spelling"), ODD.encode())
    project.write(
        "conf.py", f'{project.read("conf.py")}\napparatus_kinds = {{"emendation": {{"spelling": "spellings"}}}}\n'
    )
    lines = {"file": "moon.txt", "sha256": hashlib.sha256(project.read("texts/moon.txt").encode()).hexdigest()}
    starts = [[0, 4]] + [[at] for at in starts_of(project.read("texts/moon.txt"))[1:]]
    lines |= {"measure": "m", "by": "p", "hyphens": [1], "lines": starts}
    project.write("lines.json", json.dumps({"format": 1, "texts": {"M": lines}}))
    assert project.build("-W", "-D", "version=1.2", builder="dataset").messages == ""
    (archive,) = (project.out / "data").glob("*.zip")
    assert main(["import", str(archive), str(tmp_path / "new")]) == 0
    before, after = (edition_of(read_project(folder).env) for folder in (project.folder, tmp_path / "new"))
    assert said(dict(after.annotations)) == said(dict(before.annotations))
    assert after.kept_lines["M"].starts == before.kept_lines["M"].starts
    assert after.kept_lines["M"].hyphens == {1}
    assert (after.imprint.title, after.imprint.version) == (before.imprint.title, "1.2")
    imported(tmp_path / "new")
    with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        for name in whole.namelist():
            other.writestr(name, whole.read(name).replace(b"narrower", b"broader"))
    capsys.readouterr()
    for broken, says in (("other.zip", "checksum"), ("none.zip", "none.zip"), ("empty.zip", "data/edition.xml")):
        zipfile.ZipFile(tmp_path / "empty.zip", "w").close()
        assert main(["import", str(tmp_path / broken), str(tmp_path / "third")]) == 2
        assert says in capsys.readouterr().err
        assert not (tmp_path / "third").exists()


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


def starts_of(string: str) -> list[int]:
    """Where the lines of a string begin that are not empty."""
    at, found = 0, []
    for line in string.splitlines(keepends=True):
        found += [at] if line.strip() else []
        at += len(line)
    return found


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


def test_an_archive_writes_nothing_outside_its_folder(exported: Project, tmp_path: Path) -> None:
    (archive,) = (exported.out / "data").glob("*.zip")
    with zipfile.ZipFile(archive) as given, zipfile.ZipFile(tmp_path / "odd.zip", "w") as odd:
        for name in given.namelist():
            odd.writestr(name, given.read(name))
        for name in (f"data/pictures/{tmp_path}/away.png", "data/pictures/../../away.png"):
            odd.writestr(name, b"x")
    assert main(["import", str(tmp_path / "odd.zip"), str(tmp_path / "new")]) == 0
    assert list(tmp_path.rglob("away.png")) == []


def test_nobody_is_made_an_author_who_is_none(exported: Project, tmp_path: Path) -> None:
    """Of an edition that names none; one that begins with a file of others gets a placeholder."""
    (archive,) = (exported.out / "data").glob("*.zip")
    assert main(["import", str(archive), str(tmp_path / "own")]) == 0
    assert "author" not in (tmp_path / "own" / "conf.py").read_text("utf-8")
    before, after = (edition_of(read_project(one).env).imprint for one in (exported.folder, tmp_path / "own"))
    assert after.editors == before.editors == ""
    _, folder = take(tmp_path, tei("<p>The <choice><sic>mon</sic><corr>moon</corr></choice></p>"))
    assert "author = 'The editors'" in (folder / "conf.py").read_text("utf-8")


def test_a_text_by_itself_says_what_it_refers_to_elsewhere(
    exported: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = [str(exported.out / "data" / "O.xml"), str(tmp_path / "new")]
    assert main(["import", *given, f"--bib={exported.out / 'data' / 'bibliography.bib'}"]) == 0
    assert "M1 is not among what is imported" in capsys.readouterr().err
    assert imported(tmp_path / "new")["O1"].relations.see == ("O2", "O ¶2")


def test_values_that_are_none_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    content = "layer,kind,lemma,reading,certainty,note\n" + "".join(
        f"{row}\n"
        for row in (
            "emendation,OCR error,mon is far,moon is far,sure,See {cite:p}`x`.",
            "emendation,spelling,A moon,The moon,high,",
            "hint,,has set,,,",
        )
    )
    status, folder = take(tmp_path, content, f"--text={tmp_path / 't.txt'}", name="in.csv")
    told = capsys.readouterr().err
    assert status == 1
    for words in (
        "in.csv:2: 'sure' is no certainty",
        "in.csv:2: 'OCR error' is no name",
        "in.csv:4: left out: there is no layer 'hint'",
        "--bib",
    ):
        assert words in told
    assert "apparatus_kinds = {'emendation': {'spelling': 'spelling'}}" in (folder / "conf.py").read_text("utf-8")
    found = edition_of(read_project(folder).env).annotations
    assert [(one.kind, one.certainty) for one in found.values()] == [("slip", ""), ("spelling", "high")]
