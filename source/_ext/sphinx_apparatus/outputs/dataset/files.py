"""Every file of the data, by its path below the root of the site or of the package."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS
from sphinx_apparatus.outputs.dataset import tables
from sphinx_apparatus.outputs.dataset.fields import json_schema
from sphinx_apparatus.outputs.dataset.links import REGISTER
from sphinx_apparatus.outputs.dataset.package import Resource, crate, datapackage
from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei.documents import CORPUS, Tei
from sphinx_apparatus.outputs.tei.notes import picture_name
from sphinx_apparatus.outputs.webannotation import Addresses
from sphinx_apparatus.outputs.webannotation import pages as anno
from sphinx_apparatus.outputs.webannotation.addresses import DATA, SUMS, TEXTS
from sphinx_apparatus.outputs.webannotation.terms import context, terms_page
from sphinx_apparatus.stores.register import write_register

#: A path, and what stands there.
File = tuple[str, str]
#: The same of any file, a picture too.
AnyFile = tuple[str, str | bytes]


def texts(edition: Edition) -> Iterator[File]:
    """The texts, byte for byte, and their checksums."""
    sums = []
    for siglum, record in edition.texts.items():
        yield f"{TEXTS}/{siglum}.txt", record.text.string
        sums.append(f"{record.text.sha256}  {siglum}.txt\n")
    yield f"{TEXTS}/{SUMS}", "".join(sums)


class OfText(NamedTuple):
    """What the files of the data have of one text."""

    #: of ``annotations.csv`` and of ``annotations.json``
    rows: str
    records: str
    #: two files of its own
    annotations: str
    tei: str
    #: of ``edition.xml``
    within: str


def of_text(material: Material, page: Callable[[str], str], siglum: str) -> OfText:
    """Make what the files have of a text."""
    edition, tei = material.edition, Tei(material)
    at = Addresses(edition.imprint.base_url, "../", page=page)
    printed = tables.addresses_of(material.works)
    return OfText(
        tables.rows_of(edition, siglum),
        tables.records_of(edition, siglum),
        anno.document(anno.page(edition, siglum, at, printed), at),
        tei.text(siglum),
        tei.within(siglum),
    )


def data(material: Material, page: Callable[[str], str], made: Mapping[str, OfText]) -> Iterator[File]:
    """The files of the folder ``data``; ``made`` is what they have of each text."""
    edition = material.edition
    at = Addresses(edition.imprint.base_url, "../", page=page)
    yield f"{DATA}/annotations.csv", tables.annotations_csv(one.rows for one in made.values())
    yield f"{DATA}/annotations.json", tables.annotations_json(edition, (one.records for one in made.values()))
    yield f"{DATA}/contract.json", tables.to_json(json_schema())
    yield f"{DATA}/names.csv", tables.names_csv(material)
    yield f"{DATA}/events.csv", tables.events_csv(material)
    yield f"{DATA}/matters.csv", tables.matters_csv(material)
    yield f"{DATA}/withdrawn.csv", tables.withdrawn_csv(material)
    if edition.register:
        yield f"{DATA}/{REGISTER}", write_register(edition.register, edition.imprint.version)
    yield f"{DATA}/bibliography.json", tables.works_json(material)
    yield f"{DATA}/bibliography.bib", tables.works_bib(material)
    yield f"{DATA}/context.jsonld", tables.to_json({"@context": context(at.terms)})
    yield f"{DATA}/terms.html", terms_page(edition.imprint.title, edition.imprint.language)
    yield f"{DATA}/{anno.COLLECTION}", anno.document(anno.paged(edition, at, material.markdown), at)
    for siglum, one in made.items():
        yield f"{DATA}/{anno.page_name(siglum)}", one.annotations
        yield f"{DATA}/{siglum}.xml", one.tei
    yield f"{DATA}/{CORPUS}", Tei(material).corpus(one.within for one in made.values())


def parts(material: Material, page: Callable[[str], str], found: Iterable[Annotation] | None = None) -> Iterator[File]:
    """A file an annotation, as Web Annotation and as TEI: of those ``found``, or else of all."""
    edition = material.edition
    tei = Tei(material)
    at = Addresses(edition.imprint.base_url, "../", page=page)
    printed = tables.addresses_of(material.works)
    for one in edition.in_order if found is None else found:
        yield f"{CORRECTIONS}/{one.id}.jsonld", anno.document(anno.single(edition, one.id, at, printed), at)
        yield f"{CORRECTIONS}/{one.id}.xml", tei.annotation(one.id)


def pictures(material: Material) -> Iterator[tuple[str, bytes]]:
    """The pictures of the notes."""
    for name, path in material.pictures.items():
        yield f"{DATA}/pictures/{picture_name(name)}", path.read_bytes()


def package(material: Material, page: Callable[[str], str], made: Mapping[str, OfText]) -> Iterator[AnyFile]:
    """The data, the texts, and what describes them for Frictionless and RO-Crate."""
    found: list[AnyFile] = [*texts(material.edition), *data(material, page, made), *pictures(material)]
    yield from found
    resources = [Resource.of(path, content) for path, content in found]
    yield "datapackage.json", tables.to_json(datapackage(material.edition, resources))
    yield "ro-crate-metadata.json", tables.to_json(crate(material.edition, resources))


def archive_name(edition: Edition) -> str:
    """The name of the archive."""
    words = "".join(c if c.isalnum() and c.isascii() else " " for c in edition.imprint.title.partition(":")[0].lower())
    return f"{DATA}/{'-'.join(words.split()) or 'edition'}-{edition.imprint.version}.zip"


def archive(found: list[AnyFile], released: date) -> bytes:
    """All in one; the same files give the same bytes."""
    out = io.BytesIO()
    moment = (max(1980, released.year), released.month, released.day, 0, 0, 0)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as zipped:
        for path, content in sorted(found):
            member = zipfile.ZipInfo(path, moment)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            # Level 4 takes half the time of the usual one, for a file larger by a fourteenth.
            zipped.writestr(member, content, compresslevel=4)
    return out.getvalue()
