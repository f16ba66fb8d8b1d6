"""What the editor typed: Sphinx makes inverted commas and dashes of a note's plain ones before it is read here.

They are told from those that were typed as such by the note as written: its marks are those of
the nodes, in the same order, but for some that are no words of it (in an address, below the head of a table).
Where no mark is found that answers to it, a node stands as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher

from docutils import nodes
from sphinx.addnodes import pending_xref

from sphinx_apparatus.sphinx_ext import nodes as ed

_MARK = re.compile("\\.\\.\\.|---?|['\"‘’‚‛“”„‟«»–—…]")
#: What typography makes of what is alike.
_KINDS = {
    mark: kind
    for kind, alike in enumerate((("...", "…"), ("---", "—"), ("--", "–"), tuple("'‘’‚‛"), tuple('"“”„‟«»')))
    for mark in alike
}

#: What is below the head of a table, or divides: no words.
_RULE = re.compile(r"^(?=[^-\n]*-)[ \t>|:-]+$", re.MULTILINE)

_CITATION = re.compile(r"\{cite[^}]*\}`[^`]*`")


def typed(found: Iterable[nodes.Node], written: str) -> dict[int, str]:
    """For the text nodes of a note that typography changed, by their ``id()``, the characters typed."""
    texts = [text for node in found for text in _texts(node)]
    marks = _MARK.findall(_RULE.sub("", _CITATION.sub("", written.replace("\\", ""))))
    made = [mark for text in texts for mark in _MARK.findall(str(text))]
    answers = list(made)
    for before, after, length in SequenceMatcher(
        None, [_KINDS[mark] for mark in marks], [_KINDS[mark] for mark in made], autojunk=False
    ).get_matching_blocks():
        answers[after : after + length] = marks[before : before + length]
    left = iter(answers)
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
