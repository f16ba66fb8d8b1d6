"""The builder of LaTeX: what pdflatex makes of notes, headings and letters."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import poppler
from drawings_of import DOT
from projects import BOTH, Project

pytestmark = pytest.mark.pdf


def test_latex_accepts_the_notes(project: Project) -> None:
    """pdfLaTeX sets what the ``latex`` builder writes without an error, and every link has an end."""
    plain = 'latex_elements = {"fontpkg": "", "babel": ""}\n'
    # What no font of pdfLaTeX has, a citation within a caption, and what means something to TeX.
    project.write("dot.png", DOT)
    project.write("cut.png", DOT[:40])
    project.write("x.bmp", b"BM" + bytes(70))
    project.add_page(
        "more",
        "# More 100 % & #_{}\n\n한국, 𐌰, 日本, ħ.\n\n![Two lines](x.bmp) ![](cut.png)\n\n"
        "```{figure} dot.png\nOf {cite:p}`campbell1982`[^1]\n```\n\n[^1]: So.\n\n"
        "```{ed:text} more.txt\n:siglum: C\n```\n\n```{ed:note} C1\n:lemma: $5 & _x_ 한\n\nOf 국.\n```\n"
        "\n% 달: a remark\n",
        "100 % of $5 & _x_ 한 #1 {a} ~b ^c \\d\n".encode(),
    )
    project.write("conf.py", project.read("conf.py") + plain)
    result = project.build(builder="latex")
    assert result.status == 0
    for picture in ("x.bmp", "cut.png"):
        assert f"more.md:5: WARNING: TeX cannot read the picture {picture}" in result.messages
    assert "more.md:3: WARNING: pdflatex has no font for U+0127 U+65E5 U+672C U+AD6D U+D55C U+10330;" in result.messages
    main = next(path for path in project.out.glob("*.tex") if "\\documentclass" in path.read_text("utf-8"))
    source = main.read_text("utf-8")
    assert re.search(r"midnight\\sphinxfootnotemark\[\d+\]", source)
    log = pdflatex(project.out, main)
    assert "No font has U+D55C" in log
    words = " ".join(word.string for word in poppler.words(main.with_suffix(".pdf")))
    assert "Two lines" in words
    assert "cut.png" in words


def pdflatex(folder: Path, main: Path) -> str:
    """The log of pdfLaTeX, without an error or a link that ends nowhere."""
    if not shutil.which("pdflatex"):
        pytest.skip("needs pdflatex (Debian: texlive-latex-extra)")  # half a gigabyte: where it is
    for _ in range(2):
        subprocess.run(
            ["pdflatex", "-interaction=nonstopmode", main.name], cwd=folder, capture_output=True, check=False
        )
    log = main.with_suffix(".log").read_text("utf-8", "replace")
    amiss = "has been referenced but does not exist"
    assert [line for line in log.splitlines() if line.startswith("!") or amiss in line] == []
    assert "undefined" not in log
    return log


def test_latex_accepts_what_stands_in_notes_and_headings(project: Project) -> None:
    """Within a footnote TeX has no figures, a heading is repeated in capitals, and a footnote is called by a number."""
    plain = 'latex_elements = {"fontpkg": "", "babel": ""}\n' + BOTH
    project.write("dot.png", DOT)
    project.write("conf.py", project.read("conf.py") + plain)
    figure = "```{figure} dot.png\n:alt: A dot\nIts *caption*\n\nIts legend\n```"
    project.add_page(
        "more",
        "# More of {ed:ref}`C1`\n\nSee [the box](#box).\n\n```{container}\n:name: box\n\nBoxed.\n```\n\n"
        "````{ed:text} more.txt\n:siglum: C\n````\n\n"
        f"````{{ed:note}} C1\n:lemma: two\n\nSee[^in]:\n\n{figure}\n````\n\n[^in]: Inner words.\n\n"
        '````{ed:emendation} C2\n:lemma: "three\\n\\nfour"\n:reading: "tri\\n\\nquattuor"\n\nSo.\n````\n',
        b"One \x1b two.\n\nthree\n\nfour\n",
    )
    project.write(
        "signs.rst", "Signs\n=====\n\nA [#]_ and a [*]_ and a [*]_.\n\n.. [#] One.\n.. [*] Two.\n.. [*] Three.\n"
    )
    project.replace("index.md", "moon\n", "moon\nsigns\n")
    result = project.build("-W", builder="latex")
    assert result.status == 0, result.messages
    main = next(path for path in project.out.glob("*.tex") if "\\documentclass" in path.read_text("utf-8"))
    source = main.read_text("utf-8")
    assert "hyperref" not in next(line for line in source.splitlines() if line.startswith("\\chapter{More of"))
    assert "\\begin{figure}" not in source
    assert re.findall(r"\\begin\{footnote\}\[(.+?)\]", source) == ["1", "2", "3"]
    assert "\x1b" not in source
    assert "\\label{\\detokenize{more:box}}" in source
    pdflatex(project.out, main)
    words = [word.string for word in poppler.words(main.with_suffix(".pdf"))]
    assert {"caption", "legend", "Three.", "Inner", "<U+241B>"} <= set(words)


def test_what_pdflatex_prints_is_not_told_as_lost(project: Project) -> None:
    """What nobody sees, what is for another format, and what it prints with the help of babel or of Ghostscript."""
    page = "# Луна\n\nОна. {} ![A line](line.eps)\n\n% λόγος\n\n```{{raw}} html\n<p>λόγος</p>\n```\n"
    project.write("line.eps", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n0 0 moveto 9 9 lineto stroke\n")
    project.add_page("more", page.format(""))
    result = project.build("-D", "language=ru", builder="latex")
    assert "[ed.latex]" not in result.messages
    project.write("more.md", page.format("ħ"))
    result = project.build("-D", "language=ru", builder="latex")
    assert "more.md:3: WARNING: pdflatex has no font for U+0127;" in result.messages
