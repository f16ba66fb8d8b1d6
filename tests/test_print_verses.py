"""Which verses a book names for an annotation, for the parts of its entry, for a passage, for a text."""

from __future__ import annotations

from making import IMPRINT, emendation, note, record
from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.structure import number_verses
from sphinx_apparatus.outputs.print.verses import verses

SONG = "The Song\none two\nthree four\nfive six\nseven eight\n"
LONG = "one two\nthree four\nfive six"


def edition() -> Edition:
    """A song of a title and four verses, and a text in prose."""
    plain = record(SONG)
    spans = [Span(one.start, one.end) for one in plain.text.paragraphs]
    notes = [
        note(SONG, "Song", "M1"),
        note(SONG, "Song\none", "M2"),
        note(SONG, "two\nthree four\nfive", "M3"),
        note(SONG, "seven", "M4"),
        emendation(SONG, LONG, LONG.replace("one", "1").replace("six", "6"), "M5"),
    ]
    texts = {"M": plain._replace(verses=number_verses(SONG, spans, (1,))), "P": record("Prose.", "P")}
    return Edition(IMPRINT, texts, {one.id: one for one in [*notes, note("Prose.", "Prose", "P1")]})


def test_the_first_and_the_last_verse_of_each() -> None:
    assert verses(edition()) == {
        "M": (1, 4),
        "M-p1": (0, 0), "M-p2": (1, 1), "M-p3": (2, 2), "M-p4": (3, 3), "M-p5": (4, 4),
        "M1": (0, 0), "M1.1": (0, 0),
        "M2": (1, 1), "M2.1": (1, 1),
        "M3": (1, 3), "M3.1": (1, 3),
        "M4": (4, 4), "M4.1": (4, 4),
        "M5": (1, 3), "M5.1": (1, 1), "M5.2": (3, 3),
    }  # fmt: skip
