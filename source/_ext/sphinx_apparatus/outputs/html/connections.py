"""The box of a paragraph: what connects it with others, folded behind one word."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

from sphinx_apparatus.concordances.connections import SORTS, Connection, Connections, connections_of
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.place import locate
from sphinx_apparatus.model.reference import Passage, parse_target
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _

_BOX = Markup(
    # A footer is what a reader view leaves out; else a paragraph with many links behind it would be left out whole.
    '<footer data-editorial><details class="ed-cx" data-editorial{ours}><summary aria-label="{label}">{words}</summary>'
    "{body}</details></footer>"
)
_SORT = Markup("<dt>{title}</dt>{said}")
_ITEM = Markup("<dd>{}</dd>")
_LINK = Markup('<a href="{href}">{words}</a>')

#: The address of a page of the project, and a fragment of it, as seen from where the box stands.
Address = Callable[[str, str], str]


def listed(edition: Edition, found: Connections, address: Address) -> Markup:
    """The connections of a paragraph as a list of definitions."""
    rows = []
    for sort, title in SORTS.items():
        said = [_said(edition, one, address) for one in found.get(sort, ())]
        if sort == "names" and said:
            said = [Markup(" · ").join(said)]
        if said:
            rows.append(_SORT.format(title=_(title), said=Markup("").join(_ITEM.format(one) for one in said)))
    return Markup("<dl>{}</dl>").format(Markup("").join(rows))


def _said(edition: Edition, one: Connection, address: Address) -> Markup:
    words = Markup("{}").format(one.words)
    if one.docname:
        words = _LINK.format(href=address(one.docname, one.fragment), words=one.words)
    own = [words] if one.words else []
    if one.note:
        link = _target(edition, one.note, address)
        own.append(Markup("({})").format(link) if own else link)
    others = Markup(", ").join(_target(edition, target, address) for target in one.targets)
    said = Markup(" ").join(own)
    return Markup("{}: {}").format(said, others) if others else said


def _target(edition: Edition, target: str, address: Address) -> Markup:
    parsed = parse_target(target)
    words = str(parsed).replace(" ", "\u00a0")
    place = locate(parsed.anchor if isinstance(parsed, Passage) else parsed, edition.texts, edition.annotations)
    return _LINK.format(href=address(place.docname, place.fragment), words=words) if place else Markup(words)


def box(translator: Any, passage: Passage, ours: str = "") -> Markup:
    """The box of a paragraph on the page of its text, or nothing; ``ours`` as in `margin_html`."""
    builder = translator.builder
    if not output_of(builder).own_pages:
        return Markup("")
    found = connections_of(builder.env, builder).get(passage)
    if not found:
        return Markup("")
    here = builder.current_docname

    def address(docname: str, fragment: str) -> str:
        return f"{'' if docname == here else builder.get_relative_uri(here, docname)}#{fragment}"

    edition = edition_of(builder.env)
    return _BOX.format(
        words=_("connections"),
        label=_("connections of ¶{number}").format(number=passage.paragraph),
        ours=Markup(ours),
        body=listed(edition, found, address),
    )


def shown_connections(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What the boxes of a text show of other pages and files, for `sphinx_apparatus.sphinx_ext.outdated`."""
    if not output_of(app.builder).own_pages:
        return
    texts = edition_of(app.env).texts
    by_text: dict[str, list[object]] = {}
    for passage, found in connections_of(app.env, app.builder).items():
        by_text.setdefault(passage.siglum, []).append((passage, found))
    for siglum, shown in by_text.items():
        yield texts[siglum].docname, shown
