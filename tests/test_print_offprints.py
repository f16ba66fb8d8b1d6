"""Offprints of single texts, and the reading text."""

from __future__ import annotations

import re
import shutil
from base64 import b64decode

import pikepdf
import pytest

import poppler
from poppler import Word
from projects import Project, sphinx_build

pytestmark = pytest.mark.pdf

#: A picture of one pixel.
DOT = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg=="


def two_texts(project: Project) -> None:
    """Two texts that refer to each other, the second some pages behind the first."""
    words = [f"wort{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(300)]
    notes = "".join(
        f"```{{ed:emendation}} C{n}\n:lemma: {word}\n:reading: {word.upper()}\n\n"
        f"So it is; see {{ed:ref}}`M1`. {'More of it. ' * 30} {{cite:p}}`campbell1982`\n```\n\n"
        for n, word in enumerate(words[::10], 1)
    )
    page = f"# Many\n\n```{{ed:text}} many.txt\n:siglum: C\n```\n\n{notes}"
    project.add_page("many", page, " ".join(words).encode())
    project.replace("moon.md", "*Hour* is the narrower word.", "*Hour* is the narrower word; see {ed:ref}`C7`.")
    conf = "\napparatus_pdf_offprints = True\napparatus_pdf_reading = True\n"
    project.write("conf.py", project.read("conf.py") + conf)
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages


def printed(words: list[Word]) -> str:
    return " ".join(word.string for word in words).replace("\u00a0", " ")


def test_an_offprint_is_paged_as_the_book(project: Project) -> None:
    """Each page of its text and notes has the words that it has there, in their places; what it cites is with it."""
    two_texts(project)
    whole = poppler.words(project.out / "fragments.pdf")
    assert sorted(path.name for path in project.out.glob("*.pdf")) == [
        "C.pdf",
        "M.pdf",
        "fragments-reading.pdf",
        "fragments.pdf",
    ]
    own = poppler.words(project.out / "C.pdf")
    first = min(word.page for word in own if word.string == "wortaa")
    there = min(word.page for word in whole if word.string == "wortaa")
    last = max(word.page for word in own if word.string.startswith("C30"))
    compared = 0
    for page in range(first, min(last, first + 4)):
        here = [word[1:] for word in own if word.page == page]
        book = [word[1:] for word in whole if word.page == page - first + there]
        assert [word[-1] for word in here] == [word[-1] for word in book]
        for one, other in zip(here, book, strict=True):
            assert one[:-1] == pytest.approx(other[:-1], abs=0.01)
        compared += len(here)
    assert compared > 500
    assert "Offprint: Many" in printed(own)
    assert "Campbell" in printed(own)
    reference = re.search(r"see M1 \(p\. \d+, [^)]*\)", printed(whole))
    assert reference
    assert reference[0] in printed(own)


def test_an_offprint_speaks_of_what_is_in_it(project: Project) -> None:
    """Its works are cited at its own notes; no page of its own has the number of one of the book's that is not here."""
    two_texts(project)
    for name, other in (("C", "M"), ("M", "C")):
        own = poppler.words(project.out / f"{name}.pdf")
        told = printed(own)
        assert "pages that are not here are the book’s" in told
        cited = [re.findall(r"[CM]\d+", line) for line in re.findall(r"Cited at ((?:[CM]\d+, \d+(?:, )?)+)", told)]
        assert cited
        assert not [each for line in cited for each in line if each.startswith(other)]
        behind = max(word.page for word in own if word.string == "Works" and word.height > 15)
        with pikepdf.open(project.out / f"{name}.pdf") as file:
            labels = [page.label for page in file.pages]
        assert labels[behind - 2].isdecimal()
        assert all(re.fullmatch(r"[ivxl]+", label) for label in labels[behind - 1 :])
        assert len(set(labels)) == len(labels)
        contents = re.search(r"Works cited [. \u2060]*([ivxl]+)", told)
        assert contents
        assert contents[1] == labels[behind - 1]


def test_a_text_on_the_front_page_has_an_offprint_without_the_other_pages(project: Project) -> None:
    project.add_text("first.txt", b"The first words of all.\n")
    text = "\n```{ed:text} first.txt\n:siglum: F\n```\n\n```{ed:note} F1\n:lemma: words\n\nOf them.\n```\n"
    project.replace("index.md", "```{toctree}", text + "\n```{toctree}")
    project.write("conf.py", project.read("conf.py") + "\napparatus_pdf_offprints = True\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    words = poppler.words(project.out / "F.pdf")
    assert "Of them." in printed(words)
    assert "midnight" not in printed(words)
    (book,) = set(project.out.glob("*.pdf")) - {project.out / "F.pdf", project.out / "M.pdf"}
    own, there = (
        {
            (word.string, round(word.top))
            for word in found
            if word.page == next(w.page for w in found if w.string == "F1")
        }
        for found in (words, poppler.words(book))
    )
    assert {"first", "words"} <= {word for word, _top in own & there}


@pytest.mark.parametrize("heading", ["## A text\n\n", "Before it.\n\n## A text\n\n", "Before it.\n\n", ""])
def test_an_offprint_of_a_text_behind_all_other_pages_is_paged_as_the_book(project: Project, heading: str) -> None:
    """On the front page, behind its contents: the text begins a page; what is before those pages is not with it."""
    project.add_text("last.txt", b"The ultimate words of all.\n")
    text = "```{ed:text} last.txt\n:siglum: L\n```\n\n```{ed:note} L1\n:lemma: words\n\nOf them.\n```\n"
    project.replace("index.md", "```{toctree}", "Foreword.\n\n```{toctree}")
    project.replace("index.md", "The end is doubted", f"{heading}{text}\nThe end is doubted")
    project.write("conf.py", project.read("conf.py") + "\napparatus_pdf_offprints = True\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    (book,) = set(project.out.glob("*.pdf")) - {project.out / "L.pdf", project.out / "M.pdf"}
    assert "Foreword." not in printed(poppler.words(project.out / "L.pdf"))

    own, there = (
        {(word.string, round(word.left), round(word.top)) for word in words if word.page == page}
        for words in map(poppler.words, (project.out / "L.pdf", book))
        for page in [next(word.page for word in words if word.string == "ultimate")]
    )
    assert own == there


@pytest.mark.parametrize(("siglum", "name", "without"), [("Ma", "book.pdf", "MA"), ("CD", "cd.pdf", "CD")])
def test_no_offprint_takes_the_place_of_another_file(project: Project, siglum: str, name: str, without: str) -> None:
    """Where capitals do not count, MA.pdf and Ma.pdf are one."""
    for own in ("MA", siglum):
        note = f"```{{ed:note}} {own}1\n:lemma: words\n\nOf.\n```\n"
        page = f"# Many\n\n```{{ed:text}} {own}.txt\n:siglum: {own}\n```\n\n{note}"
        project.add_text(f"{own}.txt", b"Some words.\n")
        project.add_page(f"page-{own.lower()}-{own[1]}", page)
    conf = f"\napparatus_pdf_offprints = True\napparatus_pdf_name = {name!r}\n"
    project.write("conf.py", project.read("conf.py") + conf)
    result = project.build(builder="typstpdf")
    assert result.status == 0
    assert f"WARNING: text {without} has no offprint: {without}.pdf is the file of another" in result.messages
    files = [path.name for path in project.out.glob("*.pdf")]
    assert len({each.casefold() for each in files}) == len(files) == 3


def test_places_are_those_of_the_book(project: Project) -> None:
    two_texts(project)
    offprinted = project.read("_build/places.json")
    project.write("conf.py", project.read("conf.py").replace("apparatus_pdf_offprints = True", ""))
    assert project.build("-W", builder="typstpdf").status == 0
    assert project.read("_build/places.json") == offprinted


def test_the_reading_text_says_what_it_is_on_every_page(project: Project) -> None:
    """It has the readings instead of the lemmata, and lists what was emended."""
    two_texts(project)
    words = poppler.words(project.out / "fragments-reading.pdf")
    pages = {word.page for word in words}
    assert len(pages) > 2
    for page in pages:
        told = printed([word for word in words if word.page == page]).lower()
        assert "not the wording of the copy" in told, page
    text = printed(words)
    assert "the hour goes by" in text
    assert re.search(r"M ¶2 time goes by\] the hour goes by M1", text)
    body = text.partition("Emendations")[0]
    assert "time goes by" not in body
    assert "midnight" in body, "a correction does not enter the text"


@pytest.mark.parametrize("count", [9, 41, 163])
def test_the_emendations_of_a_reading_text_are_in_two_columns_of_one_height(project: Project, count: int) -> None:
    """Wherever the list begins; on its last page, for the others are full.  No line of a heading begins with a dash."""
    emendations = "".join(
        f"```{{ed:emendation}} C{n}\n:lemma: w{n}z\n:reading: v{n}z\n```\n\n" for n in range(1, count + 1)
    )
    title = "GlobalSecurity.org, Korea – USSR/Russia Relations"
    page = f"# {title}\n\n```{{ed:text}} many.txt\n:siglum: C\n:structure: line\n```\n\n{emendations}"
    project.add_page("many", page, "".join(f"And so w{n}z is here.\n" for n in range(1, count + 1)).encode())
    project.write("conf.py", project.read("conf.py") + "\napparatus_pdf_reading = True\n")
    assert project.build("-W", builder="typstpdf").status == 0
    words = poppler.words(project.out / "fragments-reading.pdf")
    lemmata = [word for word in words if re.fullmatch(r"w\d+z\]", word.string)]
    assert len(lemmata) == count
    last = [word for word in lemmata if word.page == lemmata[-1].page]
    left = [word for word in last if word.left < 200]
    assert 0 <= len(left) - (len(last) - len(left)) <= 1
    assert left[0].top == pytest.approx(last[len(left)].top, abs=0.1)
    assert "–" in {word.string for word in words}
    for dash in (word for word in words if word.string == "–"):
        assert any(word.page == dash.page and abs(word.top - dash.top) < 1 and word.left < dash.left for word in words)


def test_a_page_leads_to_its_offprint(project: Project) -> None:
    """The page of a text to that of it alone; the list of data to all, and to the reading text."""
    two_texts(project)
    project.add_page("data", "# Data\n\n```{ed:data}\n```\n")
    conf = '\napparatus_places = "_build/places.json"\napparatus_pdf = "pdf/fragments.pdf"\n'
    project.write("conf.py", project.read("conf.py") + conf)
    assert project.build(builder="html").status == 0
    for page, name in (("many", "C"), ("moon", "M")):
        assert f'href="pdf/{name}.pdf">Offprint</a>' in project.read(f"_build/{page}.html")
    data = project.read("_build/data.html")
    assert all(f'href="pdf/{name}.pdf"' in data for name in ("C", "M", "fragments", "fragments-reading"))


def test_what_is_gone_from_the_book_is_gone_from_its_folder(project: Project) -> None:
    """Offprints, reading texts, volumes, pictures: after each change the files are those of a clean build."""
    two_texts(project)
    project.write("dot.png", b64decode(DOT))
    project.replace("many.md", "# Many\n", "# Many\n\n![A dot](dot.png)\n")
    assert project.build(builder="typstpdf").status == 0
    assert (project.out / "images" / "dot.png").exists()
    changes = (
        ("conf.py", "apparatus_pdf_reading = True", "apparatus_pdf_volumes = [('one', 'One', ['moon', 'many'])]"),
        ("many.md", "![A dot](dot.png)", "No dot."),
        ("conf.py", "'one', 'One', ['moon', 'many']", "'two', 'Two', ['moon']"),
        ("conf.py", "apparatus_pdf_offprints = True", ""),
    )
    clean = project.folder / "clean"
    for name, old, new in changes:
        project.replace(name, old, new)
        assert project.build(builder="typstpdf").status == 0
        shutil.rmtree(clean, ignore_errors=True)
        assert sphinx_build(project.folder, clean, "-b", "typstpdf").status == 0
        made, wanted = (
            {str(path.relative_to(out)) for path in out.rglob("*") if path.is_file() and ".doctrees" not in path.parts}
            for out in (project.out, clean)
        )
        assert made == wanted
