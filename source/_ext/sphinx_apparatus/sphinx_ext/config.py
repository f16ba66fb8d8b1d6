"""The configuration values, each declared once: name, default, rebuild, type, help."""

from __future__ import annotations

from pathlib import Path, PurePath
from typing import Any, Literal, NamedTuple

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.contributor import Contributor
from sphinx_apparatus.model.direction import is_language
from sphinx_apparatus.model.imprint import DOI
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.sphinx_ext.scripts import SCRIPTS
from sphinx_apparatus.sphinx_ext.warnings import place, warn


class Value(NamedTuple):
    """A configuration value as `sphinx.application.Sphinx.add_config_value` takes it."""

    name: str
    default: Any
    rebuild: Literal["", "env", "html"]
    types: tuple[type, ...]
    help: str


EDITORS_HELP = (
    "Editors by the keys that ``:resp:`` names: each a table with ``family``, ``given`` and ``orcid``, or words, "
    "which are a person's where they are as ``Ditor, Edith``, and else a body's."
)

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
    Value("apparatus_editors", {"ed": "The editors"}, "env", (dict,), EDITORS_HELP),
    Value(
        "apparatus_styles",
        [],
        "html",
        (list, tuple),
        "Citation styles, by their names in the CSL repository, or pairs of name and title; without it, Chicago, "
        "MLA and APA.",
    ),
    Value("apparatus_doi", "", "env", (str,), "The edition's DOI, as 10.5281/zenodo.123."),
    Value("apparatus_states", "states", "env", (str,), "The folder of released states, relative to the source."),
    Value("apparatus_default_editor", "ed", "env", (str,), "The editor of an annotation without ``:resp:``."),
    Value("apparatus_title", "", "env", (str,), "The edition's full title; without it, ``project``."),
    Value("apparatus_short", "", "env", (str,), "The edition's short form in citations, as KR in KR K25."),
    Value("apparatus_released", "", "env", (str,), "The day of this version, as 2026-11-22; without it, of the build."),
    Value("apparatus_licence", "", "html", (str,), "The address of the licence of the editors' matter."),
    Value("apparatus_licence_name", "", "html", (str,), "What that licence is called, as CC BY 4.0."),
    Value(
        "apparatus_kinds",
        {},
        "env",
        (dict,),
        "Kinds that the edition adds: by layer, a table of names and of what readers call several of them.",
    ),
    Value(
        "apparatus_layers",
        {},
        "env",
        (dict,),
        "Layers that the edition adds, as fontes or testimonia: names, and what readers call several of them.",
    ),
    Value(
        "apparatus_scripts",
        {},
        "env",
        (dict,),
        "The language (BCP 47) that words in another script are in, by the code of the script: Hang, Hani, Cyrl.",
    ),
    Value(
        "apparatus_positive",
        False,
        "env",
        (bool,),
        "Whether the apparatus names the witnesses that have the lemma, too, and not only those that vary.",
    ),
    Value(
        "apparatus_declaration",
        "",
        "env",
        (str,),
        "The page with the editorial declaration, which goes along with the edition's data.",
    ),
    Value(
        "apparatus_help",
        "",
        "html",
        (str,),
        "The page that explains the pages of texts, linked from each of them and from the search.",
    ),
    Value("apparatus_lines", "lines.json", "env", (str,), "The lines of the texts, relative to the source."),
    Value(
        "apparatus_pages",
        True,
        "html",
        (bool,),
        "Whether each annotation, text and paragraph has a page of its own, with its citations.",
    ),
    Value("apparatus_data", True, "html", (bool,), "Whether the edition's data stand beside the pages."),
    Value(
        "apparatus_report",
        "",
        "html",
        (str,),
        "Where a reader reports an error: an address with {id}, {version} and {lemma} in it.",
    ),
    Value(
        "apparatus_contact",
        "",
        "env",
        (str,),
        "Where the publisher is written to: an address of mail or of the web.",
    ),
    Value("apparatus_pdf", "", "html", (str,), "The PDF's address, relative to the root of the HTML."),
    Value("apparatus_epub", "", "html", (str,), "The e-book's address, relative to the root of the HTML."),
    Value("apparatus_places", "", "html", (str,), "The PDF's places.json, relative to the source."),
    Value("apparatus_pdf_name", "", "", (str,), "The PDF's file name; without it, from the project's name."),
    Value(
        "apparatus_pdf_volumes",
        [],
        "",
        (list, tuple),
        "Volumes, each a file name, a title and a list of pages, with which goes what their toctrees have.",
    ),
    Value(
        "apparatus_pdf_offprints",
        False,
        "html",
        (bool,),
        "Whether each text has a PDF of its own too, paged as there.",
    ),
    Value("apparatus_pdf_reading", False, "", (bool,), "Whether the texts, emended and without notes, have a PDF."),
    Value("apparatus_pdf_imprint", [], "", (list, tuple), "Lines of the PDF's imprint: licences, for instance."),
    Value("apparatus_pdf_fonts", [], "", (list, tuple), "Folders of fonts for the PDF, relative to the source."),
    Value("apparatus_pdf_face", "Libertinus Serif", "", (str,), "The font family of the PDF."),
    Value("apparatus_pdf_families", [], "", (list, tuple), "Font families for what the PDF's face has not."),
    Value(
        "apparatus_pdf_omit",
        [],
        "",
        (list, tuple),
        "Pages the PDF leaves out, as patterns; of the root page, what stands on it.",
    ),
    Value(
        "apparatus_pdf_standard",
        ("a-3a", "ua-1"),
        "",
        (str, list, tuple),
        "The PDF's standards: an accessible archive (PDF/A-3a, PDF/UA-1); empty for none.",
    ),
    Value(
        "apparatus_pdf_paper",
        "royal",
        "",
        (str, list, tuple),
        "The PDF's paper: royal, a4, letter, a5, or width and height in millimetres.",
    ),
    Value(
        "apparatus_pdf_margins",
        {},
        "",
        (dict,),
        "The PDF's margins in millimetres where they are not the paper's: inside, outside, top, bottom.",
    ),
    Value("apparatus_pdf_size", 0, "", (int, float), "The size of the PDF's type in points; 0 for the paper's own."),
    Value("apparatus_pdf_crop", False, "", (bool,), "Whether the PDF's sheets have crop marks, and a TrimBox."),
    Value("apparatus_csp", True, "html", (bool,), "Whether HTML pages carry a Content-Security-Policy."),
)


def add_values(app: Sphinx) -> None:
    """Declare the values to Sphinx; one of another type is warned of, and the default taken, before anything reads it.

    A path is words, 1 is true, and ``None`` the default.  Values of the book are looked at where they are read.
    """
    for value in VALUES:
        app.add_config_value(value.name, value.default, value.rebuild, value.types, value.help)
        found = getattr(app.config, value.name)
        said = _plain(found, value)
        if not value.name.startswith("apparatus_pdf_") and not _is_of(said, value):
            kinds = " or ".join(filter(None, (_KINDS[kind] for kind in value.types)))
            of = ", its keys words" if dict in value.types else ""
            conf = Path(app.confdir, "conf.py")
            warn(Code.CONFIG, f"{value.name} is {kinds}{of}; not {said!r}", place(conf, value.name))
            said = value.default
        if said is not found:
            setattr(app.config, value.name, said)


#: What a value is, in words.
_KINDS = {str: "words", bool: "True or False", dict: "a table", list: "a list", tuple: "", int: "a number", float: ""}


def _plain(said: Any, value: Value) -> Any:
    if said is None:
        return value.default
    if isinstance(said, PurePath):
        return str(said)
    return bool(said) if bool in value.types and said in (0, 1) else said


def _is_of(said: Any, value: Value) -> bool:
    if not isinstance(said, value.types):
        return False
    return not isinstance(said, dict) or all(isinstance(key, str) for key in said)


def check(app: Sphinx, config: Config) -> None:
    """Warn of values that name what is not there, and fill in what may be left out (``config-inited``)."""
    conf = Path(app.confdir, "conf.py")
    if config.apparatus_default_editor not in config.apparatus_editors:
        warn(
            Code.CONFIG,
            f"apparatus_default_editor is {config.apparatus_default_editor!r}, but apparatus_editors has "
            f"{', '.join(map(repr, config.apparatus_editors)) or 'nobody'}",
            place(conf, "apparatus_default_editor"),
        )
    for key, said in config.apparatus_editors.items():
        try:
            Contributor.of(said)
        except ModelError as error:
            warn(Code.CONFIG, f"apparatus_editors: {key}: {error}", place(conf, "apparatus_editors"))
    doi = DOI.sub("", config.apparatus_doi.strip())
    if doi and not doi.startswith("10."):
        warn(Code.CONFIG, f"apparatus_doi is {doi!r}; a DOI begins with 10.", place(conf, "apparatus_doi"))
        doi = ""
    config.apparatus_doi = doi
    try:
        own = Taxonomy().with_layers(config.apparatus_layers)
    except ModelError as error:
        own = Taxonomy()
        warn(Code.CONFIG, f"apparatus_layers: {error}", place(conf, "apparatus_layers"))
    try:
        own.extended(config.apparatus_kinds)
    except ModelError as error:
        warn(Code.CONFIG, f"apparatus_kinds: {error}", place(conf, "apparatus_kinds"))
    unknown = sorted(set(config.apparatus_scripts) - set(SCRIPTS))
    if unknown:
        warn(
            Code.CONFIG,
            f"apparatus_scripts has {', '.join(unknown)}; the scripts it may name are {', '.join(SCRIPTS)}",
            place(conf, "apparatus_scripts"),
        )
    wrong = {
        script: tag
        for script, tag in config.apparatus_scripts.items()
        if not isinstance(tag, str) or not is_language(tag)
    }
    for script, tag in wrong.items():
        warn(
            Code.CONFIG,
            f"apparatus_scripts: {script} is written in a language by its tag, as ru (BCP 47); not {tag!r}",
            place(conf, "apparatus_scripts"),
        )
    config.apparatus_scripts = {script: tag for script, tag in config.apparatus_scripts.items() if script not in wrong}
    try:
        config.apparatus_report.format(id="", version="", lemma="")
    except (LookupError, ValueError, AttributeError):
        warn(
            Code.CONFIG,
            f"apparatus_report is {config.apparatus_report!r}; in braces it has {{id}}, {{version}} or {{lemma}}",
            place(conf, "apparatus_report"),
        )
        config.apparatus_report = ""


def check_pages(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of values that name a page, and there is none of that name (``env-check-consistency``)."""
    for name in ("apparatus_help", "apparatus_declaration"):
        docname = app.config[name]
        if docname and docname not in env.found_docs:
            message = f"{name} is {docname!r}, and there is no such page; a page is named as in a toctree"
            warn(Code.CONFIG, message, place(Path(app.confdir, "conf.py"), name))
