"""What stands beside what: relations, read both ways, and annotations of the same words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.reference import Passage, parse_id, parse_target

#: Headings under which relations are shown, by the name of the option.
LABELS = {"contradicts": "At variance with", "parallel": "Parallel", "see": "See also"}


class Astray(NamedTuple):
    """A relation of an annotation to a passage that is not there, named by the scheme of its text."""

    annotation: str
    kind: str
    target: str


def beside(annotations: Mapping[str, Annotation]) -> dict[str, dict[str, list[str]]]:
    """For each id, by kind of relation, the ids and passages it stands beside.

    *Contradicts* and *parallel* hold both ways; *see* leads one way only.
    """
    found: dict[str, dict[str, dict[str, None]]] = {}
    for annotation in annotations.values():
        for kind in LABELS:
            for target in getattr(annotation.relations, kind):
                found.setdefault(annotation.id, {}).setdefault(kind, {})[target] = None
                if kind != "see" and target in annotations:
                    found.setdefault(target, {}).setdefault(kind, {})[annotation.id] = None
    return {
        identifier: {kind: sorted(kinds[kind], key=target_order) for kind in LABELS if kind in kinds}
        for identifier, kinds in found.items()
    }


def target_order(target: str) -> tuple[str, int, int]:
    """Sorts targets by siglum, passages first, then by number."""
    parsed = parse_target(target)
    if isinstance(parsed, Passage):
        return parsed.siglum, 0, parsed.paragraph or 0
    siglum, number = parse_id(parsed)
    return siglum, 1, number


def overlapping(ordered: Iterable[Annotation]) -> Iterator[tuple[Annotation, Annotation]]:
    """The pairs that share a character, of annotations in their order; a place has the one behind it."""
    still: list[tuple[int, Annotation]] = []
    for annotation in ordered:
        start, end = annotation.span
        still = [(until, other) for until, other in still if until > start]
        for _, other in still:
            yield other, annotation
        still.append((max(end, start + 1), annotation))
