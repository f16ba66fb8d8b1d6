"""Tables: CSV or TSV of old, new and place, or with the columns of our own export.

A place is a paragraph's number, or words around the old ones; with neither the old words must
be in the text once.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import AnchorError, Selector, Span
from sphinx_apparatus.cli.importing.found import Found, Imported, ImportRefused
from sphinx_apparatus.model.reference import ModelError, parse_target
from sphinx_apparatus.model.taxonomy import LAYERS
from sphinx_apparatus.model.text import Text

#: What others call our columns.
_CALLED = {
    "old": "lemma", "sic": "lemma", "wrong": "lemma", "error": "lemma", "original": "lemma", "quote": "lemma",
    "new": "reading", "corr": "reading", "correct": "reading", "correction": "reading",
    "comment": "note", "remark": "note", "cert": "certainty", "resp": "editor", "where": "place", "context": "place",
    "siglum": "text",
}  # fmt: skip

#: The layers that have readings; an edition's own have none.
_READING = frozenset(layer.name for layer in LAYERS if layer.reads)

_LIMIT = 10_000_000


def read_rows(path: Path, texts: Mapping[str, Imported]) -> None:
    """Add what a table says to its texts.  Raises `ImportRefused`."""
    csv.field_size_limit(_LIMIT)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            file.seek(0)
            rows = csv.reader(file, dialect="excel-tab" if "\t" in first and "," not in first else "excel")
            header = [_CALLED.get(name.strip().lower(), name.strip().lower()) for name in next(rows, [])]
            if "lemma" not in header:
                raise ImportRefused(
                    f"{path}:1: no column is called lemma or old; the first line names the columns: old, new, place"
                )
            before = 1
            for cells in rows:
                line, before = before + 1, rows.line_num
                if any(cells):
                    _row(dict(zip(header, cells, strict=False)), line, len(cells) - len(header), texts)
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{path}: not UTF-8 (byte {error.start}); convert it first") from error
    except (OSError, csv.Error) as error:
        raise ImportRefused(f"{path}: {error}") from error


def _row(row: Mapping[str, str], line: int, excess: int, texts: Mapping[str, Imported]) -> None:
    siglum = row.get("text") or next(iter(texts))
    imported = texts.get(siglum)
    if imported is None:
        next(iter(texts.values())).lose(line, f"there is no text {siglum!r}; the texts are {', '.join(texts)}")
        return
    if excess > 0:
        imported.tell(line, f"{excess} cells have no column; left out")
    try:
        span = _span(row, imported)
    except (AnchorError, ModelError, ValueError, LookupError) as error:
        imported.lose(line, str(error))
        return
    layer = row.get("layer") or ("emendation" if "reading" in row else "note")
    reading = row.get("reading")
    imported.found.append(
        Found(
            *span,
            layer=layer,
            kind=row.get("kind", ""),
            reading=(reading or "") if layer in _READING else None,
            note=row.get("note", ""),
            certainty=row.get("certainty", ""),
            evidence=row.get("evidence", ""),
            editor=row.get("editor", ""),
            id=row.get("id", ""),
            prefix=row.get("prefix") if "suffix" in row else None,
            suffix=row.get("suffix") if "prefix" in row else None,
            short=row.get("short", ""),
            see=_targets(row.get("see", "")),
            contradicts=_targets(row.get("contradicts", "")),
            parallel=_targets(row.get("parallel", "")),
            source=row.get("source", ""),
            wording=row.get("wording", ""),
            matter=row.get("matter", ""),
            right=row.get("right", ""),
            line=line,
        )
    )


def _targets(cell: str) -> tuple[str, ...]:
    return tuple(str(parse_target(target)) for target in cell.split(";") if target.strip())


def _span(row: Mapping[str, str], imported: Imported) -> Span:
    """Where the row's words stand.  Raises `AnchorError`, ``LookupError`` or ``ValueError``."""
    lemma, string, where = row["lemma"], imported.string, row.get("place", "").strip()
    if row.get("start") and row.get("end"):
        start, end = int(row["start"]), int(row["end"])
        if 0 <= start <= end <= len(string) and string[start:end] == lemma:
            return Span(start, end)
    if where.lstrip("¶ ").isdecimal():
        paragraph = Text(imported.siglum, "", "", string).paragraph(int(where.lstrip("¶ ")))
        found = resolve(string[paragraph.start : paragraph.end], Selector(lemma, row.get("prefix", "")))
        return Span(found.start + paragraph.start, found.end + paragraph.start)
    if where and lemma and lemma in where:
        around = resolve(string, Selector(where))
        if where.count(lemma) > 1:
            raise ValueError(f"{lemma!r} is in the place {where!r} more than once; quote less around it")
        at = around.start + where.index(lemma)
        return Span(at, at + len(lemma))
    return resolve(string, Selector(lemma, row.get("prefix", "") or where, row.get("suffix", "")))
