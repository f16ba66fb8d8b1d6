"""Drawings in print: type that can be read, black, each whole; and what the file tells a printer."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest

import poppler
from apparatus_in_print import read_print
from drawings_of import DOT, drawing
from projects import Project
from sphinx_apparatus.outputs.print import characters
from sphinx_apparatus.outputs.print.compiling import Compiled, CompileError, Stage, compile_source
from sphinx_apparatus.outputs.print.drawings import LEAST, NEARER, Area, TooHigh, drawn, is_picture

#: The type area of a royal page and of A5, and how far a drawing may reach out of it.
AREAS = [Area(306.1, 532.9, 46.2), Area(306.1, 484.7, 34.9)]


@pytest.mark.parametrize("area", AREAS)
@pytest.mark.parametrize(
    ("width", "rows"), [(300, 5), (680, 20), (680, 50), (680, 66), (680, 200), (640, 40), (400, 90), (704, 40)]
)
def test_type_is_large_enough_and_every_piece_fits(area: Area, width: float, rows: int) -> None:
    """Nothing is lost where a drawing is cut, no row is cut, and no band is so high that a page were empty for it."""
    pieces = drawn(drawing(width, rows), area)
    told = [int(n) for piece in pieces for n in re.findall(r">row (\d+)<", piece.source)]
    assert told == list(range(rows))
    for piece in pieces:
        high = float(re.search(r'height="([\d.]+)"', piece.source)[1])  # type: ignore[index]
        scale = piece.width / width
        assert min(map(float, re.findall(r'font-size="([\d.]+)"', piece.source))) * scale >= LEAST - 0.001
        across, down = (high, width) if piece.turned else (width, high)
        assert scale * across <= area.width + 2 * piece.beyond + 0.1
        assert piece.beyond <= area.beyond + NEARER + 0.1
        assert scale * down <= 0.9 * area.height + 0.1
        if len(pieces) > 1:
            assert scale * down <= 0.25 * area.height
            top, until = (float(n) for n in re.findall(r'viewBox="0 ([\d.]+) [\d.]+ ([\d.]+)"', piece.source)[0])
            rows_ = [row for row in range(rows) if row in map(int, re.findall(r">row (\d+)<", piece.source))]
            assert all(top <= 16 + 17 * row - 5 and 16 + 17 * row + 7 <= top + until for row in rows_)
            discs = [float(n) for n in re.findall(r' cy="([\d.]+)"', piece.source)]
            assert set(discs) >= {16 + 17 * row for row in rows_}
            assert len(discs) < len(rows_) + 10, "what is out of sight is left out"
        assert "opacity" not in piece.source, "it would be a screen of dots"


def test_a_drawing_that_cannot_be_cut_is_seen_whole() -> None:
    """What is moved as a whole stands elsewhere than its words say; its type may become small."""
    source = drawing(680, 200).replace("<text", '<g transform="translate(0 9)"/><text', 1)
    (piece,) = drawn(source, AREAS[0])
    assert piece.width / 680 * (17 * 200 + 20) <= 0.9 * AREAS[0].height + 0.1
    (beyond,) = drawn(source.replace('height="3420"', 'height="800"'), AREAS[0])
    assert beyond.beyond > 0, "one that fits the page reaches into the margins, as others do"


def test_a_drawing_for_thousands_of_pages_is_none_for_paper() -> None:
    with pytest.raises(TooHigh, match=r"^\d+$"):
        drawn(drawing(680, 5).replace('height="105"', 'height="99999999"'), AREAS[0])


@pytest.mark.pdf
def test_drawings_have_captions_and_the_figures_a_list(tmp_path_factory: pytest.TempPathFactory) -> None:
    project = Project.at(tmp_path_factory.mktemp("drawings") / "project", "concordances")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    book = read_print(project.out, project.folder / "_doctrees")
    words = " ".join(word.string for word in book.words)
    captions = re.findall(r"Figure (\d+)\. ", words)
    assert sorted(captions) == ["1", "1", "2", "2"], "in the list of figures and below each"
    begins = min(word.page for word in book.words if word.string == "Figures")
    list_of_figures = " ".join(word.string for word in book.words if word.page == begins).partition(" Figures ")[2]
    listed = {
        name: int(page) for name, page in re.findall(r"Figure (\d)\. .*? (\d+)(?= Figure| \w+$)", list_of_figures)
    }
    pages = {}
    for number, word in enumerate(book.words):
        if word.string == "Figure":
            pages[book.words[number + 1].string.rstrip(".")] = word.page
    first = book.places["A"]["sheet"] - int(book.places["A"]["page"])
    assert listed == {name: page - first for name, page in pages.items()}


@pytest.mark.pdf
def test_every_page_of_the_list_of_figures_has_its_folio(project: Project) -> None:
    """Also one on which nothing of the contents is."""
    project.write("rows.svg", drawing(300, 1).encode())
    project.add_page("drawn", "# Drawn\n\n" + "```{image} rows.svg\n:alt: A row\n```\n\n" * 120)
    assert project.build(builder="typstpdf").status == 0
    words = read_print(project.out, project.folder / "_doctrees").words
    begins = next(word.page for word in words if word.string == "Figures")
    listed = {word.page for word in words if word.string == "Figure" and word.page < begins + 4}
    assert len(listed) > 2
    for page in sorted(listed):
        lowest = max((word for word in words if word.page == page), key=lambda word: word.top)
        assert re.fullmatch("[ivx]+", lowest.string), page


@pytest.mark.pdf
def test_what_is_printed_is_black(project: Project) -> None:
    """No colour and no grey: both are screens of dots in offset. Viewers print it in its size."""
    project.write("conf.py", project.read("conf.py") + '\ncopyright = "A & B"\n')
    code = "```python\ndef f(x):  # a comment\n    return 'string'\n```"
    project.add_page("more", f"# More\n\n{code}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    with read_print(project.out, project.folder / "_doctrees").opened() as pdf:
        assert str(pdf.Root.ViewerPreferences.PrintScaling) == "/None"
        told = pdf.Root.Metadata.read_bytes().decode()
        assert ":RenditionClass>default<" in told
        assert re.search(r"<dc:rights>\s*<rdf:Alt>\s*<rdf:li [^>]*>© A &amp; B</rdf:li>", told)
        for sheet in pdf.pages:
            content = sheet.Contents.read_bytes().decode("latin-1")
            colours = re.findall(r"([\d. ]+) (?:sc|scn|SC|SCN|g|G|rg|RG|k|K)(?=\s)", content)
            assert {colour.strip() for colour in colours} <= {"0", "0 0 0", "0 0 0 1", "1"}


@pytest.mark.pdf
def test_what_a_picture_shows_is_told_to_the_letter(project: Project) -> None:
    """Also beside the picture, where numbers of the page are written shorter; and so is what looks like code."""
    pikepdf = pytest.importorskip("pikepdf")
    project.write("dot.png", DOT)
    alternative = r"f(x)12.3456(y), 1.23456, \000"
    project.add_page(
        "more", f"# More\n\nNot `\\000` nor `(\\)` or `]TJ` .\n\n```{{image}} dot.png\n:alt: {alternative}\n```\n"
    )
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    book = read_print(project.out, project.folder / "_doctrees")
    assert {r"\000", r"(\)", "]TJ"} <= {word.string for word in book.words}
    drawn = [
        str(piece.operands[1].Alt)
        for page in book.opened().pages
        for piece in pikepdf.parse_content_stream(page)
        if str(piece.operator) == "BDC" and "/Alt" in piece.operands[1]
    ]
    assert drawn == [alternative]


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("page", "said", "alternative"),
    [
        ("```{figure} dot.png\nA dot, seen by nobody.\n```", "", "A dot, seen by nobody."),
        ("```{figure} dot.png\n:alt: Black dot\n\nA dot.\n```", "", "Black dot"),
        ("```{image} dot.png\n```", "the picture dot.png has no alternative text", "dot.png"),
        ("![](dot.png)", "", ""),
    ],
)
def test_each_picture_says_what_it_shows(project: Project, page: str, said: str, alternative: str) -> None:
    """By its caption, where it has no more; without either its name is told, and the editor; an ornament is none."""
    pikepdf = pytest.importorskip("pikepdf")
    project.write("dot.png", DOT)
    project.add_page("more", f"# More\n\nSome.\n\n{page}\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0
    assert said in result.messages if said else "WARNING" not in result.messages
    book = read_print(project.out, project.folder / "_doctrees")
    with book.opened() as pdf:
        told = [str(item["/Alt"]) for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/Alt" in item]
    assert told == ([alternative] if alternative else [])


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.svg", b"<svg><broken"),
        ("a.png", b"none"),
        ("b.svg", b"<html/>"),
        ("a.bmp", b"BM"),
        ("cut.png", DOT[:-20]),
        ("a.jpg", b"\xff\xd8\xff none"),
        ("d.svg", drawing(680, 5).replace('height="105"', 'height="99999999"').encode()),
        ("c.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="0" height="0"><text font-size="9" y="1"/></svg>'),
    ],
)
def test_a_file_that_is_no_picture_is_told_with_its_page(project: Project, name: str, content: bytes) -> None:
    project.write(name, content)
    project.add_page("more", f"# More\n\n```{{image}} {name}\n:alt: Two dots\n```\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0
    assert re.search(rf"more.md:3: WARNING: the picture {name} (cannot be read|would take \d+ pages);", result.messages)
    words = [word.string for word in read_print(project.out, project.folder / "_doctrees").words]
    assert "dots" in words


@pytest.mark.parametrize(
    ("size", "type_", "at", "is_cut"), [("1.2.3", "5", "3", False), ("9", ".", "3", False), ("9", "1", "1..3", True)]
)
def test_what_is_no_number_in_a_drawing_is_no_measure(size: str, type_: str, at: str, is_cut: bool) -> None:
    """The drawing is printed as it is, or cut by what else it says."""
    source = f'<svg width="{size}" height="9000"><text font-size="{type_}" y="{at}">a</text></svg>'
    assert bool(drawn(source, AREAS[0])) == is_cut


@pytest.mark.parametrize("name", ["a.svg", "A.SVG"])
@pytest.mark.parametrize("encoding", ["utf-8", "Shift_JIS", "x"])
def test_a_drawing_is_one_whatever_its_name_and_its_declaration_say(name: str, encoding: str) -> None:
    said = f'<?xml version="1.0" encoding="{encoding}"?>\n'
    assert is_picture(name, f'{said}<svg xmlns="http://www.w3.org/2000/svg"/>'.encode())
    assert not is_picture(name, f"{said}<svg".encode())


@pytest.mark.pdf
def test_a_figure_that_parts_a_list_does_not_float(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Typst 0.15 loses the tags of a list that a page with a floating figure parts, and refuses the book."""
    for name in ("one", "two"):
        project.write(f"{name}.svg", drawing(300, 9).encode())
    images = "".join(f"```{{image}} {name}.svg\n:alt: Rows\n```\n\n- So.\n- And so.\n\n" for name in ("one", "two"))
    project.add_page("drawn", f"# Drawn\n\n{images}")
    refused = []

    def compile_one(main: Path, fonts: Any, stage: Stage, standards: Any = ()) -> Compiled:
        if stage.pdf and '"still": []' in main.with_name("settings.json").read_text("utf-8"):
            lines = main.read_text("utf-8").splitlines()
            at = next(number for number, line in enumerate(lines, 1) if "#picture" in line and "two-1.svg" in line)
            refused.append(at)
            raise CompileError(f"error: PDF/UA-1 error: invalid list (L) structure\n  ┌─ {main}:{at + 2}:1\n  │")
        return compile_source(main, fonts, stage, standards)

    monkeypatch.setattr(characters, "compile_source", compile_one)
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    assert len(refused) == 1
    assert '"still": ["fig-2"]' in project.read("_build/settings.json")


@pytest.mark.pdf
@pytest.mark.parametrize(("wide", "small"), [(1500, True), (400, False)])
def test_type_that_cannot_be_read_is_told(project: Project, wide: int, small: bool) -> None:
    project.write("land.svg", drawing(wide, 20).encode())
    project.add_page("drawn", "# Drawn\n\n```{image} land.svg\n:alt: Rows\n```\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0
    told = re.search(r"drawn.md:3: WARNING: the type of the picture land.svg is ([\d.]+) points high", result.messages)
    assert (told is not None) == small
    assert told is None or 2 < float(told[1]) < 6.4


#: A picture of one pixel through which one sees.
CLEAR = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBwAAAARQBBxG4V3gAAAABJRU5ErkJggg==")


@pytest.mark.pdf
@pytest.mark.parametrize(("standard", "printed"), [('["a-1b"]', False), ('["a-2b"]', True)])
def test_a_picture_that_a_standard_forbids_is_told_with_its_page(
    project: Project, standard: str, printed: bool
) -> None:
    """PDF/A-1 knows no transparency (ISO 19005-1, 6.4)."""
    project.write("conf.py", f"{project.read('conf.py')}\napparatus_pdf_standard = {standard}\n")
    project.write("clear.png", CLEAR)
    project.add_page("more", "# More\n\n```{image} clear.png\n:alt: Two dots\n```\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    told = (
        "more.md:3: WARNING: the picture clear.png cannot be printed (PDF/A-1b error: the image contains transparency)"
    )
    assert (told in result.messages) != printed
    assert ("dots" in [word.string for word in poppler.words(next(project.out.glob("*.pdf")))]) != printed


@pytest.mark.pdf
def test_letters_of_a_drawing_that_no_font_has_are_stood_in_for(project: Project) -> None:
    """Whether they stand there themselves or by their number; HTML within a drawing is told with its page."""
    inside = '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">Words</p></foreignObject>'
    text = '<text x="1" y="20" font-size="12">&#xD55C; and \uad6d seen</text>'
    project.write("han.svg", f'<svg xmlns="http://www.w3.org/2000/svg" width="300" height="90">{text}{inside}</svg>')
    project.add_page("more", "# More\n\n![Two signs](han.svg)\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    assert re.search("WARNING: no font has U\\+AD6D U\\+D55C;", result.messages)
    assert "more.md:3: WARNING: the picture han.svg has foreign objects (HTML in SVG)" in result.messages
    assert result.messages.count("WARNING") == 2
    words = [word.string for word in poppler.words(next(project.out.glob("*.pdf")))]
    assert {"⟨U+D55C⟩", "⟨U+AD6D⟩", "seen"} <= set(words)


@pytest.mark.pdf
def test_a_picture_without_a_name_is_told_with_its_page(project: Project) -> None:
    project.add_page("more", "# More\n\nWords ![]() and more.\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    assert re.search(r"more.md:3: WARNING: the picture \S+ cannot be read;", result.messages)


@pytest.mark.pdf
def test_where_typst_breaks_off_no_figure_floats(project: Project) -> None:
    """Typst 0.15 ends without a word where a page with a floating figure parts a list with a figure in it."""
    for name, wide, high in (("wide", 900, 500), ("high", 300, 400)):
        text = f'<text x="9" y="20" font-size="24">{name}</text>' if name == "wide" else '<rect width="9" height="9"/>'
        source = f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}">{text}</svg>'
        project.write(f"{name}.svg", source)
    figure = "```{{figure}} {}.svg\n:alt: Of it\n\nA {}\n```"
    within = figure.format("high", "listed").replace("\n", "\n  ")
    above = f"{figure.format('wide', 'first')}\n\n![Of it](high.svg)\n\n- item\n\n  {within}\n"
    text = "```{ed:text} drawn.txt\n:siglum: D\n```\n\n```{ed:note} D1\n:lemma: One\n\nSo.\n```\n"
    project.add_page("drawn", f"# Drawn\n\n{above}\n{text}", b"One.\n")
    result = project.build(builder="typstpdf")
    assert result.status == 0, result.messages
    words = [word.string for word in read_print(project.out, project.folder / "_doctrees").words]
    assert {"first", "listed", "item"} <= set(words)
