"""The directive ``ed:text``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.anchoring.selector import Span
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.alignment import parse_aligned
from sphinx_apparatus.model.direction import direction, is_language
from sphinx_apparatus.model.pages import rule
from sphinx_apparatus.model.reference import SIGLUM, ModelError
from sphinx_apparatus.model.scheme import units
from sphinx_apparatus.model.structure import Structure, Verse, contradiction, number_verses
from sphinx_apparatus.model.text import Part, Text, TextRecord
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.directive import EditionDirective, one_of
from sphinx_apparatus.sphinx_ext.locale import language_of
from sphinx_apparatus.sphinx_ext.merging import told_of_text
from sphinx_apparatus.stores.checksums import ChecksumMismatch, ChecksumMissing, TextError, TextMissing, load_text

_PART = re.compile(r"¶?\s*(\d{1,6})\s*[-–]\s*(\d{1,6})\s+(\S+)")
_NUMBER = re.compile(r"\d{1,6}")


class TextDirective(EditionDirective):
    """``ed:text``: the text itself, from its file."""

    has_content = False
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "siglum": directives.unchanged_required,
        "source": directives.unchanged_required,
        "parts": directives.unchanged,
        "headings": directives.unchanged,
        "lang": directives.unchanged,
        "dir": directives.unchanged,
        "structure": directives.unchanged,
        "numbering": directives.unchanged,
        "first": directives.unchanged,
        "speakers": directives.unchanged,
        "joined": directives.unchanged,
        "reference": directives.unchanged,
        "translates": directives.unchanged,
        "aligned": directives.unchanged,
        "pages": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Build the nodes; a text that cannot be read leaves a mark, so that its annotations say nothing."""
        made = super().run()
        if made:
            return made
        siglum = self.options.get("siglum", "").strip()
        self.domain.page(self.env.docname).unread.add(siglum)
        return [ed.ed_unread(siglum=siglum)]

    def build(self) -> list[nodes.Node]:
        """Load the text and leave a node to be woven when the page has been read."""
        siglum = self.options.get("siglum", "").strip()
        if not SIGLUM.fullmatch(siglum):
            raise ModelError(f":siglum: must be a capital and up to seven letters, as K; not {siglum!r}")
        directory = Path(self.env.srcdir, self.config.apparatus_text_dir)
        filename = self.arguments[0].strip()
        self.env.note_dependency(str(directory / filename))
        self.env.note_dependency(str(directory / "SHA256SUMS"))
        try:
            text = load_text(siglum, directory, filename, self._structure())
        except TextError as error:
            self.warn(_text_code(error), str(error))
            return []
        other = self.domain.texts.get(siglum)
        if other is not None:
            self.warn(Code.TEXT_DUPLICATE, told_of_text(other))
            self.domain.page(self.env.docname).rivalled = True
            return []
        record = self._record(text)
        self.domain.add_text(record)
        node = ed.ed_text(siglum=siglum, lang=record.language, dir=record.direction, structure=text.structure.value)
        self.set_source_info(node)
        for key in filter(None, dict.fromkeys((record.source, *(part.source for part in record.parts)))):
            self.cite(key)  # counts as cited; the headnote says where the text is from
        return [node]

    def _record(self, text: Text) -> TextRecord:
        """The text where it stands; its shape may contradict what is declared."""
        count = len(text.paragraphs)
        self._warn_of_shape(text)
        # Sphinx writes a region behind an underscore.
        language = self.options.get("lang", "").strip() or language_of(self.config)
        if not is_language(language):
            raise ModelError(f":lang: is a language by its tag, as la, grc, sr-Latn (BCP 47); not {language!r}")
        reference = " ".join(self.options.get("reference", "").split())
        if reference and "verse" in units(reference) and not text.structure.verse:
            raise ModelError(":reference: has {verse}; declare :structure: verse, or drama")
        numbering = self.options.get("numbering", "through").strip()
        translates = self._translates(text)
        headings = _parse_numbers("headings", self.options.get("headings", ""), count)
        return TextRecord(
            text,
            self.env.docname,
            self.options.get("source", "").strip(),
            _parse_parts(self.options.get("parts", ""), count),
            headings,
            language,
            verses=self._verses(text, headings),
            direction=one_of(self.options, "dir", ("ltr", "rtl"), self._direction(text, language)),
            translates=translates,
            reference=reference,
            restarts="" if numbering in ("through", "stanza") else numbering,
            bands=parse_aligned(self.options.get("aligned", "")),
            paged=rule(self.options["pages"]) if "pages" in self.options else "",
            line=self.lineno,
        )

    def _warn_of_shape(self, text: Text) -> None:
        """Warn of lines that speak against the structure, and of characters that speak against UTF-8."""
        said = contradiction(text.string, text.structure, declared="structure" in self.options)
        if said:
            self.warn(Code.SHAPE, f"{text.filename} {said}")
        # ASCII in UTF-16 is UTF-8 as well, with a NUL for every second character.
        if any(2 * text.string[side::2].count("\0") > len(text.string) // 2 > 1 for side in (0, 1)):
            self.warn(
                Code.TEXT_ENCODING,
                f"every second character of {text.filename} is NUL, as of UTF-16 read as UTF-8; keep the original, "
                "and write it again as UTF-8 under a name of its own",
            )

    def _translates(self, text: Text) -> str:
        """The siglum of the text that this one translates, or nothing; with it go other options."""
        translates: str = self.options.get("translates", "").strip()
        if "translates" in self.options and (not SIGLUM.fullmatch(translates) or translates == text.siglum):
            raise ModelError(f":translates: is the siglum of the text that this one translates; not {translates!r}")
        if "aligned" in self.options and not translates:
            raise ModelError(":aligned: is for a translation; say in :translates: of which text")
        if translates and "pages" in self.options:
            raise ModelError(f":pages: of a translation are those of its text; say it of {translates}")
        return translates

    def _direction(self, text: Text, language: str) -> str:
        """By the language that is given; the project's is not the text's if the letters run the other way."""
        return direction(language if self.options.get("lang", "").strip() or not text.string else "und", text.string)

    def _structure(self) -> Structure:
        return Structure(
            one_of(self.options, "structure", [structure.value for structure in Structure], Structure.LINE.value)
        )

    def _verses(self, text: Text, headings: tuple[int, ...]) -> dict[int, Verse]:
        speakers = [name.strip() for name in self.options.get("speakers", "").split(";") if name.strip()]
        numbering = self.options.get("numbering", "through").strip()
        if not numbering.isalpha():
            raise ModelError(f":numbering: is through, stanza, or a unit of ed:milestones, as scene; not {numbering!r}")
        first = self.options.get("first", "1").strip()
        if not _NUMBER.fullmatch(first) or not int(first):
            raise ModelError(f":first: is the number of the first verse, from 1; not {first!r}")
        if not text.structure.verse:
            extra = [name for name in ("numbering", "first", "speakers", "joined") if name in self.options]
            if extra:
                raise ModelError(f":{extra[0]}: is for verse; declare :structure: verse, or drama")
            return {}
        if text.structure is Structure.DRAMA and not speakers:
            raise ModelError("drama needs :speakers:, their names as they stand on or before their lines, parted by ;")
        joined = _parse_numbers("joined", self.options.get("joined", ""), len(text.paragraphs))
        spans = [Span(paragraph.start, paragraph.end) for paragraph in text.paragraphs]
        return number_verses(
            text.string,
            spans,
            headings,
            by_stanza=numbering == "stanza",
            first=int(first),
            speakers=speakers,
            joined=joined,
        )


def _text_code(error: TextError) -> Code:
    if isinstance(error, TextMissing):
        return Code.TEXT_MISSING
    if isinstance(error, (ChecksumMissing, ChecksumMismatch)):
        return Code.TEXT_CHECKSUM
    return Code.TEXT_ENCODING


def _parse_parts(option: str, count: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    for piece in filter(None, (piece.strip() for piece in option.split(";"))):
        match = _PART.fullmatch(piece)
        if match is None:
            raise ModelError(f":parts: {piece!r} is not of the form '1-18 key'")
        part = Part(int(match[1]), int(match[2]), match[3])
        if not (parts[-1].last if parts else 0) < part.first <= part.last <= count:
            raise ModelError(f":parts: {piece!r} is out of order, or the text has only {count} paragraphs")
        parts.append(part)
    return tuple(parts)


def _parse_numbers(name: str, option: str, count: int) -> tuple[int, ...]:
    numbers = option.replace("¶", " ").replace(",", " ").split()
    if not all(_NUMBER.fullmatch(number) and 1 <= int(number) <= count for number in numbers):
        raise ModelError(f":{name}: are numbers of paragraphs, 1 to {count}, as '1, 5'; not {option!r}")
    return tuple(map(int, numbers))
