"""The tag tree of a PDF, with the text below each tag (ISO 32000-1, 14.7 and 14.8).

Poppler's ``pdfinfo -struct-text`` tells the same, but in time that grows with the square of
the pages; a book of two hundred takes it minutes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from requires import lacking


class Tag(NamedTuple):
    """A node in reading order: its depth and its type, or of text, without type, the characters."""

    depth: int
    type: str
    string: str


def tags(path: Path) -> Iterator[Tag]:
    """The tree of a file."""
    try:
        import pikepdf
    except ImportError:
        lacking("pikepdf (dependency group pdf)")
    with pikepdf.open(path) as pdf:
        pages = {page.obj.objgen: _marked(pikepdf, page) for page in pdf.pages}
        yield from _walk(pikepdf, pdf.Root.StructTreeRoot.K, pages, (0, 0), 0)


def _walk(pikepdf: Any, kids: Any, pages: dict[Any, dict[int, str]], page: Any, depth: int) -> Iterator[Tag]:
    if isinstance(kids, int):
        string = pages.get(page, {}).get(kids, "")
        if string:
            yield Tag(depth, "", string)
        return
    if isinstance(kids, pikepdf.Array):
        for kid in kids:
            yield from _walk(pikepdf, kid, pages, page, depth)
        return
    if "/Pg" in kids:
        page = kids.Pg.objgen
    if "/S" in kids:
        yield Tag(depth, str(kids.S)[1:], "")
        if "/K" in kids:
            yield from _walk(pikepdf, kids.K, pages, page, depth + 1)
    elif "/MCID" in kids:
        yield from _walk(pikepdf, int(kids.MCID), pages, page, depth)


def _marked(pikepdf: Any, page: Any) -> dict[int, str]:
    """The characters of each marked-content sequence of a page."""
    fonts = {name: _unicode(font) for name, font in (page.resources.get("/Font") or {}).items()}
    found: dict[int, str] = {}
    #: for each open sequence its number, if it has one, and the text that replaces its glyphs
    opened: list[tuple[int | None, bool]] = []
    font: dict[bytes, str] = {}
    operators = "BDC BMC EMC Tf Tj TJ"
    for operands, operator in pikepdf.parse_content_stream(page, operators):
        name = str(operator)
        if name in ("BDC", "BMC"):
            properties = operands[1] if name == "BDC" else {}
            number = int(properties["/MCID"]) if "/MCID" in properties else None
            replaced = "/ActualText" in properties
            opened.append((number, replaced))
            if number is not None:
                found.setdefault(number, "")
            if replaced:
                _put(found, opened, str(properties["/ActualText"]))
        elif name == "EMC":
            opened.pop()
        elif name == "Tf":
            font = fonts[str(operands[0])]
        elif not any(replaced for _, replaced in opened):
            for piece in operands[0] if name == "TJ" else operands:
                if isinstance(piece, pikepdf.String):
                    codes = bytes(piece)
                    _put(found, opened, "".join(font.get(codes[n : n + 2], "") for n in range(0, len(codes), 2)))
    return found


def _put(found: dict[int, str], opened: list[tuple[int | None, bool]], string: str) -> None:
    number = next((number for number, _ in reversed(opened) if number is not None), None)
    if number is not None:
        found[number] += string


def _unicode(font: Any) -> dict[bytes, str]:
    """Characters by code, from a font's ToUnicode map (ISO 32000-1, 9.10.3); codes have two bytes."""
    if "/ToUnicode" not in font:
        return {}
    table: dict[bytes, str] = {}
    source = font.ToUnicode.read_bytes().decode("latin-1")
    for block in re.findall(r"beginbfchar(.*?)endbfchar", source, re.DOTALL):
        for code, string in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]*)>", block):
            table[bytes.fromhex(code)] = bytes.fromhex(string).decode("utf-16-be")
    for block in re.findall(r"beginbfrange(.*?)endbfrange", source, re.DOTALL):
        for low, high, string in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", block):
            first = bytes.fromhex(string).decode("utf-16-be")
            for step in range(int(high, 16) - int(low, 16) + 1):
                table[(int(low, 16) + step).to_bytes(2, "big")] = first[:-1] + chr(ord(first[-1]) + step)
    return table
