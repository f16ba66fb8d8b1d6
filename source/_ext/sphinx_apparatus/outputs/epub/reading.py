"""The texts of an e-book: as printed, with calls of notes; as emended; and the notes.

A reading system shows a note in a window of its own, or where it stands (EPUB Structural
Semantics Vocabulary, *noteref* and *footnote*; DPUB-ARIA 1.1 gives the roles).  It has no
switch between two readings, so both are in the book.  What is left of a text as printed when
everything ``data-editorial`` is taken away is the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET
from sphinx_apparatus.model.structure import Verse
from sphinx_apparatus.outputs.epub.elements import characters, element, xhtml
from sphinx_apparatus.outputs.html.lines import STEP
from sphinx_apparatus.outputs.plain import judged, sign
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _


class EpubTexts(SphinxPostTransform):
    """Replace each text of an e-book; before references are resolved (10), that of notes among them."""

    default_priority = 8
    builders = ("epub",)

    def run(self, **kwargs: Any) -> None:
        """Replace each text."""
        edition = edition_of(self.env)
        for text in list(self.document.findall(ed.ed_text)):
            text.replace_self(list(_parts(text, edition)))
        for facing in list(self.document.findall(ed.ed_facing)):
            facing.replace_self(facing.children)


def _parts(text: ed.ed_text, edition: Edition) -> Iterator[nodes.Node]:
    siglum = text["siglum"]
    emended = any(annotation.edits for annotation in edition.of_text(siglum))
    notes = list(text.findall(ed.ed_annotation))
    printed = _view(siglum, text, [_printed(child, edition) for child in text.children])
    if not notes:
        yield printed
        return
    yield _section(f"{siglum}-printed", _("As printed"), [printed])
    if emended:
        rows = [_emended(child, edition) for child in text.children]
        yield _section(f"{siglum}-emended", _("As emended"), [_view(f"{siglum}-e", text, rows, kind="emended")])
    yield _section(f"{siglum}-notes", _("Notes"), [_note(note, edition) for note in notes])


def _section(identifier: str, title: str, children: list[nodes.Node]) -> nodes.section:
    return nodes.section("", nodes.title("", title), *children, ids=[identifier])


def _view(identifier: str, text: ed.ed_text, rows: list[nodes.Node], kind: str = "printed") -> xhtml:
    classes = f"ed-text {kind} ed-by-{text['structure']}"
    return element(
        "div", *rows, class_=classes, id=identifier, lang=text["lang"], xml__lang=text["lang"], dir=text["dir"]
    )


# -- as printed -------------------------------------------------------------------------------


def _printed(child: nodes.Node, edition: Edition) -> nodes.Node:
    if not isinstance(child, ed.ed_row):
        return characters(string=ed.characters(child))
    anchor = f"{child['siglum']}-p{child['number']}"
    source = next(iter(child.findall(ed.ed_paragraph)))
    pieces = [piece for part in source.children for piece in _as_printed(part, edition)]
    number = _number(child)
    if number:
        pieces.insert(0, element("span", nodes.Text(number), class_="ed-pn", data_editorial=""))
    return _paragraph(source, pieces, anchor)


def _number(row: ed.ed_row) -> str:
    """What a row is known by: its paragraph, of verses every fifth."""
    verse: Verse | None = row.get("verse")
    if verse is None:
        return str(row["number"])
    return str(verse.number) if verse.number and verse.number % STEP == 0 and not verse.joined else ""


def _paragraph(source: nodes.Element, pieces: list[nodes.Node], anchor: str) -> xhtml:
    if source["heading"]:
        return element("p", *pieces, class_="ed-tx head", id=anchor, role="heading", aria_level=_level(source))
    verse: Verse | None = source.parent.get("verse")
    role = f" ed-{verse.role}{' ed-opens' if verse.first else ''}" if verse else ""
    return element("p", *pieces, class_=f"ed-tx{role}", id=anchor)


def _level(source: nodes.Element) -> str:
    """That of a heading of the text: one below the heading under which the text stands."""
    above = list(ed.around(source))
    sections = sum(isinstance(one, nodes.section) for one in above)
    return str(1 + sections + sum(isinstance(one, ed.ed_text) and _is_annotated(one) for one in above))


def _is_annotated(text: nodes.Element) -> bool:
    """Whether a text is divided into readings and notes, each under a heading of its own."""
    return next(iter(text.findall(ed.ed_annotation)), None) is not None


def _as_printed(part: nodes.Node, edition: Edition) -> Iterator[nodes.Node]:
    if isinstance(part, ed.ed_new):
        return
    if isinstance(part, ed.ed_milestone):
        label: nodes.Node = nodes.Text(f"|{part['label']}")
        if part["facsimile"]:
            label = element("a", label, href=part["facsimile"])
        yield element("span", label, id=part["fragment"], class_="ed-pn", data_editorial="")
        return
    if not isinstance(part, ed.ed_run):
        yield characters(string=ed.characters(part))
        return
    letters = " ".join(sorted({edition.annotations[identifier].layer.letter for identifier in part["cover"]}))
    if part["place"]:
        yield element("span", nodes.Text(CARET), class_=f"r {letters}", data_editorial="")
    else:
        own = [child for child in part.children if not isinstance(child, ed.ed_new)]
        yield element("span", *(characters(string=ed.characters(child)) for child in own), class_=f"r {letters}")
    for identifier in part["last"]:
        yield element(
            "a",
            nodes.Text(identifier),
            class_=f"ed-call {edition.annotations[identifier].layer.letter}",
            id=f"{identifier}-t",
            href=f"#{identifier}",
            epub__type="noteref",
            role="doc-noteref",
            data_editorial="",
        )


# -- as emended -------------------------------------------------------------------------------


def _emended(child: nodes.Node, edition: Edition) -> nodes.Node:
    if not isinstance(child, ed.ed_row):
        return characters(string=ed.characters(child))
    source = next(iter(child.findall(ed.ed_paragraph)))
    pieces = [piece for part in source.children for piece in _as_emended(part, edition)]
    return _paragraph(source, pieces, f"{child['siglum']}-e{child['number']}")


def _as_emended(part: nodes.Node, edition: Edition) -> Iterator[nodes.Node]:
    if isinstance(part, ed.ed_old):
        return
    if isinstance(part, ed.ed_new):
        yield element("span", characters(string=ed.characters(part)), class_="ed-new")
    elif isinstance(part, ed.ed_run):
        emending = [identifier for identifier in part["cover"] if edition.annotations[identifier].edits]
        for child in part.children:
            if isinstance(child, ed.ed_new) and emending and ed.characters(child).strip():
                link = {"class_": "ed-new", "href": f"#{emending[0]}"}
                yield element("a", characters(string=ed.characters(child)), **link)
            else:
                yield from _as_emended(child, edition)
    else:
        yield characters(string=ed.characters(part))


# -- the notes --------------------------------------------------------------------------------


def _note(note: ed.ed_annotation, edition: Edition) -> xhtml:
    annotation = edition.annotations[note["annotation"]]
    back = element(
        "a",
        nodes.Text("↩"),
        href=f"#{annotation.id}-t",
        role="doc-backlink",
        class_="ed-back",
        aria_label=_("Back to {id} in the text").format(id=annotation.id),
    )
    return element(
        "aside",
        element("p", *_head(annotation, edition), class_="ed-hd"),
        *note.children,
        element("p", back),
        id=annotation.id,
        class_=f"ed-note {annotation.layer.letter}",
        epub__type="footnote",
        role="doc-footnote",
    )


def _head(annotation: Annotation, edition: Edition) -> Iterator[nodes.Node]:
    """Id, lemma, reading; layer, kind, certainty and evidence."""
    lemma = " ".join(annotation.lemma.split())
    record = edition.texts[annotation.siglum]
    theirs = {"lang": record.language, "xml__lang": record.language, "dir": record.direction}
    yield element("b", nodes.Text(annotation.id))
    yield nodes.Text(" ")
    yield element("i", characters(string=lemma or CARET), class_="lem", **theirs)
    reading = edition.reading(annotation.id)
    if reading is not None:
        yield nodes.Text(f"{sign(annotation.layer)} ")
        words = characters(string=reading) if reading else nodes.Text(f"({_('delete')})")
        yield element("b", words, class_="rdg", **({} if annotation.layer.corrects else theirs))
    yield element("br")
    sort = f"{_(annotation.layer.name.capitalize())}, {_(annotation.kind)}"
    said = " · ".join(filter(None, (sort, judged(annotation).replace(", ", " · "))))
    yield element("span", nodes.Text(said), class_="ed-ct")
