"""What things are in terms of schema.org, with the relations of CiTO (purl.org/spar/cito), as JSON-LD."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from markupsafe import Markup

from sphinx_apparatus.bibliography.items import Item, title_of
from sphinx_apparatus.bibliography.persons import Name, is_others
from sphinx_apparatus.bibliography.persons import data as person
from sphinx_apparatus.bibliography.words import address
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.state import State
from sphinx_apparatus.model.taxonomy import LAYERS
from sphinx_apparatus.outputs import rights
from sphinx_apparatus.outputs.citations.metadata import Head


def json_ld(data: dict[str, Any]) -> Head:
    """A data block.  ``<`` is written as an escape, so that no reading can end the element."""
    context: Any = "https://schema.org"
    if any(key.startswith("cito:") for key in data):
        context = [context, {"cito": "http://purl.org/spar/cito/"}]
    text = json.dumps({"@context": context, **data}, ensure_ascii=False, sort_keys=True)
    # Not for an HTML parser but for one of JSON, to which the escape is the character itself.
    safe = Markup(text.replace("<", "\\u003c"))
    return Head(data=Markup('<script type="application/ld+json">{}</script>').format(safe))


def edition_data(imprint: Imprint) -> dict[str, Any]:
    """The edition as a schema.org ``Dataset`` and ``Book``."""
    names = imprint.names
    return _without_empty(
        {
            "@type": ["Book", "Dataset"],
            "@id": imprint.doi_address or imprint.address(imprint.home),
            "identifier": imprint.doi_address,
            "name": imprint.title,
            "author": _people(names),
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": imprint.language,
            # Of the editors' matter; the texts are others', and their pages say so.
            "license": imprint.licence,
            "url": imprint.address(imprint.home),
            "description": rights.described(imprint.title),
        }
    )


#: What a note does to the words it is about, in the terms of CiTO, by its kind; what other kinds do is to discuss them.
_DOES = {"contested": "cito:qualifies", "contradiction": "cito:disputes", "confirmation": "cito:confirms"}


#: The layers whose readings say what is right, by name.
_CORRECTS = frozenset(layer.name for layer in LAYERS if layer.emends or layer.corrects)


def annotation_data(
    imprint: Imprint,
    annotation: Annotation,
    words: str,
    item: Item,
    text: dict[str, Any],
    evidence: Iterable[Item] = (),
) -> dict[str, Any]:
    """An annotation: a ``CorrectionComment`` if it says what is right, else a ``Comment``; ``words`` are its note's.

    ``text`` is the work in which the words stand, as printed; ``evidence`` are the works that the note cites.
    """
    works = [cited(one) for one in evidence]
    corrects = annotation.layer.emends or annotation.layer.corrects
    does = "cito:corrects" if corrects else _DOES.get(annotation.kind, "cito:discusses")
    where = text.get("@id") or text.get("url") or ""
    return _without_empty(
        {
            "@type": "CorrectionComment" if corrects else "Comment",
            "@id": item.get("URL", ""),
            "identifier": annotation.id,
            "name": title_of(item),
            "text": words,
            "about": {"@type": "Quotation", "text": annotation.lemma, "isPartOf": text},
            "correctedWork": text if corrects else "",
            does if where else "": {"@id": where} if where else "",
            "cito:citesAsEvidence": [{"@id": one["@id"]} for one in works if "@id" in one] or "",
            "citation": works or "",
            "isPartOf": edition_data(imprint),
            "author": _people(item["author"]),
            "editor": _people(item.get("editor", [])),
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": imprint.language,
            "license": imprint.licence,
            "url": item.get("URL", ""),
        }
    )


def state_data(imprint: Imprint, item: Item, state: State, words: str, annotation: str) -> dict[str, Any]:
    """A released state of an annotation, whose address is ``annotation``; ``imprint`` is that of its version."""
    return _without_empty(
        {
            "@type": "CorrectionComment" if state.layer in _CORRECTS else "Comment",
            "@id": item.get("URL", ""),
            "identifier": [f"{state.id} {state.version}", state.digest],
            "name": title_of(item),
            "text": words,
            "about": {"@type": "Quotation", "text": state.lemma},
            "exampleOfWork": {"@id": annotation} if annotation else "",
            "isPartOf": edition_data(imprint),
            "author": _people(item["author"]),
            "editor": _people(item.get("editor", [])),
            "version": state.version,
            "datePublished": state.released,
            "inLanguage": imprint.language,
            "license": imprint.licence,
            "url": item.get("URL", ""),
        }
    )


def _released(imprint: Imprint, item: Item) -> dict[str, Any]:
    """Whose words a part of the edition has, and in which version it stands where."""
    return {
        "author": _people(item["author"]),
        "editor": _people(item.get("editor", [])),
        "version": imprint.version,
        "datePublished": imprint.released.isoformat(),
        "inLanguage": item["language"],
        "url": item.get("URL", ""),
    }


def text_data(imprint: Imprint, item: Item, printed: Sequence[Item] = ()) -> dict[str, Any]:
    """A text in the edition: a ``ScholarlyArticle``, its author's, for which the edition gives no licence."""
    return _without_empty(
        {
            "@type": "ScholarlyArticle",
            "@id": item.get("URL", ""),
            "name": title_of(item),
            "isPartOf": edition_data(imprint),
            "isBasedOn": [cited(one) for one in printed] or "",
            **_released(imprint, item),
        }
    )


def passage_data(imprint: Imprint, item: Item, words: str, text: dict[str, Any]) -> dict[str, Any]:
    """A paragraph: a ``Quotation`` from a text."""
    return _without_empty(
        {
            "@type": "Quotation",
            "@id": item.get("URL", ""),
            "name": title_of(item),
            "text": words,
            "isPartOf": [text, edition_data(imprint)],
            **_released(imprint, item),
        }
    )


def cited(item: Item) -> dict[str, Any]:
    """A work by its title, and by its address if it has one."""
    web = address(f"https://doi.org/{item['DOI']}") if item.get("DOI") else item.get("URL", "")
    kinds = {
        "article-journal": "ScholarlyArticle",
        "article-newspaper": "NewsArticle",
        "book": "Book",
        "thesis": "Thesis",
    }
    return _without_empty(
        {
            "@type": kinds.get(item["type"], "WebPage" if item["type"] == "webpage" else "CreativeWork"),
            "@id": web,
            "name": title_of(item),
            "author": _people(item.get("author", [])),
            "url": web,
        }
    )


def work(title: str, printed: Sequence[Item]) -> dict[str, Any]:
    """The work in which a text appeared; by its title alone if no record tells more."""
    return cited(printed[0]) if printed else {"@type": "Article", "name": title}


def _people(names: Sequence[Name]) -> Any:
    found = [person(name) for name in names if not is_others(name)]
    return found[0] if len(found) == 1 else found or ""


def _without_empty(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key and value not in ("", None, [])}
