"""What an editor says before a text, folded, and the witnesses told behind it: a page begins and ends with the text."""

from __future__ import annotations

import re
from html import escape
from typing import Any

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import builder_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.nodes import ed_facing, ed_text

#: The end of a sentence, of some length.
_SENTENCE = re.compile(r"^.{30,200}?[.!?](?=\s+[A-Z])", re.DOTALL)

#: Where there is none, so many letters stand for it.
_FIRST = 140


class ed_headnote(nodes.General, nodes.Element):
    """What stands before a text on its page, or behind it; ``opening`` is its first sentence, ``title`` its heading."""


class Fold(SphinxPostTransform):
    """Gather what stands between the title of a page and its text; after references are resolved."""

    default_priority = 700

    def run(self, **kwargs: Any) -> None:
        """Fold what stands before each text of the page."""
        if not output_of(builder_of(self.env)).assets:
            return
        for text in list(self.document.findall(ed_text)):
            if not isinstance(text.parent, ed_facing):
                _fold(text)
        for facing in list(self.document.findall(ed_facing)):
            _fold(facing)
        if next(self.document.findall(ed_text), None) is not None:
            for section in list(self.document.findall(nodes.section)):
                _fold_witnesses(section)


def _fold(text: ed_text | ed_facing) -> None:
    own: nodes.Element = text
    section = own.parent
    # The text stands in a section of its own, or straight below the title of the page.
    if isinstance(section.parent, nodes.section):
        own, section = section, section.parent
    before = [
        child
        for child in section.children[: section.index(own)]
        if not isinstance(child, (nodes.title, nodes.target, nodes.comment, ed_text, ed_facing))
    ]
    if not before or any(next(child.findall(ed_text), None) is not None for child in before):
        return
    words = next((" ".join(p.astext().split()) for one in before for p in one.findall(nodes.paragraph)), "")
    found = _SENTENCE.match(words)
    opening = found[0] if found else words if len(words) <= _FIRST else f"{words[:_FIRST].rsplit(' ', 1)[0]} …"
    fold = ed_headnote(opening=opening)
    section.insert(section.index(before[0]), fold)
    for child in before:
        section.remove(child)
        fold += child


def _fold_witnesses(section: nodes.section) -> None:
    """Fold a section of a text's page that has a title and told witnesses, and nothing else."""
    told = [child for child in section.children if isinstance(child, nodes.definition_list)]
    others = [child for child in section.children if child not in told and not isinstance(child, nodes.Invisible)]
    titled = [type(child) for child in others] == [nodes.title]
    if told and titled and all("ed-conspectus" in one["classes"] for one in told):
        fold = ed_headnote(opening="", title=others[0].astext())
        section.parent.insert(section.parent.index(section), fold)
        section.parent.remove(section)
        fold += section


def visit(self: Any, node: ed_headnote) -> None:
    """Open the fold; its summary is the first sentence."""
    opening = f"<span>{escape(node['opening'])}</span> " if node["opening"] else ""
    title = escape(node.get("title") or _("Headnote"))
    self.body.append(f'<details class="ed-head"><summary>{opening}<b>{title}</b></summary>')


def depart(self: Any, node: ed_headnote) -> None:
    """Close it."""
    self.body.append("</details>")
