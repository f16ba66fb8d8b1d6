"""The codes: every message of the extension has one, and each stands here with its meaning and remedy."""

from __future__ import annotations

from enum import Enum, StrEnum


class Level(Enum):
    """How much a finding weighs."""

    #: what is published would be wrong, or lacks something
    ERROR = "error"
    #: something is wanting, and nothing is false
    WARNING = "warning"


class Code(StrEnum):
    """The codes; each is the ``subtype`` of a Sphinx warning of type ``ed``.

    ``level`` says how much it weighs, ``explanation`` what it means, ``remedy`` what to do;
    a remedy that differs from case to case stands in the message.
    """

    level: Level
    explanation: str
    remedy: str

    def __new__(cls, code: str, level: Level, explanation: str, remedy: str) -> Code:
        """A member that knows its meaning."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.level, member.explanation, member.remedy = level, explanation, remedy
        return member

    TEXT_MISSING = (
        "text-missing",
        Level.ERROR,
        "The file of an ``ed:text`` cannot be read.",
        "Mend the name, or ``apparatus_text_dir``.",
    )
    TEXT_ENCODING = (
        "text-encoding",
        Level.ERROR,
        "A text is not UTF-8; the message names the byte.",
        "Keep the original, add a copy converted to UTF-8.",
    )
    TEXT_CHECKSUM = (
        "text-checksum",
        Level.ERROR,
        "A text is not listed in SHA256SUMS, or differs from what is listed there. A changed text stops the build.",
        "Restore the file; for a new text, add its line.",
    )
    TEXT_DUPLICATE = (
        "text-duplicate",
        Level.ERROR,
        "Two texts have one siglum, or two that differ by capitals only.",
        "Give each its own.",
    )
    NO_TEXT = (
        "no-text",
        Level.ERROR,
        "An annotation stands on a page without the text of its siglum.",
        "Put it on the page of its text.",
    )
    OPTION = (
        "option",
        Level.ERROR,
        "An option or argument of a directive is not of its form.",
        "As the message says.",
    )
    DUPLICATE_ID = (
        "duplicate-id",
        Level.ERROR,
        "An id is given twice. Ids are never reused.",
        "Take the next free number.",
    )
    CONDITION = (
        "condition",
        Level.ERROR,
        "What is of the edition stands under a condition on the output, or in a block that cannot hold it.",
        "Put it on the page by itself, or under a tag of the edition's own.",
    )
    SHAPE = (
        "shape",
        Level.WARNING,
        "The lines of a text speak against the structure that is declared for it.",
        "Declare ``:structure:``.",
    )
    ALIGNMENT = (
        "alignment",
        Level.ERROR,
        "A translation cannot be set beside its text: that is not on the page, or a paragraph would stand nowhere.",
        "As the message says.",
    )
    WITNESS = (
        "witness",
        Level.ERROR,
        "A reading names no witness, a witness is there twice, or is of no text.",
        "Mend the siglum, or add an ``ed:witness``.",
    )
    EMPTY = (
        "empty",
        Level.WARNING,
        "A note says nothing.",
        "Write what it is to say, or take it out.",
    )
    LEMMA_MISSING = (
        "lemma-missing",
        Level.ERROR,
        "A lemma is not in the text, or not with its prefix and suffix; the message shows the nearest words.",
        "Quote the text exactly.",
    )
    LEMMA_AMBIGUOUS = (
        "lemma-ambiguous",
        Level.ERROR,
        "A lemma is in the text more than once; the message lists the places and what would decide.",
        "Add that ``:prefix:`` or ``:suffix:``.",
    )
    READING = (
        "reading",
        Level.ERROR,
        "A reading is missing, superfluous (on a note) or the same as its lemma.",
        "As the message says.",
    )
    EDIT_OVERLAP = (
        "edit-overlap",
        Level.ERROR,
        "Two emendations change the same words, so that the emended text would not be one text.",
        "Shorten one lemma, or join the two.",
    )
    UNRESOLVED = (
        "unresolved",
        Level.ERROR,
        "An ``ed:ref`` or a relation names an id or a passage that is not there, or a text a source.",
        "Mend the name.",
    )
    NO_EVIDENCE = (
        "no-evidence",
        Level.WARNING,
        "A correction of fact cites nothing, or does not say what its evidence is.",
        "Cite the work that shows it; add ``:evidence:``.",
    )
    UNCITED = (
        "uncited",
        Level.WARNING,
        "A work of the bibliography is cited nowhere.",
        "Cite it or take it out.",
    )
    BIBLIOGRAPHY = (
        "bibliography",
        Level.ERROR,
        "A .bib cannot be read, or a record in it cannot; what can be read is taken, the rest left out.",
        "Mend the line that the message names.",
    )
    REGISTER = (
        "register",
        Level.ERROR,
        "The register of published ids cannot be read, or an id it lists is gone.",
        "Restore the annotation, or withdraw it with ``ed:tombstone``.",
    )
    LINES = (
        "lines",
        Level.ERROR,
        "The lines kept for a text are of other bytes, or their file cannot be read; lines by rule stand in.",
        "As the message says.",
    )
    CONCORDANCE = (
        "concordance",
        Level.WARNING,
        "A generated list cannot be made as it was asked for: a name's form, an event's date or a quotation "
        "is not in the text it names.",
        "As the message says.",
    )
    CONFIG = (
        "config",
        Level.ERROR,
        "A configuration value is not of its form.",
        "As the message says.",
    )
    PDF = (
        "pdf",
        Level.WARNING,
        "The PDF is not as it should be: a character that no font has, or a warning of Typst's.",
        "As the message says.",
    )
    LATEX = (
        "latex",
        Level.WARNING,
        "TeX would not print what is meant: a picture that it cannot read, letters of which it has no font.",
        "As the message says.",
    )
    POLICY = (
        "policy",
        Level.WARNING,
        "A script stands in the content of a page, and the page's Content-Security-Policy does not let it run.",
        "Put it into a file of ``html_js_files``, or set ``apparatus_csp = False``.",
    )
    OUTPUT = (
        "output",
        Level.ERROR,
        "A file of an earlier build is in the way, and cannot be removed; or a page of the project has the name of one "
        "that is made.",
        "Close what has it open, or remove it by hand, and build again.",
    )
