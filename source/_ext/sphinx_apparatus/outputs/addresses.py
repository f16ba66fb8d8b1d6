"""Addresses within a site, as its builder makes them."""

from __future__ import annotations

from typing import Any

from sphinx.util.osutil import relative_uri


def to_file(builder: Any, docname: str, path: str) -> str:
    """The address of a file below the root of the site, with its fragment, as seen from a page."""
    return from_address(builder.get_target_uri(docname), path)


def from_address(here: str, path: str) -> str:
    """The address of a file or page, with its fragment, as seen from another; both from the root of the site."""
    there, hash_, fragment = path.partition("#")
    return f"{relative_uri(here, there) or there.rpartition('/')[2]}{hash_}{fragment}"
