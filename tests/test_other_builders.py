"""Builders that do not show an edition themselves get paragraphs and footnotes, and lose nothing."""

from __future__ import annotations

import re

import pytest

from projects import Project

#: A note on words with their line end, and one on nothing but what is between two paragraphs.
ON_LINE_ENDS = """
```{ed:note} M4
:lemma: "time goes by,\\n"

To the end of the line.
```

```{ed:note} M5
:lemma: "\\n\\n"
:suffix: The moon has set again

The blank line is in the copy.
```
"""

#: How each output calls a note, and of how many the annotations are.
CALLS = {
    "text": ("moon.txt", r"(?<=\S)\[M\d\]"),
    "latex": ("moon.tex", r"\\sphinxfootnotemark\[\d+\]"),
    "epub": ("moon.xhtml", r'<a [^>]*epub:type="noteref"'),
}


@pytest.mark.parametrize("builder", CALLS)
def test_a_note_on_a_line_end_is_called_and_told(project: Project, builder: str) -> None:
    project.write("moon.md", project.read("moon.md") + ON_LINE_ENDS)
    result = project.build("-W", "-D", "project=Moon", builder=builder)
    assert (result.status, result.messages) == (0, "")
    path, call = CALLS[builder]
    said = project.read(f"_build/{path}")
    assert "To the end of the line." in said
    assert "The blank line is in the copy." in said
    assert len(re.findall(call, said)) == 5


def test_a_lemma_is_told_on_one_line_without_the_white_space_at_its_ends(project: Project) -> None:
    project.write("moon.md", project.read("moon.md") + ON_LINE_ENDS)
    assert project.build("-W", builder="text").status == 0
    said = project.read("_build/moon.txt")
    assert "[M4] *time goes by,*. Note, gloss." in said
    assert "[M5] *[…]*. Note, gloss." in said


#: An emendation within the lemma of another.
WITHIN = """
```{ed:emendation} M4
:lemma: goes
:reading: passes

Within that of M1.
```
"""


@pytest.mark.parametrize(("builder", "path"), [("text", "moon.txt"), ("epub", "moon.xhtml")])
def test_a_reading_has_the_emendations_within_it(project: Project, builder: str, path: str) -> None:
    """As the emended text has them."""
    project.write("moon.md", project.read("moon.md") + WITHIN)
    assert project.build("-W", builder=builder).status == 0
    said = project.read(f"_build/{path}")
    assert "the hour passes by" in re.sub(r"</?a[^>]*>", "", said)
    assert "the hour goes by" not in said
