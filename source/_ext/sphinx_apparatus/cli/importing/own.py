"""TEI as this project writes it: nothing of it is guessed."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sphinx_apparatus.cli.importing.found import Found, Imported
from sphinx_apparatus.cli.importing.pictures import beside
from sphinx_apparatus.cli.importing.prose import TERMS, key_of, note, target_of
from sphinx_apparatus.cli.importing.xmlfile import name, xml_id
from sphinx_apparatus.model.structure import Structure
from sphinx_apparatus.model.witness import Witness

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


#: What is raised where something is not there, or is something else, because others changed the file.
DAMAGED = (LookupError, StopIteration, TypeError, ValueError, AttributeError, OverflowError)


def is_own(text: Any) -> bool:
    """Whether a ``TEI`` element is of our making."""
    return any(one.get("type") == "file" for one in text.iter("{*}bibl")) and _division(text) is not None


def _division(text: Any) -> Any:
    for one in text.iter("{*}div"):
        if one.get("type") == "text" and one.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve":
            return one
    return None


def read_own(text: Any, folder: Path) -> Imported:
    """The text of a ``TEI`` element and its annotations, all fields; ``folder`` is where its file is."""
    read = _Characters()
    read.walk(_division(text))
    imported = Imported(
        xml_id(text),
        "".join(read.pieces),
        headings=tuple(read.headings),
        milestones=read.milestones,
        lines=tuple(read.lines),
        hyphens=tuple(read.hyphens),
    )
    imported.title = re.sub(r"^[A-Z][A-Za-z]*: ", "", _words(next(text.iter("{*}title"))))
    parts = []
    for bibl in text.iter("{*}bibl"):
        if bibl.get("type") == "file":
            imported.filename = _words(next(bibl.iter("{*}title")))
            given = next((_words(one) for one in bibl.iter("{*}idno") if one.get("type") == "SHA-256"), "")
            if given and given != hashlib.sha256(imported.string.encode()).hexdigest():
                imported.tell(bibl.sourceline or 0, "the text is not the one whose checksum goes along")
            imported.language = next(bibl.iter("{*}textLang")).get("mainLang", "")
            imported.page = next((_words(one) for one in bibl.iter("{*}idno") if one.get("type") == "page"), "")
            for one in bibl.iter("{*}note"):
                if one.get("type") == "option":
                    imported.options[one.get("subtype", "")] = _words(one)
        elif bibl.get("type") == "source":
            imported.source = bibl.get("n", "")
        elif bibl.get("type") == "part":
            scope = next(bibl.iter("{*}biblScope"))
            parts.append((int(scope.get("from")), int(scope.get("to")), bibl.get("n", "")))
    imported.parts = tuple(parts)
    Structure(imported.options.get("structure", Structure.LINE))  # or it is damaged
    for one in text.iter("{*}witness"):
        fields: dict[str, Any] = {field.get("type"): _words(field) for field in one.iter("{*}note")}
        if next(one.iter("{*}abbr")).get("type") == "siglum":
            imported.witnesses.append(Witness(one.get("n", ""), imported.siglum, **fields))
    for one in text.iter("{*}annotation"):
        beside(one, folder, imported)
        for listed in one.iter("{*}list"):
            if listed.get("type") == "gloss":
                listed.set("rend", TERMS)
        try:
            imported.found.append(_annotation(one, read.marks))
        except DAMAGED as error:
            imported.lose(one.sourceline or 0, f"annotation {xml_id(one)} lacks what it was written with ({error})")
    return imported


class _Characters:
    """The characters of a division, and what stands where: anchors, headings, milestones, lines."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.marks: dict[str, int] = {}
        self.headings: list[int] = []
        self.milestones: list[tuple[str, str, int]] = []
        self.lines: list[int] = []
        self.hyphens: list[int] = []
        self._at = 0

    def _add(self, words: str | None) -> None:
        if words:
            self.pieces.append(words)
            self._at += len(words)

    def walk(self, element: Any) -> None:
        """Read an element; the words of a correction are none of the text's."""
        kind = name(element)
        if kind == "g":
            self._add(_g(element))
            return
        if kind == "anchor":
            self.marks[xml_id(element)] = self._at
        elif kind == "milestone":
            picture = element.get("facs", "")
            number = f"{element.get('n', '')} <{picture}>" if picture else element.get("n", "")
            self.milestones.append((element.get("unit", ""), number, self._at))
        elif kind == "lb":
            if element.get("break") == "no":
                self.hyphens.append(len(self.lines))
            self.lines.append(self._at)
        elif kind == "p" and element.get("rend") == "heading":
            self.headings.append(int(element.get("n")))
        if kind and kind != "corr":
            self._add(element.text)
            for child in element:
                self.walk(child)
                self._add(child.tail)


def _g(element: Any) -> str:
    return chr(int(element.get("ref").rpartition("-")[2], 16))


def _words(element: Any) -> str:
    """The characters of an element, exactly."""
    made = [element.text or ""]
    for child in element:
        made += (_g(child) if name(child) == "g" else _words(child) if name(child) else "", child.tail or "")
    return "".join(made)


def _annotation(element: Any, marks: dict[str, int]) -> Found:
    said: dict[str, Any] = {one.get("type"): one for one in element if name(one) == "note"}
    selector = {seg.get("type"): _words(seg) for seg in said["selector"]}
    about = dict(pointer.rpartition("#")[2].split(".", 1) for pointer in element.get("ana", "").split())
    wording = said.get("wording")
    identifier = xml_id(element)
    return Found(
        marks[f"{identifier}.start"],
        marks[f"{identifier}.end"],
        layer=about["layer"],
        kind=about["kind"],
        reading=_words(said["reading"]) if "reading" in said else None,
        note=note(said["commentary"], identifier) if "commentary" in said else "",
        certainty=element.get("cert", ""),
        evidence=about.get("evidence", ""),
        editor=key_of("b." + element.get("resp", "").rpartition("#")[2].removeprefix("r.")),
        id=identifier,
        prefix=selector.get("prefix", ""),
        suffix=selector.get("suffix", ""),
        short=_words(said["short"]) if "short" in said else "",
        see=tuple(_refs(element, "see")),
        contradicts=tuple(_refs(element, "contradicts")),
        parallel=tuple(_refs(element, "parallel")),
        source=key_of(wording.get("source", "")) if wording is not None else "",
        wording=_words(wording[0]) if wording is not None else "",
        matter=_words(said["matter"]) if "matter" in said else "",
        right=_words(said["right"]) if "right" in said else "",
        line=element.sourceline or 0,
    )


def _refs(element: Any, kind: str) -> Iterator[str]:
    return (target_of(one.get("target", "")) for one in element if name(one) == "ref" and one.get("type") == kind)
