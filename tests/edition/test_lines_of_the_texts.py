"""The lines of the four texts, which are kept for good."""

from __future__ import annotations

from importlib.metadata import version

import pytest

from four_texts import SEEDS, SOURCE
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.cli.setting import Copy, take_lines
from sphinx_apparatus.stores.checksums import load_text
from sphinx_apparatus.stores.lines import read_lines

EDITION = read_lines(SOURCE / "lines.json")


@pytest.mark.parametrize(("siglum", "count"), [("K", 77), ("G", 148), ("E", 144), ("T", 151)])
def test_the_four_texts_have_the_lines_of_the_first_book(siglum: str, count: int) -> None:
    """As they were printed in version 1.1.0; no word in them is hyphenated.

    But for one: no line ends within *thirty- six* (G127), where nobody would see the blank.
    """
    text = load_text(siglum, SEEDS, EDITION.divisions[siglum].filename)
    lines = EDITION.of(text)
    assert lines is not None
    assert (len(lines), lines.hyphens) == (count, frozenset())
    assert max(end - start for start, end in map(lines.span, range(1, len(lines) + 1))) < 85
    if EDITION.divisions[siglum].by != f"Typst {version('typst')}":
        pytest.skip("another Typst may break lines otherwise; those of the edition are kept")
    fonts = [SOURCE / "fonts"]
    bound = frozenset({text.string.index("thirty- six") + len("thirty- ")}) if siglum == "G" else frozenset()
    assert take_lines(Copy(text, families=["Edition Hangul"], fonts=fonts, bound=bound)) == lines


def test_lines_of_a_passage_that_is_cited() -> None:
    """ "Kim Jung Il", by which K25 is known."""
    text = load_text("K", SEEDS, EDITION.divisions["K"].filename)
    lines = EDITION.of(text)
    assert lines is not None
    at = text.string.index("Kim Jung Il")
    assert lines.of_span(Span(at, at + 11)) == (19, 19)
    assert lines.paragraph(19) == 4
