"""The last pass, over the PDF itself: named destinations, fewer bytes, boxes, what a viewer is told.

Typst sets every link to a label three times, since it asks where that is; so links were
written as addresses of their own kind, ``x:`` and a name, and become links to named
destinations here.  A name that nothing has is an error.

Of its thousands of links nearly all are changed where they stand in the bytes of the file, to others as
long: to read them one by one takes four times as long.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from xml.sax.saxutils import escape

from sphinx_apparatus.outputs.print.pages import Target

#: How far above its line a target is shown, in points.
ABOVE = 12.0


#: A link as Typst writes it, to a name in ASCII without anything that a string of PDF escapes.
_LINK = re.compile(
    rb"(/Rect\[[^\]]+\]/Border\[0 0 0\](?:/QuadPoints\[[^\]]+\])?)/A<</Type/Action/S/URI/URI\(x:([ -'*-\[\]-~]+)\)>>"
    rb"(/F 4(?:/StructParent \d+)?)/Contents\(x:\2\)"
)

_RIGHTS = '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:rights>'

#: What of a coordinate is less than a tenth of a point.
_FINE = re.compile(rb"(?<=\.\d)\d+")

#: The page of a link, where that of its element is told behind it (ISO 32000-1, table 325).
_SAME_PAGE = re.compile(rb"<</Type/OBJR(/Pg \d+ 0 R)(?=/Obj \d+ 0 R>>\]/Pg )")

#: A piece of a line as Typst draws it, mirrored twice; and how far a space is from its usual width, in thousandths of
#: an em.
_PIECE = re.compile(
    rb"q 1 0 0 -1 (\d+(?:\.\d\d)?)\d* (\S+) cm(/c\d+ cs [\d. ]+ scn)\nBT 0 Tr(/f\d+ [\d.]+ Tf) 1 0 0 -1 0 0 Tm"
    rb"(\[[^]]*\]TJ|\([^)]*\)Tj)\nET\nQ"
)
_SPACE = re.compile(rb"\)(-?\d+\.\d)\d+\(")

#: Words beside what is drawn, of more than one sign: their figures are no places.
_WORDS = re.compile(rb"(?:/Alt|Text)\((?!.\)>>)")


class DeadLink(Exception):
    """Links to what is not in the book; the message has the names."""


def finish(pdf: bytes, targets: Mapping[str, Target], crop: float = 0.0, rights: str = "") -> bytes:
    """The file as it is kept.

    ``targets`` are the destinations by name, of which a screen reader hears the part behind the page; ``crop`` is how
    far the cut page is within the sheet, in points; ``rights`` is what ``dc:rights`` says (ISO 16684-1, 8.3).  Raises
    `DeadLink`.
    """
    import pikepdf
    from pikepdf import Array, Dictionary, Name

    out, named = io.BytesIO(), set[str]()
    with TemporaryDirectory() as folder:
        # A file is read in half the time of bytes, and its bytes need not be kept.
        path = Path(folder, "book.pdf")
        others = _linked(pdf, path, named)
        with pikepdf.open(path) as file:
            pages = list(file.pages)
            if others:
                _link_others(pages, named)
            if lost := named - targets.keys():
                raise DeadLink(", ".join(sorted(lost)))
            _name(file, pages, targets)
            if "/ViewerPreferences" not in file.Root:
                file.Root.ViewerPreferences = Dictionary()
            file.Root.ViewerPreferences.PrintScaling = Name("/None")
            file.Root.PageMode = Name.UseOutlines
            _label(file)
            _read_ranges(pages)
            _shorten(pages)
            if "/Metadata" in file.Root:
                # Typst calls every file a proof; this one is the book (ISO 16684-1, 8.4).
                told = file.Root.Metadata.read_bytes().replace(b":RenditionClass>proof<", b":RenditionClass>default<")
                said = _RIGHTS.format(escape(rights)).encode() if rights else b""
                file.Root.Metadata.write(told.replace(b"</dc:title>", b"</dc:title>" + said, 1))
            for page in pages if crop else ():
                left, low, right, high = (float(edge) for edge in page.mediabox)
                cut = (left + crop, low + crop, right - crop, high - crop)
                page.obj.TrimBox = Array([round(edge, 2) for edge in cut])
            file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


def _said(name: str) -> str:
    """What a screen reader hears of a link: ``K25`` of ``texts/khan#K25``."""
    return name.rpartition("#")[2]


def _linked(pdf: bytes, path: Path, named: set[str]) -> bool:
    """Write the file with its links made in their places, whose names are put to others; whether some are left."""

    def made(link: re.Match[bytes]) -> bytes:
        name = link[2].decode("ascii")
        named.add(name)
        said = _said(name).encode("ascii")
        new = b"%b/Dest(%b)%b/Contents(%b)" % (_FINE.sub(b"", link[1]), link[2], link[3], said)
        return new.ljust(len(link[0]))

    changed = _LINK.sub(made, pdf)
    changed = _SAME_PAGE.sub(lambda part: b"<</Type/OBJR".ljust(len(part[0])), changed)
    # An element need not say that it is one (ISO 32000-1, table 323).
    changed = changed.replace(b"<</Type/StructElem/S/", b"<<                /S/")
    path.write_bytes(changed)
    # A string of other bytes may be written in hexadecimal figures.
    return any(sign in changed for sign in (b"/URI(x:", b"/URI<783A", b"/URI<783a"))


def _link_others(pages: Iterable[Any], named: set[str]) -> None:
    """Make the links that are left."""
    from pikepdf import String

    for annotation in (each for page in pages for each in page.obj.get("/Annots", ())):
        action = annotation.get("/A")
        uri = str(action.get("/URI", "")) if action is not None else ""
        if uri.startswith("x:"):
            name = uri[2:]
            named.add(name)
            del annotation["/A"]
            annotation["/Dest"] = String(name)
            annotation["/Contents"] = String(_said(name))


def _name(file: Any, pages: Sequence[Any], targets: Mapping[str, Target]) -> None:
    """Write the named destinations."""
    from pikepdf import Array, Dictionary, Name, String

    names = Array()
    for name in sorted(targets, key=lambda each: String(each).__bytes__()):
        at = targets[name]
        page = pages[at.page - 1]
        names.append(String(name))
        names.append(Array([page.obj, Name.XYZ, round(at.x), round(float(page.mediabox[3]) - at.y + ABOVE), 0]))
    if names:
        if "/Names" not in file.Root:
            file.Root.Names = Dictionary()
        file.Root.Names.Dests = file.make_indirect(Dictionary(Names=names))


def _read_ranges(pages: Iterable[Any]) -> None:
    """The dash of a range, with which a word joiner stands, is read as an en dash: whoever copies it has no more."""
    fonts = (font for page in pages for font in page.resources.get("/Font", {}).values() if "/ToUnicode" in font)
    for found in {font.ToUnicode.objgen: font.ToUnicode for font in fonts}.values():
        told = found.read_bytes()
        if b"<20122060>" in told:
            found.write(told.replace(b"<20122060>", b"<2013>"))


def _shorten(pages: Iterable[Any]) -> None:
    """Draw the same in fewer bytes: glyphs as bytes, not as octal figures; places to hundredths of a point."""
    for drawn in (page.obj.Contents for page in pages if "/Contents" in page.obj):
        content = drawn.read_bytes().replace(rb"\\", rb"\134").replace(rb"\000", b"\0")
        if not _WORDS.search(content):
            content = _PIECE.sub(rb"q\3\nBT\4 \1 \2 Td\5\nET\nQ", _SPACE.sub(rb")\1(", content))
        drawn.write(content)


def _label(file: Any) -> None:
    """Of the labels of pages, which Typst gives each, keep those that do not follow from the one before."""
    from pikepdf import Array

    labels = file.Root.get("/PageLabels")
    if labels is None or "/Nums" not in labels:
        return
    kept: list[Any] = []
    style: object = None
    following = 0
    rows = list(labels.Nums)
    for sheet, label in zip(map(int, rows[::2]), rows[1::2], strict=True):
        own, number = (str(label.get("/S", "")), str(label.get("/P", ""))), int(label.get("/St", 1)) - sheet
        if not kept or (own, number) != (style, following):
            kept += [sheet, label]
        style, following = own, number
    labels.Nums = Array(kept)
