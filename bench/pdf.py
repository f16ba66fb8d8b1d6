"""The PDF at one, ten and a hundred times the edition: time and memory, as ratios.

Each size is built by a process of its own, so that memory is its own.  A size that needs more
than the machine has is told as such: an edition of that size is printed in volumes.
"""

from __future__ import annotations

import os
import re
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

SOURCE = Path(__file__).parent.parent / "source"

#: The pages that are multiplied: the texts with all their annotations.
TEXTS = sorted((SOURCE / "texts").glob("*.md"))

_REFERENCE = re.compile(r"\b([KGET])(?=[1-9]\d*\b| ¶|`)")
_SIGLUM = re.compile(r"^(:siglum: )([KGET])$", re.MULTILINE)


class Cost(NamedTuple):
    """Seconds and mebibytes of a build."""

    seconds: float
    mebibytes: float


def measure() -> Iterator[str]:
    """Build each size."""
    limit = int(_memory() * 0.85)
    costs: dict[int, Cost] = {}
    for times in (1, 10, 100):
        name = f"PDF: {times:>3} times the texts and their annotations"
        needed = _needed(costs, times)
        if needed > limit >> 20:
            yield f"{name}: would need some {needed / 1024:.0f} GiB of memory; print it in volumes"
            continue
        cost = costs[times] = build(times, limit)
        first = costs[1]
        seconds, mebibytes = cost.seconds / first.seconds, cost.mebibytes / first.mebibytes
        ratio = f" ({seconds:.1f} and {mebibytes:.1f} times the first)" if times > 1 else ""
        yield f"{name}: {cost.seconds:.1f} s, {cost.mebibytes:.0f} MiB{ratio}"


def _needed(costs: dict[int, Cost], times: int) -> float:
    """The memory a size will need, in mebibytes, on the line through the two before; 0 where not known."""
    if len(costs) < 2:
        return 0
    (small, low), (large, high) = sorted(costs.items())[-2:]
    return high.mebibytes + (high.mebibytes - low.mebibytes) / (large - small) * (times - large)


def build(times: int, limit: int) -> Cost:
    """Time and memory of a build of ``times`` copies, which may take ``limit`` bytes."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        multiply(source, times)
        command = [sys.executable, "-c", _CHILD, str(limit), str(source), str(Path(folder, "out"))]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        spent = time.perf_counter() - started
        if done.returncode:
            raise RuntimeError(f"the build of {times} copies failed: {done.stderr[-2000:]}")
        return Cost(spent, int(done.stdout.split()[-1]) / 1024)


def multiply(source: Path, times: int) -> None:
    """Write a project with the pages of the texts ``times`` over, each with sigla of its own."""
    (source / "texts").mkdir(parents=True)
    names = []
    for number in range(times):
        suffix = "".join(string.ascii_lowercase[digit] for digit in divmod(number, 26))
        for page in TEXTS:
            content = _SIGLUM.sub(rf"\1\2{suffix}", page.read_text("utf-8"))
            names.append(f"texts/{page.stem}{suffix}")
            (source / f"{names[-1]}.md").write_text(_REFERENCE.sub(rf"\1{suffix}", content), "utf-8")
    listed = "\n".join(names)
    (source / "index.md").write_text(f"# Many texts\n\n```{{toctree}}\n{listed}\nworks\n```\n", "utf-8")
    (source / "works.md").write_text("# Works\n\n```{bibliography}\n:all:\n```\n", "utf-8")
    (source / "conf.py").write_text(_CONF.format(source=SOURCE), "utf-8")


def _memory() -> int:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


_CONF = """
project = "Many texts"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {{".md": "markdown"}}
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
apparatus_text_dir = "{source}/../seeds"
apparatus_pdf_fonts = ["{source}/fonts"]
apparatus_pdf_families = ["Edition Hangul"]
bibtex_bibfiles = ["{source}/../bib/texts.bib", "{source}/../bib/cited.bib", "{source}/../bib/evidence.bib"]
bibtex_default_style = "humanities"
suppress_warnings = ["*"]
"""

_CHILD = """
import resource, sys
limit = int(sys.argv[1])
resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
from sphinx.cmd.build import main
status = main(["-Q", "-b", "typstpdf", sys.argv[2], sys.argv[3]])
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
sys.exit(status)
"""
