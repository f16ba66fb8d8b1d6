"""An index of words: every lemma and every reading in the order of the alphabet, to look up without a search."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from docutils import nodes

from sphinx_apparatus.concordances.lists import List, ListDirective, Page
from sphinx_apparatus.concordances.nodes import ed_list, spaced
from sphinx_apparatus.concordances.nodes import items as listed
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.sphinx_ext.locale import _

#: Words of a lemma or a reading that an entry gives.
_WORDS = 7


class Item(NamedTuple):
    """An entry: the words, in what they differ from the text or the text from them, and the annotation."""

    words: str
    other: str
    annotation: str

    @property
    def order(self) -> tuple[str, str]:
        """Sorts entries letter by letter, without marks, signs and case; figures come first."""
        plain = unicodedata.normalize("NFKD", self.words)
        return "".join(c for c in plain.casefold() if c.isalnum() or c == " ").strip(), self.annotation

    @property
    def letter(self) -> str:
        """The letter under which it stands, ``#`` where it begins with a figure or a sign."""
        first = self.order[0][:1].upper()
        return first if first.isalpha() else "#"


def entries(edition: Edition) -> list[Item]:
    """The entries in their order; what is only put in has no lemma, what is only taken out no reading."""
    found = []
    for annotation in edition.in_order:
        lemma = shorten(annotation.short or annotation.lemma, _WORDS)
        reading = shorten(edition.reading(annotation.id) or "", _WORDS)
        if not annotation.layer.reads:
            reading = ""
        sign = f"] {_('recte')}" if annotation.layer.corrects else annotation.layer.sign
        if lemma:
            found.append(Item(lemma, f"{sign} {reading}" if reading else "", annotation.id))
        if reading and not annotation.layer.varies:
            found.append(Item(reading, f" ({_('for {lemma}').format(lemma=lemma)})" if lemma else "", annotation.id))
    return sorted(found, key=lambda item: item.order)


def lemmata_index(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The index, a list a letter."""
    made: list[nodes.Node] = []
    letters: dict[str, list[Item]] = {}
    for item in entries(page.edition):
        letters.setdefault(item.letter, []).append(item)
    for letter, own in letters.items():
        made.append(nodes.rubric("", letter))
        made.append(_list(page, own))
    return made


def _list(page: Page, own: Sequence[Item]) -> nodes.bullet_list:
    made = listed(
        spaced(nodes.inline("", item.words, classes=["ed-form"]), f"{item.other} ", page.ref(item.annotation))
        for item in own
    )
    made["classes"].append("ed-lemmata")
    return made


class LemmataDirective(ListDirective):
    """``ed:lemmata``: every lemma and reading in the order of the alphabet."""

    shows = "lemmata"


#: The list: its directive, and what renders it.
LIST = List(LemmataDirective, lemmata_index)
