"""The print edition: Sphinx to Typst, and by the PyPI wheel of Typst to PDF."""
