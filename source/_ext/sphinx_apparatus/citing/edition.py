"""The edition as its configuration describes it."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from typing import Any

from sphinx.config import Config

from sphinx_apparatus.citing.items import Edition
from sphinx_apparatus.diagnostics import Diagnostic


def edition(config: Config) -> Edition:
    """What the configuration says of the edition."""
    return Edition(
        title=config.apparatus_title or config.project,
        editors=config.author,
        version=config.release or config.version or "0",
        released=_released(config),
        short=config.apparatus_short,
        base_url=getattr(config, "html_baseurl", "") or "",
        language=config.language or "en",
        licence=config.apparatus_licence,
    )


def check_date(app: Any, config: Config) -> None:
    """Warn of a date that is none (``config-inited``)."""
    if config.apparatus_released:
        try:
            date.fromisoformat(config.apparatus_released)
        except ValueError:
            Diagnostic.CONFIG.warn(f"apparatus_released is {config.apparatus_released!r}; it is a day, as 2026-11-22")
            config.apparatus_released = ""


def _released(config: Config) -> date:
    if config.apparatus_released:
        return date.fromisoformat(config.apparatus_released)
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    return moment.date()
