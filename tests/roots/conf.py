"""What the small editions have in common: the settings of each follow (``Project.at``)."""

extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build", "_doctrees", "PROVENANCE.md"]
nitpicky = True
html_theme = "furo"
