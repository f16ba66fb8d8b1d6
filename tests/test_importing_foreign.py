"""TEI of others, tidy or not: the text as printed and what is said of it, or a message with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.sphinx_ext.domain import edition_of
from taking import imported, take, tei


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
