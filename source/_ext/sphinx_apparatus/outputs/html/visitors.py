"""HTML visitors: a text beside its apparatus.

The mark-up keeps three promises.  The text's element, less everything inside
``[data-editorial]``, has the text as its ``textContent``.  Everything works without
JavaScript: a lemma is a link to its note, a note a ``<details>``, a view a radio
button.  And no page carries a style or script of ours in itself.
"""

from __future__ import annotations

from html import escape
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from markupsafe import Markup

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import CARET, Entry
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES
from sphinx_apparatus.model.structure import Verse
from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.outputs.html.controls import controls
from sphinx_apparatus.outputs.html.notes import keep
from sphinx_apparatus.outputs.languages import attributes, editorial
from sphinx_apparatus.outputs.plain import judged
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _

#: Of verses, every fifth shows its number.
STEP = 5

#: Code points on a line of the text, about; entries stand closer than lines, by 1.3.
LINE = 62


def characters(string: str) -> str:
    """Characters of a text as HTML that a parser reads back as the same characters.

    A parser turns a bare CR into LF (HTML Standard, 13.2.3.5), hence the reference.
    U+0000 cannot be written in HTML at all: it becomes an element that names it.
    """
    safe = escape(string, quote=False).replace("\r", "&#13;")
    if "\0" in safe:
        safe = safe.replace("\0", '<span class="ed-nul" data-code-point="0000"></span>')
    return safe


def _edition(self: Any) -> Edition:
    return edition_of(self.builder.env)


_TOOLS = Markup('<p class="ed-tools" data-editorial>{}</p>')
_LINK = Markup('<a href="{}">{}</a>')


def _tools(self: Any, siglum: str) -> str:
    """Where else the text is: its page for citing, its page in the PDF."""
    if not output_of(self.builder).own_pages:
        return ""
    links = []
    here = self.builder.current_docname
    if self.config.apparatus_pages:
        href = self.builder.get_relative_uri(here, f"{PASSAGES}/{siglum}")
        links.append(_LINK.format(href, _("How to cite this text")))
    place = _edition(self).places.get(siglum)
    if place and self.config.apparatus_pdf:
        href = to_file(self.builder, here, place.address(self.config.apparatus_pdf))
        links.append(_LINK.format(href, _("PDF, p. {page}").format(page=place.page)))
    return _TOOLS.format(Markup(" · ").join(links)) if links else ""


def visit_text(self: Any, node: Element) -> None:
    """Open the edition: controls, then the text."""
    siglum = node["siglum"]
    edition = _edition(self)
    self.body.append(f'<div class="edition">{controls(edition.of_text(siglum), edition.used_taxonomy)}')
    self.body.append(_tools(self, siglum))
    short = escape(self.config.apparatus_short)
    lines = " ".join(map(str, edition.lines.get(siglum, ())))
    self.body.append(
        f'<div class="ed-text ed-by-{node["structure"]}" id="{siglum}" lang="{escape(node["lang"])}" '
        f'dir="{node["dir"]}" data-short="{short}" data-lines="{lines}">'
    )


def depart_text(self: Any, node: Element) -> None:
    """Close the edition."""
    self.body.append("</div></div>\n")


def visit_row(self: Any, node: Element) -> None:
    """Open a row: paragraph number, paragraph, apparatus."""
    anchor = f"{node['siglum']}-p{node['number']}"
    verse: Verse | None = node.get("verse")
    shown, label, classes = node["number"], _("Paragraph {number} of text {siglum}"), ""
    if verse is not None:
        shown, label = verse.number or "", _("Verse {number} of text {siglum}")
        classes = f" ed-{verse.role}{' ed-opens' if verse.first else ''}{'' if verse.number % STEP else ' ed-fifth'}"
        label = label if verse.number else _("A line of text {siglum}")
    label = escape(label.format(number=shown, siglum=node["siglum"]))
    self.body.append(
        f'<div class="ed-row{classes}" id="{anchor}"><a class="ed-pn" href="#{anchor}" data-editorial '
        f'aria-label="{label}">{shown}</a>'
    )


def depart_row(self: Any, node: Element) -> None:
    """Close a row."""
    self.body.append("</div>")


def visit_paragraph(self: Any, node: Element) -> None:
    """Write a paragraph of the text, characters and runs."""
    role = ' role="heading" aria-level="3"' if node["heading"] else ""
    self.body.append(f'<p class="ed-tx"{role}>')
    for child in node.children:
        if isinstance(child, nodes.Text):
            self.body.append(characters(ed.characters(child)))
        else:
            child.walkabout(self)
    self.body.append("</p>")
    raise nodes.SkipNode


def visit_milestone(self: Any, node: Element) -> None:
    """Write where a page or a section begins."""
    title = escape(f"{node['unit']} {node['label']}")
    self.body.append(
        f'<span class="ed-milestone" id="{escape(node["fragment"])}" data-editorial role="note" aria-label="{title}" '
        f'title="{title}">{escape(node["label"])}</span>'
    )
    raise nodes.SkipNode


def visit_gap(self: Any, node: Element) -> None:
    """Write the blank lines between paragraphs."""
    self.body.append(characters(ed.characters(node)))
    raise nodes.SkipNode


def visit_run(self: Any, node: Element) -> None:
    """Write a run: one link to its innermost note."""
    found = _edition(self).annotations
    cover = [found[identifier] for identifier in node["cover"]]
    inner = cover[0]
    for identifier in node["first"]:
        self.body.append(f'<span class="ed-at" id="{identifier}-t" data-editorial></span>')
    layers = " ".join(sorted({annotation.layer.letter for annotation in cover}))
    classes = f"r {layers} {' '.join(annotation.id for annotation in cover)}"
    link = f'href="#{inner.id}-n" role="doc-noteref" draggable="false"'
    if node["place"]:
        about = _("{id}, at this place").format(id=inner.id)
        self.body.append(f'<a class="{classes} z" {link} data-editorial aria-label="{about}">{CARET}</a>')
        raise nodes.SkipNode
    body = "".join(_piece(child) for child in node.children)
    printed, emended = _views(node)
    gone = not emended
    # A link needs a name in either view, or to be gone from the one.
    if not _has_letters(printed) or not (gone or _has_letters(emended)):
        self.body.append(f'<span class="{classes}">{body}</span>')
    else:
        tab = "" if inner.id in node["first"] else ' tabindex="-1"'
        away = " gone" if gone else ""
        self.body.append(f'<a class="{classes}{away}" {link}{tab}><span class="s">{body}</span></a>')
        self.body.append(_DELETED if gone else "")
    raise nodes.SkipNode


#: Where words are taken out, the emended view has a mark.
_DELETED = '<span class="d" data-editorial></span>'


def _views(run: Element) -> tuple[str, str]:
    """The characters of a run as printed, and emended."""
    return (
        "".join(ed.characters(child) for child in run.children if not isinstance(child, ed.ed_new)),
        "".join(ed.characters(child) for child in run.children if not isinstance(child, ed.ed_old)),
    )


def _has_letters(string: str) -> bool:
    return any(character.isalnum() for character in string)


def _piece(child: nodes.Node) -> str:
    written = characters(ed.characters(child))
    if isinstance(child, ed.ed_old):
        if child["deletion"]:
            return f'<span class="o">{written}</span>{_DELETED}'
        return f'<span class="o">{written}</span>'
    if isinstance(child, ed.ed_new):
        mark = '<span class="a" data-editorial></span>' if child["insertion"] else ""
        return f'{mark}<span class="i" data-editorial>{written}</span>'
    return written


def visit_text_piece(self: Any, node: Element) -> None:
    """Write an edit outside a run (an insertion at the edge of its lemma)."""
    self.body.append(_piece(node))
    raise nodes.SkipNode


def visit_apparatus(self: Any, node: Element) -> None:
    """Open the apparatus of a paragraph."""
    if not node.children and not node["continued"]:
        raise nodes.SkipNode
    anchor = f"{node['siglum']}-p{node['number']}"
    run_in = " run-in" if _is_crowded(node) else ""
    about = escape(_("Notes on paragraph {number}").format(number=node["number"]))
    ours = editorial(_edition(self).texts[node["siglum"]], self.config.language or "en")
    self.body.append(
        f'<aside class="ed-app{run_in}" data-editorial{ours} aria-label="{about}">'
        f'<details class="ed-shut" name="ed-note"><summary>{_("closed")}</summary>'
        f'<span id="{anchor}-shut"></span></details>'
    )
    for identifier in node["continued"]:
        self.body.append(
            f'<a class="ed-continued" href="#{identifier}-n">{_("{id} continued").format(id=identifier)}</a> '
        )


def _is_crowded(node: Element) -> bool:
    """Whether the entries, a line each, would be longer than their paragraph."""
    paragraph = next(iter(node.parent.findall(ed.ed_paragraph)))
    lines = len(ed.verbatim(paragraph)) / LINE + 1
    return len(node.children) + len(node["continued"]) > lines * 1.3


def depart_apparatus(self: Any, node: Element) -> None:
    """Close the apparatus."""
    self.body.append("</aside>")


def visit_annotation(self: Any, node: Element) -> None:
    """Open an entry and its note."""
    edition = _edition(self)
    annotation = edition.annotations[node["annotation"]]
    shut = f"{annotation.siglum}-p{node.parent['number']}-shut"
    theirs = attributes(edition.texts[annotation.siglum], self.config.language or "en")
    layer = _(annotation.layer.name.capitalize())
    self.body.append(
        f'<details class="en {annotation.layer.letter} k-{annotation.kind}" name="ed-note" '
        f'id="{annotation.id}-e">'
        f"<summary>{summary(annotation, edition.entry(annotation.id), theirs)}</summary>"
        f'<div class="ed-card" id="{annotation.id}" role="note" '
        f'aria-label="{layer} {annotation.id}">'
        f'<span class="ed-ph" id="{annotation.id}-n"></span>'
        f"{card_head(annotation, theirs)}"
        f'<a class="ed-x" href="#{shut}" aria-label="{_("Close {id}").format(id=annotation.id)}">×</a>'
    )
    node["begins"] = len(self.body)


def depart_annotation(self: Any, node: Element) -> None:
    """Close a note: the way back, the others on the same words, the permanent address."""
    identifier = node["annotation"]
    # Rendered once: the annotation's own page has the same note.
    keep(self.builder, identifier, "".join(self.body[node["begins"] :]))
    others = [f'<a href="#{other}-n">{other}</a>' for other in _edition(self).overlaps(identifier)]
    on_words = f'<span class="ed-others">{_("on these words:")} {" · ".join(others)}</span>' if others else ""
    self.body.append(
        f'<p class="ed-ft"><a href="#{identifier}-t">↩ {_("to the text")}</a>{on_words}'
        f'<span class="ed-links"><a class="ed-permalink" href="#{identifier}" '
        f'aria-label="{_("Permanent link to {id} in its text").format(id=identifier)}">¶ {identifier}</a>'
        f"{_cite_link(self, identifier)}</span>"
        "</p></div></details> "
    )


def _cite_link(self: Any, identifier: str) -> str:
    """A link to the annotation's own page, and what reference managers read of it."""
    if not output_of(self.builder).own_pages or not self.config.apparatus_pages:
        return ""
    uri = self.builder.get_relative_uri(self.builder.current_docname, f"{CORRECTIONS}/{identifier}")
    return f' <a class="ed-cite" href="{escape(uri)}">{_("cite {id}").format(id=identifier)}</a>'


def card_head(annotation: Annotation, attributes: str = "") -> str:
    """The head of a note: id, layer, kind, certainty, evidence; lemma and reading.

    ``attributes`` are language and direction of the text's words, where the page is in another.
    """
    words = characters(" ".join(annotation.lemma.split()))
    lemma = f'<p class="ed-lm"{attributes}>{words}</p>' if annotation.lemma else ""
    reading = ""
    if annotation.reading is not None:
        label = _("recte") if annotation.layer.corrects else _("readings") if annotation.layer.varies else _("read")
        words = characters(annotation.reading) or f"<i>{_('nothing (delete)')}</i>"
        given = attributes if annotation.reading and not annotation.layer.corrects else ""
        reading = f'<p class="ed-rd"><span class="ed-label">{label}</span> <span class="rdg"{given}>{words}</span></p>'
    said = judged(annotation).replace(", ", " · ")
    stated = f'<span class="ed-ct">{said}</span>' if said else ""
    return (
        f'<p class="ed-hd"><b>{annotation.id}</b> {_(annotation.layer.name.capitalize())}, {_(annotation.kind)}'
        f"{stated}</p>{lemma}{reading}"
    )


def summary(annotation: Annotation, shown: Entry, attributes: str = "") -> str:
    """An apparatus entry in HTML; ``attributes`` are language and direction of the text's words."""
    parts = []
    for part in shown.parts:
        lemma = f'<span class="lem"{attributes}>{characters(part.lemma)}</span>'
        if part.reading is None:
            parts.append(f'{lemma} <i class="kind">{_(annotation.kind)}</i>')
            continue
        recte = f'<i class="kind">{_("recte")}</i> ' if annotation.layer.corrects else ""
        words = characters(part.reading) or f"<i>{_('delete')}</i>"
        given = attributes if part.reading and not annotation.layer.corrects else ""
        parts.append(f'{lemma}<span class="br">]</span> {recte}<span class="rdg"{given}>{words}</span>')
    # A semicolon would read as part of a reading.
    return " · ".join(parts)


def visit_relations(self: Any, node: Element) -> None:
    """Open what a note stands beside."""
    self.body.append('<div class="ed-relations">')


def depart_relations(self: Any, node: Element) -> None:
    """Close it."""
    self.body.append("</div>")


def visit_wording(self: Any, node: Element) -> None:
    """Open the words of a source."""
    self.body.append('<div class="ed-wording"><span class="ed-label">' + _("its source has") + "</span>")


def visit_foreign(self: Any, node: Element) -> None:
    """Open words in another script."""
    direction = f' dir="{node["dir"]}"' if node.get("dir") == "rtl" else ""
    self.body.append(f'<span lang="{node["lang"]}"{direction}>')


def depart_foreign(self: Any, node: Element) -> None:
    """Close them."""
    self.body.append("</span>")


VISITORS: dict[type[Element], tuple[Any, Any]] = {
    ed.ed_text: (visit_text, depart_text),
    ed.ed_row: (visit_row, depart_row),
    ed.ed_paragraph: (visit_paragraph, None),
    ed.ed_gap: (visit_gap, None),
    ed.ed_milestone: (visit_milestone, None),
    ed.ed_run: (visit_run, None),
    ed.ed_old: (visit_text_piece, None),
    ed.ed_new: (visit_text_piece, None),
    ed.ed_apparatus: (visit_apparatus, depart_apparatus),
    ed.ed_annotation: (visit_annotation, depart_annotation),
    ed.ed_relations: (visit_relations, depart_relations),
    ed.ed_wording: (visit_wording, depart_relations),
    ed.ed_foreign: (visit_foreign, depart_foreign),
}
