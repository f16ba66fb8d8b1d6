"""Values of the configuration that no book can have: each is told, with the file and the remedy, and a book is made."""

from __future__ import annotations

import re
from typing import Any

import pytest

from apparatus_in_print import read_print
from projects import Project
from sphinx_apparatus.outputs.print.paper import PAPERS, PaperError, paper, settings


@pytest.mark.parametrize(
    ("name", "margins", "size", "said"),
    [
        ("b5", {}, 0, "apparatus_pdf_paper is 'b5'"),
        ("", {}, 0, "apparatus_pdf_paper is ''"),
        (None, {}, 0, "apparatus_pdf_paper is None"),
        ((100, "a"), {}, 0, "apparatus_pdf_paper is (100, 'a')"),
        ((float("nan"), 200), {}, 0, "apparatus_pdf_paper is (nan, 200)"),
        ((1e9, 1e9), {}, 0, "apparatus_pdf_paper is"),
        ((-5, 200), {}, 0, "apparatus_pdf_paper is"),
        ((True, True), {}, 0, "apparatus_pdf_paper is"),
        ((40, 60), {}, 0, "apparatus_pdf_paper leaves less than 60 by 80 mm"),
        ("a5", {"inside": 100}, 0, "apparatus_pdf_margins leaves less than 60 by 80 mm"),
        ("a5", {"left": 3}, 0, "apparatus_pdf_margins has 'left'"),
        ("a5", {"top": float("inf")}, 0, "apparatus_pdf_margins has 'top'"),
        ("a5", [1, 2, 3, 4], 0, "apparatus_pdf_margins is [1, 2, 3, 4]"),
        ("a5", None, 0, "apparatus_pdf_margins is None"),
        ("a5", {}, 40, "apparatus_pdf_size is 40"),
        ("a5", {}, -2, "apparatus_pdf_size is -2"),
        ("a5", {}, "large", "apparatus_pdf_size is 'large'"),
        ("a5", {}, float("nan"), "apparatus_pdf_size is nan"),
    ],
)
def test_a_measure_that_is_none_is_told(name: Any, margins: Any, size: Any, said: str) -> None:
    with pytest.raises(PaperError) as error:
        paper(name, margins, size)
    assert said in str(error.value)


@pytest.mark.parametrize("name", [*PAPERS, "A4", (120, 190), [170, 240]])
def test_papers_have_room(name: Any) -> None:
    found = paper(name, {"top": 20}, 10)
    assert (found.top, found.size) == (20.0, 10.0)
    assert found.width - found.inside - found.outside > 60


@pytest.mark.parametrize(("name", "size"), [*((name, 7) for name in PAPERS), ((90, 140), 0), ((105, 148), 0)])
def test_no_setting_makes_type_that_cannot_be_read(name: Any, size: int) -> None:
    """The ids beside notes are the smallest, six sevenths of their type."""
    made = settings(paper(name, {}, size), crop=False)
    sizes = {key: made[key] for key in ("size", "text-size", "small", "note-size", "foot-size")}
    ids = {key: 0.86 * sizes[key] for key in ("note-size", "foot-size")}
    assert min(*sizes.values(), *ids.values()) > 6.5, sizes


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("value", "said"),
    [
        ('apparatus_pdf_standard = ["a-3a", "a-2b"]', "a-3a and a-2b, of which a file can keep one"),
        ("apparatus_pdf_standard = 5", "apparatus_pdf_standard has 5; the standards are"),
        ('apparatus_pdf_fonts = ["nowhere"]', "apparatus_pdf_fonts: there is no folder nowhere"),
        ('apparatus_pdf_families = ["No Such"]', "names 'No Such', a family of fonts"),
        ('apparatus_pdf_face = "No Such"', "names 'No Such', a family of fonts"),
        ("apparatus_pdf_margins = 5", "apparatus_pdf_margins is 5; it has millimetres for"),
    ],
)
def test_what_no_file_can_keep_is_told_with_its_line(project: Project, value: str, said: str) -> None:
    conf = f"{project.read('conf.py')}\n{value}\n"
    project.write("conf.py", conf)
    result = project.build(builder="typstpdf")
    assert result.status == 0
    assert result.messages.count(said) == 1
    assert f"conf.py:{conf.count(chr(10))}: WARNING" in result.messages
    assert "Traceback" not in result.messages
    assert (project.out / "fragments.pdf").exists()


@pytest.mark.pdf
def test_crop_marks_and_their_box(project: Project) -> None:
    """The sheet is larger than the page by 10 mm on each side, and says where it is cut."""
    project.write("conf.py", project.read("conf.py") + '\napparatus_pdf_crop = True\napparatus_pdf_paper = "a5"\n')
    assert project.build("-W", builder="typstpdf").status == 0
    book = read_print(project.out, project.folder / "_doctrees")
    pdf = book.opened()
    page = pdf.pages[0]
    left, low, right, high = (float(edge) for edge in page.obj.TrimBox)
    assert (round((right - left) / 72 * 25.4), round((high - low) / 72 * 25.4)) == (148, 210)
    assert float(page.mediabox[2]) - right == pytest.approx(28.35, abs=0.1)


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ('apparatus_pdf_paper = "a99"', "apparatus_pdf_paper is 'a99'; it is one of royal, a4, letter, a5"),
        ('apparatus_pdf_margins = {"left": 3}', "apparatus_pdf_margins has 'left': 3"),
        ("apparatus_pdf_size = 40", "apparatus_pdf_size is 40; it is 7 to 16 points"),
        ('apparatus_pdf_standard = "a-9"', "apparatus_pdf_standard has a-9; the standards are"),
        ("apparatus_pdf_imprint = [3]", "apparatus_pdf_imprint has 3; it lists strings"),
        ("apparatus_pdf_fonts = [None]", "apparatus_pdf_fonts has None; it lists strings"),
        ("apparatus_pdf_volumes = [(1, 2, [3])]", "apparatus_pdf_volumes: entry 1 is (1, 2, [3]). Remedy: a file name"),
    ],
)
def test_a_wrong_setting_is_told(project: Project, setting: str, message: str) -> None:
    """With its file and line."""
    project.write("conf.py", project.read("conf.py") + f"\n{setting}\n")
    messages = project.build(builder="typst").messages
    assert message in messages
    assert "conf.py:" in messages


@pytest.mark.pdf
@pytest.mark.parametrize(
    ("standard", "said"),
    [
        (["1.4", "ua-1"], r"PDF/UA-1 error"),
        (["a-4f", "ua-1"], r"PDF standards error: PDF/A-4f and PDF/UA-1 are mutually incompatible [^\"]+\n"),
    ],
)
def test_standards_that_no_file_can_keep_are_told(project: Project, standard: list[str], said: str) -> None:
    """With the line that asks for them."""
    project.write("conf.py", project.read("conf.py") + f"\napparatus_pdf_standard = {standard!r}\n")
    result = project.build(builder="typstpdf")
    assert result.status == 2
    assert re.search(rf"conf\.py:\d+: ERROR: Typst: error: {said}", result.messages)
    assert "Traceback" not in result.messages
