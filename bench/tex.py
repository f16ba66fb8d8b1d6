"""The same texts and annotations set by pdfLaTeX with reledmac, to compare the PDF with.

It has the texts with line numbers, an apparatus in three series keyed to the lines, and a
commentary that gives page and line of each lemma, and of what a note refers to.  It has neither
tags nor links nor an archive's standard, no bibliography, and of other scripts question marks.
Where there is no TeX with reledmac, the measure says so and is left out.
"""

from __future__ import annotations

import re
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.pdf import cost, multiply

#: How often pdfLaTeX runs: until the numbers of pages and lines stand still.
PASSES = 4

_SERIES = {"emendation": "A", "correction": "B", "note": "C"}

_SPECIAL = str.maketrans(
    {
        **{character: f"\\{character}" for character in "#$%&_{}"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        **dict(zip("“”‘’–—…", ("``", "''", "`", "'", "--", "---", r"\dots{}"), strict=True)),
    }
)

_HEAD = r"""\documentclass[10pt]{book}
\usepackage[utf8]{inputenc}\usepackage[T1]{fontenc}
\usepackage[paperwidth=156mm,paperheight=234mm,textwidth=108mm,textheight=188mm]{geometry}
\usepackage[noend,noeledsec]{reledmac}
\Xarrangement{paragraph}
\begin{document}
"""


def measure() -> Iterator[str]:
    """Our PDF and reledmac's, at once and at ten times the edition: processor time and memory."""
    if not available():
        yield "pdfLaTeX with reledmac: not installed here (Debian: texlive-latex-extra, texlive-humanities)"
        return
    for times in (1, 10):
        with tempfile.TemporaryDirectory() as folder:
            source = Path(folder, "source")
            multiply(source, times, 1)
            ours = cost(source, Path(folder, "out"))
            theirs = set_by_tex(source, Path(folder, "tex"))
        yield (
            f"PDF, {times} times: {ours.seconds:.1f} s of processor and {ours.mebibytes:.0f} MiB; pdfLaTeX with "
            f"reledmac {theirs:.1f} s in {PASSES} passes: {ours.seconds / theirs:.2f} of it"
        )


def available() -> bool:
    """Whether there is a TeX with reledmac."""
    if not (shutil.which("pdflatex") and shutil.which("kpsewhich")):
        return False
    return bool(subprocess.run(["kpsewhich", "reledmac.sty"], capture_output=True, check=False).stdout)


def set_by_tex(source: Path, folder: Path) -> float:
    """Seconds of processor for all passes over the edition in a folder."""
    folder.mkdir()
    (folder / "book.tex").write_text(written(source), "utf-8")
    command = ["pdflatex", "-interaction=batchmode", "book.tex"]
    # Once for the fonts, which are made where they are missing: that is no part of it.
    subprocess.run(command, cwd=folder, capture_output=True, check=False)
    for path in folder.glob("book.*"):
        if path.suffix != ".tex":
            path.unlink()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for _ in range(PASSES):
        subprocess.run(command, cwd=folder, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if not (folder / "book.pdf").exists():
        raise RuntimeError("pdfLaTeX made no PDF: " + (folder / "book.log").read_text("utf-8", "replace")[-2000:])
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def written(source: Path) -> str:
    """The edition as LaTeX."""
    from sphinx_apparatus.cli.project import read_project
    from sphinx_apparatus.sphinx_ext.domain import edition_of

    edition = edition_of(read_project(source).env)
    parts = [_HEAD]
    for siglum, record in edition.texts.items():
        parts.append(f"\\chapter{{{siglum}}}\n\\beginnumbering\n")
        for paragraph in record.text.paragraphs:
            words = _paragraph(edition, record.text.string, siglum, paragraph)
            parts.append(f"\\pstart\n\\edlabel{{{siglum}-{paragraph.number}}}{words}\n\\pend\n")
        parts.append("\\endnumbering\n\\section*{Commentary}\n")
        for annotation in edition.of_text(siglum):
            where = rf"p. \edpageref{{{annotation.id}}}, l. \edlineref{{{annotation.id}}}"
            body = _body(edition, annotation.body)
            parts.append(
                f"\\noindent\\textbf{{{annotation.id}}} {where} \\textbf{{{tex(annotation.lemma)}}}] {body}\\par\n"
            )
    return "".join((*parts, "\\end{document}\n"))


def _body(edition: Any, body: str) -> str:
    """A note, with page and line behind each annotation and each paragraph that it refers to."""
    labels = {annotation: annotation for annotation in edition.annotations}
    for siglum, record in edition.texts.items():
        labels |= {f"{siglum} ¶{p.number}": f"{siglum}-{p.number}" for p in record.text.paragraphs}

    def place(reference: re.Match[str]) -> str:
        label = labels.get(reference[0])
        return rf"{reference[0]} (p. \edpageref{{{label}}}, l. \edlineref{{{label}}})" if label else reference[0]

    return re.sub(r"\b[A-Za-z]+(?: ¶)?\d+\b", place, tex(re.sub(r"[{}`*\\]", "", body)))


def _paragraph(edition: Any, string: str, siglum: str, paragraph: Any) -> str:
    """A paragraph, each entry on the last word of its lemma: reledmac's may not overlap."""
    at_end: dict[int, list[Any]] = {}
    for annotation in edition.of_text(siglum):
        end = max(annotation.span.end, annotation.span.start + 1)
        if paragraph.start <= annotation.span.start < paragraph.end:
            at_end.setdefault(min(end, paragraph.end), []).append(annotation)
    words = list(re.finditer(r"\S+", string[paragraph.start : paragraph.end]))
    found = []
    for number, word in enumerate(words):
        following = words[number + 1].start() if number + 1 < len(words) else paragraph.end - paragraph.start + 1
        content = tex(word[0])
        for end, ending in at_end.items():
            if word.start() < end - paragraph.start <= following:
                for one in ending:
                    content = _entry(edition, one, content)
        found.append(content)
    return " ".join(found)


def _entry(edition: Any, annotation: Any, content: str) -> str:
    part = edition.entry(annotation.id).parts[0]
    series = _SERIES.get(annotation.layer.name, "C")
    note = tex(part.reading or "") + f" {annotation.id}"
    return (
        f"\\edlabel{{{annotation.id}}}\\edtext{{{content}}}{{\\lemma{{{tex(part.lemma)}}}\\{series}footnote{{{note}}}}}"
    )


def tex(string: str) -> str:
    """A string as LaTeX; what pdfLaTeX has no letter for is a question mark."""
    return re.sub(r"[^\x00-\xff]", "?", " ".join(string.split()).translate(_SPECIAL))
