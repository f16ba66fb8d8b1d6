"""``ed:specimen``: some lines of a text as its reading page shows them, one note open, on another page.

It is set by the same code as the reading page, and for pages only: elsewhere nothing is shown.
Its note is shut by a link to a mark before it (``:target``), and by the script with a key.
"""

from __future__ import annotations

import re
from html import escape
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from markupsafe import Markup
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.margin import margin
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.outputs.html.controls import controls
from sphinx_apparatus.outputs.html.entries import card, margin_lines
from sphinx_apparatus.outputs.html.lines import paragraph_html
from sphinx_apparatus.outputs.languages import attributes
from sphinx_apparatus.sphinx_ext import layout
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import builder_of, domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import language_of
from sphinx_apparatus.sphinx_ext.warnings import warn

_ARGUMENT = re.compile(r"(?P<siglum>[A-Za-z]+) (?P<first>\d{1,9})\s*[-–]\s*(?P<last>\d{1,9})")
_ID = re.compile(r' id="[^"]*"')
_INNER = re.compile(r'href="#([^"]+?)(?:-n|-x)?"')
_WAYS = re.compile(r'(<span class="ed-nav">).*?<a class="ed-x" href="[^"]*"(?= aria-label=)')
_LINE = re.compile(r'(?=<span class="l[ "])')

#: Where the numbers of a labelled specimen stand, in order: at the group.  What is not there leaves its number out.
_PARTS = (
    r'<div class="ed-ctl"[^>]*>()',
    r'<a class="ed-pn"[^>]*>()',
    r'<span class="l [^"]*\bfive\b[^>]*>()',
    r'<span class="(?:[^"]* )?o[ "][^>]*>()',
    r'<span class="(?:[^"]* )?a[ "][^>]*>()',
    r'<span class="(?:[^"]* )?c[ "][^>]*>()',
    r'<li [^>]*>(?:<span class="ph"[^>]*></span>)?()<a class="en [^>]*>(?:(?!</li>).)*class="ed-card ed-open ',
    r'class="ed-card ed-open [^>]*>()',
    r'<span class="ed-links">()',
)
_LABEL = '<b class="ed-no" data-no="{}"></b>'

#: Before an open note, the mark to which the link leads that shuts it; that link, which is all of the note's ways.
_MARK = '<span class="ph"{}></span><div class="ed-card ed-open '
_OUT = '<a class="ed-x"{} aria-label='


class SpecimenDirective(SphinxDirective):
    """``ed:specimen`` with ``K 17-28`` and ``:open: K25``; ``:labelled:`` has the controls, and numbers its parts."""

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Any]] = {
        "open": directives.unchanged_required,
        "labelled": directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        """Leave the place, and note that this page shows data of others."""
        found = _ARGUMENT.fullmatch(self.arguments[0].strip())
        if found is None:
            message = f"{self.arguments[0]!r} names no lines; a specimen is asked for as: K 17-28"
            warn(Code.OPTION, message, self.get_location())
            return []
        node = ed.ed_specimen(
            siglum=found["siglum"],
            first=int(found["first"]),
            last=int(found["last"]),
            open=self.options.get("open", ""),
            labelled="labelled" in self.options,
        )
        self.set_source_info(node)
        domain_of(self.env).page(self.env.current_document.docname).lists.add("specimen")
        return [node]


class Specimens(SphinxPostTransform):
    """Keep a specimen where it can be shown and is of what is there."""

    def run(self, **kwargs: Any) -> None:
        """Remove the others; one of a text, lines or a note that are not there is warned of."""
        for node in list(self.document.findall(ed.ed_specimen)):
            wrong = _wrong(edition_of(self.env), node)
            if wrong:
                warn(Code.OPTION, wrong, node)
            if wrong or not output_of(builder_of(self.env)).own_pages:
                node.parent.remove(node)


def _wrong(edition: Edition, node: ed.ed_specimen) -> str:
    siglum, first, last, identifier = node["siglum"], node["first"], node["last"], node["open"]
    if siglum not in edition.texts:
        return f"ed:specimen: there is no text {siglum}; the texts are {', '.join(edition.texts)}"
    lines = edition.lines_of(siglum)
    if not 1 <= first <= last <= len(lines) or lines.paragraph(first) != lines.paragraph(last):
        return f"ed:specimen: lines {first} to {last} of {siglum} are not lines of one paragraph; it has {len(lines)}"
    if identifier and identifier not in edition.annotations:
        return f"ed:specimen: there is no annotation {identifier}"
    return ""


def visit(self: Any, node: ed.ed_specimen) -> None:
    """Write the lines, their margin and the note; every link leads to the reading page."""
    edition = edition_of(self.builder.env)
    record = edition.texts[node["siglum"]]
    uri = self.builder.get_relative_uri(self.builder.current_docname, record.docname)
    html = _INNER.sub(
        lambda match: f'href="{escape(uri)}#{match[1]}"',
        _ID.sub("", _specimen(edition, node, attributes(record, language_of(self.config)))),
    )
    shut = f"ed-shut-{list(self.document.findall(ed.ed_specimen)).index(node) + 1}"
    html = html.replace(_MARK.format(""), _MARK.format(f' id="{shut}"'))
    html = html.replace(_OUT.format(""), _OUT.format(f' href="#{shut}"'))
    if node.get("labelled"):
        html = _labelled(edition, html)
    self.body.append(html)
    raise nodes.SkipNode


def _specimen(edition: Edition, node: ed.ed_specimen, theirs: str) -> str:
    siglum, first, last, identifier = node["siglum"], node["first"], node["last"], node["open"]
    record, lines = edition.texts[siglum], edition.lines_of(siglum)
    passage = Passage(siglum, lines.paragraph(first))
    entered = margin(edition, passage)
    written = _LINE.split(paragraph_html(edition, siglum, _paragraph(edition, passage), entered))[1:]
    own = lines.of_paragraph(passage.paragraph or 1)
    words = "".join(written[first - own[0] : last - own[0] + 1])
    notes = {}
    if identifier:
        words = re.sub(rf'class="([^"]*\b{identifier}\b[^"]*)"', r'class="\1 hi"', words)
        body = f"<p>{escape(edition.words(identifier), quote=False)}</p>"
        note = _WAYS.sub(r'\1<a class="ed-x"', card(edition, edition.annotations[identifier], body, "", theirs))
        notes[identifier] = note.replace('class="ed-card ', 'class="ed-card ed-open ')
    shown = [line for line in entered if first <= line.number <= last]
    items = margin_lines(edition, passage, shown, notes, first, theirs=theirs)
    if identifier:  # by keys one is past the other entries in one step
        items = re.sub(rf'(<a class="en [^"]*" href="#(?!{identifier}-n")[^"]*")>', r'\1 tabindex="-1">', items)
    return (
        f'<div class="edition ed-spec"><div class="ed-row s{last - first + 1}">'
        f'<a class="ed-pn" href="#{passage.anchor}" data-n="{passage.paragraph}" aria-label="{passage}"></a>'
        f'<p class="ed-tx" lang="{escape(record.language)}" dir="{record.direction}" translate="no">{words}</p>'
        f'<div class="ed-ap"><ol class="ed-app" role="list">{items}</ol></div></div></div>\n'
    )


def _labelled(edition: Edition, html: str) -> str:
    """The specimen with its controls, which the style sheet obeys here as there, and the numbers of its parts."""
    html = html.replace('ed-spec">', f'ed-spec ed-labelled">{controls((), edition.taxonomy, Markup(""))}', 1)
    for number, part in enumerate(_PARTS, 1):
        found = re.search(part, html, re.DOTALL)
        if found:
            html = f"{html[: found.start(1)]}{_LABEL.format(number)}{html[found.start(1) :]}"
    return html


def _paragraph(edition: Edition, passage: Passage) -> ed.ed_paragraph:
    own = edition.of_text(passage.siglum)
    rows = layout.build(edition.texts[passage.siglum], own, {a.id: ed.ed_annotation(annotation=a.id) for a in own})
    return next(
        paragraph
        for row in rows
        for paragraph in row.findall(ed.ed_paragraph)
        if paragraph["number"] == passage.paragraph
    )


class Late(NamedTuple):
    """What the domain takes from a module that is loaded late."""

    directive: type[SphinxDirective]


LIST = Late(SpecimenDirective)
