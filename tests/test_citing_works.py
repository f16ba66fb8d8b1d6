"""Whatever a .bib may legally hold comes out right in every export."""

from __future__ import annotations

import json
import re
import subprocess
from urllib.parse import parse_qs

import pytest
import rispy
from lxml import etree
from pybtex.database import parse_string

from making import edition
from recording import item, read
from sphinx_apparatus.bibliography import csl
from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import to_json
from sphinx_apparatus.bibliography.items import public
from sphinx_apparatus.bibliography.ris import to_ris
from sphinx_apparatus.bibliography.works import item_of
from sphinx_apparatus.outputs.citations.schema import cited
from sphinx_apparatus.outputs.dataset.tables import works_json
from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei.lists import works

#: A record, and its types in CSL, RIS, BibTeX and COinS.
TYPES = [
    ("@article{a, title={T}, journal={J}}", "article-journal", "JOUR", "article", "article"),
    (
        "@article{a, title={T}, journal={J}, entrysubtype={newspaper}}",
        "article-newspaper",
        "NEWS",
        "article",
        "newspaperArticle",
    ),
    ("@incollection{a, title={T}, booktitle={B}}", "chapter", "CHAP", "incollection", "bookitem"),
    ("@inreference{a, title={T}, booktitle={B}}", "entry-encyclopedia", "ENCYC", "incollection", "bookitem"),
    ("@inproceedings{a, title={T}, booktitle={B}}", "paper-conference", "CPAPER", "inproceedings", "proceeding"),
    ("@thesis{a, title={T}, institution={U}}", "thesis", "THES", "phdthesis", None),
    ("@mastersthesis{a, title={T}, school={U}}", "thesis", "THES", "mastersthesis", None),
    ("@report{a, title={T}, institution={U}}", "report", "RPRT", "techreport", "report"),
    ("@online{a, title={T}, url={https://x.org}}", "webpage", "ELEC", "online", "webpage"),
    ("@mvbook{a, title={T}}", "book", "BOOK", "book", "book"),
    ("@dataset{a, title={T}}", "dataset", "DATA", "misc", "dataset"),
    ("@unpublished{a, title={T}}", "manuscript", "MANSCPT", "unpublished", "manuscript"),
    ("@misc{a, title={T}}", "document", "GEN", "misc", "document"),
    ("@anything{a, title={T}}", "document", "GEN", "misc", "document"),
]


@pytest.mark.parametrize(("source", "kind", "ris", "bibtex", "genre"), TYPES)
def test_each_format_has_its_own_word_for_what_a_work_is(
    source: str, kind: str, ris: str, bibtex: str, genre: str | None
) -> None:
    found = item(source)
    coins = parse_qs(to_coins(found))
    assert found["type"] == kind
    assert to_ris(found).startswith(f"TY  - {ris}\r\n")
    assert to_bibtex(found).startswith(f"@{bibtex}{{a,")
    assert coins.get("rft.genre", coins.get("rft.type", [None])) == [genre]


FULL = r"""@article{a, author={van Ree, Erik and {World Bank} and King, Jr., Martin and others}, title={The {UN} \& \emph{Us}},
 journal={Zeitschrift für {deutsches} Altertum}, volume={3}, number={4}, pages={10--20}, year={1999}, issn={1234-5678},
 doi={https://doi.org/10.1000/x_y(z)}, url={https://a.org/c\_d%20e/~f?g#h&i=\%2F}, langid={ngerman}, note={50\% of it}}"""  # noqa: E501


def test_a_program_is_one_to_zotero() -> None:
    """Whose translator of CSL-JSON refuses a file with the type ``software``."""
    [said] = json.loads(to_json(item("@software{a, title={T}, version={2.1}}")))
    assert (said["type"], said["version"]) == ("book", "2.1")


def test_nothing_of_a_record_is_lost() -> None:
    found = item(FULL)
    assert (found["volume"], found["issue"], found["page"], found["ISSN"]) == ("3", "4", "10-20", "1234-5678")
    assert found["DOI"] == "10.1000/x_y(z)"
    assert found["URL"] == "https://a.org/c_d%20e/~f?g#h&i=%2F"
    assert found["title"] == 'The <span class="nocase">UN</span> & <i>Us</i>'
    assert found["author"] == [
        {"family": "Ree", "given": "Erik", "non-dropping-particle": "van"},
        {"literal": "World Bank"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "others"},
    ]
    bib = to_bibtex(found)
    entry = parse_string(bib, "bibtex").entries["a"]
    assert entry.fields["url"] == found["URL"], "an address is taken word for word"
    assert entry.fields["doi"] == found["DOI"]
    assert entry.fields["title"] == r"The {UN} \& \textit{Us}"
    assert entry.fields["journal"] == "Zeitschrift für {deutsches} Altertum", "no style alters these capitals"
    assert (entry.fields["langid"], entry.fields["language"]) == ("german", "de")
    [ris] = rispy.loads(to_ris(found))
    assert ris["authors"] == ["van Ree, Erik", "World Bank,", "King, Martin, Jr."]
    assert (ris["volume"], ris["number"], ris["start_page"], ris["end_page"]) == ("3", "4", "10", "20")
    coins = parse_qs(to_coins(found))
    assert coins["rft.au"] == ["van Ree, Erik", "King, Martin, Jr."]
    assert coins["rft.aucorp"] == ["World Bank"]
    assert "et al." in csl.cite(found, "chicago-author-date")


def test_openurl_names_editors_where_it_has_a_word_for_them() -> None:
    page = item("@online{a, title={T}, editor={Doe, Jane and {World Bank} and others}, url={https://x.org}}")
    assert parse_qs(to_coins(page))["rft.contributor"] == ["Doe, Jane", "World Bank,"]


def test_each_whose_name_a_record_has_is_in_the_bib_that_is_offered() -> None:
    found = item(
        "@book{a, author={A, A}, editor={B, B}, editora={C, C and {Body and Co.}}, editoratype={compiler},"
        " editorb={D, D}, editorbtype={reviser}, translator={E, E}, bookauthor={F, F}, foreword={G, G},"
        " introduction={H, H}, afterword={I, I}, commentator={van J, J}, annotator={K, K and others}, title={T}}"
    )
    said = to_bibtex(found)
    rows = dict(re.findall(r"^  (\w+) += \{(.*)\},$", said, re.MULTILINE))
    assert rows == {
        "author": "A, A", "editor": "B, B", "editora": "C, C and {Body and Co.}", "editoratype": "compiler",
        "editorb": "D, D", "editorbtype": "reviser", "translator": "E, E", "bookauthor": "F, F", "foreword": "G, G",
        "introduction": "H, H", "afterword": "I, I", "commentator": "van J, J", "annotator": "K, K and others",
        "title": "T",
    }  # fmt: skip
    assert "ED  - C, C" in to_ris(item("@book{a, editora={C, C}, editoratype={compiler}, title={T}}"))


def test_a_body_of_one_word_needs_no_comma() -> None:
    """Zotero sets a space behind the stop of a name in which it sees a comma: *Encyclopedia. com*."""
    said = to_ris(item("@book{a, author={{Encyclopedia.com} and {World Bank}}, title={T}}"))
    assert "AU  - Encyclopedia.com\r\nAU  - World Bank,\r\n" in said


def test_what_biblatex_prints_behind_title_and_note_is_in_every_format() -> None:
    found = item(
        "@book{a, title={T}, subtitle={S?}, titleaddon={A letter}, note={N}, addendum={Repr.}, year=1999,"
        " pubstate={inpress}}"
    )
    assert (found["title"], found["note"], found["status"]) == ("T: S? A letter", "N. Repr.", "in press")
    assert found["issued"] == {"date-parts": [[1999]]}
    for written in (to_bibtex(found), to_ris(found)):
        assert "T: S? A letter" in written
        assert "N. Repr." in written


#: Words as TeX has them, and what CSL has for them.
WORDS = [
    (r"Ibn \d{H}azm, \b{d}ikr, na\={\i}m, S\'{\i}, {\"o}, \c c", "Ibn Ḥazm, ḏikr, naīm, Sí, ö, ç"),
    (r"{\em On} War", "<i>On</i> War"),
    (r"\enquote{So \enquote{they} said}", "“So ‘they’ said”"),
    (r"`So' and ``so''", "‘So’ and “so”"),
    (r"$\frac{a}{b}$, $\sqrt{2}$, $x^2$", "a/b, √2, x<sup>2</sup>"),
    (r"A line \\ broken, \^{} and \~{}", "A line broken, ^ and ~"),
    (r"See \href{https://x.org/a_b}{this}", "See this"),
    (r"See \url{http://x.org/\~foo/}", "See http://x.org/~foo/"),
]


@pytest.mark.parametrize(("tex", "said"), WORDS)
def test_what_tex_says_is_said_in_letters(tex: str, said: str) -> None:
    title = item(f"@book{{a, title={{{tex}}}}}")["title"]
    assert re.sub(r"\s+", " ", re.sub(r"</?span[^>]*>", "", title)) == said


def test_a_bib_that_is_offered_needs_no_package() -> None:
    found = item(r"@book{a, title={On \enquote{War} \& \mymacro{Peace}, \d{h} \\}, note={\textbf{a}}}")
    assert "title = {On “War” \\& {Peace}, ḥ}" in to_bibtex(found)
    assert "note  = {a}" in to_bibtex(found)
    assert r"title = {On $x_{i}$ \& {NATO}}" in to_bibtex(item(r"@book{a, title={On $x_{i}$ \& {NATO}}}"))


def test_a_volume_stands_under_the_title_of_the_whole() -> None:
    entries = read(
        [
            "@xdata{x, publisher={Press}}",
            "@book{v, crossref={w}, title={Second}, volume={2}, location={xdata=y-location}}",
            "@xdata{y, location={Leiden and Boston and Köln}}",
            "@mvbook{w, title={The Whole}, subtitle={All}, volumes={3}, date={1990/1995}, xdata={x}}",
        ]
    )
    found = item_of("v", entries["v"])
    assert (found["title"], found["volume"], found["publisher"]) == ("The Whole: All. Second", "2", "Press")
    assert found["publisher-place"] == "Leiden, Boston and Köln"


def test_a_publisher_of_two_names_is_one() -> None:
    assert item("@book{a, title={T}, publisher={Houghton, Mifflin and Company}}")["publisher"].endswith("and Company")


def test_what_csl_has_no_word_for_is_in_the_bib() -> None:
    found = item(
        "@inproceedings{a, title={T}, booktitle={B}, eventtitle={Congress}, eventdate={2010-07-03/2010-07-05},"
        " venue={Leiden}, origdate={1867}, pages={A-12--A-20}, year=2011}"
    )
    assert found["event-date"] == {"date-parts": [[2010, 7, 3], [2010, 7, 5]]}
    said = parse_string(to_bibtex(found), "bibtex").entries["a"].fields
    assert (said["eventtitle"], said["eventdate"]) == ("Congress", "2010-07-03/2010-07-05")
    assert (said["venue"], said["origdate"], said["pages"]) == ("Leiden", "1867", "A-12--A-20")
    [ris] = rispy.loads(to_ris(found))
    assert ris["start_page"] == "A-12–A-20"


def test_emphasis_is_written_as_every_reader_knows_it() -> None:
    """Zotero reads ``textit`` and takes ``emph`` for letters."""
    assert r"On \textit{Pravda}" in to_bibtex(item(r"@book{a, title={On \emph{Pravda}}, year=1999}"))


def test_no_language_is_invented() -> None:
    found = item("@book{a, title={Der Titel}}")
    assert "language" not in found
    assert "langid" not in to_bibtex(found)
    assert "LA  -" not in to_ris(found)
    assert "Der Titel" in csl.cite(found, "chicago-notes-bibliography")


def test_an_article_without_a_journal_is_no_preprint_unless_it_is_deposited() -> None:
    assert item("@article{r, title={T}}")["type"] == "document"
    assert item("@article{r, title={T}, eprint={1234.5678}, eprinttype={arxiv}}")["type"] == "article"


def test_pandoc_reads_what_is_exported() -> None:
    pandoc = pytest.importorskip("pypandoc").get_pandoc_path()
    for written, kind in ((to_bibtex(item(FULL)), "biblatex"), (to_ris(item(FULL)), "ris")):
        read = subprocess.run(
            [pandoc, "-f", kind, "-t", "csljson"], input=written, text=True, capture_output=True, check=True
        )
        [found] = json.loads(read.stdout)
        assert found["volume"] == "3"
        # Of RIS pandoc makes a family name, which it does not take apart either.
        assert {"literal": "World Bank"} in found["author"] or {"family": "World Bank"} in found["author"]
        assert found["DOI"] == "10.1000/x_y(z)"
        assert (found.get("URL") or found["url"]) == "https://a.org/c_d%20e/~f?g#h&i=%2F"


def test_a_work_in_tei_has_its_names_in_full_and_no_mark_up_of_ours() -> None:
    found = etree.fromstring(works({"a": item(FULL)}))
    authors = [one.text for one in found.iter("author")]
    assert authors == ["van Ree, Erik", "World Bank", "King, Martin, Jr."]
    assert [one.text for one in found.iter("title")] == ["The UN & Us", "Zeitschrift für deutsches Altertum"]
    assert [one.get("when") for one in found.iter("date")] == ["1999"]


def test_signs_that_no_address_has_are_written_by_their_octets() -> None:
    """In a DOI of the last century, and around an address that somebody has set off."""
    doi = "10.1002/(SICI)1097-0258<1661::AID>3.0.CO;2-2"
    found = item(f"@online{{a, title={{T}}, doi={{{doi}}}, url={{<https://x.org/a b>}}}}")
    assert (found["DOI"], found["URL"]) == (doi, "https://x.org/a%20b")
    assert cited(found)["@id"] == "https://doi.org/10.1002/(SICI)1097-0258%3C1661::AID%3E3.0.CO;2-2"


def test_the_bibliography_of_the_data_is_csl_json() -> None:
    """Whose schema knows no other fields."""
    [found] = json.loads(works_json(Material(edition("A moon."), works={"a": item(FULL)})))
    assert found == public(item(FULL))
    assert [name for name in found if name.startswith("_")] == []


def test_items_are_public_without_what_is_ours() -> None:
    assert all(not key.startswith("_") for key in public(item(FULL)))
