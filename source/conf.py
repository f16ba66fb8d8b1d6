"""The edition."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "tools"))

project = "Korea and Russia: Four Texts"
author = "The editors of Korea and Russia: Four Texts"
# The edition's version, not the extension's; CITATION.cff, CHANGELOG.md and the register say the same.
release = version = "1.5.1"
language = "en"
apparatus_released = "2026-11-28"
copyright = f"2026, the editors; the four texts remain their authors’. Version {release}, {apparatus_released}"  # noqa: A001

extensions = ["myst_parser", "sphinx_apparatus", "draw_house"]  # draw_house: the picture in tool/architecture
source_suffix = {".md": "markdown"}
exclude_patterns = ["_ext", "**/sphinx_apparatus"]
nitpicky = True
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
myst_heading_anchors = 3

apparatus_text_dir = "../seeds"
apparatus_register = "register.json"
apparatus_title = "Korea and Russia: Four Texts. An Annotated Critical Edition"
apparatus_short = "KR"
apparatus_licence = "https://creativecommons.org/licenses/by/4.0/"
apparatus_licence_name = "CC BY 4.0"
apparatus_declaration = "editorial"
apparatus_help = "help"
apparatus_scripts = {"Hang": "ko", "Hani": "ko-Hani", "Cyrl": "ru"}
apparatus_places = "../build/pdf/places.json"
apparatus_pdf = "korea-and-russia.pdf"
epub_basename = "korea-and-russia"
apparatus_epub = f"{epub_basename}.epub"
apparatus_pdf_fonts = ["fonts"]
apparatus_pdf_families = ["Edition Hangul"]
apparatus_pdf_omit = [
    *("index", "criteria", "help", "data", "tool/*"),
    # The book has a general index, and the notes themselves.
    *("concordances/annotations", "concordances/beside", "concordances/lemmata", "concordances/names"),
]
apparatus_pdf_imprint = [
    "Annotations, introductions and lists: Creative Commons Attribution 4.0 International, "
    "https://creativecommons.org/licenses/by/4.0/. The four texts are quoted for criticism.",
    "Set in Libertinus Serif and, for Hangul and hanja, in a subset of Noto Serif CJK KR, both under the SIL Open "
    "Font License 1.1, with sphinx-apparatus and Typst.",
    "Cited by siglum and number (K25), by paragraph (K ¶4), or by page and line of this file; "
    "in tables 18, 7 is page 18, line 7.",
]
apparatus_editors = {"ed": "The editors"}

bibtex_bibfiles = ["../bib/texts.bib", "../bib/cited.bib", "../bib/evidence.bib"]
bibtex_default_style = "humanities"
bibtex_reference_style = "humanities"

html_theme = "furo"
html_title = project
html_static_path = ["_static"]
html_css_files = ["edition.css"]
html_show_sourcelink = False
html_copy_source = False
