"""What machines read in a page: Highwire tags, JSON-LD, Signposting, Open Graph; as data.

Highwire Press tags are read by Zotero's *Embedded Metadata* translator and by Google
Scholar; the relations are those of Signposting (signposting.org) and RFC 8574 (cite-as);
the JSON-LD is of schema.org.  ``templates/head.html`` writes them.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from markupsafe import Markup

from sphinx_apparatus.bibliography.formats import TYPES
from sphinx_apparatus.bibliography.items import Item, plain
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.sphinx_ext.locale import _


class Link(NamedTuple):
    """A typed link; ``type`` is the media type of what it leads to, or empty."""

    relation: str
    address: str
    type: str = ""


class Head(NamedTuple):
    """What stands in a page's head for machines; in each pair the name comes first."""

    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    data: Markup = Markup("")

    def __add__(self, other: object) -> Head:
        """Both, one after the other."""
        if not isinstance(other, Head):
            return NotImplemented
        return Head(
            self.tags + other.tags,
            self.links + other.links,
            self.properties + other.properties,
            self.data + other.data,
        )


def highwire(item: Item) -> Head:
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
    return Head(tags=tuple(pairs))


def signposts(imprint: Imprint, address: str, *, canonical: bool) -> Head:
    """Typed links: what to cite, the licence; the canonical address where no theme gives it."""
    relations = {"canonical": address if canonical else "", "cite-as": address, "license": imprint.licence}
    return Head(links=tuple(Link(name, href) for name, href in relations.items() if href))


def descriptions(exports: dict[str, str]) -> Head:
    """Typed links to the page's item in each format."""
    return Head(links=tuple(Link("describedby", path, TYPES[ending]) for ending, path in exports.items()))


def open_graph(imprint: Imprint, title: str, description: str, address: str) -> Head:
    """Open Graph tags (ogp.me)."""
    pairs = (
        ("og:title", title),
        ("og:type", "article"),
        ("og:description", description),
        ("og:site_name", imprint.title),
        ("og:url", address),
    )
    return Head(properties=tuple(pair for pair in pairs if pair[1]))


def json_ld(data: dict[str, Any]) -> Head:
    """A data block.  ``<`` is written as an escape, so that no reading can end the element."""
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False, sort_keys=True)
    # Not for an HTML parser but for one of JSON, to which the escape is the character itself.
    safe = Markup(text.replace("<", "\\u003c"))
    return Head(data=Markup('<script type="application/ld+json">{}</script>').format(safe))


def edition_data(imprint: Imprint) -> dict[str, Any]:
    """The edition as a schema.org ``Dataset`` and ``Book``."""
    return _without_empty(
        {
            "@type": ["Book", "Dataset"],
            "name": imprint.title,
            "author": {"@type": "Organization", "name": imprint.editors},
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": imprint.language,
            "license": imprint.licence,
            "url": imprint.address("index.html"),
            "description": _("{title}: texts reproduced verbatim, with annotations that can be cited singly.").format(
                title=imprint.title
            ),
        }
    )


def annotation_data(
    imprint: Imprint, annotation: Annotation, words: str, item: Item, text_title: str
) -> dict[str, Any]:
    """An annotation: a ``CorrectionComment`` if it has a reading, else a ``Comment``; ``words`` are its note's."""
    return _without_empty(
        {
            "@type": "CorrectionComment" if annotation.layer.reads else "Comment",
            "identifier": annotation.id,
            "name": plain(item["title"]),
            "text": words,
            "about": {
                "@type": "Quotation",
                "text": annotation.lemma,
                "isPartOf": {"@type": "Article", "name": text_title},
            },
            "isPartOf": edition_data(imprint),
            "author": {"@type": "Organization", "name": imprint.editors},
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": imprint.language,
            "license": imprint.licence,
            "url": item.get("URL", ""),
        }
    )


def text_data(imprint: Imprint, item: Item) -> dict[str, Any]:
    """A text in the edition: a ``ScholarlyArticle``."""
    return _without_empty(
        {
            "@type": "ScholarlyArticle",
            "name": plain(item["title"]),
            "isPartOf": edition_data(imprint),
            "author": {"@type": "Organization", "name": imprint.editors},
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": imprint.language,
            "url": item.get("URL", ""),
        }
    )


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in ("", None)}
