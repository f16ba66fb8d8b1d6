"""The version of the extension."""

__version__ = "1.5.1"
