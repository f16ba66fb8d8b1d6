"""Collections: all annotations, a page a text on the web, one page in a file that stands alone."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.webannotation.addresses import Addresses
from sphinx_apparatus.outputs.webannotation.annotation import item
from sphinx_apparatus.outputs.webannotation.terms import context

#: The collection's file.
COLLECTION = "annotations.jsonld"


#: What is said of a witness, by the names of the model.
WITNESSED = ("siglum", "text", "name", "date", "repository", "hand", "family", "extent")


def page_name(siglum: str) -> str:
    """The file of a text's page."""
    return f"annotations-{siglum}.jsonld"


def collection(
    edition: Edition, annotations: Iterable[Annotation], texts: Mapping[str, Text], title: str, base: str = ""
) -> str:
    """The annotations as JSON-LD, one page holding all; the same input gives the same bytes."""
    at = Addresses(base or edition.imprint.base_url, alone=True)
    items = [_item(edition, one, texts[one.siglum], at, {}) for one in annotations]
    own = at.data(COLLECTION)
    whole = _whole(edition, at, title, texts.values(), len(items))
    first = f"{own}#page" if at.base else "#page"
    whole["first"] = {"id": first, "type": "AnnotationPage", "partOf": own, "startIndex": 0, "items": items}
    return document(whole, at)


def paged(edition: Edition, at: Addresses, markdown: Sequence[str] = ()) -> dict[str, Any]:
    """The collection whose pages are files of their own; ``markdown`` are the extensions of MyST that notes need."""
    texts = [record.text for record in edition.texts.values()]
    whole = _whole(edition, at, edition.imprint.title, texts, len(edition.in_order))
    names = [page_name(siglum) for siglum in edition.texts]
    if names:
        whole |= {"first": at.data(names[0]), "last": at.data(names[-1])}
    if markdown:
        whole["ed:markdown"] = list(markdown)
    return whole


def page(edition: Edition, siglum: str, at: Addresses, printed: Mapping[str, str]) -> dict[str, Any]:
    """The page of a text; ``printed`` has the addresses of published works, by key."""
    sigla = list(edition.texts)
    number = sigla.index(siglum)
    text = edition.texts[siglum].text
    made: dict[str, Any] = {
        "id": at.data(page_name(siglum)),
        "type": "AnnotationPage",
        "partOf": at.data(COLLECTION),
        "startIndex": sum(len(edition.of_text(before)) for before in sigla[:number]),
        "items": [_item(edition, one, text, at, printed) for one in edition.of_text(siglum)],
    }
    if number:
        made["prev"] = at.data(page_name(sigla[number - 1]))
    if number + 1 < len(sigla):
        made["next"] = at.data(page_name(sigla[number + 1]))
    return made


def single(edition: Edition, identifier: str, at: Addresses, printed: Mapping[str, str]) -> dict[str, Any]:
    """An annotation by itself."""
    one = edition.annotations[identifier]
    return _item(edition, one, edition.texts[one.siglum].text, at, printed)


def document(content: Mapping[str, Any], at: Addresses) -> str:
    """A document of JSON-LD."""
    return json.dumps({"@context": context(at.terms), **content}, ensure_ascii=False, indent=1) + "\n"


def _item(
    edition: Edition, annotation: Annotation, text: Text, at: Addresses, printed: Mapping[str, str]
) -> dict[str, Any]:
    record = edition.texts.get(annotation.siglum)
    paragraph = text.paragraph_at(annotation.span.start)
    # A part may be of a book that is nowhere on the web, and the text as a whole of a page that is.
    keys = (record.source_of(paragraph.number) if paragraph else "", record.source) if record else ()
    where = next((printed[key] for key in keys if key in printed), "")
    return item(annotation, edition.words(annotation.id), text, at, edition, where)


def _whole(edition: Edition, at: Addresses, title: str, texts: Iterable[Text], total: int) -> dict[str, Any]:
    return {
        "id": at.data(COLLECTION),
        "type": "AnnotationCollection",
        "label": title,
        "ed:version": edition.imprint.version,
        "total": total,
        "ed:withdrawn": [
            {"ed:id": stone.id, "ed:version": stone.version, "ed:reason": stone.reason}
            for stone in edition.tombstones.values()
        ],
        "ed:texts": [{"ed:siglum": text.siglum, "ed:file": text.filename, "ed:sha256": text.sha256} for text in texts],
        **_own(edition),
    }


def _own(edition: Edition) -> dict[str, Any]:
    """What annotations need that is said of none of them: witnesses, layers and kinds of the edition's own."""
    table = edition.taxonomy
    witnesses = [
        {name: value for name in WITNESSED if (value := getattr(one, name))} for one in edition.witnesses.values()
    ]
    layers = {
        one.name: {"plural": one.plural, "color": list(one.color), "line": one.line}
        for one in table.layers
        if one not in LAYERS
    }
    kinds = {
        layer.name: own
        for layer in table.layers
        if (own := {kind.name: kind.plural for kind in table.kinds_of(layer)
                    if kind not in KINDS and kind.name != layer.name})
    }  # fmt: skip
    said = {"witnesses": witnesses, "layers": layers, "kinds": kinds}
    return {f"ed:{name}": value for name, value in said.items() if value}
