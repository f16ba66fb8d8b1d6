"""What the search shows of each page: its group, its words, and of an annotation lemma, reading and place.

It stands in a script beside the index of Sphinx's search, ``_static/ed-found.js``, which only the page of the
search loads; a second one, ``_static/ed-suggest.js``, has what a box of the search suggests.  Scripts and not
JSON, for a page that is read from its file can fetch nothing else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.concordances.connections import index_of
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.entry import shorten
from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage
from sphinx_apparatus.outputs.html.paging import Turned
from sphinx_apparatus.outputs.html.searching import FOUND, SUGGEST, folded
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.stores.atomic import write

#: Words of a lemma or a reading in a result.
_WORDS = 12

#: Words of what is suggested.
_SUGGESTED = 5

#: A page as the search shows it: group, words, place, address, lemma, reading, kind; the last five of annotations.
Shown = list[Any]


def keep_words(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Keep the words of a page that is written (``doctree-resolved``); those of lists are the annotations'."""
    if not output_of(app.builder).own_pages or not domain_of(app.env).texts:
        return
    kept = app.builder.__dict__.setdefault("apparatus_words", {})
    kept[docname] = " ".join(" ".join(_prose(doctree)).split())


def _prose(doctree: nodes.document) -> Iterator[str]:
    title = next(iter(doctree.findall(nodes.title)), None)
    for node in doctree.findall(nodes.TextElement):
        outermost = not isinstance(node.parent, nodes.TextElement) and not isinstance(node, (nodes.raw, nodes.comment))
        if outermost and node is not title and not _in_list(node):
            yield node.astext()


def _in_list(node: nodes.Node) -> bool:
    lists = (above for above in ed.around(node) if isinstance(above, (nodes.table, nodes.bullet_list)))
    return any(_LISTS & set(above["classes"]) for above in lists)


#: Lists whose words are those of annotations.
_LISTS = {"ed-list", "ed-lemmata"}


def write_found(app: Sphinx, exception: Exception | None) -> None:
    """Write both scripts (``build-finished``)."""
    if exception is not None or not output_of(app.builder).own_pages or not domain_of(app.env).texts:
        return
    edition = edition_of(app.env)
    path = Path(app.outdir, FOUND)
    titles, of_page = _groups(app.env)
    before = _words_before(path)
    now: dict[str, str] = app.builder.__dict__.get("apparatus_words", {})
    pages: dict[str, Shown] = {}
    texts = {record.docname: record.text.string for record in edition.texts.values()}
    for docname in sorted(app.env.found_docs):
        words = texts.get(docname) or now.get(docname, before.get(docname, ""))
        pages[docname] = [of_page[docname], words]
    if app.config.apparatus_pages:
        pages |= dict(_annotations(app, edition)) | dict(_passages(app, edition))
    write(path, f"edFound({_json({'groups': titles, 'pages': pages})});\n")
    write(Path(app.outdir, SUGGEST), f"edSuggest({_json(list(_suggestions(app.env, edition)))});\n")


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _words_before(path: Path) -> dict[str, str]:
    """The words of pages that an earlier build wrote."""
    try:
        found = json.loads(re.sub(r"^edFound\(|\);\s*$", "", path.read_text("utf-8")))
        return {name: shown[1] for name, shown in found["pages"].items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}


def _groups(env: BuildEnvironment) -> tuple[list[str], dict[str, int]]:
    """The titles of the groups of results, and the number of each page's: captions of the table of contents."""
    titles = [_("Annotations"), _("Texts"), _("Pages")]
    of_page = dict.fromkeys(env.found_docs, 2)
    for toctree in env.get_doctree(env.config.root_doc).findall(addnodes.toctree):
        caption = toctree.get("caption")
        if caption and caption not in titles:
            titles.append(caption)
        for docname in toctree["includefiles"]:
            for one in _below(env, docname):
                of_page[one] = titles.index(caption) if caption else 2
    return titles, of_page | {record.docname: 1 for record in edition_of(env).texts.values()}


def _below(env: BuildEnvironment, docname: str) -> list[str]:
    """A page and all below it in the table of contents."""
    found, wanted = [], [docname]
    while wanted:
        one = wanted.pop()
        if one not in found:
            found.append(one)
            wanted += env.toctree_includes.get(one, [])
    return found


def _annotations(app: Sphinx, edition: Edition) -> Iterator[tuple[str, Shown]]:
    page, turned = cache(app.builder.get_target_uri), Turned.of(app)
    one, several = _("l."), _("ll.")
    sorts: dict[tuple[str, str], str] = {}
    for annotation in edition.in_order:
        passage = str(edition.passage_of(annotation.id))
        first, last = edition.lines_at(annotation.id)
        lines = "" if not first else f", {one} {first}" if first == last else f", {several} {first}–{last}"
        sort = annotation.layer.name, annotation.kind
        if sort not in sorts:
            sorts[sort] = ", ".join(map(_, sort))
        reading = edition.reading(annotation.id)
        yield (
            f"{CORRECTIONS}/{annotation.id}",
            [
                0,
                edition.words(annotation.id),
                f"{passage}{lines}",
                turned.address(f"{page(annotation.docname)}#{annotation.id}"),
                annotation.short or shorten(annotation.lemma, _WORDS),
                "" if reading is None else shorten(reading, _WORDS) or f"({_('delete')})",
                sorts[sort],
            ],
        )


def _passages(app: Sphinx, edition: Edition) -> Iterator[tuple[str, Shown]]:
    turned = Turned.of(app)
    for siglum, record in edition.texts.items():
        page = app.builder.get_target_uri(record.docname)
        for paragraph in record.text.paragraphs:
            passage = Passage(siglum, paragraph.number)
            words = record.text.string[paragraph.start : paragraph.end]
            yield f"{PASSAGES}/{passage.anchor}", [1, words, "", turned.address(f"{page}#{passage.anchor}")]


def _suggestions(env: BuildEnvironment, edition: Edition) -> Iterator[str | tuple[str, str]]:
    """What is asked for: what stands and what should, and names; with its form without marks, if it has another."""
    said: dict[str, None] = {}
    for annotation in edition.in_order:
        if annotation.reading is not None:
            said.update(dict.fromkeys((annotation.short or annotation.lemma, edition.reading(annotation.id) or "")))
    for heading in index_of(env).headings:
        said.update(dict.fromkeys((heading.name.heading, *(form.spelling for form in heading.name.forms))))
    words = {" ".join(one.split()) for one in said}
    for one in sorted(words, key=lambda one: (folded(one), one)):
        if len(one) > 2 and len(one.split()) <= _SUGGESTED and any(c.isalpha() for c in one):
            yield one if folded(one) == one.lower() else (one, folded(one))
