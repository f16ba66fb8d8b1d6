"""A text is what the file has, code point for code point, or it is refused."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from hypothesis import given

from sphinx_apparatus.model.text import Text, find_paragraphs
from sphinx_apparatus.stores.checksums import (
    ChecksumMismatch,
    ChecksumMissing,
    TextMissing,
    TextUndecodable,
    load_text,
    read_checksums,
)
from texts_of import strings

PARAGRAPHS = [
    ("a text without characters has no paragraph", "", []),
    ("lines end with LF", "one\ntwo\n", ["one", "two"]),
    ("lines end with CRLF", "one\r\ntwo\r\n", ["one", "two"]),
    ("lines end with CR", "one\rtwo\r", ["one", "two"]),
    ("lines end each in its own way", "one\ntwo\r\nthree\rfour", ["one", "two", "three", "four"]),
    ("the last line need not end", "one\ntwo", ["one", "two"]),
    ("blank lines are none", "\none\n\n\ntwo\n\n", ["one", "two"]),
    ("lines of white space are none", "one\n \t\xa0\u3000\ntwo", ["one", "two"]),
    ("a file of blank lines has none", "\n\r\n\r\n\n", []),
    ("a byte order mark alone is a blank line", "\ufeff\none", ["one"]),
    ("a byte order mark is part of its line", "\ufeffone\n", ["\ufeffone"]),
    ("blanks about a line are part of it", "  one \n", ["  one "]),
    ("U+2028 ends no line", "one\u2028two", ["one\u2028two"]),
    ("U+2029, U+0085, U+000B and U+000C end no line", "a\u2029b\x85c\vd\fe", ["a\u2029b\x85c\vd\fe"]),
    ("U+0000 is a character", "a\0b\n\0\n", ["a\0b", "\0"]),
    ("a combining mark alone is a character", "\u0301\n", ["\u0301"]),
    ("a line may have 100,000 characters", "x" * 100_000 + "\ny", ["x" * 100_000, "y"]),
]


@pytest.mark.parametrize(("string", "lines"), [case[1:] for case in PARAGRAPHS], ids=[case[0] for case in PARAGRAPHS])
def test_paragraphs_are_the_lines_that_are_not_blank(string: str, lines: list[str]) -> None:
    found = find_paragraphs(string)
    assert [string[paragraph.start : paragraph.end] for paragraph in found] == lines
    assert [paragraph.number for paragraph in found] == list(range(1, len(lines) + 1))


@given(strings)
def test_between_paragraphs_there_is_nothing_but_white_space(string: str) -> None:
    at = 0
    for paragraph in find_paragraphs(string):
        assert not string[at : paragraph.start].replace("\ufeff", "").strip()
        line = string[paragraph.start : paragraph.end]
        assert line.replace("\ufeff", "").strip()
        assert not set(line) & set("\r\n")
        at = paragraph.end
    assert not string[at:].replace("\ufeff", "").strip()


@given(strings)
def test_every_offset_has_the_paragraph_it_is_in(string: str) -> None:
    text = Text("M", "moon.txt", "", string)
    for paragraph in text.paragraphs:
        assert text.paragraph(paragraph.number) == paragraph
        for offset in {paragraph.start, paragraph.end - 1, paragraph.end}:
            assert text.paragraph_at(offset) == paragraph
    if not text.paragraphs:
        assert text.paragraph_at(0) is None


def _store(folder: Path, data: bytes, sha256: str | None = None) -> None:
    (folder / "moon.txt").write_bytes(data)
    (folder / "SHA256SUMS").write_text(f"{sha256 or hashlib.sha256(data).hexdigest()}  moon.txt\n")


@pytest.mark.parametrize("string", [case[1] for case in PARAGRAPHS], ids=[case[0] for case in PARAGRAPHS])
def test_a_text_is_its_bytes(tmp_path: Path, string: str) -> None:
    _store(tmp_path, string.encode())
    text = load_text("M", tmp_path, "moon.txt")
    assert text.string == string
    assert text.string.encode() == (tmp_path / "moon.txt").read_bytes()
    assert text.sha256 == hashlib.sha256(string.encode()).hexdigest()
    assert (text.siglum, text.filename) == ("M", "moon.txt")


def test_a_text_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text("")
    with pytest.raises(TextMissing, match=r"moon\.txt cannot be read .*check the file name and apparatus_text_dir"):
        load_text("M", tmp_path, "moon.txt")


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "moon.txt").mkdir()
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  moon.txt\n")
    with pytest.raises(TextMissing, match=r"moon\.txt cannot be read"):
        load_text("M", tmp_path, "moon.txt")


def test_a_text_without_checksums_says_how_to_make_them(tmp_path: Path) -> None:
    (tmp_path / "moon.txt").write_bytes(b"moon")
    with pytest.raises(ChecksumMissing, match=r"add this line to .*SHA256SUMS: [0-9a-f]{64}  moon.txt$"):
        load_text("M", tmp_path, "moon.txt")


def test_a_text_not_listed_says_which_line_to_add(tmp_path: Path) -> None:
    (tmp_path / "moon.txt").write_bytes(b"moon")
    (tmp_path / "SHA256SUMS").write_text("")
    line = f"{hashlib.sha256(b'moon').hexdigest()}  moon.txt"
    with pytest.raises(ChecksumMissing, match=f"add this line to .*SHA256SUMS: {line}$"):
        load_text("M", tmp_path, "moon.txt")
    (tmp_path / "SHA256SUMS").write_text(line + "\n")
    assert load_text("M", tmp_path, "moon.txt").string == "moon"


@pytest.mark.parametrize("line", ["moon.txt", "abc  moon.txt", "G" * 64 + "  moon.txt", "0" * 64 + "moon.txt"])
def test_a_line_that_is_no_checksum_is_named_by_its_number(tmp_path: Path, line: str) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64}  sun.txt\n{line}\n")
    with pytest.raises(ChecksumMissing, match=r"SHA256SUMS:2: not a checksum"):
        read_checksums(tmp_path / "SHA256SUMS")


def test_checksums_that_are_not_utf8_are_refused(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_bytes(b"\xff\xfe")
    with pytest.raises(ChecksumMissing, match=r"SHA256SUMS is not UTF-8; write it again"):
        read_checksums(tmp_path / "SHA256SUMS")


def test_a_checksum_may_be_in_capitals(tmp_path: Path) -> None:
    """As the tools of Windows write it."""
    (tmp_path / "SHA256SUMS").write_text(f"{'AB' * 32}  moon.txt\n")
    assert read_checksums(tmp_path / "SHA256SUMS") == {"moon.txt": "ab" * 32}


def test_the_star_of_binary_mode_is_understood(tmp_path: Path) -> None:
    (tmp_path / "SHA256SUMS").write_text(f"{'0' * 64} *two words.txt\n")
    assert read_checksums(tmp_path / "SHA256SUMS") == {"two words.txt": "0" * 64}


@pytest.mark.parametrize("change", [b"moon ", b"Moon", b"moon\n", b"\xef\xbb\xbfmoon", b""])
def test_a_text_that_changed_is_refused_with_both_checksums(tmp_path: Path, change: bytes) -> None:
    expected = hashlib.sha256(b"moon").hexdigest()
    _store(tmp_path, change, expected)
    found = hashlib.sha256(change).hexdigest()
    with pytest.raises(ChecksumMismatch, match=f"has changed: SHA256SUMS records {expected}, the file has {found}"):
        load_text("M", tmp_path, "moon.txt")


@pytest.mark.parametrize(
    ("data", "byte", "offset"),
    [
        (b"\xff", "ff", 0),
        (b"moon \xe9 set", "e9", 5),
        (b"caf\xc3", "c3", 3),
        (b"a\xed\xa0\x80", "ed", 1),
        (b"\xc0\x80", "c0", 0),
    ],
)
def test_a_text_that_is_not_utf8_names_the_byte(tmp_path: Path, data: bytes, byte: str, offset: int) -> None:
    _store(tmp_path, data)
    with pytest.raises(TextUndecodable, match=f"not UTF-8: byte 0x{byte} at offset {offset} "):
        load_text("M", tmp_path, "moon.txt")
