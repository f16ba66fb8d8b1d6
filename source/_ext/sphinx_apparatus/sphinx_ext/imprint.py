"""The imprint: the edition as its configuration describes it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sphinx.config import Config

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.contributor import Contributor, named
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.sphinx_ext.locale import language_of
from sphinx_apparatus.sphinx_ext.warnings import place, warn

#: What Sphinx has for a project that names no author.
_UNSET = "Author name not set"


def imprint(config: Config) -> Imprint:
    """What the configuration says of the edition."""
    author = "" if config.author == _UNSET else config.author
    return Imprint(
        title=config.apparatus_title or config.project,
        editors=author,
        version=str(config.release or config.version or "0"),  # of a number Sphinx has warned
        released=_released(config),
        short=config.apparatus_short,
        base_url=getattr(config, "html_baseurl", "") or "",
        language=language_of(config),
        licence=config.apparatus_licence,
        licence_name=config.apparatus_licence_name,
        doi=config.apparatus_doi,
        contributors=named(author, contributors(config)),
        home=f"{config.root_doc}.html",
    )


def contributors(config: Config) -> dict[str, Contributor]:
    """Those whom ``:resp:`` may name, by their keys; a fault in one was told at the beginning."""
    found = {}
    for key, said in config.apparatus_editors.items():
        try:
            found[str(key)] = Contributor.of(said)
        except ModelError:
            found[str(key)] = Contributor(str(key))
    return found


def check_date(app: Any, config: Config) -> None:
    """Warn of a date that is none (``config-inited``)."""
    if config.apparatus_released:
        try:
            date.fromisoformat(config.apparatus_released)
        except ValueError:
            warn(
                Code.CONFIG,
                f"apparatus_released is {config.apparatus_released!r}; it is a day, as 2026-11-22",
                place(Path(app.confdir, "conf.py"), "apparatus_released"),
            )
            config.apparatus_released = ""


def _released(config: Config) -> date:
    if config.apparatus_released:
        return date.fromisoformat(config.apparatus_released)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date()
