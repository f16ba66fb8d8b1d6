"""Whether files are pictures that can be printed: Typst is asked, in a process of its own.

A process for all of them, whose program is this module: paths and standards on its standard input, on its
standard output why each cannot be printed, in JSON.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docutils import nodes


#: A picture's fault: the file is cut off, damaged or of no kind that is known (PNG, JPEG, GIF, WebP, SVG, PDF).
DAMAGED = "damaged"


def unreadable(paths: Sequence[Path], standards: Sequence[str] = ()) -> dict[Path, str]:
    """Those of some files that cannot be printed: `DAMAGED`, or what Typst says that the standards of a PDF forbid."""
    if not paths:
        return {}
    asked = json.dumps([[str(path.resolve()) for path in paths], list(standards)])
    done = subprocess.run([sys.executable, "-P", __file__], input=asked, capture_output=True, text=True, check=True)
    return {path: fault for path, fault in zip(paths, json.loads(done.stdout), strict=True) if fault}


def standing(node: nodes.Node) -> nodes.Node:
    """Where a picture stands: in a paragraph only its first node knows its line."""
    above: nodes.Node | None = node
    while above is not None and not above.line:
        above = above.parent
    return above or node


#: What a standard forbids; not that a font lacks letters, for which something stands in (`characters`).
_FORBIDDEN = re.compile(r"error: (PDF/[^\n]*error: (?!the text `)[^\n]+)")


def _fault(path: Path, standards: Sequence[str]) -> str:
    """Why a file cannot be printed; nothing where it can."""
    import typst

    kept: Any = list(standards)
    image = f'#image(read({json.dumps(path.name, ensure_ascii=False)}, encoding: none), width: 1pt, alt: "x")'
    source = f'#set document(title: "Picture")\n{image}'.encode()
    try:
        compiler = typst.Compiler(source, root=str(path.parent), ignore_system_fonts=True)
        compiler.compile(format="pdf", pdf_standards=kept)
    except typst.TypstError as error:
        told = str(getattr(error, "diagnostic", error))
        forbidden = _FORBIDDEN.search(told)
        return forbidden[1] if forbidden else "" if "error: PDF/" in told else DAMAGED
    except (RuntimeError, OSError):
        return DAMAGED
    return ""


if __name__ == "__main__":
    files, names = json.load(sys.stdin)
    json.dump([_fault(Path(file), names) for file in files], sys.stdout)
