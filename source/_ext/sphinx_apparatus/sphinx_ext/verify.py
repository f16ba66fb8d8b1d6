"""The texts are what they were, at every build."""

from __future__ import annotations

from pathlib import Path

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.warnings import place, stop


def verify_texts(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop the build if a text is no longer the text it was (``env-before-read-docs``).

    Every file that SHA256SUMS lists is read at every build, changed pages or not.  The
    build ends with status 2 and the message.
    """
    directory = Path(app.srcdir, app.config.apparatus_text_dir)
    sums = directory / "SHA256SUMS"
    if not sums.exists():
        return
    from sphinx_apparatus.stores.checksums import TextError, inside, read_checksums, verify

    try:
        for filename, expected in read_checksums(sums).items():
            if inside(directory, filename) and (directory / filename).exists():
                verify(directory / filename, expected)
    except TextError as error:
        stop(Code.TEXT_CHECKSUM, str(error), place(sums))
