"""The process that sets one document with Typst: a request on its standard input, the answer on its output, in JSON.

It is started for each pass, so it loads nothing but what it needs.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import typst

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def answer(request: dict[str, Any]) -> dict[str, Any]:
    """Set a document, and write its PDF if one is asked for: what Typst refuses, warns of and answers."""
    main = request["main"]
    found = typst.Fonts(include_system_fonts=False, font_paths=request["fonts"])
    compiler = typst.Compiler(
        main,
        root=str(Path(main).parent),
        font_paths=found,
        ignore_system_fonts=True,
        sys_inputs={"pass": request["pass"]},
    )
    warnings: list[Any] = []
    try:
        if request["pdf"]:
            pdf: Any
            pdf, warnings = compiler.compile_with_warnings(
                format="pdf", pdf_standards=request["standards"], timestamp=request["timestamp"]
            )
            Path(request["pdf"]).write_bytes(pdf)
        answers = {name: json.loads(compiler.eval(question)) for name, question in request["ask"].items()}
    except (typst.TypstError, RuntimeError) as error:
        told = getattr(error, "diagnostic", "") or where(compiler) or str(error)
        return {"error": told, "warnings": [], "found": {}}
    return {"error": "", "warnings": [warning.diagnostic for warning in warnings], "found": answers}


def where(compiler: Any) -> str:
    """What is wrong with a document, with its place, which an answer does not tell."""
    try:
        compiler.compile(format="pdf")
    except typst.TypstError as error:
        return str(getattr(error, "diagnostic", ""))
    return ""


if __name__ == "__main__":
    json.dump(answer(json.load(sys.stdin)), sys.stdout)
