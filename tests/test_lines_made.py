"""The lines of texts as the command makes them, with Typst."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from lines_of import KEPT, text_of, written
from projects import Project
from sphinx_apparatus.cli.lines import main
from sphinx_apparatus.cli.setting import Copy, take_lines
from sphinx_apparatus.model.lines import Lines, clusters
from sphinx_apparatus.stores.lines import read_lines, write_lines
from texts_of import strings


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


def test_lines_that_cannot_be_written_are_told(project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    """Into a folder whose name leads nowhere."""
    (project.folder / "kept").symlink_to(project.folder / "nowhere" / "else")
    project.write("conf.py", f"{project.read('conf.py')}\napparatus_lines = 'kept/lines.json'\n")
    assert run(project) == 1
    assert "lines.json cannot be written (File exists); nothing is changed" in capsys.readouterr().err


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
