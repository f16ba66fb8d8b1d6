"""An edition in another language: its words, its catalogues, its direction."""

from __future__ import annotations

import json
import re
from pathlib import Path
from types import SimpleNamespace
from zipfile import ZipFile

import lxml.html
import pytest

from engines import Engine
from once import built
from poppler import words as printed_words
from projects import Project, sphinx_build
from sky import style
from sphinx_apparatus.concordances import edtf, stemma_picture, timeline
from sphinx_apparatus.concordances.connections import SORTS
from sphinx_apparatus.concordances.names import KINDS as HEADINGS
from sphinx_apparatus.concordances.parallels import _RULE
from sphinx_apparatus.model.direction import is_language
from sphinx_apparatus.model.relations import LABELS
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS, Certainty, Evidence
from sphinx_apparatus.outputs.dataset.package import SAYS
from sphinx_apparatus.outputs.tei.header import RULES
from sphinx_apparatus.outputs.webannotation.terms import TERMS
from sphinx_apparatus.sphinx_ext.locale import FOLDER, SCRIPTS, TYPST, language_of


@pytest.fixture(scope="module")
def deutsch(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return built(tmp_path_factory, "deutsch")


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
        *deutsch.out.glob("data/*.html"),
    ]:
        whole = lxml.html.fromstring(path.read_text("utf-8"))
        for code in whole.xpath("//code | //script | //style | //span[@class='Z3988']"):
            code.drop_tree()
        labels = whole.xpath("//@aria-label | //@alt")
        for words in (whole.body.text_content(), *labels):
            found = english.search(names.sub("", words))
            assert found is None, f"{path.name}: {words[max(0, found.start() - 80) : found.end() + 80]}"


def test_dates_and_pictures_of_lists_are_in_the_language_of_the_edition(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "lists", "concordances")
    project.write("conf.py", f"{project.read('conf.py')}\nlanguage = 'de'\n")
    assert project.build("-W").status == 0
    page = lxml.html.fromstring((project.out / "lists.html").read_bytes())
    said = " ".join(page.text_content().split())
    assert "15. August – 9. September 1948" in said
    assert "Datum falsch" in said
    assert "1 Ereignisse von 15. August – 9. September 1948 bis" in said
    assert "Zeugen und Quellen in Spalten von links nach rechts" in said


@pytest.mark.parametrize("builder", ["epub", "text", "singlehtml"])
def test_no_other_output_in_german_has_an_english_word(tmp_path: Path, builder: str) -> None:
    project = Project.at(tmp_path / "project", "deutsch")
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
    own = project.page("corrections/G1")
    assert (own.get("lang"), own.get("dir")) == (language, "rtl")
    english = project.page("verse")
    assert english.getroottree().getroot().get("dir") == "rtl"
    assert english.get_element_by_id("B").get("dir") == "ltr"
    assert {aside.get("dir") for aside in english.xpath("//aside[contains(@class, 'ed-ap')]")} == {"rtl"}
    assert {place.get("dir") for place in english.find_class("lem")} == {"ltr"}


@pytest.mark.browser
def test_from_right_to_left_a_caret_is_before_its_word_and_a_note_begins_at_its_edge(
    each_browser: Engine, tmp_path: Path
) -> None:
    project = Project.at(tmp_path / "project", "kinds")
    put_in = '\n```{ed:emendation} Q2\n:lemma: ""\n:prefix: "لله "\n:suffix: رب\n:reading: كل\n\nPut in.\n```\n'
    project.write("arabic.md", project.read("arabic.md") + put_in)
    assert project.build("-W", "--keep-going", "-D", "language=he").status == 0
    each_browser.open((project.out / "arabic.html").as_uri() + "#Q2")
    each_browser.until("document.activeElement.id === 'Q2'")
    # What is right of the place is the blank before the word; the ways of a note are at its left.
    assert float(style(each_browser, ".ed-tx .a", "right", "::before").removesuffix("px")) < -2
    assert style(each_browser, "#Q2 .ed-hd", "paddingRight") == "0px"


@pytest.mark.pdf
def test_the_foot_of_a_book_begins_on_the_side_of_its_lines(tmp_path: Path) -> None:
    sides = {}
    for language in ("en", "he"):
        project = Project.at(tmp_path / language)
        assert project.build("-D", f"language={language}", builder="typstpdf").status == 0
        signs = [word for word in printed_words(next(project.out.glob("*.pdf"))) if word.string == "M1"]
        foot = max((word for word in signs if word.page == signs[0].page), key=lambda word: word.top)
        sides[language] = (foot.left, foot.right)
    assert sides["en"][1] < sides["he"][0]


@pytest.mark.pdf
def test_a_book_in_german_has_no_english_word(deutsch: Project, tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project", "deutsch")
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
    found = {*SCRIPTS, *TYPST, *LABELS.values(), *HEADINGS.values(), *SORTS.values(), _RULE, RULES, *SAYS.values()}
    found |= {says for _name, _addresses, says in TERMS}
    found |= {*edtf.MONTHS, *edtf.SEASONS.values(), *edtf.QUALIFIERS.values()}
    found |= {timeline.SHOWS, stemma_picture.SHOWS, *(says for _verdict, says in timeline.LEGEND)}
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


@pytest.mark.parametrize("tag", ["la", "grc", "sr-Latn", "und-Arab", "x-mufi", "de-AT-1901", "i-klingon"])
def test_a_tag_names_a_language(tag: str) -> None:
    assert is_language(tag)


@pytest.mark.parametrize("tag", ["german", "Latin", "de_DE", "", "x", "d", "grc-", 'de" onload="x', "de AT"])
def test_a_text_whose_language_is_no_tag_is_told(tmp_path: Path, tag: str) -> None:
    assert not is_language(tag)
    if tag:
        project = Project.at(tmp_path / "project")
        project.add_page("more", f"# More\n\n```{{ed:text}} more.txt\n:siglum: X\n:lang: '{tag}'\n```\n", b"Words.\n")
        said = project.build(builder="dummy").messages
        assert "more.md:3: WARNING" in said
        assert "is a language by its tag" in said


def test_a_region_that_sphinx_writes_with_an_underscore_is_a_tag_on_the_page(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    assert project.build("-D", "language=pt_BR").status == 0
    assert project.page("moon").find_class("ed-text")[0].get("lang") == "pt-BR"
    assert "pt_BR" not in project.read("_build/corrections/M1.html")


@pytest.mark.parametrize(
    ("name", "tag"),
    [
        ("ca@valencia", "ca-valencia"),
        ("sr_RS@latin", "sr-Latn-RS"),
        ("sr_Latn@latin", "sr-Latn"),
        ("de_DE.UTF-8@euro", "de-DE"),
        ("nn", "nn"),
    ],
)
def test_the_name_of_a_catalogue_is_a_tag_in_every_output(tmp_path: Path, name: str, tag: str) -> None:
    """A modifier is a script, a variant of the language, or of neither kind."""
    assert (language_of(SimpleNamespace(language=name)), is_language(tag)) == (tag, True)
    if "@" in name and "." not in name:
        project = Project.at(tmp_path / "project")
        for builder in ("epub", "html"):
            result = sphinx_build(project.folder, project.out / builder, "-b", builder, "-D", f"language={name}")
            assert (result.status, result.messages) == (0, ""), builder
        assert project.page("html/moon").getroottree().getroot().get("lang") == tag
        with ZipFile(next(project.out.glob("epub/*.epub"))) as book:
            said = [book.read(file).decode() for file in book.namelist() if file.endswith(("html", "opf"))]
        assert {one for page in said for one in re.findall(r'xml:lang="([^"]*)"|<dc:language>([^<]*)', page)} == {
            (tag, ""), ("", tag)
        }  # fmt: skip


@pytest.mark.parametrize("builder", ["tei", "dataset"])
def test_what_a_file_says_of_itself_is_in_the_language_of_the_edition(tmp_path: Path, builder: str) -> None:
    """The header of TEI, and what the package says of its files; names of elements and columns are a vocabulary."""
    project = Project.at(tmp_path / "project")
    licence = ["-D", "apparatus_licence=https://example.org/by", "-D", "apparatus_licence_name=BY"]
    assert project.build("-D", "language=de", "-D", "version=2", *licence, builder=builder).messages == ""
    if builder == "tei":
        header = project.read("_build/M.xml").partition("</teiHeader>")[0]
        assert "Version 2</edition>" in header
        assert "geschrieben haben: BY</p>" in header
        assert 'xml:id="layer.emendation"' in header
        assert re.findall(r">[^<]*\b(?:the|and|of|with)\b[^<]*<", header) == []
    else:
        package = json.loads(project.read("_build/datapackage.json"))
        said = [package["description"], *(one["title"] for one in package["resources"])]
        assert "Alle Anmerkungen" in said
        assert [words for words in said if re.search(r"\b(the|and|of|with)\b", words)] == []
