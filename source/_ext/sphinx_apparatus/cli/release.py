"""The register at a release: ``python -m sphinx_apparatus.release [--check] SOURCE``.

With ``--check`` it says what the next release would make of the register and exits
with 1 if a published id is lost; without, it writes the register.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from sphinx_apparatus.model.history import History, LostError, advance, compare
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.register import RegisterError, read_register, write_register


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 for a lost id, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="sphinx-apparatus release", description=__doc__)
    parser.add_argument("source", type=Path, help="the folder with conf.py")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    options = parser.parse_args(arguments)
    if not (options.source / "conf.py").exists():
        parser.error(f"{options.source} has no conf.py")

    from sphinx_apparatus.cli.project import ProjectError, read_project
    from sphinx_apparatus.sphinx_ext.domain import edition_of

    try:
        app = read_project(options.source)
        edition = edition_of(app.env)
        path = Path(app.srcdir, app.config.apparatus_register)
        register: dict[str, History] = read_register(path) if path.exists() else {}
        difference = compare(register, edition.annotations.values(), edition.tombstones)
        for name, ids in difference._asdict().items():
            print(f"{name}: {len(ids)}{': ' if ids else ''}{', '.join(ids)}")
        if options.check:
            return 1 if difference.lost else 0
        histories = advance(register, edition.annotations.values(), edition.tombstones, edition.imprint.version)
    except (ProjectError, RegisterError, LostError) as error:
        print(error, file=sys.stderr)
        return 1
    write(path, write_register(histories, edition.imprint.version))
    print(f"{path.name}: {len(histories)} ids, version {edition.imprint.version}")
    return 0
