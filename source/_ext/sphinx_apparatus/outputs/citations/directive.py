"""``ed:citation``: on a page, how the edition as a whole is cited."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.bibliography import csl, items
from sphinx_apparatus.bibliography.formats import NAMES
from sphinx_apparatus.model.reference import PASSAGES
from sphinx_apparatus.outputs.citations.online import ed_online
from sphinx_apparatus.sphinx_ext.imprint import imprint
from sphinx_apparatus.sphinx_ext.locale import _


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
        if "book" in self.options:
            places = Path(self.env.srcdir, self.config.apparatus_places)
            self.env.note_dependency(str(places))
            if not self.config.apparatus_places or not places.is_file():
                return []
            return [ed_online(label="", targets=[(self.options["book"], self.config.apparatus_pdf)])]
        if "texts" in self.options:
            targets = [(siglum, f"{PASSAGES}/{siglum}") for siglum in self.options["texts"].split()]
            return [ed_online(label=_("Texts:") + " ", targets=targets)]
        item = items.edition_item(imprint(self.config))
        rows = nodes.definition_list()
        for style in csl.styles(self.config.apparatus_styles):
            said = nodes.paragraph("", "", *_inline(csl.cite(item, style.name)), classes=["ed-copy"])
            rows += nodes.definition_list_item(
                "", nodes.term("", style.title), nodes.definition("", said), support_smartquotes=False
            )
        exports = [(name, f"citations/edition.{ending}") for ending, name in NAMES.items()]
        return [rows, ed_online(label=_("Download:") + " ", targets=exports)]


def _inline(html: str) -> list[nodes.Node]:
    """The ``<i>`` of a citation as emphasis; citeproc-py writes no other element here."""
    made: list[nodes.Node] = []
    for number, piece in enumerate(html.replace("</i>", "<i>").split("<i>")):
        text = unescape(piece)
        if text:
            made.append(nodes.emphasis("", text) if number % 2 else nodes.Text(text))
    return made


class Late(NamedTuple):
    """What the domain takes from a module that is loaded late."""

    directive: type[SphinxDirective]


LIST = Late(CitationDirective)
