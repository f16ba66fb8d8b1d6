"""Annotations that others have made: ``sphinx-apparatus import FILE FOLDER``.

FILE is the archive of an edition's data (``.zip``), TEI (``.xml``), Web Annotations or an export of
Hypothes.is (``.jsonld``, ``.json``), or a table (``.csv``, ``.tsv``); for the last two the text is
given with ``--text``.  The folder gets
texts, their SHA256SUMS and a page a text; and, where it has no ``conf.py``, one to begin with.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from pathlib import Path

from sphinx_apparatus.cli.importing.fitting import cites, fit_references, fit_values
from sphinx_apparatus.cli.importing.found import Imported, ImportRefused, Line, Whole
from sphinx_apparatus.cli.importing.page import page
from sphinx_apparatus.cli.importing.pictures import pictures
from sphinx_apparatus.cli.importing.placing import place
from sphinx_apparatus.cli.importing.writing import checksums, kept_lines, write_all
from sphinx_apparatus.model.reference import SIGLUM

#: Pages that the project has whatever its texts are.
_OURS = ("index", "works")


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 where something was left out, 2 where nothing was written."""
    options = _parser().parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        return _import(options, Path(folder))


def _import(options: argparse.Namespace, unpacked: Path) -> int:
    path: Path = options.file
    options.beside, options.register = path.parent, b""
    try:
        if path.suffix.lower() == ".zip":
            from sphinx_apparatus.cli.importing.archive import unpack

            path, works, options.register = unpack(path, unpacked)
            options.bib = options.bib or works
            options.beside = path.parent
        texts, whole = _read(path, options)
        for imported in texts:
            fit_values(imported, whole)
            place(imported)
        new = not (options.folder / "conf.py").exists()
        if new:
            fit_references(texts)
        files = _files(options, texts, whole)
        # An id that was published and is not there would stop every build.
        if new and options.register and not any(one.lost for text in texts for one in text.problems):
            files["register.json"] = options.register
        write_all(options.folder, files, replace=options.replace)
    except ImportRefused as error:
        print(error, file=sys.stderr)
        return 2
    except RecursionError:
        print(f"{path}: things are within things too deep to be read; make them flatter", file=sys.stderr)
        return 2
    if not options.bib and cites(texts):
        print("Notes cite works; give their bibliography with --bib FILE.bib, or write it.", file=sys.stderr)
    if not new and whole.markdown:
        print(f"conf.py needs these, if it has them not: myst_enable_extensions = {whole.markdown!r}", file=sys.stderr)
    if not new and whole.layers:
        print(f"conf.py needs these, if it has them not: apparatus_layers = {whole.layers!r}", file=sys.stderr)
    if not new and whole.kinds:
        print(f"conf.py needs these kinds, if it has them not: apparatus_kinds = {whole.kinds!r}", file=sys.stderr)
    return _report(options.file, texts)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="sphinx-apparatus import", description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("file", type=Path, help="an archive of data, TEI, Web Annotations, CSV or TSV")
    parser.add_argument("folder", type=Path, help="where the project is, or shall be")
    parser.add_argument("--siglum", default="A", help="the siglum of a text that has none (A)")
    parser.add_argument(
        "--text", action="append", default=[], metavar="[K=]FILE", help="the plain text annotated, by its siglum"
    )
    parser.add_argument(
        "--bib", action="append", default=[], type=Path, help="a BibTeX file, copied and named in conf.py"
    )
    parser.add_argument("--replace", action="store_true", help="replace files that are there")
    return parser


def _read(path: Path, options: argparse.Namespace) -> tuple[list[Imported], Whole]:
    if not SIGLUM.fullmatch(options.siglum):
        raise ImportRefused(f"--siglum is a capital and up to seven letters, as K; not {options.siglum!r}")
    ending = path.suffix.lower()
    if ending in (".xml", ".tei"):
        from sphinx_apparatus.cli.importing.tei import read_tei

        return read_tei(path, options.siglum)
    if ending not in (".json", ".jsonld", ".csv", ".tsv", ".txt"):
        raise ImportRefused(
            f"{path}: what ends in {ending or 'nothing'} is not known; .zip, .xml, .jsonld, .json, .csv, .tsv are"
        )
    texts = _texts(options)
    if ending in (".json", ".jsonld"):
        from sphinx_apparatus.cli.importing.webanno import read_annotations

        return list(texts.values()), read_annotations(path, texts)
    from sphinx_apparatus.cli.importing.rows import read_rows

    read_rows(path, texts)
    return list(texts.values()), Whole()


def _texts(options: argparse.Namespace) -> dict[str, Imported]:
    """The texts given."""
    found: dict[str, Imported] = {}
    for given in options.text:
        siglum, equals, name = given.partition("=")
        siglum, name = (siglum, name) if equals else (options.siglum, given)
        path = Path(name)
        if not SIGLUM.fullmatch(siglum) or siglum in found:
            raise ImportRefused(f"--text {given}: the siglum {siglum!r} is none, or given twice; write --text K=FILE")
        try:
            found[siglum] = Imported(siglum, path.read_bytes().decode("utf-8"), path.name, title=siglum)
        except (OSError, UnicodeDecodeError) as error:
            raise ImportRefused(f"{path}: {error}") from error
    if not found:
        raise ImportRefused(f"{options.file}: give the text annotated with --text FILE")
    return found


def _files(options: argparse.Namespace, texts: list[Imported], whole: Whole) -> dict[str, bytes]:
    """Every file to be written."""
    folder: Path = options.folder
    verbatim: dict[str, bytes] = {}
    pages: dict[str, bytes] = {}
    for imported in texts:
        imported.filename = _plain(imported.filename) or f"{imported.siglum.lower()}.txt"
        if imported.filename in verbatim or imported.filename.upper() == "SHA256SUMS":
            imported.filename = f"{imported.siglum}-{imported.filename}"
        for found in imported.found:
            found.editor = " ".join(found.editor.split())
            if found.editor:
                whole.editors.setdefault(found.editor, imported.editors.get(found.editor, found.editor))
        verbatim[imported.filename] = imported.string.encode("utf-8", "surrogatepass")
        imported.page = imported.page if re.fullmatch(r"[\w-]+(/[\w-]+)*", imported.page) else imported.siglum.lower()
        if imported.page in _OURS or f"{imported.page}.md" == f"texts/{imported.filename}":
            imported.page = f"text-{imported.siglum.lower()}"
        before = pages.get(imported.page, b"")
        pages[imported.page] = before + page(imported, first=not before).encode()
    files = {f"texts/{name}": content for name, content in verbatim.items()}
    files |= pictures(texts, options.beside)
    files["texts/SHA256SUMS"] = checksums(folder / "texts", verbatim)
    files |= {f"{name}.md": content for name, content in pages.items()}
    divided = kept_lines(folder / "lines.json", texts, verbatim)
    files |= {"lines.json": divided} if divided else {}
    bibs: dict[str, bytes] = {}
    for path in options.bib:
        if path.name in bibs or path.suffix.lower() != ".bib":
            raise ImportRefused(f"--bib {path}: it must end in .bib, and no two may have the same name")
        try:
            bibs[path.name] = path.read_bytes()
        except OSError as error:
            raise ImportRefused(f"--bib {error}") from error
    files |= bibs
    if not (folder / "conf.py").exists():
        from sphinx_apparatus.cli.importing.project import configuration, root

        files["conf.py"] = configuration(whole, list(bibs), list(verbatim)).encode()
        files["index.md"] = root(whole, list(pages), bool(bibs)).encode()
        if bibs:
            files["works.md"] = b"# Works\n\n```{bibliography}\n```\n"
    return files


def _plain(name: str) -> str:
    """A file's name without folders or a leading full stop."""
    return re.sub(r"[^\w.-]", "-", name.rpartition("/")[2]).lstrip(".")


def _report(path: Path, texts: list[Imported]) -> int:
    kept = lost = 0
    for imported in texts:
        for problem in sorted(imported.problems, key=lambda one: one.line):
            where = path.with_name(problem.line.file) if isinstance(problem.line, Line) else path
            print(f"{where}:{problem.line}: {'left out: ' if problem.lost else ''}{problem.reason}", file=sys.stderr)
        kept += len(imported.found)
        lost += sum(problem.lost for problem in imported.problems)
        print(
            f"{imported.siglum}: {len(imported.string)} characters, {len(imported.found)} annotations, "
            f"{imported.page}.md"
        )
    print(f"{kept} annotations imported, {lost} left out")
    return 1 if lost else 0
