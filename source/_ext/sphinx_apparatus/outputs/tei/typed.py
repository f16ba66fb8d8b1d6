"""What the editor typed: Sphinx makes inverted commas and dashes of a note's plain ones before it is read here.

They are told from those that were typed as such by the note as written: its marks and those of
the nodes are the same in number and order.  Where they are not, the nodes stand as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_apparatus.sphinx_ext import nodes as ed

_MARK = re.compile("\\.\\.\\.|---?|['\"‘’‚‛“”„‟«»–—…]")
_CITATION = re.compile(r"\{cite[^}]*\}`[^`]*`")


def typed(found: Iterable[nodes.Node], written: str) -> dict[int, str]:
    """For the text nodes of a note that typography changed, by their ``id()``, the characters typed."""
    texts = [text for node in found for text in _texts(node)]
    marks = _MARK.findall(_CITATION.sub("", written.replace("\\", "")))
    if len(marks) != sum(len(_MARK.findall(str(text))) for text in texts):
        return {}
    left = iter(marks)
    restored = {id(text): _MARK.sub(lambda _: next(left), str(text)) for text in texts}
    return {id(text): restored[id(text)] for text in texts if restored[id(text)] != str(text)}


def _texts(node: nodes.Node) -> Iterator[nodes.Text]:
    if isinstance(node, (ed.ed_wording, ed.ed_relations)):
        return
    if isinstance(node, pending_xref) and node.get("refdomain") == "cite":
        return
    if isinstance(node, nodes.Text):
        yield node
    for child in node.children:
        yield from _texts(child)
