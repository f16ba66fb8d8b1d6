"""``make bench``: speed and memory, as ratios that hold on any machine.

The HTML of generated editions is built in turn with plain Sphinx (furo, MyST) on the same words, the same notes as
footnotes.  Every build is a process of its own; its cost is the CPU time of all its processes.
"""

from __future__ import annotations

import argparse
import importlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bench import html, parts, report, scale, sorts
from bench.builds import Failed, Yard
from bench.invention import Size
from bench.report import Row

RESULTS = Path(__file__).parent.parent / "build" / "bench"

#: Where files cost what they cost: on a disk that others use, too, a small one takes twenty times as long.
MEMORY = Path("/dev/shm")

DEFAULT = ("start", "html", "one-note", "pages", "scale", "jobs", "weaving")
NAMES = (*DEFAULT, "sorts", "limits", "pdf", "tex")


def measures(yard: Yard, *, small: bool, full: bool) -> dict[str, Callable[[], Iterator[Row]]]:
    """The measures by name."""
    sizes = html.SMALL if small else (*html.SMALL, *html.LARGE)
    texts = (Size(4, 400), *(() if small else (Size(20, 4_000),)), *((Size(200, 40_000),) if full else ()))
    within = (Size(1, 100), Size(1, 1_000), *(() if small else (Size(1, 3_000),)))
    return {
        "start": lambda: parts.start(yard),
        "html": lambda: html.whole(yard, sizes),
        "one-note": lambda: html.one_note(yard, sizes),
        "pages": lambda: parts.pages(yard, Size(4, 400), Size(4, 1_200) if small else Size(20, 4_000)),
        "scale": lambda: (row for series in (within, texts) for row in scale.scale(yard, series)),
        "jobs": lambda: parts.jobs(yard, Size(4, 400) if small else Size(20, 4_000)),
        "sorts": lambda: sorts.measure(yard.folder, small=small),
        "weaving": lambda: told("weaving"),
        "limits": lambda: scale.limits(yard),
        "pdf": lambda: told("pdf"),
        "tex": lambda: told("tex"),
    }


def told(name: str) -> Iterator[Row]:
    """A measure that tells its figures in words; it is imported only when it is asked for."""
    told: Iterable[str] = importlib.import_module(f"bench.{name}").measure()
    return (Row(name, words) for words in told)


def main() -> int:
    """Run the measures that were asked for; 1 if one could not be taken."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="measure", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--small", action="store_true", help="the small sizes only")
    parser.add_argument("--full", action="store_true", help="the large sizes too, what must build at all, and the PDF")
    given = parser.parse_args()
    if unknown := set(given.names) - set(NAMES):
        parser.error(f"there is no measure {', '.join(sorted(unknown))}; there are {', '.join(NAMES)}")
    names = given.names or (NAMES if given.full else DEFAULT)
    rows: list[Row] = []
    failed = False
    print(report.head())
    with tempfile.TemporaryDirectory(prefix="bench-", dir=MEMORY if MEMORY.is_dir() else None) as folder:
        known = measures(Yard(Path(folder)), small=given.small, full=given.full)
        for name in names:
            try:
                for row in known[name]():
                    rows.append(row)
                    print(report.line(row), flush=True)
            except Failed as failure:
                failed = True
                print(f"{name} could not be measured: {failure}", file=sys.stderr)
    path = RESULTS / f"{time.strftime('%Y%m%dT%H%M%S')}.json"
    report.save(rows, path)
    print(f"written to {path}")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
