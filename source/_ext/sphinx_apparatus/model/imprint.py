"""The imprint: what every citation says of the edition."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from sphinx_apparatus.model.contributor import Contributor

#: What may stand before a DOI.
DOI = re.compile(r"^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every citation says of the edition.

    ``base_url`` is empty where no publisher set one: citations then do without an
    address.  ``released`` is the day of this version.  ``doi`` is that of the edition, this
    version or all of them, as ``10.5281/zenodo.123``; nothing invents one.
    """

    title: str
    editors: str
    version: str
    released: date
    short: str = ""
    base_url: str = ""
    language: str = "en"
    licence: str = ""
    licence_name: str = ""
    doi: str = ""
    #: the editors of the edition one by one; else ``editors`` is a body
    contributors: tuple[Contributor, ...] = ()
    #: its first page, below ``base_url``
    home: str = "index.html"

    @property
    def names(self) -> list[dict[str, str]]:
        """Who made the edition, as CSL has names: persons, or a body; nobody where nobody is named."""
        return [one.csl for one in self.contributors] or ([{"literal": self.editors}] if self.editors else [])

    @property
    def doi_address(self) -> str:
        """The DOI as an address, or nothing."""
        return f"https://doi.org/{self.doi}" if self.doi else ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Where the edition is: its DOI, and where it is published, as far as they are set."""
        return tuple(filter(None, (self.doi_address, self.base_url)))

    def address(self, path: str) -> str:
        """The address of a page of the edition, or nothing."""
        return f"{self.base_url.rstrip('/')}/{path}" if self.base_url else ""
