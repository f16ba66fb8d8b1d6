"""Files of others, tidy or not: the right annotation, or a message with its line; never half of it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from odd import ODD, PAGE
from projects import Project
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.sphinx_ext.domain import edition_of
from taking import TEXT, imported, said, take, take_beside, tei


def quote(exact: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def position(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end, **more}


def fragment(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "FragmentSelector", "value": value, **more}


def reaching(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "RangeSelector", "startSelector": start, "endSelector": end}


XPATH = {"type": "XPathSelector", "value": "/p[1]"}


@pytest.mark.parametrize(
    ("selector", "span"),
    [
        (quote("far"), (29, 32)),
        (position(29, 32), (29, 32)),
        ([position(22, 25), quote("mon")], (22, 25)),
        ([position(0, 3), quote("far")], (29, 32)),
        ([{"type": "RangeSelector", "startContainer": "/p"}, position(0, 3), quote("far")], (29, 32)),
        (quote("mon is far", refinedBy=quote("far")), (29, 32)),
        (quote("mon is far", refinedBy=position(7, 10)), (29, 32)),
        (position(18, 32, refinedBy=quote("mon")), (22, 25)),
        (fragment("char=29,32"), (29, 32)),
        (fragment("line=0,1"), (0, len(TEXT))),
        (fragment("section", refinedBy=quote("far")), (29, 32)),
        ({**XPATH, "refinedBy": quote("far")}, (29, 32)),
        ({"type": "DataPositionSelector", "start": 29, "end": 32}, (29, 32)),
        (reaching(quote("mon is far"), quote(" is near")), (22, 41)),
        (reaching(position(29, 29), position(32, 40)), (29, 32)),
        ({"@type": ["oa:TextQuoteSelector"], "exact": "far"}, (29, 32)),
        ({"type": "Choice", "items": [XPATH, position(29, 32)]}, (29, 32)),
    ],
)
def test_every_selector_that_a_plain_text_can_answer_is_followed(
    tmp_path: Path, selector: Any, span: tuple[int, int]
) -> None:
    item = {"type": "Annotation", "body": {"value": "So."}, "target": {"source": "t.txt", "selector": selector}}
    status, folder = take_beside(tmp_path, json.dumps(item), "in.json")
    assert status == 0
    assert [tuple(one.span) for one in imported(folder).values()] == [span]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ({"selector": XPATH}, "XPathSelector names no place"),
        ({"selector": {"type": "SvgSelector", "value": "<svg/>"}}, "SvgSelector names no place"),
        ({"selector": {**XPATH, "refinedBy": position(0, 3)}}, "XPathSelector names no place"),
        ({"selector": reaching(XPATH, XPATH)}, "XPathSelector names no place"),
        ({"selector": reaching(position(9, 9), position(3, 3))}, "before it begins"),
        ({"selector": fragment("xywh=1,2,3,4")}, "RFC 5147"),
        ({"selector": position(0, 9_000)}, "not within"),
        ({"selector": fragment("line=10,1")}, "no line 10"),
        ({"selector": {"type": "TextPositionSelector", "end": 3}}, "start of a position"),
        ({"selector": position(1.5, float("inf"))}, "whole number"),
        ({"selector": {"type": "TextQuoteSelector"}}, "exact of a quotation"),
        ({"selector": quote("far", prefix=["is"])}, "prefix of a quotation"),
        ({"selector": quote("mon")}, "2 times"),
        ({"selector": []}, "names no place"),
        ("https://example.org/t.txt", "names no place"),
        (None, "names no place"),
        ([], "no target"),
    ],
)
def test_what_names_no_place_is_told_with_its_line(
    tmp_path: Path, target: Any, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "x", "body": {"value": "So."}, "target": {"selector": quote("far")}}
    items = [good, {"id": "y", "body": {"value": "No."}, "target": target}]
    status, folder = take_beside(tmp_path, json.dumps({"items": items}, indent=1), "in.json")
    (told,) = capsys.readouterr().err.splitlines()
    written = json.dumps({"items": items}, indent=1).split("\n")
    line = max(number for number, words in enumerate(written, 1) if '"target"' in words)
    assert status == 1
    assert f"in.json:{line}: left out: annotation y: " in told
    assert says in told
    assert len(imported(folder)) == 1


@pytest.mark.parametrize(
    ("body", "note", "told"),
    [
        ("https://example.org/c", "https://example.org/c", ""),
        ({"type": "Video", "id": "https://example.org/v"}, "https://example.org/v", ""),
        ({"type": "SpecificResource", "source": {"id": "https://example.org/s"}}, "https://example.org/s", ""),
        ({"value": "<p>So &amp; <b>so</b></p><script>no</script>", "format": "text/html"}, "So & so", "in HTML"),
        ({"type": "Choice", "items": [{"value": "one"}, {"value": "deux"}]}, "one", "the first is taken"),
        ({"type": "Composite", "items": [{"value": "one"}, {"value": "two"}]}, "one two", ""),
        ([{"value": "one"}, {"type": "TextualBody", "value": None}], "one", "a body without words"),
        ({"value": "half \ud800 of one"}, "half \ufffd of one", ""),
        ([{"value": "one", "tags": ["\ud83d"]}], "one", ""),
        ({"value": "<p>One</p></style><p>two</p>", "format": "text/html"}, "One two", "in HTML"),
        ({"value": "{ed:ref}`Z9` ```{include} x", "format": "text/markdown"}, None, ""),
    ],
)
def test_bodies_of_every_form_are_words_or_told(
    tmp_path: Path, body: Any, note: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    item = {"body": body, "target": {"selector": quote("far")}}
    status, folder = take_beside(tmp_path, json.dumps(item), "in.json")
    assert status == 0
    (one,) = imported(folder).values()
    assert note is None or one.body == note
    assert told in capsys.readouterr().err


def test_markdown_of_others_brings_no_directive(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    words = "So.\n\n```{include} ../secret.txt\n```\n\n> ~~~ {include} ../secret.txt\n> ~~~\n\n{ed:ref}`Z9`"
    item = {"body": {"value": words, "format": "text/markdown"}, "target": {"selector": quote("far")}}
    status, folder = take_beside(tmp_path, json.dumps(item), "in.json")
    assert status == 0
    (one,) = imported(folder).values()
    assert "secret.txt" not in one.body.replace("../secret.txt", "")
    assert "{ed:ref}" in one.body


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{}", "in.json:1: neither"),
        ("null", "in.json:1: neither"),
        ('{"contract": 1, "annotations": []}', "annotations.csv"),
        ('{"first": "https://example.org/p.json"}', "not beside it"),
        ('{"first": "https://example.org/..%2F..%2Fsecret.json"}', "not beside it"),
        ('{"first": "broken.json"}', "broken.json: not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_json_that_is_something_else_is_refused(
    tmp_path: Path, content: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text("{", "utf-8")
    status, folder = take_beside(tmp_path, content, "in.json")
    assert status == 2
    assert says in capsys.readouterr().err
    assert not folder.exists()


def test_an_annotation_of_another_text_is_not_put_into_this(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "u.txt").write_text("Far off.\n", "utf-8")
    (tmp_path / "t.txt").write_text(TEXT, "utf-8")
    item = {"body": {"value": "x"}, "target": {"source": "https://example.org/v.txt", "selector": quote("far")}}
    texts = [f"--text=T={tmp_path / 't.txt'}", f"--text=U={tmp_path / 'u.txt'}"]
    assert take(tmp_path, json.dumps(item), *texts, name="in.json")[0] == 1
    assert "v.txt is none of the texts" in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "content",
    [
        'old;new;note\r\nfar;near;"so; “so”\r\nso"\r\n',
        'sep=;\r\nold;new;note\r\nfar;near;"so; “so”\r\nso"\r\n',
        '"old";"new";"note"\r\n"far";"near";"so; “so”\r\nso"\r\n',
        '"old"\t"new"\t"note"\r\n"far"\t"near"\t"so; “so”\r\nso"\r\n',
        'old\tnew\tnote\r\nfar\tnear\t"so; “so”\r\nso"\r\n',
        ' Old ,NEW,note,,\r\nfar,near,"so; “so”\r\nso",,\r\n,,,,\r\n  \r\n',
    ],
)
def test_a_table_as_spreadsheets_write_it(tmp_path: Path, content: str, encoding: str) -> None:
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    (tmp_path / "in.csv").write_bytes(content.encode(encoding))
    assert main(["import", str(tmp_path / "in.csv"), str(tmp_path / "new"), f"--text={tmp_path / 't.txt'}"]) == 0
    (one,) = imported(tmp_path / "new").values()
    assert (one.lemma, one.reading, one.body) == ("far", "near", "so; “so” so")


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        ('old,new\nfar,"near\nmoon,x\n', 2, "in.csv:2: unexpected end"),
        ('old,new\n"far"x,near\n', 2, "in.csv:2: "),
        ("old,lemma\nfar,near\n", 2, "in.csv:1: two columns are called lemma"),
        ("far,near\n", 2, "in.csv:1: no column is called old"),
        ("old,new,see\nfar,near,foo bar\n", 0, "in.csv:2: see: foo bar"),
        ("old,new,colour\nfar,near,red\n", 0, "in.csv:1: these columns are not known: colour"),
        ("old,new,start,end\nfar,near,1.0,x\n", 1, "in.csv:2: left out: start and end"),
        ("old,new,place\nmon,moon,99\n", 1, "in.csv:2: left out: text A has ¶1 to ¶1"),
        ("old,note\nfar,\n", 1, "in.csv:2: left out: it says nothing"),
        ("old,note,source\nfar,x,key\n", 0, "in.csv:2: source and wording go together"),
    ],
)
def test_a_table_that_is_not_tidy_is_told(
    tmp_path: Path, content: str, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, folder = take_beside(tmp_path, content, "in.csv")
    assert found == status
    assert says in capsys.readouterr().err
    if status < 2:
        imported(folder)


def test_a_row_that_ends_early_deletes_as_one_with_an_empty_cell(tmp_path: Path) -> None:
    _, folder = take_beside(tmp_path, "old,new\n far\n", "in.csv")
    (one,) = imported(folder).values()
    assert (one.layer.name, one.reading) == ("emendation", "")


@pytest.mark.parametrize("name", ["place", "words", "block", "element", "emend", "inside", "imported", "strings"])
def test_an_element_of_any_name_is_its_words(tmp_path: Path, name: str) -> None:
    status, folder = take(tmp_path, tei(f"<p>In <{name}>Rome</{name}>.</p>"))
    assert status == 0
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "In Rome.\n"


@pytest.mark.parametrize(
    ("body", "says", "reading"),
    [
        ("<choice><sic>a</sic><corr>b</corr><corr>c</corr></choice>", "a second corr", "b"),
        ("<choice><sic>a</sic><corr><app><lem>b</lem><rdg wit='#X'>c</rdg></app></corr></choice>", "app within", "b"),
        ("<choice><sic>a</sic><corr>b <supplied>c</supplied></corr></choice>", "emendation within a correction", "b"),
    ],
)
def test_what_a_correction_cannot_hold_is_counted_as_left_out(
    tmp_path: Path, body: str, says: str, reading: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, folder = take(tmp_path, tei(f"<p>One {body}.</p>"))
    assert status == 1
    assert f"in.xml:2: left out: {says}" in capsys.readouterr().err
    assert [one.reading.strip() for one in imported(folder).values() if one.reading] == [reading]


def test_language_and_editors_of_a_text_come_along(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    root = (
        '<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="{}"><teiHeader><fileDesc><titleStmt><title>F</title>'
        "<respStmt xml:id='JD'><resp>ed.</resp><name>Jane Doe</name></respStmt></titleStmt></fileDesc></teiHeader>"
        "<text{}><body><p>a <choice><sic>b</sic><corr resp='#JD'>c</corr></choice></p></body></text></TEI>"
    )
    _, folder = take(tmp_path, root.format("en", ' xml:lang="la"'))
    (one,) = imported(folder).values()
    edition = edition_of(read_project(folder).env)
    assert (edition.texts["A"].language, edition.editors[one.editor]) == ("la", "Jane Doe")
    assert take(tmp_path, root.format("en&#10;```&#10;{x}", ""), "--replace")[0] == 0
    assert "no name of a language" in capsys.readouterr().err
    assert ":lang:" not in (folder / "a.md").read_text("utf-8")


def test_names_of_elements_that_are_none_do_not_matter(tmp_path: Path) -> None:
    assert take(tmp_path, tei("<p xml:id='1 2'>a</p><p xml:id='b'>c</p><p xml:id='b'>d</p>"))[0] == 0


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An edition one of whose texts is on its first page, and an id of which is withdrawn."""
    project = Project.at(tmp_path_factory.mktemp("export") / "project")
    project.add_text("odd.txt", ODD.encode())
    project.write("index.md", f"{project.read('index.md')}\n{PAGE.partition(chr(10))[2]}")
    assert project.build("-W", builder="dataset").messages == ""
    return project


@pytest.mark.parametrize("how", ["edition.xml", "annotations.jsonld", "annotations.csv"])
def test_withdrawn_ids_and_a_text_on_the_first_page_come_back(exported: Project, tmp_path: Path, how: str) -> None:
    data, texts = exported.out / "data", exported.out / "texts"
    given = [] if how.endswith("xml") else [f"--text=M={texts / 'M.txt'}", f"--text=O={texts / 'O.txt'}"]
    bib = f"--bib={data / 'bibliography.bib'}"
    assert main(["import", str(data / how), str(tmp_path / "new"), bib, *given]) == 0
    before = edition_of(read_project(exported.folder).env)
    assert said(imported(tmp_path / "new")) == said(dict(before.annotations))
    after = edition_of(read_project(tmp_path / "new").env)
    assert [one._replace(docname="") for one in after.tombstones.values()] == [
        one._replace(docname="") for one in before.tombstones.values()
    ]


@pytest.mark.parametrize(
    ("old", "new", "status", "says"),
    [
        ('<anchor xml:id="O1.start"/>', "", 1, "annotation O1 lacks"),
        (' mainLang="en"', "", 0, ""),
        ("<textLang", "<lang", 2, "O.xml:2: a text that this program has written lacks something"),
        ("seven", "eight", 0, "not the one whose checksum"),
    ],
)
def test_a_file_of_ours_that_others_changed_is_read_or_refused(
    exported: Project, tmp_path: Path, old: str, new: str, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = (exported.out / "data" / "O.xml").read_text("utf-8")
    assert old in content
    found, _ = take(tmp_path, content.replace(old, new), name="O.xml")
    assert found == status
    assert says in capsys.readouterr().err


@pytest.mark.parametrize("broken", ["bytes", "folder", "sums"])
def test_an_archive_that_came_over_broken_is_refused(
    exported: Project, tmp_path: Path, broken: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (archive,) = (exported.out / "data").glob("*.zip")
    path = tmp_path / "in.zip"
    content = bytearray(archive.read_bytes())
    if broken == "bytes":
        with zipfile.ZipFile(archive) as whole:
            at = whole.getinfo("data/edition.xml").header_offset
        content[at + 60 : at + 160] = bytes(100)
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(archive) as whole, zipfile.ZipFile(path, "w") as other:
            for name in whole.namelist():
                said_of = b"[[[" if (broken, name) == ("sums", "datapackage.json") else whole.read(name)
                other.writestr(f"../{name}" if broken == "folder" else name, said_of)
    assert main(["import", str(path), str(tmp_path / "new")]) == 2
    assert "in.zip: " in capsys.readouterr().err
    assert sorted(one.name for one in tmp_path.iterdir()) == ["in.zip"]


def test_a_bibliography_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert take(tmp_path, tei("<p>a</p>"), f"--bib={tmp_path / 'none.bib'}")[0] == 2
    assert "none.bib" in capsys.readouterr().err


def test_a_number_that_is_given_is_none_that_is_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "withdrawn.csv").write_text("id,version,reason\nA1,1.0,It was wrong.\n", "utf-8")
    status, folder = take_beside(tmp_path, "id,old,new\n,far,near\n", "in.csv")
    assert status == 0
    assert list(imported(folder)) == ["A2"]


def test_an_id_that_is_withdrawn_twice_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "withdrawn.csv").write_text("id,version,reason\nA1,1.0,It was wrong.\nA1,1.1,Again.\n", "utf-8")
    _, folder = take_beside(tmp_path, "id,old,new\n,far,near\n", "in.csv")
    assert "withdrawn.csv:3: left out: A1 is withdrawn twice; the first is kept" in capsys.readouterr().err
    pages = "".join(path.read_text("utf-8") for path in folder.rglob("*.md"))
    assert pages.count("{ed:tombstone} A1") == 1
    assert "It was wrong." in pages


LOCATED = (
    '<div n="1"><l n="1">Arma virumque cano</l><l n="2">Italiam fato virumque</l></div><listApp><head>Apparatus</head>'
    '<app loc="1.2"><lem wit="#A">virumque</lem><rdg wit="#B">virosque</rdg></app>'
    '<app loc="1"><lem wit="#A">Arma  virumque</lem><rdg wit="#B"/></app>'
    '<app loc="9"><lem>cano</lem><rdg wit="#B">canto</rdg></app><app loc="2"><lem>cano</lem><rdg wit="#B">x</rdg></app>'
    '<app loc="1"><rdg wit="#B">y</rdg></app><app><lem>cano</lem><rdg wit="#B">z</rdg></app></listApp>'
)


@pytest.mark.parametrize("where", ["text", "stand", "flow"])
def test_an_apparatus_by_location_is_no_text(tmp_path: Path, capsys: pytest.CaptureFixture[str], where: str) -> None:
    """Of TEI P5, 13.2.1: behind the text, outside it, or wherever its header says that it is by location."""
    body, apparatus = LOCATED.split("<listApp>")
    whole = tei(LOCATED)
    if where == "stand":
        whole = tei(body).replace("<text>", f"<standOff><listApp>{apparatus}</standOff><text>")
    elif where == "flow":
        entries = apparatus.replace("<head>Apparatus</head>", "").replace("</listApp>", "")
        method = "<encodingDesc><variantEncoding method='location-referenced' location='internal'/></encodingDesc>"
        whole = tei(f"{body}<p>{entries}</p>").replace("</teiHeader>", f"{method}</teiHeader>")
    status, folder = take(tmp_path, whole)
    assert status == 1
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "Arma virumque cano\nItaliam fato virumque\n"
    assert [(one.span.start, one.lemma, one.reading) for one in imported(folder).values()] == [
        (0, "Arma virumque", "om. B"), (32, "virumque", "virosque B"),
    ]  # fmt: skip
    told = capsys.readouterr().err
    for reason in ("'9', is that of 0 elements", "'cano' is 0 times in '2'", "has no lemma that tells where in '1'",
                   "names no place of it"):  # fmt: skip
        assert f"left out: app: {'its place, loc ' if 'elements' in reason else ''}" in told
        assert reason in told


def test_what_a_reading_or_an_element_says_besides_is_kept_or_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    body = (
        "<lg><app><lem wit='#A'><l>One line</l></lem><rdg wit='#B' source='#S'><l>One lime</l></rdg></app>"
        "<l>Two</l></lg>"
        "<p>x <app><lem wit='#B'>aa</lem><rdg wit='#A' hand='#m2' resp='#e'>bb</rdg><rdg wit='#A'>b</rdg>"
        "<rdg source='#Smith'>cc</rdg><witDetail wit='#A'>in ras.</witDetail></app></p>"
        "<p><app><lem wit='#B'>dd</lem><rdg wit='#A'>d B: e</rdg></app></p>"
        "<table><row><cell>one</cell><cell>two</cell></row></table><p><unclear>dim</unclear> <unclear>dark</unclear> "
        "<choice><sic>tow</sic><corr cert='0.9' source='#s'>two</corr></choice> a<space/>b</p>"
    )
    status, folder = take(tmp_path, tei(body))
    assert status == 0
    assert (folder / "texts" / "a.txt").read_text("utf-8") == "One line\nTwo\nx aa\ndd\none two\ndim dark tow a b\n"
    first, second, doubtful, third = imported(folder).values()
    assert (first.lemma, first.reading) == ("One line", "One lime B")
    assert (second.lemma, second.body) == ("aa", "Other witnesses: aa B; bb A e; b A; cc Smith. in ras.")
    assert (doubtful.layer.name, doubtful.body) == ("note", "Other witnesses: dd B; d B: e A.")
    assert (third.lemma, third.reading, third.certainty) == ("tow", "two", "")
    told = capsys.readouterr().err
    assert "a witness with two" in told
    assert "hand of a reading; left out: once" in told
    assert "resp of a reading" not in told
    assert "source of a reading; left out: once" in told
    assert "unclear: its words are taken, what it says of them is not: 2 times" in told
    assert "cert '0.9' of a correction is none of" in told
    assert "source of a correction; left out" in told


def test_a_poem_of_others_builds_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its lines are the lines of the text; of a picture that nobody gives there is what is said of it."""
    lines = "".join(f"<l>Line {number} of a poem.</l>" for number in range(30))
    lines += "<note><p>See</p><figure><head>A moon</head><graphic url='a.png'/><figDesc>round</figDesc></figure></note>"
    status, folder = take(tmp_path, tei(f"<lg>{lines}</lg><lg>{lines}</lg>"))
    assert status == 0
    assert {one.body for one in imported(folder).values()} == {"See A moon round"}
    assert "a picture within a note; what is said of it is taken: 2 times" in capsys.readouterr().err


def test_what_a_collection_says_of_kinds_is_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.dumps({"type": "AnnotationCollection", "items": [], "ed:kinds": {"note": {"metre": None}}})
    assert take_beside(tmp_path, content, "in.jsonld")[0] == 2
    assert "the plural of 'metre' is words; not None" in capsys.readouterr().err
