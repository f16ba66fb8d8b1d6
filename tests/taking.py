"""Taking over what others have made: small files, and what became of them."""

from __future__ import annotations

import dataclasses
from importlib.resources import files
from pathlib import Path

from lxml import etree

from projects import Project, sphinx_build
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.sphinx_ext.domain import edition_of

#: Where an annotation is written is no part of what it says.
_WHERE = {"docname", "line", "written"}


def said(annotations: dict[str, Annotation]) -> dict[str, dict[str, object]]:
    """What annotations say, field by field."""
    return {
        identifier: {f.name: getattr(one, f.name) for f in dataclasses.fields(one) if f.name not in _WHERE}
        for identifier, one in annotations.items()
    }


def imported(folder: Path, builder: str = "dummy") -> dict[str, Annotation]:
    """The annotations of an imported project, which must build without a warning."""
    result = sphinx_build(folder, folder / "_build", "-b", builder, "-W", "--keep-going")
    assert result.status == 0, result.messages
    return dict(edition_of(read_project(folder).env).annotations)


def taken_back(exported: Project, how: str, new: Path) -> None:
    """Import what a project has exported: the file of its data of that name, with the texts and works that it lacks."""
    data, texts = exported.out / "data", exported.out / "texts"
    given = [] if how.endswith("xml") else [f"--text=M={texts / 'M.txt'}", f"--text=O={texts / 'O.txt'}"]
    assert main(["import", str(data / how), str(new), f"--bib={data / 'bibliography.bib'}", *given]) == 0


def own_schema() -> etree.RelaxNG:
    """The RelaxNG that documents what we write."""
    return etree.RelaxNG(etree.fromstring(files("sphinx_apparatus.outputs.tei").joinpath("apparatus.rng").read_bytes()))


TEXT = "The moon has set. The mon is far, the mon is near. A moon.\n"


def tei(body: str, doctype: str = "") -> str:
    return (
        f'<?xml version="1.0"?>\n{doctype}<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt>'
        f"<title>Foreign</title></titleStmt></fileDesc></teiHeader><text><body>{body}</body></text></TEI>"
    )


def take(tmp_path: Path, content: str, *arguments: str, name: str = "in.xml") -> tuple[int, Path]:
    source = tmp_path / name
    source.write_bytes(content.encode())
    return main(["import", str(source), str(tmp_path / "new"), *arguments]), tmp_path / "new"


def take_beside(tmp_path: Path, content: str, name: str) -> tuple[int, Path]:
    """The same for a file of annotations, or a table, of a text that is given beside it."""
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    return take(tmp_path, content, f"--text={tmp_path / 't.txt'}", name=name)


def placeless(edition: Edition) -> dict[str, TextRecord]:
    """Its texts, wherever on their pages they stand."""
    return {siglum: record._replace(line=0) for siglum, record in edition.texts.items()}
