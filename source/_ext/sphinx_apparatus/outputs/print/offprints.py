"""Offprints: one text with its headnote, its notes and the works they cite, paged as in the book."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from docutils import nodes
from sphinx import addnodes

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.outputs.addresses import named_after
from sphinx_apparatus.outputs.print.volumes import Volume
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.warnings import warn

_TAKEN = (
    "text {siglum} has no offprint: {siglum}.pdf is the file of another, or of the book, where capitals do not count. "
    "Remedy: another siglum, or another apparatus_pdf_name"
)


def offprints(
    texts: Mapping[str, TextRecord], titles: Mapping[str, str], volumes: Iterable[Volume], works: Sequence[str]
) -> list[Volume]:
    """One for each text that is printed, named after its siglum; ``works`` are the pages with lists of works.

    Two texts on one page have one offprint, named after the first.
    """
    volumes = list(volumes)
    names = named_after(texts, [volume.name for volume in volumes])
    found: dict[str, Volume] = {}
    for siglum, record in texts.items():
        page = record.docname
        home = next((volume for volume in volumes if page in volume.pages), None)
        if home is None or page in found:
            continue
        if page not in names:
            warn(Code.PDF, _TAKEN.format(siglum=siglum), page)
            continue
        title = _("Offprint: {title}").format(title=titles.get(siglum, siglum))
        found[page] = Volume(siglum, 0, title, (page, *works), (page,), home.name)
    return list(found.values())


def cited_only(book: nodes.document) -> None:
    """Of the pages with lists of works keep one list, of the works that the offprint cites; of no other words."""
    own, *lists = _files(book)
    cited = {
        reference["refuri"].partition("#")[2]
        for reference in own.findall(nodes.reference)
        if reference.get("refuri", "").startswith("%") and "#" in reference["refuri"]
    }
    kept = [
        item
        for page in lists
        for made in page.findall(nodes.bullet_list)
        if "ed-bibliography" in made["classes"]
        for item in made.children
        if isinstance(item, nodes.Element) and cited & set(_ids(item))
    ]
    for page in lists[1:]:
        page.parent.remove(page)
    if not lists:
        return
    _cited_here(kept, own)
    if not kept:
        lists[0].parent.remove(lists[0])
        return
    section = nodes.section(
        "", nodes.title("", _("Works cited")), ids=[f"{own['docname']}-works"], classes=["ed-behind"]
    )
    section += nodes.bullet_list("", *kept, classes=["ed-bibliography"], bullet="-")
    lists[0].children = []
    lists[0] += section


def _cited_here(works: Iterable[nodes.Element], own: nodes.Element) -> None:
    """Of where works are cited keep what is in the offprint."""
    for line in [line for work in works for line in work.findall(nodes.paragraph) if "ed-cited-at" in line["classes"]]:
        label, here = line.children[:1], _within(line, own)
        if here:
            line.children = [*label, nodes.Text(" "), *here]
        else:
            line.parent.remove(line)


def _within(line: nodes.Element, own: nodes.Element) -> list[nodes.Node]:
    """The references of a line that lead to a page, set apart by commas."""
    made: list[nodes.Node] = []
    for reference in line.findall(nodes.reference):
        if reference.get("refuri", "").startswith(f"%{own['docname']}#"):
            made += [nodes.Text(", "), reference] if made else [reference]
    return made


def _files(book: nodes.document) -> list[addnodes.start_of_file]:
    """The pages of the project that are in no other's."""
    return [file for file in book.findall(addnodes.start_of_file) if not _below(file)]


def _below(file: nodes.Node) -> bool:
    above = file.parent
    while above is not None and not isinstance(above, addnodes.start_of_file):
        above = above.parent
    return above is not None


def _ids(item: nodes.Element) -> Iterator[str]:
    yield from item.get("ids", [])
    for node in item.findall(nodes.Element):
        yield from node.get("ids", [])
