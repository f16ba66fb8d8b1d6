"""What all visitors write with: the body, its buffers, anchors, and the names of targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import SphinxTranslator

from sphinx_apparatus.outputs.print.literal import MOST, fixed, literal, printed


class Output(SphinxTranslator):
    """The state of a translation.

    Targets are named as Sphinx addresses them, ``page#fragment``; a Typst label of that
    name stands at each.  A label may stand but once, so what was written is remembered.
    """

    def __init__(self, document: nodes.document, builder: Any) -> None:
        super().__init__(document, builder)
        #: every string that is printed
        self.strings: set[str] = builder.strings
        #: the titles of the chapters
        self.titles: list[str] = []
        self.body: list[str] = []
        #: where in the body the last chapter began, and how many titles were before it
        self.opened, self.earlier = 0, 0
        #: pages around the place being written, innermost last
        self.files: list[str] = [builder.config.root_doc]
        #: the captions of the drawings
        self.figures: list[str] = []
        #: how many pictures stand by themselves
        self.standing = 0
        #: anchors within text nodes, by the identity of the node, with their offsets
        self.marks: Mapping[int, Sequence[tuple[int, str]]] = {}
        #: what abbreviations mean that have been explained
        self.explained: set[str] = set()
        #: labels written
        self.written: set[str] = set()
        #: every target of the book
        self.known: set[str] = set()
        #: what is referred to in other volumes
        self.abroad: set[str] = set()
        #: footnotes by the name of their target
        self.footnotes: dict[str, nodes.footnote] = {}
        self._survey(document, builder.config.root_doc)

    def _survey(self, node: nodes.Element, docname: str) -> None:
        for child in node.children:
            if not isinstance(child, nodes.Element):
                continue
            inside = child["docname"] if isinstance(child, addnodes.start_of_file) else docname
            if isinstance(child, addnodes.start_of_file):
                self.known.add(inside)
            identifiers: list[str] = child.get("ids", [])
            for identifier in identifiers:
                self.known.add(f"{inside}#{identifier}")
                if isinstance(child, nodes.footnote):
                    self.footnotes[f"{inside}#{identifier}"] = child
            self._survey(child, inside)

    def open_chapter(self) -> None:
        """Note that a chapter begins here."""
        self.opened, self.earlier = len(self.body), len(self.titles)

    def add(self, source: str) -> None:
        """Write Typst source."""
        self.body.append(source)

    def string(self, string: str) -> str:
        """A string that is printed, as a Typst string."""
        self.strings.add(string)
        return literal(string)

    def literal(self, string: str, most: int = MOST) -> str:
        """The same as content, in which a word that is too long for a line may be parted."""
        self.strings.add(string)
        return printed(string, most)

    def inner(self, node: nodes.Element) -> str:
        """The children of a node as Typst source."""
        return self.outer(*node.children)

    def outer(self, *given: nodes.Node) -> str:
        """Nodes as Typst source."""
        kept, self.body = self.body, []
        for node in given:
            node.walkabout(self)
        written, self.body = "".join(self.body), kept
        return written

    def above(self) -> int:
        """Where in the body what stands next has its headings, or stands itself."""
        at = len(self.body)
        for number in range(at - 1, -1, -1):
            piece = self.body[number].strip()
            if piece.startswith("#heading(level: 1"):
                return len(self.body)
            if piece.startswith(("#heading(", "#apart(")):
                at = number
            elif piece and not piece.startswith("#anchor("):
                break
        return at

    def anchor(self, name: str) -> None:
        """Write an invisible target."""
        if name not in self.written:
            self.written.add(name)
            self.add(f"#anchor({fixed(name)});")

    def anchors(self, node: nodes.Element) -> None:
        """Write the targets of a node's ids."""
        identifiers: list[str] = node.get("ids", [])
        for identifier in identifiers:
            self.anchor(f"{self.files[-1]}#{identifier}")
