"""Bytes on disk and the model: each file of an edition that is not a page."""
