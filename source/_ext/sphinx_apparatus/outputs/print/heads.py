"""What stands at the heads of pages, and in their margins, from where a pass found everything.  Pure Python.

Sheets are counted from 1 in the file; a folio is what is printed on one.  Lengths are points.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import Any

from sphinx_apparatus.outputs.print.book import BEFORE
from sphinx_apparatus.outputs.print.feet import Line
from sphinx_apparatus.outputs.print.pages import Layout, Matter, pages, span
from sphinx_apparatus.outputs.print.volumes import APART
from sphinx_apparatus.sphinx_ext.locale import _

#: Every so many lines have their number in the margin.
STEP = 5


def heads(matter: Matter, layout: Layout) -> dict[str, Any]:
    """By sheet: what stands at its head, or its folio alone at its foot; and the numbers in its margin.

    Before the first chapter, and where a text of no chapter is behind them, the head has the title of the book on
    either side.
    """
    texts = _texts_by_page(matter, layout)
    notes = _notes_by_page(matter, layout)
    chapters = set(layout.chapters)
    found: dict[str, Any] = {"heads": {}, "feet": {}, "numbers": _numbers(matter, layout)}
    bare = _bare(layout)
    apart = next((at.page for name, at in layout.targets.items() if name.endswith(f"#{APART}")), 0)
    for page in range(1, layout.end + 1):
        folio = layout.folio(page)
        if page in bare:
            continue
        if page < layout.main:
            if page in layout.front:
                found["feet"][str(page)] = folio
        elif page in chapters:
            found["feet"][str(page)] = folio
        else:
            chapter = bisect_left(layout.chapters, page) - 1
            passage = texts.get(page) or notes.get(page, "")
            found["heads"][str(page)] = {
                "folio": folio,
                "chapter": None if chapter < 0 or layout.chapters[chapter] < apart <= page else chapter,
                "passage": passage,
            }
    return found


def _bare(layout: Layout) -> range:
    """The second half-title, and the empty page there may be before it: they have neither head nor folio."""
    end = layout.targets.get(BEFORE)
    if end is None:
        return range(0)
    return range(end.page + 1, min(page for page in layout.chapters if page > end.page))


def _texts_by_page(matter: Matter, layout: Layout) -> dict[int, str]:
    """The paragraphs of the first text on each page."""
    found: dict[int, tuple[str, int, int]] = {}
    for (siglum, number), (page, _y) in sorted(layout.lines.items(), key=lambda item: item[1]):
        paragraph = matter.lines[siglum].paragraph(number)
        text, first, last = found.get(page, (siglum, paragraph, paragraph))
        if text == siglum:
            found[page] = (text, min(first, paragraph), max(last, paragraph))
    return {page: _passages(matter, *of_page) for page, of_page in found.items()}


def _passages(matter: Matter, text: str, first: int, last: int) -> str:
    """The paragraphs of a page, as the edition refers to them."""
    named = [label for n in range(first, last + 1) if (label := matter.labels.get(f"{text}-p{n}"))]
    if named:
        return f"{text}\u00a0{span(named[0], named[-1])}".replace(" ", "\u00a0")
    return f"{text}\u00a0¶{span(str(first), str(last))}"


def _notes_by_page(matter: Matter, layout: Layout) -> dict[int, str]:
    """Of what pages the notes on each page are."""
    found: dict[int, list[int]] = {}
    for name in matter.feet:
        start, end = layout.targets.get(f"n-{name}"), layout.targets.get(f"end-{name}")
        spot = matter.spots[name]
        if start and end:
            sheet = layout.lines[Line(spot.text, spot.first)][0]
            for page in range(start.page, end.page + 1):
                found.setdefault(page, []).append(sheet)
    return {
        page: _("Notes to {pages}").format(pages=pages([layout.folio(min(sheets)), layout.folio(max(sheets))]))
        for page, sheets in found.items()
    }


def _numbers(matter: Matter, layout: Layout) -> dict[str, list[tuple[str, bool, float]]]:
    """Number, whether it is a paragraph's, which stands farther out, and height, by sheet."""
    found: dict[str, list[tuple[str, bool, float]]] = {}
    beside: dict[Line, list[str]] = {}
    for siglum, marks in matter.marks.items():
        for number, label in marks:
            beside.setdefault(Line(siglum, number), []).append(f"|\u00a0{label}")
    for siglum, lines in matter.lines.items():
        if siglum in matter.verses:
            before = 0  # the second part of a verse has its number, too
            for paragraph in lines.paragraphs:
                verse = matter.verses.get(f"{siglum}-p{paragraph.number}", (0, 0))[0]
                page, y = layout.lines[Line(siglum, lines.of_paragraph(paragraph.number)[0])]
                if verse and verse % STEP == 0 and verse != before:
                    found.setdefault(str(page), []).append((str(verse), False, round(y, 4)))
                before = verse or before
            continue
        for number in range(STEP, len(lines) + 1, STEP):
            page, y = layout.lines[Line(siglum, number)]
            found.setdefault(str(page), []).append((str(number), False, round(y, 4)))
        for paragraph in lines.paragraphs:
            beside.setdefault(Line(siglum, lines.of_paragraph(paragraph.number)[0]), []).insert(
                0, f"¶\u00a0{paragraph.number}"
            )
    for line, said in beside.items():
        page, y = layout.lines[line]
        found.setdefault(str(page), []).append(("\u2002".join(said), True, round(y, 4)))
    return found
