"""Whether files are pictures that can be printed: Typst is asked, in a process of its own.

A process for all of them, whose program is this module: paths on its standard input, on its standard
output the numbers of those that are none, in JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docutils import nodes


def unreadable(paths: Sequence[Path]) -> frozenset[Path]:
    """Those of some files that are cut off, damaged or of no kind that is known (PNG, JPEG, GIF, WebP, SVG, PDF)."""
    if not paths:
        return frozenset()
    asked = json.dumps([str(path.resolve()) for path in paths])
    done = subprocess.run([sys.executable, "-P", __file__], input=asked, capture_output=True, text=True, check=True)
    return frozenset(paths[number] for number in json.loads(done.stdout))


def standing(node: nodes.Node) -> nodes.Node:
    """Where a picture stands: in a paragraph only its first node knows its line."""
    above: nodes.Node | None = node
    while above is not None and not above.line:
        above = above.parent
    return above or node


def _is_picture(path: Path) -> bool:
    import typst

    source = f'#image(read({json.dumps(path.name, ensure_ascii=False)}, encoding: none), width: 1pt, alt: "")'
    try:
        typst.Compiler(source.encode(), root=str(path.parent), ignore_system_fonts=True).compile(format="pdf")
    except (typst.TypstError, RuntimeError, OSError):
        return False
    return True


if __name__ == "__main__":
    asked = [Path(path) for path in json.load(sys.stdin)]
    json.dump([number for number, path in enumerate(asked) if not _is_picture(path)], sys.stdout)
