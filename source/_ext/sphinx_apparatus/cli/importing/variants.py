"""Variants of anybody's TEI, and their witnesses, in the grammar of ``ed:variant``.

Parallel segmentation, and double end-points (TEI P5, 13.2), inside the text and beside it.  What
the grammar cannot say is kept as a note.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sphinx_apparatus.cli.importing.found import Found, Imported
from sphinx_apparatus.cli.importing.page import escaped
from sphinx_apparatus.cli.importing.xmlfile import name, xml_id
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.witness import WITNESS, Witness, doubt, having_lemma, parse_readings

_WORDS = Callable[[Any], str]


class Variants:
    """The witnesses of a text, as its file declares them and as readings name them."""

    def __init__(self, document: Any, imported: Imported) -> None:
        self._imported = imported
        self._sigla: dict[str, str] = {}
        self._persons = persons(document)
        for one in document.iter("{*}witness"):
            key = xml_id(one) or one.get("n", "")
            if key and not any(name(child) == "witness" for child in one):
                siglum = self._siglum(one.get("n") or key, key)
                label = " ".join("".join(one.itertext()).split())
                imported.witnesses.append(Witness(siglum, imported.siglum, name="" if label == siglum else label))

    def _siglum(self, wanted: str, key: str) -> str:
        if key in self._sigla:
            return self._sigla[key]
        made = wanted if WITNESS.fullmatch(wanted) else re.sub(r"[\W_]+", "", wanted)[:8]
        taken = set(self._sigla.values())
        number = 1
        while not WITNESS.fullmatch(made) or made in taken:
            made, number = f"W{number}", number + 1
        self._sigla[key] = made
        return made

    def _named(self, reading: Any) -> list[str]:
        """The sigla of a reading's witnesses; those that nothing declares become witnesses."""
        found = []
        for pointer in reading.get("wit", "").split():
            key = pointer.rpartition("#")[2]
            if key not in self._sigla:
                self._imported.witnesses.append(Witness(self._siglum(key, key), self._imported.siglum))
            found.append(self._sigla[key])
        return found

    def found(self, app: Any, start: int, end: int, lemma: str, words: _WORDS) -> Found | None:
        """What an ``app`` says of its lemma; ``None`` where it has nothing but the lemma."""
        lem, readings = parted(app)
        line = app.sourceline or 0
        made: list[str] = []
        for reading in readings:
            said, sigla = " ".join(words(reading).split()), self._named(reading)
            author = self._author(reading)
            if not sigla and not author:
                return self._noted(app, start, end, words)
            behind = " ".join(sigla) if sigla else f"coni. {author}"
            made.append(f"{said} {behind}" if said else f"om. {behind}")
        having = self._named(lem) if lem is not None else []
        if not made:
            return None
        try:
            known = {one.siglum: one for one in self._imported.witnesses}
            parsed = parse_readings(" : ".join(made), known)
            if set(having) not in (set(), set(having_lemma(parsed, known))):
                made.insert(0, f"{' '.join(lemma.split())} {' '.join(having)}")
                parsed = parse_readings(" : ".join(made), known)
            if [" ".join(words(one).split()) for one in readings] != [one.words for one in parsed][-len(readings) :]:
                raise ModelError("a reading has what is a sign of the grammar")
            named = [siglum for one in parsed for siglum in one.witnesses]
            if len(named) > len(set(named)) or any(doubt(one, lemma, known) for one in parsed):
                raise ModelError("a witness has two readings, or words could be signs")
        except ModelError:
            return self._noted(app, start, end, words)
        note = _remarks(app, words)
        return Found(start, end, "variant", _kind(made), " : ".join(made), note, line=line)

    def _author(self, reading: Any) -> str:
        keys = f"{reading.get('resp', '')} {reading.get('source', '')}".replace("#", " ").split()
        return ", ".join(self._persons.get(key) or key for key in keys)

    def _noted(self, app: Any, start: int, end: int, words: _WORDS) -> Found:
        lem, readings = parted(app)
        said = "; ".join(
            " ".join(f"{words(one) or '(nothing)'} {one.get('wit', '').replace('#', '')} {self._author(one)}".split())
            for one in (*((lem,) if lem is not None and lem.get("wit") else ()), *readings)
        )
        line = app.sourceline or 0
        self._imported.tell(
            line, "app: a reading without a witness, a witness with two, or signs of the apparatus; kept as a note"
        )
        note = f"Other witnesses: {escaped(said)}.\n\n{_remarks(app, words)}".strip()
        return Found(start, end, "note", "gloss", None, note, line=line)


def _remarks(app: Any, words: _WORDS) -> str:
    """What is said of an entry, or of a witness in it."""
    return escaped(" ".join(" ".join(words(one).split()) for one in app if name(one) in ("note", "witDetail")))


def persons(document: Any) -> dict[str, str]:
    """Those to whom readings and corrections point, by the name of the element: persons, and what has them."""
    found = {}
    for one in document.iter("{*}person", "{*}respStmt", "{*}editor", "{*}author", "{*}bibl", "{*}name", "{*}persName"):
        if xml_id(one):
            named = next(one.iter("{*}name", "{*}persName", "{*}orgName"), one)
            words = " ".join("".join((one if name(one) == "bibl" else named).itertext()).split())
            found[xml_id(one)] = words or xml_id(one)
    return found


def parted(app: Any) -> tuple[Any, list[Any]]:
    """The lemma of an ``app``, if it has one, and its readings, those of groups too, without those within them."""
    lem = next((child for child in app if name(child) == "lem"), None)
    return lem, list(_readings(app))


def _readings(element: Any) -> Iterator[Any]:
    for child in element:
        if name(child) == "rdg":
            yield child
        elif name(child) == "rdgGrp":
            yield from _readings(child)


def _kind(readings: Sequence[str]) -> str:
    return "omission" if all(one.startswith("om. ") for one in readings) else "reading"
