"""Lines that the text itself ends are not stretched in the book; a family of fonts that is nowhere is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from poppler import words as printed_words
from projects import Project


@pytest.mark.pdf
@pytest.mark.parametrize("end", ["\u2028", "\u2029", "\v", "\f", "\x85 "])
def test_words_before_a_line_end_within_a_paragraph_stay_together(tmp_path: Path, end: str) -> None:
    project = Project.at(tmp_path / "project")
    project.add_page(
        "ends", "# Ends\n\n```{ed:text} ends.txt\n:siglum: E\n```\n", f"first{end}zzone zztwo{end}last".encode()
    )
    assert project.build("-W", builder="typstpdf").status == 0
    found = {
        word.string: word for word in printed_words(next(project.out.glob("*.pdf"))) if word.string.startswith("zz")
    }
    assert 0 < found["zztwo"].left - found["zzone"].right < 6


@pytest.mark.pdf
def test_a_family_of_fonts_that_is_nowhere_is_told_once_with_its_place(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    conf = project.read("conf.py")
    project.write("conf.py", f'{conf}\napparatus_pdf_families = ["Junicode Two", "Libertinus Serif"]\n')
    line = (
        project.read("conf.py").splitlines().index('apparatus_pdf_families = ["Junicode Two", "Libertinus Serif"]') + 1
    )
    (said,) = project.build(builder="typstpdf").messages.splitlines()
    assert f"conf.py:{line}: WARNING: apparatus_pdf_families names 'Junicode Two'" in said
