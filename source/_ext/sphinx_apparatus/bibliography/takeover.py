"""An edition's .bib files are read by `sphinx_apparatus.bibliography.reader`, not by sphinxcontrib-bibtex."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinxcontrib.bibtex import bibfile

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.warnings import place, warn

_theirs = bibfile.parse_bibdata


def take_over(app: Sphinx, config: Config) -> None:
    """Read the files of an edition (``config-inited``, before the domain of citations is made).

    A project that has no folder of texts only cites an edition: its files are read as they always were.
    """
    if config.bibtex_bibfiles is None:
        config.bibtex_bibfiles = []  # an edition may do without; sphinxcontrib-bibtex would stop
    edition = Path(app.srcdir, config.apparatus_text_dir).is_dir()
    vars(bibfile)["parse_bibdata"] = _ours if edition else _theirs


def check_styles(app: Sphinx, config: Config) -> None:
    """Warn of citation styles that are not there, and leave them out (``config-inited``)."""
    if not config.apparatus_styles:
        return
    from sphinx_apparatus.bibliography.csl import styles
    from sphinx_apparatus.bibliography.processor import UnknownStyleError

    conf = Path(app.confdir, "conf.py")
    found: list[Any] = []
    for one in config.apparatus_styles:
        try:
            found += styles([one])
        except (UnknownStyleError, IndexError, TypeError, AttributeError) as error:
            warn(Code.CONFIG, f"apparatus_styles: {error}", place(conf, "apparatus_styles"))
    config.apparatus_styles = [tuple(one) for one in found]


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
