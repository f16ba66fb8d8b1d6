"""Drama: who speaks on the line of the words, verses that two share, and act, scene and line in print."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from poppler import words as printed_words
from projects import Project
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.structure import number_verses, paragraph_spans

# The beginning of Hamlet, after the First Folio (1623), spelling modernised.
HAMLET = """ACT I. SCENE I.

[Enter Barnardo and Francisco, two sentinels.]

BARNARDO. Who's there?
FRANCISCO. Nay, answer me. Stand and unfold yourself.
BARNARDO. Long live the King!
FRANCISCO. Barnardo?
BARNARDO.                    He.
FRANCISCO. You come most carefully upon your hour.
BARNARDO. 'Tis now struck twelve. Get thee to bed, Francisco.

ACT I. SCENE II.

KING. Though yet of Hamlet our dear brother's death
  The memory be green, and that it us befitted
"""
PAGE = """# Hamlet

```{ed:text} hamlet.txt
:siglum: H
:structure: drama
:headings: 1, 10
:speakers: BARNARDO.; FRANCISCO.; KING.
:numbering: scene
:reference: "{act}.{scene}.{verse}"
:joined: 7
```

```{ed:milestones} H
act 1: ACT I. SCENE I.
scene 1: ACT I. SCENE I.
scene 2: ACT I. SCENE II.
```

```{ed:note} H1
:lemma: unfold yourself
:see: H 1.2.1, H. 1.1.4

Say who you are.
```

```{ed:emendation} H2
:lemma: upon your hour. / BARNARDO. 'Tis now
:reading: upon your hour. / BERNARDO. 'Tis new

Over a line end.
```
"""


@pytest.fixture(scope="module")
def play(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("drama") / "project")
    project.add_page("hamlet", PAGE, HAMLET.encode())
    result = project.build("-W", "--keep-going")
    assert (result.status, result.messages) == (0, "")
    return project


def test_who_speaks_is_told_from_what_is_said_and_the_words_stay(play: Project) -> None:
    whole = play.page("hamlet")
    names = [name.text_content() for name in whole.xpath("//p[@class='ed-tx']//span[@class='sp']")]
    assert names[:3] == ["BARNARDO.", "FRANCISCO.", "BARNARDO."]
    assert names[-1] == "KING."
    (text,) = whole.xpath("//div[@id='H']")
    for editorial in text.xpath(".//*[@data-editorial]"):
        editorial.drop_tree()
    assert text.text_content() == HAMLET


def test_an_emended_name_is_still_a_name(play: Project) -> None:
    (old,) = play.page("hamlet").xpath("//p[@id or @class='ed-tx']//span[@data-r='BERNARDO']")
    assert "".join(old.xpath(".//span[@class='sp']/text()") or old.xpath("ancestor::span[@class='sp']//text()"))


def test_the_second_part_of_a_verse_has_its_number_and_shows_it_once(play: Project) -> None:
    rows = play.page("hamlet").find_class("ed-verse")
    assert [row.find_class("ed-pn")[0].get("data-c") for row in rows] == [
        "1.1.1", "1.1.2", "1.1.3", "1.1.4", "1.1.4", "1.1.5", "1.1.6", "1.2.1", "1.2.2",
    ]  # fmt: skip
    assert [row.find_class("ed-pn")[0].get("data-c") for row in rows if "ed-fifth" in row.get("class")] == ["1.1.5"]


def test_what_is_beside_a_note_is_named_by_the_scheme_of_its_text(play: Project) -> None:
    links = {
        link.text_content().replace("\u00a0", " "): link.get("href")
        for link in play.page("hamlet").xpath("//div[@class='ed-relations']//a")
    }
    assert links == {"H 1.1.4": "#H-p6", "H 1.2.1": "#H-p11"}
    data = json.loads(play.read("_build/data/annotations.json"))["annotations"]
    assert ["H ¶11", "H ¶6"] in [one["see"] for one in data]


def test_a_passage_that_is_not_there_is_told(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    project.add_page("hamlet", PAGE.replace("H 1.2.1", "H 1.3.1").replace("H. 1.1.4", "Q page 3"), HAMLET.encode())
    said = project.build().messages
    assert ":see: names H 1.3.1, which is not there" in said
    assert ":see: names Q page 3, which is not there" in said
    for builder in ("dataset", "tei"):
        assert project.build(builder=builder).status == 0


@pytest.mark.pdf
def test_the_foot_the_notes_and_the_table_name_act_scene_and_line(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    project.add_page("hamlet", PAGE, HAMLET.encode())
    assert project.build(builder="typstpdf").status == 0
    words = [word.string.replace("\u00a0", " ") for word in printed_words(next(project.out.glob("*.pdf")))]
    said = " ".join(words)
    assert "1.1.6 BARNARDO.] BERNARDO." in said
    assert "1.1.5–6 " in said
    assert "BARNARDO. Who's there?" in said


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("KING. Though yet", 5),
        ("KING Though yet", 0),
        ("KING.Though yet", 0),
        ("King: Though yet", 5),
        ("King Hamlet is dead", 0),
        ("King, my lord", 0),
        ("King.Though", 0),
        ("King\tThough yet", 4),
        ("King  Though yet", 4),
        ("Kingly words", 0),
        ("_M. Cic._ Quid est", 9),
        ("Σωκράτης. τί δέ;", 9),
    ],
)
def test_a_name_is_told_from_who_is_spoken_to(line: str, name: int) -> None:
    speakers = ["KING.", "King", "_M. Cic._", "Σωκράτης"]
    (verse,) = number_verses(line, paragraph_spans(line), (), speakers=speakers).values()
    assert verse.name == name


@pytest.mark.parametrize(
    ("string", "roles"),
    [
        ("[Enter A,\ntwo (armed).]\none", "dd1"),
        ("(Enter A\nB and\nC)\n(Exit.)\none", "dddd1"),
        ("[Exeunt\nA.\none", "ds1"),
        ("[Exeunt\nA. one\ntwo]", "d12"),
        ("[Exeunt\n\none\ntwo]", "d12"),
        ("(once\n\ntwo)", "12"),
        ("[one] two [three]\n(four) five", "12"),
        ("[one\ntwo] three", "12"),
    ],
)
def test_a_direction_goes_to_its_bracket(string: str, roles: str) -> None:
    verses = number_verses(string, paragraph_spans(string), (), speakers=("A.",)).values()
    assert "".join(str(verse.number or verse.role[0]) for verse in verses) == roles


def test_a_first_line_has_no_verse_before_it() -> None:
    string = "one\ntwo\nthree"
    verses = number_verses(string, [Span(0, 3), Span(4, 7), Span(8, 13)], (), joined=(1, 3))
    assert [(verse.number, verse.joined) for verse in verses.values()] == [(1, False), (2, False), (2, True)]
