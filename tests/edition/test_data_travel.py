"""What is offered as data is the whole edition: whoever has the archive alone can build it again."""

from __future__ import annotations

import csv
import dataclasses
import re
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from lxml import etree, html

from four_texts import FILES, SEEDS, TEXTS
from once import once
from projects import sphinx_build
from reading import emended, printed
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.sphinx_ext.domain import edition_of

#: Where an annotation is written, and with which mark-up, is no part of what it says.
_WHERE = {"docname", "line", "written"}


def said(annotations: Mapping[str, Annotation]) -> dict[str, dict[str, object]]:
    """What annotations say, field by field."""
    return {
        identifier: {f.name: getattr(one, f.name) for f in dataclasses.fields(one) if f.name not in _WHERE}
        for identifier, one in annotations.items()
    }


@pytest.fixture(scope="session")
def archive(edition: Path) -> Path:
    """The archive that the site offers."""
    (found,) = (edition / "data").glob("*.zip")
    return found


@pytest.fixture(scope="session")
def rebuilt(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project made of the archive, in a folder with nothing else, and its pages."""

    def make(folder: Path) -> None:
        given = Path(shutil.copy(archive, folder))
        assert main(["import", str(given), str(folder / "new")]) == 0
        result = sphinx_build(folder / "new", folder / "html", "-b", "html", "-W", "--keep-going")
        assert result.status == 0, result.messages

    return once(tmp_path_factory, "rebuilt", make)


def test_the_archive_gives_the_texts_back(rebuilt: Path, edition: Path) -> None:
    """Byte for byte as files, character for character on the pages, as printed and as emended."""
    for siglum, page in TEXTS.items():
        content = (SEEDS / FILES[siglum]).read_bytes()
        assert (rebuilt / "new" / "texts" / FILES[siglum]).read_bytes() == content
        before, after = ((folder / f"texts/{page}.html").read_bytes() for folder in (edition, rebuilt / "html"))
        assert printed(after, siglum) == printed(before, siglum) == content.decode()
        assert emended(after) == emended(before)


def test_the_archive_gives_every_annotation_back(rebuilt: Path, annotations: dict[str, Annotation]) -> None:
    """All fields, and the lines of the edition."""
    found = edition_of(read_project(rebuilt / "new").env)
    assert said(found.annotations) == said(annotations)
    assert {one.editor: found.editors[one.editor] for one in found.in_order} == {"ed": "The editors"}


def words_of(page: Path) -> list[list[str]]:
    """What a page of an annotation says of it.

    Works that are cited together stand in the order of the bibliography, which each edition has for itself.
    """
    main_ = html.fromstring(page.read_bytes()).find(".//main")
    parts = main_.xpath("./h1 | ./p[@class='ed-kind'] | ./blockquote | ./dl[@class='ed-said']")
    parts += main_.xpath("./div[@class='ed-note-body']")
    return [sorted(re.findall(r"\w+|[^\w\s]", part.text_content())) for part in parts]


def test_the_pages_of_annotations_say_the_same(
    rebuilt: Path, edition: Path, annotations: dict[str, Annotation]
) -> None:
    for identifier in annotations:
        page = f"corrections/{identifier}.html"
        before = words_of(edition / page)
        assert len(before) == 5
        assert words_of(rebuilt / "html" / page) == before, identifier


def test_the_pages_of_texts_say_the_same(rebuilt: Path, edition: Path) -> None:
    """Lines, entries in the margin and notes; but for the connections, which lists of this edition make."""
    for page in TEXTS.values():
        both = []
        for folder in (edition, rebuilt / "html"):
            whole = html.fromstring((folder / "texts" / f"{page}.html").read_bytes())
            (text,) = whole.xpath("//div[starts-with(@class,'ed-text')]")
            for connections in text.xpath(".//details[contains(@class, 'ed-cx')]"):
                connections.drop_tree()
            both.append(sorted(re.findall(r"\w+|[^\w\s]", text.text_content())))
        assert both[0] == both[1]


@pytest.mark.parametrize("name", ["annotations.jsonld", "annotations.csv"])
def test_annotations_alone_give_every_annotation_back(
    name: str, edition: Path, annotations: dict[str, Annotation], tmp_path: Path
) -> None:
    given = [f"--text={siglum}={edition / 'texts' / f'{siglum}.txt'}" for siglum in TEXTS]
    given.append(f"--bib={edition / 'data' / 'bibliography.bib'}")
    assert main(["import", str(edition / "data" / name), str(tmp_path / "new"), *given]) == 0
    assert said(edition_of(read_project(tmp_path / "new").env).annotations) == said(annotations)


def test_names_and_events_travel_in_tei(edition: Path) -> None:
    """As many as the tables have that stand beside it."""
    corpus = etree.parse(edition / "data" / "edition.xml")
    for name, kinds in (("events", ["event"]), ("names", ["person", "place", "org", "object"])):
        with (edition / "data" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            rows = len(list(csv.DictReader(file)))
        assert rows == sum(1 for _ in corpus.iter(*(f"{{*}}{kind}" for kind in kinds))) > 50
