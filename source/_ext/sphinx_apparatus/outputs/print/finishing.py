"""The last pass, over the PDF itself: named destinations, object streams, boxes, what a viewer is told.

Typst sets every link to a label three times, since it asks where that is; so links were
written as addresses of their own kind, ``x:`` and a name, and become links to named
destinations here.  A name that nothing has is an error.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from sphinx_apparatus.outputs.print.pages import Target

#: How far above its line a target is shown, in points.
ABOVE = 12.0


class DeadLink(Exception):
    """Links to what is not in the book; the message has the names."""


def finish(pdf: bytes, targets: Mapping[str, Target], crop: float = 0.0) -> bytes:
    """The file as it is kept.

    ``targets`` are the destinations by name, of which a screen reader hears the part behind the page; ``crop`` is how
    far the cut page is within the sheet, in points.  Raises `DeadLink`.
    """
    import pikepdf
    from pikepdf import Array, Dictionary, Name, String

    out = io.BytesIO()
    pikepdf.settings.set_flate_compression_level(7)
    with pikepdf.open(io.BytesIO(pdf)) as file:
        pages = list(file.pages)
        lost: set[str] = set()
        for page in pages:
            for annotation in page.obj.get("/Annots", ()):
                action = annotation.get("/A")
                uri = str(action.get("/URI", "")) if action is not None else ""
                if not uri.startswith("x:"):
                    continue
                name = uri[2:]
                if name not in targets:
                    lost.add(name)
                del annotation["/A"]
                annotation["/Dest"] = String(name)
                annotation["/Contents"] = String(name.rpartition("#")[2])
        if lost:
            raise DeadLink(", ".join(sorted(lost)))
        names = Array()
        for name in sorted(targets, key=lambda each: String(each).__bytes__()):
            at = targets[name]
            page = pages[at.page - 1]
            top = float(page.mediabox[3]) - at.y + ABOVE
            names.append(String(name))
            names.append(Array([page.obj, Name.XYZ, round(at.x, 2), round(top, 2), 0]))
        if names:
            if "/Names" not in file.Root:
                file.Root.Names = Dictionary()
            file.Root.Names.Dests = file.make_indirect(Dictionary(Names=names))
        if "/ViewerPreferences" not in file.Root:
            file.Root.ViewerPreferences = Dictionary()
        file.Root.ViewerPreferences.PrintScaling = Name("/None")
        file.Root.PageMode = Name.UseOutlines
        _label(file)
        if crop:
            for page in pages:
                left, low, right, high = (float(edge) for edge in page.mediabox)
                page.obj.TrimBox = Array(
                    [
                        round(left + crop, 2),
                        round(low + crop, 2),
                        round(right - crop, 2),
                        round(high - crop, 2),
                    ]
                )
        file.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return out.getvalue()


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
