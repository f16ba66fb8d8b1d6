"""How a text is divided: by line, by blank line, as verse, as drama; and its milestones.

The file is never touched: what structure it has, the edition declares.  A paragraph, in every
structure, is what a number (¶) counts and a row of the page shows: a line of the file, a run of
lines between blank ones, a verse.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.model.reference import ModelError, fragment

#: A line ends as POSIX, DOS or old Macintosh files end one.  ``str.splitlines``
#: would also split at U+000B, U+0085, U+2028 and others, which are characters
#: of the text here.
_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")

#: What a blank line may hold besides ``str.isspace`` characters.
_INVISIBLE = "\ufeff"

#: What ends the name of a speaker in a line.
_ENDS = (".", ":")

#: The brackets of a stage direction, and how many lines one has at most.
_CLOSED, _LONGEST = {"(": ")", "[": "]"}, 30

#: A text of fewer lines is small enough to be looked at.
FEW = 60

#: One with stanzas, or indented lines, is seen to be verse from this number of lines on.
STANZAS = 6

#: Prose a paragraph a line has longer lines than this on the average, in code points; verse has shorter ones.
WRAPPED = 90

#: A paragraph of more code points than this is no paragraph; a page of print has about 2,500.
ENDLESS = 12_000


class Structure(StrEnum):
    """What a paragraph of the text is."""

    #: each line that is not blank
    LINE = "line"
    #: the lines between two blank ones; their line ends are set as spaces
    PARAGRAPH = "paragraph"
    #: each verse; blank lines part stanzas
    VERSE = "verse"
    #: each verse or line of a speech; names of speakers and stage directions are told apart
    DRAMA = "drama"

    @property
    def by_line(self) -> bool:
        """Whether each line of the file is one."""
        return self is not Structure.PARAGRAPH

    @property
    def verse(self) -> bool:
        """Whether lines are kept, numbered as verses, and stanzas apart."""
        return self in (Structure.VERSE, Structure.DRAMA)

    @property
    def folds(self) -> bool:
        """Whether words may be quoted over a line end with a space."""
        return self is not Structure.LINE


class Verse(NamedTuple):
    """What a paragraph is in verse or drama.

    ``number`` is that of the verse, 0 for what is none; ``stanza`` counts from 1, ``first`` is
    set for the first line of one; ``role`` is *verse*, *heading*, *speaker* or *direction*.
    ``name`` is how many code points, from its first letter on, are the name of who speaks it;
    ``joined`` is set where it goes on with the verse before it, whose number it has.
    """

    number: int
    stanza: int
    first: bool
    role: str = "verse"
    name: int = 0
    joined: bool = False


class Milestone(NamedTuple):
    """Where a page, a folio or a section begins: its unit and number, and the code point, from 0."""

    unit: str
    number: str
    offset: int
    #: the address of its picture
    facsimile: str = ""

    @property
    def title(self) -> str:
        """What it is called: *page 12*."""
        return f"{self.unit} {self.number}"

    @property
    def fragment(self) -> str:
        """Its part of an address, behind the siglum."""
        return fragment(self.title)


def paragraph_spans(string: str, structure: Structure = Structure.LINE) -> list[Span]:
    """The paragraphs of a string, line ends and blank lines left out."""
    found: list[Span] = []
    joined = False
    for match in _LINE.finditer(string):
        if not match[1].replace(_INVISIBLE, "").strip():
            joined = False
            continue
        if joined and not structure.by_line:
            found[-1] = Span(found[-1].start, match.end(1))
        else:
            found.append(Span(match.start(1), match.end(1)))
        joined = True
    return found


def number_verses(
    string: str,
    spans: Sequence[Span],
    headings: Sequence[int],
    *,
    by_stanza: bool = False,
    first: int = 1,
    speakers: Sequence[str] = (),
    joined: Sequence[int] = (),
) -> dict[int, Verse]:
    """What each paragraph is, by its number: verses numbered from ``first`` on, through or in each stanza."""
    found: dict[int, Verse] = {}
    number, stanza = first - 1, 0
    lines = [string[start:end].strip() for start, end in spans]
    befores = [None, *(span.end for span in spans)]
    opening = [
        before is None or not _adjacent(string[before : span.start])
        for before, span in zip(befores, spans, strict=False)
    ]
    directions = _directions(lines, opening, speakers) if speakers else set()
    for paragraph, (line, opens) in enumerate(zip(lines, opening, strict=True), 1):
        if paragraph in headings:
            role = "heading"
        else:
            role = "speaker" if line in speakers else "direction" if paragraph in directions else "verse"
        if opens:
            stanza += 1
            number = first - 1 if by_stanza else number
        goes_on = paragraph in joined and role == "verse" and number >= first
        number += role == "verse" and not goes_on
        name = _name(line, speakers) if role == "verse" else 0
        found[paragraph] = Verse(number if role == "verse" else 0, stanza, opens, role, name, goes_on)
    return found


def _adjacent(between: str) -> bool:
    """Whether nothing but one line end is between two lines."""
    return between in ("\n", "\r\n", "\r")


def _name(line: str, speakers: Sequence[str]) -> int:
    """How much of a line is the name of its speaker.

    A name as it is declared, with a space behind it; one without a sign at its end needs one in the line,
    so that who is spoken to is not taken for who speaks.
    """
    for name in sorted(speakers, key=len, reverse=True):
        if line.startswith(name):
            rest = line[len(name) :]
            if not name[-1].isalnum():
                if rest[:1].isspace():
                    return len(name)
            elif rest[:1] in _ENDS and rest[1:2].isspace():
                return len(name) + 1
            elif rest[:1] == "\t" or rest[:2].isspace():
                return len(name)
    return 0


def _directions(lines: Sequence[str], opening: Sequence[bool], speakers: Sequence[str]) -> set[int]:
    """The paragraphs that are stage directions: from a bracket that begins a line to its own at the end of one.

    A square one that nothing closes before the next blank line, or speaker, goes to the end of its line.
    """
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at + 1 in found or line in speakers or line[:1] not in _CLOSED:
            continue
        end = at + 1
        while end < min(at + _LONGEST, len(lines)) and not (
            opening[end] or lines[end] in speakers or _name(lines[end], speakers)
        ):
            end += 1
        block = "\n".join(lines[at:end])
        closes = _closing(block)
        if closes is None:
            found.update([at + 1] if line[0] == "[" else [])
        elif block[closes + 1 : closes + 2] in ("", "\n"):
            found.update(range(at + 1, at + 2 + block.count("\n", 0, closes)))
    return found


def _closing(block: str) -> int | None:
    """Where the bracket is closed with which a block begins."""
    depth = 0
    for at, character in enumerate(block):
        depth += (character == block[0]) - (character == _CLOSED[block[0]])
        if not depth:
            return at
    return None


def contradiction(string: str, structure: Structure, *, declared: bool) -> str:
    """What in the shape of a text speaks against its structure, and what to declare; nothing if nothing does."""
    lines = [string[start:end] for start, end in paragraph_spans(string)]
    blocks = paragraph_spans(string, Structure.PARAGRAPH)
    if len(lines) < FEW and not (len(lines) >= STANZAS and _has_stanzas(string, lines, blocks)):
        return ""
    average = round(sum(map(len, lines)) / len(lines))
    shape = (
        f"{len(lines):,} lines of {average} characters on the average, in {len(blocks):,} blocks between blank lines"
    )
    if structure is Structure.PARAGRAPH and len(string) / len(blocks) > ENDLESS:
        return f"has {shape}: too few blank lines to part paragraphs; declare :structure: line, or verse"
    if structure.verse and average > WRAPPED:
        return f"has {shape}: too long for verse; declare :structure: line, or paragraph"
    if structure is Structure.LINE and not declared and average < WRAPPED and len(lines) > 1.5 * len(blocks):
        wrapped = len(lines) >= FEW and _is_wrapped(lines)
        other = "paragraph (lines broken to a width)" if wrapped else "verse"
        return (
            f"has {shape}; line by line each of them would be a paragraph with pages of its own. Declare "
            f":structure: {other}, or :structure: line if that is meant"
        )
    return ""


def _has_stanzas(string: str, lines: Sequence[str], blocks: Sequence[Span]) -> bool:
    """Whether lines stand in groups of several, or some are indented, as in verse."""
    tall = sum(len(paragraph_spans(string[start:end])) > 2 for start, end in blocks)
    return tall > 1 or (tall > 0 and any(line[:1].isspace() for line in lines))


def _is_wrapped(lines: Sequence[str]) -> bool:
    """Whether lines are broken to a width: most end just before it, where verses end as they like."""
    lengths = sorted(map(len, lines))
    width = lengths[len(lengths) * 9 // 10]
    return sum(length > 0.8 * width for length in lengths) > 0.6 * len(lengths)


def region(
    string: str, spans: Sequence[Span], verses: Mapping[int, Verse], milestones: Sequence[Milestone], words: str
) -> Span:
    """The part of a text that a reference names: ``¶3``, ``l. 12``, ``page 12``.  Raises `ModelError`."""
    words = " ".join(words.replace("¶", "¶ ").split())
    match = re.fullmatch(r"(¶|[lvVZ]\.) ?([0-9]{1,6})", words)
    if match:
        number = int(match[2])
        if match[1] == "¶":
            if 1 <= number <= len(spans):
                return spans[number - 1]
            raise ModelError(f"there are ¶1 to ¶{len(spans)}, no ¶{number}")
        paragraph = next((p for p, verse in verses.items() if verse.number == number), 0)
        if paragraph:
            return spans[paragraph - 1]
        raise ModelError(f"there is no verse {number}")
    ordered = sorted(milestones, key=lambda milestone: milestone.offset)
    for milestone in ordered:
        if milestone.title == words:
            later = (m.offset for m in ordered if m.unit == milestone.unit and m.offset > milestone.offset)
            return Span(milestone.offset, next(later, len(string)))
    raise ModelError(f"{words!r} is no passage of the text: ¶3, l. 12 in verse, or a milestone, as page 12")
