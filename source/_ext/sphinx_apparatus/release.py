"""``python -m sphinx_apparatus.release``: the command `sphinx_apparatus.cli.release`, where it has always been."""

from __future__ import annotations

from sphinx_apparatus.cli.release import main

__all__ = ["main"]

if __name__ == "__main__":
    raise SystemExit(main())
