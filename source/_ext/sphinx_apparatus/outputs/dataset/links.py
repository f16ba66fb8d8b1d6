"""Which data a page of the site has beside it, for whoever links them."""

from __future__ import annotations

from typing import NamedTuple

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS, Passage, parse_target
from sphinx_apparatus.outputs.tei.documents import CORPUS
from sphinx_apparatus.outputs.webannotation.addresses import DATA, SUMS, TEXTS
from sphinx_apparatus.outputs.webannotation.pages import COLLECTION, page_name
from sphinx_apparatus.sphinx_ext.locale import _

_JSONLD, _TEI = "application/ld+json", "application/tei+xml"


class DataLink(NamedTuple):
    """A file: what readers call it, its path below the root of the site with its fragment, its media type."""

    name: str
    path: str
    type: str


def data_links(edition: Edition, target: str) -> tuple[DataLink, ...]:
    """The files of an annotation (``K25``), a text (``K``) or a paragraph (``K ¶4``), its place in its text."""
    parsed = parse_target(target)
    if not isinstance(parsed, Passage):
        if parsed not in edition.annotations:
            return ()
        return (
            DataLink(_("Web Annotation"), f"{CORRECTIONS}/{parsed}.jsonld", _JSONLD),
            DataLink("TEI", f"{CORRECTIONS}/{parsed}.xml", _TEI),
        )
    if parsed.siglum not in edition.texts:
        return ()
    siglum = parsed.siglum
    place = f"#{parsed.anchor}" if parsed.paragraph else ""
    return (
        DataLink(_("Plain text"), f"{TEXTS}/{siglum}.txt", "text/plain"),
        DataLink("TEI", f"{DATA}/{siglum}.xml{place}", _TEI),
        DataLink(_("Web Annotations"), f"{DATA}/{page_name(siglum)}", _JSONLD),
    )


def edition_links() -> tuple[DataLink, ...]:
    """The files in which the whole edition is."""
    return (
        DataLink("TEI", f"{DATA}/{CORPUS}", _TEI),
        DataLink(_("Web Annotations"), f"{DATA}/{COLLECTION}", _JSONLD),
        DataLink("JSON", f"{DATA}/annotations.json", "application/json"),
        DataLink("CSV", f"{DATA}/annotations.csv", "text/csv"),
    )


#: The files of the folder ``data`` that are there whatever the texts are.
COMMON = (
    "annotations.csv",
    "annotations.json",
    "contract.json",
    "names.csv",
    "events.csv",
    "matters.csv",
    "withdrawn.csv",
    "bibliography.json",
    "bibliography.bib",
    "context.jsonld",
    "terms.html",
    COLLECTION,
    CORPUS,
)


#: The register of the ids, where the edition has published some.
REGISTER = "register.json"


def paths_of(edition: Edition, target: str) -> list[str]:
    """The files of an annotation, a text or a paragraph."""
    return [link.path for link in data_links(edition, target)]


def paths(edition: Edition) -> list[str]:
    """Every file but the archive and those of single annotations."""
    found = ["datapackage.json", "ro-crate-metadata.json", f"{TEXTS}/{SUMS}", *(f"{DATA}/{name}" for name in COMMON)]
    found += [f"{DATA}/{REGISTER}"] if edition.register else []
    for siglum in edition.texts:
        found += paths_of(edition, siglum)
    return found
