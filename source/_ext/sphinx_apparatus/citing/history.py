"""An annotation's history in words, from the register."""

from __future__ import annotations

from sphinx_apparatus.annotations import Annotation
from sphinx_apparatus.register import Entry


def history(annotation: Annotation, entry: Entry | None, version: str) -> str:
    """Since when the annotation is published, and which versions changed what it says."""
    if entry is None:
        return f"New in version {version}."
    changed = list(entry.changed)
    if entry.digest != annotation.digest and version not in changed:
        changed.append(version)
    said = f"Published since version {entry.since}"
    if changed:
        return f"{said}; what it says was changed in version {_joined(changed)}."
    return f"{said}; unchanged."


def _joined(versions: list[str]) -> str:
    if len(versions) == 1:
        return versions[0]
    return f"{', '.join(versions[:-1])} and {versions[-1]}"
