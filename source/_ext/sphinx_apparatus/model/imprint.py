"""The imprint: what every citation says of the edition."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Imprint:
    """What every citation says of the edition.

    ``base_url`` is empty where no publisher set one: citations then do without an
    address.  ``released`` is the day of this version.
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

    def address(self, path: str) -> str:
        """The address of a page of the edition, or nothing."""
        return f"{self.base_url.rstrip('/')}/{path}" if self.base_url else ""
