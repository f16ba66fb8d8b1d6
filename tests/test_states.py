"""Each released state of an annotation is kept, can be read, and says what the next one changed."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from lxml import etree, html

from annotating import annotate
from projects import Project
from sphinx_apparatus.cli.release import main, with_changes
from sphinx_apparatus.model.state import Run, added, difference, state_of, version_order
from sphinx_apparatus.stores.states import StatesError, read_states, write_states

MOON = annotate("moon", 0, 4, "sun", id="M7", body="It was the [@page1955] sun.", cites=("page1955",))
CHANGELOG = "# Changes\n\n## 1.1 (2026-03-05)\n\n- Better.\n\n## 1.0 (2026-03-04)\n\n- First.\n"


def test_a_state_says_what_the_annotation_says() -> None:
    assert state_of(MOON, "1.0", "2026-03-05").digest == MOON.digest


def test_states_are_read_as_they_were_written(tmp_path: Path) -> None:
    state = state_of(MOON, "1.0", "2026-03-05")
    (tmp_path / "1.0.json").write_text(write_states([state], "1.0", "2026-03-05"), "utf-8")
    assert read_states(tmp_path) == {"M7": (state,)}
    assert read_states(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("wrong", ["", "[]", '{"version": "2.0", "released": "", "states": {}}', '{"version": "1.0"}'])
def test_a_file_that_has_no_states_is_told(tmp_path: Path, wrong: str) -> None:
    (tmp_path / "1.0.json").write_text(wrong, "utf-8")
    with pytest.raises(StatesError, match=r"1\.0\.json"):
        read_states(tmp_path)


def test_a_release_adds_what_is_new_or_says_something_else() -> None:
    first = state_of(MOON, "1.0", "2026-03-05")
    other = annotate("moon", 0, 4, "star", id="M7")
    assert added({}, [MOON], "1.0", "2026-03-05") == [first]
    assert added({"M7": (first,)}, [MOON], "1.1", "2026-03-06") == []
    assert [state.reading for state in added({"M7": (first,)}, [other], "1.1", "2026-03-06")] == ["star"]
    assert added({"M7": (first,)}, [MOON], "1.0", "2026-03-05") == [first], "a release made again says the same"


def test_a_difference_is_told_by_words() -> None:
    assert difference("the old moon", "the new moon") == [
        Run("", "the "), Run("del", "old"), Run("ins", "new"), Run("", " moon"),
    ]  # fmt: skip
    assert "".join(run.words for run in difference("a b", "b c") if run.mark != "ins") == "a b"
    assert "".join(run.words for run in difference("a b", "b c") if run.mark != "del") == "b c"


def test_versions_are_ordered_by_their_numbers() -> None:
    assert sorted(["1.10.0", "1.2.0", "1.2.0-rc1", "1.0"], key=version_order) == ["1.0", "1.2.0-rc1", "1.2.0", "1.10.0"]


def test_the_changelog_lists_the_ids_once() -> None:
    told = {"new": ["M2"], "changed": ["M1"], "withdrawn": []}
    said = with_changes(CHANGELOG, "1.1", told) or ""
    assert "- Better.\n- Annotations: new 1, changed 1, withdrawn 0.\n- New: M2.\n- Changed: M1.\n\n## 1.0" in said
    assert with_changes(said, "1.1", told) == said
    assert with_changes(CHANGELOG, "9.9", told) is None


def release(project: Project, version: str, hour: str) -> None:
    """Release a version, in which M1 speaks of this hour."""
    conf = re.sub(r"\nrelease = .*", "", project.read("conf.py"))
    conf = re.sub(r"\napparatus_released = .*", "", conf)
    project.write("conf.py", f'{conf}\nrelease = "{version}"\napparatus_released = "2026-03-05"')
    project.write("moon.md", re.sub(r"the \w+ goes by", f"the {hour} goes by", project.read("moon.md")))
    assert main([str(project.folder)]) == 0


def test_what_an_annotation_said_keeps_its_address(project: Project) -> None:
    project.write("CHANGELOG.md", CHANGELOG)
    project.write("conf.py", project.read("conf.py") + '\nhtml_baseurl = "https://example.org/f/"\n')
    project.write("conf.py", project.read("conf.py") + 'exclude_patterns += ["CHANGELOG.md"]\n')
    release(project, "1.0", "hour")
    release(project, "1.1", "night")
    assert "- Changed: M1." in project.read("CHANGELOG.md")
    result = project.build("-W")
    assert result.status == 0, result.messages
    page = html.parse(project.out / "corrections" / "M1" / "1.0.html")
    assert "as of version 1.0" in page.findtext(".//title")
    assert (page.findtext(".//del"), page.findtext(".//ins")) == ("hour", "night")
    assert page.xpath("//a[@href='../M1.html']")
    assert page.xpath("//link[@rel='cite-as']/@href") == ["https://example.org/f/corrections/M1/1.0.html"]
    own = html.parse(project.out / "corrections" / "M1.html")
    assert own.xpath("//ol[@class='ed-states']//a/@href") == ["M1/1.1.html", "M1/1.0.html"]
    digest = json.loads(project.read("states/1.1.json"))["states"]["M1"]
    assert digest["reading"] == "the night goes by"
    assert "changed reading" in " ".join(own.find(".//ol[@class='ed-states']").text_content().split())
    atom = etree.parse(project.out / "changes.atom")
    titles = [entry.text for entry in atom.iter("{*}title")]
    assert any(str(title).startswith("M1 changed in 1.1") for title in titles)
    feed = json.loads(project.read("_build/changes.json"))
    assert feed["items"][0]["url"] == "https://example.org/f/corrections/M1/1.1.html"
    assert html.parse(project.out / "index.html").xpath("//link[@rel='alternate']/@href") == [
        "changes.atom", "changes.json",
    ]  # fmt: skip


def test_a_citation_names_version_and_digest(project: Project) -> None:
    project.write("conf.py", project.read("conf.py") + '\napparatus_short = "FR"\n')
    assert project.build("-W").status == 0
    said = json.loads(project.read("_build/corrections/M1.json"))[0]["note"]
    page = html.parse(project.out / "corrections" / "M1.html")
    assert said.startswith("FR M1 0, ")
    assert said.rpartition(", ")[2] in page.xpath("string(//section[@aria-labelledby='cite']//code)")
