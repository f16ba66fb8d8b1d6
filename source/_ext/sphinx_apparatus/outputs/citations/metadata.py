"""What machines read in a page's head: Highwire tags, Signposting, Open Graph; as data.

Highwire Press tags are read by Zotero's *Embedded Metadata* translator and by Google
Scholar; the relations are those of Signposting (signposting.org) and RFC 8574 (cite-as).
``templates/head.html`` writes them; what things are in terms of schema.org is in
`sphinx_apparatus.outputs.citations.schema`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from sphinx_apparatus.bibliography.formats import TYPES
from sphinx_apparatus.bibliography.items import Item, title_of
from sphinx_apparatus.bibliography.persons import Name, closed, is_others
from sphinx_apparatus.model.imprint import Imprint
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
        return Head(
            tags=(("DC.rights", _("The text remains its author’s and is quoted; no licence is given for it.")),)
        )
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


def versions(latest: str, before: str = "", after: str = "") -> Head:
    """Links between the states of one thing (RFC 5829)."""
    pairs = (("latest-version", latest), ("predecessor-version", before), ("successor-version", after))
    return Head(links=tuple(Link(relation, address, "text/html") for relation, address in pairs if address))
