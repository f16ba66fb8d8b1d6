"""Which characters of the book which font has, asked of Typst before the book is set.

A character that no font has is stood in for.  A letter and the marks on it are shaped from one
font: Typst would take the letter from the first that has it, and where the mark is in another,
leave one of them out without a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from unicode_segmentation_rs import graphemes

from sphinx_apparatus.outputs.print.literal import array, literal

#: Fonts that the wheel of Typst has, and falls back to.
WHEEL = ("Libertinus Serif", "New Computer Modern", "DejaVu Sans Mono")

#: What Libertinus Serif has for certain: ASCII and the printable half of Latin-1.
_SURE = frozenset(map(chr, (*range(0x20, 0x7F), *range(0xA0, 0x100)))) | frozenset("\n\r\t–—‘’“”…")

#: Of no width, and shown by none: joiners, variation selectors, the soft hyphen.
_UNSEEN = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)

#: Scripts whose letters join or change beside each other: a word of theirs is not parted.
_JOINING = re.compile(
    "[\u0590-\u08ff\u0900-\u0dff\u0f00-\u0fff\u1000-\u109f\u1780-\u18af\ua840-\ua8ff\ufb1d-\ufdff\ufe70-\ufeff]"
)


#: Stands for whatever font Typst finds, after the first family.
ANY = ""


class Glyphs(NamedTuple):
    """What no font has; and words to be set in the one family that has all of them."""

    missing: frozenset[str] = frozenset()
    joined: tuple[tuple[str, str], ...] = ()


#: Which of some characters each of some families has not.
Ask = Callable[[Sequence[str], Collection[str]], Mapping[str, frozenset[str]]]


#: Fonts that are free, by the first word of a character's name in Unicode, and where they are.
_FONTS = {
    **{name.upper(): f"Noto Serif {name}" for name in (
        "Hebrew", "Devanagari", "Thai", "Tibetan", "Bengali", "Tamil", "Telugu", "Georgian", "Armenian", "Ethiopic",
        "Khmer", "Lao", "Myanmar", "Gujarati", "Gurmukhi", "Kannada", "Malayalam", "Sinhala", "Tangut",
    )},
    **{name.upper(): f"Noto Sans {name}" for name in ("Syriac", "Gothic", "Coptic", "Glagolitic", "Runic")},
    "ARABIC": "Noto Naskh Arabic", "CUNEIFORM": "Noto Sans Cuneiform", "EGYPTIAN": "Noto Sans Egyptian Hieroglyphs",
    **dict.fromkeys(
        ("CJK", "HANGUL", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC", "LEFT", "RIGHT", "FULLWIDTH",
         "HALFWIDTH"),
        "Noto Serif CJK",
    ),
    **dict.fromkeys(("LATIN", "GREEK", "CYRILLIC", "COMBINING", "MODIFIER"), "Noto Serif"),
    "MATHEMATICAL": "Noto Sans Math", "NKO": "Noto Sans NKo", "CANADIAN": "Noto Sans Canadian Aboriginal",
    "": "Junicode",
}  # fmt: skip
_PLACES = {"Noto Serif CJK": "github.com/notofonts/noto-cjk", "Junicode": "github.com/psb1558/Junicode-font"}
_PLACE = "fonts.google.com/noto"

#: What follows the name of a script in that of a character.
_SCRIPT = re.compile(
    "(?P<script>[A-Z ]+?) (?:CAPITAL |SMALL |SUBJOINED |INDEPENDENT |DEPENDENT )*"
    "(?:LETTER|SIGN|VOWEL|DIGIT|SYLLABLE|IDEOGRAM|NUMBER|CONSONANT|MARK)\\b"
)


def advice(characters: Iterable[str]) -> str:
    """Fonts that have such characters, and where they are; what is for private use may have another meaning."""
    found: dict[str, list[str]] = {}
    for character in sorted(characters):
        name = unicodedata.name(character, "")
        font = _FONTS.get(name.split(" ")[0]) or _other(name, character)
        fonts = found.setdefault(_PLACES.get(font, _PLACE), [])
        if font not in fonts:
            fonts.append(font)
    return "; ".join(f"{', '.join(fonts)} ({place})" for place, fonts in found.items())


def _other(name: str, character: str) -> str:
    """The font of a script that has one of its own by name; of what is no letter, one of signs."""
    script = _SCRIPT.match(name)
    if script and unicodedata.category(character)[0] in "LMN":
        return f"Noto Sans {script['script'].title()}"
    if character.isalpha():
        return "Noto Sans"
    return "Noto Emoji" if character > "\U0001f000" else "Noto Sans Symbols 2"


def together(strings: Iterable[str], characters: Collection[str]) -> set[str]:
    """The clusters of some strings that have none but these characters, and those characters that are in none."""
    found = {cluster for cluster in _clusters(strings) if set(cluster) <= set(characters)}
    return found | (set(characters) - frozenset().union(*found))


def survey(strings: Iterable[str], families: Sequence[str], ask: Ask) -> Glyphs:
    """Which characters have to be stood in for, and which are to be kept in one font."""
    strings = set(strings)
    sure = _SURE if families[0] == WHEEL[0] else frozenset()
    characters = frozenset().union(*strings) - sure if strings else frozenset()
    wanted = {c for c in characters if not _UNSEEN.match(c) and not c.isspace() and unicodedata.category(c) != "Cc"}
    if not wanted:
        return Glyphs()
    ask = _on_letters(ask, strings)
    lacks = dict(ask(families[:1], wanted))
    first_lacks = lacks.get(families[0], frozenset())
    order = list(dict.fromkeys((*families, *WHEEL)))
    if first_lacks:
        lacks |= ask(order[1:], first_lacks)
    has = {c: [f for f in order if c not in lacks.get(f, ())] if c in first_lacks else [] for c in wanted}
    missing = {c for c in first_lacks if not has[c]}
    # Typst may find one in another cut of a family.
    missing &= ask((ANY,), missing).get(families[0], frozenset()) if missing else missing
    joined: dict[str, str] = {}
    for cluster in {cluster for cluster in _clusters(strings) if set(cluster) & first_lacks - missing}:
        seen = [c for c in cluster if c in wanted or not _UNSEEN.match(c)]
        homes = [has[c][0] if c in first_lacks and has[c] else order[0] for c in seen if c not in missing]
        if len(set(homes)) > 1:
            family = _family(seen, order, lacks, first_lacks, ask)
            if family:
                joined[cluster] = family
            else:
                missing |= {c for c in seen if unicodedata.category(c)[0] == "M" and c in wanted}
    return Glyphs(frozenset(missing), tuple(_words(joined, strings)))


def _on_letters(ask: Ask, strings: Iterable[str]) -> Ask:
    """The same question, but that a mark which is lacking alone is asked for once more on its letter.

    A font may have a mark, and not the dotted circle on which it is shown where it stands alone.
    """
    letters: dict[str, str] = {}
    for cluster in _clusters(strings):
        letters.update({mark: cluster[0] for mark in cluster[1:] if mark not in letters})

    def asked(families: Sequence[str], characters: Collection[str]) -> dict[str, frozenset[str]]:
        found = dict(ask(families, characters))
        marks = {c for lacks in found.values() for c in lacks if unicodedata.category(c)[0] == "M" and c in letters}
        if marks:
            again = ask(families, {letters[mark] + mark for mark in marks})
            found = {name: lacks - marks | (lacks & again.get(name, frozenset())) for name, lacks in found.items()}
        return found

    return asked


def _family(
    cluster: Sequence[str], order: Sequence[str], lacks: Mapping[str, frozenset[str]], asked: frozenset[str], ask: Ask
) -> str:
    """The first family that has all characters of a cluster, or nothing."""
    others = ask(order[1:], set(cluster) - asked)
    for family in order:
        gone = lacks.get(family, frozenset()) | (others.get(family, frozenset()) if family != order[0] else frozenset())
        if not set(cluster) & gone:
            return family
    return ""


def _clusters(strings: Iterable[str]) -> Iterable[str]:
    """The grapheme clusters of more than one character (UAX 29), in strings for which one font need not do."""
    for string in strings:
        if not _SURE.issuperset(string):
            yield from (cluster for cluster in graphemes(string, is_extended=True) if len(cluster) > 1)


def _words(joined: Mapping[str, str], strings: Iterable[str]) -> Iterable[tuple[str, str]]:
    """The clusters themselves; in scripts that join, the words they are in."""
    found: dict[str, str] = {}
    for cluster, family in joined.items():
        if _JOINING.match(cluster):
            words = (word for string in strings if cluster in string for word in string.split() if cluster in word)
            found.update(dict.fromkeys(words, family))
        else:
            found[cluster] = family
    return sorted(found.items())


def source(families: Sequence[str], characters: Collection[str]) -> str:
    """A document that only a font with all these characters can set."""
    told = array(literal(c) for c in sorted(characters))
    return "".join(
        (
            '#set document(title: "Glyphs")\n#set page(width: 400pt, height: auto)\n',
            f"#for family in {array(map(literal, families))} {{\n",
            f"  set text(font: if family == {literal(ANY)} {{ {literal(WHEEL[0])} }} else {{ family }}, "
            f"fallback: family == {literal(ANY)})\n",
            f"  for character in {told} [#character #linebreak()]\n}}\n",
        )
    )
