"""Bytes on disk and the model: what an edition keeps, read and written."""
