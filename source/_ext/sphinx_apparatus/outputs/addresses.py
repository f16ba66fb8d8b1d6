"""Addresses within a site, as its builder makes them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from sphinx.config import Config
from sphinx.util.osutil import relative_uri

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition
    from sphinx_apparatus.model.text import TextRecord


def to_file(builder: Any, docname: str, path: str) -> str:
    """The address of a file below the root of the site, with its fragment, as seen from a page."""
    return from_address(builder.get_target_uri(docname), path)


def from_address(here: str, path: str) -> str:
    """The address of a file or page, with its fragment, as seen from another; both from the root of the site."""
    there, hash_, fragment = path.partition("#")
    return f"{relative_uri(here, there) or there.rpartition('/')[2]}{hash_}{fragment}"


def beside_book(config: Config, name: str) -> str:
    """The address of a file that is beside the PDF of the edition."""
    folder = config.apparatus_pdf.rpartition("/")[0]
    return f"{folder}/{name}" if folder else name


def offprint(edition: Edition, siglum: str, config: Config) -> str:
    """The PDF that has one text alone; nothing where the book was set without.

    Texts of one page have one, named after the first.
    """
    if not (config.apparatus_pdf and config.apparatus_pdf_offprints and siglum in edition.places):
        return ""
    first = named_after(edition.texts, [PurePath(config.apparatus_pdf).stem]).get(edition.texts[siglum].docname)
    return beside_book(config, f"{first}.pdf") if first else ""


def named_after(texts: Mapping[str, TextRecord], taken: Iterable[str] = ()) -> dict[str, str]:
    """By page, the text after which its offprint is named, the first on it.

    None where the file would be another one, those ``taken`` among them, on a disk for which capitals do not count.
    """
    found: dict[str, str] = {}
    names = {name.casefold() for name in taken}
    for siglum, record in texts.items():
        if record.docname in found:
            continue
        found[record.docname] = "" if siglum.casefold() in names else siglum
        names.add(siglum.casefold())
    return {page: siglum for page, siglum in found.items() if siglum}
