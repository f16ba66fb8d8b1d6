"""Which data a page of the site has beside it, for whoever links them."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS, Passage, parse_target
from sphinx_apparatus.outputs.tei.documents import CORPUS
from sphinx_apparatus.outputs.webannotation.addresses import DATA, SUMS, TEXTS
from sphinx_apparatus.outputs.webannotation.pages import COLLECTION, page_name


class DataLink(NamedTuple):
    """A file: what readers call it, its path below the root of the site, its media type."""

    name: str
    path: str
    type: str


def data_links(edition: Edition, target: str) -> tuple[DataLink, ...]:
    """The files of an annotation (``K25``), a text (``K``) or a paragraph (``K ¶4``), which has those of its text."""
    parsed = parse_target(target)
    if not isinstance(parsed, Passage):
        if parsed not in edition.annotations:
            return ()
        return (
            DataLink("Web Annotation", f"{CORRECTIONS}/{parsed}.jsonld", "application/ld+json"),
            DataLink("TEI", f"{CORRECTIONS}/{parsed}.xml", "application/tei+xml"),
        )
    if parsed.siglum not in edition.texts:
        return ()
    siglum = parsed.siglum
    return (
        DataLink("Plain text", f"{TEXTS}/{siglum}.txt", "text/plain"),
        DataLink("TEI", f"{DATA}/{siglum}.xml", "application/tei+xml"),
        DataLink("Web Annotations", f"{DATA}/{page_name(siglum)}", "application/ld+json"),
    )


#: The files of the folder ``data`` that are there whatever the texts are.
COMMON = (
    "annotations.csv",
    "annotations.json",
    "contract.json",
    "names.csv",
    "events.csv",
    "matters.csv",
    "bibliography.json",
    "bibliography.bib",
    "context.jsonld",
    "terms.html",
    COLLECTION,
    CORPUS,
)


def paths(edition: Edition, *, parts: bool) -> list[str]:
    """Every file but the archive; with ``parts`` those of single annotations, too."""
    found = ["datapackage.json", "ro-crate-metadata.json", f"{TEXTS}/{SUMS}", *(f"{DATA}/{name}" for name in COMMON)]
    for siglum in edition.texts:
        found += (link.path for link in data_links(edition, siglum))
    if parts:
        found += (link.path for one in edition.in_order for link in data_links(edition, one.id))
    return found
