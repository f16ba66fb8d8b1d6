"""The notes: from nodes of docutils to TEI.

What TEI has a word for is said with it; of anything else the words are kept, in a paragraph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import PurePath
from urllib.parse import quote

from docutils import nodes
from sphinx.addnodes import glossary, pending_xref

from sphinx_apparatus.model.reference import ModelError, Passage, parse_id, parse_target
from sphinx_apparatus.model.work import Work
from sphinx_apparatus.outputs.tei.typed import typed
from sphinx_apparatus.outputs.tei.xml import bibl_id, element, text
from sphinx_apparatus.sphinx_ext import nodes as ed

_INLINE: dict[type[nodes.Node], tuple[str, dict[str, str]]] = {
    nodes.emphasis: ("hi", {"rend": "italic"}),
    nodes.strong: ("hi", {"rend": "bold"}),
    nodes.superscript: ("hi", {"rend": "superscript"}),
    nodes.subscript: ("hi", {"rend": "subscript"}),
    nodes.literal: ("code", {}),
    nodes.title_reference: ("title", {}),
}


#: What only holds other blocks.
_TRANSPARENT = (nodes.section, nodes.container, nodes.compound, nodes.Admonition, glossary)


class Notes:
    """Writes notes.

    ``works`` are those of the bibliography, by key, ``file`` names the file of a text, ``pictures`` leads to the folder
    of the pictures.
    """

    def __init__(
        self,
        works: Mapping[str, Work],
        file: Callable[[str], str] = lambda siglum: "",
        canonical: Callable[[str], str] = str,
        pictures: str = "pictures/",
    ) -> None:
        self._works = works
        self.file = file
        self._typed: dict[int, str] = {}
        self._canonical = canonical
        self._pictures = pictures
        self._feet: list[nodes.Node] = []

    def pointer(self, target: str) -> str:
        """A reference to an id or a passage, as TEI points to it."""
        parsed = parse_target(target.replace("-p", " ¶"))
        siglum = parsed.siglum if isinstance(parsed, Passage) else parse_id(parsed)[0]
        return f"{self.file(siglum)}#{parsed.anchor if isinstance(parsed, Passage) else parsed}"

    def note(self, found: Sequence[nodes.Node], written: str) -> str:
        """The note of an annotation, with the marks that the editor typed."""
        self._typed = typed([*found, *_called(found, [])], written)
        try:
            return self.blocks(found)
        finally:
            self._typed = {}

    def blocks(self, found: Iterable[nodes.Node]) -> str:
        """Paragraphs, lists and quotations."""
        return "".join(self._block(node) for node in found)

    def paragraphs(self, found: Iterable[nodes.Node]) -> str:
        """The same where TEI has paragraphs alone, which hold all else (``editorialDecl``)."""
        made = []
        for node in found:
            if isinstance(node, _TRANSPARENT):
                made.append(self.paragraphs(node.children))
            else:
                block = self._block(node)
                made.append(block if block.startswith("<p>") else element("p", block) if block else "")
        return "".join(made)

    def _block(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.figure):
            return self._figure(node)
        if isinstance(node, nodes.image) or (isinstance(node, nodes.raw) and node.get("alt")):
            return element("figure", self._graphic(node), element("figDesc", text(node.get("alt", ""))))
        if isinstance(node, (ed.ed_wording, ed.ed_relations, nodes.Invisible, nodes.raw, nodes.system_message)):
            return ""
        if isinstance(node, nodes.paragraph):
            return element("p", self._inlines(node.children))
        if isinstance(node, (nodes.bullet_list, nodes.enumerated_list)):
            items = (
                element("item", self.blocks(item.children))
                for item in node.children
                if isinstance(item, nodes.list_item)
            )
            return element("list", *items, rend="numbered" if isinstance(node, nodes.enumerated_list) else "bulleted")
        if isinstance(node, nodes.math_block):
            return element("p", element("formula", text(node.astext()), notation="TeX", rend="block"))
        if isinstance(node, nodes.block_quote):
            return element("quote", self.blocks(node.children))
        if isinstance(node, (nodes.literal_block, nodes.doctest_block)):
            return element("p", element("code", text(node.astext())))
        if isinstance(node, (nodes.definition_list, nodes.field_list)):
            return element("list", *(self._gloss(item) for item in node.children), type_="gloss")
        if isinstance(node, nodes.table):
            return self._table(node)
        if isinstance(node, _TRANSPARENT):
            return self.blocks(node.children)
        if isinstance(node, nodes.title):
            return element("p", element("hi", self._inlines(node.children), rend="bold"))
        if isinstance(node, (nodes.Inline, nodes.Text)):
            return element("p", self._inline(node))
        words = node.astext()
        return element("p", text(words)) if words.strip() else ""

    def _figure(self, figure: nodes.figure) -> str:
        """A picture with its caption, and what is said below it."""
        made = [
            element("head", self._inlines(one.children)) for one in figure.children if isinstance(one, nodes.caption)
        ]
        own = [one for one in figure.children if not isinstance(one, nodes.legend)]
        for image in (image for one in own for image in one.findall(nodes.image)):
            made += [self._graphic(image), element("figDesc", text(image.get("alt", "")))]
        legend = [part for one in figure.children if isinstance(one, nodes.legend) for part in one.children]
        return element("figure", *made, self.blocks(legend))

    def _gloss(self, item: nodes.Node) -> str:
        """A term, or several, and what is said of it."""
        terms = [self._inlines(child.children) for child in item.children if isinstance(child, nodes.TextElement)]
        said = self.blocks(child for part in item.children if not isinstance(part, nodes.TextElement)
                           for child in part.children)  # fmt: skip
        return element("label", ", ".join(terms)) + element("item", said)

    def _table(self, table: nodes.table) -> str:
        """A table; rows of headings, and cells of columns of headings, are labels."""
        title = next((element("head", self._inlines(one.children)) for one in table.findall(nodes.title)), "")
        stubs = [bool(column.get("stub")) for column in table.findall(nodes.colspec)]
        rows = []
        for row in table.findall(nodes.row):
            heads = isinstance(row.parent, nodes.thead)
            cells = (self._cell(cell, not heads and stub) for cell, stub in zip(row.children, stubs, strict=False))
            rows.append(element("row", *cells, role="label" if heads else None))
        return element("table", title, *rows)

    def _cell(self, cell: nodes.Node, label: bool) -> str:
        """A cell; a single paragraph in it needs no element."""
        assert isinstance(cell, nodes.Element)
        single = len(cell.children) == 1 and isinstance(cell.children[0], nodes.paragraph)
        down, across = (cell.get(name, 0) + 1 for name in ("morerows", "morecols"))
        return element(
            "cell",
            self._inlines(cell.children[0].children) if single else self.blocks(cell.children),
            role="label" if label else None,
            rows=str(down) if down > 1 else None,
            cols=str(across) if across > 1 else None,
        )

    def _inlines(self, found: Iterable[nodes.Node]) -> str:
        return "".join(self._inline(node) for node in found)

    def _inline(self, node: nodes.Node) -> str:
        if isinstance(node, nodes.Text):
            return text(self._typed.get(id(node), str(node)))
        if isinstance(node, pending_xref):
            return self._reference(node)
        if isinstance(node, nodes.raw):
            # It is for another format, but for a line that is broken by hand: its words are two.
            return " " if node.astext().strip() == "<br />" else ""
        if isinstance(node, nodes.image):
            return element("figure", self._graphic(node), element("figDesc", text(node.get("alt", ""))))
        if isinstance(node, nodes.math):
            return element("formula", text(node.astext()), notation="TeX")
        if isinstance(node, nodes.footnote_reference) and "footnote" in node:
            return self._foot(node)
        inner = self._inlines(node.children)
        if type(node) in _INLINE:
            name, attributes = _INLINE[type(node)]
            return element(name, inner, **attributes)
        if isinstance(node, ed.ed_foreign):
            return element("foreign", inner, xml__lang=node["lang"])
        if isinstance(node, nodes.reference) and node.get("refuri"):
            return element("ref", inner, target=node["refuri"])
        return inner

    def _foot(self, call: nodes.Element) -> str:
        """The footnote of a call; where it calls itself, or one within which it is, there is none."""
        footnote = call["footnote"]
        if footnote in self._feet:
            return ""
        self._feet.append(footnote)
        said = self.blocks(child for child in footnote.children if not isinstance(child, nodes.label))
        self._feet.pop()
        return element("note", said, place="foot", n=call.astext())

    def _reference(self, node: pending_xref) -> str:
        target: str = node["reftarget"]
        if node.get("refdomain") == "cite":
            keys = [key.strip() for key in target.split(",")]
            names = "; ".join(self._works[key].names if key in self._works else key for key in keys)
            pointers = " ".join(f"#{bibl_id(key)}" for key in keys)
            return element("ref", text(names), type_="citation", subtype=node["reftype"], target=pointers)
        if node.get("refdomain") == "ed":
            try:
                pointer = self.pointer(self._canonical(target))
            except ModelError:
                return text(node.astext())  # it leads nowhere, which was told
            return element("ref", self._inlines(node.children), type_="reference", target=pointer)
        return self._inlines(node.children)

    def _graphic(self, image: nodes.Node) -> str:
        """Where a picture is: one of the project is beside the file; one that the edition has drawn is nowhere."""
        if not isinstance(image, nodes.image):
            return ""
        found = image.get("candidates") or {}
        address: str = found.get("*") or next(iter(found.values()), "") or image.get("uri", "")
        if not address or PurePath(address).is_absolute():
            return ""
        return element("graphic", url=address if ":" in address else self._pictures + quote(picture_name(address)))


def _called(found: Sequence[nodes.Node], known: list[nodes.Node]) -> list[nodes.Node]:
    """The footnotes that are called in some nodes, and in them, each once, behind those that are known."""
    for call in (call for node in found for call in node.findall(nodes.footnote_reference) if "footnote" in call):
        if call["footnote"] not in known:
            known.append(call["footnote"])
            _called([call["footnote"]], known)
    return known


def picture_name(path: str) -> str:
    """The name among the data of a picture that has a path in the project, or outside it."""
    return "/".join(part for part in PurePath(path).parts if part != "..")
