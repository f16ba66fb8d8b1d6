"""The lines of a text are data: by rule, as they are kept, and as the command makes them."""

from __future__ import annotations

import hashlib
import json
import textwrap
import unicodedata
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unicode_segmentation_rs import line_break_units, text_width

from projects import Project
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.cli.lines import main
from sphinx_apparatus.cli.setting import Copy, take_lines
from sphinx_apparatus.model.lines import Lines, LinesError, clusters, divide
from sphinx_apparatus.model.text import Text, find_paragraphs
from sphinx_apparatus.stores.lines import Division, LinesFile, LinesFileError, read_lines, write_lines
from texts_of import strings, texts_with_span

measures = st.integers(1, 30)

#: Words without any sign, each shorter than a line of 20.
prose = st.lists(st.text("abcdefgh", min_size=1, max_size=20), min_size=1, max_size=40)


def text_of(string: str, siglum: str = "X") -> Text:
    """A text as if it had been read from a file."""
    data = string.encode()
    return Text(siglum, f"{siglum.lower()}.txt", hashlib.sha256(data).hexdigest(), string)


def by_rule(string: str, measure: int = 20, verse: bool = False) -> Lines:
    return divide(string, tuple(find_paragraphs(string)), measure, verse)


def written(string: str, lines: Lines) -> list[str]:
    """The characters of each line."""
    return [string[slice(*lines.span(line))] for line in range(1, len(lines) + 1)]


def width(string: str) -> int:
    """Characters, of which wide ones count two, without white space at the ends."""
    return sum(min(2, max(1, text_width(c[0]))) for c in clusters(string.strip()))


# -- lines by rule -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("string", "measure", "expected"),
    [
        ("The moon has set", 62, ["The moon has set"]),
        ("The moon has set", 8, ["The moon ", "has set"]),
        ("The moon has set", 7, ["The ", "moon ", "has set"]),
        ("The moon\nhas set", 62, ["The moon", "has set"]),
        ("The moon\n\n\r\n  has  set  ", 7, ["The ", "moon", "  has  ", "set  "]),
        ("independent", 5, ["indep", "enden", "t"]),
        ("an independent", 5, ["an ", "indep", "enden", "t"]),
        ("north-east wind", 7, ["north-", "east ", "wind"]),
        ("in 1,000.50 (or so)", 8, ["in ", "1,000.50 ", "(or so)"]),
        ("a 'moon' set", 6, ["a ", "'moon' ", "set"]),
        ("p.\u00a07 is", 5, ["p.\u00a07 ", "is"]),
        ("김정일은 갔다", 4, ["김정", "일은 ", "갔다"]),
        ("e\u0301e\u0301e\u0301", 2, ["e\u0301e\u0301", "e\u0301"]),
        ("👨‍👩‍👧👨‍👩‍👧", 2, ["👨‍👩‍👧", "👨‍👩‍👧"]),
        ("moon\u2028set", 62, ["moon\u2028", "set"]),
        ("moon\u2028 set", 62, ["moon\u2028 ", "set"]),
        ("moon \u00a0set", 5, ["moon \u00a0", "set"]),
        ("a\u200bbc", 2, ["a\u200b", "bc"]),
        ("", 62, []),
        ("\n \n", 62, []),
    ],
)
def test_lines_by_rule(string: str, measure: int, expected: list[str]) -> None:
    assert written(string, by_rule(string, measure)) == expected


def test_a_line_of_verse_is_a_line() -> None:
    """However long it is."""
    string = "The moon has set,\n  and the Pleiades\n\nmidnight"
    assert written(string, by_rule(string, 5, verse=True)) == ["The moon has set,", "  and the Pleiades", "midnight"]


def test_a_line_that_ends_with_a_soft_hyphen_shows_one() -> None:
    lines = by_rule("mid\u00adnight mid\u00adnight", 7)
    assert written("mid\u00adnight mid\u00adnight", lines) == ["mid\u00ad", "night ", "mid\u00ad", "night"]
    assert lines.hyphens == {1, 3}


def test_a_measure_is_at_least_one() -> None:
    with pytest.raises(ValueError, match="at least 1"):
        by_rule("moon", 0)


@given(strings, measures, st.booleans())
def test_the_lines_of_a_paragraph_are_the_paragraph(string: str, measure: int, verse: bool) -> None:
    lines = by_rule(string, measure, verse)
    of_lines = written(string, lines)
    for paragraph in lines.paragraphs:
        joined = "".join(of_lines[line - 1] for line in lines.of_paragraph(paragraph.number))
        assert joined == string[paragraph.start : paragraph.end]


@given(strings, measures)
def test_no_line_begins_with_what_belongs_to_the_one_before(string: str, measure: int) -> None:
    """But the first of a paragraph.  (A space that carries an accent is a character, not white space.)"""
    lines = by_rule(string, measure)
    firsts = {lines.of_paragraph(paragraph.number)[0] for paragraph in lines.paragraphs}
    for number, line in enumerate(written(string, lines), 1):
        assert line.strip(), "no line is blank"
        if number not in firsts:
            assert not next(clusters(line)).isspace()
            assert not unicodedata.category(line[0]).startswith("M")


@given(strings, measures)
def test_a_line_is_within_the_measure(string: str, measure: int) -> None:
    """Or is one character, which is wider."""
    for line in written(string, by_rule(string, measure)):
        assert width(line) <= measure or len(list(clusters(line.strip()))) == 1


@given(strings, measures)
def test_only_a_word_too_long_is_broken(string: str, measure: int) -> None:
    """Every other line begins where Unicode lets one begin, or behind the white space there."""
    lines = by_rule(string, measure)
    for paragraph in lines.paragraphs:
        words = string[paragraph.start : paragraph.end]
        edges = set(accumulate(map(len, clusters(words)), initial=0))
        ends = [end for end in accumulate(map(len, line_break_units(words)), initial=0) if end in edges]
        behind = {len(words) - len(words[end:].lstrip()) for end in ends}
        for start in (lines.starts[line - 1] - paragraph.start for line in lines.of_paragraph(paragraph.number)):
            if start not in behind.union(ends):
                low, high = max(end for end in ends if end < start), min(end for end in ends if end > start)
                assert width(words[low:high]) > measure


@given(prose)
def test_a_line_takes_what_fits(words: list[str]) -> None:
    """As another program fills lines with plain words."""
    string = " ".join(words)
    assert [line.rstrip() for line in written(string, by_rule(string))] == textwrap.wrap(string, 20)


@given(prose, prose)
def test_what_follows_moves_no_line(words: list[str], more: list[str]) -> None:
    """An edit leaves the lines before it, up to the one that it is in."""
    string = " ".join(words)
    before, after = by_rule(string), by_rule(f"{string} {' '.join(more)}")
    assert after.starts[: len(before)] == before.starts


@given(strings, strings, measures)
def test_a_paragraph_moves_no_line_before_it(string: str, more: str, measure: int) -> None:
    before = by_rule(f"{string}\n", measure)
    assert by_rule(f"{string}\n{more}", measure).starts[: len(before)] == before.starts


@pytest.mark.parametrize("unit", ["a", " a", "a \u00a0", "e\u0301", "김", "\u0301a\u0301", "\u200d", '"', "\U0001f1f0"])
def test_a_long_paragraph_is_divided(unit: str) -> None:
    """200,000 of whatever, in one line of the copy."""
    string = "m" + unit * 200_000
    lines = by_rule(string, 62)
    assert "".join(written(string, lines)) == string


# -- questions about lines -----------------------------------------------------------------

#: Lines 1 and 2 are ¶1, line 3 is ¶2; between them are blank lines.
MOON = "The moon has set\n\n\nand it is late"
LINES = Lines((0, 9, 19), tuple(find_paragraphs(MOON)), frozenset({1}))


@pytest.mark.parametrize(
    ("offset", "line"), [(-1, 1), (0, 1), (8, 1), (9, 2), (15, 2), (16, 2), (18, 2), (19, 3), (32, 3), (99, 3)]
)
def test_the_line_of_an_offset(offset: int, line: int) -> None:
    assert LINES.at(offset) == line


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (0, 3, (1, 1)),
        (4, 12, (1, 2)),
        (4, 9, (1, 1)),
        (9, 12, (2, 2)),
        (13, 22, (2, 3)),
        (0, 33, (1, 3)),
        (0, 0, (1, 1)),
        (9, 9, (1, 1)),  # behind "moon ", so where that is
        (10, 10, (2, 2)),
        (16, 16, (2, 2)),
        (18, 18, (2, 2)),
        (19, 19, (3, 3)),
    ],
)
def test_the_lines_of_a_span(start: int, end: int, expected: tuple[int, int]) -> None:
    assert LINES.of_span(Span(start, end)) == expected


def test_the_lines_of_a_paragraph_and_the_paragraph_of_a_line() -> None:
    assert [list(LINES.of_paragraph(number)) for number in (1, 2)] == [[1, 2], [3]]
    assert [LINES.paragraph(line) for line in (1, 2, 3)] == [1, 1, 2]
    assert [LINES.span(line) for line in (1, 2, 3)] == [(0, 9), (9, 16), (19, 33)]
    assert len(LINES) == 3


@pytest.mark.parametrize("number", [-1, 0, 4])
def test_there_are_no_other_lines(number: int) -> None:
    for ask in (LINES.span, LINES.paragraph, LINES.of_paragraph):
        with pytest.raises(LookupError, match=f"no (line|¶) ?{number}"):
            ask(number)


def test_a_text_without_paragraphs_has_no_lines() -> None:
    lines = Lines((), ())
    assert (len(lines), lines.at(5), lines.of_span(Span(0, 0)), lines.of_span(Span(0, 2))) == (0, 0, (0, 0), (0, 0))


@given(texts_with_span(), measures)
def test_the_lines_of_a_span_hold_its_characters(made: tuple[str, int, int], measure: int) -> None:
    """Each character of a paragraph is in one line; a span is in the lines of its first and last."""
    string, start, end = made
    lines = by_rule(string, measure)
    for line in range(1, len(lines) + 1):
        assert {lines.at(offset) for offset in range(*lines.span(line))} == {line}
    first, last = lines.of_span(Span(start, end))
    assert 0 < first <= last <= len(lines) or not lines.paragraphs
    if start < end and lines.paragraphs:
        assert (first, last) == (lines.at(start), lines.at(end - 1))


@pytest.mark.parametrize(
    ("starts", "hyphens", "message"),
    [
        ((), (), "¶1 begins at code point 0, but no line begins there"),
        ((1, 9, 19), (), "¶1 begins at code point 0, but line 1 begins at 1"),
        ((0, 9), (), "¶2 begins at code point 19, but no line begins there"),
        ((0, 9, 16, 19), (), "¶2 begins at code point 19, but line 3 begins at 16"),
        ((0, 9, 20), (), "¶2 begins at code point 19, but line 3 begins at 20"),
        ((0, 9, 9, 19), (), r"line 3 begins at code point 9, not behind line 2 \(9\)"),
        ((0, 9, 4, 19), (), r"line 3 begins at code point 4, not behind line 2 \(9\)"),
        ((0, 9, 19, 33), (), "line 4 begins at code point 33, behind the last paragraph"),
        ((0, 9, 19), (4,), "line 4 is said to end with a hyphen; there are lines 1 to 3"),
        ((0, 9, 19), (0,), "line 0 is said to end with a hyphen"),
        ((0, 9, 19), (2,), "line 2 is said to end with a hyphen, but ends ¶1"),
    ],
)
def test_what_is_no_division_is_refused(starts: tuple[int, ...], hyphens: tuple[int, ...], message: str) -> None:
    with pytest.raises(LinesError, match=message):
        Lines(starts, LINES.paragraphs, frozenset(hyphens))


# -- as they are kept ----------------------------------------------------------------------

TEXT = text_of(MOON, "M")
KEPT = {"M": Division.made(TEXT, LINES, "9 characters", "hand")}


def test_the_file_has_a_row_a_paragraph() -> None:
    assert write_lines(KEPT) == (
        '{"format": 1, "texts": {\n'
        '"M": {\n "file": "m.txt",\n'
        f' "sha256": "{TEXT.sha256}",\n'
        ' "measure": "9 characters",\n "by": "hand",\n "hyphens": [1],\n'
        ' "lines": [\n  [0, 9],\n  [19]]}\n}}\n'
    )


@given(st.lists(strings, max_size=3), measures)
def test_what_is_kept_is_read_again(tmp_path_factory: pytest.TempPathFactory, found: list[str], measure: int) -> None:
    texts = [text_of(string, siglum) for string, siglum in zip(found, "ABC", strict=False)]
    made = {text.siglum: divide(text.string, text.paragraphs, measure) for text in texts}
    divisions = {text.siglum: Division.made(text, made[text.siglum], str(measure), "rule") for text in texts}
    path = tmp_path_factory.getbasetemp() / "lines.json"
    path.write_bytes(write_lines(divisions).encode())
    again = read_lines(path)
    assert again.divisions == divisions
    assert {text.siglum: again.of(text) for text in texts} == made
    assert write_lines(dict(reversed(divisions.items()))) == write_lines(divisions), "whatever the order of the texts"


def test_without_a_file_no_text_has_lines(tmp_path: Path) -> None:
    assert read_lines(tmp_path / "lines.json").of(TEXT) is None
    assert LinesFile(tmp_path, KEPT).of(text_of(MOON, "N")) is None


def test_the_lines_of_another_text_are_refused() -> None:
    """Its bytes have changed: the lines are not used, and what to do is said."""
    kept = LinesFile(Path("lines.json"), KEPT)
    assert kept.of(TEXT) == LINES
    with pytest.raises(LinesFileError, match=r"lines.json: the lines of M .* m.txt has .*Restore the text.*--again M"):
        kept.of(text_of(MOON + " now", "M"))


def test_lines_that_are_none_of_the_text_are_refused() -> None:
    kept = LinesFile(Path("lines.json"), {"M": replace(KEPT["M"], rows=((0, 9), (20,)))})
    with pytest.raises(LinesFileError, match=r"lines.json: these are no lines of M \(m.txt\): ¶2 begins .*--again M"):
        kept.of(TEXT)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", r"lines.json:1: not JSON"),
        (b'{"format": 1,\n<<<<<<<', r"lines.json:2: not JSON"),
        (b"\xff", r"lines.json cannot be read"),
        (b"[]", r"is not a file of lines"),
        (b"{}", r"is not a file of lines \('format' is missing\)"),
        (b'{"format": 1}', r"'texts' is missing"),
        (b'{"format": 2, "texts": {}}', r"is of format 2, and this version knows 1"),
        (b'{"format": 1, "texts": []}', r"is not a file of lines"),
        (b'{"format": 1, "texts": {"M": {}}}', r"'file' is missing"),
        (b'{"format": 1, "texts": {"M": 1}}', r"is not a file of lines"),
        (b'{"format": 1, "texts": {"M": {}, "M": {}}}', r"'M' stands twice"),
    ],
)
def test_a_file_that_is_none_is_said_so(tmp_path: Path, content: bytes, message: str) -> None:
    path = tmp_path / "lines.json"
    path.write_bytes(content)
    with pytest.raises(LinesFileError, match=message) as told:
        read_lines(path)
    assert str(path) in str(told.value)


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("sha256", 1, "are strings"),
        ("by", None, "are strings"),
        ("lines", 7, "not a file of lines"),
        ("lines", [0], "0 is not a list of numbers"),
        ("lines", [[0, "9"]], r"\[0, \"9\"\] is not a list of numbers"),
        ("lines", [[0, 9.5]], "is not a list of numbers"),
        ("lines", [[True]], "is not a list of numbers"),
        ("hyphens", [None], "is not a list of numbers"),
    ],
)
def test_an_entry_that_is_none_is_said_so(tmp_path: Path, key: str, value: object, message: str) -> None:
    table = json.loads(write_lines(KEPT))
    table["texts"]["M"][key] = value
    path = tmp_path / "lines.json"
    path.write_text(json.dumps(table), "utf-8")
    with pytest.raises(LinesFileError, match=message):
        read_lines(path)


# -- as Typst sets them --------------------------------------------------------------------


def set_lines(string: str, **options: bool) -> tuple[list[str], Lines]:
    """A text's lines at the edition's measure, some 66 characters."""
    lines = take_lines(Copy(text_of(string), **options))
    return written(string, lines), lines


def test_a_line_ends_between_words() -> None:
    of_lines, lines = set_lines("The moon has set, and it is late. " * 20)
    assert not lines.hyphens
    assert all(line.endswith(" ") and 50 < len(line) < 80 for line in of_lines[:-1])


def test_a_hyphenated_line_is_told() -> None:
    """It ends within a word; the other lines do not."""
    string = "uncharacteristically incomprehensible counterrevolutionaries " * 12
    of_lines, lines = set_lines(string, hyphenate=True)
    assert lines.hyphens
    assert lines.hyphens == {n for n, line in enumerate(of_lines, 1) if line[-1].isalpha()}


def test_an_address_is_broken_without_a_hyphen() -> None:
    of_lines, lines = set_lines("moon " * 9 + "http://example.org/" + "a1" * 60, hyphenate=True)
    assert len(of_lines) == 3
    assert not lines.hyphens


def test_a_soft_hyphen_at_the_end_of_a_line_is_told() -> None:
    string = "in\u00adcom\u00adpre\u00adhen\u00adsi\u00adble counter\u00adrevo\u00adlu\u00adtion\u00adaries " * 12
    of_lines, lines = set_lines(string)
    assert lines.hyphens
    assert lines.hyphens == {n for n, line in enumerate(of_lines, 1) if line[-1] == "\u00ad"}


@pytest.mark.parametrize(
    "string",
    [
        "moon " * 5 + "m" * 300 + " moon",
        "moon " * 9 + "see http://example.org/" + "moon" * 40 + "/set and so on",
        "שלום" * 60,
        "e\u0301" * 200,
    ],
)
def test_a_word_too_long_is_broken(string: str) -> None:
    """No line stands out over the measure; no character is parted from its accent; no hyphen is put in."""
    of_lines, lines = set_lines(string)
    assert len(lines) > 2
    assert not lines.hyphens
    assert max(len(list(clusters(line))) for line in of_lines) < 80
    assert not any(line.startswith("\u0301") for line in of_lines)


def test_what_no_font_has_takes_its_place() -> None:
    """A line with code points in place of characters has fewer of them."""
    of_lines, _ = set_lines("\U0001f319 has \0 set " * 20)
    assert 10 < len(of_lines[0]) < 50


@given(strings)
def test_every_text_can_be_set(string: str) -> None:
    """Whatever is in it; that it is divided is proved where lines are made."""
    text = text_of(string)
    lines = take_lines(Copy(text))
    assert lines.paragraphs == text.paragraphs


# -- the command ---------------------------------------------------------------------------


def run(project: Project, *arguments: str) -> int:
    return main([*arguments, str(project.folder)])


def test_the_command_makes_lines_once(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """What is kept is kept for good, and given out anew on purpose only."""
    assert run(project, "--check") == 1
    assert "M has no lines; make them with" in capsys.readouterr().err
    assert run(project) == 0
    assert capsys.readouterr().out == "M: 4 lines, new\n"
    made = project.read("lines.json")
    assert run(project, "--check") == 0
    assert capsys.readouterr().out.startswith("M: 4 lines (108 mm, ")

    other = made.replace("  [0]", "  [0, 4]")
    assert other != made
    project.write("lines.json", other)
    assert run(project) == 0
    assert (capsys.readouterr().out, project.read("lines.json")) == ("M: 5 lines, kept\n", other)
    assert run(project, "--again", "M") == 0
    assert (capsys.readouterr().out, project.read("lines.json")) == ("M: 4 lines, new\n", made)


def test_a_changed_text_is_not_given_old_lines(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    run(project)
    made = project.read("lines.json")
    project.write("texts/SHA256SUMS", "")
    project.add_text("moon.txt", project.read("texts/moon.txt").encode() + b"\nIt is late.\n")
    capsys.readouterr()
    for arguments in ((), ("--check",)):
        assert run(project, *arguments) == 1
        assert "the lines of M are those of moon.txt with the SHA-256" in capsys.readouterr().err
        assert project.read("lines.json") == made
    assert run(project, "--again", "M") == 0
    assert run(project, "--check") == 0


def test_a_text_more_has_lines_more(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """The others are left as they are; what is asked for alone is made alone."""
    run(project)
    kept = read_lines(project.folder / "lines.json").divisions["M"]
    page = "# The Sun\n\n```{ed:text} sun.txt\n:siglum: S\n```\n"
    project.add_page("sun", page, b"The sun has set.\n")
    assert run(project, "--text", "M", "--check") == 0
    assert run(project, "--check") == 1
    capsys.readouterr()
    assert run(project, "--text", "S") == 0
    assert capsys.readouterr().out == "S: 1 lines, new\n"
    assert read_lines(project.folder / "lines.json").divisions["M"] == kept


def test_what_is_wrong_with_the_file_is_said(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("lines.json", "{")
    assert run(project) == 1
    assert "lines.json:1: not JSON" in capsys.readouterr().err
    project.write("lines.json", write_lines({"Q": KEPT["M"]}))
    assert run(project, "--check") == 1
    assert "Q is no text of the edition" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("--text", "Q"), ("--again", "Q")])
def test_a_text_that_is_not_there(
    project: Project, capsys: pytest.CaptureFixture[str], arguments: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        run(project, *arguments)
    assert stop.value.code == 2
    assert "there is no text Q; the texts are M" in capsys.readouterr().err


def test_a_folder_without_an_edition(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        main([str(tmp_path)])
    assert stop.value.code == 2
    assert "has no conf.py" in capsys.readouterr().err


def test_a_configuration_that_cannot_be_read(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    project.write("conf.py", "extensions = [")
    assert run(project) == 1
    assert "Configuration error" in capsys.readouterr().err
