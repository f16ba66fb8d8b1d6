"""Characters that no font has: they are told once, and something stands in for them, in whatever pass it is found."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.outputs.print.compiling import Compiled, CompileError, NoGlyph, Stage, compile_source, lacking
from sphinx_apparatus.outputs.print.glyphs import advice, survey, together
from sphinx_apparatus.outputs.print.glyphs import source as glyph_source
from sphinx_apparatus.outputs.print.literal import plain
from sphinx_apparatus.outputs.print.settling import Restless, Work, settle
from sphinx_apparatus.outputs.print.writing import write_entries
from sphinx_apparatus.sphinx_ext.warnings import place, stop, warn
from sphinx_apparatus.stores.atomic import write

if TYPE_CHECKING:
    from sphinx_apparatus.outputs.print.builder import TypstBuilder

_NO_FONT = (
    "code points are printed instead. Remedy: a font that has them, in apparatus_pdf_fonts and apparatus_pdf_families; "
    "free ones: {}"
)
_PRIVATE = (
    "an accessible archive (PDF/A, level A) has no character for private use; code points are printed instead. Remedy: "
    'another standard, as apparatus_pdf_standard = ["a-3u", "ua-1"]'
)


#: How Typst lists what is amiss with standards.
_HINTED = re.compile(r"HintedString\(\[(.*)\]\)")
_LIST = re.compile(r"invalid list \(L\) structure\s*┌─ (.*?):(\d+):")
_BROKEN_OFF = "PanicException"
_FIGURE = re.compile(r'#picture\("([^"]+)"')


class Characters:
    """The fonts of a book, and what they lack."""

    def __init__(self, builder: TypstBuilder) -> None:
        self.builder = builder
        #: the characters for which something stands in
        self.missing: frozenset[str] = frozenset()

    def survey(self) -> None:
        """Ask which characters no font has: they are told once, and something stands in for them."""
        try:
            found = survey(self.builder.strings, self.builder.families(), self._lacks)
        except CompileError as error:
            stop(Code.PDF, f"Typst: {error}")
        # An accessible file says what each character means; one for private use does not (ISO 19005-3, 6.2.11.7).
        private = frozenset(c for string in self.builder.strings for c in string if unicodedata.category(c) == "Co")
        if not any(name.startswith("a-") and name.endswith("a") for name in self.builder.standards):
            private = frozenset()
        absent, private = found.missing - private, private - self.missing
        if absent:
            warn(Code.PDF, f"no font has {_points(absent)}; {_NO_FONT.format(advice(absent))}")
        if private:
            line = place(Path(self.builder.confdir, "conf.py"), "apparatus_pdf_standard")
            warn(Code.PDF, f"{_points(private)}: {_PRIVATE}", line)
        self.builder.measures["joined"] = found.joined
        self._stand_in(absent | private)

    def _stand_in(self, missing: frozenset[str]) -> None:
        """Write what stands in for characters into the sources, whose names and addresses are in ASCII."""
        self.missing |= missing
        works = self.builder.works = [_standing_in(work, missing) if missing else work for work in self.builder.works]
        for main in (*(work.main for work in works), *self.builder.readings.values()):
            for name in ("main.typ", "measures.typ", "titles.json") if missing else ():
                path = main.with_name(name)
                if path.exists():
                    write(path, plain(path.read_text("utf-8"), missing))
            write(main.with_name("settings.json"), json.dumps(self.builder.measures))
        for drawing in self.builder.put_there if missing else ():
            if drawing.suffix == ".svg":
                write(drawing, plain(written(drawing.read_text("utf-8", "replace"), missing), missing))

    def _lacks(self, families: Sequence[str], characters: Collection[str]) -> dict[str, frozenset[str]]:
        if not characters or not families:
            return {}
        main = Path(self.builder.outdir, "glyphs.typ")
        write(main, glyph_source(families, characters))
        found = lacking(main, self.builder.fonts)
        main.unlink()
        return found

    def settle(self) -> dict[str, Compiled]:
        """Set the volumes until their references are right; their last passes by name."""
        while True:
            try:
                return settle(
                    self.builder.works,
                    lambda main, stage: compile_source(main, self.builder.fonts, stage, self.builder.standards),
                )
            except NoGlyph as error:
                if error.characters <= self.missing:
                    stop(Code.PDF, f"no font has {error}")
                # The bold or the italic cut may lack what the upright one has.
                words = together(self.builder.strings, error.characters) - set(self.builder.measures["upright"])
                if words:
                    self.builder.measures["upright"] = sorted({*self.builder.measures["upright"], *words})
                    self._stand_in(frozenset())
                    continue
                warn(Code.PDF, f"no font has {error}; {_NO_FONT.format(advice(error.characters))}")
                self._stand_in(error.characters)
            except CompileError as error:
                still = self.builder.measures["still"]
                if not (figures := [key for key in self._parting(str(error)) if key not in still]):
                    self._refused(error)
                still += figures
                self._stand_in(frozenset())
            except Restless as error:
                stop(Code.PDF, f"the pages and lines that {error} refers to do not settle")

    def _parting(self, told: str) -> list[str]:
        """The figure before a list whose tags Typst loses: it does where a page with a floating figure parts a list.

        Such a figure stands where it is, and does not float.  Where Typst breaks off without a word, as it may then,
        none does.
        """
        at = _LIST.search(told)
        found: list[str] = []
        for work in self.builder.works if at or _BROKEN_OFF in told else ():
            lines = work.main.read_text("utf-8").splitlines()
            if at and Path(at[1]).resolve() == work.main.resolve():
                return [key[1] for line in lines[: int(at[2])] for key in _FIGURE.finditer(line)][-1:]
            found += [key[1] for line in lines for key in _FIGURE.finditer(line)]
        return [] if at else found

    def reading(self, main: Path) -> bytes:
        """Set a reading text: its PDF."""
        try:
            return compile_source(main, self.builder.fonts, Stage("final", {}, pdf=True), self.builder.standards).pdf
        except (CompileError, NoGlyph) as error:
            self._refused(error)

    def _refused(self, error: Exception) -> NoReturn:
        """Say what Typst says; where it is of a standard, with the line that asks for that."""
        line = place(Path(self.builder.confdir, "conf.py"), "apparatus_pdf_standard")
        told = _HINTED.sub(lambda found: "; ".join(re.findall(r'"(.*?)"', found[1])), str(error))
        stop(Code.PDF, f"Typst: {told}", line if "error: PDF" in told else self.builder.origin(told))


def _standing_in(work: Work, missing: frozenset[str]) -> Work:
    """The same with entries in which something stands in for characters."""
    feet = {name: foot.standing_in(missing) for name, foot in work.matter.feet.items()}
    write_entries(work.main, feet, missing)
    return work._replace(matter=replace(work.matter, feet=feet))


def written(drawing: str, characters: Collection[str]) -> str:
    """A drawing that has some characters themselves where it had them by number (XML 1.0, 4.1)."""

    def itself(found: re.Match[str]) -> str:
        character = unescape(found[0])
        return character if character in characters else found[0]

    return re.sub(r"&#\w+;", itself, drawing)


def _points(characters: Iterable[str]) -> str:
    return " ".join(f"U+{ord(character):04X}" for character in sorted(characters))
