"""The HTML output: the reading page, its style, its policy."""
