"""What an output keeps of what it wrote: unchanged files are left, those that nothing wants are removed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.stores import upkeep
from sphinx_apparatus.stores.atomic import all_or_nothing, write
from sphinx_apparatus.stores.upkeep import Upkeep


def build(out: Path, files: dict[str, str], group: str = "M", *, fails_at: str = "") -> list[str]:
    """Write the files of a group, each from its content; returns those that had to be written."""
    written: list[str] = []
    with Upkeep(out, group) as kept:
        for name, content in files.items():
            if kept.changed(content, name):
                if name == fails_at:
                    raise RuntimeError(name)
                kept.write(name, content)
                written.append(name)
    return written


def there(out: Path) -> dict[str, str]:
    """The files of an output, but for the records."""
    return {
        str(path.relative_to(out)): path.read_bytes().decode()
        for path in sorted(out.rglob("*"))
        if path.is_file() and upkeep.FOLDER not in path.parts
    }


def test_what_did_not_change_is_not_written(tmp_path: Path) -> None:
    files = {"corrections/M1.html": "one\r\n", "corrections/M2.html": "zwei ¶\n"}
    assert build(tmp_path, files) == list(files)
    assert build(tmp_path, files) == []
    assert there(tmp_path) == files
    files["corrections/M2.html"] = "two"
    assert build(tmp_path, files) == ["corrections/M2.html"]
    assert there(tmp_path) == files


def test_a_file_that_somebody_removed_is_written_again(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": "a", "b.html": "b"})
    (tmp_path / "a.html").unlink()
    assert build(tmp_path, {"a.html": "a", "b.html": "b"}) == ["a.html"]


def test_files_made_from_the_same_are_written_together(tmp_path: Path) -> None:
    for expected in (True, False):
        with Upkeep(tmp_path, "M") as kept:
            assert kept.changed(7, "a", "b") is expected
            if expected:
                kept.write("a", "a")
                kept.write("b", "b")
    (tmp_path / "b").unlink()
    with Upkeep(tmp_path, "M") as kept:
        assert kept.changed(7, "a", "b")


def test_a_file_that_nothing_wants_is_removed_with_the_folders_that_are_empty_then(tmp_path: Path) -> None:
    build(tmp_path, {"a/b/c.html": "x", "a/d.html": "x", "e/f/g.html": "x", "index.html": "x"})
    build(tmp_path, {"a/d.html": "x", "index.html": "x"})
    assert sorted(there(tmp_path)) == ["a/d.html", "index.html"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [upkeep.FOLDER, "a", "index.html"]
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["d.html"]


def test_a_group_may_count_files_that_others_write(tmp_path: Path) -> None:
    (tmp_path / "M1.html").write_text("x")
    with Upkeep(tmp_path, "M") as kept:
        kept.expect("M1.html", "M2.html")
    with Upkeep(tmp_path, "M") as kept:
        kept.expect("M2.html")
    assert there(tmp_path) == {}


def test_a_file_written_without_being_asked_about_is_of_the_group(tmp_path: Path) -> None:
    with Upkeep(tmp_path, "M") as kept:
        kept.write("list.html", "x")
    build(tmp_path, {})
    assert there(tmp_path) == {}


def test_groups_do_not_touch_each_other(tmp_path: Path) -> None:
    build(tmp_path, {"M1.html": "x"}, "M")
    build(tmp_path, {"B1.html": "x"}, "B")
    assert upkeep.groups(tmp_path) == ["B", "M"]
    build(tmp_path, {}, "M")
    assert list(there(tmp_path)) == ["B1.html"]
    upkeep.forget(tmp_path, "B")
    assert there(tmp_path) == {}
    assert upkeep.groups(tmp_path) == ["M"]


def test_a_group_of_which_nothing_is_known_is_forgotten_without_harm(tmp_path: Path) -> None:
    upkeep.forget(tmp_path, "Q")
    assert upkeep.groups(tmp_path) == []


def test_after_a_failure_everything_is_written_anew(tmp_path: Path) -> None:
    files = {"a.html": "a", "b.html": "b"}
    build(tmp_path, files)
    with pytest.raises(RuntimeError):
        build(tmp_path, {"a.html": "a", "b.html": "B"}, fails_at="b.html")
    assert build(tmp_path, files) == ["a.html", "b.html"]


def test_after_a_failure_what_nothing_wants_is_still_removed(tmp_path: Path) -> None:
    build(tmp_path, {"a.html": "a", "gone.html": "x"})
    with pytest.raises(RuntimeError):
        build(tmp_path, {"new.html": "n", "a.html": "A"}, fails_at="a.html")
    build(tmp_path, {"a.html": "A"})
    assert there(tmp_path) == {"a.html": "A"}


def test_a_failure_whose_record_cannot_be_written_is_told_as_what_it_is(tmp_path: Path) -> None:
    (tmp_path / upkeep.FOLDER).write_text("a file where the folder should be")
    with pytest.raises(RuntimeError, match=r"^a\.html$"):
        build(tmp_path, {"a.html": "a"}, fails_at="a.html")


names = st.sampled_from(["a.html", "b.html", "c/a.html", "c/d/a.html"])
builds = st.lists(st.dictionaries(names, st.sampled_from("xyz")), min_size=1, max_size=4)


@given(builds, st.sets(names))
def test_an_output_made_step_by_step_is_one_made_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[dict[str, str]], lost: set[str]
) -> None:
    step_by_step, at_once = tmp_path_factory.mktemp("out"), tmp_path_factory.mktemp("out")
    for files in steps[:-1]:
        build(step_by_step, files)
    for name in lost:
        (step_by_step / name).unlink(missing_ok=True)
    build(step_by_step, steps[-1])
    build(at_once, steps[-1])
    assert there(step_by_step) == there(at_once) == dict(sorted(steps[-1].items()))
    records = [json.loads((out / upkeep.FOLDER / "M.json").read_text()) for out in (step_by_step, at_once)]
    assert records[0] == records[1]


@pytest.mark.parametrize("record", ["", "[]", "{", "7"])
def test_a_record_that_is_none_says_nothing(tmp_path: Path, record: str) -> None:
    build(tmp_path, {"a.html": "a"})
    (tmp_path / upkeep.FOLDER / "M.json").write_text(record)
    assert build(tmp_path, {"a.html": "a"}) == ["a.html"]


def test_what_pages_show_is_remembered_and_is_no_group(tmp_path: Path) -> None:
    assert upkeep.read_record(tmp_path, "shown") == {}
    upkeep.write_record(tmp_path, "shown", {"moon": "ab", "index": "cd"})
    assert upkeep.read_record(tmp_path, "shown") == {"moon": "ab", "index": "cd"}
    assert upkeep.groups(tmp_path) == []


def test_a_fingerprint_tells_values_apart_and_takes_any_characters() -> None:
    values = [1, "1", (1,), "\ud800", None, ""]
    assert len({upkeep.fingerprint(value) for value in values}) == len(values)
    assert upkeep.fingerprint(("a", 1)) == upkeep.fingerprint(("a", 1))


def test_a_file_is_written_whole_with_its_folders_and_only_if_it_changed(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b.txt"
    assert write(path, "¶\r\n") is True
    assert path.read_bytes() == "¶\r\n".encode()
    assert path.stat().st_mode & 0o777 == 0o644
    assert write(path, "¶\r\n".encode()) is False
    assert write(path, b"") is True
    assert path.read_bytes() == b""


def test_a_file_that_cannot_be_written_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="directory"):
        write(tmp_path / "a", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def written(paths: list[Path], said: str, stop: BaseException | None = None) -> None:
    """Write into files, all or none; then it is stopped."""
    with all_or_nothing(paths):
        for path in paths:
            write(path, said)
        if stop is not None:
            raise stop


@pytest.mark.parametrize("stop", [OSError(), KeyboardInterrupt()])
def test_of_several_files_all_are_written_or_none(tmp_path: Path, stop: BaseException) -> None:
    files = [tmp_path / "there.txt", tmp_path / "a" / "b" / "new.txt"]
    write(files[0], "before")
    with pytest.raises(type(stop)):
        written(files, "after", stop)
    assert [(path.name, path.read_text("utf-8")) for path in tmp_path.iterdir()] == [("there.txt", "before")]
    written(files, "after")
    assert [path.read_text("utf-8") for path in files] == ["after", "after"]


def test_a_folder_that_is_in_the_way_is_left(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    with pytest.raises(IsADirectoryError):
        written([tmp_path / "b" / "new.txt", tmp_path / "a"], "after")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
