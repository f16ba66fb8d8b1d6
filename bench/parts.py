"""Parts of a build: two processes, the start, and one page."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from bench.builds import Cost, Project, Yard, best, in_turn, rounds, sphinx
from bench.invention import Size
from bench.report import Row, ratio

#: Ordinary pages by which a build is made longer, to know what one takes.
_PAGES = 100

_EXTENSIONS = {
    "bare": ["myst_parser"],
    "bibtex": ["myst_parser", "sphinxcontrib.bibtex"],
    "apparatus": ["myst_parser", "sphinx_apparatus"],
}


def jobs(yard: Yard, size: Size) -> Iterator[Row]:
    """``-j 2`` against ``-j 1``, in seconds that pass."""
    project = Project(size)
    builds = [partial(yard.fresh, project, "-j", number) for number in ("1", "2")]
    one, two = map(best, in_turn(builds, rounds(size)))
    yield Row("jobs", f"{size}: -j 2, beside it -j 1", two.wall, one.wall, "s", one.wall / two.wall, 1.5, least=True)
    yield ratio("jobs", f"{size}: CPU of the two", two.cpu, one.cpu)


def start(yard: Yard) -> Iterator[Row]:
    """A project of two pages that has nothing of an edition, with and without the extension."""
    folders = {}
    for name, extensions in _EXTENSIONS.items():
        folder = folders[name] = yard.folder / f"start-{name}"
        folder.mkdir(exist_ok=True)
        (folder / "conf.py").write_text(f"extensions = {extensions}\nhtml_theme = 'furo'\nbibtex_bibfiles = []\n")
        (folder / "index.md").write_text("# A project\n\n```{toctree}\nother\n```\n")
        (folder / "other.md").write_text("# Another page\n\nOf a few words.\n")
    builds = [partial(_anew, folder) for folder in folders.values()]
    in_turn(builds, 1)  # compiles what was not compiled, and brings files to memory
    bare, bibtex, apparatus = (best(costs).cpu for costs in in_turn(builds, 7))
    yield Row("start", "seconds more than furo and MyST", apparatus, bare, figure=apparatus - bare, target=0.1)
    yield Row("start", "seconds more than these and bibtex", apparatus, bibtex, figure=apparatus - bibtex)


def _anew(folder: Path) -> Cost:
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    return sphinx(folder, out)[0]


def pages(yard: Yard, few: Size, many: Size) -> Iterator[Row]:
    """One page more of an annotation with its downloads, and one ordinary small page more, by what each adds.

    What all pages need once, as the processor of citations, is in either size, and so in neither's page; what a
    paragraph's page takes is counted to those of annotations.
    """
    own = []
    for size in (few, many):
        pages, least = yard.costs(Project(size, "pages"), Project(size, "least"))
        own.append((pages.cpu - least.cpu) * 1_000)
    usual, longer = yard.costs(Project(few), Project(few, pages=_PAGES))
    ordinary = (longer.cpu - usual.cpu) / _PAGES * 1_000
    more = many.annotations - few.annotations
    one = (own[1] - own[0]) / more
    yield Row("pages", f"{more:,} more: ms a page of an annotation", one, None, "ms", one, 1.0)
    yield ratio("pages", f"{more:,} more: beside an ordinary page", one, ordinary, 0.05, "ms")
