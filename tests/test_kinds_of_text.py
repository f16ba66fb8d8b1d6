"""Editions of each kind of text: verse, wrapped prose, drama, right to left, Chinese, witnesses, another language."""

from __future__ import annotations

import dataclasses
import re
import shutil
from pathlib import Path

import lxml.html
import pytest

from annotating import annotate
from making import edition
from poppler import words as printed_words
from projects import Project
from sphinx_apparatus.concordances.connections import SORTS
from sphinx_apparatus.concordances.names import KINDS as HEADINGS
from sphinx_apparatus.concordances.parallels import _RULE
from sphinx_apparatus.model.direction import direction, isolated
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.relations import LABELS
from sphinx_apparatus.model.structure import Structure, contradiction, number_verses, paragraph_spans
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS, Certainty, Evidence, Layer
from sphinx_apparatus.model.text import find_paragraphs
from sphinx_apparatus.model.witness import Reading, Witness, having, having_lemma, parse_readings, split_lemma
from sphinx_apparatus.model.witnessed import pieces, witnessed
from sphinx_apparatus.sphinx_ext.locale import FOLDER, SCRIPTS, TYPST


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("kinds") / "project", "kinds")
    result = project.build("-W", "--keep-going")
    assert (result.status, result.messages) == (0, "")
    return project


@pytest.fixture(scope="module")
def deutsch(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = Project.at(tmp_path_factory.mktemp("deutsch") / "project", "deutsch")
    result = project.build("-W", "--keep-going")
    assert (result.status, result.messages) == (0, "")
    return project


def page(project: Project, name: str) -> lxml.html.HtmlElement:
    return lxml.html.fromstring(project.read(f"_build/{name}.html"))


def verbatim(project: Project, name: str) -> str:
    """The text as its page has it, without what is the editors'."""
    (text,) = page(project, name).xpath("//div[starts-with(@class, 'ed-text')]")
    for editorial in text.xpath(".//*[@data-editorial]"):
        editorial.drop_tree()
    return str(text.text_content())


@pytest.mark.parametrize(
    "name", ["verse", "prose", "drama", "hebrew", "arabic", "chinese", "sanskrit", "greek", "catullus"]
)
def test_a_page_has_the_very_characters_of_its_text(kinds: Project, name: str) -> None:
    assert verbatim(kinds, name) == (kinds.folder / "texts" / f"{name}.txt").read_bytes().decode()


def test_verse_has_numbers_stanzas_and_indentation(kinds: Project) -> None:
    rows = page(kinds, "verse").xpath("//div[contains(@class, 'ed-row')]")
    assert [row.xpath("./a[@class='ed-pn']")[0].get("data-n") for row in rows] == ["", *"12345678"]
    assert [("ed-opens" in row.get("class"), "ed-fifth" in row.get("class")) for row in rows][1:7] == [
        (True, False), (False, False), (False, False), (False, False), (True, True), (False, False),
    ]  # fmt: skip
    assert rows[4].xpath("./p")[0].text_content().startswith("  Could frame")


def test_a_verse_a_page_and_a_passage_are_addresses(kinds: Project) -> None:
    (reference,) = page(kinds, "verse").xpath("//div[@id='B1']//a[contains(., 'B l.')]")
    assert reference.get("href").endswith("#B-p6")
    (reference,) = page(kinds, "prose").xpath("//div[@id='N1']//a[contains(., 'N page')]")
    assert reference.get("href").endswith("#N-page-2")
    assert page(kinds, "prose").get_element_by_id("N-page-2").get("aria-label") == "page 2"


def test_lines_that_a_copy_broke_are_one_paragraph(kinds: Project) -> None:
    assert len(page(kinds, "prose").xpath("//div[contains(@class, 'ed-row')]")) == 2
    (lemma,) = page(kinds, "prose").xpath("//div[@id='N1']/p[@class='ed-lm']/q")
    (middle,) = lemma.xpath("span/@data-m")
    assert f"{lemma.text}{middle}{lemma[0].tail}" == "a brisk conversational discussion"


def test_drama_tells_speakers_and_directions_from_lines(kinds: Project) -> None:
    roles = re.findall(r"ed-row s1 ed-(\w+)", kinds.read("_build/drama.html"))
    assert roles[:5] == ["heading", "direction", "speaker", "verse", "speaker"]


@pytest.mark.parametrize(
    ("name", "siglum", "way"), [("hebrew", "G", "rtl"), ("arabic", "Q", "rtl"), ("verse", "B", "ltr")]
)
def test_words_of_a_text_keep_their_direction_wherever_they_are_shown(
    kinds: Project, name: str, siglum: str, way: str
) -> None:
    whole = page(kinds, name)
    assert whole.get_element_by_id(siglum).get("dir") == way
    if way == "rtl":
        assert {aside.get("dir") for aside in whole.xpath("//aside[contains(@class, 'ed-ap')]")} == {"ltr"}
        for place in whole.xpath("//*[@class='lem' or ../@class='ed-lm' and name()='q']"):
            assert place.get("dir") == "rtl"
        (word,) = whole.xpath(f"//div[@id='{siglum}1']//span[starts-with(@lang, 'und-')]")
        assert word.get("dir") == "rtl"
    own = page(kinds, f"corrections/{siglum}1")
    assert own.xpath("//blockquote")[0].get("dir") == way
    if way == "rtl":
        assert own.xpath("//h1//span[@class='lem']")[0].get("dir") == "rtl"
        assert "\u2068" in own.xpath("//title")[0].text
    assert page(kinds, f"passages/{siglum}-p1").xpath("//blockquote")[0].get("dir") == way


def test_of_five_characters_one_is_marked_and_its_neighbour_may_be_another_s(kinds: Project) -> None:
    old = page(kinds, "chinese").xpath("//span[starts-with(@class, 'o ')]")
    assert [mark.text_content() for mark in old] == ["朋", "來"]


def test_variants_stand_in_the_margin_with_their_witnesses(kinds: Project) -> None:
    entries = [
        " ".join(entry.text_content().split())
        for entry in page(kinds, "catullus").xpath("//a[@class='en v k-reading']/span")
    ]
    assert "arida] arido V : arrida R" in entries
    assert "o] coni. Itali : om. V" in entries
    terms = page(kinds, "catullus").xpath("//dl[contains(@class, 'ed-conspectus')]/dt")
    assert [term.text_content() for term in terms] == ["V", "O", "G", "R"]


@pytest.mark.pdf
def test_the_book_has_verses_by_their_numbers_and_variants_at_its_foot(kinds: Project, tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    shutil.copytree(kinds.folder, project.folder, ignore=shutil.ignore_patterns("_*"))
    project.replace("index.md", "chinese\n", "")  # no font of the book has its characters
    result = project.build(builder="typstpdf")
    assert result.status == 0
    words = " ".join(word.string for word in printed_words(next(project.out.glob("*.pdf"))))
    assert "2–3 the night; What immortal] the night, What immortal" in words
    assert "2 arida] arido V : arrida R C1" in words
    assert "Morrow] morrow N2" in words


def test_an_edition_in_german_has_no_english_word(deutsch: Project) -> None:
    english = re.compile(
        r"\b(?:the|and|of|in this|note|notes|certainty|evidence|cite|copy|paragraph|emendations|corrections? on|"
        r"printed|read|version \d+\.\d+\.|withdrawn|history|search|download|neighbours|unchanged|closed)\b",
        re.IGNORECASE,
    )
    names = re.compile(r"Chicago \(notes and bibliography\)|Version 1\.0|notes? and bibliography|https://\S+")
    for path in [
        *deutsch.out.glob("*.html"),
        *deutsch.out.glob("corrections/*.html"),
        *deutsch.out.glob("passages/*.html"),
    ]:
        whole = lxml.html.fromstring(path.read_text("utf-8"))
        for code in whole.xpath("//code | //script | //style | //span[@class='Z3988']"):
            code.drop_tree()
        labels = whole.xpath("//@aria-label | //@alt")
        for words in (whole.body.text_content(), *labels):
            found = english.search(names.sub("", words))
            assert found is None, f"{path.name}: {words[max(0, found.start() - 80) : found.end() + 80]}"


@pytest.mark.parametrize("builder", ["epub", "text", "singlehtml"])
def test_no_other_output_in_german_has_an_english_word(deutsch: Project, tmp_path: Path, builder: str) -> None:
    project = Project(tmp_path / "project")
    shutil.copytree(deutsch.folder, project.folder, ignore=shutil.ignore_patterns("_*"))
    assert project.build("-W", "-D", "copyright=Verlag", "-D", "version=1", builder=builder).status == 0
    english = re.compile(
        r"\b(?:the|and|of|note|notes|certainty|evidence|cite|paragraph|emendations|printed|read|cover|contents|back|"
        r"annotations|delete|witnesses|page)\b",
        re.IGNORECASE,
    )
    files = [path for path in project.out.rglob("*") if path.suffix in (".xhtml", ".opf", ".ncx", ".txt", ".html")]
    files = [path for path in files if path.name != "OFL.txt"]
    assert files
    for path in files:
        if path.suffix == ".txt":
            words = path.read_text("utf-8")
        else:
            whole = lxml.html.fromstring(path.read_bytes())
            for code in whole.xpath("//code | //script | //style | //span[@class='Z3988'] | //spine | //reference"):
                code.drop_tree()
            for machine in whole.xpath("//meta[starts-with(@property, 'schema:access') and not(contains(., ' '))]"):
                machine.drop_tree()
            words = " ".join((whole.text_content(), *whole.xpath("//@aria-label | //@alt")))
        found = english.search(words.replace("Chicago (notes and bibliography)", ""))
        assert found is None, f"{path.name}: {words[max(0, found.start() - 80) : found.end() + 80]}"


@pytest.mark.parametrize("language", ["he", "ar"])
def test_an_interface_from_right_to_left(tmp_path: Path, language: str) -> None:
    """Without a catalogue the words are English, and all of the page runs the right way."""
    project = Project.at(tmp_path / "project", "kinds")
    assert project.build("-W", "--keep-going", "-D", f"language={language}").status == 0
    own = page(project, "corrections/G1")
    assert (own.get("lang"), own.get("dir")) == (language, "rtl")
    english = page(project, "verse")
    assert english.get_element_by_id("B").get("dir") == "ltr"
    assert {aside.get("dir") for aside in english.xpath("//aside[contains(@class, 'ed-ap')]")} == {"rtl"}
    assert {place.get("dir") for place in english.find_class("lem")} == {"ltr"}


@pytest.mark.pdf
def test_a_book_in_german_has_no_english_word(deutsch: Project, tmp_path: Path) -> None:
    project = Project(tmp_path / "project")
    shutil.copytree(deutsch.folder, project.folder, ignore=shutil.ignore_patterns("_*"))
    assert project.build("-W", builder="typstpdf").status == 0
    words = [word.string for word in printed_words(next(project.out.glob("*.pdf")))]
    english = {"the", "of", "and", "p.", "pp.", "l.", "ll.", "Contents", "Commentary", "Cited", "certainty", "delete"}
    assert set(words) & english == set()
    assert {"Inhalt", "Kommentar", "Zitiert", "S.", "Z.", "tilgen"} <= set(words)


def catalogue(language: str) -> dict[str, str]:
    from babel.messages.pofile import read_po

    with (FOLDER / language / "LC_MESSAGES" / "sphinx_apparatus.po").open("rb") as file:
        return {message.id: message.string for message in read_po(file, language) if message.id}


def words_for_readers() -> set[str]:
    """Every word that the code says through the catalogue, and the names of its tables."""
    root = FOLDER.parent
    found = {*SCRIPTS, *TYPST, *LABELS.values(), *HEADINGS.values(), *SORTS.values(), _RULE}
    for path in [*root.rglob("*.py"), *(root / "templates").rglob("*.html")]:
        found |= set(re.findall(r"""\b_\(\s*"((?:[^"\\]|\\.)+)"\s*\)""", path.read_text("utf-8")))
        found |= set(re.findall(r"""\b_\('([^']+)'\)""", path.read_text("utf-8")))
    found |= {name for layer in LAYERS for name in (layer.name, layer.name.capitalize(), layer.plural)}
    found |= {name for kind in KINDS for name in (kind.name, kind.plural)}
    found |= {str(value) for values in (Certainty, Evidence) for value in values if value}
    return found


@pytest.mark.parametrize("language", ["de", "fr"])
def test_a_catalogue_has_every_word_and_its_places_to_fill(language: str) -> None:
    said = catalogue(language)
    assert words_for_readers() - set(said) == set()
    for word, other in said.items():
        assert other, word
        assert sorted(re.findall(r"\{\w+\}", word)) == sorted(re.findall(r"\{\w+\}", other)), word


@pytest.mark.parametrize("language", ["de", "fr"])
def test_the_compiled_catalogue_is_that_of_the_source(language: str) -> None:
    from gettext import GNUTranslations

    with (FOLDER / language / "LC_MESSAGES" / "sphinx_apparatus.mo").open("rb") as file:
        compiled = GNUTranslations(file)
    assert {word: compiled.gettext(word) for word in catalogue(language)} == catalogue(language)


# -- the pure parts --------------------------------------------------------------------------


def test_paragraphs_by_structure() -> None:
    string = "One\r\ntwo\r\n\r\n three\n\n\nfour"
    assert [string[a:b] for a, b in paragraph_spans(string)] == ["One", "two", " three", "four"]
    assert [string[a:b] for a, b in paragraph_spans(string, Structure.PARAGRAPH)] == ["One\r\ntwo", " three", "four"]


def test_verses_are_numbered_through_or_by_stanza_from_any_number_on() -> None:
    string = "Title\n\na\nb\n\nc\n"
    spans = paragraph_spans(string)
    assert [verse.number for verse in number_verses(string, spans, (1,)).values()] == [0, 1, 2, 3]
    assert [verse.number for verse in number_verses(string, spans, (1,), by_stanza=True).values()] == [0, 1, 2, 1]
    assert [verse.number for verse in number_verses(string, spans, (1,), first=345).values()] == [0, 345, 346, 347]
    assert [verse.stanza for verse in number_verses(string, spans, (1,)).values()] == [1, 2, 2, 3]


#: A text, what is declared, and what is said against it.
SHAPES = [
    ("wrapped prose", ("x" * 60 + "\n") * 70 + "\n" + ("x" * 60 + "\n") * 5, Structure.LINE, False, "paragraph"),
    ("verse", "".join(f"{'x' * (20 + n % 30)}\n" for n in range(80)), Structure.LINE, False, "verse"),
    ("verse that is declared a line each", "xx\n" * 80, Structure.LINE, True, ""),
    ("prose a paragraph a line", ("x" * 300 + "\n") * 80, Structure.LINE, False, ""),
    ("dialogue with blank lines", "xx\n\n" * 80, Structure.LINE, False, ""),
    ("prose declared as verse", ("x" * 300 + "\n") * 80, Structure.VERSE, True, "line"),
    ("no blank lines to part paragraphs", ("x" * 300 + "\n") * 80, Structure.PARAGRAPH, True, "line"),
    ("two stanzas", "a\nb\nc\n\nd\ne\nf\n", Structure.LINE, False, "verse"),
]


@pytest.mark.parametrize(
    ("string", "structure", "declared", "said"), [case[1:] for case in SHAPES], ids=[case[0] for case in SHAPES]
)
def test_a_shape_that_contradicts_is_told(string: str, structure: Structure, declared: bool, said: str) -> None:
    found = contradiction(string, structure, declared=declared)
    assert bool(found) is bool(said)
    assert not said or f":structure: {said}" in found


def test_the_grammar_of_an_apparatus() -> None:
    assert split_lemma("arma] arma A : om. D") == ("arma", "arma A : om. D")
    assert parse_readings("arma A B² : om. D : armis coni. Bentley (fort. recte)", "ABD") == (
        Reading("arma", ("A", "B²")),
        Reading("", ("D",), "om."),
        Reading("armis", (), author="coni. Bentley", remark="(fort. recte)"),
    )
    assert parse_readings("armis A (cf. 1 : 2) : arme B", "AB")[0].remark == "(cf. 1 : 2)"
    with pytest.raises(ModelError, match="names no witness; the witnesses are A, B"):
        parse_readings("armis", "AB")


def test_who_has_the_lemma_and_what_each_witness_reads() -> None:
    witnesses = {siglum: Witness(siglum, "K", family="β" if siglum in "CD" else "") for siglum in "ABCD"}
    readings = parse_readings("armis A : om. β", [*witnesses, "β"])
    assert having_lemma(readings, witnesses) == ("B",)
    found = [having(readings, witness) for witness in witnesses.values()]
    assert [(one.mark, one.words) if one else None for one in found] == [("", "armis"), None, ("om.", ""), ("om.", "")]
    own = parse_readings("armis C : om. β : arme B* : armi B²", [*witnesses, "β"])
    found = [having(own, witnesses[siglum]) for siglum in "BCD"]
    assert [(one.mark, one.words) if one else None for one in found] == [("", "arme"), ("", "armis"), ("om.", "")]


@pytest.mark.parametrize(
    ("language", "string", "way"),
    [("ar", "", "rtl"), ("he-IL", "", "rtl"), ("az-Arab", "", "rtl"), ("ar-Latn", "", "ltr"), ("en", "", "ltr"),
     ("und", "שלום (abc)", "rtl"), ("en", "abc שלום abc", "ltr")],
)  # fmt: skip
def test_a_direction(language: str, string: str, way: str) -> None:
    assert direction(language, string) == way


def test_words_of_the_other_direction_are_isolated_in_plain_text() -> None:
    assert isolated("שלום") == "\u2068שלום\u2069"
    assert isolated("moon") == "moon"
    assert isolated("moon", "rtl") == "\u2068moon\u2069"


def test_a_witness_and_the_first_variant_reach_every_page_that_shows_them(tmp_path: Path) -> None:
    """An incremental build is a clean build, also where the layers and the witnesses of another page change."""
    project = Project.at(tmp_path / "project", "kinds")
    project.write("conf.py", project.read("conf.py") + "apparatus_positive = True\n")
    whole = project.read("catullus.md")
    bare = re.sub(r"```\{ed:variant\}.*?```\n", "", whole, flags=re.DOTALL)
    project.write("catullus.md", bare)
    assert project.build("-W").status == 0
    assert "variants" not in project.read("_build/catullus.html")
    project.write("catullus.md", whole.partition("## Conspectus")[0])
    project.write("sigla.md", "# Sigla\n\n#" + whole.partition("\n#")[2])
    project.replace("index.md", "catullus\n", "catullus\nsigla\n")
    assert project.build("-W").status == 0
    assert "variants" in project.read("_build/catullus.html")
    assert "O R : tu G" in " ".join(project.read("_build/catullus.html").split())
    project.replace("sigla.md", "```{ed:witness} R\n:text: C\n", "```{ed:witness} R\n:text: C\n:date: s. xiv\n")
    project.replace("sigla.md", "```{ed:witness} O\n:text: C\n", "```{ed:witness} P\n:text: C\n")
    assert project.build("-W").status == 0
    assert "P R : tu G" in " ".join(project.read("_build/catullus.html").split())


# -- what each witness has ---------------------------------------------------------------------


def test_each_witness_has_a_page_with_its_text(kinds: Project) -> None:
    own = page(kinds, "witnesses/C-R")
    lines = ["".join(line.xpath(".//text()[not(ancestor::*[@data-editorial])]")) for line in own.xpath("//li/p")]
    printed = (kinds.folder / "texts" / "catullus.txt").read_text("utf-8").split("\n")
    printed[1] = printed[1].replace("arida", "arrida")
    printed[8] = printed[8].replace("quod, o patrona", "quod, patrona")
    assert lines == [line for line in printed if line]
    (link,) = (link for link in own.find_class("v") if link.text == "arrida")
    assert link.get("href") == "../catullus.html#C1"
    (term,) = page(kinds, "catullus").xpath("//dt/a[. = 'R']")
    assert term.get("href") == "witnesses/C-R.html"


def test_a_witness_of_a_part_has_no_page_of_the_whole(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "kinds")
    project.replace("catullus.md", "```{ed:witness} R\n:text: C\n", "```{ed:witness} R\n:text: C\n:extent: ll. 1–4\n")
    assert project.build("-W").status == 0
    conspectus = project.read("_build/catullus.html").partition("ed-conspectus")[2]
    assert "ll. 1–4" in conspectus
    assert "C-R.html" not in conspectus
    assert [path.name for path in sorted((project.folder / "_build" / "witnesses").glob("C-*"))]
    assert not (project.folder / "_build" / "witnesses" / "C-R.html").exists()


#: A text, its variants as lemma, prefix and readings, and what a witness has.
WITNESSED = [
    ("an omission takes a space along", "one two three", [("two ", "one ", "om. A")], "one three"),
    ("one before a comma", "one two, three", [("two", "one ", "om. A")], "one, three"),
    ("an addition brings a space", "one two three", [("two", "one ", "add. and A")], "one two and three"),
    ("what is put in at a point", "one two", [("", "one ", "and A")], "one and two"),
    ("in a script without spaces", "學而時習之", [("而", "學", "add. 不 A")], "學而不時習之"),
    ("a transposition that says its order", "one two", [("one two", "", "transp. two one A")], "two one"),
    ("one that does not has no place", "one two", [("one two", "", "transp. A")], None),
    ("a hand of another's is not the witness's", "one", [("one", "", "two A² : three B")], "one"),
    ("its first hand is", "one", [("one", "", "two A* : three A²")], "two"),
    ("its own reading before its family's", "one", [("one", "", "two φ : three A")], "three"),
    ("on the same words the longer lemma counts", "one two", [("one two", "", "x A"), ("two", "one ", "y A")], None),
]


@pytest.mark.parametrize(
    ("string", "variants", "words"), [case[1:] for case in WITNESSED], ids=[c[0] for c in WITNESSED]
)
def test_what_a_witness_has(string: str, variants: list[tuple[str, str, str]], words: str | None) -> None:
    witnesses = {f"M {one}": Witness(one, "M", family="φ" if one == "A" else "") for one in "AB"}
    made = []
    for number, (lemma, before, readings) in enumerate(variants, 1):
        start = string.index(before) + len(before)
        one = annotate(string, start, start + len(lemma), None, id=f"M{number}")
        made.append(dataclasses.replace(one, layer=Layer.VARIANT, kind="reading", reading=readings))
    found = witnessed(dataclasses.replace(edition(string, *made), witnesses=witnesses), witnesses["M A"])
    if words is None:
        assert len(found.unplaced) == 1
    else:
        (paragraph,) = find_paragraphs(string)
        assert "".join(piece.words for piece in pieces(string, paragraph, found.readings)) == words
        assert found.unplaced == ()
