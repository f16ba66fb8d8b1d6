"""The version of the extension and of the edition built with it."""

__version__ = "1.1.0"
