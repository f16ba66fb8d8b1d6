"""The PDF at one, ten and a hundred times the edition: time and memory, as ratios.

Each size is built by a process of its own, so that memory is its own: that of Sphinx, or of
Typst, whichever is larger.  Ten times is built in one volume and in ten, a hundred times in a
hundred: a volume of sixteen thousand pages is none.
"""

from __future__ import annotations

import json
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

_REFERENCE = re.compile(r"\b([KGET])(?=[1-9]\d*\b(?! Summit)| ¶|`)")
_SIGLUM = re.compile(r"^(:(?:siglum|text): )([KGET])$", re.MULTILINE)


class Cost(NamedTuple):
    """Seconds and mebibytes of a build."""

    seconds: float
    mebibytes: float


def measure() -> Iterator[str]:
    """Build each size."""
    first: Cost | None = None
    for times, volumes in ((1, 1), (10, 1), (10, 10), (100, 100)):
        cost = build(times, volumes)
        first = first or cost
        ratio = f" ({cost.seconds / first.seconds:.1f} and {cost.mebibytes / first.mebibytes:.1f} times the first)"
        yield (
            f"PDF: {times:>3} times the texts and their annotations, volumes: {volumes:>3}: "
            f"{cost.seconds:.1f} s, {cost.mebibytes:.0f} MiB{ratio if cost is not first else ''}"
        )


def build(times: int, volumes: int) -> Cost:
    """Time and memory of a build of ``times`` copies, in one volume or in as many."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "source")
        multiply(source, times, volumes)
        command = [sys.executable, "-c", _CHILD, str(source), str(Path(folder, "out"))]
        started = time.perf_counter()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        spent = time.perf_counter() - started
        if done.returncode:
            raise RuntimeError(f"the build of {times} copies failed: {done.stderr[-2000:]}")
        return Cost(spent, int(done.stdout.split()[-1]) / 1024)


def cost(source: Path, out: Path) -> Cost:
    """Seconds of processor, of all processes, and memory of a build."""
    done = subprocess.run(
        [sys.executable, "-c", _CHILD + _SPENT, str(source), str(out)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"the build failed: {done.stderr[-2000:]}")
    mebibytes, seconds = done.stdout.split()[-2:]
    return Cost(float(seconds), int(mebibytes) / 1024)


def multiply(source: Path, times: int, volumes: int) -> None:
    """Write a project with the pages of the texts ``times`` over, each with sigla of its own."""
    (source / "texts").mkdir(parents=True)
    listed = []
    for number in range(times):
        suffix = "".join(string.ascii_lowercase[digit] for digit in divmod(number, 26))
        names = []
        for page in TEXTS:
            content = _SIGLUM.sub(rf"\1\2{suffix}", page.read_text("utf-8"))
            names.append(f"texts/{page.stem}{suffix}")
            (source / f"{names[-1]}.md").write_text(_REFERENCE.sub(rf"\1{suffix}", content), "utf-8")
        listed.append((f"volume-{number + 1}", f"Copy {number + 1}", names))
    listed[-1][2].append("works")
    # The lines of each text are those of the edition's.
    table = json.loads((SOURCE / "lines.json").read_text("utf-8"))
    suffixes = ["".join(string.ascii_lowercase[digit] for digit in divmod(number, 26)) for number in range(times)]
    table["texts"] = {f"{siglum}{suffix}": entry for siglum, entry in table["texts"].items() for suffix in suffixes}
    (source / "lines.json").write_text(json.dumps(table), "utf-8")
    tree = "\n".join(name for _, _, names in listed for name in names)
    (source / "index.md").write_text(f"# Many texts\n\n```{{toctree}}\n{tree}\n```\n", "utf-8")
    (source / "works.md").write_text("# Works\n\n```{bibliography}\n:all:\n```\n", "utf-8")
    conf = _CONF.format(source=SOURCE, lines="lines.json", volumes=listed if volumes > 1 else [])
    (source / "conf.py").write_text(conf, "utf-8")


_CONF = """
project = "Many texts"
extensions = ["myst_parser", "sphinx_apparatus"]
source_suffix = {{".md": "markdown"}}
myst_enable_extensions = ["colon_fence", "deflist", "fieldlist"]
apparatus_text_dir = "{source}/../seeds"
apparatus_lines = "{lines}"
apparatus_pdf_fonts = ["{source}/fonts"]
apparatus_pdf_families = ["Edition Hangul"]
apparatus_pdf_volumes = {volumes!r}
bibtex_bibfiles = ["{source}/../bib/texts.bib", "{source}/../bib/cited.bib", "{source}/../bib/evidence.bib"]
bibtex_default_style = "humanities"
suppress_warnings = ["*"]
"""

_CHILD = """
import resource, sys
from sphinx.cmd.build import main
status = main(["-Q", "-b", "typstpdf", *sys.argv[1:]])
print(max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
if status:
    sys.exit(status)
"""

_SPENT = """
uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
print(sum(use.ru_utime + use.ru_stime for use in uses))
"""
