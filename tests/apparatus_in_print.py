"""A built PDF beside the data it was made from, for the tests to compare."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path
from typing import Any

import poppler
import tagtree
from poppler import Word
from projects import remembered
from requires import lacking
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.entry import spans
from sphinx_apparatus.model.reference import ID
from sphinx_apparatus.model.text import Text
from tagtree import Tag


def read_print(out: Path, doctrees: Path) -> Print:
    """The PDF in ``out``, and what Sphinx knew when it was made."""
    pages = remembered(doctrees)["pages"].values()
    places = json.loads((out / "places.json").read_text("utf-8"))["places"]
    texts = {siglum: record.text for page in pages for siglum, record in page.texts.items()}
    annotations = {name: annotation for page in pages for name, annotation in page.annotations.items()}
    in_order = dict(sorted(texts.items(), key=lambda pair: places[pair[0]]["sheet"]))
    return Print(out, next(out.glob("*.pdf")), in_order, annotations)


def overlaps(words: Iterable[Word]) -> list[str]:
    """Words that lie one upon the other."""
    found = []
    for page, here in groupby(words, key=lambda word: word.page):
        # The boxes of 「 and 」 are wider than their ink, and are set closer on purpose.
        ordered = sorted((word for word in here if not set(word.string) & set("「」")), key=lambda word: word.top)
        for index, one in enumerate(ordered):
            for other in ordered[index + 1 :]:
                if other.top > one.bottom - 4:
                    break
                wide = min(one.right, other.right) - max(one.left, other.left)
                high = min(one.bottom, other.bottom) - other.top
                if wide >= 1.5 and high >= 4:
                    found.append(f"page {page}: {one.string!r} upon {other.string!r}")
    return found


def _characters(string: str) -> list[int]:
    """The offsets of all that is not white space."""
    return [offset for offset, character in enumerate(string) if not character.isspace()]


@dataclass(frozen=True)
class Print:
    """A PDF, its texts by siglum, its annotations by id."""

    out: Path
    pdf: Path
    texts: dict[str, Text]
    annotations: dict[str, Annotation]

    def opened(self) -> Any:
        """The file as pikepdf reads it."""
        try:
            import pikepdf
        except ImportError:
            lacking("pikepdf (dependency group pdf)")
        return pikepdf.open(self.pdf)

    @cached_property
    def words(self) -> list[Word]:
        """Every word of the file."""
        return poppler.words(self.pdf)

    @cached_property
    def tags(self) -> list[Tag]:
        """The tag tree."""
        return list(tagtree.tags(self.pdf))

    @cached_property
    def places(self) -> dict[str, Any]:
        """``places.json``."""
        told: dict[str, Any] = json.loads((self.out / "places.json").read_text("utf-8"))
        return told["places"]

    def annotations_of(self, siglum: str) -> list[Annotation]:
        """A text's annotations in order."""
        return sorted((a for a in self.annotations.values() if a.siglum == siglum), key=lambda a: a.order)

    # -- the lines, from the boxes of words --------------------------------------------

    @cached_property
    def _lines(self) -> dict[str, tuple[list[list[Word]], dict[int, int]]]:
        return {siglum: self._walk(text) for siglum, text in self.texts.items()}

    def _walk(self, text: Text) -> tuple[list[list[Word]], dict[int, int]]:
        """The lines of a text, and the line of each of its characters by offset.

        Type of the text's size, from its first page on, is the text; the walk is over when
        every character has been met, and fails at the first that is another.
        """
        first = self.places[text.siglum]["sheet"]
        sizes = Counter(round(w.height, 1) for w in self.words if w.page == first).most_common(2)
        size = max(size for size, _ in sizes)  # the other is that of the foot
        offsets = _characters(text.string)
        lines: list[list[Word]] = []
        line_of: dict[int, int] = {}
        at = 0
        for word in self.words:
            if word.page < first or abs(word.height - size) > 0.15 or at == len(offsets):
                continue
            if not lines or lines[-1][0].page != word.page or abs(lines[-1][0].bottom - word.bottom) > 3:
                lines.append([])
            lines[-1].append(word)
            for character in word.string:
                expected = text.string[offsets[at]]
                assert character == expected, f"{text.siglum}: {word} where the text has {expected!r} ({offsets[at]})"
                line_of[offsets[at]] = len(lines)
                at += 1
        assert at == len(offsets), f"{text.siglum}: the text breaks off at {text.string[offsets[at] :][:40]!r}"
        return lines, line_of

    def lines(self, siglum: str) -> list[list[Word]]:
        """The lines of a text, as words with their boxes."""
        return self._lines[siglum][0]

    def span_text(self, span: tuple[int, int]) -> str:
        """Lines as an entry has them."""
        first, last = span
        return str(first) if first == last else f"{first}–{last}"

    def expected_keys(self, annotation: Annotation, *, whole: bool = False) -> list[str]:
        """The lines of the parts of an entry, or of the whole lemma."""
        text = self.texts[annotation.siglum]
        line_of = self._lines[annotation.siglum][1]
        keys = []
        for start, end in (annotation.span,) if whole else spans(annotation, text.string):
            place = [self._before(text, start)] if start == end else []
            inside = place or [at for at in range(start, end) if at in line_of]
            keys.append(self.span_text((line_of[inside[0]], line_of[inside[-1]])))
        return keys

    def _before(self, text: Text, place: int) -> int:
        """The character before a place, or the first of the paragraph."""
        home = text.paragraph_at(place)
        assert home is not None
        before = [at for at in range(home.start, min(place, home.end)) if not text.string[at].isspace()]
        return before[-1] if before else home.start

    def reference(self, annotation: Annotation) -> str:
        """How the commentary says where a lemma stands."""
        key = self.expected_keys(annotation, whole=True)[0]
        return f"{self.folios(annotation)}, {'ll.' if '–' in key else 'l.'} {key}"

    def folios(self, annotation: Annotation) -> str:
        """The page of a lemma, or its pages, by the numbers printed."""
        text = self.texts[annotation.siglum]
        line_of, lines = self._lines[annotation.siglum][1], self.lines(annotation.siglum)
        start, end = annotation.span
        at = [self._before(text, start)] if start == end else [at for at in range(start, end) if at in line_of]
        first, last = (lines[line_of[place] - 1][0].page for place in (at[0], at[-1]))
        place = self.places[annotation.id]
        folio = int(place["page"]) - place["sheet"]
        return f"p. {first + folio}" if first == last else f"pp. {first + folio}–{last + folio}"

    # -- the tag tree ------------------------------------------------------------------

    def _subtrees(self, kind: str) -> Iterator[list[Tag]]:
        """What is below each tag of a type."""
        found: list[Tag] | None = None
        depth = 0
        for tag in self.tags:
            if found is not None and tag.depth > depth:
                found.append(tag)
                continue
            if found is not None:
                yield found
                found = None
            if tag.type == kind:
                found, depth = [], tag.depth
        if found is not None:
            yield found

    def _links(self, tree: list[Tag]) -> list[str]:
        links: list[str] = []
        depth = -1
        for tag in tree:
            if tag.type == "Link":
                links.append("")
                depth = tag.depth
            elif tag.depth <= depth:
                depth = -1
            elif not tag.type and depth >= 0:
                links[-1] += tag.string
        return links

    @cached_property
    def _notes(self) -> list[tuple[str, list[str]]]:
        """The notes at the foot: the id, and the number before each part; empty where the part before has the same."""
        found: list[tuple[str, list[str]]] = []
        for tree in self._subtrees("Note"):
            parts: list[list[str]] = [[]]
            for tag in tree:
                if tag.type == "Link":
                    parts.append([])
                elif not tag.type:
                    parts[-1].append(tag.string.strip())
            # Behind each link is its id, and then the next part.
            ids = {strings[0] for strings in parts[1:] if strings}
            if len(ids) != 1 or not ID.fullmatch(next(iter(ids))):
                continue
            bodies = [parts[0], *(strings[1:] for strings in parts[1:-1])]
            found.append((ids.pop(), [self._number(strings) for strings in bodies]))
        return found

    def _number(self, strings: list[str]) -> str:
        words = [string for string in strings if string and not string.startswith("Notes,")]
        return words[0] if words and re.fullmatch(r"\d+(–\d+)?", words[0]) else ""

    def printed_keys(self) -> dict[str, list[str]]:
        """The lines each entry at the foot gives, by id; without a number, that of the part before it in its run."""
        numbers = dict(self._notes)
        pages = self.foot_pages()
        shown: dict[tuple[int, str], str] = {}
        found: dict[str, list[str]] = {}
        for siglum in self.texts:
            for annotation in self.annotations_of(siglum):
                if annotation.id not in numbers:
                    continue
                run = (min(pages[annotation.id]), annotation.layer.name)
                keys = []
                for number in numbers[annotation.id]:
                    shown[run] = number or shown.get(run, "")
                    keys.append(shown[run])
                found[annotation.id] = keys
        return found

    def foot_pages(self) -> dict[str, set[int]]:
        """The pages at whose foot each id is printed: its words there are the smallest of those pages."""
        found: dict[str, list[Word]] = {}
        for word in self.words:
            if word.string in self.annotations:
                found.setdefault(word.string, []).append(word)
        # On the pages of the texts, that is: where a line stands that is one of a text's.
        pages = {line[0].page for siglum in self.texts for line in self.lines(siglum)}
        smallest = min(word.height for words in found.values() for word in words if word.page in pages)
        return {
            name: {w.page for w in words if w.page in pages and w.height < smallest + 0.3}
            for name, words in found.items()
        }

    def pages_of_entries(self) -> dict[str, set[int]]:
        """The page of the line with which the key of each entry begins, and of that with which it ends."""
        found = {}
        for annotation in self.annotations.values():
            lines = self.lines(annotation.siglum)
            key = self.expected_keys(annotation)[0].split("–")
            found[annotation.id] = {lines[int(number) - 1][0].page for number in (key[0], key[-1])}
        return found

    def entries_in_tags(self) -> list[str]:
        """The ids at the feet, one for each note."""
        return [name for name, _ in self._notes]

    def commentary(self) -> list[tuple[str, str]]:
        """The notes after the texts: id, and where the lemma is said to stand."""
        found: list[tuple[str, str]] = []
        name = label = ""
        for tag in self.tags:
            if tag.type:
                label = tag.type if tag.type in ("Lbl", "LBody") else label
            elif label == "Lbl" and tag.string.strip() in self.annotations:
                name = tag.string.strip()
            elif name and (match := re.match(r"pp?\. [\d–]+, ll?\. [\d–]+", tag.string.replace("\xa0", " ").strip())):
                found.append((name, match[0]))
                name = ""
        return found

    def paragraphs_in_tags(self) -> dict[str, list[list[str]]]:
        """Of each text the words of its paragraphs, notes left out."""
        paragraphs: list[str] = []
        open_at = silent = -1
        for tag in self.tags:
            if silent >= 0 and tag.depth > silent:
                continue
            silent = tag.depth if tag.type == "Note" else -1
            if tag.depth <= open_at:
                open_at = -1
            if tag.type == "P":
                paragraphs.append("")
                open_at = tag.depth
            elif not tag.type and open_at >= 0:
                paragraphs[-1] += tag.string
        read = [paragraph.split() for paragraph in paragraphs]
        found: dict[str, list[list[str]]] = {}
        for siglum, text in self.texts.items():
            first = text.string[text.paragraphs[0].start : text.paragraphs[0].end].split()
            start = read.index(first) if first in read else 0
            found[siglum] = read[start : start + len(text.paragraphs)]
        return found
