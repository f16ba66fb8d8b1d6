"""Options and arguments that no editor means, and a program may write: each is answered by a message."""

from __future__ import annotations

from pathlib import Path

import pytest

from projects import Project

TEXT = "# The Moon\n\n```{{ed:text}} moon.txt\n:siglum: M\n{}\n```\n\n{}\n"


@pytest.mark.parametrize(
    ("options", "more"),
    [
        (":headings: {}", ""),
        (":parts: 1-{} campbell1982", ""),
        (":pages: {}", ""),
        (":structure: verse\n:first: {}", ""),
        (":structure: verse\n:joined: {}", ""),
        ("", "```{{ed:specimen}} M 1-{}\n```"),
        ("", "```{{ed:note}} M1\n:lemma: midnight\n:in: ¶{}\n\nA note.\n```"),
        ("", "```{{ed:note}} M1\n:lemma: midnight\n:see: M ¶{}\n\nA note.\n```"),
    ],
)
def test_a_number_that_no_text_reaches_is_told(tmp_path: Path, options: str, more: str) -> None:
    """Python makes no number of so many figures (``sys.get_int_max_str_digits``)."""
    many = "9" * 5000
    project = Project.at(tmp_path / "project", "bare")
    project.write("moon.md", TEXT.format(options.format(many), more.format(many)))
    result = project.build(builder="dummy")
    assert result.status == 0, result.messages
    assert [line.endswith("[ed.option]") for line in result.messages.splitlines()] == [True]
