"""A withdrawn id."""

from __future__ import annotations

from typing import NamedTuple


class Tombstone(NamedTuple):
    """A withdrawn id; it is never given out again and keeps its page."""

    #: the id
    id: str
    #: the page of its text
    docname: str
    #: the edition that withdrew it
    version: str
    #: why
    reason: str
