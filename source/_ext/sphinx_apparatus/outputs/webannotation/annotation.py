"""One annotation as a Web Annotation."""

from __future__ import annotations

from typing import Any

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.webannotation.addresses import Addresses

#: Context in characters: enough for 99 of 100 quotations.
CONTEXT = 32


def item(
    annotation: Annotation, words: str, text: Text, addresses: Addresses | None = None, edition: Edition | None = None,
    printed: str = "",
) -> dict[str, Any]:  # fmt: skip
    """An annotation; ``words`` are its note's, ``printed`` is where the text was published, if that is known."""
    at = addresses or Addresses(alone=True)
    made: dict[str, Any] = {
        "id": at.target(annotation.id),
        "type": "Annotation",
        "motivation": annotation.layer.motivation,
        "creator": creator(annotation.editor, edition),
        **_times(annotation, edition),
        "body": _bodies(annotation, words),
        "target": _targets(annotation, text, at, printed),
        "ed:id": annotation.id,
        "ed:layer": annotation.layer.name,
        "ed:kind": annotation.kind,
        **({"tei:cert": annotation.certainty.value} if annotation.certainty else {}),
        **({"tei:evidence": annotation.evidence.value} if annotation.evidence else {}),
        "ed:editor": annotation.editor,
        "ed:page": annotation.docname,
        "ed:cites": list(annotation.cites),
        "cito:citesAsEvidence": [at.work(key) for key in annotation.cites],
    }
    for kind in ("see", "contradicts", "parallel"):
        made[f"ed:{kind}"] = [at.target(target) for target in getattr(annotation.relations, kind)]
    made |= _own(annotation)
    if edition is not None and edition.imprint.licence:
        made["rights"] = edition.imprint.licence
    return {name: value for name, value in made.items() if value != []}


def creator(key: str, edition: Edition | None) -> dict[str, str]:
    """An editor as an agent (3.2.1): a person, by his ORCID if he has one, or a body."""
    one = edition.contributors.get(key) if edition else None
    if one is None:
        return {"name": key}
    made = {"id": one.orcid, "type": "Person" if one.family else "Organization", "name": one.name}
    return {name: value for name, value in made.items() if value}


def _times(annotation: Annotation, edition: Edition | None) -> dict[str, Any]:
    """When it was made and changed: the days of this version are known, of others their numbers."""
    if edition is None:
        return {}
    imprint = edition.imprint
    day = f"{imprint.released.isoformat()}T00:00:00Z"
    history = edition.register.get(annotation.id)
    since = history.since if history else imprint.version
    changed = history.changed if history else ()
    made: dict[str, Any] = {"generated": day, "ed:since": since}
    if since == imprint.version:
        made["created"] = day
    if imprint.version in changed:
        made["modified"] = day
    if changed:
        made["ed:changed"] = list(changed)
    return made


def _bodies(annotation: Annotation, words: str) -> list[dict[str, Any]]:
    bodies = []
    if annotation.reading is not None:
        bodies.append(
            {"type": "TextualBody", "purpose": "editing", "format": "text/plain", "value": annotation.reading}
        )
    bodies.append({"type": "TextualBody", "purpose": "commenting", "format": "text/plain", "value": words})
    if annotation.written:
        bodies.append(
            {"type": "TextualBody", "purpose": "describing", "format": "text/markdown", "value": annotation.written}
        )
    return bodies


def _targets(annotation: Annotation, text: Text, at: Addresses, printed: str) -> Any:
    start, end = annotation.span
    quote = quoted(text.string, start, end)
    position = {"type": "TextPositionSelector", "start": start, "end": end}
    own = {"source": at.text(text.siglum, text.filename), "selector": [quote, position]}
    return [own, {"source": printed, "selector": [quote]}] if printed else own


def quoted(string: str, start: int, end: int) -> dict[str, Any]:
    """A quotation with words in it: a place without is told by the word behind or before it, and where it stands there.

    A client that cannot refine finds the word (4.2.9).
    """
    low, high = start, end
    if start == end:
        while high < len(string) and string[high].isspace():
            high += 1
        if high == len(string):
            high = end
            while low and string[low - 1].isspace():
                low -= 1
            while low and not string[low - 1].isspace():
                low -= 1
        while high < len(string) and not string[high].isspace() and low == start:
            high += 1
    exact, prefix, suffix = string[low:high], string[max(0, low - CONTEXT) : low], string[high : high + CONTEXT]
    # Within its paragraph, if that suffices: so it is found on a page, too, where notes stand between paragraphs.
    inner = prefix.rpartition("\n")[2], suffix.partition("\n")[0]
    wanted = f"{inner[0]}{exact}{inner[1]}"
    if string.find(wanted, string.find(wanted) + 1) < 0:
        prefix, suffix = inner
    made: dict[str, Any] = {"type": "TextQuoteSelector", "exact": exact}
    # Of none, nothing is said: a client that is given an empty prefix looks no further.
    made |= {name: words for name, words in (("prefix", prefix), ("suffix", suffix)) if words}
    if (low, high) != (start, end):
        made["refinedBy"] = {"type": "TextPositionSelector", "start": start - low, "end": end - low}
    return made


def _own(annotation: Annotation) -> dict[str, str]:
    """The fields that the model has no word for, where they are set."""
    wording = annotation.wording
    said = {
        "prefix": annotation.selector.prefix,
        "suffix": annotation.selector.suffix,
        "short": annotation.short,
        "matter": annotation.matter,
        "right": annotation.right,
        "source": wording.source if wording else "",
        "wording": wording.quotation if wording else "",
    }
    return {f"ed:{name}": value for name, value in said.items() if value}
