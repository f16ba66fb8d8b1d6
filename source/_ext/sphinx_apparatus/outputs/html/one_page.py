"""All pages in one (``singlehtml``): each id once, and every link to the place it means.

Sphinx 9.0 makes ``#document-a#A1`` of a link to a place on another page (its issue 14221), and
keeps the ids of each page, of which many are the same.  Both are mended in an edition, whose
notes, citations and lists are such links.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from docutils import nodes
from sphinx.addnodes import start_of_file
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import builder_of, domain_of

_PLACE = re.compile(r'href="#document-([^"#]*)#([^"]*)"')

#: An id of a page that another page had before, by page and id, and what stands for it.
Renamed = dict[tuple[str, str], str]


class UniqueIds(SphinxPostTransform):
    """Give a new id to what has one that was on a page before; after all references are resolved."""

    default_priority = 900

    def run(self, **kwargs: Any) -> None:
        """Rename, and let what points there follow."""
        if not output_of(builder_of(self.env)).one_page or not domain_of(self.env).texts:
            return
        renamed: Renamed = {}
        taken: dict[str, str] = {}
        found = list(_elements(self.document, self.env.config.root_doc))
        for docname, element in found:
            # The number of a section is looked up by its id.
            if isinstance(element, nodes.section) and self.env.toc_secnumbers.get(docname):
                taken.update(dict.fromkeys(element["ids"], docname))
                continue
            for identifier in element["ids"]:
                if taken.setdefault(identifier, docname) != docname:
                    renamed[docname, identifier] = f"{docname.replace('/', '-')}-{identifier}"
        for docname, element in found:
            element["ids"] = [renamed.get((docname, identifier), identifier) for identifier in element["ids"]]
            if "refid" in element:
                element["refid"] = renamed.get((docname, element["refid"]), element["refid"])
            if "backrefs" in element:
                element["backrefs"] = [renamed.get((docname, one), one) for one in element["backrefs"]]
        builder_of(self.env).__dict__["apparatus_renamed"] = renamed


def _elements(node: nodes.Element, docname: str) -> Iterator[tuple[str, nodes.Element]]:
    """All elements below a node, each with the page it comes from."""
    for child in node.children:
        if isinstance(child, nodes.Element):
            page = child["docname"] if isinstance(child, start_of_file) else docname
            yield page, child
            yield from _elements(child, page)


def led(page: str, builder: Any) -> str:
    """A page as HTML whose links lead to places on it; those to its beginning lead to the top."""
    renamed: Renamed = builder.__dict__.get("apparatus_renamed", {})
    page = _PLACE.sub(lambda found: f'href="#{renamed.get((found[1], found[2]), found[2])}"', page)
    return page.replace(f'href="#document-{builder.config.root_doc}"', 'href="#"')
