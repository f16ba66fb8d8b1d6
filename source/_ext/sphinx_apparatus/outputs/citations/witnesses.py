"""The pages of witnesses: the text as each has it, where its readings are recorded; without scripts, too."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Any

from markupsafe import Markup

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET
from sphinx_apparatus.model.reference import WITNESSES
from sphinx_apparatus.model.text import Paragraph, TextRecord
from sphinx_apparatus.model.witness import Witness
from sphinx_apparatus.model.witnessed import Varied, pieces, witnessed
from sphinx_apparatus.outputs.html.lines import characters
from sphinx_apparatus.sphinx_ext.locale import _


def path_of(witness: Witness) -> str:
    """The name of a witness's page: ``witnesses/C-O``; letters beyond ASCII by their code points."""
    siglum = re.sub(r"[^A-Za-z0-9]", lambda match: f"_{ord(match[0]):x}", witness.siglum)
    return f"{WITNESSES}/{witness.text}-{siglum}"


def shown_witnesses(edition: Edition, siglum: str) -> list[Witness]:
    """The witnesses of a text that have pages: if there is a variant, all that have the whole of it."""
    varies = any(annotation.layer.varies for annotation in edition.of_text(siglum))
    return [one for one in edition.witnesses_of(siglum).values() if not one.extent] if varies else []


def context_of(edition: Edition, witness: Witness, href: Callable[[str], str]) -> dict[str, Any]:
    """What the page says; ``href`` gives addresses of the project's pages."""
    record = edition.texts[witness.text]
    found = witnessed(edition, witness)
    home = href(record.docname)
    rows = [
        (_label(record, paragraph), _role(record, paragraph), _words(record, paragraph, found.readings, home))
        for paragraph in record.text.paragraphs
    ]
    return {
        "witness": witness,
        "rows": rows,
        "count": len(found.readings),
        "unplaced": [(identifier, f"{home}#{identifier}") for identifier in found.unplaced],
        "others": [(one.siglum, href(path_of(one)), one == witness) for one in shown_witnesses(edition, witness.text)],
    }


def _label(record: TextRecord, paragraph: Paragraph) -> str:
    verse = record.verses.get(paragraph.number)
    if verse is None:
        return f"¶{paragraph.number}"
    return str(verse.number) if verse.number and verse.number % 5 == 0 else ""


def _role(record: TextRecord, paragraph: Paragraph) -> str:
    verse = record.verses.get(paragraph.number)
    return f"ed-{verse.role}{' ed-opens' if verse.first else ''}" if verse else ""


def _words(record: TextRecord, paragraph: Paragraph, readings: tuple[Varied, ...], home: str) -> Markup:
    touching = [one for one in readings if one.start <= paragraph.end and one.end >= paragraph.start]
    # What is put in between two paragraphs is told at the end of the first.
    own = [one for one in touching if one.end > paragraph.start or one.start >= paragraph.start]
    made = []
    for piece in pieces(record.text.string, paragraph, own):
        words = characters(piece.words)
        if piece.id:
            said = words or f"<span data-editorial>{CARET}</span>"
            title = escape(_("variant {id}").format(id=piece.id))
            words = f'<a class="v" href="{escape(home)}#{piece.id}" title="{title}">{said}</a>'
        made.append(words)
    return Markup("".join(made))
