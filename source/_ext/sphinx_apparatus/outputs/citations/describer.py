"""Says what stands on the pages of single annotations, of texts and of paragraphs.

How they are set is in `sphinx_apparatus.outputs.citations.writer`, when they are written in
`sphinx_apparatus.outputs.citations.pages`.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from markupsafe import Markup
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import items
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.persons import Name
from sphinx_apparatus.bibliography.works import printed_item
from sphinx_apparatus.concordances.connections import connections_of
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.direction import direction, isolated
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import abridged, shorten
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage, parse_id
from sphinx_apparatus.model.state import State
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import Witness
from sphinx_apparatus.outputs.addresses import from_address
from sphinx_apparatus.outputs.citations import schema, states, witnesses
from sphinx_apparatus.outputs.citations.described import Described, authors_of, file_name, imprint_of
from sphinx_apparatus.outputs.citations.history import history, past
from sphinx_apparatus.outputs.html.connections import listed
from sphinx_apparatus.outputs.html.entries import summary
from sphinx_apparatus.outputs.languages import attributes
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _

#: Code points of context on each side of a lemma.
CONTEXT = 180


class Describer:
    """Says what stands on each page that belongs to a text."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.builder: Any = app.builder
        self.edition: Edition = edition_of(app.env)
        self.imprint = imprint_of(app)
        self._items: dict[str, Item] = {}

    def annotation(self, annotation: Annotation, note: str) -> Described:
        """The page of an annotation; ``note`` is its note as HTML, with addresses as seen from that page."""
        edition, path = self.edition, f"{CORRECTIONS}/{annotation.id}"
        place = edition.places.get(annotation.id)
        passage = edition.passage_of(annotation.id)
        writer = edition.writer(annotation.id)
        name = writer.csl if writer else None
        released = not edition.unreleased(annotation.id)
        item = items.annotation_item(self.imprint, annotation, passage, self.uri(path), place, name, released=released)
        words, said = items.words(annotation), edition.words(annotation.id)
        shown = isolated(words, direction(self.imprint.language))
        neighbours = edition.neighbours(annotation.id)
        data = schema.annotation_data(
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
            + abridged(said, 160),
            siglum=annotation.siglum,
            target=annotation.id,
            head=schema.json_ld(data),
            previous=(neighbours.previous, neighbours.previous) if neighbours.previous else None,
            following=(neighbours.following, neighbours.following) if neighbours.following else None,
            place=place,
            report=self._report(annotation),
            kind=data["@type"],
            ours=True,
            short=items.stated_form(self.imprint, annotation.id, released=released),
            context={
                "states": self._listed(path, annotation.id),
                "digest": annotation.digest,
                "annotation": annotation,
                "entry": self._entry(annotation),
                "editor": edition.editors.get(annotation.editor, annotation.editor),
                "passage": passage,
                "note": Markup(note),
                "history": history(
                    annotation, edition.register.get(annotation.id), self.imprint.version, released=released
                ),
                **_context(edition.texts[annotation.siglum].text, annotation),
            },
        )

    def _entry(self, annotation: Annotation) -> Markup:
        """The entry, its words of the text with their language and direction."""
        theirs = attributes(self.edition.texts[annotation.siglum], self.imprint.language)
        return Markup(summary(annotation, self.edition.entry(annotation.id), theirs))

    def text(self, siglum: str) -> Described:
        """How a text is cited, and a list of its paragraphs."""
        path, title = f"{PASSAGES}/{siglum}", self.edition.titles[siglum]
        record = self.edition.texts[siglum]
        printed = self._printed(siglum)
        item = items.text_item(self.imprint, siglum, title, self.uri(path), authors_of(printed), record.language)
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
            head=schema.json_ld(schema.text_data(self.imprint, item, printed)),
            printed={file_name(one["id"]): one for one in printed},
            kind="ScholarlyArticle",
            context={
                "heading": f"{siglum}: {title}",
                "sha256": record.text.sha256,
                "paragraphs": [
                    (p.number, self.href(path, f"{PASSAGES}/{Passage(siglum, p.number).anchor}"), words)
                    for p in record.text.paragraphs
                    for words in [shorten(record.text.string[p.start : p.end], 12)]
                ],
            },
        )

    def witness(self, witness: Witness) -> Described:
        """The text as a witness has it."""
        path = witnesses.path_of(witness)
        title = _("{siglum}: {title}, as {witness} has it").format(
            siglum=witness.text, title=self.edition.titles[witness.text], witness=witness.siglum
        )
        context = witnesses.context_of(self.edition, witness, lambda page: self.href(path, page))
        return Described(
            "witness.html",
            path,
            None,
            title=title,
            description=witness.described or title,
            siglum=witness.text,
            target=witness.text,
            context={"heading": title, **context},
        )

    def paragraph(self, siglum: str, number: int) -> Described:
        """A paragraph, counted from 1, and what is annotated in it."""
        passage = self.edition.passage(siglum, number)
        path, title = f"{PASSAGES}/{passage.anchor}", self.edition.titles[siglum]
        record = self.edition.texts[siglum]
        paragraph = record.text.paragraph(number)
        place = self.edition.places.get(passage.anchor)
        item = items.passage_item(
            self.imprint, passage, title, self.uri(path), place, self._authors(siglum), record.language
        )
        words = record.text.string[paragraph.start : paragraph.end]
        last = len(record.text.paragraphs)
        return Described(
            "passage.html",
            path,
            item,
            title=passage.name,
            description=isolated(abridged(words, 200), direction(self.imprint.language)),
            siglum=siglum,
            target=str(passage),
            previous=(Passage(siglum, number - 1).anchor, f"¶{number - 1}") if number > 1 else None,
            following=(Passage(siglum, number + 1).anchor, f"¶{number + 1}") if number < last else None,
            place=place,
            head=schema.json_ld(schema.passage_data(self.imprint, item, words, self._work(siglum))),
            kind="Quotation",
            context={
                "heading": f"{passage.name}, {title}",
                "paragraph": words,
                "anchor": passage.anchor,
                "passage": passage,
                "annotations": [
                    (
                        annotation.id,
                        self.href(path, f"{CORRECTIONS}/{annotation.id}"),
                        self._entry(annotation),
                        annotation.layer.letter,
                    )
                    for annotation in self.edition.of_paragraph(passage)
                ],
                "connections": self._connections(path, passage),
            },
        )

    def _connections(self, path: str, passage: Passage) -> Markup:
        """What connects a paragraph with others; annotations are linked by their own pages."""
        found = connections_of(self.app.env, self.builder).get(passage)

        def address(docname: str, fragment: str) -> str:
            if fragment in self.edition.annotations:
                return self.href(path, f"{CORRECTIONS}/{fragment}")
            return f"{self.href(path, docname)}#{fragment}"

        return listed(self.edition, found, address) if found else Markup("")

    def tombstone(self, tombstone: Tombstone) -> Described:
        """What was withdrawn, and why."""
        siglum, _number = parse_id(tombstone.id)
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
                "lemma": known[-1].lemma if (known := self.edition.states.get(tombstone.id)) else "",
                "text_href": self.href(f"{CORRECTIONS}/{tombstone.id}", tombstone.docname),
                "states": self._listed(f"{CORRECTIONS}/{tombstone.id}", tombstone.id),
            },
        )

    def _listed(self, here: str, identifier: str) -> list[tuple[State, str, list[str]]]:
        """The states of an annotation for the page ``here``: address, and what each changed."""
        found = states.listed(self.edition, identifier)
        return [(state, self.href(here, states.path_of(state)), changed) for state, changed in found]

    def href(self, here: str, there: str, *, file: bool = False) -> str:
        """The address of a page, or of a file, as seen from the page ``here``."""
        return from_address(self.uri(here), there if file else self.uri(there))

    def uri(self, path: str) -> str:
        """The address of a page as the builder names it."""
        uri: str = self.builder.get_target_uri(path)
        return uri

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
        return schema.work(self.edition.titles[siglum], self._printed(siglum))

    def _report(self, annotation: Annotation) -> str:
        address: str = self.app.config.apparatus_report
        if not address:
            return ""
        return address.format(
            id=quote(annotation.id),
            version=quote(self.imprint.version),
            lemma=quote(shorten(annotation.lemma, 12)),
        )


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
