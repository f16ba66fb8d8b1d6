"""The plain form: for builders that do not show an edition themselves, paragraphs and footnotes.

Every builder of Sphinx knows these, so nothing is lost in any.
"""

from __future__ import annotations

from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of


class Footnotes(SphinxPostTransform):
    """For builders without visitors of ours: the text as paragraphs, its notes as footnotes.

    Every Sphinx builder knows paragraphs and footnotes, so nothing is lost in any.
    """

    default_priority = 800

    def is_supported(self) -> bool:
        """Whether the output neither shows the edition itself nor asks it for its messages."""
        output = output_of(self.app.builder)
        return not output.beside and not output.messages

    def run(self, **kwargs: Any) -> None:
        """Replace each text."""
        edition = edition_of(self.env)
        for text in list(self.document.findall(ed.ed_text)):
            text.replace_self(self._plain(text, edition))
        for foreign in list(self.document.findall(ed.ed_foreign)):
            foreign.replace_self(nodes.inline("", foreign.astext(), classes=[f"lang-{foreign['lang']}"]))

    def _plain(self, text: ed.ed_text, edition: Edition) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        notes: list[nodes.Node] = []
        for row in text.findall(ed.ed_row):
            paragraph = nodes.paragraph("", "", support_smartquotes=False)
            anchors = [f"{row['siglum']}-p{row['number']}"]
            paragraph["ids"] = anchors if row["number"] > 1 else [row["siglum"], *anchors]
            source = next(iter(row.findall(ed.ed_paragraph)))
            for child in source.children:
                self._copy(child, paragraph)
            made.append(paragraph)
            for note in row.findall(ed.ed_annotation):
                notes.append(self._footnote(note, edition))
        return [*made, *notes]

    def _copy(self, child: nodes.Node, paragraph: nodes.paragraph) -> None:
        if isinstance(child, nodes.Text):
            paragraph += nodes.Text(_plain_characters(child))
            return
        if not isinstance(child, ed.ed_run):
            return
        paragraph += nodes.Text(ed_text_of(child))
        for identifier in child["last"]:
            reference = nodes.footnote_reference(
                "", identifier, refid=identifier, docname=self.env.current_document.docname
            )
            reference["ids"] = [f"{identifier}-t"]
            paragraph += reference

    def _footnote(self, note: ed.ed_annotation, edition: Edition) -> nodes.footnote:
        annotation = edition.annotations[note["annotation"]]
        footnote = nodes.footnote(ids=[annotation.id], docname=annotation.docname, names=[annotation.id])
        footnote["backrefs"] = [f"{annotation.id}-t"]
        footnote += nodes.label("", annotation.id)
        footnote += nodes.paragraph("", "", *head(annotation, edition.reading(annotation.id)))
        for child in note.children:
            if isinstance(child, (ed.ed_relations, ed.ed_wording)):
                footnote.extend(child.children)
            else:
                footnote += child
        return footnote


def _plain_characters(node: nodes.Node) -> str:
    """The characters below a node; U+0000, which docutils would drop, as the symbol for it."""
    return ed.characters(node).replace("\0", "\u2400")


def ed_text_of(node: nodes.Element) -> str:
    """The text's own characters below a run."""
    return "".join(_plain_characters(child) for child in node.children if not isinstance(child, ed.ed_new))


def head(annotation: Annotation, reading: str | None) -> list[nodes.Node]:
    """Lemma, reading, layer, kind and certainty on one line, for plain outputs."""
    made: list[nodes.Node] = [nodes.emphasis("", annotation.lemma or "‸", support_smartquotes=False)]
    if reading is not None:
        sign = f"{annotation.layer.sign} "
        made += [nodes.Text(sign), nodes.strong("", reading or "(delete)", support_smartquotes=False)]
    made.append(
        nodes.Text(
            f". {annotation.layer.name.capitalize()}, {annotation.kind}; certainty {annotation.certainty.value}, "
            f"evidence {annotation.evidence.value}."
        )
    )
    return made
