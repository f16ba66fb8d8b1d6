"""The configuration values, each declared once: name, default, rebuild, type, help."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal, NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config

from sphinx_apparatus.diagnostics import Diagnostic, place


class Value(NamedTuple):
    """A configuration value as `sphinx.application.Sphinx.add_config_value` takes it."""

    name: str
    default: Any
    rebuild: Literal["", "env", "html"]
    types: tuple[type, ...]
    help: str


VALUES = (
    Value(
        "apparatus_text_dir",
        "texts",
        "env",
        (str,),
        "Folder of the texts and their SHA256SUMS, relative to the source.",
    ),
    Value(
        "apparatus_register", "register.json", "env", (str,), "The register of published ids, relative to the source."
    ),
    Value("apparatus_editors", {"ed": "The editors"}, "env", (dict,), "Editors by the keys that ``:resp:`` names."),
    Value("apparatus_default_editor", "ed", "env", (str,), "The editor of an annotation without ``:resp:``."),
    Value("apparatus_title", "", "env", (str,), "The edition's full title; without it, ``project``."),
    Value("apparatus_short", "", "env", (str,), "The edition's short form in citations, as KR in KR K25."),
    Value("apparatus_released", "", "env", (str,), "The day of this version, as 2026-11-22; without it, of the build."),
    Value("apparatus_licence", "", "html", (str,), "The address of the licence of the editors' matter."),
    Value(
        "apparatus_report",
        "",
        "html",
        (str,),
        "Where a reader reports an error: an address with {id}, {version} and {lemma} in it.",
    ),
    Value("apparatus_pdf", "", "html", (str,), "The PDF's address, relative to the root of the HTML."),
    Value("apparatus_places", "", "html", (str,), "The PDF's places.json, relative to the source."),
    Value("apparatus_pdf_name", "", "", (str,), "The PDF's file name; without it, from the project's name."),
    Value(
        "apparatus_pdf_volumes",
        [],
        "",
        (list, tuple),
        "Volumes, each a file name, a title and a list of pages, with which goes what their toctrees have.",
    ),
    Value("apparatus_pdf_imprint", [], "", (list, tuple), "Lines of the PDF's imprint: licences, for instance."),
    Value("apparatus_pdf_fonts", [], "", (list, tuple), "Folders of fonts for the PDF, relative to the source."),
    Value("apparatus_pdf_families", [], "", (list, tuple), "Font families for what Libertinus Serif has not."),
    Value(
        "apparatus_pdf_omit",
        [],
        "",
        (list, tuple),
        "Pages the PDF leaves out, as patterns; of the root page, what stands on it.",
    ),
    Value("apparatus_csp", True, "html", (bool,), "Whether HTML pages carry a Content-Security-Policy."),
)


def add_values(app: Sphinx) -> None:
    """Declare the values to Sphinx."""
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, value.help)


def check(app: Sphinx, config: Config) -> None:
    """Warn of values that name what is not there, and fill in what may be left out (``config-inited``)."""
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []  # an edition may do without; sphinxcontrib-bibtex would stop
    if config.apparatus_default_editor not in config.apparatus_editors:
        Diagnostic.CONFIG.warn(
            f"apparatus_default_editor is {config.apparatus_default_editor!r}, but apparatus_editors has "
            f"{', '.join(map(repr, config.apparatus_editors)) or 'nobody'}",
            place(Path(app.confdir, "conf.py"), "apparatus_default_editor"),
        )
