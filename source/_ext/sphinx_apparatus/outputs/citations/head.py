"""The head of the theme's pages: what machines read of the edition and its texts."""

from __future__ import annotations

from typing import Any

from docutils.nodes import document
from markupsafe import Markup
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import items
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import TYPES
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.works import printed_item
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES
from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.outputs.citations import metadata
from sphinx_apparatus.outputs.citations.templates import head_html
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of


def describe_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Add typed links, Open Graph and JSON-LD to a page's head (``html-page-context``)."""
    edition = edition_of(app.env)
    if not output_of(app.builder).own_pages:
        return
    imprint = edition.imprint
    path = app.builder.get_target_uri(pagename)
    address = imprint.address(path)
    context["ed_imprint"] = f"{imprint.title}, version {imprint.version}"
    context["ed_address"] = address or path
    title = Markup(str(context.get("title") or imprint.title)).striptags()
    head = metadata.open_graph(imprint, title, imprint.title, address)
    head += metadata.signposts(imprint, address, canonical=False)
    if pagename == app.config.root_doc:
        head += metadata.json_ld(metadata.edition_data(imprint)) + metadata.highwire(items.edition_item(imprint))
    for siglum, record in edition.texts.items():
        if record.docname == pagename:
            uri = app.builder.get_target_uri(f"{PASSAGES}/{siglum}")
            item = items.text_item(imprint, siglum, edition.titles[siglum], uri)
            head += metadata.json_ld(metadata.text_data(imprint, item))
            if app.config.apparatus_pages:
                head += metadata.descriptions(
                    {ending: to_file(app.builder, pagename, f"{PASSAGES}/{siglum}.{ending}") for ending in TYPES}
                )
            context["body"] = f"{context.get('body', '')}{_choice(app, edition, siglum, item)}"
    context["metatags"] = f"{context.get('metatags', '')}{head_html(head)}"


_COINS = Markup('<span class="Z3988" title="{}"></span>')


def _choice(app: Sphinx, edition: Edition, siglum: str, item: Item) -> Markup:
    """COinS of the text as printed, of it in this edition, and of each annotation."""
    record = edition.texts[siglum]
    found = [printed_item(app.env, record.source)] if record.source in edition.works else []
    found.append(item)
    found += [
        items.annotation_item(
            edition.imprint,
            annotation,
            edition.passage_of(annotation.id),
            app.builder.get_target_uri(f"{CORRECTIONS}/{annotation.id}"),
            edition.places.get(annotation.id),
        )
        for annotation in edition.of_text(siglum)
    ]
    spans = Markup("").join(_COINS.format(to_coins(one)) for one in found)
    return Markup('<div class="ed-coins" hidden>{}</div>').format(spans)
