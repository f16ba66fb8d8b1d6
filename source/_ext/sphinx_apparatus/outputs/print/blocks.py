"""Visitors for what stands in a page: sections, paragraphs, lists, quotations, admonitions."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from docutils import nodes
from sphinx.locale import admonitionlabels

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.outputs.print.book import BEHIND
from sphinx_apparatus.outputs.print.figures import Figures
from sphinx_apparatus.outputs.print.inlines import bare, notes_in
from sphinx_apparatus.outputs.print.literal import array, fixed, is_seen
from sphinx_apparatus.sphinx_ext.warnings import warn

#: Lists that look otherwise than others, by their class.
LISTS = {"ed-bibliography": "bibliography-list", "ed-see": "see-list"}

#: So many characters are in a line of the narrowest page.
LINE = 55

#: A paragraph of no more characters has no four lines, of which a page could have two and the next two.
LONG = 160


class Blocks(Figures):
    """Blocks of prose."""

    #: how many sections are open; the root's, the book itself, is the first
    depth = 0

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        #: the depths left at the pages now open
        self.outside: list[int] = []
        #: where in the body the last page with a text begins
        self.begins = 0
        #: the body in which the chapter began, and where there
        self.chapter: tuple[list[str], int] | None = None
        #: how many paragraphs may go on over a leaf
        self.long = 0

    def visit_start_of_file(self, node: nodes.Element) -> None:
        """Begin a page of the project."""
        self.files.append(node["docname"])
        # A page is a chapter wherever its table of contents stands in the page above.
        self.outside.append(self.depth)
        self.depth = len(self.files) - 1

    def depart_start_of_file(self, node: nodes.Element) -> None:
        """End it."""
        self.files.pop()
        self.depth = self.outside.pop()

    def visit_section(self, node: nodes.Element) -> None:
        """Open a section; one with a text in it begins a page."""
        self.depth += 1
        if "ed-behind" in node["classes"]:
            self.add(BEHIND)
        if self.holds_text(node):
            self.begins = len(self.body)
            self.add("\n#pagebreak(weak: true)\n")
        elif self._leads_to_text(node):
            self.add("\n#headnote[\n")

    def depart_section(self, node: nodes.Element) -> None:
        """Close a section."""
        self.depth -= 1
        if not self.holds_text(node) and self._leads_to_text(node):
            self.add("\n]\n")

    def _leads_to_text(self, node: nodes.Element) -> bool:
        """Whether a section stands before one with a text."""
        above = node.parent
        later = above.children[above.index(node) + 1 :] if isinstance(above, nodes.section) else ()
        return any(isinstance(other, nodes.section) and self.holds_text(other) for other in later)

    def holds_text(self, node: nodes.Element) -> bool:
        """Whether a text stands directly in a section; see the visitors of the edition."""
        return False

    def visit_title(self, node: nodes.Element) -> None:
        """Write a heading, and behind it the targets of its section.

        (In the heading they would stand twice: the contents repeat it.)
        """
        parent = node.parent
        if isinstance(parent, nodes.section):
            if self.depth > 1 and _has_words(node):
                self.heading(node, self.depth - 1)
            elif self.depth > 1:
                # PDF/UA-1 forbids it (ISO 14289-1, 7.4).
                if not vars(self.builder)["volume"].of:
                    warn(Code.PDF, "a heading has no words; the PDF has none there. Remedy: words, or no heading", node)
                self.add(f"\n\n{self.inner(node)}\n")
            if not isinstance(parent.parent, nodes.section):
                self.anchor(self.files[-1])
            self.anchors(parent)
            self.add("\n")
        elif not isinstance(parent, (nodes.table, nodes.Admonition)):
            self.add(f"\n\n#rubric[{self.inner(node)}]\n")
        raise nodes.SkipNode

    def heading(self, node: nodes.Element, level: int) -> None:
        """Write a heading; contents, running heads and bookmarks repeat only its words.

        Footnotes, links and targets would stand twice, so they go into its supplement, which
        only the heading itself shows.
        """
        whole = self.inner(node)
        short = self.outer(bare(node))
        if level == 1:
            self.chapter = (self.body, len(self.body))
            self.open_chapter()
            self.titles.append(" ".join(bare(node).astext().split()))
        supplement = "" if short == whole else f", supplement: [{whole}]"
        if names := notes_in(whole):
            self.body.insert(self.above(), f"\n#apart({array(names)})\n")
        self.add(f"\n\n#heading(level: {level}{supplement})[{short}]\n")

    def visit_rubric(self, node: nodes.Element) -> None:
        """Write a heading that no contents list."""
        self.add("\n\n")
        self.anchors(node)
        self.add(f"#rubric[{self.inner(node)}]\n")
        raise nodes.SkipNode

    def visit_topic(self, node: nodes.Element) -> None:
        """Leave out a page's own contents; write any other topic as an aside."""
        if "contents" in node["classes"]:
            raise nodes.SkipNode
        self._quote(node)

    visit_sidebar = visit_topic

    def visit_paragraph(self, node: nodes.Element) -> None:
        """Begin a paragraph."""
        self.add("\n\n")
        self.anchors(node)
        if "ed-cited-at" in node["classes"]:
            self.add(f"#fine[{self.inner(node)}]\n\n")
            raise nodes.SkipNode
        item = node.parent
        if isinstance(item, nodes.section) and next(iter(node.findall(nodes.footnote_reference)), None) is not None:
            words = self.inner(node)
            names = notes_in(words)
            before = takewhile(lambda child: not isinstance(child, nodes.footnote_reference), node.children)
            opens = sum(len(child.astext()) for child in before) < LINE
            words = self._over_leaf(node, words)
            self.add(f"#noted({array(names)}, {str(opens).lower()})[{words}]\n\n" if names else f"{words}\n\n")
            raise nodes.SkipNode
        if isinstance(item, nodes.list_item) and "ed-bibliography" in item.parent["classes"]:
            self.add(f"#work[{self.inner(node)}]\n\n")
            raise nodes.SkipNode
        if isinstance(item, nodes.section) and len(node.astext()) > LONG:
            self.add(f"{self._over_leaf(node, self.inner(node))}\n\n")
            raise nodes.SkipNode

    def _over_leaf(self, node: nodes.Element, words: str) -> str:
        """The words of a paragraph that may go on over a leaf, with a name by which that is told."""
        if len(node.astext()) <= LONG:
            return words
        self.long += 1
        return f"#over-leaf({fixed(f'par-{self.long}')})[{words}]"

    def depart_paragraph(self, node: nodes.Element) -> None:
        """End a paragraph."""
        self.add("\n\n")

    def _quote(self, node: nodes.Element) -> None:
        self.anchors(node)
        self.add(f"\n#quote(block: true)[{self.inner(node)}]\n")
        raise nodes.SkipNode

    def visit_block_quote(self, node: nodes.Element) -> None:
        """Write a quotation."""
        self._quote(node)

    def visit_attribution(self, node: nodes.Element) -> None:
        """Write whose words a quotation has."""
        self.add(f"\n\n#align(right)[— {self.inner(node)}]\n")
        raise nodes.SkipNode

    def visit_line_block(self, node: nodes.Element) -> None:
        """Write verse; lines that are set in are a block within the block."""
        self.anchors(node)
        inner = self.inner(node)
        within = isinstance(node.parent, nodes.line_block)
        self.add(inner if within else f"\n\n#par(justify: false, first-line-indent: 0pt)[{inner}]\n")
        raise nodes.SkipNode

    def visit_line(self, node: nodes.Element) -> None:
        """Write a line of verse."""
        depth, above = 0, node.parent.parent
        while isinstance(above, nodes.line_block):
            depth, above = depth + 1, above.parent
        self.add(f"{f'#h({1.5 * depth}em);' if depth else ''}{self.inner(node)}#linebreak();")
        raise nodes.SkipNode

    def visit_transition(self, node: nodes.Element) -> None:
        """Write a transition; the one before MyST's footnotes has nothing to part."""
        if "footnotes" not in node["classes"]:
            self.add("\n#transition()\n")
        raise nodes.SkipNode

    def visit_literal_block(self, node: nodes.Element) -> None:
        """Write code."""
        self.anchors(node)
        self.add(f"\n#code({fixed(node.get('language', 'text'))}, {self.string(node.astext())});\n")
        raise nodes.SkipNode

    visit_doctest_block = visit_math_block = visit_literal_block

    def visit_caption(self, node: nodes.Element) -> None:
        """Write the title of a listing; figures write theirs."""
        if isinstance(node.parent, nodes.container):
            self.add(f"\n#block(sticky: true, below: 0.4em, fine[{self.inner(node)}])\n")
        raise nodes.SkipNode

    def visit_raw(self, node: nodes.Element) -> None:
        """Write what was written for Typst, with its place, by which an error in it is told."""
        if "typst" in node.get("format", "").split():
            raws: list[tuple[str, int | None]] = vars(self.builder)["raws"]
            raws.append((self.files[-1], node.line or node.parent.line))
            self.add(f"/*raw {len(raws)}*/{node.astext()}/*raw*/")
        raise nodes.SkipNode

    # -- lists -------------------------------------------------------------------------

    def _items(self, node: nodes.Element, function: str, first: str = "") -> None:
        self.anchors(node)
        items = []
        for item in node.children:
            if isinstance(item, nodes.list_item):
                kept, self.body = self.body, []
                self.anchors(item)
                anchors, self.body = "".join(self.body), kept
                items.append(f"[{anchors}{self.inner(item).strip()}]")
        self.add(f"\n#{function}({first}{', '.join(items)});\n")
        raise nodes.SkipNode

    def visit_bullet_list(self, node: nodes.Element) -> None:
        """Write a list; sphinxcontrib-bibtex's is that of the works."""
        known = (LISTS[name] for name in node["classes"] if name in LISTS)
        self._items(node, next(known, "list"))

    def visit_enumerated_list(self, node: nodes.Element) -> None:
        """Write a numbered list."""
        self._items(node, "enum", f"start: {node.get('start', 1)}, ")

    def visit_definition_list(self, node: nodes.Element) -> None:
        """Write terms and what they mean."""
        self._terms(node, nodes.term, nodes.definition)

    def visit_field_list(self, node: nodes.Element) -> None:
        """Write fields and their values."""
        self._terms(node, nodes.field_name, nodes.field_body)

    def _terms(self, node: nodes.Element, name: type[nodes.Element], value: type[nodes.Element]) -> None:
        self.anchors(node)
        items = []
        for item in node.children:
            if not isinstance(item, nodes.Element):
                continue
            kept, self.body = self.body, []
            terms = [child for child in item.children if isinstance(child, name)]
            for term in terms:
                self.anchors(term)
            anchors, self.body = "".join(self.body), kept
            head = "#[, ]".join(self.inner(term) for term in terms)
            kinds = (child for child in item.children if isinstance(child, nodes.classifier))
            head += "".join(f"#[: ]#emph[{self.inner(kind)}];" for kind in kinds)
            values = [child for child in item.children if isinstance(child, value)]
            items.append(f"terms.item([{anchors}{head}], [{''.join(self.inner(v) for v in values).strip()}])")
        self.add(f"\n#terms({', '.join(items)});\n")
        raise nodes.SkipNode

    def visit_option_argument(self, node: nodes.Element) -> None:
        """Write what an option takes, behind what parts it from the option."""
        self.add(f"#{self.literal(node.get('delimiter', ' '))};")

    def depart_option_argument(self, node: nodes.Element) -> None:
        """Nothing to close."""

    def visit_citation(self, node: nodes.Element) -> None:
        """Write what is cited by a label, behind the label."""
        self.anchors(node)
        label, first = node.next_node(nodes.label), node.next_node(nodes.paragraph)
        if label is not None and first is not None:
            first.insert(0, [nodes.strong("", f"[{label.astext()}]"), nodes.Text(" ")])

    def depart_citation(self, node: nodes.Element) -> None:
        """Nothing to close."""

    # -- admonitions -------------------------------------------------------------------

    def admonition(self, node: nodes.Element) -> None:
        """Write an admonition under its name, or the title it was given."""
        self.anchors(node)
        title = next((child for child in node.children if isinstance(child, nodes.title)), None)
        name = (
            self.inner(title)
            if title is not None
            else f"#{self.literal(str(admonitionlabels.get(type(node).__name__, '')))}"
        )
        content = self.outer(*(child for child in node.children if child is not title))
        self.add(f"\n#admonition([{name}])[{content.strip()}]\n")
        raise nodes.SkipNode

    visit_note = visit_warning = visit_tip = visit_hint = visit_important = visit_caution = admonition
    visit_danger = visit_error = visit_attention = visit_seealso = visit_admonition = admonition

    # -- not of the book ---------------------------------------------------------------

    def skip(self, node: nodes.Element) -> None:
        """Leave a node out."""
        raise nodes.SkipNode

    visit_comment = visit_system_message = visit_substitution_definition = visit_toctree = skip
    visit_meta = visit_tabular_col_spec = visit_highlightlang = visit_docinfo = visit_footnote = skip
    visit_label = visit_colspec = skip

    def unknown_visit(self, node: nodes.Node) -> None:
        """Pass through a node without mark-up of its own: what is in it is printed."""
        if isinstance(node, nodes.Element):
            self.anchors(node)

    def unknown_departure(self, node: nodes.Node) -> None:
        """Nothing to close."""


def _has_words(title: nodes.Element) -> bool:
    """Whether a heading says anything, pictures aside."""
    texts = bare(title).findall(nodes.Text)
    return any(is_seen(text) for text in texts if not isinstance(text.parent, (nodes.raw, nodes.comment)))
