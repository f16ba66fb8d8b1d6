"""A text is taken in as its bytes are, if they are the bytes that were recorded."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given

from sphinx_apparatus.stores.checksums import (
    ChecksumMismatch,
    ChecksumMissing,
    TextMissing,
    TextUndecodable,
    load_text,
    read_checksums,
    verify,
)
from texts_of import strings


def recorded(folder: Path, data: bytes) -> str:
    """A text ``moon.txt`` in a folder, and its checksum, recorded there."""
    digest = hashlib.sha256(data).hexdigest()
    (folder / "moon.txt").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{digest}  moon.txt\n", "utf-8")
    return digest


@given(strings)
def test_a_text_is_every_code_point_of_its_file(tmp_path_factory: pytest.TempPathFactory, string: str) -> None:
    folder = tmp_path_factory.mktemp("texts")
    digest = recorded(folder, string.encode())
    text = load_text("M", folder, "moon.txt")
    assert (text.siglum, text.filename, text.sha256, text.string) == ("M", "moon.txt", digest, string)


def test_checksums_are_read_by_name_in_small_letters(tmp_path: Path) -> None:
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{'aB' * 32}  two words.txt\r\n{'0' * 64} *moon.txt", "utf-8", newline="")
    assert read_checksums(sums) == {"two words.txt": "ab" * 32, "moon.txt": "0" * 64}


@pytest.mark.parametrize("line", ["moon.txt", f"{'a' * 63}  moon.txt", f"{'g' * 64}  moon.txt", f"{'a' * 64}  "])
def test_a_line_that_is_no_checksum_is_named_with_its_number(tmp_path: Path, line: str) -> None:
    sums = tmp_path / "SHA256SUMS"
    sums.write_text(f"{'0' * 64}  a.txt\n{line}\n", "utf-8")
    with pytest.raises(ChecksumMissing, match=r"SHA256SUMS:2: not a checksum \(64 hexadecimal digits"):
        read_checksums(sums)


def test_checksums_that_are_not_there_or_not_utf_8_are_to_be_made(tmp_path: Path) -> None:
    with pytest.raises(ChecksumMissing, match=r"cannot be read .*; it has a line for each text"):
        read_checksums(tmp_path / "SHA256SUMS")
    (tmp_path / "SHA256SUMS").write_bytes(b"\xff")
    with pytest.raises(ChecksumMissing, match=r"is not UTF-8; write it again as UTF-8$"):
        read_checksums(tmp_path / "SHA256SUMS")


def test_a_text_that_changed_is_refused_with_both_checksums(tmp_path: Path) -> None:
    expected = recorded(tmp_path, b"moon")
    assert verify(tmp_path / "moon.txt", expected) == b"moon"
    (tmp_path / "moon.txt").write_bytes(b"moon\n")
    found = hashlib.sha256(b"moon\n").hexdigest()
    with pytest.raises(ChecksumMismatch) as caught:
        load_text("M", tmp_path, "moon.txt")
    assert str(caught.value) == (
        f"{tmp_path / 'moon.txt'} has changed: SHA256SUMS records {expected}, the file has {found}; "
        "restore the file (a text of the edition is never edited); or, if the text was not published yet and this is "
        f"what it should be, write this line in its place: {found}  moon.txt"
    )


def test_a_text_that_is_not_listed_says_which_line_to_add(tmp_path: Path) -> None:
    recorded(tmp_path, b"moon")
    (tmp_path / "sun.txt").write_bytes(b"sun")
    line = f"{hashlib.sha256(b'sun').hexdigest()}  sun.txt"
    with pytest.raises(ChecksumMissing, match=f"^no checksum is recorded for sun.txt; .*SHA256SUMS: {line}$"):
        load_text("S", tmp_path, "sun.txt")


@pytest.mark.parametrize("listed", [True, False])
@pytest.mark.parametrize("folder", [True, False])
def test_a_text_that_is_not_there_or_a_folder_cannot_be_read(tmp_path: Path, listed: bool, folder: bool) -> None:
    if folder:
        (tmp_path / "moon.txt").mkdir()
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  moon.txt\n" if listed else "", "utf-8")
    with pytest.raises(TextMissing, match=r"moon\.txt cannot be read .*; check the file name and apparatus_text_dir$"):
        load_text("M", tmp_path, "moon.txt")


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"caf\xe9 x", r"byte 0xe9 at offset 3 \(invalid continuation byte\)"),
     (b"\xff", r"byte 0xff at offset 0 \(invalid start byte\)"),
     (b"moon\xc3", r"byte 0xc3 at offset 4 \(unexpected end of data\)")],
)  # fmt: skip
def test_a_text_that_is_not_utf_8_names_the_byte(tmp_path: Path, data: bytes, said: str) -> None:
    recorded(tmp_path, data)
    with pytest.raises(TextUndecodable, match=f"is not UTF-8: {said}; keep the original, and write it again as UTF-8"):
        load_text("M", tmp_path, "moon.txt")


def test_blank_lines_among_checksums_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"\n{'0' * 64}  a.txt\n \n", "utf-8")
    assert read_checksums(tmp_path / "SHA256SUMS") == {"a.txt": "0" * 64}


def test_a_text_outside_its_folder_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    recorded(tmp_path, b"moon")
    with pytest.raises(TextMissing, match=r"\.\./moon\.txt is not below .*texts; put the text into that folder"):
        load_text("M", tmp_path / "texts", "../moon.txt")
