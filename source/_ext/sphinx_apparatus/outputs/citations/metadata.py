"""What machines read in a page: Highwire tags, JSON-LD, Signposting, Open Graph; as data.

Highwire Press tags are read by Zotero's *Embedded Metadata* translator and by Google
Scholar; the relations are those of Signposting (signposting.org) and RFC 8574 (cite-as);
the JSON-LD is of schema.org, with the relations of CiTO (purl.org/spar/cito).
``templates/head.html`` writes them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from sphinx_apparatus.bibliography.formats import TYPES
from sphinx_apparatus.bibliography.items import Item, title_of
from sphinx_apparatus.bibliography.persons import Name, closed, is_others
from sphinx_apparatus.bibliography.persons import data as person
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.state import State
from sphinx_apparatus.model.taxonomy import Layer
from sphinx_apparatus.sphinx_ext.locale import _


class Link(NamedTuple):
    """A typed link; ``type`` is the media type of what it leads to, or empty."""

    relation: str
    address: str
    type: str = ""


class Head(NamedTuple):
    """What stands in a page's head for machines; in each pair the name comes first."""

    tags: tuple[tuple[str, str], ...] = ()
    links: tuple[Link, ...] = ()
    properties: tuple[tuple[str, str], ...] = ()
    data: Markup = Markup("")

    def __add__(self, other: object) -> Head:
        """Both, one after the other."""
        if not isinstance(other, Head):
            return NotImplemented
        return Head(
            self.tags + other.tags,
            self.links + other.links,
            self.properties + other.properties,
            self.data + other.data,
        )


#: What stands for a page in a tab of the browser, a pilcrow; without one it asks the server for ``favicon.ico``.
ICON = Head(
    links=(
        Link(
            "icon",
            "data:image/svg+xml,%3Csvg%20xmlns=%22http://www.w3.org/2000/svg%22%20viewBox=%220%200%2016%2016%22%3E%3Cpath%20"
            "fill=%22%239c2a16%22%20d=%22M7%202h6v1.5h-1V14h-1.5V3.5H9V14H7.5V8.5a3.25%203.25%200%200%201-.5-6.5z%22/%3E%3C/svg%3E",
            "image/svg+xml",
        ),
    )
)


def highwire(item: Item, pdf: str = "") -> Head:
    """``citation_*`` tags of an item; a body's name ends with a comma, else Zotero takes it for a person's."""
    day = item["issued"]["date-parts"][0]
    first, _, last = item.get("page", "").partition("-")
    pairs = [
        ("citation_title", title_of(item)),
        *(("citation_author", closed(name)) for name in item["author"] if not is_others(name)),
        *(("citation_editor", closed(name)) for name in item.get("editor", ())),
        ("citation_publication_date", "/".join(f"{part:02d}" for part in day)),
        ("citation_inbook_title", item.get("container-title", "")),
        ("citation_firstpage", first),
        ("citation_lastpage", last),
        ("citation_language", item["language"]),
        ("citation_doi", item.get("DOI", "")),
        ("citation_public_url", item.get("URL", "")),
        ("citation_pdf_url", pdf),
        ("prism.edition", item.get("edition", "")),
    ]
    return Head(tags=tuple(pair for pair in pairs if pair[1]))


def dublin_core(imprint: Imprint, title: str) -> Head:
    """Who wrote a page of the edition that is no object of its own, and when; names as `highwire` has them."""
    names: list[Name] = imprint.names
    pairs = [
        ("DC.title", title),
        *(("DC.creator", closed(name)) for name in names),
        ("DC.date", imprint.released.isoformat()),
    ]
    return Head(tags=tuple(pair for pair in pairs if pair[1]))


def rights(imprint: Imprint, *, ours: bool) -> Head:
    """The rights in what a page holds: the licence of what the editors wrote, none for the words of others."""
    if not ours:
        return Head(tags=(("DC.rights", "The text remains its author’s and is quoted; no licence is given for it."),))
    licence = " ".join(filter(None, (imprint.licence_name, imprint.licence)))
    return Head(
        tags=(("DC.rights", licence),) if licence else (),
        links=(Link("license", imprint.licence),) if imprint.licence else (),
    )


def signposts(
    address: str, *, canonical: bool, authors: Sequence[Name] = (), kind: str = "", collection: str = ""
) -> Head:
    """Typed links: what to cite, who wrote it, what it is and belongs to; the address if no theme gives it."""
    links = [Link("canonical", address if canonical else ""), Link("cite-as", address)]
    links += [Link("author", name.get("ORCID", "")) for name in authors]
    links += [Link("type", f"https://schema.org/{kind}" if kind else ""), Link("collection", collection, "text/html")]
    return Head(links=tuple(link for link in links if link.address))


def descriptions(exports: dict[str, str]) -> Head:
    """Typed links to the page's item in each format."""
    return Head(links=tuple(Link("describedby", path, TYPES[ending]) for ending, path in exports.items()))


def alternates(files: Iterable[tuple[str, str]]) -> Head:
    """Typed links to the same as data: pairs of an address and a media type."""
    return Head(links=tuple(Link("alternate", path, type_) for path, type_ in files))


def open_graph(imprint: Imprint, title: str, description: str, address: str, kind: str = "article") -> Head:
    """Open Graph tags (ogp.me)."""
    pairs = (
        ("og:title", title),
        ("og:type", kind),
        ("og:description", description),
        ("og:site_name", imprint.title),
        ("og:url", address),
    )
    return Head(properties=tuple(pair for pair in pairs if pair[1]))


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
            "description": _("{title}: texts reproduced verbatim, with annotations that can be cited singly.").format(
                title=imprint.title
            ),
        }
    )


#: What an annotation does to the words it is about, in the terms of CiTO: by layer, or by the kind of a note.
_DOES = {"contested": "cito:qualifies", "contradiction": "cito:disputes"}


def annotation_data(
    imprint: Imprint,
    annotation: Annotation,
    words: str,
    item: Item,
    text: dict[str, Any],
    evidence: Iterable[Item] = (),
) -> dict[str, Any]:
    """An annotation: a ``CorrectionComment`` if it has a reading, else a ``Comment``; ``words`` are its note's.

    ``text`` is the work in which the words stand, as printed; ``evidence`` are the works that the note cites.
    """
    works = [cited(one) for one in evidence]
    does = "cito:corrects" if annotation.layer is not Layer.NOTE else _DOES.get(annotation.kind, "cito:discusses")
    where = text.get("@id") or text.get("url") or ""
    return _without_empty(
        {
            "@type": "CorrectionComment" if annotation.layer.reads else "Comment",
            "@id": item.get("URL", ""),
            "identifier": annotation.id,
            "name": title_of(item),
            "text": words,
            "about": {"@type": "Quotation", "text": annotation.lemma, "isPartOf": text},
            "correctedWork" if annotation.layer.reads else "": text if annotation.layer.reads else "",
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
            "@type": "CorrectionComment" if state.reading is not None else "Comment",
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


def versions(latest: str, before: str = "", after: str = "") -> Head:
    """Links between the states of one thing (RFC 5829)."""
    pairs = (("latest-version", latest), ("predecessor-version", before), ("successor-version", after))
    return Head(links=tuple(Link(relation, address, "text/html") for relation, address in pairs if address))


def text_data(imprint: Imprint, item: Item, printed: Sequence[Item] = ()) -> dict[str, Any]:
    """A text in the edition: a ``ScholarlyArticle``, its author's, for which the edition gives no licence."""
    return _without_empty(
        {
            "@type": "ScholarlyArticle",
            "@id": item.get("URL", ""),
            "name": title_of(item),
            "isPartOf": edition_data(imprint),
            "isBasedOn": [cited(one) for one in printed] or "",
            "author": _people(item["author"]),
            "editor": _people(item.get("editor", [])),
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": item["language"],
            "url": item.get("URL", ""),
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
            "author": _people(item["author"]),
            "editor": _people(item.get("editor", [])),
            "version": imprint.version,
            "datePublished": imprint.released.isoformat(),
            "inLanguage": item["language"],
            "url": item.get("URL", ""),
        }
    )


def cited(item: Item) -> dict[str, Any]:
    """A work by its title, and by its address if it has one."""
    address = f"https://doi.org/{item['DOI']}" if item.get("DOI") else item.get("URL", "")
    kinds = {
        "article-journal": "ScholarlyArticle",
        "article-newspaper": "NewsArticle",
        "book": "Book",
        "thesis": "Thesis",
    }
    return _without_empty(
        {
            "@type": kinds.get(item["type"], "WebPage" if item["type"] == "webpage" else "CreativeWork"),
            "@id": address,
            "name": title_of(item),
            "author": _people(item.get("author", [])),
            "url": address,
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
