"""What the page of signs says, in the language of the edition."""

from __future__ import annotations

from sphinx_apparatus.sphinx_ext.locale import _


def signs() -> list[tuple[str, str]]:
    """Signs and abbreviations, and what they mean."""
    judged = ", ".join((_("int."), _("ext."), _("conj.")))
    certain = ", ".join((_("medium"), _("low"), _("uncertain")))
    place = f"{_('p.')} 18, {_('l.')} 7"
    note = f"{_('note p.')} 26, {_('n.')} 26"
    return [
        (_("lemma] reading"), _("words as printed; what they should be")),
        (_("recte"), _("what is right where a text says what it meant, and that is wrong")),
        ("²", _("which of several like words in the line")),
        ("␣", _("white space that an emendation takes away")),
        (_("delete"), _("words that are to go")),
        (judged, _("evidence: internal, external, conjecture")),
        (certain, _("certainty, where it is not high")),
        (place, _("page of this book, line of its text; in tables 18, 7")),
        (note, _("its note is on page 26")),
    ]


def table_told() -> str:
    """What stands above the table of ids."""
    return _("By siglum and number: page and lines of each lemma, page of its note.")
