"""An edition's .bib files are read by `sphinx_apparatus.bibliography.reader`, not by sphinxcontrib-bibtex."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex import bibfile

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.warnings import warn

_theirs = bibfile.parse_bibdata


def take_over(app: Sphinx, config: Config) -> None:
    """Read the files of an edition (``config-inited``, before the domain of citations is made).

    A project that has no folder of texts only cites an edition: its files are read as they always were.
    """
    edition = Path(app.srcdir, config.apparatus_text_dir).is_dir()
    bibfile.parse_bibdata = _ours if edition else _theirs


def _ours(paths: list[Path], encoding: str) -> Any:
    from sphinx_apparatus.bibliography.reader import read_all

    data, files, faults = read_all(paths, encoding)
    for path, fault in faults:
        warn(Code.BIBLIOGRAPHY, fault.message, f"{path}:{fault.line}")
    return bibfile.BibData(
        encoding=encoding,
        bibfiles={path: bibfile.BibFile(mtime=time, keys=dict.fromkeys(keys)) for path, (time, keys) in files.items()},
        data=data,
    )
