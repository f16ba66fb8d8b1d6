"""Several apparatuses on one text, for the tests."""

project = "Several Apparatuses"
author = project_copyright = "The Editors"
version = release = "1.0"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_doctrees", "PROVENANCE.md"]
nitpicky = True
html_theme = "furo"
html_title = "Several Apparatuses"
apparatus_layers = {"fontes": "fontes", "testimonia": {"plural": "testimonia", "line": "wavy"}, "realia": "realia"}
