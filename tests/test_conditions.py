"""What is left out is left out everywhere; what is not said is not asserted."""

from __future__ import annotations

import pytest

from projects import Project

DRAFT = """
````{only} draft
```{ed:note} M77
:lemma: Pleiades

Not for the public yet.
```
````
"""


def shows(project: Project, words: str) -> list[str]:
    """The files of the output that have some words."""
    return sorted(
        path.relative_to(project.out).as_posix()
        for path in project.out.rglob("*")
        if path.is_file() and not path.is_relative_to(project.out / "_sources") and words.encode() in path.read_bytes()
    )


@pytest.mark.parametrize("builder", ["html", "text", "dirhtml"])
def test_what_only_leaves_out_is_in_no_output(project: Project, builder: str) -> None:
    project.write("moon.md", project.read("moon.md") + DRAFT)
    result = project.build("-W", builder=builder)
    assert (result.status, result.messages) == (0, "")
    assert shows(project, "Not for the public") == []
    assert shows(project, "M77") == []


def test_what_only_lets_in_is_as_if_it_stood_alone(project: Project) -> None:
    project.write("moon.md", project.read("moon.md") + DRAFT)
    assert project.build("-W", "-t", "draft").status == 0
    assert "corrections/M77.html" in shows(project, "Not for the public")
    assert "moon.html" in shows(project, "Not for the public")


def test_a_tag_that_changes_is_seen_by_the_next_build(project: Project) -> None:
    project.write("moon.md", project.read("moon.md") + DRAFT)
    assert project.build("-W", "-t", "draft").status == 0
    assert project.build("-W").status == 0
    assert shows(project, "Not for the public") == []
    assert not (project.out / "corrections" / "M77.html").exists()
    assert project.build("-W", "-t", "draft").status == 0
    assert "corrections/M77.html" in shows(project, "Not for the public")


def test_ifconfig_decides_as_only_does(project: Project) -> None:
    project.replace("conf.py", "extensions = [", 'extensions = ["sphinx.ext.ifconfig", ')
    block = DRAFT.replace("{only} draft", "{ifconfig} apparatus_short == 'ZZ'")
    project.write("moon.md", project.read("moon.md") + block)
    assert project.build("-W").status == 0
    assert shows(project, "Not for the public") == []
    assert project.build("-W", "-D", "apparatus_short=ZZ").status == 0
    assert "corrections/M77.html" in shows(project, "Not for the public")


def test_a_text_that_only_leaves_out_takes_its_pages_with_it(project: Project) -> None:
    page = "# Sun\n\n````{only} draft\n```{ed:text} sun.txt\n:siglum: S\n```\n````\n"
    project.add_page("sun", page, b"The sun has set.\n")
    assert project.build("-W").status == 0
    assert not (project.out / "passages" / "S.html").exists()
    assert project.build("-W", "-t", "draft").status == 0
    assert (project.out / "passages" / "S.html").exists()


def test_a_condition_that_asks_for_the_output_is_told_and_leaves_out(project: Project) -> None:
    project.write("moon.md", project.read("moon.md") + DRAFT.replace("only} draft", "only} html"))
    result = project.build()
    assert "M77 stands under only 'html', which asks for the output" in result.messages
    assert "[ed.condition]" in result.messages
    assert shows(project, "Not for the public") == []


def test_a_note_within_a_note_is_told(project: Project) -> None:
    inner = "````{ed:note} M76\n:lemma: midnight\n\nOuter.\n\n```{ed:note} M77\n:lemma: Pleiades\n\nInner.\n```\n````\n"
    project.write("moon.md", project.read("moon.md") + "\n" + inner)
    assert "M77 stands within M76" in project.build(builder="dummy").messages


def test_a_quotation_that_held_a_note_leaves_no_empty_box(project: Project) -> None:
    note = "\n> ```{ed:note} M77\n> :lemma: Pleiades\n>\n> In a quotation.\n> ```\n"
    project.write("moon.md", project.read("moon.md") + note)
    assert project.build("-W").status == 0
    assert "<blockquote" not in project.read("_build/moon.html")


def test_a_text_that_cannot_be_read_is_told_once(project: Project) -> None:
    project.replace("moon.md", ":siglum: M\n", ":siglum: M\n:structure: stanza\n")
    result = project.build(builder="dummy")
    assert ":structure: is one of line, paragraph, verse, drama" in result.messages
    assert "is not on this page" not in result.messages
    assert "is gone" not in result.messages


def test_nothing_that_is_not_stated_is_printed(project: Project) -> None:
    project.write("moon.md", project.read("moon.md") + "\n```{ed:note} M77\n:lemma: Pleiades\n\nStars.\n```\n")
    assert project.build("-W").status == 0
    own = project.read("_build/corrections/M77.html")
    assert "Certainty" not in own
    assert "Evidence" not in own
    card = project.read("_build/moon.html").partition('id="M77"')[2].partition("</div>")[0]
    assert "certainty" not in card
    assert "evidence" not in card


def test_the_next_free_id_is_named_and_where_the_first_stands(project: Project) -> None:
    again = "\n```{ed:note} M1\n:lemma: Pleiades\n\nStars.\n```\n\n```{ed:note} M90\n:lemma: Pleiades\n\nStars.\n```\n"
    project.write("moon.md", project.read("moon.md") + again)
    said = project.build(builder="dummy").messages
    assert "M1: this id is given twice, first in line " in said
    assert "the next free one is M91" in said


@pytest.mark.parametrize("form", ["{upper}  moon.txt\n", "\ufeff{sum}  moon.txt\r\n\r\n", "{sum} *moon.txt"])
def test_checksums_are_taken_as_any_tool_writes_them(project: Project, form: str) -> None:
    sums = project.read("texts/SHA256SUMS").splitlines()
    digest = next(line.split()[0] for line in sums if line.endswith("moon.txt"))
    others = "".join(f"\n{line}" for line in sums if not line.endswith("moon.txt"))
    project.write("texts/SHA256SUMS", form.format(sum=digest, upper=digest.upper()) + others)
    assert project.build("-W", builder="dummy").status == 0


def test_no_file_outside_the_folder_of_the_texts_is_a_text(project: Project) -> None:
    project.replace("moon.md", "{ed:text} moon.txt", "{ed:text} ../conf.py")
    said = project.build(builder="dummy").messages
    assert "../conf.py is not below texts" in said.replace(f"{project.folder}/", "")
