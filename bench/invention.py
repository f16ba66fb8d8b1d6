"""Texts and annotations made of chance: the same seed gives the same, on every machine."""

from __future__ import annotations

import random
import re
import string
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate, chain
from typing import NamedTuple

from bench.words import Prose

#: Code points of text for each annotation: 20,000 for 200.
DENSITY = 100

#: Works there are to cite, ``work01`` and so on.
WORKS = 20


@dataclass(frozen=True)
class Note:
    """One annotation: the span of its lemma in code points, and what is said of it.

    In ``body`` stand ``<cite:KEY>`` and ``<ref:TARGET>``, which each kind of project writes in its own way.
    """

    number: int
    layer: str
    start: int
    end: int
    prefix: str
    reading: str | None
    body: str
    see: str = ""


@dataclass(frozen=True)
class Text:
    """A text with its notes, in the order of their places."""

    siglum: str
    name: str
    words: str
    notes: tuple[Note, ...]


class Size(NamedTuple):
    """How large an edition is; ``line`` is the length of a text that is one line, in code points."""

    texts: int
    annotations: int
    line: int = 0

    def __str__(self) -> str:
        texts = f"{self.texts} text{'s' if self.texts > 1 else ''}"
        return f"a line of {self.line:,}" if self.line else f"{texts}, {self.annotations:,}"


def edition(size: Size, seed: int = 1) -> Iterator[Text]:
    """The texts of an edition, among which the annotations are shared evenly."""
    sigla = [siglum(number) for number in range(size.texts)]
    for index, own in enumerate(sigla):
        chance = random.Random(f"{seed} {own} {size}")
        share = size.annotations * (index + 1) // size.texts - size.annotations * index // size.texts
        prose = Prose(chance)
        paragraphs = list(_paragraphs(prose, size.line or max(share, 10) * DENSITY))
        if size.line:
            paragraphs = [list(chain(*paragraphs))]
        yield _text(own, f"text-{index + 1:03}", paragraphs, share, sigla, prose)


def siglum(number: int) -> str:
    """The siglum of a text by its number from 0: A to Z, Aa, Ab."""
    more, last = divmod(number, 26)
    return string.ascii_uppercase[last] if not more else siglum(more - 1) + string.ascii_lowercase[last]


def _paragraphs(prose: Prose, length: int) -> Iterator[list[str]]:
    """Paragraphs of words, until they have ``length`` code points."""
    while length > 0:
        yield (words := prose.words(prose.chance.randint(60, 120)))
        length -= sum(map(len, words)) + len(words) + 1


def _text(own: str, name: str, paragraphs: list[list[str]], share: int, sigla: list[str], prose: Prose) -> Text:
    chance = prose.chance
    words = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs) + "\n"
    ends = [end - 1 for end in accumulate(map(len, paragraphs))]  # the number of each paragraph's last word
    last = [end for paragraph, end in zip(paragraphs, ends, strict=True) for _ in paragraph]
    spans = [match.span() for match in re.finditer(r"\S+", words)]
    notes = []
    for number in range(1, share + 1):
        low, high = len(spans) * (number - 1) // share, len(spans) * number // share
        note = None
        while note is None:
            note = _note(words, spans, chance.randrange(low, high), last, chance)
        cited = number % 2 == 0 or note.layer == "correction"  # which must show what it rests on
        body, see = _body(prose, number, share, own, sigla, len(paragraphs), cited=cited)
        notes.append(replace(note, number=number, body=body, see=see))
    return Text(own, name, words, tuple(notes))


def _note(words: str, spans: list[tuple[int, int]], first: int, last: list[int], chance: random.Random) -> Note | None:
    """A note without body on one to six words of one paragraph; none if no prefix tells them from others."""
    final = min(first + chance.randrange(6), last[first])
    start, end = spans[first][0], spans[final][1]
    lemma = words[start:end].rstrip(",;.")
    end = start + len(lemma)
    before, begins = first, words.rfind("\n", 0, start) + 1
    while _stands_twice(words, words[spans[before][0] : start].strip(), lemma):
        if spans[before][0] == begins:
            return None
        before -= 1
    drawn = chance.random()
    layer = "emendation" if drawn < 0.25 else "correction" if drawn < 0.35 else "note"
    reading = None if layer == "note" else _amended(lemma, chance)
    return Note(0, layer, start, end, words[spans[before][0] : start].strip(), reading, "")


def _stands_twice(words: str, prefix: str, lemma: str) -> bool:
    """Whether prefix and lemma fit in two places; white space between the two is free."""
    return sum(words.count(prefix + between + lemma) for between in ((" ", "\n\n", "") if prefix else ("",))) > 1


def _amended(lemma: str, chance: random.Random) -> str:
    """The lemma with another first word; the others stay, so that no two emendations change the same word."""
    word = lemma.split()[0].rstrip(",;.")
    other = str(int(word) + 1) if word.isdigit() else word + chance.choice(("e", "n", "er", "th"))
    return other + lemma[len(word) :]


def _body(
    prose: Prose, number: int, share: int, own: str, sigla: list[str], paragraphs: int, *, cited: bool
) -> tuple[str, str]:
    """Some forty words, and what stands under *see*."""
    words = prose.words(prose.chance.randint(32, 48))
    if cited:
        words[-1] = f"{words[-1].rstrip('.')} <cite:work{prose.chance.randint(1, WORKS):02}>."
    if number % 4 == 1:
        target = prose.chance.choice(
            (
                f"{own}{prose.chance.randint(1, share)}",
                f"{own} ¶{prose.chance.randint(1, paragraphs)}",
                f"{prose.chance.choice(sigla)} ¶1",
            )
        )
        words.append(f"Compare <ref:{target}>.")
    if number == (share + 1) // 2:
        words.append("So since revision 0.")
    other = prose.chance.randint(1, share)
    return " ".join(words), f"{own}{other}" if number % 10 == 0 and other != number else ""
