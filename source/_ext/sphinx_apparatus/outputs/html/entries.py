"""The margin of a paragraph as HTML: its entries, each at its line, and the notes.

Each annotation has one link that is heard; where it is entered again, the link is for the eye
and the pointer only.  A note's link leads to ``#K25-n``, a mark without a box before the note:
what has no box is not scrolled to, yet it is the target (``:target``), by which the style sheet
shows the note.  ``#K25`` is the note itself, and the permanent address.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from html import escape

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET, Entry, Part
from sphinx_apparatus.model.margin import MarginEntry, MarginLine
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.outputs.html.lines import characters, line_label
from sphinx_apparatus.outputs.plain import judged
from sphinx_apparatus.sphinx_ext.locale import _

#: The class of an entry by where it stands by its id, and of a line by where not all ids have room.
_SHORT = {"": "", "narrow": " nw", "any": " io"}
_CROWDED = {"": "", "narrow": " mn", "any": " many"}

#: Words of a text that a note repeats are whole up to so many letters; of more, about so many stand at either end.
WHOLE, END = 24, 12

#: Figures that a voice may say as if they stood on the line.
RAISED = re.compile("[⁰¹²³⁴-⁹]")

#: An entry of more letters may be cut short at the end of its line.
LONG = 24


def summary(annotation: Annotation, shown: Entry, attributes: str = "") -> str:
    """An apparatus entry in HTML; ``attributes`` are language and direction of the text's words."""
    return _parts(annotation, shown.parts, attributes, kinds=True)


def _parts(annotation: Annotation, parts: Sequence[Part], attributes: str, *, kinds: bool) -> str:
    made = []
    write = characters if kinds else cut
    for part in parts:
        lemma = f'<span class="lem"{attributes}>{write(part.lemma)}</span>'
        if part.reading is None:
            made.append(f'{lemma} <i class="kind">{_(annotation.kind)}</i>' if kinds else lemma)
            continue
        bracket = "]" if kinds else _bracket(annotation, part.reading)
        made.append(f"{lemma}{bracket} {_reading(annotation, part.reading, attributes, write)}")
    # A semicolon would read as part of a reading.
    return (' <span class="sp">·</span> ' if kinds else '<span class="br dot"><i>; </i></span>').join(made)


def _bracket(annotation: Annotation, reading: str) -> str:
    """What parts lemma and reading: a sign for the eye, from the style sheet, and a word for the ear."""
    word = ""
    if reading and annotation.layer.emends:
        # Not every voice says that a figure is raised; then words and reading would sound alike.
        word = f" {_('read, with figures raised,') if RAISED.search(reading) else _('read')}"
    return f'<span class="br"><i>,{word}</i></span>'


def cut(words: str) -> str:
    """Words of a text in HTML; of many the middle stands in an attribute, from which the style sheet shows it.

    So who looks for words of the text in the document (to attach an annotation, say) finds them in the
    text, and not in a note that repeats them.
    """
    if len(words) <= WHOLE:
        return characters(words)
    # A word is whole, for a screen reader says what stands in the attribute by itself.
    head, tail = _words(words), _words(words[::-1])[::-1]
    if len(head) + len(tail) + 3 > len(words):
        return characters(words)
    middle = escape(words[len(head) : len(words) - len(tail)].replace("\0", "\N{REPLACEMENT CHARACTER}"))
    return f'{characters(head)}<span class="ed-cut" data-m="{middle}"><i> … </i></span>{characters(tail)}'


def _words(words: str) -> str:
    """The first words, as many as ``END`` letters have, or the first; of what has no blank, so many letters."""
    end = max(words.rfind(" ", 0, END + 1), 0) or words.find(" ", END)
    return words[: end if end > 0 else END]


def _reading(annotation: Annotation, reading: str, attributes: str, write: Callable[[str], str] = characters) -> str:
    """A reading; of a correction it is the editors' words, in their language."""
    recte = f'<i class="kind">{_("recte")}</i> ' if annotation.layer.corrects else ""
    # Who has which words is no repetition of the text.
    words = (characters if annotation.layer.varies else write)(reading) or f'<i class="kind">{_("delete")}</i>'
    given = attributes if reading and not annotation.layer.corrects else ""
    return f'{recte}<span class="rdg"{given}>{words}</span>'


def margin_html(
    edition: Edition,
    passage: Passage,
    lines: Sequence[MarginLine],
    notes: Mapping[str, str],
    label: str,
    *,
    ours: str = "",
    theirs: str = "",
) -> str:
    """The margin of a paragraph; ``notes`` are the notes that stand in it, as HTML, by id.

    ``ours`` are language and direction of the editors' words, where the text has others, and
    ``theirs`` those of the text's words, where the page has others.
    """
    items = margin_lines(edition, passage, lines, notes, theirs=theirs)
    said = _("{count} note on ¶{number}") if len(notes) == 1 else _("{count} notes on ¶{number}")
    count = said.format(count=len(notes), number=passage.paragraph)
    fold = f"{passage.anchor}-f"
    return (
        f'<aside class="ed-ap" data-editorial{ours} aria-label="{label}">'
        f'<input type="checkbox" id="{fold}" class="ed-fold"><label class="ed-fl" for="{fold}">{count}</label>'
        f'<ol class="ed-app" role="list">{items}</ol></aside>'
    )


def margin_lines(
    edition: Edition,
    passage: Passage,
    lines: Sequence[MarginLine],
    notes: Mapping[str, str],
    first: int = 0,
    *,
    theirs: str = "",
) -> str:
    """The lines of a margin as items of a list; the row of each counts from the line ``first``, or the paragraph's."""
    first = first or edition.lines_of(passage.siglum).of_paragraph(passage.paragraph or 1)[0]
    return "".join(_line(edition, passage.siglum, line, line.number - first + 1, notes, theirs) for line in lines)


def _line(edition: Edition, siglum: str, line: MarginLine, row: int, notes: Mapping[str, str], theirs: str) -> str:
    anchor = f"{siglum}-l{line.number}"
    entries = "".join(_entry(entry, theirs) for entry in line.entries)
    cards = "".join(notes[e.annotation.id] for e in line.entries if e.first and e.annotation.id in notes)
    return (
        f'<li class="r{row}{_CROWDED[line.crowded]}" id="{anchor}" data-n="{line_label(edition, siglum, line.number)}">'
        f'<span class="ph" id="{anchor}-x"></span>{entries}{cards}</li>'
    )


def _entry(entry: MarginEntry, theirs: str) -> str:
    annotation = entry.annotation
    words = _parts(annotation, entry.parts, theirs, kinds=False)
    letters = sum(len(part.lemma) + len(part.reading or "") for part in entry.parts)
    classes = f"en {annotation.layer.letter} k-{annotation.kind}{' lg' if letters > LONG else ''}"
    link = f'<a class="{classes}{_SHORT[entry.short_of]}" href="#{annotation.id}-n"'
    if entry.continued:
        words = f" {_('continued')}"
    elif not entry.first and not entry.short_of:
        return f'{link} tabindex="-1" aria-hidden="true">{words}</a>'
    # Where the id stands for them, a screen reader still hears the words.
    words = f'<span class="t">{words}</span>'
    if not entry.first:
        return f'{link} tabindex="-1" aria-hidden="true"><b class="id">{annotation.id}</b>{words}</a>'
    return f'{link}><b class="id">{annotation.id} <i>{_(annotation.layer.name)}: </i></b>{words}</a>'


def card(edition: Edition, annotation: Annotation, body: str, cite: str, theirs: str = "") -> str:
    """A note: its head with the ways on and out, lemma and reading, its words, its addresses.

    ``theirs`` are language and direction of the text's words.
    """
    identifier = annotation.id
    home = f"{annotation.siglum}-l{_home(edition, identifier)}-x"
    neighbours = edition.neighbours(identifier)
    ways = "".join(
        f'<a class="{name}" href="#{other}-n" aria-label="{word}">{sign}</a>'
        if other
        else f'<span class="{name}" aria-hidden="true">{sign}</span>'
        for name, other, word, sign in (
            ("pv", neighbours.previous, _("Previous note"), "‹"),
            ("nx", neighbours.following, _("Next note"), "›"),
        )
    )
    others = [f'<a href="#{other}-n">{other}</a>' for other in edition.overlaps(identifier)]
    on_words = f'<span class="ed-others">{_("on these words:")} {" · ".join(others)}</span>' if others else ""
    head = (
        f'{_head(edition, annotation)}<span class="ed-nav">{ways}'
        f'<a class="ed-x" href="#{home}" aria-label="{_("Close")}">×</a></span>'
    )
    permanent = _("permanent link to {id}").format(id=identifier)
    foot = (
        f"<span>{judged(annotation).replace(', ', ' · ')}</span>{on_words}"
        f'<span class="ed-links"><a class="ed-permalink" href="#{identifier}">{permanent}</a>{cite}</span>'
    )
    return (
        f'<span class="ph" id="{identifier}-n"></span>'
        f'<div class="ed-card {annotation.layer.letter}" id="{identifier}" role="note" '
        f'aria-label="{_(annotation.layer.name.capitalize())} {identifier}"><p class="ed-hd">{head}</p>'
        f'{_lemma_and_reading(edition, annotation, theirs)}{body}<p class="ed-ft">{foot}</p></div>'
    )


def brief(edition: Edition, annotation: Annotation, body: str, theirs: str = "") -> str:
    """A note as another note shows it: without ways and addresses."""
    head = f'<p class="ed-hd">{_head(edition, annotation)}</p>'
    return f"{head}{_lemma_and_reading(edition, annotation, theirs)}{body}"


def _head(edition: Edition, annotation: Annotation) -> str:
    place = f'<span class="ed-wh">{_where(edition, annotation)}</span>'
    return f"<b>{annotation.id}</b> {_(annotation.layer.name)}, {_(annotation.kind)} {place}"


def _home(edition: Edition, identifier: str) -> int:
    """The line at which an annotation is entered first."""
    annotation = edition.annotations[identifier]
    lines = edition.lines_of(annotation.siglum)
    return min((lines.of_span(span)[0] for span in edition.entered_at(identifier)), default=0)


def _where(edition: Edition, annotation: Annotation) -> str:
    first, last = edition.lines_at(annotation.id)
    if edition.texts[annotation.siglum].reference and edition.passage_of(annotation.id).label:
        return escape(edition.passage_of(annotation.id).label)
    if edition.texts[annotation.siglum].verses:
        numbers = [line_label(edition, annotation.siglum, line) for line in (first, last) if line]
        found = list(dict.fromkeys(filter(None, numbers)))
        return f"{_('ll.') if len(found) > 1 else _('l.')} {'–'.join(found)}" if found else _("tit.")
    number = edition.passage_of(annotation.id).paragraph
    lines = f", {_('l.')} {first}" if first == last else f", {_('ll.')} {first}–{last}"
    return f"¶{number or 1}{lines if first else ''}"


def _lemma_and_reading(edition: Edition, annotation: Annotation, theirs: str) -> str:
    lemma = cut(" ".join(annotation.lemma.split())) or CARET
    reading = edition.reading(annotation.id)
    if reading is None:
        return f'<p class="ed-lm"><q{theirs}>{lemma}</q></p>'
    said = _reading(annotation, reading, theirs, cut)
    return f'<p class="ed-lm"><q{theirs}>{lemma}</q>{_bracket(annotation, reading)} {said}</p>'
