"""The tables: annotations, names, events, matters, works."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.items import public
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.outputs.dataset.fields import BETWEEN, CONTRACT, FIELDS, cell, row
from sphinx_apparatus.outputs.material import Material


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """CSV (RFC 4180): lines end in CRLF, every cell is in inverted commas, so that none loses its white space."""
    return lines([columns]) + lines(rows)


def lines(rows: Iterable[Sequence[str]]) -> str:
    """The rows of a table."""
    out = io.StringIO()
    csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerows(rows)
    return out.getvalue()


def annotations_csv(rows: Iterable[str]) -> str:
    """All annotations; ``rows`` are those of each text."""
    return "".join((lines([[field.name for field in FIELDS]]), *rows))


def annotations_json(edition: Edition, records: Iterable[str]) -> str:
    """The same as JSON, with what is said of the edition; ``records`` are those of each text."""
    imprint = edition.imprint
    content = {
        "contract": CONTRACT,
        "edition": {
            "title": imprint.title,
            "editors": dict(edition.editors),
            "version": imprint.version,
            "released": imprint.released.isoformat(),
            "address": imprint.base_url,
            "licence": imprint.licence,
            "texts": [
                {
                    "siglum": siglum,
                    "file": record.text.filename,
                    "sha256": record.text.sha256,
                    "language": record.language,
                    "source": record.source,
                    "parts": [list(part) for part in record.parts],
                    "headings": list(record.headings),
                    "page": record.docname,
                    "title": edition.titles.get(siglum, siglum),
                }
                for siglum, record in edition.texts.items()
            ],
            "withdrawn": [
                {"id": one.id, "version": one.version, "reason": one.reason} for one in edition.tombstones.values()
            ],
        },
        "annotations": [],
    }
    head = to_json(content).removesuffix("[]\n}\n")
    within = ",\n".join(filter(None, records))
    return f"{head}[\n{within}\n ]\n}}\n" if within else f"{head}[]\n}}\n"


def rows_of(edition: Edition, siglum: str) -> str:
    """The annotations of a text as rows of the table."""
    return lines([cell(value) for value in row(edition, one).values()] for one in edition.of_text(siglum))


def records_of(edition: Edition, siglum: str) -> str:
    """The annotations of a text as they stand in the list of the JSON."""
    each = (to_json(row(edition, one)).rstrip("\n").replace("\n", "\n  ") for one in edition.of_text(siglum))
    return ",\n".join(f"  {one}" for one in each)


NAMES = ("heading", "kind", "native", "romanisations", "forms", "authorities")
EVENTS = ("date", "title", "label", "mentions")
MATTERS = ("matter", "id", "text", "lemma", "right")
WITHDRAWN = ("id", "version", "reason")


def names_csv(material: Material) -> str:
    """The index of names."""
    return table(
        NAMES,
        (
            (
                name.heading,
                name.kind,
                BETWEEN.join(f"{tag}: {words}" for tag, words in name.native),
                BETWEEN.join(name.romanisations),
                BETWEEN.join(
                    f"{form.spelling} ({', '.join(form.texts)})" if form.texts else form.spelling for form in name.forms
                ),
                BETWEEN.join(f"{authority}: {number}" for authority, number in name.authorities),
            )
            for name, _ in material.names
        ),
    )


def events_csv(material: Material) -> str:
    """The chronology; dates are EDTF."""
    return table(
        EVENTS,
        (
            (
                event.date.source,
                event.title,
                event.label,
                BETWEEN.join(
                    f"{mention.siglum}: {mention.selector.quote}"
                    + (f" [{mention.gives.source}]" if mention.gives else "")
                    for mention in event.mentions
                ),
            )
            for event, _ in material.events
        ),
    )


def matters_csv(material: Material) -> str:
    """What texts disagree in: a row an annotation."""
    found = sorted((one for one in material.edition.in_order if one.matter), key=lambda one: one.matter)
    return table(MATTERS, ((one.matter, one.id, one.siglum, one.lemma, one.right) for one in found))


def withdrawn_csv(material: Material) -> str:
    """The ids that are withdrawn, and not given again."""
    stones = material.edition.tombstones.values()
    return table(WITHDRAWN, ((one.id, one.version, one.reason) for one in stones))


def works_json(material: Material) -> str:
    """The bibliography as CSL-JSON."""
    return to_json([public(item) for item in material.works.values()])


def works_bib(material: Material) -> str:
    """The bibliography as BibTeX."""
    return "\n".join(to_bibtex(item) for item in material.works.values())


def strings_schema(columns: Sequence[str]) -> dict[str, Any]:
    """The schema of a table of strings."""
    return {"fields": [{"name": name, "type": "string"} for name in columns], "missingValues": [""]}


def to_json(content: Any) -> str:
    """JSON, one member a line."""
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def addresses_of(works: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """Where the works were published, by key."""
    return {key: str(item["URL"]) for key, item in works.items() if item.get("URL")}
