"""sphinx-apparatus: annotated critical editions with Sphinx.

A text is reproduced verbatim beside annotations that are anchored in it by
quotation; each annotation is an object with a permanent id.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx_apparatus.version import __version__

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ["__version__", "setup"]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register everything with Sphinx, room by room."""
    from sphinx_apparatus import bibliography, concordances, outputs, sphinx_ext

    for room in (sphinx_ext, bibliography, concordances, outputs):
        room.setup(app)
    sphinx_ext.connect_last(app)
    # What is kept of a page may differ from version to version: each reads all pages anew.
    read_by = int("".join(number.zfill(3) for number in __version__.split(".")))
    return {"version": __version__, "env_version": read_by, "parallel_read_safe": True, "parallel_write_safe": True}
