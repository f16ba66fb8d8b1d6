"""HTML visitors: a text beside its apparatus.

The mark-up keeps three promises.  The text's element, less everything inside
``[data-editorial]``, has the text as its ``textContent``, and nothing editorial stands among
its words.  Everything works without JavaScript: an entry of the margin is a link to its note, a
view a radio button.  And no page carries a style or script of ours in itself.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from html import escape
from itertools import pairwise
from typing import Any

from docutils import nodes
from docutils.nodes import Element
from markupsafe import Markup

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.margin import MarginLine, margin
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage, fragment
from sphinx_apparatus.model.scheme import units
from sphinx_apparatus.model.structure import Verse
from sphinx_apparatus.outputs.addresses import offprint, to_file
from sphinx_apparatus.outputs.citations.witnesses import path_of, shown_witnesses
from sphinx_apparatus.outputs.html import specimen
from sphinx_apparatus.outputs.html.controls import controls, key
from sphinx_apparatus.outputs.html.entries import brief, card, margin_html
from sphinx_apparatus.outputs.html.help import help_link
from sphinx_apparatus.outputs.html.lines import STEP, characters, paragraph_html
from sphinx_apparatus.outputs.html.notes import keep, slim
from sphinx_apparatus.outputs.html.paging import LIST, TURN, mark
from sphinx_apparatus.outputs.languages import attributes, editorial
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _, language_of


def _edition(self: Any) -> Edition:
    return edition_of(self.builder.env)


_LINK = Markup('<a href="{}">{}</a>')
_WITNESSES = Markup('<details class="ed-kinds"><summary>{title}{named}</summary><div>{sigla}</div></details>')


def _tools(self: Any, siglum: str, named: str = "") -> Markup:
    """Where else the text is: its page for citing and its data, the PDF; ``named`` tells its links from others'."""
    if not output_of(self.builder).own_pages:
        return Markup("")
    links = []
    here = self.builder.current_docname
    if self.config.apparatus_pages:
        own = self.builder.get_relative_uri(here, f"{PASSAGES}/{siglum}")
        links.append(_LINK.format(own, f"{_('Cite')}{named}"))
        if self.config.apparatus_data:
            links.append(_LINK.format(f"{own}#data", f"{_('Data')}{named}"))
    place = _edition(self).places.get(siglum)
    if place and self.config.apparatus_pdf:
        href = to_file(self.builder, here, place.address(self.config.apparatus_pdf))
        links.append(_LINK.format(href, f"{_('PDF, p. {page}').format(page=place.page)}{named}"))
        own = offprint(_edition(self), siglum, self.config)
        if own:
            links.append(_LINK.format(to_file(self.builder, here, own), f"{_('Offprint')}{named}"))
    theirs = shown_witnesses(_edition(self), siglum) if self.config.apparatus_pages else []
    if theirs:
        sigla = (_LINK.format(self.builder.get_relative_uri(here, path_of(one)), one.siglum) for one in theirs)
        links.append(_WITNESSES.format(title=_("witnesses"), named=named, sigla=Markup(" ").join(sigla)))
    return Markup(" ").join(links)


def _open(self: Any, sigla: Sequence[str]) -> None:
    """Open the edition of a text, or of a text and its translation: controls, and the key to the marks."""
    edition = _edition(self)
    own = [annotation for siglum in sigla for annotation in edition.of_text(siglum)]
    taxonomy = edition.taxonomy
    tools = [_tools(self, one, f" ({one})" if len(sigla) > 1 else "") for one in sigla]
    tools.append(help_link(self.builder, self.builder.current_docname))
    above = f"{controls(own, taxonomy, Markup(' ').join(tools))}{key(own, taxonomy)}"
    marks = (mark(0), LIST) if _pages(self, sigla[0]) else ("", "")
    self.body.append(f'{marks[0]}<div class="edition">{above}{marks[1]}')


def _pages(self: Any, siglum: str) -> tuple[int, ...]:
    """The paragraphs with which further pages of a text begin."""
    return _edition(self).texts[siglum].pages if output_of(self.builder).own_pages else ()


def _close(self: Any, siglum: str) -> None:
    """Close the edition of a text."""
    self.body.append(f"{TURN}</div>{mark(1)}\n" if _pages(self, siglum) else "</div>\n")


def visit_facing(self: Any, node: Element) -> None:
    """Open a text and its translation: one edition, whose views and marks are those of both."""
    _open(self, [text["siglum"] for text in node.findall(ed.ed_text)])
    self.body.append(f'<div class="ed-facing s{2 * len(node["bands"])}">')


def visit_text(self: Any, node: Element) -> None:
    """Open the edition: controls, then the text."""
    siglum = node["siglum"]
    edition = _edition(self)
    if not isinstance(node.parent, ed.ed_facing):
        _open(self, [siglum])
    short = escape(self.config.apparatus_short)
    text, starts = edition.texts[siglum].text, edition.lines_of(siglum).starts
    pages = _pages(self, siglum)
    begins = [0, *(text.paragraph(one).start if one <= len(text.paragraphs) else len(text.string) for one in pages)]
    for number, (begin, end) in enumerate(pairwise((*begins, len(text.string) + 1)), 1):
        # The lines of the page, counted from its first character, and how many are before it.
        before, behind = bisect_left(starts, begin), bisect_left(starts, end)
        lines = " ".join(str(start - begin) for start in starts[before:behind])
        counted = f' data-first="{before}"' if before else ""
        self.body.append(
            f'{mark(number) if pages else ""}<div class="ed-text ed-by-{node["structure"]}" id="{siglum}" '
            f'lang="{escape(node["lang"])}" dir="{node["dir"]}" translate="no" data-short="{short}" '
            f'data-lines="{lines}"{counted}>'
        )
    self.body.append(mark(1) if pages else "")


def depart_text(self: Any, node: Element) -> None:
    """Close the edition."""
    self.body.append(f"{mark(0) if _pages(self, node['siglum']) else ''}</div>")
    if not isinstance(node.parent, ed.ed_facing):
        _close(self, node["siglum"])


def depart_facing(self: Any, node: Element) -> None:
    """Close it."""
    self.body.append("</div>")
    _close(self, next(node.findall(ed.ed_text))["siglum"])


def visit_row(self: Any, node: Element) -> None:
    """Open a row: paragraph number, paragraph, margin.

    Its element is one of our own, which says nothing (HTML, 4.13): of a ``div`` with less than 25 characters readers
    of articles (readability, and trafilatura with it) leave nothing, and so lose headings, signatures, short verses.
    """
    anchor = f"{node['siglum']}-p{node['number']}"
    count = 1
    if _edition(self).texts[node["siglum"]].text.paragraphs:
        count = len(_edition(self).lines_of(node["siglum"]).of_paragraph(node["number"]))
    verse: Verse | None = node.get("verse")
    shown, label, classes = node["number"], _("Paragraph {number} of text {siglum}"), ""
    if verse is not None:
        shown, label = verse.number or "", _("Verse {number} of text {siglum}")
        fifth = verse.number % STEP == 0 and not verse.joined
        classes = f" ed-{verse.role}{' ed-opens' if verse.first else ''}{' ed-fifth' if fifth else ''}"
        label = label if verse.number else _("A line of text {siglum}")
    label = escape(label.format(number=shown, siglum=node["siglum"]))
    record = _edition(self).texts[node["siglum"]]
    own = ""
    if record.reference and record.text.paragraphs:
        said = record.label(record.text.paragraph(node["number"]).start)
        own = f' data-c="{escape(said)}"' if said else ""
        if said and {"verse", "paragraph"} & set(units(record.reference)):
            own += f' id="{node["siglum"]}-{fragment(said)}"'
    if isinstance(node.parent, ed.ed_text):
        pages = _pages(self, node["siglum"])
        self.body += [mark(at) for at, first in enumerate(pages, 2) if first == node["number"]]
    if "opens" in node:
        self.body.append(f'<div class="ed-band r{2 * node["opens"] - 1}">')
    self.body.append(
        f'<ed-row class="ed-row s{count}{classes}" id="{anchor}"><a class="ed-pn" href="#{anchor}" data-editorial '
        f'data-n="{shown}"{own} aria-label="{label}"></a>'
    )


def depart_row(self: Any, node: Element) -> None:
    """Close a row, behind what connects a paragraph of prose with others, and the passage that ends with it."""
    if "verse" not in node:
        from sphinx_apparatus.outputs.html.connections import box

        ours = editorial(_edition(self).texts[node["siglum"]], language_of(self.config))
        self.body.append(box(self, Passage(node["siglum"], node["number"]), ours))
    self.body.append("</ed-row></div>" if "closes" in node else "</ed-row>")


def visit_paragraph(self: Any, node: Element) -> None:
    """Write a paragraph of the text in its lines."""
    role = ' role="heading" aria-level="3"' if node["heading"] else ""
    written = paragraph_html(_edition(self), node["siglum"], node, _margin(self, node.parent))
    self.body.append(f'<p class="ed-tx"{role}>{written}</p>')
    raise nodes.SkipNode


def _margin(self: Any, row: Element) -> list[MarginLine]:
    """The margin of a row, made once."""
    made: list[MarginLine] | None = row.get("margin")
    if made is None:
        edition = _edition(self)
        made = []
        if edition.texts[row["siglum"]].text.paragraphs:
            continued = [one for apparatus in row.findall(ed.ed_apparatus) for one in apparatus["continued"]]
            made = margin(edition, Passage(row["siglum"], row["number"]), continued)
        row["margin"] = made
    return made


def visit_gap(self: Any, node: Element) -> None:
    """Write the blank lines between paragraphs."""
    self.body.append(characters(ed.characters(node)))
    raise nodes.SkipNode


def visit_apparatus(self: Any, node: Element) -> None:
    """Write the margin of a paragraph: its lines, and in each the notes that are entered there first."""
    lines = _margin(self, node.parent)
    if not lines:
        raise nodes.SkipNode
    edition = _edition(self)
    notes = {}
    for note in node.findall(ed.ed_annotation):
        at = len(self.body)
        note.walkabout(self)
        notes[note["annotation"]] = "".join(self.body[at:])
        del self.body[at:]
    passage = Passage(node["siglum"], node["number"])
    label = escape(_("Notes on paragraph {number}").format(number=node["number"]))
    language = language_of(self.config)
    record = edition.texts[node["siglum"]]
    self.body.append(
        margin_html(
            edition, passage, lines, notes, label, ours=editorial(record, language), theirs=attributes(record, language)
        )
    )
    raise nodes.SkipNode


def visit_annotation(self: Any, node: Element) -> None:
    """Begin a note."""
    node["begins"] = len(self.body)


def depart_annotation(self: Any, node: Element) -> None:
    """End a note, which is rendered once: the annotation's own page has the same."""
    identifier = node["annotation"]
    body = "".join(self.body[node["begins"] :])
    del self.body[node["begins"] :]
    keep(self.builder, identifier, body)
    edition = _edition(self)
    annotation = edition.annotations[identifier]
    theirs = attributes(edition.texts[annotation.siglum], language_of(self.config))
    body = slim(body)
    if output_of(self.builder).own_pages:
        from sphinx_apparatus.outputs.html.related import remember

        remember(self.builder, edition, identifier, brief(edition, annotation, body, theirs))
    self.body.append(card(edition, annotation, body, _cite_link(self, identifier), theirs))


def _cite_link(self: Any, identifier: str) -> str:
    """A link to the annotation's own page, or nothing where it has none."""
    if not output_of(self.builder).own_pages or not self.config.apparatus_pages:
        return ""
    uri = self.builder.get_relative_uri(self.builder.current_docname, f"{CORRECTIONS}/{identifier}")
    return f' <a class="ed-cite" href="{escape(uri)}">{_("cite")}</a>'


def visit_none(self: Any, node: Element) -> None:
    """Write nothing: a paragraph writes its runs itself."""
    raise nodes.SkipNode


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


def visit_witness(self: Any, node: Element) -> None:
    """Write the siglum of a witness, which leads to the text as it has it."""
    edition = _edition(self)
    own = {one.siglum: one for one in shown_witnesses(edition, node["siglum"]) if node["siglum"] in edition.texts}
    if node["witness"] in own and self.config.apparatus_pages and output_of(self.builder).own_pages:
        uri = self.builder.get_relative_uri(self.builder.current_docname, path_of(own[node["witness"]]))
        self.body.append(_LINK.format(uri, node["witness"]))
    else:
        self.body.append(escape(node["witness"]))
    raise nodes.SkipNode


VISITORS: dict[type[Element], tuple[Any, Any]] = {
    ed.ed_specimen: (specimen.visit, None),
    ed.ed_facing: (visit_facing, depart_facing),
    ed.ed_text: (visit_text, depart_text),
    ed.ed_row: (visit_row, depart_row),
    ed.ed_paragraph: (visit_paragraph, None),
    ed.ed_gap: (visit_gap, None),
    ed.ed_milestone: (visit_none, None),
    ed.ed_witness: (visit_witness, None),
    ed.ed_run: (visit_none, None),
    ed.ed_old: (visit_none, None),
    ed.ed_new: (visit_none, None),
    ed.ed_apparatus: (visit_apparatus, None),
    ed.ed_annotation: (visit_annotation, depart_annotation),
    ed.ed_relations: (visit_relations, depart_relations),
    ed.ed_wording: (visit_wording, depart_relations),
    ed.ed_foreign: (visit_foreign, depart_foreign),
}
