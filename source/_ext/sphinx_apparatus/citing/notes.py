"""The notes of a page as HTML, to stand on pages of their own.

The page of a text is resolved and rendered once, whatever the number of its notes:
that is what makes a page for each of ten thousand annotations cheap.
"""

from __future__ import annotations

from typing import Any

from sphinx.addnodes import pending_xref

from sphinx_apparatus import nodes as ed
from sphinx_apparatus.addresses import CORRECTIONS


def render(builder: Any, docname: str) -> dict[str, str]:
    """The notes on a page by id, their links right for pages in ``corrections/``."""
    here = f"{CORRECTIONS}/_"
    tree = builder.env.get_doctree(docname)
    for reference in tree.findall(pending_xref):
        reference["refdoc"] = here
    builder.env.apply_post_transforms(tree, here)
    tree.settings = builder.docsettings
    builder.current_docname = here
    rendered: dict[str, str] = {}
    for note in tree.findall(ed.ed_annotation):
        translator = builder.create_translator(tree, builder)
        for child in note.children:
            child.walkabout(translator)
        rendered[note["annotation"]] = "".join(translator.body)
    return rendered
