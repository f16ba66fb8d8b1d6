"""The own pages of a small edition: with a book beside it, without an address, of an id that is withdrawn."""

from __future__ import annotations

import json
import re
from pathlib import Path

from lxml import html as lxml_html

from projects import Project
from sphinx_apparatus.cli.release import main
from sphinx_apparatus.model.reference import PrintReference
from sphinx_apparatus.stores.pages import write_places


def page(folder: Path, name: str) -> lxml_html.HtmlElement:
    """A page, parsed."""
    return lxml_html.fromstring((folder / name).read_bytes())


def test_page_and_lines_of_the_pdf_are_cited_and_linked(project: Project) -> None:
    """The HTML reads them from the ``places.json`` of the PDF's builder."""
    places = {
        "M1": PrintReference("12", 3, 4, 16),
        "M-p1": PrintReference("12", 1, 4, 16),
        "M": PrintReference("12", 1, 9, 16),
    }
    project.write("places.json", write_places(places, {"M": [0, 20, 41]}))
    settings = 'apparatus_places = "places.json"\napparatus_pdf = "book.pdf"\n'
    project.write("conf.py", f"{project.read('conf.py')}\n{settings}")
    result = project.build()
    assert result.status == 0, result.messages
    tree = page(project.out, "corrections/M1.html")
    [title] = tree.xpath("//meta[@name='citation_title']/@content")
    assert title.endswith("(M ¶2)"), "a page is of one printing, and no part of the title"
    assert tree.xpath("//meta[@name='citation_firstpage']/@content") == ["12"]
    assert "p. 12, ll. 3–4" in project.read("_build/corrections/M1.ris")
    assert tree.xpath("//a[@href='../book.pdf#page=16']")
    assert page(project.out, "passages/M-p1.html").xpath("//a[@href='../book.pdf#page=16']")
    reading = page(project.out, "moon.html")
    assert reading.xpath("//a[@href='book.pdf#page=16']/text()") == ["PDF, p. 12"]
    assert reading.xpath("//div[@id='M']/@data-lines") == ["0 10 72 76 94"], "the lines are the edition's"


def test_a_withdrawn_annotation_keeps_its_page(project: Project) -> None:
    project.replace(
        "moon.md",
        "```{ed:note} M3",
        "```{ed:tombstone} M4\n:version: 1.1.0\n\nIt said M1 again.\n```\n\n```{ed:note} M3",
    )
    result = project.build()
    assert result.status == 0, result.messages
    said = page(project.out, "corrections/M4.html").text_content()
    assert "withdrawn in version 1.1.0" in said
    assert "It said M1 again." in said


def test_without_addresses_there_are_none(project: Project) -> None:
    """No base address, no place for reports: no link invents one."""
    assert project.build("-W").status == 0
    text = project.read("_build/corrections/M1.html")
    assert "ed-report" not in text
    assert "example.org" not in text
    assert 'rel="canonical"' not in text
    assert not (project.out / "sitemap.xml").exists()


#: A note with whatever a note may hold, and its words.
NOTE = r"""Where $a < b$\
& `<i>`,[^one] says {cite:t}`campbell1982` {cite:p}`campbell1982`.

| A & B | C |
|---|---|
| one | 中文 |

- first
  - second ]]> &amp; {ed:ref}`M1`

```python
print("</script>")
```

<div>raw</div>

![a "picture"](moon.png)

العربية हिन्दी 😀 [link](https://example.org/a_b?x=%7E#f)

[^one]: The *foot* & note.
"""
WORDS = (
    "Where a < b & <i>, says Campbell. A & B C one 中文 first second ]]> & M1"
    ' print("</script>") a "picture" العربية हिन्दी 😀 link The foot & note.'
)


def test_a_note_of_every_sort_is_told_whole(project: Project) -> None:
    """To machines, in feeds of data and on the page of its state, each word once and apart from the next."""
    person = '{"family": "O\'Neil <b>; \\"Jr\\"", "given": "Seán", "orcid": "0000-0002-1825-0097"}'
    project.write(
        "conf.py",
        project.read("conf.py")
        + f'\nmyst_enable_extensions = ["dollarmath"]\nhtml_baseurl = "https://x.org/"\nrelease = "1.0"\n'
        f'apparatus_editors = {{"ed": "The editors", "o": {person}}}\n',
    )
    project.write("moon.png", b"")
    moon = project.read("moon.md")
    start = moon.index("Not an hour")
    moon = f"{moon[:start]}{NOTE}{moon[moon.index('```', start) :]}"
    moon = moon.replace("```{ed:correction} M2\n", "`````{ed:correction} M2\n:resp: o\n").replace(
        "foot* & note.\n```", "foot* & note.\n`````"
    )
    project.write("moon.md", moon)
    assert main(["--no-tag", str(project.folder)]) == 0
    result = project.build()
    assert result.status == 0
    assert "Traceback" not in result.messages
    own = page(project.out, "corrections/M2.html")
    [data] = [json.loads(block.text) for block in own.xpath("//script[@type='application/ld+json']")]
    assert data["text"] == WORDS
    assert data["author"]["@id"] == "https://orcid.org/0000-0002-1825-0097"
    item = json.loads(project.read("_build/corrections/M2.jsonld"))
    assert [body["value"] for body in item["body"] if body["purpose"] == "commenting"] == [WORDS]
    assert item["creator"] == {
        "id": "https://orcid.org/0000-0002-1825-0097",
        "type": "Person",
        "name": 'Seán O\'Neil <b>; "Jr"',
    }
    state = " ".join(page(project.out, "corrections/M2/1.0.html").text_content().split())
    assert WORDS in state
    [csl] = json.loads(project.read("_build/corrections/M2.json"))
    assert "editor" not in csl


def test_a_page_is_described_by_its_first_words_of_prose(project: Project) -> None:
    project.write("prose.md", "---\norphan: true\n---\n# Prose\n\n> Of another.\n\n- one\n\nIn *our* own words.\n")
    assert project.build("-W").status == 0
    head = page(project.out, "prose.html").find("head")
    assert head.xpath("./meta[@name='description']/@content") == ["In our own words."]


def test_a_style_of_the_repository_is_taken_and_one_that_is_not_there_is_told(project: Project) -> None:
    project.write("conf.py", project.read("conf.py") + '\napparatus_styles = ["nature", ("ieee", "Engineers")]\n')
    assert project.build("-W").status == 0
    said = project.read("_build/corrections/M1.html")
    assert "<dt>Nature</dt>" in said
    assert "<dt>Engineers</dt>" in said
    assert "<dt>APA</dt>" not in said
    project.write("conf.py", project.read("conf.py") + '\napparatus_styles = ["no-such-style"]\n')
    result = project.build("-W")
    assert result.status != 0
    assert "conf.py:" in result.messages
    assert "no-such-style" in result.messages
    assert "Traceback" not in result.messages + result.said


def test_a_key_need_be_no_name_of_a_file(project: Project) -> None:
    project.write(
        "works.bib", project.read("works.bib") + "@book{x/y:Z+*, title={Odd}, year={1999}}\n@book{M, title={Em}}\n"
    )
    project.replace("moon.md", ":source: campbell1982\n", ":source: x/y:Z+*\n")
    result = project.build()
    assert result.status == 0, result.messages
    [name] = [path.name for path in (project.out / "passages").glob("x-y-Z-*.bib")]
    assert f'href="{name}"' in project.read("_build/passages/M.html")
    assert "Odd" in project.read(f"_build/passages/{name}")


def test_a_fault_in_a_bib_is_told_at_every_build_until_it_is_mended(project: Project) -> None:
    works = project.read("works.bib")
    project.write("works.bib", works.encode() + b"@book{caf, title={Caf\xe9}}\n@book{open, title={\n")
    for _ in range(2):
        result = project.build("-W", "--keep-going")
        assert result.status == 1
        assert "is not UTF-8: byte 0xE9" in result.messages
        assert re.search(r"works\.bib:\d+: .*do not pair", result.messages)
        assert "Traceback" not in result.messages + result.said
    project.write("works.bib", works)
    assert project.build("-W").messages == ""


def test_a_work_of_nobody_is_listed_and_cited_under_its_title(project: Project) -> None:
    project.write(
        "works.bib",
        project.read("works.bib")
        + "@book{z, title={Zebra}, publisher={Press}, year={1500}}\n"
        + "@proceedings{m, editor={Mid, M.}, title={Acts}, publisher={Press}, year={1501}}\n",
    )
    project.write("conf.py", project.read("conf.py") + 'bibtex_reference_style = "humanities"\n')
    project.write("index.md", project.read("index.md") + "\nSo {cite:p}`z,m`.\n")
    assert project.build("-W").status == 0
    listed = re.sub(r"<[^>]+>", "", project.read("_build/works.html"))
    assert "Zebra. 1500. Press." in listed
    assert listed.index("Campbell") < listed.index("Mid, M., ed. 1501") < listed.index("Zebra. 1500")
    assert "(Mid 1501; Zebra 1500)" in re.sub(r"<[^>]+>", "", project.read("_build/index.html"))
