"""Every message of the extension has a code, and the codes stand here."""

from __future__ import annotations

from enum import StrEnum
from inspect import cleandoc
from pathlib import Path
from typing import Any, NoReturn

from docutils import nodes
from sphinx.util import logging

_logger = logging.getLogger(__name__)

#: The warning type; with it ``suppress_warnings = ["ed.uncited"]`` silences one code.
TYPE = "ed"


def place(path: Path, words: str = "") -> nodes.Node:
    """A place in a file that is no document, for a warning: the line on which ``words`` first stand, or its first."""
    node = nodes.comment()
    node.source = str(path)
    lines = path.read_text("utf-8", errors="replace").splitlines() if words and path.exists() else []
    node.line = next((number for number, line in enumerate(lines, 1) if words in line), 1)
    return node


class Diagnostic(StrEnum):
    """The codes; each is the ``subtype`` of a Sphinx warning of type ``ed``."""

    def __new__(cls, code: str, explanation: str) -> Diagnostic:
        """A member whose docstring is its explanation."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.__doc__ = cleandoc(explanation)
        return member

    TEXT_MISSING = (
        "text-missing",
        "The file of an ``ed:text`` cannot be read. Remedy: mend the name, or ``apparatus_text_dir``.",
    )
    TEXT_ENCODING = (
        "text-encoding",
        "A text is not UTF-8; the message names the byte. Remedy: keep the original, add a copy converted to UTF-8.",
    )
    TEXT_CHECKSUM = (
        "text-checksum",
        "A text is not listed in SHA256SUMS, or differs from what is listed there. A changed text "
        "stops the build. Remedy: restore the file; for a new text, add its line.",
    )
    TEXT_DUPLICATE = (
        "text-duplicate",
        "Two texts have one siglum. Remedy: give each its own.",
    )
    NO_TEXT = (
        "no-text",
        "An annotation stands on a page without the text of its siglum. Remedy: put it on the page of its text.",
    )
    OPTION = (
        "option",
        "An option or argument of a directive is not of its form. Remedy: as the message says.",
    )
    DUPLICATE_ID = (
        "duplicate-id",
        "An id is given twice. Ids are never reused. Remedy: take the next free number.",
    )
    LEMMA_MISSING = (
        "lemma-missing",
        "A lemma is not in the text, or not with its prefix and suffix; the message shows the nearest "
        "words. Remedy: quote the text exactly.",
    )
    LEMMA_AMBIGUOUS = (
        "lemma-ambiguous",
        "A lemma is in the text more than once; the message lists the places and what would decide. "
        "Remedy: add that ``:prefix:`` or ``:suffix:``.",
    )
    READING = (
        "reading",
        "A reading is missing, superfluous (on a note) or the same as its lemma.",
    )
    EDIT_OVERLAP = (
        "edit-overlap",
        "Two emendations change the same words, so that the emended text would not be one text. "
        "Remedy: shorten one lemma, or join the two.",
    )
    UNRESOLVED = (
        "unresolved",
        "An ``ed:ref`` or a relation names an id or a passage that is not there. Remedy: mend the name.",
    )
    NO_EVIDENCE = (
        "no-evidence",
        "A correction of fact cites nothing. Remedy: cite the work that shows it.",
    )
    UNCITED = (
        "uncited",
        "A work of the bibliography is cited nowhere. Remedy: cite it or take it out.",
    )
    REGISTER = (
        "register",
        "The register of published ids cannot be read, or an id it lists is gone. Remedy: restore the "
        "annotation, or withdraw it with ``ed:tombstone``.",
    )
    CONCORDANCE = (
        "concordance",
        "A generated list cannot be made as it was asked for: a name's form, an event's date or a "
        "quotation is not in the text it names.",
    )
    CONFIG = (
        "config",
        "A configuration value is not of its form.",
    )

    PDF = (
        "pdf",
        "The PDF is not as it should be: a character that no font has, or a warning of Typst's. Remedy: "
        "as the message says.",
    )

    def warn(self, message: str, location: Any = None) -> None:
        """Give a Sphinx warning of this code; ``location`` as Sphinx's loggers take it."""
        _logger.warning(message, location=location, type=TYPE, subtype=self.value)

    def stop(self, message: str, location: Any = None) -> NoReturn:
        """Say what is wrong and end the build with status 2.

        An exception would do too, but Sphinx adds a traceback to any.
        """
        _logger.error(f"{message} [{TYPE}.{self.value}]", location=location)
        raise SystemExit(2)
