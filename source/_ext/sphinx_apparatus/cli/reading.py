"""Reading an edition for a command, writing nothing of it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils


@contextmanager
def reading(source: Path, warnings: TextIO | None = None) -> Iterator[Sphinx]:
    """The application of a project whose pages have been read; its working files are temporary.

    ``warnings`` is where Sphinx tells what is wrong; nowhere, if it is ``None``.
    """
    with tempfile.TemporaryDirectory() as folder, patch_docutils(source), docutils_namespace():
        app = Sphinx(
            srcdir=source,
            confdir=source,
            outdir=Path(folder, "out"),
            doctreedir=Path(folder, "doctrees"),
            buildername="dummy",
            status=None,
            warning=warnings,
        )
        app.builder.read()
        yield app
