"""The HTML of an edition against the same words in plain Sphinx, built whole or after one note was edited."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench.builds import Project, Yard, best, in_turn, rounds
from bench.invention import Size
from bench.report import Row, ratio

SMALL = (Size(4, 400), Size(1, 1_000))
LARGE = (Size(20, 4_000), Size(1, 3_000))


def whole(yard: Yard, sizes: tuple[Size, ...]) -> Iterator[Row]:
    """Fresh builds, with the pages of annotations and passages and without them."""
    for size in sizes:
        plain, full, bare = yard.costs(Project(size, "plain"), Project(size), Project(size, "bare"))
        yield ratio("html", f"{size}: with pages", full.cpu, plain.cpu, 2.0)
        if yard.knows_bare:
            yield ratio("html", f"{size}: without pages", bare.cpu, plain.cpu, 1.2)
        else:
            yield Row("html", f"{size}: without pages (no such option)", target=1.2)
        yield ratio("html", f"{size}: memory, with pages", full.mebibytes, plain.mebibytes, unit="MiB")


def one_note(yard: Yard, sizes: tuple[Size, ...]) -> Iterator[Row]:
    """The words of one note are changed, then what changed is built."""
    for size in sizes:
        projects = Project(size, "plain"), Project(size)
        builds = [partial(yard.edited, project) for project in projects]
        plain, full = map(best, in_turn(builds, rounds(size)))
        yield ratio("one-note", f"{size}", full.cpu, plain.cpu, 1.5)
