"""What machines read in a page: Highwire tags, JSON-LD, Signposting, Open Graph.

Highwire Press tags are read by Zotero's *Embedded Metadata* translator and by Google
Scholar; the relations are those of Signposting (signposting.org) and RFC 8574 (cite-as);
the JSON-LD is of schema.org.
"""

from __future__ import annotations

import json
from html import escape
from typing import Any

from sphinx_apparatus.annotations import Annotation, Layer
from sphinx_apparatus.citing.formats import TYPES, plain
from sphinx_apparatus.citing.items import Edition, Item


def highwire(item: Item) -> str:
    """``citation_*`` tags of an item."""
    day = item["issued"]["date-parts"][0]
    pairs = [("citation_title", plain(item["title"]))]
    pairs += [("citation_author", name.get("literal", "")) for name in item["author"]]
    pairs.append(("citation_publication_date", "/".join(f"{part:02d}" for part in day)))
    if "container-title" in item:
        pairs.append(("citation_inbook_title", item["container-title"]))
    pairs.append(("citation_language", item["language"]))
    if "URL" in item:
        pairs.append(("citation_public_url", item["URL"]))
    return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in pairs)


def signposts(edition: Edition, address: str, *, canonical: bool) -> str:
    """Typed links: what to cite, the licence; the canonical address where no theme gives it."""
    relations = {"canonical": address if canonical else "", "cite-as": address, "license": edition.licence}
    return "".join(f'<link rel="{name}" href="{escape(href)}">' for name, href in relations.items() if href)


def descriptions(exports: dict[str, str]) -> str:
    """Typed links to the page's item in each format."""
    return "".join(
        f'<link rel="describedby" type="{TYPES[ending]}" href="{escape(path)}">' for ending, path in exports.items()
    )


def open_graph(edition: Edition, title: str, description: str, address: str) -> str:
    """Open Graph tags (ogp.me)."""
    pairs = [
        ("og:title", title),
        ("og:type", "article"),
        ("og:description", description),
        ("og:site_name", edition.title),
        ("og:url", address),
    ]
    return "".join(f'<meta property="{name}" content="{escape(value)}">' for name, value in pairs if value)


def json_ld(data: dict[str, Any]) -> str:
    """A data block.  ``<`` is written as an escape, so that no reading can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, sort_keys=True)
    return f'<script type="application/ld+json">{text.replace("<", chr(92) + "u003c")}</script>'


def edition_data(edition: Edition) -> dict[str, Any]:
    """The edition as a schema.org ``Dataset`` and ``Book``."""
    return _without_empty(
        {
            "@type": ["Book", "Dataset"],
            "name": edition.title,
            "author": {"@type": "Organization", "name": edition.editors},
            "version": edition.version,
            "datePublished": edition.released.isoformat(),
            "inLanguage": edition.language,
            "license": edition.licence,
            "url": edition.address("index.html"),
            "description": f"{edition.title}: texts reproduced verbatim, with annotations that can be cited singly.",
        }
    )


def annotation_data(edition: Edition, annotation: Annotation, item: Item, text_title: str) -> dict[str, Any]:
    """An annotation: a ``CorrectionComment`` if it has a reading, else a ``Comment``."""
    return _without_empty(
        {
            "@type": "Comment" if annotation.layer is Layer.NOTE else "CorrectionComment",
            "identifier": annotation.id,
            "name": plain(item["title"]),
            "text": " ".join(annotation.body.split()),
            "about": {
                "@type": "Quotation",
                "text": annotation.lemma,
                "isPartOf": {"@type": "Article", "name": text_title},
            },
            "isPartOf": edition_data(edition),
            "author": {"@type": "Organization", "name": edition.editors},
            "version": edition.version,
            "datePublished": edition.released.isoformat(),
            "inLanguage": edition.language,
            "license": edition.licence,
            "url": item.get("URL", ""),
        }
    )


def text_data(edition: Edition, item: Item) -> dict[str, Any]:
    """A text in the edition: a ``ScholarlyArticle``."""
    return _without_empty(
        {
            "@type": "ScholarlyArticle",
            "name": plain(item["title"]),
            "isPartOf": edition_data(edition),
            "author": {"@type": "Organization", "name": edition.editors},
            "version": edition.version,
            "datePublished": edition.released.isoformat(),
            "inLanguage": edition.language,
            "url": item.get("URL", ""),
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", None)}
