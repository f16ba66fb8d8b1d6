"""What describes the data: Data Package (Frictionless, version 1) and RO-Crate 1.1."""

from __future__ import annotations

import hashlib
import mimetypes
import re
from collections import Counter
from typing import Any, NamedTuple
from urllib.parse import quote

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.outputs import rights
from sphinx_apparatus.outputs.dataset import tables
from sphinx_apparatus.outputs.dataset.fields import table_schema
from sphinx_apparatus.sphinx_ext.locale import _

_TYPES = {
    "csv": "text/csv",
    "json": "application/json",
    "jsonld": "application/ld+json",
    "xml": "application/tei+xml",
    "bib": "application/x-bibtex",
    "txt": "text/plain",
    "html": "text/html",
}

#: What a file is, by its name without ending.
SAYS = {
    "annotations": "All annotations",
    "names": "The index of names",
    "events": "The chronology",
    "matters": "What the texts disagree in",
    "withdrawn": "The ids that are withdrawn",
    "register": "The register: when each id was published and changed",
    "bibliography": "The bibliography",
    "edition": "The whole edition in TEI P5",
    "contract": "What the JSON has, as a schema: a contract with a version",
    "context": "The context of the Web Annotations",
    "terms": "What the terms of the Web Annotations mean",
}


class Resource(NamedTuple):
    """A file of the package: its path, its size in bytes and its checksum."""

    path: str
    size: int
    sha256: str

    @classmethod
    def of(cls, path: str, content: str | bytes) -> Resource:
        """The description of a file."""
        encoded = content if isinstance(content, bytes) else content.encode("utf-8")
        return cls(path, len(encoded), hashlib.sha256(encoded).hexdigest())

    @property
    def ending(self) -> str:
        """What the file's name ends with."""
        return self.path.rpartition(".")[2]

    @property
    def stem(self) -> str:
        """The file's name without ending."""
        return self.path.rpartition("/")[2].partition(".")[0]

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture of a note."""
        return self.path.startswith("data/pictures/")

    @property
    def media_type(self) -> str:
        """Its media type."""
        guessed = mimetypes.guess_type(self.path)[0] or "application/octet-stream" if self.is_picture else "text/plain"
        return guessed if self.is_picture else _TYPES.get(self.ending, guessed)

    @property
    def is_text(self) -> bool:
        """Whether it is one of the texts."""
        return self.path.startswith("texts/")

    @property
    def says(self) -> str:
        """What it is, in a few words."""
        if self.is_picture:
            return _("A picture of the notes")
        if self.is_text:
            text = _("Text {siglum}").format(siglum=self.stem)
            return text if self.ending == "txt" else _("The checksums of the texts")
        if self.stem in SAYS:
            return _(SAYS[self.stem])
        return _("Text {siglum} with its annotations").format(siglum=self.stem.rpartition("-")[2])


def datapackage(edition: Edition, resources: list[Resource]) -> dict[str, Any]:
    """``datapackage.json``."""
    imprint = edition.imprint
    name = "".join(c if c.isalnum() and c.isascii() else "-" for c in imprint.title.partition(":")[0].lower())
    made: dict[str, Any] = {
        "profile": "data-package",
        "name": "-".join(filter(None, name.split("-"))) or "edition",
        "title": imprint.title,
        "description": f"{rights.described(imprint.title)} {rights.of_texts()}",
        "version": imprint.version,
        "created": f"{imprint.released.isoformat()}T00:00:00Z",
        "contributors": [{"title": imprint.editors or imprint.title, "role": "author"}],
        "resources": [_resource(one, imprint.licence, imprint.licence_name) for one in resources],
    }
    names: Counter[str] = Counter()
    for one in made["resources"]:  # each has a name of its own (Data Package, "name")
        names[one["name"]] += 1
        if names[one["name"]] > 1:
            one["name"] += f"-{names[one['name']]}"
    if imprint.doi:
        made["id"] = imprint.doi_address
    if imprint.base_url:
        made["homepage"] = imprint.base_url
    if imprint.licence:
        made["licenses"] = [_licence(imprint.licence, imprint.licence_name)]
    return made


def _licence(address: str, name: str) -> dict[str, str]:
    return {"path": address, "title": name or address}


def _resource(one: Resource, licence: str, name: str) -> dict[str, Any]:
    schemas = {
        "annotations": table_schema(),
        "names": tables.strings_schema(tables.NAMES),
        "events": tables.strings_schema(tables.EVENTS),
        "matters": tables.strings_schema(tables.MATTERS),
        "withdrawn": tables.strings_schema(tables.WITHDRAWN),
    }
    made: dict[str, Any] = {
        "name": re.sub(r"[^a-z0-9_]+", "-", one.path.lower()),
        "path": one.path,
        "title": one.says,
        "mediatype": one.media_type,
        "bytes": one.size,
        "hash": f"sha256:{one.sha256}",
        **({} if one.is_picture else {"encoding": "utf-8"}),
    }
    if one.ending == "csv" and not one.is_picture:
        made |= {"profile": "tabular-data-resource", "format": "csv", "schema": schemas[one.stem]}
    if one.is_text:
        made["description"] = rights.of_texts()
    elif licence:
        made["licenses"] = [_licence(licence, name)]
    return made


def crate(edition: Edition, resources: list[Resource]) -> dict[str, Any]:
    """``ro-crate-metadata.json``."""
    imprint = edition.imprint
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": imprint.title,
        "description": rights.described(imprint.title),
        "datePublished": imprint.released.isoformat(),
        "version": imprint.version,
        "author": {"@id": "#editors"},
        "license": {"@id": imprint.licence or "#rights"},
        "hasPart": [{"@id": quote(one.path)} for one in resources],
    }
    if imprint.doi:
        root["identifier"] = imprint.doi_address
    if imprint.base_url:
        root["url"] = imprint.base_url
    licence = (
        {"@id": imprint.licence, "@type": "CreativeWork", "name": imprint.licence_name or imprint.licence}
        if imprint.licence
        else {"@id": "#rights", "@type": "CreativeWork", "name": _("No licence is stated")}
    )
    files = [
        {
            "@id": quote(one.path),
            "@type": "File",
            "name": one.says,
            "encodingFormat": one.media_type,
            "contentSize": str(one.size),
            "sha256": one.sha256,
            "license": {"@id": "#quoted" if one.is_text else licence["@id"]},
        }
        for one in resources
    ]
    return {
        "@context": "https://w3id.org/ro/crate/1.1/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
                "about": {"@id": "./"},
            },
            root,
            {"@id": "#editors", "@type": "Organization", "name": imprint.editors or imprint.title},
            licence,
            {"@id": "#quoted", "@type": "CreativeWork", "name": _("Quoted"), "description": rights.of_texts()},
            *files,
        ],
    }
