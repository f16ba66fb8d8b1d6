"""What the theme's own pages say to machines: the text's page, and every other.

A reading page offers a choice of several things to cite (the text as printed, the text
in this edition, each annotation): they are COinS there, and no Highwire tag stands on
the same page, because Zotero would take that and ignore the choice.
"""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx

from sphinx_apparatus.addresses import CORRECTIONS, PASSAGES
from sphinx_apparatus.citing import formats, items, metadata
from sphinx_apparatus.citing.edition import edition as configured_edition
from sphinx_apparatus.citing.items import Item
from sphinx_apparatus.citing.sources import printed_item
from sphinx_apparatus.files import write
from sphinx_apparatus.places import read_places


def describe_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Add typed links, Open Graph and JSON-LD to a page's head (``html-page-context``)."""
    if app.builder.name not in ("html", "dirhtml"):
        return
    edition = configured_edition(app.config)
    path = app.builder.get_target_uri(pagename)
    address = edition.address(path)
    context["ed_imprint"] = f"{edition.title}, version {edition.version}"
    context["ed_address"] = address or path
    title = str(context.get("title") or edition.title)
    head = metadata.open_graph(edition, title, edition.title, address)
    head += metadata.signposts(edition, address, canonical=False)
    domain: Any = app.env.domains["ed"]
    if pagename == app.config.root_doc:
        head += metadata.json_ld(metadata.edition_data(edition))
        head += metadata.highwire(items.edition_item(edition))
    for siglum, record in domain.texts.items():
        if record.docname == pagename:
            item = items.text_item(edition, siglum, domain.title_of(siglum), _uri(app, f"{PASSAGES}/{siglum}"))
            head += metadata.json_ld(metadata.text_data(edition, item))
            exports = _exports(app, pagename, siglum)
            head += metadata.descriptions(exports)
            context["body"] = context.get("body", "") + _choice(app, siglum, item)
    context["metatags"] = context.get("metatags", "") + head


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """List every page's address (``build-finished``; sitemaps.org 0.9), if there is a base address."""
    if exception is not None or app.builder.name not in ("html", "dirhtml"):
        return
    edition = configured_edition(app.config)
    if not edition.base_url:
        return
    domain: Any = app.env.domains["ed"]
    pages = sorted(app.env.found_docs)
    pages += [f"{CORRECTIONS}/{identifier}" for identifier in sorted({*domain.annotations, *domain.tombstones})]
    for siglum, record in sorted(domain.texts.items()):
        pages.append(f"{PASSAGES}/{siglum}")
        pages += [f"{PASSAGES}/{siglum}-p{paragraph.number}" for paragraph in record.text.paragraphs]
    rows = "".join(f"<url><loc>{escape(edition.address(_uri(app, page)))}</loc></url>\n" for page in pages)
    write(
        Path(app.outdir, "sitemap.xml"),
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n',
    )


def _choice(app: Sphinx, siglum: str, item: Item) -> str:
    """COinS of the text as printed, of it in this edition, and of each annotation."""
    domain: Any = app.env.domains["ed"]
    record = domain.texts[siglum]
    edition = configured_edition(app.config)
    places = read_places(Path(app.srcdir, app.config.apparatus_places) if app.config.apparatus_places else None)
    found = [printed_item(app.env, record.source)] if record.source else []
    found.append(item)
    found += [
        items.annotation_item(edition, a, domain.paragraph_of(a), _uri(app, f"{CORRECTIONS}/{a.id}"), places.get(a.id))
        for a in domain.annotations_of(siglum)
    ]
    spans = "".join(f'<span class="Z3988" title="{escape(formats.to_coins(one))}"></span>' for one in found)
    return f'<div class="ed-coins" hidden>{spans}</div>'


def _exports(app: Sphinx, pagename: str, siglum: str) -> dict[str, str]:
    base = app.builder.get_relative_uri(pagename, f"{PASSAGES}/{siglum}")
    stem = base.removesuffix(".html").rstrip("/")
    return {ending: f"{stem}.{ending}" for ending in formats.TYPES}


def _uri(app: Sphinx, page: str) -> str:
    return app.builder.get_target_uri(page)
