"""The way back: what others have made, and what we have, becomes texts and pages that build."""

from __future__ import annotations

import csv
import hashlib
import json
import zipfile
from pathlib import Path

import pytest

from odd import ODD, PAGE
from projects import Project, sphinx_build
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.sphinx_ext.domain import edition_of
from taking import TEXT, imported, placeless, said, take, taken_back, tei


def starts_of(string: str) -> list[int]:
    """Where the lines of a string begin that are not empty."""
    at, found = 0, []
    for line in string.splitlines(keepends=True):
        found += [at] if line.strip() else []
        at += len(line)
    return found


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("export") / "project")
    project.add_page("odd", PAGE, ODD.encode())
    result = project.build("-W", builder="dataset")
    assert result.status == 0, result.messages
    return project


@pytest.mark.parametrize("how", ["edition.xml", "annotations.jsonld", "annotations.csv"])
def test_an_edition_comes_back_whole(exported: Project, tmp_path: Path, how: str) -> None:
    taken_back(exported, how, tmp_path / "new")
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


def test_an_import_that_is_stopped_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By Ctrl-C, between two files."""
    (folder := tmp_path / "new").mkdir()
    (folder / "notes.txt").write_text("mine", "utf-8")
    real = Path.replace

    def stopped(self: Path, target: Path) -> Path:
        if target.name == "SHA256SUMS":
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", stopped)
        assert take(tmp_path, tei("<p>a</p>"))[0] == 130
    assert [path.name for path in folder.rglob("*")] == ["notes.txt"]
    assert take(tmp_path, tei("<p>a</p>"))[0] == 0


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
