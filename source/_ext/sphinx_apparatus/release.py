"""The register at a release: ``python -m sphinx_apparatus.release [--check] SOURCE``.

With ``--check`` it says what the next release would make of the register and exits
with 1 if a published id is lost; without, it writes the register.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from sphinx_apparatus.citing.edition import edition
from sphinx_apparatus.files import write
from sphinx_apparatus.register import Entry, RegisterError, advance, compare, read_register, write_register


def main(arguments: list[str] | None = None) -> int:
    """Run the command; returns its exit code: 0, 1 for a lost id, 2 for a wrong call."""
    parser = argparse.ArgumentParser(prog="python -m sphinx_apparatus.release", description=__doc__)
    parser.add_argument("source", type=Path, help="the folder with conf.py")
    parser.add_argument("--check", action="store_true", help="only say what would change")
    options = parser.parse_args(arguments)
    if not (options.source / "conf.py").exists():
        parser.error(f"{options.source} has no conf.py")
    app = _read(options.source)
    domain: Any = app.env.domains["ed"]
    version = edition(app.config).version
    path = Path(app.srcdir, app.config.apparatus_register)
    try:
        register: dict[str, Entry] = read_register(path) if path.exists() else {}
        difference = compare(register, domain.annotations.values(), domain.tombstones)
        for name, ids in difference._asdict().items():
            print(f"{name}: {len(ids)}{': ' if ids else ''}{', '.join(ids)}")
        if options.check:
            return 1 if difference.lost else 0
        entries = advance(register, domain.annotations.values(), domain.tombstones, version)
    except RegisterError as error:
        print(error, file=sys.stderr)
        return 1
    write(path, write_register(entries, version))
    print(f"{path.name}: {len(entries)} ids, version {version}")
    return 0


def _read(source: Path) -> Sphinx:
    """Read the edition, writing nothing but to a temporary folder."""
    with tempfile.TemporaryDirectory() as folder, patch_docutils(source), docutils_namespace():
        app = Sphinx(
            srcdir=source,
            confdir=source,
            outdir=Path(folder, "out"),
            doctreedir=Path(folder, "doctrees"),
            buildername="dummy",
            status=None,
        )
        app.builder.read()
        return app


if __name__ == "__main__":
    raise SystemExit(main())
