"""The annotations as data: an annotation collection of the W3C Web Annotation Data Model.

https://www.w3.org/TR/annotation-model/ : sections 3.1 (annotations), 3.2.4 (textual bodies),
4.2.4 and 4.2.5 (text quote and text position selectors), 5.1 (collections).  What the model
has no word for stands under our own prefix ``ed``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.text import Text

#: Context in characters where the editor gave none: enough for 99 of 100 quotations.
CONTEXT = 32

_CONTEXT = [
    "http://www.w3.org/ns/anno.jsonld",
    {"ed": "https://sphinx-apparatus.invalid/terms#", "tei": "http://www.tei-c.org/ns/1.0/"},
]


def item(annotation: Annotation, words: str, text: Text, base: str = "") -> dict[str, Any]:
    """An annotation; ``words`` are its note's, ``base`` is the address ids stand behind."""
    start, end = annotation.span
    string = text.string
    bodies: list[dict[str, Any]] = []
    if annotation.reading is not None:
        bodies.append(
            {"type": "TextualBody", "purpose": "editing", "format": "text/plain", "value": annotation.reading}
        )
    bodies.append({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": words})
    relations = {
        f"ed:{kind}": list(getattr(annotation.relations, kind))
        for kind in ("see", "contradicts", "parallel")
        if getattr(annotation.relations, kind)
    }
    return {
        "id": f"{base}#{annotation.id}",
        "type": "Annotation",
        "motivation": annotation.layer.motivation,
        "creator": annotation.editor,
        "body": bodies,
        "target": {
            "source": text.filename,
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": string[start:end],
                    "prefix": string[max(0, start - CONTEXT) : start],
                    "suffix": string[end : end + CONTEXT],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
        "ed:id": annotation.id,
        "ed:layer": annotation.layer.name,
        "ed:kind": annotation.kind,
        **({"tei:cert": annotation.certainty.value} if annotation.certainty else {}),
        **({"tei:evidence": annotation.evidence.value} if annotation.evidence else {}),
        "ed:cites": list(annotation.cites),
        **relations,
    }


def collection(
    edition: Edition, annotations: Iterable[Annotation], texts: Mapping[str, Text], title: str, base: str = ""
) -> str:
    """The annotations as JSON-LD, one page holding all; the same input gives the same bytes."""
    items = [
        item(annotation, edition.words(annotation.id), texts[annotation.siglum], base) for annotation in annotations
    ]
    whole = {
        "@context": _CONTEXT,
        "id": base or "#annotations",
        "type": "AnnotationCollection",
        "label": title,
        "ed:version": edition.imprint.version,
        "total": len(items),
        "ed:texts": [{"siglum": text.siglum, "file": text.filename, "sha256": text.sha256} for text in texts.values()],
        "first": {"type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
