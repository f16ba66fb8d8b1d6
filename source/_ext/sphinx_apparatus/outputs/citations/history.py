"""An annotation's history in words, from the register."""

from __future__ import annotations

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.history import History
from sphinx_apparatus.sphinx_ext.locale import _


def history(annotation: Annotation, known: History | None, version: str, *, released: bool = True) -> str:
    """Since when the annotation is published, and which versions changed what it says.

    A version that is being prepared changes what it published itself as often as it likes: it is new in it.
    What is not ``released``, though the version is, belongs to no version yet.
    """
    if not released:
        return f"{past(known)} {_('What stands here is not released yet.')}".strip()
    if known is None or (known.since == version and known.digest != annotation.digest):
        return _("New in version {version}.").format(version=version)
    changed = list(known.changed)
    if known.digest != annotation.digest and version not in changed:
        changed.append(version)
    return _said(known.since, changed, "unchanged")


def past(known: History | None) -> str:
    """The history of a withdrawn annotation, until then."""
    return _said(known.since, list(known.changed), "") if known else ""


def _said(since: str, changed: list[str], otherwise: str) -> str:
    said = _("Published since version {since}") if otherwise else _("First published in version {since}")
    said = said.format(since=since)
    if changed:
        return _("{published}; what it says was changed in version {versions}.").format(
            published=said, versions=_joined(changed)
        )
    return f"{said}; {_(otherwise)}." if otherwise else f"{said}."


def _joined(versions: list[str]) -> str:
    if len(versions) == 1:
        return versions[0]
    return f"{', '.join(versions[:-1])} {_('and')} {versions[-1]}"
