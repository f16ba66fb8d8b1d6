"""Tables: CSV or TSV of old, new and place, or with the columns of our own export.

A place is a paragraph's number, or words around the old ones; with neither the old words must
be in the text once.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import AnchorError, Selector, Span
from sphinx_apparatus.cli.importing.found import Found, Imported, ImportRefused, Line, targets, tombstone
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


#: Columns of our own export that say again what others, or the text, say.
_DERIVED = frozenset({"paragraph", "words", "cites", "page", "since", "changed"})

_KNOWN = frozenset(
    {"text", "lemma", "reading", "place", "start", "end", "prefix", "suffix", "layer", "kind", "note", "certainty",
     "evidence", "editor", "id", "short", "see", "contradicts", "parallel", "source", "wording", "matter", "right"}
)  # fmt: skip

#: The table of withdrawn ids, which is beside that of the annotations.
_WITHDRAWN = "withdrawn.csv"


def read_rows(path: Path, texts: Mapping[str, Imported]) -> None:
    """Add what a table says to its texts, and the ids that a table beside it withdraws.  Raises `ImportRefused`."""
    first = next(iter(texts.values()))
    header, rows = _table(path, "lemma", "old, new, place")
    unknown = [name for name in header if name and name not in _KNOWN | _DERIVED]
    if unknown:
        first.tell(1, f"these columns are not known: {', '.join(unknown)}; left out")
    for line, cells in rows:
        excess = [cell for cell in cells[len(header) :] if cell]
        row = dict(zip(header, [*cells, *[""] * (len(header) - len(cells))], strict=False))
        _row(row, line, len(excess), texts)
    beside = path.with_name(_WITHDRAWN)
    if "id" in header and beside.is_file():
        header, rows = _table(beside, "reason", "id, version, reason")
        for line, cells in rows:
            said = dict(zip(header, cells, strict=False))
            where = Line(line, beside.name)
            tombstone(said.get("id", ""), said.get("version", ""), said.get("reason", ""), texts.values(), where)


def _table(path: Path, needed: str, example: str) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """The names of the columns, and the rows that have anything, each with its line.  Raises `ImportRefused`."""
    csv.field_size_limit(_LIMIT)
    try:
        encoded = path.read_bytes()
        wide = encoded.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
        written = encoded.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ImportRefused(f"{path}: not UTF-8 (byte {error.start}); save it as CSV UTF-8 first") from error
    except OSError as error:
        raise ImportRefused(f"{path}: {error}") from error
    skipped, delimiters = 0, ",;\t|"
    said = re.match(r"sep=(.)\r?\n", written)  # Excel's own way to say what divides the cells
    if said:
        skipped, delimiters, written = 1, said[1], written[said.end() :]
    refused: list[ImportRefused] = []
    for delimiter in delimiters:
        reader = csv.reader(io.StringIO(written, newline=""), delimiter=delimiter, strict=True)
        rows = _rows(path, reader, skipped)
        try:
            names = next(rows, (0, []))[1]
        except ImportRefused as error:  # in inverted commas, with another sign between
            refused.append(error)
            continue
        header = [_CALLED.get(name.strip().lower(), name.strip().lower()) for name in names]
        if needed in header:
            twice = [name for name, times in Counter(filter(None, header)).items() if times > 1]
            if twice:
                raise ImportRefused(
                    f"{path}:{skipped + 1}: two columns are called {twice[0]}, or mean it; leave one out"
                )
            return header, rows
    if len(refused) == len(delimiters):
        raise refused[0]
    raise ImportRefused(
        f"{path}:{skipped + 1}: no column is called {example.partition(',')[0] if needed == 'lemma' else needed}; "
        f"the first line names the columns: {example}"
    )


def _rows(path: Path, reader: Any, skipped: int) -> Iterator[tuple[int, list[str]]]:
    line = 1 + skipped
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield line, cells
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise ImportRefused(f"{path}:{line}: {error}; see to the inverted commas of this row") from error


def _row(row: Mapping[str, str], line: int, excess: int, texts: Mapping[str, Imported]) -> None:
    siglum = row.get("text") or next(iter(texts))
    imported = texts.get(siglum)
    if imported is None:
        next(iter(texts.values())).lose(line, f"there is no text {siglum!r}; the texts are {', '.join(texts)}")
        return
    if excess:
        imported.tell(line, f"{excess} cells have no column; left out")
    try:
        span = _span(row, imported)
    except (AnchorError, ValueError, LookupError) as error:
        imported.lose(line, str(error))
        return
    layer = row.get("layer") or ("emendation" if "reading" in row else "note")
    imported.found.append(
        Found(
            *span,
            layer=layer,
            kind=row.get("kind", ""),
            reading=row.get("reading", "") if layer in _READING else None,
            note=row.get("note", ""),
            certainty=row.get("certainty", ""),
            evidence=row.get("evidence", ""),
            editor=row.get("editor", ""),
            id=row.get("id", ""),
            prefix=row.get("prefix") if "suffix" in row else None,
            suffix=row.get("suffix") if "prefix" in row else None,
            short=row.get("short", ""),
            see=targets(row.get("see", "").split(";")),
            contradicts=targets(row.get("contradicts", "").split(";")),
            parallel=targets(row.get("parallel", "").split(";")),
            source=row.get("source", ""),
            wording=row.get("wording", ""),
            matter=row.get("matter", ""),
            right=row.get("right", ""),
            line=line,
        )
    )


def _span(row: Mapping[str, str], imported: Imported) -> Span:
    """Where the row's words stand.  Raises `AnchorError`, ``LookupError`` or ``ValueError``."""
    lemma, string, where = row["lemma"], imported.string, row.get("place", "").strip()
    if row.get("start") and row.get("end"):
        try:
            start, end = int(row["start"]), int(row["end"])
        except ValueError as error:
            raise ValueError(f"start and end are whole numbers, not {row['start']!r} and {row['end']!r}") from error
        if 0 <= start <= end <= len(string) and string[start:end] == lemma:
            return Span(start, end)
    number = where.removeprefix(imported.siglum).lstrip("¶ ")
    if number.isdecimal():
        paragraph = Text(imported.siglum, "", "", string).paragraph(int(number))
        found = resolve(string[paragraph.start : paragraph.end], Selector(lemma, row.get("prefix", "")))
        return Span(found.start + paragraph.start, found.end + paragraph.start)
    if where and lemma and lemma in where:
        around = resolve(string, Selector(where))
        if where.count(lemma) > 1:
            raise ValueError(f"{lemma!r} is in the place {where!r} more than once; quote less around it")
        at = around.start + where.index(lemma)
        return Span(at, at + len(lemma))
    return resolve(string, Selector(lemma, row.get("prefix", "") or where, row.get("suffix", "")))
