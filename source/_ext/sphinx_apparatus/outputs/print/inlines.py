"""Visitors for what stands in a line: text, emphasis, references, footnote calls."""

from __future__ import annotations

import re
from typing import Any

from docutils import nodes
from sphinx import addnodes

from sphinx_apparatus.outputs.print.literal import fixed, is_long, together
from sphinx_apparatus.outputs.print.output import Output
from sphinx_apparatus.outputs.print.volumes import APART
from sphinx_apparatus.sphinx_ext.locale import language_of

#: How many characters a name in Hangul or hanja has at most.
NAME = 6

#: The languages whose characters are squares.
EAST = ("ko", "zh", "ja")


def bare(node: nodes.Element) -> nodes.inline:
    """What a heading says, without what may stand only once: footnotes, targets, links."""
    made = nodes.inline()
    for child in node.children:
        if isinstance(child, (nodes.footnote_reference, nodes.citation_reference, nodes.target, addnodes.index)):
            continue
        if isinstance(child, nodes.Element):
            inner = bare(child)
            if isinstance(child, (nodes.reference, nodes.problematic)) or type(child) is nodes.inline:
                made += inner.children
            else:
                kept = child.copy()
                kept["ids"] = []
                kept += inner.children
                made += kept
        else:
            made += child.copy()
    return made


def notes_in(source: str) -> list[str]:
    """The names of the footnotes in some source, as strings of Typst."""
    return re.findall(r'#label\(("fn:[^"]+")\)', source)


class Inlines(Output):
    """Text and what is set in a line of it."""

    def visit_Text(self, node: nodes.Text) -> None:  # noqa: N802  (docutils names it)
        """Write text as a string."""
        string = node.astext()
        if not isinstance(node.parent, nodes.FixedTextElement):
            string = together(string.replace("\n", " "))
        at = 0
        for until, anchor in self.marks.get(id(node), ()):
            if until > at:
                self.add(f"#{self.literal(string[at:until])};")
            self.anchor(anchor)
            at = until
        if string[at:]:
            self.add(f"#{self.literal(string[at:])};")

    def depart_Text(self, node: nodes.Text) -> None:  # noqa: N802
        """Nothing to close."""

    def _wrap(self, function: str, node: nodes.Element) -> None:
        self.anchors(node)
        self.add(f"#{function}[{self.inner(node)}];")
        raise nodes.SkipNode

    def visit_emphasis(self, node: nodes.Element) -> None:
        """Write emphasis; where two wordings differ, a line below, which shows a comma, too."""
        self._wrap("differs" if "ed-differs" in node["classes"] else "emph", node)

    visit_literal_emphasis = visit_title_reference = visit_emphasis

    def visit_strong(self, node: nodes.Element) -> None:
        """Write strong emphasis."""
        self._wrap("strong", node)

    visit_literal_strong = visit_strong

    def visit_abbreviation(self, node: nodes.Element) -> None:
        """Write an abbreviation, and where it stands first what it means."""
        self.add(self.inner(node))
        explanation = node.get("explanation", "")
        if explanation and explanation not in self.explained:
            self.explained.add(explanation)
            self.add(f"#{self.literal(f' ({explanation})')};")
        raise nodes.SkipNode

    def visit_subscript(self, node: nodes.Element) -> None:
        """Write a subscript."""
        self._wrap("sub", node)

    def visit_superscript(self, node: nodes.Element) -> None:
        """Write a superscript."""
        self._wrap("super", node)

    def visit_literal(self, node: nodes.Element) -> None:
        """Write code in a line."""
        self.anchors(node)
        words = node.astext()
        self.add(f"#{'long-code' if any(map(is_long, words.split())) else 'raw'}({self.string(words)});")
        raise nodes.SkipNode

    def visit_math(self, node: nodes.Element) -> None:
        """Write a formula as its source: the book sets no mathematics."""
        self.visit_literal(node)

    def visit_inline(self, node: nodes.Element) -> None:
        """Write a span; a label before words of its own is set quietly."""
        self.anchors(node)
        if "ed-label" in node["classes"]:
            self.add(f'#text(fill: quiet, style: "italic")[{self.inner(node)}];')
            raise nodes.SkipNode

    def depart_inline(self, node: nodes.Element) -> None:
        """Nothing to close."""

    def visit_ed_foreign(self, node: nodes.Element) -> None:
        """Write words of another script with their language (ISO 639, as Typst takes it).

        A name in syllables or characters stays together: between them a justified line
        would be broken, or drawn apart.
        """
        language = node["lang"].split("-")[0]
        words = node.astext()
        together = language in EAST and len(words) <= NAME and not any(c.isspace() for c in words)
        run = f", dir: {node['dir']}" if node.get("dir") == "rtl" else ""
        # Their squares look larger than the letters around them; in a table these are small already.
        east = language in EAST and not _within_cell(node) and language_of(self.config).split("-")[0] not in EAST
        size = ", size: 0.94em" if east else ""
        content = f"#text(lang: {fixed(language)}{run}{size})[{self.inner(node)}];"
        self.add(f"#box[{content}];" if together else content)
        raise nodes.SkipNode

    def visit_target(self, node: nodes.Element) -> None:
        """Write a target."""
        if APART in node["ids"]:
            self.open_chapter()
            self.add("\n#pagebreak(weak: true)\n")
        self.anchors(node)
        if "refid" in node:
            self.anchor(f"{self.files[-1]}#{node['refid']}")

    def depart_target(self, node: nodes.Element) -> None:
        """Nothing to close."""

    def target(self, node: nodes.Element) -> str:
        """The name of what a reference leads to within the book, or nothing."""
        if "refid" in node:
            near = f"{self.files[-1]}#{node['refid']}"
            # A reference that Sphinx resolved for the whole book speaks of its root page.
            return near if near in self.known else f"{self.config.root_doc}#{node['refid']}"
        uri = node.get("refuri", "")
        return uri[1:] if uri.startswith("%") else ""

    def visit_reference(self, node: nodes.Element) -> None:
        """Write a link; one to an annotation or a passage says page and line."""
        self.anchors(node)
        name = self.target(node)
        content = self.inner(node)
        if name:
            name = self.nearest(name)
        place = self.place(name, node)
        if name and name in self.known:
            self.add(self.linked(name, content + place, node))
        elif not name and node.get("refuri"):
            self.add(f"#link({fixed(node['refuri'])})[{content}];")
        else:
            self.add(content + place)
        raise nodes.SkipNode

    visit_number_reference = visit_reference

    def linked(self, name: str, content: str, node: nodes.Element) -> str:
        """A link within the book; none in a heading, which the contents repeat as a link of their own."""
        return f"#link(label({fixed(name)}))[{content}];"

    def nearest(self, name: str) -> str:
        """The target itself, or the page it is said to be on where that alone is there."""
        if name in self.known:
            return name
        page = name.partition("#")[0]
        return page if page in self.known else name

    def place(self, name: str, node: nodes.Element) -> str:
        """Page and line of what a reference names, in parentheses; shorter in a table.

        In the list of works, where many stand in a row, only the page of the note; nothing in a heading.
        """
        span = self.span(name.partition("#")[2])
        if not span:
            return ""
        function = "where"
        above: nodes.Node | None = node.parent
        while isinstance(above, nodes.Element):
            if isinstance(above, nodes.title):
                return ""
            if "ed-cited-at" in above["classes"]:
                return f"#{self.literal(', ')};#where-note({span});"
            if isinstance(above, nodes.entry):
                function = "where-short"
            above = above.parent
        opening, closing = ("[", "]") if _in_parentheses(node) else ("(", ")")
        return f"#{self.literal(f' {opening}')};#{function}({span})#{self.literal(closing)};"

    def span(self, fragment: str) -> str:
        """The argument of ``where`` for the anchor of an annotation or of a paragraph."""
        return ""

    def visit_footnote_reference(self, node: nodes.Element) -> None:
        """Write a footnote where it is called first, its number after that."""
        key = f"{self.files[-1]}#{node['refid']}"
        note = self.footnotes.get(key)
        if note is not None:
            name = f"fn:{key}"
            if name in self.written:
                self.add(f"#footnote(label({fixed(name)}));")
            else:
                self.written.add(name)
                content = self.outer(*(child for child in note.children if not isinstance(child, nodes.label)))
                self.add(f"#[#footnote[{content.strip()}]#label({fixed(name)})];")
        raise nodes.SkipNode

    def visit_index(self, node: nodes.Element) -> None:
        """Leave the targets of the index."""
        entries: list[tuple[Any, ...]] = node.get("entries", [])
        for entry in entries:
            self.anchor(f"{self.files[-1]}#{entry[2]}")
        raise nodes.SkipNode


def _within_cell(node: nodes.Node) -> bool:
    above = node.parent
    while above is not None and not isinstance(above, nodes.entry):
        above = above.parent
    return above is not None


def _in_parentheses(node: nodes.Element) -> bool:
    """Whether a reference stands within parentheses of its paragraph."""
    depth = 0
    inside: nodes.Node = node
    while isinstance(inside.parent, nodes.Element) and not isinstance(inside, nodes.paragraph):
        for before in inside.parent.children[: inside.parent.index(inside)]:
            text = before.astext()
            depth += text.count("(") - text.count(")")
        inside = inside.parent
    return depth > 0
