"""Each released state of an annotation is kept, can be read, and says what the next one changed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest
from lxml import etree, html

from annotating import annotate
from projects import Project
from sphinx_apparatus.cli.changelog import with_changes
from sphinx_apparatus.cli.release import main
from sphinx_apparatus.model.state import Run, added, difference, state_of, version_order
from sphinx_apparatus.stores.states import StatesError, read_states, write_states

MOON = annotate("moon", 0, 4, "sun", id="M7", body="It was the [@page1955] sun.", cites=("page1955",))
CHANGELOG = "# Changes\n\n## 1.1 (2026-03-05)\n\n- Better.\n\n## 1.0 (2026-03-04)\n\n- First.\n"


#: A file of what 1.0 released; and what has to be said of an annotation.
STATE = '{"version": "1.0", "released": "2026-03-05", "states": {%s}}'
SAID = ", ".join(f'"{name}": "x"' for name in ("layer", "kind", "lemma", "certainty", "evidence", "body"))


def test_a_state_says_what_the_annotation_says() -> None:
    assert state_of(MOON, "1.0", "2026-03-05").digest == MOON.digest


def test_states_are_read_as_they_were_written(tmp_path: Path) -> None:
    state = state_of(MOON, "1.0", "2026-03-05")
    (tmp_path / "1.0.json").write_text(write_states([state], "1.0", "2026-03-05"), "utf-8")
    (tmp_path / "1.1.json").write_text(write_states([], "1.1", "2026-03-06"), "utf-8")
    assert read_states(tmp_path) == ({"M7": (state,)}, {"1.0": "2026-03-05", "1.1": "2026-03-06"})
    assert read_states(tmp_path / "nowhere") == ({}, {})


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        ("", "Expecting value"),
        pytest.param("[" * 100_000, "too deep", id="deep"),
        ("[]", "not an object"),
        ('{"version": "2.0", "released": "", "states": {}}', "it says version 2.0, and is named otherwise"),
        ('{"version": "1.0"}', "'released' is missing"),
        ('{"version": 1.0, "released": "2026-03-05", "states": {}}', "'version' is not a string: 1.0"),
        ('{"version": "1.0", "released": "2026-03-05", "states": []}', "'states' is not an object"),
        ('{"version": "1.0", "released": "soon", "states": {}}', "'soon'"),
        ('{"version": "1.0", "released": "20260305", "states": {}}', "'20260305', which is no day"),
        (STATE % '"M07": {}', "'M07' is not an id"),
        (STATE % '"M7": {}', "M7 has no "),
        (STATE % '"M7": []', "not an object: []"),
        (STATE % f'"M7": {{{SAID}}}, "M7": {{{SAID}}}', "'M7' stands twice"),
        (STATE % f'"M7": {{{SAID.replace("lemma", "gloss")}, "lemma": 7}}', "M7 has no lemma"),
        (STATE % f'"M7": {{{SAID}, "cites": "page1955"}}', "M7: cites is a list"),
        (STATE % f'"M7": {{{SAID}, "reading": ["sun"]}}', "M7: cites is a list, reading are words"),
    ],
)
def test_a_file_that_has_no_states_is_told(tmp_path: Path, wrong: str, fault: str) -> None:
    (tmp_path / "1.0.json").write_text(wrong, "utf-8")
    with pytest.raises(StatesError, match=r"1\.0\.json is no file of released states .*; restore it") as told:
        read_states(tmp_path)
    assert fault in str(told.value)


def test_a_state_may_have_no_reading_no_works_and_no_editor(tmp_path: Path) -> None:
    (tmp_path / "1.0.json").write_text(STATE % f'"M7": {{{SAID}}}', "utf-8")
    [state] = read_states(tmp_path).states["M7"]
    assert (state.lemma, state.reading, state.cites, state.editor) == ("x", None, (), "")


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
    assert sorted(["1.2", "1.2rc10", "1.1", "1.2rc2"], key=version_order) == ["1.1", "1.2rc2", "1.2rc10", "1.2"]


def test_the_changelog_lists_the_ids_once() -> None:
    told = {"new": ["M2"], "changed": ["M1"], "withdrawn": []}
    said = with_changes(CHANGELOG, "1.1", told) or ""
    assert "- Better.\n- Annotations: new 1, changed 1, withdrawn 0.\n- New: M2.\n- Changed: M1.\n\n## 1.0" in said
    assert with_changes(said, "1.1", told) == said
    assert with_changes(CHANGELOG, "9.9", told) is None
    for changelog in (CHANGELOG, "## 1.1\n", "## 1.1\n\n## 1.0\n"):
        windows = changelog.replace("\n", "\r\n")
        assert with_changes(windows, "1.1", told) == (with_changes(changelog, "1.1", told) or "").replace("\n", "\r\n")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """An edition of two releases: M1 changed in the second, M3 withdrawn by it."""
    project = Project.at(tmp_path_factory.mktemp("released") / "project")
    project.write("conf.py", project.read("conf.py") + '\nhtml_baseurl = "https://example.org/f/"\n')
    release(project, "1.0", "hour")
    moon, index = project.read("moon.md"), project.read("index.md")
    stone = "\n```{ed:tombstone} M3\n:version: 1.1\n\nIt was right & is.\n```\n"
    project.write("moon.md", moon.replace("```{ed:note} M3", "```{ed:note} M4") + stone)
    project.write("index.md", index.replace("M3", "M4"))
    release(project, "1.1", "night", "2026-03-06")
    assert project.build("-W").status == 0
    return project


@pytest.fixture
def released(kept: Project, tmp_path: Path) -> Project:
    """A copy of it, built."""
    shutil.copytree(kept.folder, tmp_path / "released")
    return Project(tmp_path / "released")


def release(project: Project, version: str, hour: str, day: str = "2026-03-05") -> None:
    """Release a version, in which M1 speaks of this hour."""
    conf = re.sub(r"\nrelease = .*", "", project.read("conf.py"))
    conf = re.sub(r"\napparatus_released = .*", "", conf)
    project.write("conf.py", f'{conf}\nrelease = "{version}"\napparatus_released = "{day}"')
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
    links = {link.get("rel"): link.get("href") for link in page.xpath("//link[contains(@rel, '-version')]")}
    assert links == {"latest-version": "../M1.html", "successor-version": "1.1.html"}
    data = json.loads(page.xpath("string(//script[@type='application/ld+json'])"))
    assert (data["@id"], data["version"]) == ("https://example.org/f/corrections/M1/1.0.html", "1.0")
    assert data["exampleOfWork"] == {"@id": "https://example.org/f/corrections/M1.html"}
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
    alternates = html.parse(project.out / "index.html").xpath("//link[@rel='alternate']/@href")
    assert {"changes.atom", "changes.json"} <= set(alternates)


def test_no_version_is_named_for_what_none_has_said(released: Project) -> None:
    """M1 is changed after the release of 1.1, and the edition still calls itself so."""
    assert "M1 1.1, " in released.read("_build/corrections/M1.json")
    released.write("moon.md", released.read("moon.md").replace("the night goes by", "the year goes by"))
    assert released.build("-W").status == 0
    for name, version in (("M1", "(not released)"), ("M2", "1.1")):
        assert f"{name} {version}, " in released.read(f"_build/corrections/{name}.json")
    assert "What stands here is not released yet." in released.read("_build/corrections/M1.html")
    assert "M1 1.1," not in released.read("_build/moon.html")


def test_every_released_version_of_an_annotation_has_an_address(released: Project) -> None:
    """M2 is in 1.1 as it was in 1.0; M3 is in no version after 1.1, which withdrew it."""
    same = html.parse(released.out / "corrections" / "M2" / "1.1.html")
    assert same.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=1.0.html"]
    assert same.xpath("//link[@rel='cite-as']/@href") == ["https://example.org/f/corrections/M2/1.0.html"]
    assert same.xpath("//a/@href") == ["1.0.html"]
    assert sorted(path.name for path in (released.out / "corrections" / "M3").iterdir()) == ["1.0.html"]
    assert "M2/1.1.html" not in released.read("_build/sitemap.xml"), "it is no page to be found"


def test_a_reader_of_feeds_follows_the_changes(released: Project) -> None:
    import feedparser

    feed = feedparser.parse(released.read("_build/changes.atom"))
    assert not feed.bozo, feed.get("bozo_exception")
    assert feed.feed.id == feed.feed.links[0].href == "https://example.org/f/changes.atom"
    assert (feed.feed.title, feed.feed.updated) == ("Fragments: changes", "2026-03-06T00:00:00Z")
    told = [
        (entry.title.partition(":")[0], entry.link.removeprefix("https://example.org/f/")) for entry in feed.entries
    ]
    assert told == [
        ("M1 changed in 1.1", "corrections/M1/1.1.html"),
        ("M4 new in 1.1", "corrections/M4/1.1.html"),
        ("M3 withdrawn in 1.1", "corrections/M3.html"),
        ("M1 new in 1.0", "corrections/M1/1.0.html"),
        ("M2 new in 1.0", "corrections/M2/1.0.html"),
        ("M3 new in 1.0", "corrections/M3/1.0.html"),
    ]
    assert len({entry.id for entry in feed.entries}) == len(told)
    assert all((released.out / address).exists() for _, address in told)
    items = json.loads(released.read("_build/changes.json"))["items"]
    assert [(one["id"], one["title"]) for one in items] == [(entry.id, entry.title) for entry in feed.entries]
    for page, up in (("index.html", ""), ("corrections/M1.html", "../"), ("corrections/M1/1.0.html", "../../")):
        links = html.parse(released.out / page).xpath("//link[@rel='alternate'][contains(@href, 'changes.')]")
        assert [(link.get("type"), link.get("href")) for link in links] == [
            ("application/atom+xml", f"{up}changes.atom"),
            ("application/feed+json", f"{up}changes.json"),
        ]


#: Who edits, and who is by himself the author of a state that the editor *ed* wrote.
WRITERS = [
    ("a person", '{"ed": {"family": "Carberry", "given": "Josiah"}}', "ed", ["Carberry, Josiah"]),
    ("another body than the editors", '{"ed": "Other Editors", "us": "We"}', "us", ["Other Editors,"]),
    ("the editors", '{"ed": "We"}', "ed", []),
]


@pytest.mark.parametrize(("editors", "default", "names"), [case[1:] for case in WRITERS], ids=[c[0] for c in WRITERS])
def test_a_state_is_by_whoever_wrote_it(released: Project, editors: str, default: str, names: list[str]) -> None:
    conf = f'{released.read("conf.py")}\napparatus_editors = {editors}\napparatus_default_editor = "{default}"\n'
    released.write("conf.py", conf)
    assert released.build("-W").status == 0
    page = html.parse(released.out / "corrections" / "M1" / "1.0.html")
    assert page.xpath("//meta[@name='citation_author']/@content") == names


def test_entries_of_a_feed_keep_their_ids(released: Project) -> None:
    """A reader of feeds shows nothing twice: what a release has told is told alike after the next."""
    before = {item["id"]: item for item in json.loads(released.read("_build/changes.json"))["items"]}
    release(released, "1.2", "dawn", "2026-03-07")
    assert released.build("-W").status == 0
    after = {item["id"]: item for item in json.loads(released.read("_build/changes.json"))["items"]}
    assert after.items() >= before.items()
    assert len(after) == len(before) + 1


def test_without_an_address_there_is_no_feed(project: Project) -> None:
    release(project, "1.0", "hour")
    assert project.build("-W").status == 0
    assert not (project.out / "changes.atom").exists()
    assert html.parse(project.out / "index.html").xpath("//link[@rel='alternate'][contains(@href, 'changes.')]") == []


def test_states_speak_the_language_of_the_edition(released: Project) -> None:
    assert released.build("-W", "-D", "language=de").status == 0
    page = html.parse(released.out / "corrections" / "M1" / "1.0.html")
    said = [" ".join(one.text_content().split()) for one in page.xpath("//dt | //title | //meta[@name='description']")]
    said += [*page.xpath("//meta/@content"), released.read("_build/changes.json")]
    english = re.compile(r"as of version|What M1 said|Note\b|Reading|Kind\b|changed|new in|: changes")
    assert [one for one in said if english.search(one)] == []
    assert "Lesart" in said


def test_a_citation_names_version_and_digest(project: Project) -> None:
    project.write("conf.py", project.read("conf.py") + '\napparatus_short = "FR"\n')
    assert project.build("-W").status == 0
    said = json.loads(project.read("_build/corrections/M1.json"))[0]["note"]
    page = html.parse(project.out / "corrections" / "M1.html")
    assert said.startswith("FR M1 0, ")
    assert said.rpartition(", ")[2] in page.xpath("string(//section[@aria-labelledby='cite']//code)")


def test_a_text_that_is_withdrawn_keeps_the_addresses_of_its_annotations(released: Project) -> None:
    """Of its words nothing is left but the lemmas, and what was said of them."""
    released.write(
        "moon.md", "# The moon\n\n```{ed:withdrawn} M\n:version: 1.2\n\nThe owner *wants* it so.\n```\n"
        "\n```{ed:tombstone} M3\n:version: 1.1\n\nIt was right.\n```\n",
    )  # fmt: skip
    released.write("index.md", "# Fragments\n\n```{toctree}\nmoon\nworks\n```\n")
    released.write("texts/SHA256SUMS", "")
    text = next(path for path in (released.folder / "texts").iterdir() if path.suffix == ".txt")
    words = text.read_text("utf-8")
    text.unlink()
    conf = released.read("conf.py").replace('release = "1.1"', 'release = "1.2"')
    released.write("conf.py", f'{conf}\nsuppress_warnings = ["ed.uncited"]\n')  # the text has cited them
    assert main([str(released.folder)]) == 0
    result = released.build("-W")
    assert (result.status, result.messages) == (0, "")
    page = html.parse(released.out / "corrections" / "M1.html")
    said = " ".join(page.find(".//main").text_content().split())
    assert "withdrawn in version 1.2" in said
    assert "The owner *wants* it so." in said
    lemma = json.loads(released.read("states/1.1.json"))["states"]["M1"]["lemma"]
    assert lemma in said
    assert "It was right." in released.read("_build/corrections/M3.html")
    assert (released.out / "corrections" / "M1" / "1.0.html").exists()
    assert not (released.out / "passages").exists()
    assert "M1 withdrawn in 1.2" in released.read("_build/changes.json")
    everything = "".join(path.read_text("utf-8") for path in released.out.rglob("*.html"))
    assert words.strip().split("\n")[0][-30:] not in everything


def test_a_text_that_was_never_published_cannot_be_withdrawn(project: Project) -> None:
    project.write("moon.md", "# The moon\n\n```{ed:withdrawn} M\n:version: 1.2\n\nThe owner wants it so.\n```\n")
    assert "no id of M was ever published (register.json); take the text away" in project.build().messages
