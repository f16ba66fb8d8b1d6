"""Typst sets a text at the edition's measure (``lines.typ``), and its line breaks are taken.

A mark stands behind each chunk of the text, and where it came to stand tells the chunk's line.
Within a chunk a line ends only in an address, which Typst breaks anywhere, where a word is
hyphenated, or too long; in such chunks marks stand behind each character.  In others not: at
a mark there is no kerning, which may be enough to move a break.
"""

from __future__ import annotations

import json
import re
import tempfile
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import NamedTuple

from sphinx_apparatus.model.lines import Lines, LinesError, clusters, soft_hyphens
from sphinx_apparatus.model.text import Paragraph, Text
from sphinx_apparatus.outputs.print.chunks import Chunk, chunks
from sphinx_apparatus.outputs.print.literal import array, literal

#: The family of the edition's lines; it is in the wheel of Typst.
FACE = "Libertinus Serif"

#: What is recorded of the measure with the lines: that of ``lines.typ``.
MEASURE = f"108 mm, {FACE} 10.5 pt"

#: Its width in points, and how far punctuation hangs out of it at most.
WIDTH, OVERHANG = 108 / 25.4 * 72, 3.0

#: More characters than a line has.
LONGEST = 60

#: A zero width space: in a word too long for its line, a place where it may end.
_MAY_END = "\u200b"

#: What Typst breaks without a hyphen, wherever it must: an address.
_ADDRESS = re.compile(r"https?://\S*")

#: What is asked when all is set: the code point of each mark, and where it is, in points.
_MARKS = "query(<mark>).map(m => { let p = m.location().position(); (m.value, p.x / 1pt, p.y / 1pt) })"


class SettingError(Exception):
    """Typst does not set the text; the message says why."""


class Mark(NamedTuple):
    """Where a piece of a text ends; ``start`` is its first code point, ``x`` and ``y`` are points."""

    start: int
    x: float
    y: float


class Copy(NamedTuple):
    """A text as it is to be set.

    ``headings`` are numbers of paragraphs, ``language`` is a BCP 47 tag, ``families`` are
    fonts for what `FACE` has not, and ``fonts`` the folders that they are in.
    """

    text: Text
    headings: Sequence[int] = ()
    language: str = "en"
    families: Sequence[str] = ()
    fonts: Sequence[Path] = ()
    hyphenate: bool = False
    #: code points before which no line may end, though white space is there: an emendation speaks of it
    bound: AbstractSet[int] = frozenset()


class _Pieces(NamedTuple):
    """Chunks set cluster by cluster: ``cut``, to see whether a line ends within; ``loose``, so that one may."""

    cut: frozenset[int] = frozenset()
    loose: frozenset[int] = frozenset()

    def of(self, chunk: Chunk) -> Iterator[tuple[int, str]]:
        """The pieces of a chunk, without the white space before it, each with its code point."""
        words = chunk.string.lstrip()
        if chunk.start not in self.cut | self.loose:
            yield chunk.start, words
            return
        at = chunk.start
        for cluster in clusters(words):
            yield at, _MAY_END + cluster if chunk.start in self.loose else cluster
            at += len(cluster)


def take_lines(copy: Copy) -> Lines:
    """The lines into which Typst breaks a text.  Raises `SettingError`."""
    made = [chunks(copy.text.string, paragraph.start, paragraph.end) for paragraph in copy.text.paragraphs]
    words = _words(made)
    starts = list(words)
    pieces, missing = _Pieces(_addresses(copy.text.string, made), _backward(made)), frozenset[str]()
    while True:
        marks, without = _set(_source(copy, made, pieces, missing), copy.fonts)
        if without:
            if without <= missing:
                raise SettingError(f"no font has {' '.join(f'U+{ord(c):04X}' for c in sorted(without))}")
            missing |= without
            continue
        over = [mark.start for mark in marks if not -OVERHANG <= mark.x <= WIDTH + OVERHANG]
        wide = {start for at in over for start in words[starts[bisect_right(starts, at) - 1]]}
        begins = {mark.start for mark in _firsts(marks)} if copy.hyphenate else set()
        again = _Pieces(pieces.cut | begins, pieces.loose | wide)
        if again == pieces:
            return _lines(copy, made, marks, pieces)
        pieces = again


def _lines(copy: Copy, made: Sequence[Sequence[Chunk]], marks: Sequence[Mark], pieces: _Pieces) -> Lines:
    text = copy.text
    # White space before the first word of a paragraph is of its first line.
    lead = {found[0].start: paragraph.start for found, paragraph in zip(made, text.paragraphs, strict=True) if found}
    starts = [lead.get(mark.start, mark.start) for mark in _firsts(marks)]
    hyphens = soft_hyphens(text.string, starts)
    if copy.hyphenate:
        torn = pieces.cut - pieces.loose - _addresses(text.string, made)
        words = [chunk for found in made for chunk in found if chunk.start in torn]
        within = {at for chunk in words for at, _ in pieces.of(chunk) if at > chunk.start}
        hyphens |= {line for line, start in enumerate(starts) if start in within}
    try:
        return Lines(tuple(starts), text.paragraphs, hyphens)
    except LinesError as error:
        raise SettingError(f"Typst broke {text.siglum} into what are no lines of it: {error}") from error


def _words(made: Sequence[Sequence[Chunk]]) -> dict[int, list[int]]:
    """For where each chunk begins, where those begin that it forms a word with, between white space."""
    found: dict[int, list[int]] = {}
    for paragraph in made:
        word: list[int] = []
        for chunk in paragraph:
            word = [] if chunk.string[0].isspace() else word
            word.append(chunk.start)
            found[chunk.start] = word
    return found


def _backward(made: Sequence[Sequence[Chunk]]) -> frozenset[int]:
    """Where words begin that are written from the right and longer than a line: where they end does not show it."""
    return frozenset(
        chunk.start
        for found in made
        for chunk in found
        if len(chunk.string) > LONGEST and unicodedata.bidirectional(chunk.string.lstrip()[0]) in ("R", "AL")
    )


def _addresses(string: str, made: Sequence[Sequence[Chunk]]) -> frozenset[int]:
    """Where the chunks begin that are part of an address."""
    within = {at for address in _ADDRESS.finditer(string) for at in range(*address.span())}
    return frozenset(chunk.start for found in made for chunk in found if chunk.start in within)


def _firsts(marks: Sequence[Mark]) -> list[Mark]:
    """The first mark of each line; lines are a whole skip apart."""
    return [mark for before, mark in zip((None, *marks), marks, strict=False) if not before or mark.y > before.y + 1]


def _source(copy: Copy, made: Sequence[Sequence[Chunk]], pieces: _Pieces, missing: AbstractSet[str]) -> str:
    families = array(literal(family) for family in (FACE, *copy.families))
    written = [
        Path(__file__).with_name("lines.typ").read_text("utf-8"),
        f"#show: setting.with(fonts: {families}, lang: {literal(copy.language.split('-')[0])}, "
        f"hyphenate: {str(copy.hyphenate).lower()})\n",
    ]
    for paragraph, found in zip(copy.text.paragraphs, made, strict=True):
        rows = []
        for index, chunk in enumerate(found):
            # A tab or the like is a space: a line has no other white space.
            space = " " if index and chunk.string[0].isspace() else ""
            space = "\u2060\u00a0" if space and chunk.start in copy.bound else space
            for at, words in pieces.of(chunk):
                rows.append(f"({at}, {literal((space if at == chunk.start else '') + words, missing)})")
        style = _style(paragraph, copy.headings)
        written.append(f"#paragraph({style}, {array(rows)})\n")
    return "".join(written)


def _style(paragraph: Paragraph, headings: Sequence[int]) -> str:
    if paragraph.number in headings:
        return "head: true"
    return f"lead: {str(paragraph.number > 1).lower()}"


def _set(source: str, fonts: Sequence[Path]) -> tuple[list[Mark], frozenset[str]]:
    """The marks of a source as it is set, or the characters that no font has.  Raises `SettingError`."""
    import typst

    from sphinx_apparatus.outputs.print.compiling import missing_glyphs

    # No font of the machine's own: the lines would be others on the next.
    found = typst.Fonts(include_system_fonts=False, font_paths=list(map(str, fonts)))
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder, "main.typ")
        main.write_text(source, "utf-8")
        try:
            compiler = typst.Compiler(str(main), root=folder, font_paths=found, ignore_system_fonts=True)
            # Only a PDF of a standard proves that every character has a glyph; this one asks for least else.
            compiler.compile(format="pdf", pdf_standards=["a-2b"], timestamp=0)
            return [Mark(*mark) for mark in json.loads(compiler.eval(_MARKS))], frozenset()
        except typst.TypstError as error:
            missing = missing_glyphs(error.diagnostic)
            if not missing:
                raise SettingError(f"Typst: {error.diagnostic.strip()}") from error
            return [], missing
