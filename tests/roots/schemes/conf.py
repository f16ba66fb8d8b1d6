"""References as a discipline has them, for the tests."""

project = "Schemes"
author = project_copyright = "The Editors"
version = release = "1.0"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_doctrees", "PROVENANCE.md"]
nitpicky = True
html_theme = "furo"
html_title = "Schemes"
