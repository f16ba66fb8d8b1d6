"""The page of signs before the first text, and the table of ids after the last, in the language of the edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import parse_id
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.literal import array, fixed, literal, printed
from sphinx_apparatus.outputs.print.texts import Spot
from sphinx_apparatus.sphinx_ext.locale import _


def signs() -> list[tuple[str, str, bool]]:
    """Signs and abbreviations, what they mean, and whether they are in italics where they stand."""
    judged = ", ".join((_("int."), _("ext."), _("conj.")))
    certain = ", ".join((_("medium"), _("low"), _("uncertain")))
    place = f"{_('p.')} 18, {_('l.')} 7"
    note = f"{_('note p.')} 26, {_('n.')} 26"
    return [
        (_("lemma] reading"), _("words as printed; what they should be"), False),
        (_("recte"), _("what is right where a text says what it meant, and that is wrong"), True),
        ("²", _("which of several like words in the line"), False),
        ("␣", _("white space that an emendation takes away"), False),
        (_("delete"), _("words that are to go"), True),
        (judged, _("evidence: internal, external, conjecture"), True),
        (certain, _("certainty, where it is not high"), True),
        (place, _("page of this book, line of its text; in tables 18, 7"), False),
        (note, _("its note is on page 26"), False),
    ]


def witnesses(edition: Edition, printed: Iterable[str]) -> list[tuple[str, str]]:
    """The sigla of the witnesses of the texts that are printed, with what they are; of families, with their members.

    Where there are several texts each witness says of which it is one: two may have the same siglum.
    """
    texts = list(printed)
    found: dict[tuple[str, str], list[str]] = {}
    for each in (each for siglum in texts for each in edition.witnesses_of(siglum).values()):
        found[each.text, each.siglum] = [each.described]
    for each in (each for siglum in texts for each in edition.witnesses_of(siglum).values() if each.family):
        found.setdefault((each.text, each.family), []).append(each.siglum)
    named = {(text, siglum): ", ".join(told) for (text, siglum), told in found.items()}
    return [(siglum if len(texts) < 2 else f"{siglum} ({text})", told) for (text, siglum), told in named.items()]


def figure_list(captions: list[str]) -> str:
    """The source of the list of figures, behind the contents; nothing where there is one or none."""
    rows = array(array((printed(caption), fixed(f"fig-{number}"))) for number, caption in enumerate(captions, 1))
    return f"#figure-list({literal(_('Figures'))}, {rows})\n" if len(captions) > 1 else ""


def signs_page(visitor: Any, titles: Mapping[str, str]) -> str:
    """The source of the page of sigla, signs and abbreviations; nothing where no text has a note.

    ``visitor`` is the translator that has walked the book, ``titles`` those of the texts by siglum.
    """
    if not visitor.feet:
        return ""
    sigla = [(siglum, titles.get(siglum, "")) for siglum in visitor.lines]
    sigla += witnesses(visitor.edition, visitor.lines)
    told = array(array(f"[#{visitor.literal(word)};]" for word in pair) for pair in sigla)
    rows = array(
        array((f"{'emph' if italic else ''}[#{visitor.literal(sign)};]", f"[#{visitor.literal(meaning)};]"))
        for sign, meaning, italic in signs()
    )
    return f"\n#signs({visitor.literal(_('Sigla, signs and abbreviations'))}, {told}, {rows})\n"


def word_division(visitor: Any, texts: Iterable[Text]) -> str:
    """The source of the list of words that a line parts at a hyphen of the text; nothing without texts.

    Of other hyphens at the ends of lines it says whose they are.  The lines are asked for as ``wd-K-12``.
    """
    texts = list(texts)
    if not texts:
        return ""
    rows = []
    for text in texts:
        lines = visitor.lines[text.siglum]
        for number in range(1, len(lines)):
            end = lines.span(number).end
            before, behind = text.string[:end].rsplit(None, 1)[-1], text.string[end:].split(None, 1)
            if (
                number in lines.hyphens
                or text.string[end - 1] not in "-\u2010"
                or not behind
                or text.string[end].isspace()
            ):
                continue
            name = f"wd-{text.siglum}-{number}"
            visitor.spots[name] = Spot(text.siglum, number, number)
            rows.append(f"({fixed(name)}, {visitor.literal(before)}, {visitor.literal(behind[0])})")
    ours = any(visitor.lines[text.siglum].hyphens for text in texts)
    said = [
        _("At the end of these lines the hyphen is the text’s.") if rows else "",
        _("Every other hyphen at the end of a line is of the printing.")
        if ours
        else _("No other line ends in a hyphen."),
    ]
    above = visitor.literal(" ".join(filter(None, said)))
    return f"\n#word-division({visitor.literal(_('Word division'))}, {above}, {array(rows)})\n"


def ids_table(visitor: Any) -> str:
    """The source of the table of ids: where the lemma of each is, and its note."""
    ids = sorted(visitor.feet, key=parse_id)
    told = array(array(map(fixed, group)) for _siglum, group in groupby(ids, key=lambda name: parse_id(name)[0]))
    above = visitor.literal(_("By siglum and number: page and lines of each lemma, page of its note."))
    return f"\n#id-table({visitor.literal(_('Table of ids'))}, [#{above};], {told})\n" if ids else ""
