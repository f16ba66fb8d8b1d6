"""The pages of a volume in one document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx import addnodes
from sphinx.util.docutils import new_document
from sphinx.util.nodes import inline_all_toctrees

from sphinx_apparatus.bibliography.listing import list_anew
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.outputs.print.offprints import cited_only
from sphinx_apparatus.outputs.print.volumes import APART, Volume, omitted
from sphinx_apparatus.sphinx_ext.nodes import around, ed_facing, ed_text

if TYPE_CHECKING:
    from sphinx_apparatus.outputs.print.builder import TypstBuilder


def assemble(builder: TypstBuilder, volume: Volume) -> nodes.document:
    """The pages of a volume in one document, references resolved within it."""
    root = builder.config.root_doc
    if volume.number or volume.of:
        book = new_document(root)
        book += nodes.section("", addnodes.toctree("", entries=[], includefiles=list(volume.roots)))
    else:
        book = builder.env.get_doctree(root)
    done = [root]
    if (volume.number or volume.of) and root in volume.roots:
        # The page that has all others below it: a volume has them with it, the offprint of a text on it has not.
        done = sorted(builder.env.found_docs - set(volume.roots)) if volume.of else []
    book = inline_all_toctrees(builder, set(), root, book, lambda text: text, done)
    book["docname"] = root
    if root in volume.roots or not (volume.number or volume.of):
        _set_apart(book, volume, _behind(builder.env.get_doctree(root), builder.printed))
    _omit(book, volume, root, builder.config.apparatus_pdf_omit)
    _once(book)
    list_anew(builder.env)
    builder.env.resolve_references(book, root, builder)
    if volume.of:
        cited_only(book)
        if root in volume.roots and not builder.config.apparatus_pdf_volumes:
            _as_in_the_book(book)
    return book


def _behind(page: nodes.document, printed: Collection[str]) -> int:
    """How much of the page that has all others below it stands before a text, and before pages that are printed."""
    children = next((section.children for section in page.findall(nodes.section)), [])
    text = next((n for n, child in enumerate(children) if _finds(child, (ed_text, ed_facing))), 0)
    return max(
        (
            number + 1
            for number, child in enumerate(children[:text])
            for contents in (child.findall(addnodes.toctree) if isinstance(child, nodes.Element) else ())
            if not set(printed).isdisjoint(contents["includefiles"])
        ),
        default=0,
    )


def _finds(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    return any(isinstance(inner, kinds) for inner in node.findall())


def _set_apart(book: nodes.document, volume: Volume, behind: int) -> None:
    """A text that stands behind other pages begins a page of its own; its offprint has nothing that is before those."""
    if behind:
        within = next(book.findall(addnodes.start_of_file)) if volume.number or volume.of else book
        section = next(within.findall(nodes.section))
        section.insert(behind, nodes.target(ids=[APART]))
        if volume.of:
            del section[:behind]


def _as_in_the_book(book: nodes.document) -> None:
    """Of an offprint: the page that has all others below it has no title but that of the book, and is no chapter."""
    own, *others = (file for file in list(book.findall(addnodes.start_of_file)) if file.parent.parent is book)
    section = next(own.findall(nodes.section))
    for title in [child for child in section.children if isinstance(child, nodes.title)]:
        section.remove(title)
    book.children = []
    book += own.children
    section += others


def _omit(book: nodes.document, volume: Volume, root: str, patterns: Sequence[str]) -> None:
    """Leave out the pages that are not for print."""
    for page in list(book.findall(addnodes.start_of_file)):
        if omitted(page["docname"], patterns) and page.parent is not None:
            page.parent.remove(page)
    if not volume.number and omitted(root, patterns):
        pages = [
            page
            for page in book.findall(addnodes.start_of_file)
            if not any(isinstance(above, addnodes.start_of_file) for above in around(page))
        ]
        book.children = []
        book += nodes.section("", *pages)


def _once(book: nodes.document) -> None:
    """Of a list that several pages have keep the first, and no section that would have a title only."""
    seen = set()
    for made in list(book.findall(ed_list)):
        same = repr((made["list"], made["options"], made.get("data"), made.astext()))
        if same not in seen:
            seen.add(same)
            continue
        gone: nodes.Element = made
        while _alone(gone) and isinstance(gone.parent, nodes.section):
            gone = gone.parent
        gone.parent.remove(gone)


def _alone(node: nodes.Element) -> bool:
    """Whether beside a node there are but titles and what is not seen."""
    unseen = (nodes.title, nodes.Invisible)
    return all(child is node or isinstance(child, unseen) for child in node.parent.children)
