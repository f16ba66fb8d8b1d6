"""The measures of the book on a paper.  Lengths are points where nothing else is said.

The lines of a text are the edition's, made for 108 mm in 10.5 pt; on a narrower measure they
are set smaller, on a wider one larger.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypeGuard

#: Points in a millimetre.
MM = 72 / 25.4

#: The measure and the size of type for which lines are made (``lines.typ``).
LINE_MEASURE, LINE_SIZE, LINE_SKIP = 108 * MM, 10.5, 14.0


class Paper(NamedTuple):
    """A page in millimetres, its margins, and the size of its type."""

    width: float
    height: float
    inside: float
    outside: float
    top: float
    bottom: float
    size: float


PAPERS = {
    "royal": Paper(156, 234, 23, 25, 24, 22, 10.5),
    "a4": Paper(210, 297, 42, 48, 32, 34, 11.5),
    "letter": Paper(215.9, 279.4, 45, 50.9, 28, 30, 11.5),
    "a5": Paper(148, 210, 19, 21, 20, 19, 10),
}

#: What of a royal page is printed on, in square points.
AREA = 108 * 188 * MM * MM

#: The least type that can be read; that of notes, whose ids are set smaller by a seventh.
LEAST, LEAST_NOTE = 6.6, 7.7

MARGINS = ("inside", "outside", "top", "bottom")

#: White between the edge of the paper and the marks at which it is cut.
CROP = 10 * MM


class PaperError(Exception):
    """A measure that is none; the message says which, and the remedy."""


#: The longest side of a page of a PDF (ISO 32000-1, annex C), in millimetres.
LONGEST = 14400 / MM


def _is_length(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= LONGEST


def paper(name: object, margins: object, size: object) -> Paper:
    """The paper of the configuration.  Raises `PaperError`."""
    if isinstance(name, str):
        if name.lower() not in PAPERS:
            raise PaperError(
                f"apparatus_pdf_paper is {name!r}; it is one of {', '.join(PAPERS)}, or width and height in mm"
            )
        found = PAPERS[name.lower()]
    elif isinstance(name, (tuple, list)) and len(name) == 2 and all(map(_is_length, name)):
        model = PAPERS["royal"]
        ratio = min(name[0] / model.width, name[1] / model.height)
        inside, outside, top, bottom = (ratio * margin for margin in model[2:6])
        found = Paper(name[0], name[1], inside, outside, top, bottom, min(12.0, max(9.0, model.size * ratio)))
    else:
        raise PaperError(
            f"apparatus_pdf_paper is {name!r}; it is one of {', '.join(PAPERS)}, or width and height in mm"
        )
    if not isinstance(margins, Mapping):
        raise PaperError(
            f"apparatus_pdf_margins is {margins!r}; it has millimetres for {', '.join(MARGINS)}, as a dictionary"
        )
    for key, value in margins.items():
        if key not in MARGINS or not _is_length(value):
            raise PaperError(
                f"apparatus_pdf_margins has {key!r}: {value!r}; it has millimetres for {', '.join(MARGINS)}"
            )
        found = found._replace(**{key: float(value)})
    if size not in (0, None, ""):
        if not _is_length(size) or not 7 <= size <= 16:
            raise PaperError(f"apparatus_pdf_size is {size!r}; it is 7 to 16 points")
        found = found._replace(size=float(size))
    if found.width - found.inside - found.outside < 60 or found.height - found.top - found.bottom < 80:
        option = "apparatus_pdf_margins" if margins else "apparatus_pdf_paper"
        raise PaperError(f"{option} leaves less than 60 by 80 mm of the page; make the margins or the paper fit")
    return found


def settings(found: Paper, *, crop: bool) -> dict[str, Any]:
    """The measures as ``settings.json`` has them."""
    lengths = {name: round(getattr(found, name) * MM, 4) for name in ("width", "height", *MARGINS)}
    measure = lengths["width"] - lengths["inside"] - lengths["outside"]
    part = found.size / 10.5
    text = max(LEAST, LINE_SIZE * measure / LINE_MEASURE)
    foot = max(LEAST_NOTE, min(8.2 * part, 0.8 * text))  # it is no larger than what it stands below
    return {
        **lengths,
        "measure": round(measure, 4),
        "size": found.size,
        "skip": round(14 * part, 4),
        "note-size": round(max(LEAST_NOTE, 8.8 * part), 4),
        "note-skip": round(max(10.0, 11.6 * part), 4),
        "small": round(max(LEAST, 8.6 * part), 4),
        "foot-size": round(foot, 4),
        "foot-skip": round(max(9.6, foot * 10.4 / 8.2), 4),
        "foot-spare": round(36 * part, 4),
        "text-size": round(text, 4),
        "text-skip": round(text * LINE_SKIP / LINE_SIZE, 4),
        "crop": round(CROP, 4) if crop else 0,
        "scales": {},
        "tight": {},
        "joined": [],
        "upright": [],
        "still": [],
    }
