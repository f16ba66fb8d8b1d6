"""The standards of the PDF."""

from __future__ import annotations

#: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file.
STANDARDS = ("a-3a", "ua-1")

#: Names of standards, as Typst knows them.
KNOWN_STANDARDS = (
    *("1.4", "1.5", "1.6", "1.7", "2.0", "a-1b", "a-1a", "a-2b", "a-2u", "a-2a"),
    *("a-3b", "a-3u", "a-3a", "a-4", "a-4f", "a-4e", "ua-1"),
)
