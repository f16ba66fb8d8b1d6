"""The lines of the texts: ``python -m sphinx_apparatus.cli.lines [--check] [--again K] SOURCE``.

Gives each text that has none its lines, by setting it with Typst at the edition's measure,
and keeps them in ``lines.json``.  What is kept is not changed, like an id, but on purpose:
with ``--again`` and a siglum.  With ``--check`` it writes nothing, says of each text whether
its lines are kept and valid, and exits with 1 if not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx_apparatus.cli.project import ProjectError, read_project
from sphinx_apparatus.cli.setting import MEASURE, Copy, SettingError, take_lines
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.lines import COMMAND, Division, LinesFile, LinesFileError, read_lines, write_lines

if TYPE_CHECKING:
    from sphinx.application import Sphinx

    from sphinx_apparatus.model.annotation import Annotation
    from sphinx_apparatus.model.text import Text, TextRecord


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 where a text has no valid lines, 2 for a wrong call."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if not (options.source / "conf.py").exists():
        parser.error(f"{options.source} has no conf.py")
    from sphinx_apparatus.sphinx_ext.domain import edition_of

    try:
        app = read_project(options.source)
        records = dict(edition_of(app.env).texts)
        named = [*options.text, *options.again]
        unknown = [siglum for siglum in named if siglum not in records]
        if unknown:
            parser.error(f"there is no text {unknown[0]}; the texts are {', '.join(records) or 'none'}")
        kept = read_lines(Path(app.srcdir, app.config.apparatus_lines))
        chosen = {siglum: record for siglum, record in records.items() if not options.text or siglum in named}
        if options.check:
            strays = [] if options.text else sorted(kept.divisions.keys() - records.keys())
            return _check(kept, chosen, strays)
        copies = {siglum: _copy(record, app, options.hyphenate) for siglum, record in chosen.items()}
        return _make(kept, copies, options.again)
    except (ProjectError, LinesFileError, SettingError) as error:
        print(error, file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("source", type=Path, help="the folder with conf.py")
    parser.add_argument("--check", action="store_true", help="only say whether each text has valid lines")
    parser.add_argument("--text", metavar="K", action="append", default=[], help="only this text, by its siglum")
    parser.add_argument("--again", metavar="K", action="append", default=[], help="change the kept lines of this text")
    parser.add_argument("--hyphenate", action="store_true", help="let words be hyphenated in the lines made now")
    return parser


def _check(kept: LinesFile, records: Mapping[str, TextRecord], strays: Sequence[str]) -> int:
    """Say of each text whether its lines are kept and valid; what is not of the edition is said, too."""
    faults = [f"{kept.path}: {siglum} is no text of the edition; restore it or remove its lines" for siglum in strays]
    for siglum, record in records.items():
        try:
            lines = kept.of(record.text)
        except LinesFileError as error:
            faults.append(str(error))
            continue
        if lines is None:
            faults.append(f"{kept.path}: {siglum} has no lines; make them with: {COMMAND} SOURCE")
        else:
            division = kept.divisions[siglum]
            print(f"{siglum}: {len(lines)} lines ({division.measure}; {division.by})")
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


def _make(kept: LinesFile, copies: Mapping[str, Copy], again: Sequence[str]) -> int:
    """Give lines to each text that has none, or is to have new ones.  Raises `LinesFileError`, `SettingError`."""
    divisions = dict(kept.divisions)
    said = []
    for siglum, copy in copies.items():
        lines = None if siglum in again else kept.of(copy.text)
        told = "kept"
        if lines is None:
            lines = take_lines(copy)
            measure = f"{MEASURE}, hyphenated" if copy.hyphenate else MEASURE
            divisions[siglum] = Division.made(copy.text, lines, measure, f"Typst {version('typst')}")
            told = "new" if divisions[siglum] != kept.divisions.get(siglum) else "as before"
        said.append(f"{siglum}: {len(lines)} lines, {told}")
    try:
        write(kept.path, write_lines(divisions))
    except OSError as error:
        raise LinesFileError(f"{kept.path} cannot be written ({error.strerror}); nothing is changed") from error
    print("\n".join(said))
    return 0


def _copy(record: TextRecord, app: Sphinx, hyphenate: bool) -> Copy:
    """A text as the edition prints it."""
    from sphinx_apparatus.sphinx_ext.domain import edition_of

    return Copy(
        record.text,
        headings=record.headings,
        language=record.language,
        families=tuple(app.config.apparatus_pdf_families),
        fonts=tuple(Path(app.confdir, folder) for folder in app.config.apparatus_pdf_fonts),
        hyphenate=hyphenate,
        bound=_bound(record.text, edition_of(app.env).of_text(record.text.siglum)),
    )


def _bound(text: Text, annotations: Iterable[Annotation]) -> frozenset[int]:
    """The code points behind white space that an emendation takes away: at the end of a line nobody would see it."""
    edits = [edit for annotation in annotations if annotation.layer.emends for edit in annotation.edits]
    return frozenset(
        edit.end for edit in edits if text.string[edit.start : edit.end].isspace() and not edit.text.strip()
    )


if __name__ == "__main__":
    raise SystemExit(main())
