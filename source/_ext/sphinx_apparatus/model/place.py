"""Where a reference leads: what is written (``K25``, ``K ¶4``, ``B l. 12``) as a place on a page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.reference import ModelError, Passage, parse_target
from sphinx_apparatus.model.scheme import units
from sphinx_apparatus.model.text import TextRecord


class Place(NamedTuple):
    """Where a reference leads: a page of the project, a fragment of it, and what it is called."""

    docname: str
    fragment: str
    title: str


def locate(target: str, texts: Mapping[str, TextRecord], annotations: Mapping[str, Annotation]) -> Place | None:
    """Where a reference leads among texts and annotations, or ``None``."""
    try:
        parsed = parse_target(target.replace("-p", " ¶"))
    except ModelError:
        return _by_scheme(target, texts)
    if isinstance(parsed, Passage):
        record = texts.get(parsed.siglum)
        if record is None or (parsed.paragraph or 0) > len(record.text.paragraphs):
            return None
        return Place(record.docname, parsed.anchor, str(parsed))
    if parsed in annotations:
        return Place(annotations[parsed].docname, parsed, parsed)
    return None


def canonical(target: str, texts: Mapping[str, TextRecord]) -> str:
    """What a reference by verse or milestone names, as a passage (``B ¶6``); any other as it is."""
    siglum, words = _parted(target)
    record = texts.get(siglum)
    if record is None or not words or words.startswith("¶"):
        return target
    try:
        paragraph = record.text.paragraph_at(record.region(words).start)
    except ModelError:
        return target
    return str(Passage(siglum, paragraph.number if paragraph else None))


def _parted(target: str) -> tuple[str, str]:
    """The siglum and the words behind it, of *K p. 12*, and of *Il. 1.23*."""
    siglum, _, words = " ".join(target.split()).partition(" ")
    return siglum.removesuffix("."), words


def _by_scheme(target: str, texts: Mapping[str, TextRecord]) -> Place | None:
    """Where a reference by verse or milestone leads: ``B l. 12``, ``K page 3``."""
    siglum, words = _parted(target)
    record = texts.get(siglum)
    if record is None:
        return None
    try:
        start = record.region(words).start
    except ModelError:
        return None
    title = f"{siglum} {words}"
    milestone = next((one for one in record.milestones if one.title == words), None)
    if milestone is None and record.reference and not {"verse", "paragraph"} & set(units(record.reference)):
        milestone = next((one for one in record.milestones if one.offset == start), None)
    if milestone is not None:
        return Place(record.docname, f"{siglum}-{milestone.fragment}", title)
    paragraph = record.text.paragraph_at(start)
    return Place(record.docname, Passage(siglum, paragraph.number if paragraph else 1).anchor, title)
