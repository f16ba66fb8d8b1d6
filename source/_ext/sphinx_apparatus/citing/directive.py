"""``ed:citation``: on a page, how the edition as a whole is cited."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import only
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.addresses import PASSAGES
from sphinx_apparatus.citing import items, styles
from sphinx_apparatus.citing.edition import edition

_EXPORTS = {"bib": "BibTeX", "ris": "RIS", "json": "CSL-JSON"}


class CitationDirective(SphinxDirective):
    """A definition list: each style and the citation in it.

    With ``:texts:``, a list of sigla, there are links to the pages of these texts instead;
    with ``:book:``, words for it, a link to the PDF, if one was built.
    """

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {
        "texts": directives.unchanged_required,
        "book": directives.unchanged_required,
    }

    def run(self) -> list[nodes.Node]:
        """Format the edition's citation in each style, or link the texts' pages."""
        up = "../" * self.env.docname.count("/")
        if "book" in self.options:
            places = Path(self.env.srcdir, self.config.apparatus_places)
            self.env.note_dependency(str(places))
            if not self.config.apparatus_places or not places.is_file():
                return []
            return [_online("", {self.options["book"]: f"{up}{self.config.apparatus_pdf}"})]
        if "texts" in self.options:
            targets = {siglum: f"{up}{PASSAGES}/{siglum}.html" for siglum in self.options["texts"].split()}
            return [_online("Texts: ", targets)]
        item = items.edition_item(edition(self.config))
        rows = nodes.definition_list()
        for style in styles.STYLES:
            said = nodes.paragraph("", "", *_inline(styles.cite(item, style.name)), classes=["ed-copy"])
            rows += nodes.definition_list_item(
                "", nodes.term("", style.title), nodes.definition("", said), support_smartquotes=False
            )
        exports = {name: f"{up}citations/edition.{ending}" for ending, name in _EXPORTS.items()}
        return [rows, _online("Download: ", exports)]


def _online(label: str, targets: dict[str, str]) -> nodes.Node:
    """Links to files beside the HTML; no other output has them."""
    paragraph = nodes.paragraph("", label)
    for number, (name, uri) in enumerate(targets.items()):
        if number:
            paragraph += nodes.Text(" · ")
        paragraph += nodes.reference("", name, refuri=uri)
    holder = only(expr="html")
    holder += paragraph
    return holder


def _inline(html: str) -> list[nodes.Node]:
    """The ``<i>`` of a citation as emphasis; citeproc-py writes no other element here."""
    made: list[nodes.Node] = []
    for number, piece in enumerate(html.replace("</i>", "<i>").split("<i>")):
        text = unescape(piece)
        if text:
            made.append(nodes.emphasis("", text) if number % 2 else nodes.Text(text))
    return made
