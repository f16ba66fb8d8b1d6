"""What the pages cite, read off sphinxcontrib-bibtex: the works of each note, and the works at all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from docutils import nodes
from pybtex.plugin import find_plugin, register_plugin
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms import SphinxTransform
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from sphinx_apparatus.bibliography import years
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.work import Work, naming
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of

#: Roles of sphinxcontrib-bibtex that put names into a sentence.
_NAMING = frozenset({"t", "ts", "ct", "cts", "author", "authors", "cauthor", "cauthors"})

#: What docutils says of a fault, mark-up for one output only, the number of a footnote, a source's own words.
_NO_WORDS = (
    *(nodes.system_message, nodes.problematic, nodes.raw, nodes.comment),
    *(nodes.footnote_reference, nodes.label, ed.ed_wording),
)

_SPACE_BEFORE_STOP = re.compile(r"\s+([.,;:)])")


class NoteCitations(SphinxTransform):
    """Tell each draft what its note cites, and its words without citations.

    First of all transforms: the words are the editor's, before typography.
    """

    default_priority = 1

    def apply(self, **kwargs: Any) -> None:
        """Complete the drafts."""
        for note in self.document.findall(ed.ed_annotation):
            draft: Draft = note["draft"]
            note["draft"] = replace(draft, body=plain_words(note), cites=tuple(_cited(note)))


class TranslatedNotes(SphinxTransform):
    """Keep the plain words of a note that has been translated: what is said of it to machines is in its language.

    After Sphinx's translation (20), before typography.  The digest is of the original, and stays.
    """

    default_priority = 21

    def apply(self, **kwargs: Any) -> None:
        """Note the words."""
        for note in self.document.findall(ed.ed_annotation):
            if any(isinstance(node, nodes.Element) and node.get("translated") for node in note.findall()):
                note["translated"] = plain_words(note)


def plain_words(note: nodes.Element) -> str:
    """The words of a note on one line, without its citations; a work that a sentence names is ``[@key]``."""
    words, block = "", None
    for node in note.findall():
        around = _around(node)
        if around is not None:
            said = _uncited(node) if isinstance(node, nodes.Text) else str(node.get("alt", ""))  # type: ignore[attr-defined]
            words += f"{' ' if around is not block else ''}{said}"
            block = around
        elif isinstance(node, nodes.raw) and node.astext().startswith("<br"):
            words += " "  # as MyST has the end of a line that stays
    return _SPACE_BEFORE_STOP.sub(r"\1", " ".join(words.split()))


def _around(node: nodes.Node) -> nodes.Element | None:
    """The block in which words stand: a paragraph, a cell, a term; none if they are no words of the note's.

    What a picture shows is, in the words that stand for it.
    """
    if not isinstance(node, (nodes.Text, nodes.image)):
        return None
    block, parent = None, node.parent
    while parent is not None and not isinstance(parent, ed.ed_annotation):
        if isinstance(parent, _NO_WORDS):
            return None
        if block is None and not isinstance(parent, nodes.Inline):
            block = parent
        parent = parent.parent
    return block if block is not None else parent


def _uncited(text: nodes.Text) -> str:
    parent = text.parent
    while parent is not None and not isinstance(parent, (pending_xref, ed.ed_annotation)):
        parent = parent.parent
    if not isinstance(parent, pending_xref) or parent.get("refdomain") != "cite":
        return text.astext()
    if parent["reftype"] not in _NAMING:
        return ""
    return naming([target.key for target in parse_citation_targets(parent["reftarget"])])


def _cited(note: nodes.Element) -> list[str]:
    """The bibliography keys cited below a node, each once, in order."""
    keys: dict[str, None] = {}
    for reference in note.findall(pending_xref):
        if reference.get("refdomain") == "cite":
            for target in parse_citation_targets(reference["reftarget"]):
                keys[target.key] = None
    return list(keys)


def prepare(app: Sphinx) -> None:
    """Tell works apart that are cited alike, in the style that has letters (``builder-inited``)."""
    entries: Any = app.env.get_domain("cite").bibdata.data.entries  # type: ignore[attr-defined]
    years.remember({})
    if not entries:
        return
    # Else pybtex would look for the backend in the metadata of all installed packages, at every
    # citation: a third of the time of a build.
    register_plugin("pybtex.backends", "plaintext", find_plugin("pybtex.backends", "plaintext"), force=True)
    if app.config.bibtex_reference_style == "humanities":
        years.remember(years.tell_apart(entries.values()))


def note_works(app: Sphinx, env: BuildEnvironment) -> None:
    """Tell the domain of the works, and which are cited (``env-updated``)."""
    cite: Any = env.get_domain("cite")
    cited = {target.key for reference in cite.citation_refs for target in reference.targets}
    entries = cite.bibdata.data.entries
    works = {
        key: Work(
            *(key, str(path), years.cited_names(entries[key]), key in cited),
            years.lettered(entries[key]).fields.get("year", ""),
        )
        for path, file in cite.bibdata.bibfiles.items()
        for key in file.keys
    }
    domain_of(env).works = works


def shown_works(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What pages show of the works they cite and list, for `sphinx_apparatus.sphinx_ext.outdated`."""
    cite: Any = app.env.get_domain("cite")
    edition = edition_of(app.env)
    where = {citation.key: (citation.bibliography_key.docname, citation.citation_id) for citation in cite.citations}
    entries = cite.bibdata.data.entries
    seen: dict[str, object] = {}
    cited: dict[str, set[str]] = {}
    for reference in cite.citation_refs:
        cited.setdefault(reference.docname, set()).update(target.key for target in reference.targets)
    for docname, keys in cited.items():
        for key in keys:
            if key in entries and key not in seen:
                seen[key] = (key, repr(years.lettered(entries[key])), where.get(key))
        yield docname, sorted(str(seen[key]) for key in keys if key in seen)
    lists: dict[str, list[object]] = {}
    for citation in cite.citations:
        at = edition.cited_at.get(citation.key, ())
        lists.setdefault(citation.bibliography_key.docname, []).append(
            (citation.key, citation.citation_id, repr(years.lettered(citation.entry)), at)
        )
    yield from lists.items()
