"""TEI: ours, and that of others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx_apparatus.cli.importing.foreign import Reader
from sphinx_apparatus.cli.importing.found import Imported, ImportRefused, Whole
from sphinx_apparatus.cli.importing.header import read_header
from sphinx_apparatus.cli.importing.own import is_own, read_own
from sphinx_apparatus.cli.importing.variants import Variants
from sphinx_apparatus.cli.importing.xmlfile import name, read_xml
from sphinx_apparatus.model.reference import parse_id
from sphinx_apparatus.model.tombstone import Tombstone


def read_tei(path: Path, siglum: str) -> tuple[list[Imported], Whole]:
    """The texts of a file, and what it says of the edition.  Raises `ImportRefused`."""
    root = read_xml(path)
    if name(root) not in ("TEI", "teiCorpus", "TEI.2", "teiCorpus.2", "text"):
        raise ImportRefused(f"{path}:{root.sourceline}: the root element is {name(root)}, not TEI, teiCorpus or text")
    documents = list(root.iter("{*}TEI", "{*}TEI.2")) or [root]
    editors = {
        one.get("n", ""): "".join(next(one.iter("{*}name")).itertext())
        for one in root.iter("{*}respStmt")
        if one.get("n") and next(one.iter("{*}name"), None) is not None
    }
    made = []
    for document in documents:
        if is_own(document):
            made.append(read_own(document))
        elif any(name(child) == "text" for child in document) or name(document) == "text":
            made.append(_read_foreign(document, _siglum(siglum, len(made))))
    if not made:
        raise ImportRefused(f"{path}: no text is in it")
    whole = read_header(root) if any(is_own(document) for document in documents) else Whole()
    whole.editors = editors
    _bury(whole.withdrawn, made, all_=len(documents) > 1 or name(root).startswith("teiCorpus"))
    return made, whole


def _bury(stones: list[Tombstone], texts: list[Imported], *, all_: bool) -> None:
    """Put each tombstone to its text; to the first text, if all are there, those of texts that are withdrawn whole."""
    by_siglum = {one.siglum: one for one in texts}
    for stone in stones:
        text = by_siglum.get(parse_id(stone.id)[0], texts[0] if all_ else None)
        if text is not None:
            text.withdrawn.append(stone)


def _siglum(given: str, number: int) -> str:
    """The siglum of the first text is the one given; those of others have a letter behind it."""
    return (
        given
        if not number
        else f"{given}{chr(96 + number)}"
        if number < 26
        else f"{given}{chr(96 + number // 26)}{chr(97 + number % 26)}"
    )


def _read_foreign(document: Any, siglum: str) -> Imported:
    title = next(("".join(one.itertext()) for one in document.iter("{*}title")), "")
    imported = Imported(siglum, "", title=re.sub(r"\s+", " ", title).strip())
    language = document.get("{http://www.w3.org/XML/1998/namespace}lang")
    imported.language = language or ""
    text = document if name(document) == "text" else next(one for one in document if name(one) == "text")
    reader = Reader(imported, Variants(document, imported))
    inside = set(text.iter("{*}app"))
    for app in document.iter("{*}app"):
        if app not in inside:
            reader.beside(app)
    reader.read(text)
    return imported
