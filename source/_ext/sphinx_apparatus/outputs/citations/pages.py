"""The pages of single annotations, of texts and of paragraphs, with their citations.

They are written by this module and not as Sphinx pages: no theme, no toctree, one small
template.  Those of a text are written with its own page, in the process that writes that;
one whose content has not changed since the last build is left as it is.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

from docutils.nodes import document
from markupsafe import Markup
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import csl, items
from sphinx_apparatus.bibliography.formats import NAMES, TYPES, WRITERS
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.persons import Name
from sphinx_apparatus.bibliography.works import printed_item, recorded
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.direction import direction, isolated
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage, PrintReference
from sphinx_apparatus.model.state import State
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.outputs.addresses import from_address
from sphinx_apparatus.outputs.citations import metadata, states
from sphinx_apparatus.outputs.citations.history import history, past
from sphinx_apparatus.outputs.citations.metadata import Head
from sphinx_apparatus.outputs.citations.templates import head_html, template
from sphinx_apparatus.outputs.html.assets import WORDS, words_script
from sphinx_apparatus.outputs.html.entries import summary
from sphinx_apparatus.outputs.html.notes import moved, take
from sphinx_apparatus.outputs.html.policy import policy
from sphinx_apparatus.outputs.languages import attributes
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _, in_print
from sphinx_apparatus.stores.upkeep import Upkeep, fingerprint
from sphinx_apparatus.version import __version__

#: Code points of context on each side of a lemma.
CONTEXT = 180


@dataclass(frozen=True)
class Described:
    """What a page says, apart from the frame that all pages share."""

    template: str
    #: the name of the page, without ending
    path: str
    item: Item | None
    title: str
    description: str
    siglum: str
    #: what is cited: an id, or a passage
    target: str
    head: Head = field(default_factory=Head)
    previous: tuple[str, str] | None = None
    following: tuple[str, str] | None = None
    place: PrintReference | None = None
    printed: dict[str, Item] = field(default_factory=dict)
    report: str = ""
    context: dict[str, Any] = field(default_factory=dict)
    #: what schema.org calls the thing, and whether the words are the editors'
    kind: str = ""
    ours: bool = False
    #: whether its item is offered as files
    exported: bool = True
    short: str = ""


class Writer:
    """Writes the pages that belong to one text."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.builder: Any = app.builder
        self.edition: Edition = edition_of(app.env)
        self.imprint = self.edition.imprint
        self.stylesheets = [n for n in ("edition.css",) if Path(app.outdir, "_static", n).exists()]
        self.words = WORDS if words_script(app) else ""
        self.policy = policy() if app.config.apparatus_csp else ""
        self.styles = csl.styles(app.config.apparatus_styles)
        self._items: dict[str, Item] = {}

    def write_text(self, siglum: str, notes: dict[str, str]) -> None:
        """Write every page of a text; ``notes`` are its notes as HTML, as they stand on its page."""
        record = self.edition.texts[siglum]
        origin = self.builder.get_target_uri(record.docname)
        own = self._own()
        with Upkeep(Path(self.app.outdir), siglum) as upkeep:
            for annotation in self.edition.of_text(siglum):
                note = notes.get(annotation.id, "")
                target = self._uri(f"{CORRECTIONS}/{annotation.id}")
                self._page(self._annotation(annotation, moved(note, origin, target, own)), upkeep)
            self._page(self._text(siglum), upkeep)
            for paragraph in record.text.paragraphs:
                self._page(self._paragraph(siglum, paragraph.number), upkeep)
            for tombstone in self.edition.tombstones.values():
                if tombstone.docname == record.docname:
                    self._page(self._tombstone(tombstone), upkeep)
            for identifier in ids_of(self.edition, siglum):
                for number in range(len(self.edition.states.get(identifier, ()))):
                    self._page(self._state(siglum, identifier, number), upkeep)

    def _printed(self, siglum: str) -> list[Item]:
        """The works in which a text appeared, as far as the bibliography records them."""
        record = self.edition.texts[siglum]
        keys = dict.fromkeys((record.source, *(part.source for part in record.parts)))
        return [self._item(key) for key in keys if key in self.edition.works]

    def _item(self, key: str) -> Item:
        if key not in self._items:
            self._items[key] = printed_item(self.app.env, key)
        return self._items[key]

    def _authors(self, siglum: str) -> list[Name]:
        return authors_of(self._printed(siglum))

    def _work(self, siglum: str) -> dict[str, Any]:
        return metadata.work(self.edition.titles[siglum], self._printed(siglum))

    def _own(self) -> Any:
        """What leads to an annotation's place on a page of a text leads to its own page instead."""
        pages = {self.builder.get_target_uri(record.docname) for record in self.edition.texts.values()}

        def own(path: str, fragment: str) -> str | None:
            if path in pages and fragment in self.edition.annotations:
                return self._uri(f"{CORRECTIONS}/{fragment}")
            return None

        return own

    # -- what the pages say ----------------------------------------------------------------

    def _annotation(self, annotation: Annotation, note: str) -> Described:
        edition, path = self.edition, f"{CORRECTIONS}/{annotation.id}"
        place = edition.places.get(annotation.id)
        passage = edition.passage_of(annotation.id)
        writer = edition.writer(annotation.id)
        name = writer.csl if writer else None
        item = items.annotation_item(self.imprint, annotation, passage, self._uri(path), place, name)
        words, said = items.words(annotation), edition.words(annotation.id)
        shown = isolated(words, direction(self.imprint.language))
        neighbours = edition.neighbours(annotation.id)
        data = metadata.annotation_data(
            self.imprint,
            annotation,
            " ".join(said.split()),
            item,
            self._work(annotation.siglum),
            [self._item(key) for key in annotation.cites if key in edition.works],
        )
        return Described(
            "annotation.html",
            path,
            item,
            title=f"{annotation.id}: {shown}",
            description=_("{layer} on text {siglum}: {words}.").format(
                layer=_(annotation.layer.name.capitalize()), siglum=annotation.siglum, words=shown
            )
            + " "
            + textwrap.shorten(said, 160, placeholder=" …"),
            siglum=annotation.siglum,
            target=annotation.id,
            head=metadata.json_ld(data),
            previous=(neighbours.previous, neighbours.previous) if neighbours.previous else None,
            following=(neighbours.following, neighbours.following) if neighbours.following else None,
            place=place,
            report=self._report(annotation),
            kind=data["@type"],
            ours=True,
            short=f"{items.short_form(self.imprint, annotation.id)} {self.imprint.version}",
            context={
                "states": self._listed(path, annotation.id),
                "digest": annotation.digest,
                "annotation": annotation,
                "entry": self._entry(annotation),
                "editor": edition.editors.get(annotation.editor, annotation.editor),
                "passage": passage,
                "note": Markup(note),
                "history": history(annotation, edition.register.get(annotation.id), self.imprint.version),
                **_context(edition.texts[annotation.siglum].text, annotation),
            },
        )

    def _entry(self, annotation: Annotation) -> Markup:
        """The entry, its words of the text with their language and direction."""
        theirs = attributes(self.edition.texts[annotation.siglum], self.imprint.language)
        return Markup(summary(annotation, self.edition.entry(annotation.id), theirs))

    def _text(self, siglum: str) -> Described:
        path, title = f"{PASSAGES}/{siglum}", self.edition.titles[siglum]
        record = self.edition.texts[siglum]
        printed = self._printed(siglum)
        item = items.text_item(self.imprint, siglum, title, self._uri(path), authors_of(printed), record.language)
        return Described(
            "passage.html",
            path,
            item,
            title=f"{siglum}: {title}",
            description=_("How to cite text {siglum}, as printed and in this edition, and its paragraphs.").format(
                siglum=siglum
            ),
            siglum=siglum,
            target=siglum,
            head=metadata.json_ld(metadata.text_data(self.imprint, item, printed)),
            printed={file_name(one["id"]): one for one in printed},
            kind="ScholarlyArticle",
            context={
                "heading": f"{siglum}: {title}",
                "paragraphs": [
                    (p.number, self._from(path, f"{PASSAGES}/{Passage(siglum, p.number).anchor}"), words)
                    for p in record.text.paragraphs
                    for words in [shorten(record.text.string[p.start : p.end], 12)]
                ],
            },
        )

    def _paragraph(self, siglum: str, number: int) -> Described:
        passage = Passage(siglum, number)
        path, title = f"{PASSAGES}/{passage.anchor}", self.edition.titles[siglum]
        record = self.edition.texts[siglum]
        paragraph = record.text.paragraph(number)
        place = self.edition.places.get(passage.anchor)
        item = items.passage_item(
            self.imprint, passage, title, self._uri(path), place, self._authors(siglum), record.language
        )
        words = record.text.string[paragraph.start : paragraph.end]
        last = len(record.text.paragraphs)
        return Described(
            "passage.html",
            path,
            item,
            title=str(passage),
            description=isolated(textwrap.shorten(words, 200, placeholder=" …"), direction(self.imprint.language)),
            siglum=siglum,
            target=str(passage),
            previous=(Passage(siglum, number - 1).anchor, f"¶{number - 1}") if number > 1 else None,
            following=(Passage(siglum, number + 1).anchor, f"¶{number + 1}") if number < last else None,
            place=place,
            head=metadata.json_ld(metadata.passage_data(self.imprint, item, words, self._work(siglum))),
            kind="Quotation",
            context={
                "heading": f"{passage}, {title}",
                "paragraph": words,
                "anchor": passage.anchor,
                "passage": passage,
                "annotations": [
                    (
                        annotation.id,
                        self._from(path, f"{CORRECTIONS}/{annotation.id}"),
                        self._entry(annotation),
                        annotation.layer.letter,
                    )
                    for annotation in self.edition.of_paragraph(passage)
                ],
            },
        )

    def _tombstone(self, tombstone: Tombstone) -> Described:
        siglum = tombstone.id.rstrip("0123456789")
        return Described(
            "tombstone.html",
            f"{CORRECTIONS}/{tombstone.id}",
            None,
            title=f"{tombstone.id}: {_('withdrawn')}",
            description=tombstone.reason,
            siglum=siglum,
            target=tombstone.id,
            context={
                "tombstone": tombstone,
                "history": past(self.edition.register.get(tombstone.id)),
                "states": self._listed(f"{CORRECTIONS}/{tombstone.id}", tombstone.id),
            },
        )

    def _listed(self, here: str, identifier: str) -> list[tuple[State, str, list[str]]]:
        """The states of an annotation for the page ``here``: address, and what each changed."""
        found = states.listed(self.edition, identifier)
        return [(state, self._from(here, states.path_of(state)), changed) for state, changed in found]

    def _state(self, siglum: str, identifier: str, number: int) -> Described:
        """A released state, and what the next one changed."""
        known = self.edition.states[identifier]
        state, following = known[number], known[number + 1] if number + 1 < len(known) else None
        # As in all titles, what a style may set a full stop to is no reading.
        path, title = states.path_of(state), f"{identifier}: {states.words_of(state)} (as of version {state.version})"
        today = self.edition.annotations.get(identifier)
        then = replace(self.imprint, version=state.version, released=date.fromisoformat(state.released))
        writer = self.edition.contributors.get(state.editor)
        name = writer.csl if writer and (writer.family or state.editor != self.edition.default_editor) else None
        item = items.state_item(then, state, title, self._uri(path), name)
        return Described(
            "state.html",
            path,
            item,
            title=f"{identifier} as of version {state.version}: {states.words_of(state)}",
            description=f"What {identifier} said in version {state.version}. "
            + textwrap.shorten(dict(states.said(state, self.edition.works))["Note"], 160, placeholder=" …"),
            siglum=siglum,
            target=f"{identifier} {state.version}",
            kind="CorrectionComment" if state.reading is not None else "Comment",
            ours=True,
            exported=False,
            context={
                "state": state,
                "said": states.said(state, self.edition.works),
                "changes": states.changes(state, following, self.edition.works) if following else [],
                "next_state": following,
                "next_href": self._from(path, states.path_of(following)) if following else "",
                "annotation_href": self._from(path, f"{CORRECTIONS}/{identifier}"),
                "current": today is not None and today.digest == state.digest,
            },
        )

    # -- the frame ---------------------------------------------------------------------------

    def _page(self, said: Described, upkeep: Upkeep) -> None:
        """Write a page and the files offered on it, if anything of them has changed."""
        files = (
            {f"{said.path}.{ending}": (write, said.item) for ending, write in WRITERS.items()}
            if said.item and said.exported
            else {}
        )
        folder = said.path.rpartition("/")[0]
        for key, item in said.printed.items():
            files |= {f"{folder}/{key}.{ending}": (write, item) for ending, write in WRITERS.items()}
        page = Path(self.builder.get_outfilename(said.path)).relative_to(self.app.outdir).as_posix()
        made_from = (
            said,
            self.edition.titles.get(said.siglum),
            self.imprint,
            self.policy,
            self.stylesheets,
            self.styles,
        )
        if not upkeep.changed((made_from, __version__), page, *files):
            return
        for name, (write, item) in files.items():
            upkeep.write(name, write(item))
        upkeep.write(page, self._render(said))

    def _render(self, said: Described) -> str:
        record = self.edition.texts.get(said.siglum)
        address = said.item.get("URL", "") if said.item else ""
        exports = {
            ending: self._from(said.path, f"{said.path}.{ending}", file=True) for ending in TYPES if said.exported
        }
        head = said.head
        if said.item is not None:
            head = (
                metadata.highwire(said.item)
                + metadata.rights(self.imprint, ours=said.ours)
                + metadata.signposts(
                    address,
                    canonical=True,
                    authors=said.item["author"],
                    kind=said.kind,
                    collection=self.imprint.address(self._uri(self.app.config.root_doc)),
                )
                + metadata.descriptions(exports)
                + metadata.open_graph(self.imprint, said.title, said.description, address)
                + head
            )
        pdf = self.app.config.apparatus_pdf
        context = {
            "previous": self._neighbour(said.path, said.previous),
            "following": self._neighbour(said.path, said.following),
            "place": said.place,
            "placed": in_print(said.place) if said.place else "",
            "pdf_href": self._from(said.path, said.place.address(pdf), file=True) if said.place and pdf else "",
            "text_href": self._from(said.path, record.docname if record else self.app.config.root_doc),
            "text_title": f"{said.siglum}: {self.edition.titles[said.siglum]}" if record else self.imprint.title,
            "root_href": self._from(said.path, self.app.config.root_doc),
            "search_href": self._from(said.path, "search"),
            "static": self._from(said.path, "_static", file=True),
            "stylesheets": self.stylesheets,
            "language": record.language if record else self.imprint.language,
            "theirs": Markup(attributes(record, self.imprint.language)),
            "structure": record.text.structure.value if record else "line",
            "words": self.words,
            "direction": record.direction if record else direction(self.imprint.language),
            "rightward": direction(self.imprint.language) == "rtl",
            "citations": list(self._groups(said, exports)) if said.item else (),
            "snippets": _snippets(said.target, address) if said.exported else (),
            "short": said.short or items.short_form(self.imprint, said.target) if self.imprint.short else "",
            "digest": "",
            "addressed": bool(address),
            **said.context,
        }
        rendered: str = template(said.template).render(
            context,
            imprint=self.imprint,
            policy=self.policy,
            generator=__version__,
            title=said.title,
            description=said.description,
            target=said.target,
            address=address or self._uri(said.path),
            metadata=head_html(head),
            report=said.report,
        )
        return rendered

    def _groups(self, said: Described, exports: dict[str, str]) -> Iterator[dict[str, Any]]:
        """The ways to cite: as printed, where that is known, and in this edition."""
        folder = said.path.rpartition("/")[0]
        for key, source in said.printed.items():
            files = {ending: self._from(said.path, f"{folder}/{key}.{ending}", file=True) for ending in TYPES}
            yield {"heading": _("As printed"), "rows": self._rows(source), "exports": _named(files)}
        heading = _("In this edition") if said.printed else ""
        yield {"heading": heading, "rows": self._rows(said.item or {}), "exports": _named(exports)}

    def _rows(self, item: Item) -> list[tuple[str, Markup]]:
        # The processor writes HTML, in which what it was given is escaped.
        return [(style.title, Markup(csl.cite(item, style.name))) for style in self.styles]

    def _neighbour(self, here: str, neighbour: tuple[str, str] | None) -> tuple[str, str] | None:
        """Address and title of the page before or after."""
        if neighbour is None:
            return None
        name, title = neighbour
        return self._from(here, f"{here.rpartition('/')[0]}/{name}"), title

    def _from(self, here: str, there: str, *, file: bool = False) -> str:
        """The address of a page, or of a file, as seen from the page ``here``."""
        return from_address(self._uri(here), there if file else self._uri(there))

    def _uri(self, path: str) -> str:
        uri: str = self.builder.get_target_uri(path)
        return uri

    def _report(self, annotation: Annotation) -> str:
        address: str = self.app.config.apparatus_report
        if not address:
            return ""
        return address.format(
            id=quote(annotation.id),
            version=quote(self.imprint.version),
            lemma=quote(shorten(annotation.lemma, 12)),
        )


def write_own_pages(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Write the pages that belong to the texts on a page (``html-page-context``)."""
    if doctree is None or not output_of(app.builder).own_pages:
        return
    notes = take(app.builder)
    sigla = [siglum for siglum, record in edition_of(app.env).texts.items() if record.docname == pagename]
    if sigla and app.config.apparatus_pages:
        writer = Writer(app)
        for siglum in sigla:
            writer.write_text(siglum, notes)


def write_exports(app: Sphinx) -> Iterable[tuple[str, dict[str, Any], str]]:
    """Write how the edition as a whole is cited (``html-collect-pages``)."""
    edition = edition_of(app.env)
    if output_of(app.builder).own_pages and edition.texts:
        item = items.edition_item(edition.imprint)
        with Upkeep(Path(app.outdir), "edition") as upkeep:
            for ending, write in WRITERS.items():
                upkeep.write(f"citations/edition.{ending}", write(item))
    return ()


def _named(exports: dict[str, str]) -> list[tuple[str, str]]:
    return [(NAMES[ending], address) for ending, address in exports.items()]


def _snippets(target: str, address: str) -> Sequence[tuple[str, str]]:
    """Links as others write them; those of Sphinx need intersphinx, and not this extension."""
    name = target.replace(" ¶", "-p")
    kind = "passage" if "¶" in target or not target[-1].isdigit() else "annotation"
    tex = re.sub(r"([%#&_~^])", r"\\\1", address)
    linked = [
        ("Markdown", f"[{target}]({address})"),
        ("LaTeX", f"\\href{{{tex}}}{{{target.replace('¶', chr(92) + 'P')}}}"),
    ]
    return (
        *(linked if address else ()),
        ("MyST", f"[{target}](inv:*:ed:{kind}#{name})"),
        ("reStructuredText", f":external:ref:`{target} <{name}>`"),
    )


def authors_of(printed: Sequence[Item]) -> list[Name]:
    """The authors of a text as printed: of the whole, or of its parts, each once."""
    found: list[Name] = []
    for item in printed:
        found += [name for name in item.get("author", ()) if name not in found]
    return found


def ids_of(edition: Edition, siglum: str) -> list[str]:
    """All ids of a text that are in use or withdrawn."""
    record = edition.texts[siglum]
    gone = [one.id for one in edition.tombstones.values() if one.docname == record.docname]
    return [*(annotation.id for annotation in edition.of_text(siglum)), *gone]


def file_name(key: str) -> str:
    """The name of a work's files beside the page of its text: its key, where that is a name for a file.

    A key may hold any sign, be the siglum of a text, or differ from another by its capitals only.
    """
    if re.fullmatch(r"[a-z0-9][a-z0-9_.-]*", key) and not key.endswith("."):
        return key
    safe = re.sub(r"[^A-Za-z0-9_-]+", "-", key).strip("-") or "work"
    return f"{safe}-{fingerprint(key)[:6]}"


def _context(text: Text, annotation: Annotation) -> dict[str, Any]:
    """The words around a lemma, within its paragraph."""
    start, end = annotation.span
    paragraph = text.paragraph_at(start)
    low, high = (paragraph.start, max(paragraph.end, end)) if paragraph else (start, end)
    before, after = text.string[max(low, start - CONTEXT - 1) : start], text.string[end : min(high, end + CONTEXT + 1)]
    if len(before) > CONTEXT:
        before = "… " + before[-CONTEXT:].partition(" ")[2]
    if len(after) > CONTEXT:
        after = after[:CONTEXT].rpartition(" ")[0] + " …"
    return {"before": before, "after": after}


def shown_citations(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What the pages that belong to a text show of other files, for `sphinx_apparatus.sphinx_ext.outdated`."""
    edition = edition_of(app.env)
    if not output_of(app.builder).own_pages:
        return
    for siglum, record in edition.texts.items():
        known = [(a.id, edition.register.get(a.id), edition.places.get(a.id)) for a in edition.of_text(siglum)]
        passages = [
            edition.places.get(anchor)
            for anchor in (siglum, *(Passage(siglum, p.number).anchor for p in record.text.paragraphs))
        ]
        printed = [recorded(app.env, key) for key in (record.source, *(part.source for part in record.parts))]
        made = (app.config.apparatus_styles, states.shown(edition, siglum), edition.contributors)
        yield record.docname, (edition.imprint, known, passages, edition.lines.get(siglum), printed, made)
    for tombstone in edition.tombstones.values():
        yield tombstone.docname, (tombstone, edition.register.get(tombstone.id))
    yield app.config.root_doc, edition.imprint
