"""A small edition, for the tests."""

project = "Fragments"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_doctrees"]
nitpicky = True
bibtex_bibfiles = ["works.bib"]
bibtex_default_style = "humanities"
bibtex_reference_style = "author_year"
html_theme = "furo"
