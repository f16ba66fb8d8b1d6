"""The margin of a paragraph as HTML: its entries, each at its line, and the notes.

Each annotation has one link that is heard; where it is entered again, the link is for the eye
and the pointer only.  A note's link leads to ``#K25-n``, a mark without a box before the note:
what has no box is not scrolled to, yet it is the target (``:target``), by which the style sheet
shows the note.  ``#K25`` is the note itself, and the permanent address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET, Entry, Part
from sphinx_apparatus.model.margin import MarginEntry, MarginLine
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.outputs.html.lines import characters

#: The class of a line by what its entries need.
_NEEDS = {"": "", "wide": " f2", "more": " f1"}

#: An entry of more letters may be cut short at the end of its line.
LONG = 24


def summary(annotation: Annotation, shown: Entry) -> str:
    """An apparatus entry in HTML."""
    return _parts(annotation, shown.parts, kinds=True)


def _parts(annotation: Annotation, parts: Sequence[Part], *, kinds: bool) -> str:
    made = []
    for part in parts:
        lemma = f'<span class="lem">{characters(part.lemma)}</span>'
        if part.reading is None:
            made.append(f'{lemma} <i class="kind">{annotation.kind}</i>' if kinds else lemma)
            continue
        recte = '<i class="kind">recte</i> ' if annotation.layer.corrects else ""
        words = characters(part.reading) or '<i class="kind">omit</i>'
        made.append(f'{lemma}<span class="br">]</span> {recte}<span class="rdg">{words}</span>')
    # A semicolon would read as part of a reading.
    return ' <span class="sp">·</span> '.join(made)


def margin_html(
    edition: Edition, passage: Passage, lines: Sequence[MarginLine], notes: Mapping[str, str], label: str
) -> str:
    """The margin of a paragraph; ``notes`` are the notes that stand in it, as HTML, by id."""
    number = passage.paragraph
    items = margin_lines(edition, passage, lines, notes)
    count = f"{len(notes)} {'note' if len(notes) == 1 else 'notes'} on ¶{number}"
    fold = f"{passage.anchor}-f"
    return (
        f'<aside class="ed-ap" data-editorial aria-label="{label}">'
        f'<input type="checkbox" id="{fold}" class="ed-fold"><label class="ed-fl" for="{fold}">{count}</label>'
        f'<ol class="ed-app" role="list">{items}</ol></aside>'
    )


def margin_lines(
    edition: Edition, passage: Passage, lines: Sequence[MarginLine], notes: Mapping[str, str], first: int = 0
) -> str:
    """The lines of a margin as items of a list; the row of each counts from the line ``first``, or the paragraph's."""
    first = first or edition.lines_of(passage.siglum).of_paragraph(passage.paragraph or 1)[0]
    return "".join(_line(edition, passage.siglum, line, line.number - first + 1, notes) for line in lines)


def _line(edition: Edition, siglum: str, line: MarginLine, row: int, notes: Mapping[str, str]) -> str:
    anchor = f"{siglum}-l{line.number}"
    entries = "".join(map(_entry, line.entries))
    cards = "".join(notes[e.annotation.id] for e in line.entries if e.first and e.annotation.id in notes)
    return (
        f'<li class="r{row}{_NEEDS[line.needs]}" id="{anchor}" data-n="{line.number}">'
        f'<span class="ph" id="{anchor}-x"></span>{entries}{cards}</li>'
    )


def _entry(entry: MarginEntry) -> str:
    annotation = entry.annotation
    words = _parts(annotation, entry.parts, kinds=False)
    letters = sum(len(part.lemma) + len(part.reading or "") for part in entry.parts)
    classes = f"en {annotation.layer.letter} k-{annotation.kind}{' lg' if letters > LONG else ''}"
    link = f'<a class="{classes}" href="#{annotation.id}-n"'
    if not entry.first:
        said = f'<b class="id">{annotation.id}</b><span class="t"> continued</span>' if entry.continued else words
        return f'{link} tabindex="-1" aria-hidden="true">{said}</a>'
    # Where there is room for the id only, a screen reader still hears the words.
    short = '<span class="t">' + (words or characters(_heard(annotation))) + "</span>"
    only = " io" if not words else ""
    return f'{link}><b class="id{only}">{annotation.id} <i>{annotation.layer.name} </i></b>{_hidden(short, only)}</a>'


def _hidden(words: str, only: str) -> str:
    return words.replace('class="t"', 'class="t hd"') if only else words


def _heard(annotation: Annotation) -> str:
    return annotation.short or " ".join(annotation.lemma.split()[:5]) or CARET


def card(edition: Edition, annotation: Annotation, body: str, cite: str) -> str:
    """A note: its head with the ways on and out, lemma and reading, its words, its addresses."""
    identifier = annotation.id
    home = f"{annotation.siglum}-l{_home(edition, identifier)}-x"
    layer = annotation.layer.name
    neighbours = edition.neighbours(identifier)
    ways = "".join(
        f'<a class="{name}" href="#{other}-n" aria-label="{word} note, {other}">{sign}</a>'
        if other
        else f'<span class="{name}" aria-hidden="true">{sign}</span>'
        for name, other, word, sign in (
            ("pv", neighbours.previous, "Previous", "‹"),
            ("nx", neighbours.following, "Next", "›"),
        )
    )
    others = [f'<a href="#{other}-n">{other}</a>' for other in edition.overlaps(identifier)]
    on_words = f'<span class="ed-others">on these words: {" · ".join(others)}</span>' if others else ""
    head = (
        f"<b>{identifier}</b> {layer}, {annotation.kind} "
        f'<span class="ed-wh">{_where(edition, annotation)}</span><span class="ed-nav">{ways}'
        f'<a class="ed-x" href="#{home}" aria-label="Close {identifier}">×</a></span>'
    )
    foot = (
        f"<span>certainty {annotation.certainty.value} · evidence {annotation.evidence.value}</span>{on_words}"
        f'<span class="ed-links"><a class="ed-permalink" href="#{identifier}">permanent link</a>{cite}</span>'
    )
    return (
        f'<span class="ph" id="{identifier}-n"></span>'
        f'<div class="ed-card {annotation.layer.letter}" id="{identifier}" role="note" '
        f'aria-label="{layer.capitalize()} {identifier}"><p class="ed-hd">{head}</p>'
        f'{_lemma_and_reading(edition, annotation)}{body}<p class="ed-ft">{foot}</p></div>'
    )


def _home(edition: Edition, identifier: str) -> int:
    """The line at which an annotation is entered first."""
    annotation = edition.annotations[identifier]
    lines = edition.lines_of(annotation.siglum)
    return min((lines.of_span(span)[0] for span in edition.entered_at(identifier)), default=0)


def _where(edition: Edition, annotation: Annotation) -> str:
    first, last = edition.lines_at(annotation.id)
    number = edition.passage_of(annotation.id).paragraph
    lines = f", l. {first}" if first == last else f", ll. {first}–{last}"
    return f"¶{number or 1}{lines if first else ''}"


def _lemma_and_reading(edition: Edition, annotation: Annotation) -> str:
    lemma = characters(" ".join(annotation.lemma.split())) or CARET
    reading = edition.reading(annotation.id)
    if reading is None:
        return f'<p class="ed-lm"><q>{lemma}</q></p>'
    recte = '<i class="kind">recte</i> ' if annotation.layer.corrects else ""
    words = characters(reading) or '<i class="kind">omit</i>'
    return f'<p class="ed-lm"><q>{lemma}</q><span class="br">]</span> {recte}<span class="rdg">{words}</span></p>'
