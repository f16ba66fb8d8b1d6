"""Which data a page of the site has beside it, for whoever links them."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS, Passage, parse_target
from sphinx_apparatus.outputs.tei.documents import CORPUS
from sphinx_apparatus.outputs.webannotation.addresses import DATA, TEXTS
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


def paths(edition: Edition) -> list[str]:
    """The files that are always there; if one is not, all are written again."""
    return ["datapackage.json", f"{DATA}/{COLLECTION}", f"{DATA}/{CORPUS}"]
