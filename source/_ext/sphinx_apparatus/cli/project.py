"""An edition as Sphinx reads it, for a command: nothing is written but to a temporary folder."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx


class ProjectError(Exception):
    """The edition cannot be read; the message says why."""


def read_project(source: Path) -> Sphinx:
    """Read all pages of the edition in a folder with a ``conf.py``.  Raises `ProjectError`.

    What is wrong on a page is told on standard error, as in a build.
    """
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError
    from sphinx.util.console import nocolor
    from sphinx.util.docutils import docutils_namespace, patch_docutils

    if not sys.stderr.isatty():
        nocolor()
    with tempfile.TemporaryDirectory() as folder, patch_docutils(source), docutils_namespace():
        try:
            app = Sphinx(
                srcdir=source,
                confdir=source,
                outdir=Path(folder, "out"),
                doctreedir=Path(folder, "doctrees"),
                buildername="dummy",
                status=None,
            )
            app.builder.read()
        except SphinxError as error:
            raise ProjectError(f"{source}: {error.category}: {error}") from error
        except SystemExit as error:  # a text has changed, which was told
            raise ProjectError(f"{source}: it was not read to its end") from error
        except UnicodeDecodeError as error:
            path = next(
                (path for path in source.rglob("*.*") if path.is_file() and path.read_bytes() == error.object), ""
            )
            raise ProjectError(
                f"{path or source} is not UTF-8 ({error.reason} at {error.start}); save it so"
            ) from error
        return app
