"""The standards of the PDF, and what else the configuration lists."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.config import Config

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.warnings import place, warn

#: PDF/A-3a (ISO 19005-3) and PDF/UA-1 (ISO 14289-1) in one file.
STANDARDS = ("a-3a", "ua-1")

#: Names of standards, as Typst knows them.
KNOWN_STANDARDS = (
    *("1.4", "1.5", "1.6", "1.7", "2.0", "a-1b", "a-1a", "a-2b", "a-2u", "a-2a"),
    *("a-3b", "a-3u", "a-3a", "a-4", "a-4f", "a-4e", "ua-1"),
)


def several(value: Any) -> list[str]:
    """What a value of the configuration lists; one alone may stand without a list.  What is no string is left out."""
    given = value if isinstance(value, (list, tuple)) else (value,)
    return [each for each in given if isinstance(each, str)]


def check_lists(config: Config, conf: Path) -> None:
    """Tell of what is no string in the values that list strings."""
    for option in ("apparatus_pdf_fonts", "apparatus_pdf_families", "apparatus_pdf_imprint", "apparatus_pdf_omit"):
        value = config[option]
        for each in value if isinstance(value, (list, tuple)) else ():
            if not isinstance(each, str):
                warn(Code.CONFIG, f"{option} has {each!r}; it lists strings", place(conf, option))


def standards(value: Any, conf: Path) -> list[str]:
    """The standards of the PDF that the configuration names; those of an archive where it names none that there are."""
    names = list(value) if isinstance(value, (list, tuple)) else [value]
    names = [name for name in names if name not in ("", None)]
    unknown = [str(name) for name in names if name not in KNOWN_STANDARDS]
    amiss = f"apparatus_pdf_standard has {', '.join(unknown)}; the standards are {', '.join(KNOWN_STANDARDS)}"
    if not unknown:
        # Typst takes one of each: a version, an archive, access.
        kinds = [name.partition("-")[0] if "-" in name else "" for name in names]
        double = [name for name, kind in zip(names, kinds, strict=True) if kinds.count(kind) > 1]
        amiss = f"apparatus_pdf_standard has {' and '.join(double)}, of which a file can keep one" if double else ""
    if amiss:
        warn(Code.CONFIG, amiss, place(conf, "apparatus_pdf_standard"))
        return list(STANDARDS)
    return names
