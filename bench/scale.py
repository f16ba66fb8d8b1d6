"""What one more annotation costs as an edition grows, in texts or within one text; and what must build at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bench.builds import Cost, Failed, Project, Yard
from bench.invention import Size
from bench.report import Row

#: Ten times the annotations may make each cost this many times as much.
TARGET = 1.2

#: What every build has: the start of Sphinx, its theme, its search, the first citation.
_LEAST = Size(1, 20)


def scale(yard: Yard, sizes: Sequence[Size]) -> Iterator[Row]:
    """Seconds and MiB of each annotation, beyond those of an edition that has few, against the first size's."""
    first: dict[str, Cost] = {}
    for size in sizes:
        made = {}
        for kind in ("full", "plain"):
            least, cost = yard.costs(Project(_LEAST, kind), Project(size, kind))
            count = size.annotations - _LEAST.annotations
            made[kind] = Cost(*((more - less) / count for more, less in zip(cost, least, strict=True)))
        first = first or made
        for what, unit, column, times in (("time", "ms", 0, 1_000), ("memory", "KiB", 2, 1_024)):
            ours, plain = (made[kind][column] * times for kind in ("full", "plain"))
            rise = ours / times / first["full"][column] if first is not made else None
            beside = plain / times / first["plain"][column] if first is not made else None
            case = f"{size}: {what} each" + (f" (plain rises {beside:.2f})" if beside is not None else "")
            yield Row("scale", case, ours, plain, unit, rise, TARGET if rise is not None else None)


def limits(yard: Yard) -> Iterator[Row]:
    """What must build, whatever the time."""
    line = Size(1, 20, line=1_000_000)
    for project in (Project(Size(1, 10_000)), Project(line), Project(line, builder="typstpdf")):
        case = f"{project.size}: {project.builder}"
        try:
            (cost,) = yard.costs(project)
        except Failed as failed:
            yield Row("limits", f"{case} FAILED: {str(failed)[-400:]}")
        else:
            yield Row("limits", f"{case}: built", cost.cpu)
            yield Row("limits", f"{case}: memory", cost.mebibytes, unit="MiB")
