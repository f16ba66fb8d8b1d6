"""TEI: ours, and that of others."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from sphinx_apparatus.cli.importing.foreign import Reader
from sphinx_apparatus.cli.importing.found import Imported, ImportRefused, Whole, tombstone
from sphinx_apparatus.cli.importing.header import read_header
from sphinx_apparatus.cli.importing.own import DAMAGED, is_own, read_own
from sphinx_apparatus.cli.importing.places import is_located
from sphinx_apparatus.cli.importing.prose import TERMS
from sphinx_apparatus.cli.importing.variants import Variants, persons
from sphinx_apparatus.cli.importing.xmlfile import name, read_xml
from sphinx_apparatus.model.direction import is_language
from sphinx_apparatus.model.reference import parse_id

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


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
            try:
                made.append(read_own(document, path.parent))
            except DAMAGED as error:
                line = document.sourceline or 0
                raise ImportRefused(
                    f"{path}:{line}: a text that this program has written lacks something ({error}); export it again"
                ) from error
        elif any(name(child) == "text" for child in document) or name(document) == "text":
            made.append(_read_foreign(document, _siglum(siglum, len(made))))
    if not made:
        raise ImportRefused(f"{path}: no text is in it")
    whole = read_header(root) if any(is_own(document) for document in documents) else Whole()
    whole.editors = editors
    whole.markdown = [TERMS] if any(one.get("rend") == TERMS for one in root.iter("{*}list")) else []
    here = {one.siglum for one in made}
    for stone in whole.withdrawn:
        if parse_id(stone.id)[0] in here or len(documents) > 1 or name(root).startswith("teiCorpus"):
            tombstone(stone.id, stone.version, stone.reason, made)
    return made, whole


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
    text = document if name(document) == "text" else next(one for one in document if name(one) == "text")
    imported.language = next(filter(None, (one.get(_LANG) for one in (text, *text.iterancestors()))), "")
    if imported.language and not is_language(imported.language):
        imported.tell(text.sourceline or 0, f"{imported.language!r} is no name of a language (BCP 47); left out")
        imported.language = ""
    imported.editors = persons(document)
    reader = Reader(imported, Variants(document, imported), located=is_located(document))
    inside = set(text.iter("{*}app"))
    for app in document.iter("{*}app"):
        if app not in inside:
            reader.places.wait(app)
    reader.read(text)
    return imported
