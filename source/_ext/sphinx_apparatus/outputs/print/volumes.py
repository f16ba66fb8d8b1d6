"""The volumes of the book: which pages each has, and what it is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path, PurePath
from typing import NamedTuple

from sphinx.builders import Builder
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.outputs.print.book import slug
from sphinx_apparatus.outputs.print.standards import several
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.warnings import place, warn

#: The target of the page that has all others below it where what begins a page behind those stands.
APART = "ed-apart"


class Volume(NamedTuple):
    """A PDF: the stem of its file's name, its number from 1 and its title, and its pages.

    An edition in one volume has one without number and title.  ``roots`` are the pages
    its contents begin with; ``pages`` all that it prints, in order.
    """

    name: str
    number: int
    title: str
    roots: tuple[str, ...]
    pages: tuple[str, ...]
    #: of an offprint, the name of the volume it is of
    of: str = ""

    @property
    def label(self) -> str:
        """How references from other volumes name it; nothing where it is the only one."""
        return str(self.number) if self.number else ""


def volumes(builder: Builder) -> list[Volume]:
    """The volumes that ``apparatus_pdf_volumes`` names, or one of everything.

    What is amiss is warned of: an entry that is no triple, a page that is not there, one in
    two volumes, and a text in none.
    """
    config, env = builder.config, builder.env
    root = config.root_doc
    name = stem("".join(several(config.apparatus_pdf_name))) or slug(config.project)
    whole = Volume(name, 0, "", (root,), _pages(env, [root], config.apparatus_pdf_omit))
    if not config.apparatus_pdf_volumes:
        return [whole]
    where = place(Path(builder.confdir, "conf.py"), "apparatus_pdf_volumes")

    def amiss(message: str) -> None:
        warn(Code.CONFIG, f"apparatus_pdf_volumes: {message}", where)

    if not isinstance(config.apparatus_pdf_volumes, (list, tuple)):
        amiss(f"it is {config.apparatus_pdf_volumes!r}. Remedy: a list; of each volume file name, title, list of pages")
        return [whole]
    found: list[Volume] = []
    home: dict[str, str] = {}
    for number, entry in enumerate(config.apparatus_pdf_volumes, 1):
        if not _is_triple(entry):
            amiss(f"entry {number} is {entry!r}. Remedy: a file name, a title, and a list of pages")
            continue
        name, title, roots = entry
        there = tuple(page for page in roots if page in env.all_docs)
        for page in roots:
            if page not in env.all_docs:
                amiss(f"there is no page {page!r} for {name!r}. Remedy: name it as a toctree does, from the root")
        if any(volume.name.casefold() == stem(name).casefold() for volume in found):
            amiss(f"two volumes are called {name!r}. Remedy: give each a name of its own")
            continue
        pages = _pages(env, there, config.apparatus_pdf_omit)
        for page in pages:
            if home.setdefault(page, name) != name:
                amiss(f"page {page!r} is both in {home[page]!r} and in {name!r}. Remedy: list it once")
        found.append(Volume(stem(name), number, title, there, pages))
    for siglum, record in edition_of(env).texts.items():
        if record.docname in whole.pages and record.docname not in home:
            amiss(f"text {siglum} is in no volume. Remedy: list its page, {record.docname!r}")
    return found


def _is_triple(entry: object) -> bool:
    if not isinstance(entry, (list, tuple)) or len(entry) != 3 or not isinstance(entry[2], (list, tuple)):
        return False
    return all(isinstance(words, str) for words in (entry[0], entry[1], *entry[2])) and bool(stem(entry[0]))


def stem(name: str) -> str:
    """The name of a PDF without its ending; of one in a folder, the name alone."""
    return PurePath(name).name.removesuffix(".pdf").strip(". ")


def _pages(env: BuildEnvironment, roots: Iterable[str], omit: Sequence[str]) -> tuple[str, ...]:
    return tuple(page for page in _below(env, roots, set()) if not omitted(page, omit))


def omitted(page: str, patterns: Sequence[str]) -> bool:
    """Whether a page is not for print."""
    return any(fnmatchcase(page, pattern) for pattern in several(patterns))


def _below(env: BuildEnvironment, roots: Iterable[str], seen: set[str]) -> Iterator[str]:
    for page in roots:
        if page not in seen:
            seen.add(page)
            yield page
            yield from _below(env, env.toctree_includes.get(page, ()), seen)
