"""Bad input is answered with a message that names place and remedy, and with a failed build.

A folder of ``roots/diagnostics`` is a case: the code, and what is peculiar to the case;
``foreign`` are mistakes that Sphinx, MyST or bibtex report.  Its files are laid over
``roots/bare``, and ``expected.txt`` has what ``sphinx-build -W`` then says.  After a change
of messages, write it anew with ``APPARATUS_REGENERATE=1`` and read what has changed.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from projects import ROOTS, Project
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.cli import main as commands

CASES = sorted(path.name for path in (ROOTS / "diagnostics").iterdir())

#: Codes without a case here, and where they are tested.
ELSEWHERE = {
    Code.CONCORDANCE: "the data files of lists have tests of their own, test_concordances.py",
    Code.PDF: "needs the PDF's builder, test_print_builder.py",
    Code.OUTPUT: "needs a file that is in use, test_themes.py",
    Code.LATEX: "needs the builder of LaTeX, test_latex_notes.py",
    Code.POLICY: "needs the pages of HTML, test_html.py",
}


def lay_over(folder: Path, case: str) -> Project:
    """The project of a case."""
    return Project.at(folder / "project", "bare", f"diagnostics/{case}")


def plain(messages: str, folder: Path) -> str:
    """Messages without the folder they are about."""
    return messages.replace(f"{folder}/", "").replace(str(folder), "")


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_told_with_its_place_and_fails_the_build(tmp_path: Path, case: str) -> None:
    project = lay_over(tmp_path, case)
    result = project.build("-W", "--keep-going", builder="dummy")
    said = plain(result.messages, project.folder)
    golden = ROOTS / "diagnostics" / case / "expected.txt"
    if os.environ.get("APPARATUS_REGENERATE"):
        golden.write_text(said, "utf-8")
    assert said == golden.read_text("utf-8")
    assert result.status != 0
    assert "Traceback" not in said + result.said


@pytest.mark.parametrize("case", [case for case in CASES if not case.startswith("foreign")])
def test_a_message_names_code_file_and_line(case: str) -> None:
    code = case.partition(".")[0]
    said = (ROOTS / "diagnostics" / case / "expected.txt").read_text("utf-8").splitlines()
    own = [line for line in said if line.endswith(f"[ed.{code}]")]
    assert own, f"no message of the code {code}"
    for line in own:
        place = re.match(r"([\w./]+)(?::(\d+))?: (?:WARNING|ERROR): ", line)
        assert place or code == "config", line
        if place:
            assert place[2] or place[1].endswith(("SHA256SUMS", "register.json")), f"no line is named: {line}"


def test_every_code_has_a_case() -> None:
    covered = {case.partition(".")[0] for case in CASES} - {"foreign"}
    assert {code.value for code in Code} == covered | {code.value for code in ELSEWHERE}
    assert not covered & {code.value for code in ELSEWHERE}


def test_every_code_says_what_it_means_and_what_to_do() -> None:
    for code in Code:
        assert code.explanation.endswith(".")
        assert code.remedy.endswith(".")
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code.value)


def test_without_a_mistake_nothing_is_said(project: Project) -> None:
    result = project.build("-W", "--keep-going", builder="dummy")
    assert (result.status, result.messages) == (0, "")


def test_one_code_can_be_silenced(tmp_path: Path) -> None:
    project = lay_over(tmp_path, "uncited")
    project.write("conf.py", project.read("conf.py") + 'suppress_warnings = ["ed.uncited"]\n')
    result = project.build("-W", builder="dummy")
    assert (result.status, result.messages) == (0, "")


def test_the_remedy_that_is_told_heals(tmp_path: Path) -> None:
    project = lay_over(tmp_path, "lemma-ambiguous")
    said = project.build("-W", "--keep-going", builder="dummy").messages
    remedies = re.findall(r"\(write (:(?:prefix|suffix): [^)]*)\)", said)
    assert len(remedies) == 2
    for remedy in remedies:
        page = project.read("moon.md")
        project.write("moon.md", page.replace(":lemma: moon\n", f":lemma: moon\n{remedy}\n"))
        result = project.build("-W", builder="dummy")
        assert (result.status, result.messages) == (0, "")
        project.write("moon.md", page)


def test_a_text_that_changes_after_a_build_stops_the_next(project: Project) -> None:
    assert project.build("-W").status == 0
    page = project.read("_build/moon.html")
    project.replace("texts/moon.txt", "midnight", "noon")
    result = project.build("-W")
    assert result.status == 2
    assert "moon.txt has changed" in result.messages
    assert "[ed.text-checksum]" in result.messages
    assert "Traceback" not in result.messages
    assert project.read("_build/moon.html") == page


def test_a_command_tells_it_without_colours_where_nobody_sees_them(tmp_path: Path) -> None:
    project = lay_over(tmp_path, "option.certainty")
    command = "import sys; from sphinx_apparatus.cli import main; sys.exit(main())"
    told = subprocess.run(
        [sys.executable, "-c", command, "check", str(project.folder)], capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert ":certainty: is one of" in told.stderr
    assert "\x1b" not in told.stdout + told.stderr


@pytest.mark.parametrize("command", [["check"], ["lines", "--check"], ["release", "--check"]])
def test_a_command_ends_with_what_a_build_stops_at(
    project: Project, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """A changed text is no wrong call, which would be 2."""
    project.replace("texts/moon.txt", "midnight", "noon")
    assert commands([*command, str(project.folder)]) == 1
    assert "it was not read to its end" in capsys.readouterr().err
