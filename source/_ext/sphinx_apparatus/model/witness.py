"""Witnesses, and what they read: the grammar of a critical apparatus.

``lemma] reading A B : reading C : om. D`` as printed editions have it: readings parted by a
colon between spaces, each with the sigla of its witnesses behind it, or, behind *coni.*, with the
name of him who conjectured it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from sphinx_apparatus.model.reference import ModelError

#: A siglum of a witness: up to eight letters and figures, none of them raised: A, Vat, β, ℵ, 𝔓46, 1739.
WITNESS = re.compile(r"[^\W_¹²³⁰-₟ᵃ-ᶿ]{1,8}")

#: What stands behind a siglum for a hand or a correction: A², A*, A^c.
_HAND = re.compile(r"(?:\^\w{1,3}|[*¹²³⁴⁵⁶⁷⁸⁹′″]+)$")

#: A first hand is the witness itself: A*, A¹, A^ac (before it was corrected).
_FIRST = re.compile(r"(?:\^(?:1|ac)|[*¹])$")

_CONJECTURE = re.compile(r"^(?P<words>.*?)\s*\b(?P<mark>coni\.|conj\.|ci\.|em\.|edd?\.)\s+(?P<who>\S.*)$")

#: What parts readings; a remark in brackets may have colons of its own.
_COLON = re.compile(r"(?:^|\s+):(?:\s+|$)(?![^()]*\))")

#: A bracket within a lemma, and what is between it and the one that closes it: *the [old] man*.
_BRACKETED = re.compile(r"\[[^\[\]]*\]")

#: What a reading may say in place of words: it omits, adds, transposes.
MARKS = ("om.", "add.", "transp.", "del.")


class Witness(NamedTuple):
    """A witness of a text: its siglum, the text, and what is known of it."""

    siglum: str
    #: the siglum of the text
    text: str
    name: str = ""
    date: str = ""
    repository: str = ""
    hand: str = ""
    #: the siglum of its family, which stands for all its members
    family: str = ""
    #: what of the text it has, in words, where that is not the whole: ``¶¶7–8``
    extent: str = ""
    docname: str = ""
    line: int = 0

    @property
    def key(self) -> str:
        """Text and siglum: witnesses of two texts may have one siglum."""
        return f"{self.text} {self.siglum}"

    @property
    def described(self) -> str:
        """What is known of it, on one line."""
        return ", ".join(filter(None, (self.name, self.repository, self.hand, self.date, self.extent)))


class Reading(NamedTuple):
    """A reading: a mark or words, the sigla that have it, or whose conjecture it is, and a remark."""

    words: str
    witnesses: tuple[str, ...]
    mark: str = ""
    author: str = ""
    remark: str = ""

    def repeats(self, lemma: str) -> bool:
        """Whether it says who has the lemma: by its words, or by sigla alone."""
        return not self.mark and (self.words == lemma or (not self.words and bool(self.witnesses)))


def base(siglum: str) -> str:
    """The witness of a siglum, the hand left out: *A* of *A²*."""
    return _HAND.sub("", siglum)


def split_lemma(apparatus: str) -> tuple[str | None, str]:
    """The lemma before the bracket, if one is given, and the readings behind it."""
    # The lemma may have brackets of its own.
    at = _BRACKETED.sub(lambda match: "x" * len(match[0]), apparatus).find("] ")
    return (None, apparatus.strip()) if at < 0 else (apparatus[:at].strip(), apparatus[at + 2 :].strip())


def parse_readings(readings: str, sigla: Iterable[str]) -> tuple[Reading, ...]:
    """The readings of an apparatus.  Raises `ModelError` for one that nobody has."""
    known = set(sigla)
    found = [_reading(piece.strip(), known) for piece in _COLON.split(readings) if piece.strip()]
    if not found:
        raise ModelError("a variant needs readings, as: reading A B : reading C : om. D")
    return tuple(found)


def _reading(piece: str, known: set[str]) -> Reading:
    remark = ""
    match = re.fullmatch(r"(.*\S)\s+(\([^()]*\))", piece)
    if match:
        piece, remark = match[1], match[2]
    conjecture = _CONJECTURE.match(piece)
    words = (conjecture["words"] if conjecture else piece).split()
    witnesses: list[str] = []
    while words and base(words[-1].rstrip(",")) in known:
        witnesses.insert(0, words.pop().rstrip(","))
    if conjecture:
        if witnesses and not words and "," not in conjecture["words"]:
            words, witnesses = witnesses, []  # *o coni. Itali*: a word, were it a siglum as well
        return _marked(" ".join(words), tuple(witnesses), f"{conjecture['mark']} {conjecture['who']}", remark)
    if not witnesses:
        last = words[-1] if words else ""
        handed = next((one for one in known if re.fullmatch(rf"{one}(?:[0-9]|ac|pc)", last)), "")
        raise ModelError(
            f"the reading {piece!r} names no witness; the witnesses are {', '.join(sorted(known)) or 'none'} "
            f"(ed:witness); a conjecture is written: {'del.' if words[:1] == ['del.'] else 'words'} coni. Name"
            + (f"; a hand of {handed}: {handed}^{last.removeprefix(handed)}" if handed else "")
        )
    return _marked(" ".join(words), tuple(witnesses), "", remark)


def _marked(words: str, witnesses: tuple[str, ...], author: str, remark: str) -> Reading:
    first, _, rest = words.partition(" ")
    mark, words = (first, rest) if first in MARKS else ("", words)
    return Reading(words, witnesses, mark, author, remark)


#: What stands between sigla, or behind one, in other apparatuses than this.
_SIGNS = re.compile(r"[(|&+].*|(?:et|and|und|u\.)$|" + "|".join(map(re.escape, MARKS)))

#: Signs that other apparatuses have, which here would be words of the reading.
_FOREIGN = re.compile(r"(?:om|transp|(?:inv|tr|trp|secl|suppl|lac|ill|illeg|des|iter|praem|eras|ras|exp)\.)$")


def doubt(reading: Reading, lemma: str, sigla: Iterable[str]) -> str:
    """What in a reading looks like a sign of an apparatus, and what to write; empty for nothing.

    Words that the lemma has, too, are words.
    """
    known, words, own = set(sigla), reading.words.split(), set(lemma.split())
    for word, behind in list(zip(words, [*words[1:], ""], strict=False))[not reading.mark :]:
        parted = word.rstrip(",:;")
        if base(parted) in known and word not in own and (word != parted or _SIGNS.match(behind)):
            return (
                f"{parted!r} stands among its words; readings are parted by a colon between blanks, and sigla by blanks"
            )
    if len(name := reading.author.split()) > 2 and base(name[-1]) in known:
        return f"{name[-1]!r} stands behind the name of a conjecture; sigla stand before {name[0]}"
    for word in words[-1:] if reading.mark else [*words[:1], *words[-1:]]:
        if (word in MARKS or (_FOREIGN.match(word) and word == reading.words)) and word not in own:
            return (
                f"{word!r} stands among its words; {', '.join(MARKS)} stand before them, "
                "and anything else in brackets at the end: om. A (lac.)"
            )
    return ""


def written(readings: Iterable[Reading]) -> str:
    """Readings as an apparatus prints them."""
    return " : ".join(
        " ".join(filter(None, (one.mark, one.words, " ".join(one.witnesses), one.author, one.remark)))
        for one in readings
    )


def having_lemma(readings: Iterable[Reading], witnesses: Mapping[str, Witness]) -> tuple[str, ...]:
    """The witnesses, of those given by siglum, that no reading names: they have the lemma.

    Of one of which only later hands are named, the first hand has it: ``A*``.  Of a part of the text (``extent``)
    that cannot be told: it has what readings say it has.
    """
    named = {_FIRST.sub("", siglum) for reading in readings for siglum in reading.witnesses}
    mended = {base(siglum) for siglum in named}
    return tuple(
        f"{siglum}*" if siglum in mended else siglum
        for siglum, witness in witnesses.items()
        if siglum not in named and witness.family not in named and not witness.extent
    )


def having(readings: Iterable[Reading], witness: Witness) -> Reading | None:
    """The reading that a witness has, its own before that of its family; ``None`` where it has the lemma."""
    found = list(readings)
    for name in (witness.siglum, witness.family):
        for one in found:
            if name and any(_FIRST.sub("", siglum) == name for siglum in one.witnesses):
                return one
    return None
