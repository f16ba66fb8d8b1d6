"""The head of the theme's pages: what machines read of the edition and its texts."""

from __future__ import annotations

from typing import Any

from docutils import nodes
from docutils.nodes import document
from markupsafe import Markup
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import items
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import TYPES
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.works import printed_item
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import abridged
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.outputs.citations import feeds, metadata, schema
from sphinx_apparatus.outputs.citations.described import authors_of, imprint_of
from sphinx_apparatus.outputs.citations.templates import head_html
from sphinx_apparatus.outputs.dataset.links import data_links, edition_links
from sphinx_apparatus.outputs.html.paging import home
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _


def describe_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Add typed links, Open Graph and JSON-LD to a page's head (``html-page-context``)."""
    edition = edition_of(app.env)
    if not output_of(app.builder).own_pages:
        return
    imprint = imprint_of(app)
    path = app.builder.get_target_uri(pagename)
    address = imprint.address(path)
    context["ed_imprint"] = _("{title}, version {version}").format(title=imprint.title, version=imprint.version)
    context["ed_address"] = address or path
    title = Markup(str(context.get("title") or imprint.title)).striptags()
    root = pagename == app.config.root_doc
    edition_itself = schema.edition_data(imprint)
    own = [siglum for siglum, record in edition.texts.items() if record.docname == home(app, pagename)]
    words = edition_itself["description"] if root else _description(doctree) or imprint.title
    head = metadata.open_graph(imprint, title, words, address, "book" if root else "article")
    described = str(context.get("metatags", ""))
    if 'name="description"' not in described:
        head += metadata.Head(tags=(("description", words),))
    # A text is cited by the page that describes it, and all descriptions agree.
    alone = own[0] if len(own) == 1 and app.config.apparatus_pages else ""
    cited = imprint.address(app.builder.get_target_uri(f"{PASSAGES}/{alone}")) if alone else address
    if root and imprint.doi:
        cited = imprint.doi_address
    head += metadata.signposts(
        cited,
        canonical=False,
        authors=[one.csl for one in imprint.contributors] if root else (),
        kind="Book" if root else "ScholarlyArticle" if own else "WebPage",
        collection="" if root else imprint.address(app.builder.get_target_uri(app.config.root_doc)),
    )
    head += metadata.rights(imprint, ours=not own)
    if root:
        pdf = imprint.address(app.config.apparatus_pdf) if app.config.apparatus_pdf else ""
        head += schema.json_ld(edition_itself) + metadata.highwire(items.edition_item(imprint), pdf)
        files = {ending: to_file(app.builder, pagename, f"citations/edition.{ending}") for ending in TYPES}
        head += metadata.descriptions(files)
    elif not own:
        head += metadata.dublin_core(imprint, title)
    head += feeds.links(app, pagename)
    if app.config.apparatus_data:
        data = edition_links() if root else [link for siglum in own for link in data_links(edition, siglum)]
        head += metadata.alternates((to_file(app.builder, pagename, link.path), link.type) for link in data)
    for siglum, record in edition.texts.items():
        if record.docname == pagename:
            uri = app.builder.get_target_uri(f"{PASSAGES}/{siglum}")
            printed = [printed_item(app.env, key) for key in _sources(record) if key in edition.works]
            item = items.text_item(imprint, siglum, edition.titles[siglum], uri, authors_of(printed), record.language)
            head += schema.json_ld(schema.text_data(imprint, item, printed))
            if app.config.apparatus_pages:
                head += metadata.descriptions(
                    {ending: to_file(app.builder, pagename, f"{PASSAGES}/{siglum}.{ending}") for ending in TYPES}
                )
            context["body"] = f"{context.get('body', '')}{_choice(app, edition, siglum, [*printed, item])}"
    if not app.config.html_favicon:
        head += metadata.ICON
    context["metatags"] = f"{context.get('metatags', '')}{head_html(head)}"


_COINS = Markup('<span class="Z3988" title="{}"></span>')


def _sources(record: TextRecord) -> list[str]:
    """The keys of the works in which a text, or its parts, appeared."""
    return list(dict.fromkeys((record.source, *(part.source for part in record.parts))))


def _description(doctree: document | None) -> str:
    """What a page is about: its first words, if it begins with prose."""
    for paragraph in doctree.findall(nodes.paragraph) if doctree is not None else ():
        parent = paragraph.parent
        if isinstance(parent, (nodes.section, nodes.document)):
            return abridged(paragraph.astext(), 200)
    return ""


def _choice(app: Sphinx, edition: Edition, siglum: str, found: list[Item]) -> Markup:
    """COinS of the text as printed, of it in this edition, and of each annotation."""
    found += [
        items.annotation_item(
            edition.imprint,
            annotation,
            edition.passage_of(annotation.id),
            app.builder.get_target_uri(f"{CORRECTIONS}/{annotation.id}"),
            edition.places.get(annotation.id),
            writer.csl if (writer := edition.writer(annotation.id)) else None,
            released=not edition.unreleased(annotation.id),
        )
        for annotation in edition.of_text(siglum)
    ]
    spans = Markup("").join(_COINS.format(to_coins(one)) for one in found)
    return Markup('<div class="ed-coins" hidden>{}</div>').format(spans)
