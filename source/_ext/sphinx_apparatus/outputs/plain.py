"""The plain form: for builders that do not show an edition themselves, paragraphs and footnotes.

Every builder of Sphinx knows these, so nothing is lost in any.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.model.taxonomy import Layer
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import builder_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _

if TYPE_CHECKING:
    from sphinx_apparatus.model.annotation import Annotation
    from sphinx_apparatus.model.edition import Edition


_LINE_ENDS = re.compile(r"\s*[\n\r\v\f\x85\u2028\u2029]\s*")


class Footnotes(SphinxPostTransform):
    """For builders without visitors of ours: the text as paragraphs, its notes as footnotes.

    Every Sphinx builder knows paragraphs and footnotes, so nothing is lost in any.
    """

    default_priority = 800

    def is_supported(self) -> bool:
        """Whether the output neither shows the edition itself nor asks it for its messages."""
        output = output_of(builder_of(self.env))
        return not output.beside and not output.messages

    def run(self, **kwargs: Any) -> None:
        """Replace each text."""
        edition = edition_of(self.env)
        tex = builder_of(self.env).format == "latex"
        for text in list(self.document.findall(ed.ed_text)):
            text.replace_self((_Tex if tex else _Plain)(edition, self.env.current_document.docname, text).made())
        for facing in list(self.document.findall(ed.ed_facing)):
            facing.replace_self(facing.children)
        for witness in list(self.document.findall(ed.ed_witness)):
            witness.replace_self(witness.children)
        for foreign in list(self.document.findall(ed.ed_foreign)):
            foreign.replace_self(nodes.inline("", foreign.astext(), classes=[f"lang-{foreign['lang']}"]))
        if tex:
            self._works()

    def _works(self) -> None:
        """Give each work the target that sphinxcontrib-bibtex's citations lead to in LaTeX."""
        for item in self.document.findall(nodes.list_item):
            if "ed-bibliography" in item.parent["classes"] and item["ids"]:
                names = (f"cite.{_page_of(item, self.env.current_document.docname)}:{name}" for name in item["ids"])
                targets = "".join(rf"\hypertarget{{{name}}}{{}}" for name in names)
                first = next((child for child in item.children if isinstance(child, nodes.paragraph)), None)
                if first is not None:
                    first.insert(0, nodes.raw("", targets, format="latex"))


def _page(node: nodes.Node) -> nodes.Element | None:
    """What holds the page that a node of a whole book is from; LaTeX's builder notes it on the section."""
    return next((above for above in ed.around(node) if "docname" in above), None)


def _page_of(node: nodes.Node, root: str) -> str:
    """Its name."""
    page = _page(node)
    return str(page["docname"]) if page is not None else root


class _Plain:
    """A text as paragraphs, with a footnote for each annotation, called where its lemma ends."""

    def __init__(self, edition: Edition, docname: str, text: ed.ed_text) -> None:
        self.edition, self.text = edition, text
        self.docname = _page_of(text, docname)
        self.notes = {note["annotation"]: note for note in text.findall(ed.ed_annotation)}

    def made(self) -> list[nodes.Node]:
        """The paragraphs, and behind them the notes."""
        made: list[nodes.Node] = []
        for row in self.text.findall(ed.ed_row):
            paragraph = nodes.paragraph("", "", support_smartquotes=False)
            anchors = [f"{row['siglum']}-p{row['number']}"]
            self.begin(paragraph, anchors if row["number"] > 1 else [row["siglum"], *anchors])
            source = next(iter(row.findall(ed.ed_paragraph)))
            called: list[str] = []
            for child in source.children:
                called += self._copy(child, paragraph)
            made.append(paragraph)
            made += self.behind(called)
        return [*made, *self.rest()]

    def begin(self, paragraph: nodes.paragraph, anchors: list[str]) -> None:
        """Make a paragraph the target of its anchors."""
        paragraph["ids"] = anchors

    def behind(self, called: list[str]) -> list[nodes.Node]:
        """What follows a paragraph in which notes are called."""
        return []

    def rest(self) -> list[nodes.Node]:
        """What follows the text: its notes."""
        return [self.footnote(note) for note in self.notes.values()]

    def call(self, identifier: str) -> nodes.Element:
        """The call of a note."""
        reference = nodes.footnote_reference("", identifier, refid=identifier, docname=self.docname)
        reference["ids"] = [f"{identifier}-t"]
        return reference

    def _copy(self, child: nodes.Node, paragraph: nodes.paragraph) -> list[str]:
        if isinstance(child, nodes.Text):
            paragraph += nodes.Text(_plain_characters(child))
            return []
        if isinstance(child, ed.ed_milestone):
            paragraph += nodes.target("", "", ids=[child["fragment"]])
        if not isinstance(child, ed.ed_run):
            return []
        paragraph += nodes.Text(ed_text_of(child))
        for identifier in child["last"]:
            paragraph += self.call(identifier)
        return list(child["last"])

    def footnote(self, note: ed.ed_annotation) -> nodes.Element:
        """An annotation as a footnote."""
        identifier = note["annotation"]
        footnote = nodes.footnote(ids=[identifier], docname=self.docname, names=[identifier])
        footnote["backrefs"] = [f"{identifier}-t"]
        footnote += nodes.label("", identifier)
        footnote += nodes.paragraph("", "", *self.head(identifier))
        footnote.extend(_content(note))
        return footnote

    def head(self, identifier: str) -> list[nodes.Node]:
        """The first line of a note."""
        return head(self.edition.annotations[identifier], self.edition.reading(identifier))


class _Tex(_Plain):
    """The same for LaTeX, whose footnotes have numbers: the id is the first word of the note.

    Targets are nodes of their own there; a builder makes no label of the id of a paragraph.
    """

    def __init__(self, edition: Edition, docname: str, text: ed.ed_text) -> None:
        super().__init__(edition, docname, text)
        page = _page(text) or text
        # Behind the numbers that the page's own footnotes, and those of texts before this one, have.
        used = [int(mark.astext()) for mark in page.findall(_numbered) if mark.astext().isdecimal()]
        order = [identifier for run in text.findall(ed.ed_run) for identifier in run["last"]]
        self.numbers = {identifier: number for number, identifier in enumerate(order, max(used, default=0) + 1)}

    def begin(self, paragraph: nodes.paragraph, anchors: list[str]) -> None:
        """Put the targets into the paragraph."""
        paragraph += nodes.target("", "", ids=anchors)

    def call(self, identifier: str) -> nodes.Element:
        """A mark with the number of the note."""
        from sphinx.builders.latex.nodes import footnotemark

        return footnotemark("", str(self.numbers[identifier]), refid=identifier)

    def behind(self, called: list[str]) -> list[nodes.Node]:
        """The notes called in the paragraph, each with its own footnotes behind it: in it they would be no targets."""
        from sphinx.builders.latex.nodes import footnotemark, footnotetext

        made: list[nodes.Node] = []
        for identifier in called:
            note = self.footnote(self.notes[identifier])
            made.append(note)
            for inner in list(note.findall(nodes.footnote)):
                number = next(inner.findall(nodes.label)).astext()
                inner.replace_self(footnotemark("", number, refid=inner["ids"][0]))
                made.append(footnotetext("", *inner.children, ids=inner["ids"]))
        return made

    def rest(self) -> list[nodes.Node]:
        """Nothing: the notes are behind their paragraphs."""
        return []

    def footnote(self, note: ed.ed_annotation) -> nodes.Element:
        """The text of a note."""
        from sphinx.builders.latex.nodes import footnotetext

        identifier = note["annotation"]
        made = footnotetext("", ids=[identifier])
        made += nodes.label("", str(self.numbers[identifier]))
        made += nodes.paragraph("", "", *self.head(identifier))
        made.extend(_content(note))
        for figure in list(made.findall(nodes.figure)):
            figure.replace_self(_unfloated(figure))
        return made

    def head(self, identifier: str) -> list[nodes.Node]:
        """The first line of a note, with its id."""
        target = nodes.target("", "", ids=[identifier])
        return [target, nodes.strong("", identifier), nodes.Text(" "), *super().head(identifier)]


def _unfloated(figure: nodes.figure) -> list[nodes.Node]:
    """The picture of a figure and its words: within a footnote TeX has no figures (*Not in outer par mode*)."""
    made: list[nodes.Node] = []
    for child in figure.children:
        if isinstance(child, nodes.caption):
            made.append(nodes.paragraph("", "", *child.children))
        elif isinstance(child, nodes.legend):
            made += child.children
        else:
            made.append(nodes.paragraph("", "", child) if isinstance(child, nodes.image) else child)
    return made


def _numbered(node: nodes.Node) -> bool:
    """Whether a node has the number of a footnote, as LaTeX's builder makes it or docutils does."""
    return type(node).__name__ in ("footnotemark", "footnote_reference") or (
        isinstance(node, nodes.label) and not isinstance(node.parent, nodes.citation)
    )


def _content(note: ed.ed_annotation) -> list[nodes.Node]:
    """The body of a note, without what only our own outputs know."""
    made: list[nodes.Node] = []
    for child in note.children:
        made.extend(child.children if isinstance(child, (ed.ed_relations, ed.ed_wording)) else [child])
    return made


def _plain_characters(node: nodes.Node) -> str:
    """The characters below a node; U+0000, which docutils would drop, as the symbol for it."""
    return ed.characters(node).replace("\0", "\u2400")


def ed_text_of(node: nodes.Element) -> str:
    """The text's own characters below a run."""
    return "".join(_plain_characters(child) for child in node.children if not isinstance(child, ed.ed_new))


def head(annotation: Annotation, reading: str | None) -> list[nodes.Node]:
    """Lemma, reading, layer, kind and certainty on one line, for plain outputs."""
    lemma = " ".join(annotation.lemma.split()) or "[…]"
    made: list[nodes.Node] = [nodes.emphasis("", lemma, support_smartquotes=False)]
    if reading is not None:
        # A blank line would end the paragraph; other white space may be what the note is about.
        words = _LINE_ENDS.sub(" ", reading) or f"({_('delete')})"
        made += [nodes.Text(f"{sign(annotation.layer)} "), nodes.strong("", words, support_smartquotes=False)]
    stated = judged(annotation)
    made.append(
        nodes.Text(f". {_(annotation.layer.name.capitalize())}, {_(annotation.kind)}{f'; {stated}' if stated else ''}.")
    )
    return made


def sign(layer: Layer) -> str:
    """What stands between lemma and reading, in the language of the edition."""
    return f"] {_('recte')}" if layer.corrects else layer.sign


def judged(annotation: Annotation) -> str:
    """Certainty and evidence in a line of prose, as far as they are stated."""
    said = []
    if annotation.certainty:
        said.append(_("certainty {value}").format(value=_(annotation.certainty.value)))
    if annotation.evidence:
        said.append(_("evidence {value}").format(value=_(annotation.evidence.value)))
    return ", ".join(said)
