"""Tables of others, as spreadsheets write them: each row is taken, or told with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinx_apparatus.cli import main
from taking import TEXT, imported, take_beside


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "content",
    [
        'old;new;note\r\nfar;near;"so; “so”\r\nso"\r\n',
        'sep=;\r\nold;new;note\r\nfar;near;"so; “so”\r\nso"\r\n',
        '"old";"new";"note"\r\n"far";"near";"so; “so”\r\nso"\r\n',
        '"old"\t"new"\t"note"\r\n"far"\t"near"\t"so; “so”\r\nso"\r\n',
        'old\tnew\tnote\r\nfar\tnear\t"so; “so”\r\nso"\r\n',
        ' Old ,NEW,note,,\r\nfar,near,"so; “so”\r\nso",,\r\n,,,,\r\n  \r\n',
    ],
)
def test_a_table_as_spreadsheets_write_it(tmp_path: Path, content: str, encoding: str) -> None:
    (tmp_path / "t.txt").write_bytes(TEXT.encode())
    (tmp_path / "in.csv").write_bytes(content.encode(encoding))
    assert main(["import", str(tmp_path / "in.csv"), str(tmp_path / "new"), f"--text={tmp_path / 't.txt'}"]) == 0
    (one,) = imported(tmp_path / "new").values()
    assert (one.lemma, one.reading, one.body) == ("far", "near", "so; “so” so")


@pytest.mark.parametrize(
    ("content", "status", "says"),
    [
        ('old,new\nfar,"near\nmoon,x\n', 2, "in.csv:2: unexpected end"),
        ('old,new\n"far"x,near\n', 2, "in.csv:2: "),
        ("old,lemma\nfar,near\n", 2, "in.csv:1: two columns are called lemma"),
        ("far,near\n", 2, "in.csv:1: no column is called old"),
        ("old,new,see\nfar,near,foo bar\n", 0, "in.csv:2: see: foo bar"),
        ("old,new,colour\nfar,near,red\n", 0, "in.csv:1: these columns are not known: colour"),
        ("old,new,start,end\nfar,near,1.0,x\n", 1, "in.csv:2: left out: start and end"),
        ("old,new,place\nmon,moon,99\n", 1, "in.csv:2: left out: text A has ¶1 to ¶1"),
        ("old,note\nfar,\n", 1, "in.csv:2: left out: it says nothing"),
        ("old,note,source\nfar,x,key\n", 0, "in.csv:2: source and wording go together"),
    ],
)
def test_a_table_that_is_not_tidy_is_told(
    tmp_path: Path, content: str, status: int, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found, folder = take_beside(tmp_path, content, "in.csv")
    assert found == status
    assert says in capsys.readouterr().err
    if status < 2:
        imported(folder)


def test_a_row_that_ends_early_deletes_as_one_with_an_empty_cell(tmp_path: Path) -> None:
    _, folder = take_beside(tmp_path, "old,new\n far\n", "in.csv")
    (one,) = imported(folder).values()
    assert (one.layer.name, one.reading) == ("emendation", "")


def test_a_number_that_is_given_is_none_that_is_withdrawn(tmp_path: Path) -> None:
    (tmp_path / "withdrawn.csv").write_text("id,version,reason\nA1,1.0,It was wrong.\n", "utf-8")
    status, folder = take_beside(tmp_path, "id,old,new\n,far,near\n", "in.csv")
    assert status == 0
    assert list(imported(folder)) == ["A2"]


def test_an_id_that_is_withdrawn_twice_is_told_with_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "withdrawn.csv").write_text("id,version,reason\nA1,1.0,It was wrong.\nA1,1.1,Again.\n", "utf-8")
    _, folder = take_beside(tmp_path, "id,old,new\n,far,near\n", "in.csv")
    assert "withdrawn.csv:3: left out: A1 is withdrawn twice; the first is kept" in capsys.readouterr().err
    pages = "".join(path.read_text("utf-8") for path in folder.rglob("*.md"))
    assert pages.count("{ed:tombstone} A1") == 1
    assert "It was wrong." in pages
