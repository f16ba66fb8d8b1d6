"""A line that the text itself ends is set as it is, and not stretched to the measure."""

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
