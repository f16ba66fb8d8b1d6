"""A text over several pages of a site.

The page of a text is rendered whole and then parted at marks that stand before its rows.  All of
its pages are in one folder, so that links out of the text are the same on each, but where the text
is on ``index`` and each page has a folder (``dirhtml``); those between them are made right here.
The page of the text has, in its list of the others, a place for each address of theirs: an address
by the page of the text leads on, with or without a script.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import pairwise
from secrets import token_hex
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils.nodes import document
from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.util.osutil import relative_uri

from sphinx_apparatus.model import pages
from sphinx_apparatus.model.reference import Passage, fragment
from sphinx_apparatus.outputs.languages import attributes
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _, language_of

if TYPE_CHECKING:
    from sphinx_apparatus.model.edition import Edition
    from sphinx_apparatus.model.text import TextRecord

#: Known to nobody who writes a page: what stands in raw HTML is no mark of ours.
_KEY = token_hex(8)
_MARK = re.compile(f"<!--{_KEY} ([0-9]+)-->")
_ID = re.compile(r'(?<=\sid=")[^"]+')
_LINK = re.compile(r'(?<=\shref=")([^"#:?]*)#([^"]+)(?=")')
#: An address that depends on where the page is.
_RELATIVE = re.compile(r'(\s(?:href|src)=")(?![a-zA-Z][a-zA-Z0-9+.-]*:|[/#"])')

_LIST = Markup(
    '<details class="ed-pages" data-editorial><summary>{here}</summary><nav aria-label="{label}"><ol>{items}</ol></nav>'
    "</details>"
)
_ITEM = Markup('<li><a href="{href}"{attributes}{current}>{places}{title}</a></li>')
_TURN = Markup('<p class="ed-turn" data-editorial>{links}</p>')


#: Of more pages than this only the first lists all.
MANY = 60


def mark(number: int) -> str:
    """What stands before what is on one page of a text, by its number from 1; 0 before what is on all."""
    return f"<!--{_KEY} {number}-->"


class Paged(NamedTuple):
    """A text over several pages."""

    record: TextRecord
    #: the names of its pages
    names: tuple[str, ...]
    #: what they are called
    titles: tuple[str, ...]


def paged(record: TextRecord) -> Paged:
    """The pages of a text."""
    starts = (1, *record.pages, len(record.text.paragraphs) + 1)
    names = (record.docname, *(pages.name(record.docname, first) for first in record.pages))
    titles = [pages.title(record, first, behind, _("l."), _("ll.")) for first, behind in pairwise(starts)]
    return Paged(record, names, tuple(titles))


def texts_by_page(app: Sphinx) -> Mapping[str, Paged]:
    """The texts over several pages, by the names of their pages, where the output has such pages."""
    return Turned.of(app).texts


def _texts_by_page(app: Sphinx) -> dict[str, Paged]:
    if not output_of(app.builder).own_pages:
        return {}
    records = [one for one in edition_of(app.env).texts.values() if one.pages and not one.translates]
    return {record.docname: paged(record) for record in records}


def home(app: Sphinx, pagename: str) -> str:
    """The page of the project of which a page of a text is."""
    return next((docname for docname, one in texts_by_page(app).items() if pagename in one.names), pagename)


def further_pages(app: Sphinx) -> Iterator[str]:
    """The names of all pages of texts that are not pages of the project."""
    for one in texts_by_page(app).values():
        yield from one.names[1:]


def shown_pages(app: Sphinx) -> Iterator[tuple[str, object]]:
    """Where the places of the texts are: links on any page lead to them."""
    where = Turned.of(app).known
    if where:
        for docname in app.env.found_docs:
            yield docname, where


class Turned:
    """Makes links to a place of a text lead to its page."""

    def __init__(self, builder: Any, edition: Edition, texts: Mapping[str, Paged]) -> None:
        self.texts = texts
        #: by the address of the text's page and a fragment of it, the address of the page that has the place
        self.known: dict[str, dict[str, str]] = {}
        for siglum, record in edition.texts.items():
            one = texts.get(record.docname)
            if one is not None and record.pages:
                addresses = [builder.get_target_uri(name) for name in one.names]
                places = self.known.setdefault(addresses[0], {})
                for anchor, paragraph in _places(edition, siglum):
                    number = pages.page_of(record.pages, paragraph)
                    if number > 1:
                        places[anchor] = addresses[number - 1]

    @classmethod
    def of(cls, app: Sphinx) -> Turned:
        """That of an edition, made once."""
        edition = edition_of(app.env)
        kept = app.builder.__dict__.get("apparatus_turned")
        if kept is None or kept[0] is not edition:
            kept = app.builder.__dict__["apparatus_turned"] = (
                edition,
                cls(app.builder, edition, _texts_by_page(app)),
            )
        found: Turned = kept[1]
        return found

    def address(self, address: str) -> str:
        """An address from the root of the site, with its fragment."""
        path, _hash, anchor = address.partition("#")
        there = self.known.get(path, {}).get(anchor)
        return f"{there}#{anchor}" if there else address

    def html(self, html: str, here: str) -> str:
        """The links of a page at an address."""
        if not self.known:
            return html

        def led(match: re.Match[str]) -> str:
            path, anchor = match.groups()
            target = posixpath.normpath(posixpath.join(posixpath.dirname(here), path)) if path else here
            target = "" if target == "." else target + "/" * (path.endswith("/") and not target.endswith("/"))
            there = self.known.get(target, {}).get(anchor)
            return f"{_relative(here, there)}#{anchor}" if there else match[0]

        return _LINK.sub(led, html)


def _places(edition: Edition, siglum: str) -> Iterator[tuple[str, int]]:
    """What addresses lead to in a text, and in which paragraph it is."""
    record = edition.texts[siglum]
    for paragraph in record.text.paragraphs:
        yield Passage(siglum, paragraph.number).anchor, paragraph.number
        said = record.label(paragraph.start)
        if said:
            yield f"{siglum}-{fragment(said)}", paragraph.number
    for annotation in edition.of_text(siglum):
        number = edition.passage_of(annotation.id).paragraph or 1
        yield from ((f"{annotation.id}{end}", number) for end in ("", "-n"))
    for milestone in record.milestones:
        found = record.text.paragraph_at(milestone.offset)
        yield f"{siglum}-{milestone.fragment}", found.number if found else 1


def _relative(here: str, there: str) -> str:
    return relative_uri(here, there) or there.rpartition("/")[2]


def turn_pages(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Part the page of a text, and write those behind the first (``html-page-context``, last)."""
    found = texts_by_page(app).get(pagename)
    if found is None or doctree is None:
        return
    addresses = [app.builder.get_target_uri(name) for name in found.names]
    written = _parted(str(context["body"]), addresses)
    ids = [_ID.findall(one) for one in written]
    ways = {name: context.get(name) for name in ("next", "parents")}
    # Pages that are written within a page would change its lists of style sheets and scripts.
    context.update({name: list(context[name]) for name in ("css_files", "script_files")})
    context["next"] = _neighbour(found, addresses, addresses[0], 1)
    context["body"] = _furnished(app, found, addresses, written[0], 0, ids)
    builder: Any = app.builder
    tree = context.get("toctree")
    for number, name in enumerate(found.names[1:], 1):
        here = addresses[number]
        words = Markup("{} · {}").format(Markup(context["title"]), found.titles[number])
        before = _neighbour(found, addresses, here, number - 1)
        up = _up(addresses[0], here)
        behind = _neighbour(found, addresses, here, number + 1) or (ways["next"] and _lifted(ways["next"], up))
        heading = Markup("<section><h1>{}</h1>\n{}</section>\n")
        body = heading.format(words, Markup(_furnished(app, found, addresses, written[number], number, ids)))
        more: dict[str, Any] = {"title": str(words), "body": str(body), "prev": before, "next": behind}
        more |= {"toc": "", "display_toc": False, "metatags": ""}
        more |= {"meta": context.get("meta"), "parents": [_lifted(one, up) for one in ways["parents"] or ()]}
        if tree is not None:
            more["toctree"] = partial(_tree, tree, addresses[0], here)
        builder.handle_page(name, more)


def _neighbour(found: Paged, addresses: Sequence[str], here: str, at: int) -> dict[str, str] | None:
    """Address and title of the page before or behind, as Sphinx gives them to a theme."""
    if at == len(addresses):
        return None
    return {"link": _relative(here, addresses[at]), "title": str(escape(found.titles[at]))}


def _tree(tree: Any, origin: str, here: str, **options: Any) -> str:
    """The tree of contents as the text's page has it, whose entries of its own lead to that page."""
    home = _relative(here, origin)
    made = _moved(str(tree(**options)), origin, here).replace('href="#"', f'href="{home}"')
    return made.replace('href="#', f'href="{home}#')


def _parted(body: str, addresses: Sequence[str]) -> list[str]:
    """What each page has of the body of a text's page, its links right."""
    parts: list[list[str]] = [[] for _ in addresses]
    for at, piece in enumerate(_MARK.split(f"{mark(1)}{body}")[1:]):
        if at % 2 == 0:
            shown = range(len(addresses)) if piece == "0" else (int(piece) - 1,)
        else:
            for number in shown:
                parts[number].append(piece)
    written = ["".join(part) for part in parts]
    written = [_moved(one, addresses[0], here) for one, here in zip(written, addresses, strict=True)]
    homes = {identifier: at for at in reversed(range(len(written))) for identifier in _ID.findall(written[at])}
    return [_linked(one, set(_ID.findall(one)), homes, addresses, at) for at, one in enumerate(written)]


def _up(origin: str, here: str) -> str:
    """The way to the folder of the text's page from that of a further page."""
    return "../" * (here.count("/") - origin.count("/"))


def _lifted(way: Mapping[str, str], up: str) -> dict[str, str]:
    return {**way, "link": f"{up}{way['link']}"}


def _moved(html: str, origin: str, here: str) -> str:
    """What leads out of a text as seen from a further page: beside ``index`` of a site of folders it is one deeper."""
    up = _up(origin, here)
    return _RELATIVE.sub(lambda match: f"{match[0]}{up}", html) if up else html


def _linked(html: str, own: set[str], homes: Mapping[str, int], addresses: Sequence[str], at: int) -> str:
    """The links of a page to places of its own text that are on another page."""

    def led(match: re.Match[str]) -> str:
        path, anchor = match.groups()
        if path or anchor in own or anchor not in homes:
            return match[0]
        return f"{_relative(addresses[at], addresses[homes[anchor]])}#{anchor}"

    return _LINK.sub(led, html)


def _listed(at: int, count: int) -> list[int]:
    """The pages that the list of a page has: all on the first; of many, on another one, those around it."""
    around = range(max(0, at - MANY // 2), min(count, at + MANY // 2 + 1))
    return list(range(count)) if at == 0 or count <= MANY else sorted({0, *around, count - 1})


def _furnished(
    app: Sphinx, found: Paged, addresses: Sequence[str], body: str, at: int, ids: Sequence[Sequence[str]]
) -> str:
    """The body of a page with the list of all, and with what comes before and behind it."""
    theirs = Markup(attributes(found.record, language_of(app.config)) if found.record.paged == pages.HEADINGS else "")
    own = set(ids[at])

    def link(other: int) -> Markup:
        # On the page of the text itself old addresses find the page that has their place.
        places = "".join(f'<span id="{one}"></span>' for one in ids[other] if one not in own) if at == 0 else ""
        current = Markup(' aria-current="page"') if other == at else ""
        return _ITEM.format(
            href=_relative(addresses[at], addresses[other]), attributes=theirs, current=current,
            places=Markup(places), title=found.titles[other],
        )  # fmt: skip

    turns = [
        Markup('<a rel="{}" href="{}"{}>{}</a>').format(rel, _relative(addresses[at], addresses[other]), theirs, words)
        for rel, other, words in (
            ("prev", at - 1, Markup("← {}").format(found.titles[at - 1])),
            ("next", at + 1, Markup("{} →").format(found.titles[(at + 1) % len(addresses)])),
        )
        if 0 <= other < len(addresses)
    ]
    label = _("Page {number} of {count}").format(number=at + 1, count=len(addresses))
    listed = _LIST.format(
        here=Markup("{}: <span{}>{}</span>").format(label, theirs, found.titles[at]),
        label=_("Pages of text {siglum}").format(siglum=found.record.text.siglum),
        items=Markup("").join(map(link, _listed(at, len(addresses)))),
    )
    return body.replace(LIST, listed, 1).replace(TURN, _TURN.format(links=Markup(" ").join(turns)), 1)


#: Where the list of pages stands, and what leads on.
LIST, TURN = f"<!--{_KEY} list-->", f"<!--{_KEY} turn-->"
